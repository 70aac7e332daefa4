/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Delays of a spinner: how they grow, which looks are known, and how chance
 * has its part.  Each test fails if its rule is broken.
 */

#include <math.h>

#include <glib.h>

#include "models/locks/backoff.h"
#include "sim/rng.h"

#define	DRAWS	20000

static const struct lock_backoff doubling = { .base = 1, .max = 8,
    .pause = 10 };
/* 11.0 on 8 CPUs: 200, 300 ... 2000 pauses, none below 40. */
static const struct lock_backoff linear = { .linear = true, .base = 200,
    .step = 100, .min = 40, .max = 2000, .pause = 10 };

static void
test_known_looks(void)
{
	struct rng rng;

	rng_init(&rng, 1, 0, "test");
	g_assert_cmpint(backoff_next_look(&doubling, 1, 100, 100, &rng), ==,
	    100);
	g_assert_cmpint(backoff_next_look(&doubling, 1, 100, 101, &rng), ==,
	    120);
	g_assert_cmpint(backoff_next_look(&doubling, 1, 100, 121, &rng), ==,
	    160);
	g_assert_cmpint(backoff_next_look(&doubling, 1, 100, 161, &rng), ==,
	    240);
	/* From a look at the longest delay the next one is known. */
	g_assert_cmpint(backoff_next_look(&doubling, 8, 100, 101, &rng), ==,
	    180);
	/* One that has reached 4 pauses goes on with 8. */
	g_assert_cmpint(backoff_next_look(&doubling, 4, 100, 101, &rng), ==,
	    180);
}

static void
test_reached(void)
{

	g_assert_cmpuint(backoff_start(&doubling), ==, 1);
	g_assert_cmpuint(backoff_reached(&doubling, 1, 19), ==, 1);
	g_assert_cmpuint(backoff_reached(&doubling, 1, 20), ==, 2);
	g_assert_cmpuint(backoff_reached(&doubling, 1, 60), ==, 4);
	g_assert_cmpuint(backoff_reached(&doubling, 1, 10000), ==, 8);
	g_assert_cmpuint(backoff_reached(&doubling, 4, 0), ==, 4);
	g_assert_cmpuint(backoff_start(&linear), ==, 0);
	/* The first is the initial one; half of it in the mean. */
	g_assert_cmpuint(backoff_reached(&linear, 0, 1039), ==, 0);
	g_assert_cmpuint(backoff_reached(&linear, 0, 1040), ==, 200);
	g_assert_cmpuint(backoff_reached(&linear, 0, SIM_MS), ==, 2000);
}

/* Mean and standard deviation of what is left of a delay, long after. */
static void
left(const struct lock_backoff *b, double *mean, double *sd)
{
	struct rng rng;
	double x, sum, sum2;
	unsigned i;

	rng_init(&rng, 7, 0, "test");
	sum = sum2 = 0;
	for (i = 0; i < DRAWS; i++) {
		x = (double)(backoff_next_look(b, backoff_start(b), 0,
		    SIM_MS + i, &rng) - SIM_MS - i) /
		    (double)(b->max * b->pause);
		g_assert_cmpfloat(x, >, 0);
		g_assert_cmpfloat(x, <=, 1);
		sum += x;
		sum2 += x * x;
	}
	*mean = sum / DRAWS;
	*sd = sqrt(sum2 / DRAWS - *mean * *mean);
}

/* Once the longest delay has passed, the phase of a spinner is uniform. */
static void
test_phase_is_lost(void)
{
	const struct lock_backoff b = { .base = 1, .max = 4096, .pause = 10 };
	double mean, sd;

	left(&b, &mean, &sd);
	g_assert_cmpfloat(fabs(mean - 0.5), <, 5 * 0.2887 / sqrt(DRAWS));
	g_assert_cmpfloat(fabs(sd - 0.2887), <, 0.005);
}

/*
 * 11.0: a delay is a remainder, so that what is left of the one that a release
 * falls into is a third of the longest in the mean, and falls linearly: sd
 * 0.2357.  A delay that is not random would leave a half.
 */
