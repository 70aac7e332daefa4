/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is left of a duration that is met; see dist.h.
 *
 * Theory:	a duration x of density f is met with density x f(x) / mean.
 *		Of the lognormal that is the lognormal of median e^(sigma^2) as
 *		long, of the Pareto the one of alpha - 1, of the uniform the
 *		root of a uniform one of squares; the empirical is made of
 *		uniform pieces.  What is left of it is uniform in (0, x): of
 *		the exponential, again the exponential.
 */

#include <math.h>

#include <glib.h>

#include "sim/dist.h"
#include "sim/fixmath.h"
#include "sim/kassert.h"

struct dist_rest {
	const struct dist *dist;
	double		*sums;		/* empirical: of its pieces' weights,
					   sums[ntable] */
};

struct dist_rest *
dist_rest_new(const struct dist *d)
{
	struct dist_rest *dr;
	size_t i;

	dr = g_new0(struct dist_rest, 1);
	dr->dist = d;
	if (d->kind != DIST_EMPIRICAL)
		return (dr);
	dr->sums = g_new0(double, d->ntable);
	for (i = 1; i < d->ntable; i++)
		dr->sums[i] = dr->sums[i - 1] + (double)d->table[i - 1] +
		    (double)d->table[i];
	return (dr);
}

void
dist_rest_free(struct dist_rest *dr)
{

	g_free(dr->sums);
	g_free(dr);
}

/* One of (a, b) that is met. */
static double
met_uniform(double a, double b, struct rng *r)
{

	return (sqrt(a * a + rng_uniform(r) * (b * b - a * a)));
}

static double
met_empirical(const struct dist_rest *dr, struct rng *r)
{
	const simtime *table;
	size_t high, low, mid;
	double at;

	table = dr->dist->table;
	low = 0;
	high = dr->dist->ntable - 1;
	at = rng_uniform(r) * dr->sums[high];
	if (high == 0)
		return ((double)table[0]);
	/* The piece [low, low + 1] in which `at' lies. */
	while (low + 1 < high) {
		mid = low + (high - low) / 2;
		if (dr->sums[mid] <= at)
			low = mid;
		else
			high = mid;
	}
	return (met_uniform((double)table[low], (double)table[low + 1], r));
}

/* The whole of the duration that is met, ps. */
static double
met(const struct dist_rest *dr, struct rng *r)
{
	const struct dist *d;

	d = dr->dist;
	switch (d->kind) {
	case DIST_CONSTANT:
		return ((double)d->a);
	case DIST_UNIFORM:
		return (met_uniform((double)d->a, (double)d->b, r));
	case DIST_LOGNORMAL:
		return ((double)d->a * fix_exp(d->shape * d->shape +
		    d->shape * rng_normal(r)));
	case DIST_PARETO:
		return (d->shape <= 1 ? HUGE_VAL : (double)d->a *
		    fix_exp(rng_exp1(r) / (d->shape - 1)));
	case DIST_EMPIRICAL:
		return (met_empirical(dr, r));
	default:
		kpanic("distribution %d", d->kind);
	}
}

simtime
dist_rest_draw(const struct dist_rest *dr, struct rng *r)
{
	double ps;

	if (dr->dist->kind == DIST_EXPONENTIAL)
		return (dist_draw(dr->dist, r));
	ps = met(dr, r);
	if (!(ps < (double)DIST_MAX))
		return (DIST_MAX);
	return ((simtime)(ps * rng_uniform(r)));
}
