/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Streams of random numbers: known outputs of the generator, streams that are
 * not each other's, integers below a bound, and the logarithm and exponential
 * that distributions are made with.
 */

#include <math.h>

#include <glib.h>

#include "sim/fixmath.h"
#include "sim/rng.h"

/* xoshiro256++ from the state 1, 2, 3, 4: the published sequence. */
static void
test_known_outputs(void)
{
	static const uint64_t want[] = { 41943041, 58720359,
	    3588806011781223, 3591011842654386, 9228616714210784205u };
	struct rng r = { { 1, 2, 3, 4 } };
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(want); i++)
		g_assert_cmpuint(rng_u64(&r), ==, want[i]);
}

/* Any part of a stream's name makes it another stream. */
static void
test_streams_differ(void)
{
	struct rng a, b;

	rng_init(&a, 1, 0, "x");
	rng_init(&b, 1, 0, "x");
	g_assert_cmpuint(rng_u64(&a), ==, rng_u64(&b));
	rng_init(&b, 2, 0, "x");
	g_assert_cmpuint(rng_u64(&a), !=, rng_u64(&b));
	rng_init(&b, 1, 1, "x");
	g_assert_cmpuint(rng_u64(&a), !=, rng_u64(&b));
	rng_init(&b, 1, 0, "y");
	g_assert_cmpuint(rng_u64(&a), !=, rng_u64(&b));
}

/* Chi-square of rng_below(7): 6 degrees, one sample in 10^6 is above 38.3. */
static void
test_below_is_uniform(void)
{
	struct rng r;
	double chi, expected;
	unsigned count[7] = { 0 }, i;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "below");
	for (i = 0; i < 700000; i++)
		count[rng_below(&r, 7)]++;
	expected = 100000;
	for (i = 0, chi = 0; i < 7; i++)
		chi += (count[i] - expected) * (count[i] - expected) /
		    expected;
	g_assert_cmpfloat(chi, <, 38.3);
}

/* The ends of the range, and a range that rejects half of what is drawn. */
static void
test_below_extremes(void)
{
	struct rng r;
	uint64_t half, n, x;
	unsigned high, i;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "extremes");
	half = (uint64_t)1 << 63;
	n = half + 1;
	for (i = high = 0; i < 100000; i++) {
		g_assert_cmpuint(rng_below(&r, 1), ==, 0);
		g_assert_cmpuint(rng_below(&r, 2), <, 2);
		x = rng_below(&r, n);
		g_assert_cmpuint(x, <, n);
		high += x >= half / 2;
		rng_below(&r, UINT64_MAX);
	}
	/* A modulo alone would put three quarters below: sigma 158. */
	g_assert_cmpfloat(fabs(high - 50000.0), <, 5 * 158);
}

/* fix_log and fix_exp within 2 ulp of long double libm. */
static void
test_fixmath_within_2_ulp(void)
{
	struct rng r;
	long double t;
	double u, ulp, x, y;
	unsigned i;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "fixmath");
	for (i = 0; i < 500000; i++) {
		u = rng_uniform(&r);
		x = i % 2 ? u : u * pow(10, (double)rng_below(&r, 60) - 30);
		t = logl((long double)x);
		ulp = nextafter(fabs((double)t), INFINITY) - fabs((double)t);
		g_assert_cmpfloat(fabs((double)(fix_log(x) - t)), <=,
		    2 * ulp);
		y = (u - 0.5) * 1400;
		t = expl((long double)y);
		ulp = nextafter((double)t, INFINITY) - (double)t;
		g_assert_cmpfloat(fabs((double)(fix_exp(y) - t)), <=,
		    2 * ulp);
	}
	g_assert_cmpfloat(fix_log(1), ==, 0);
	g_assert_cmpfloat(fix_exp(0), ==, 1);
	g_assert_cmpfloat(fix_exp(-1000), ==, 0);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rng/known_outputs", test_known_outputs);
	g_test_add_func("/rng/streams_differ", test_streams_differ);
	g_test_add_func("/rng/below_is_uniform", test_below_is_uniform);
	g_test_add_func("/rng/below_extremes", test_below_extremes);
	g_test_add_func("/fixmath/within_2_ulp", test_fixmath_within_2_ulp);
	return (g_test_run());
}
