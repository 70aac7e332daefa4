/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Drawing durations; see dist.h.
 */

#include <math.h>

#include "sim/dist.h"
#include "sim/fixmath.h"
#include "sim/kassert.h"

/* To the nearest picosecond, within [0, DIST_MAX]. */
static simtime
dist_round(double ps)
{

	if (!(ps < (double)DIST_MAX))
		return (DIST_MAX);
	return (ps <= 0 ? 0 : (simtime)(ps + 0.5));
}

static simtime
dist_empirical(const struct dist *d, struct rng *r)
{
	double frac, pos;
	size_t i;

	KASSERT(d->ntable > 0, ("an empirical distribution without values"));
	pos = rng_uniform(r) * (double)(d->ntable - 1);
	i = (size_t)pos;
	if (i + 1 >= d->ntable)
		return (d->table[d->ntable - 1]);
	frac = pos - (double)i;
	return (dist_round((double)d->table[i] + frac *
	    (double)(d->table[i + 1] - d->table[i])));
}

simtime
dist_draw(const struct dist *d, struct rng *r)
{

	switch (d->kind) {
	case DIST_CONSTANT:
		return (d->a);
	case DIST_UNIFORM:
		return (d->a + (simtime)rng_below(r,
		    (uint64_t)(d->b - d->a) + 1));
	case DIST_EXPONENTIAL:
		return (dist_round((double)d->a * rng_exp1(r)));
	case DIST_LOGNORMAL:
		return (dist_round((double)d->a *
		    fix_exp(d->shape * rng_normal(r))));
	case DIST_PARETO:
		return (dist_round((double)d->a *
		    fix_exp(rng_exp1(r) / d->shape)));
	case DIST_EMPIRICAL:
		return (dist_empirical(d, r));
	}
	kpanic("distribution %d", d->kind);
}

double
dist_mean(const struct dist *d)
{
	double sum;
	size_t i;

	switch (d->kind) {
	case DIST_CONSTANT:
	case DIST_EXPONENTIAL:
		return ((double)d->a);
	case DIST_UNIFORM:
		return (((double)d->a + (double)d->b) / 2);
	case DIST_LOGNORMAL:
		return ((double)d->a * fix_exp(d->shape * d->shape / 2));
	case DIST_PARETO:
		return (d->shape <= 1 ? HUGE_VAL : (double)d->a * d->shape /
		    (d->shape - 1));
	case DIST_EMPIRICAL:
		/* Of the interpolated distribution: trapezoids. */
		if (d->ntable == 1)
			return ((double)d->table[0]);
		for (i = 0, sum = 0; i + 1 < d->ntable; i++)
			sum += ((double)d->table[i] +
			    (double)d->table[i + 1]) / 2;
		return (sum / (double)(d->ntable - 1));
	}
	kpanic("distribution %d", d->kind);
}
