/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Random numbers: one small generator per component, so that adding a
 * component disturbs no other and two designs can be compared on common
 * random numbers.  A stream is named, and derived from (seed, replication,
 * name) and nothing else; in particular never from a variant.
 *
 * Results must not depend on a library's version, so the generator
 * (xoshiro256++, seeded by SplitMix64) is here and not in GLib, and no
 * function here calls libm.
 */

#ifndef SIM_RNG_H
#define	SIM_RNG_H

#include <stdint.h>

#include "sim/ziggurat.h"

struct rng {
	uint64_t	s[4];
};

/*
 * name		e.g. "workload:nginx/arrivals"; not kept
 */
void	rng_init(struct rng *, uint64_t seed, uint64_t replication,
	    const char *name);

static inline uint64_t
rng_u64(struct rng *r)
{
	uint64_t result, sum, t;

	sum = r->s[0] + r->s[3];
	result = (sum << 23 | sum >> 41) + r->s[0];
	t = r->s[1] << 17;
	r->s[2] ^= r->s[0];
	r->s[3] ^= r->s[1];
	r->s[1] ^= r->s[2];
	r->s[0] ^= r->s[3];
	r->s[2] ^= t;
	r->s[3] = r->s[3] << 45 | r->s[3] >> 19;
	return (result);
}

static inline uint32_t
rng_u32(struct rng *r)
{

	return ((uint32_t)(rng_u64(r) >> 32));
}

/* Uniform integer in [0, n); n > 0.  No modulo bias. */
uint64_t rng_below(struct rng *, uint64_t n);

/* Uniform double in (0, 1): (k + 1/2) / 2^52, never 0 nor 1. */
static inline double
rng_uniform(struct rng *r)
{

	return ((double)(int64_t)(rng_u64(r) >> 11 | 1) * 0x1p-53);
}

/*
 * Standard exponential variate: a ziggurat of 256 strips of equal area.  One
 * strip, one point in it; 98.9 % of the time that point is under the curve
 * without looking, and here it ends.  For rng_exp1() alone: the rest of it, by
 * the value that was drawn.
 */
double	rng_exp1_edge(struct rng *, uint64_t drawn);

static inline double
rng_exp1(struct rng *r)
{
	double x;
	uint64_t u;
	unsigned i;

	u = rng_u64(r);
	i = u & 255;
	x = (double)(int64_t)(u >> 11 | 1) * (ziggurat_x[i] * 0x1p-53);
	return (__builtin_expect(x < ziggurat_x[i + 1], 1) ? x :
	    rng_exp1_edge(r, u));
}

/* Standard normal variate. */
double	rng_normal(struct rng *);

#endif /* !SIM_RNG_H */