static void
test_remainders(void)
{
	double mean, sd;

	left(&linear, &mean, &sd);
	g_assert_cmpfloat(fabs(mean - 0.3333), <, 0.01);
	g_assert_cmpfloat(fabs(sd - 0.2357), <, 0.005);
}

/* No remainder is below the minimum: with min = max all delays are equal. */
static void
test_minimum(void)
{
	struct lock_backoff b;
	double mean, sd;

	b = linear;
	b.min = b.max;
	left(&b, &mean, &sd);
	g_assert_cmpfloat(fabs(mean - 0.5), <, 0.01);
	g_assert_cmpfloat(fabs(sd - 0.2887), <, 0.005);
}

/* mtx_delay_sysinit(), rowner_retries x rowner_loops; FreeBSD 11.0. */
static void
test_release_11(void)
{
	struct lock_backoff b = { .pause = 10 };

	backoff_auto(&b, BACKOFF_11, 8);
	g_assert_cmpuint(b.base, ==, 200);
	g_assert_cmpuint(b.step, ==, 100);
	g_assert_cmpuint(b.min, ==, 40);
	g_assert_cmpuint(b.max, ==, 2000);
	g_assert_cmpuint(b.bound, ==, 100000);
	g_assert_cmpint(b.pause, ==, 10);
	backoff_auto(&b, BACKOFF_11, 64);
	g_assert_cmpuint(b.bound, ==, 100000);
}

/* lock_delay_default_init(), rw_lock_delay_init(); FreeBSD 12.1. */
static void
test_release_12(void)
{
	struct lock_backoff b = { .pause = 10 };

	backoff_auto(&b, BACKOFF_12, 8);
	/* Strictly above 8. */
	g_assert_cmpuint(b.max, ==, 16 * 256);
	g_assert_cmpuint(b.bound, ==, 100000);
	backoff_auto(&b, BACKOFF_12, 63);
	g_assert_cmpuint(b.max, ==, 16384);
	g_assert_cmpuint(b.bound, ==, 163840);
	backoff_auto(&b, BACKOFF_12, 64);
	g_assert_cmpuint(b.max, ==, 32678);
	/* lock_delay() doubles before it spins: 2, 4 ... */
	g_assert_cmpuint(backoff_reached(&b, backoff_start(&b), 19), ==, 1);
	g_assert_cmpuint(backoff_reached(&b, backoff_start(&b), 20), ==, 2);
	g_assert_cmpuint(backoff_reached(&b, backoff_start(&b), 60), ==, 4);
}

/* The same and locks_delay_init(); FreeBSD 14.0. */
static void
test_release_14(void)
{
	struct lock_backoff b = { .pause = 10 };
	struct rng rng;

	backoff_auto(&b, BACKOFF_14, 8);
	g_assert_cmpuint(b.max, ==, 16 * 256);
	g_assert_cmpuint(b.bound, ==, 100000);
	backoff_auto(&b, BACKOFF_14, 64);
	g_assert_cmpuint(b.max, ==, 32767);
	g_assert_cmpuint(b.bound, ==, 327670);
	/* lock_delay() spins before it doubles: 1, 2, 4 ... */
	g_assert_cmpuint(backoff_reached(&b, backoff_start(&b), 9), ==, 0);
	g_assert_cmpuint(backoff_reached(&b, backoff_start(&b), 10), ==, 1);
	g_assert_cmpuint(backoff_reached(&b, backoff_start(&b), 30), ==, 2);
	rng_init(&rng, 1, 0, "test");
	g_assert_cmpint(backoff_next_look(&b, backoff_start(&b), 100, 101,
	    &rng), ==, 110);
	g_assert_cmpint(backoff_next_look(&b, backoff_start(&b), 100, 111,
	    &rng), ==, 130);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/backoff/known_looks", test_known_looks);
	g_test_add_func("/backoff/reached", test_reached);
	g_test_add_func("/backoff/phase_is_lost", test_phase_is_lost);
	g_test_add_func("/backoff/remainders", test_remainders);
	g_test_add_func("/backoff/minimum", test_minimum);
	g_test_add_func("/backoff/release_11", test_release_11);
	g_test_add_func("/backoff/release_12", test_release_12);
	g_test_add_func("/backoff/release_14", test_release_14);
	return (g_test_run());
}
