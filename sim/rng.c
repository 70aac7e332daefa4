/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * xoshiro256++ (Blackman and Vigna 2019), seeded by SplitMix64; exponential
 * variates by a ziggurat, normal ones by the polar method.
 */

#include "sim/fixmath.h"
#include "sim/kassert.h"
#include "sim/rng.h"
#include "sim/ziggurat.h"

static uint64_t
rng_splitmix(uint64_t *state)
{
	uint64_t z;

	*state += 0x9e3779b97f4a7c15ull;
	z = *state;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ z >> 27) * 0x94d049bb133111ebull;
	return (z ^ z >> 31);
}

void
rng_init(struct rng *r, uint64_t seed, uint64_t replication,
    const char *name)
{
	uint64_t state;
	unsigned i;

	/* FNV-1a of the name; each part is mixed before the next comes. */
	for (state = 0xcbf29ce484222325ull; *name != '\0'; name++)
		state = (state ^ (unsigned char)*name) * 0x100000001b3ull;
	state = rng_splitmix(&state) ^ seed;
	state = rng_splitmix(&state) ^ replication;
	for (i = 0; i < 4; i++)
		r->s[i] = rng_splitmix(&state);
}

uint64_t
rng_below(struct rng *r, uint64_t n)
{
	uint64_t limit, x;

	KASSERT(n > 0, ("a number below 0"));
	/* The largest multiple of n that fits; above it, draw again. */
	limit = UINT64_MAX - (UINT64_MAX % n + 1) % n;
	do
		x = rng_u64(r);
	while (x > limit);
	return (x % n);
}

double
rng_exp1_edge(struct rng *r, uint64_t drawn)
{
	double x, y;
	unsigned i;

	i = drawn & 255;
	if (i == 0)	/* the tail is the whole curve again */
		return (ZIGGURAT_R + rng_exp1(r));
	x = (double)(int64_t)(drawn >> 11 | 1) * 0x1p-53 * ziggurat_x[i];
	y = ziggurat_y[i] + rng_uniform(r) * (ziggurat_y[i + 1] -
	    ziggurat_y[i]);
	return (y < fix_exp(-x) ? x : rng_exp1(r));
}

double
rng_normal(struct rng *r)
{
	double s, u, v;

	do {
		u = 2 * rng_uniform(r) - 1;
		v = 2 * rng_uniform(r) - 1;
		s = u * u + v * v;
	} while (s >= 1 || s == 0);
	return (u * __builtin_sqrt(-2 * fix_log(s) / s));
}
