/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Distributions of durations, as a scenario names them.  A drawn value is a
 * whole number of picoseconds, rounded to nearest, never negative, at most
 * DIST_MAX.
 */

#ifndef SIM_DIST_H
#define	SIM_DIST_H

#include <stddef.h>

#include "sim/rng.h"
#include "sim/time.h"

#define	DIST_MAX	(SIM_NEVER / 4)		/* 26 days */

enum dist_kind {
	DIST_CONSTANT,		/* a: the value, ps */
	DIST_UNIFORM,		/* a, b: bounds, ps, both possible */
	DIST_EXPONENTIAL,	/* a: mean, ps */
	DIST_LOGNORMAL,		/* a: median, ps; shape: sigma of ln */
	DIST_PARETO,		/* a: minimum, ps; shape: alpha > 0 */
	DIST_EMPIRICAL		/* table: sorted sample, ps */
};

struct dist {
	enum dist_kind	kind;
	simtime		a;
	simtime		b;
	double		shape;
	const simtime	*table;		/* table[ntable], ascending; borrowed */
	size_t		ntable;
};

/*
 * Draw a duration.  Takes the same number of values from the stream whatever
 * comes out, except that the exponential's and the normal's rejection steps
 * may take more; streams are per purpose, so that this disturbs nobody.
 * Empirical: linear interpolation between neighbours of the sorted sample.
 */
simtime	dist_draw(const struct dist *, struct rng *);

/*
 * What is left of a duration that is met at a random moment: the longer it is
 * the likelier it is met, and anywhere in it (the inspection paradox).
 */
struct dist_rest;

struct dist_rest *dist_rest_new(const struct dist *);	/* borrows it */
void	dist_rest_free(struct dist_rest *);
/* DIST_MAX where the mean is infinite: one that is met never ends. */
simtime	dist_rest_draw(const struct dist_rest *, struct rng *);

/* The exact mean in ps (for reports and tests); HUGE_VAL if infinite. */
double	dist_mean(const struct dist *);

#endif /* !SIM_DIST_H */
