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

struct rng {
	uint64_t	s[4];
};

/*
 * name		e.g. "workload:nginx/arrivals"; not kept
 */
void	rng_init(struct rng *, uint64_t seed, uint64_t replication,
	    const char *name);

uint64_t rng_u64(struct rng *);
uint32_t rng_u32(struct rng *);

/* Uniform integer in [0, n); n > 0.  No modulo bias. */
uint64_t rng_below(struct rng *, uint64_t n);

/* Uniform double in (0, 1), 53 bits, never 0 nor 1. */
double	rng_uniform(struct rng *);

/* Standard exponential and standard normal variates.  No libm. */
double	rng_exp1(struct rng *);
double	rng_normal(struct rng *);

#endif /* !SIM_RNG_H */
