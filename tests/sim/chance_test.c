/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Streams and distributions: known outputs of the generator, moments, and
 * Kolmogorov-Smirnov against the distribution each claims to be.  The test
 * itself is tried on a wrong distribution, which it must refuse.
 */

#include <math.h>
#include <stdlib.h>

#include <glib.h>

#include "sim/dist.h"
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

#define	NSAMPLES	100000

static int
compare_doubles(const void *a, const void *b)
{
	double x, y;

	x = *(const double *)a;
	y = *(const double *)b;
	return (x < y ? -1 : x > y);
}

typedef double (*cdf_fn)(double x, double a, double b);

/* The statistic sqrt(n) D; one sample in 10^6 is above KS_LIMIT. */
#define	KS_LIMIT	2.7

static double
ks(double *sample, cdf_fn cdf, double a, double b)
{
	double d, f;
	unsigned i;

	qsort(sample, NSAMPLES, sizeof(*sample), compare_doubles);
	for (i = 0, d = 0; i < NSAMPLES; i++) {
		f = cdf(sample[i], a, b);
		d = MAX(d, MAX(f - (double)i / NSAMPLES,
		    (double)(i + 1) / NSAMPLES - f));
	}
	return (d * sqrt(NSAMPLES));
}

static double
cdf_exponential(double x, double mean, double unused)
{

	(void)unused;
	return (1 - exp(-x / mean));
}

static double
cdf_uniform(double x, double a, double b)
{

	return ((x - a) / (b - a));
}

static double
cdf_lognormal(double x, double median, double sigma)
{

	return (x <= 0 ? 0 : 0.5 * erfc(-log(x / median) / sigma /
	    sqrt(2)));
}

static double
cdf_pareto(double x, double min, double alpha)
{

	return (x < min ? 0 : 1 - pow(min / x, alpha));
}

static double
cdf_normal(double x, double mean, double sigma)
{

	return (0.5 * erfc(-(x - mean) / sigma / sqrt(2)));
}

/* The normal itself; a mean or a sigma that is off is seen. */
static void
test_normal(void)
{
	static double sample[NSAMPLES];
	struct rng r;
	unsigned i;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "normal");
	for (i = 0; i < NSAMPLES; i++)
		sample[i] = rng_normal(&r);
	g_assert_cmpfloat(ks(sample, cdf_normal, 0, 1), <, KS_LIMIT);
	g_assert_cmpfloat(ks(sample, cdf_normal, 0.05, 1), >, KS_LIMIT);
	g_assert_cmpfloat(ks(sample, cdf_normal, 0, 1.1), >, KS_LIMIT);
}

static double
ks_of(const struct dist *d, cdf_fn cdf, double a, double b)
{
	static double sample[NSAMPLES];
	struct rng r;
	unsigned i;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "ks");
	for (i = 0; i < NSAMPLES; i++)
		sample[i] = (double)dist_draw(d, &r);
	return (ks(sample, cdf, a, b));
}

static void
test_distributions(void)
{
	static const struct dist exponential = { .kind = DIST_EXPONENTIAL,
	    .a = SIM_S };
	static const struct dist uniform = { .kind = DIST_UNIFORM,
	    .a = SIM_S, .b = 3 * SIM_S };
	static const struct dist lognormal = { .kind = DIST_LOGNORMAL,
	    .a = SIM_S, .shape = 1.2 };
	static const struct dist pareto = { .kind = DIST_PARETO, .a = SIM_S,
	    .shape = 1.5 };

	g_assert_cmpfloat(ks_of(&exponential, cdf_exponential, 1e12, 0), <,
	    KS_LIMIT);
	g_assert_cmpfloat(ks_of(&uniform, cdf_uniform, 1e12, 3e12), <,
	    KS_LIMIT);
	g_assert_cmpfloat(ks_of(&lognormal, cdf_lognormal, 1e12, 1.2), <,
	    KS_LIMIT);
	g_assert_cmpfloat(ks_of(&pareto, cdf_pareto, 1e12, 1.5), <, KS_LIMIT);
	/* The test has power: a mean 6 % off is seen. */
	g_assert_cmpfloat(ks_of(&exponential, cdf_exponential, 1.06e12, 0),
	    >, KS_LIMIT);
	g_assert_cmpfloat(ks_of(&lognormal, cdf_lognormal, 1e12, 1.05), >,
	    KS_LIMIT);
}

/* Linear between the sorted values; the mean by trapezoids. */
static void
test_empirical(void)
{
	static const simtime table[] = { 0, SIM_S, 5 * SIM_S };
	static const struct dist d = { .kind = DIST_EMPIRICAL,
	    .table = table, .ntable = 3 };
	struct rng r;
	double below, mean;
	simtime x;
	unsigned i;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "empirical");
	for (i = 0, below = mean = 0; i < NSAMPLES; i++) {
		x = dist_draw(&d, &r);
		g_assert_cmpint(x, >=, 0);
		g_assert_cmpint(x, <=, 5 * SIM_S);
		mean += (double)x / NSAMPLES;
		below += x < SIM_S;
	}
	/* Half below 1 s; sigma of the count 158; of the mean 0.0048 s. */
	g_assert_cmpfloat(fabs(below - NSAMPLES / 2.0), <, 5 * 158);
	g_assert_cmpfloat(dist_mean(&d), ==, 1.75e12);
	g_assert_cmpfloat(fabs(mean - 1.75e12), <, 5 * 0.0048e12);
}

/* A heavy tail stops at DIST_MAX and never overflows. */
static void
test_extremes_are_capped(void)
{
	static const struct dist d = { .kind = DIST_PARETO,
	    .a = 3600 * SIM_S, .shape = 0.05 };
	struct rng r;
	simtime max, x;
	unsigned i;

	rng_init(&r, 1, 0, "extremes");
	for (i = 0, max = 0; i < 10000; i++) {
		x = dist_draw(&d, &r);
		g_assert_cmpint(x, >=, 3600 * SIM_S);
		max = MAX(max, x);
	}
	g_assert_cmpint(max, ==, DIST_MAX);
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
	g_test_add_func("/rng/normal", test_normal);
	g_test_add_func("/dist/kolmogorov_smirnov", test_distributions);
	g_test_add_func("/dist/empirical", test_empirical);
	g_test_add_func("/dist/extremes_are_capped",
	    test_extremes_are_capped);
	return (g_test_run());
}
