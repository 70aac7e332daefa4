/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Each distribution of sim/dist.h is the one it claims to be: its first two
 * moments over independent replications, and Kolmogorov-Smirnov's test of its
 * shape.  Both are tried on a distribution of the same kind that is a little
 * off, which they must refuse.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/dist.h"
#include "tests/law/law.h"

#define	NSAMPLES	100000
#define	NREPLICATIONS	20

/* The statistic sqrt(n) D; one sample in 10^6 is above KS_LIMIT. */
#define	KS_LIMIT	2.7

typedef double (*cdf_fn)(double x, double a, double b);

static double
cdf_uniform(double x, double a, double b)
{

	return ((x - a) / (b - a));
}

static double
cdf_exponential(double x, double mean, double unused)
{

	(void)unused;
	return (1 - exp(-x / mean));
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

/* Of the table 0, a, b: half of it below a. */
static double
cdf_empirical(double x, double a, double b)
{

	return (x < a ? x / a / 2 : 0.5 + (x - a) / (b - a) / 2);
}

static const simtime table[] = { 0, SIM_S, 5 * SIM_S };
static const simtime table_off[] = { 0, 1100 * SIM_MS, 5 * SIM_S };

/*
 * Moments in seconds.  Heavy tails have none to speak of: those shapes are
 * left to Kolmogorov and Smirnov.
 */
static const struct family {
	const char	*name;
	struct dist	dist, off;
	cdf_fn		cdf;
	double		a, b;		/* of the cdf, s or pure */
	double		mean, square;	/* E[X], E[X^2]; 0: not asked */
} families[] = {
	{ "uniform", { .kind = DIST_UNIFORM, .a = SIM_S, .b = 3 * SIM_S },
	    { .kind = DIST_UNIFORM, .a = 1050 * SIM_MS, .b = 3 * SIM_S },
	    cdf_uniform, 1, 3, 2, 13.0 / 3 },
	{ "exponential", { .kind = DIST_EXPONENTIAL, .a = SIM_S },
	    { .kind = DIST_EXPONENTIAL, .a = 1050 * SIM_MS },
	    cdf_exponential, 1, 0, 1, 2 },
	/* m e^(s^2/2), m^2 e^(2 s^2). */
	{ "lognormal", { .kind = DIST_LOGNORMAL, .a = SIM_S, .shape = 0.5 },
	    { .kind = DIST_LOGNORMAL, .a = SIM_S, .shape = 0.55 },
	    cdf_lognormal, 1, 0.5, 1.1331484530668263, 1.6487212707001282 },
	{ "lognormal_wide", { .kind = DIST_LOGNORMAL, .a = SIM_S,
	    .shape = 1.2 }, { .kind = DIST_LOGNORMAL, .a = 1050 * SIM_MS,
	    .shape = 1.2 }, cdf_lognormal, 1, 1.2, 0, 0 },
	/* alpha / (alpha - 1), alpha / (alpha - 2). */
	{ "pareto", { .kind = DIST_PARETO, .a = SIM_S, .shape = 6 },
	    { .kind = DIST_PARETO, .a = SIM_S, .shape = 5.5 },
	    cdf_pareto, 1, 6, 6.0 / 5, 6.0 / 4 },
	{ "pareto_heavy", { .kind = DIST_PARETO, .a = SIM_S, .shape = 1.5 },
	    { .kind = DIST_PARETO, .a = SIM_S, .shape = 1.4 },
	    cdf_pareto, 1, 1.5, 0, 0 },
	/* Uniform within each gap: (a^2 + a b + b^2) / 3 squared. */
	{ "empirical", { .kind = DIST_EMPIRICAL, .table = table,
	    .ntable = 3 }, { .kind = DIST_EMPIRICAL, .table = table_off,
	    .ntable = 3 }, cdf_empirical, 1, 5, 1.75, 16.0 / 3 }
};

/* ---- moments ----------------------------------------------------------- */

static void
moments_of(const struct dist *d, struct law *mean, struct law *square)
{
	struct rng r;
	double m, s, x;
	unsigned i, j;

	memset(mean, 0, sizeof(*mean));
	memset(square, 0, sizeof(*square));
	for (i = 0; i < NREPLICATIONS; i++) {
		rng_init(&r, 11, i, "moments");
		for (j = 0, m = s = 0; j < NSAMPLES / NREPLICATIONS; j++) {
			x = (double)dist_draw(d, &r) / 1e12;
			m += x;
			s += x * x;
		}
		law_add(mean, m / (NSAMPLES / NREPLICATIONS));
		law_add(square, s / (NSAMPLES / NREPLICATIONS));
	}
}

static void
test_moments(gconstpointer data)
{
	const struct family *f;
	struct law mean, square;

	f = data;
	g_assert_cmpfloat(fabs(dist_mean(&f->dist) / 1e12 / f->mean - 1), <,
	    1e-12);
	moments_of(&f->dist, &mean, &square);
	law_holds("mean", &mean, f->mean);
	law_holds("mean square", &square, f->square);
	moments_of(&f->off, &mean, &square);
	law_is_caught("mean", &mean, f->mean);
	law_is_caught("mean square", &square, f->square);
}

/* ---- shape ------------------------------------------------------------- */

static int
compare_doubles(const void *a, const void *b)
{
	double x, y;

	x = *(const double *)a;
	y = *(const double *)b;
	return (x < y ? -1 : x > y);
}

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
ks_of(const struct dist *d, const struct family *f)
{
	static double sample[NSAMPLES];
	struct rng r;
	unsigned i;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "ks");
	for (i = 0; i < NSAMPLES; i++)
		sample[i] = (double)dist_draw(d, &r) / 1e12;
	return (ks(sample, f->cdf, f->a, f->b));
}

static void
test_shape(gconstpointer data)
{
	const struct family *f;

	f = data;
	g_assert_cmpfloat(ks_of(&f->dist, f), <, KS_LIMIT);
	g_assert_cmpfloat(ks_of(&f->off, f), >, KS_LIMIT);
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

/* ---- the rest ---------------------------------------------------------- */

static void
test_constant(void)
{
	static const struct dist d = { .kind = DIST_CONSTANT, .a = 7 * SIM_S };
	struct rng r;
	unsigned i;

	rng_init(&r, 1, 0, "constant");
	for (i = 0; i < 1000; i++)
		g_assert_cmpint(dist_draw(&d, &r), ==, 7 * SIM_S);
	g_assert_cmpfloat(dist_mean(&d), ==, 7e12);
}

/* A table of one value is a constant; a sample stays inside its table. */
static void
test_empirical_bounds(void)
{
	static const struct dist one = { .kind = DIST_EMPIRICAL,
	    .table = &table[1], .ntable = 1 };
	const struct dist *d;
	struct rng r;
	simtime x;
	unsigned i;

	d = &families[G_N_ELEMENTS(families) - 1].dist;
	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "empirical");
	for (i = 0; i < NSAMPLES; i++) {
		x = dist_draw(d, &r);
		g_assert_cmpint(x, >=, 0);
		g_assert_cmpint(x, <=, 5 * SIM_S);
		g_assert_cmpint(dist_draw(&one, &r), ==, SIM_S);
	}
	g_assert_cmpfloat(dist_mean(&one), ==, 1e12);
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
	g_assert_true(isinf(dist_mean(&d)));
}

/*
 * What is left of one that is met lasts E[X^2] / 2 E[X]: the inspection
 * paradox, for each kind by its own moments.
 */
static void
test_rest(void)
{
	static const simtime sample[] = { 0, SIM_S, SIM_S, 4 * SIM_S };
	static const struct {
		struct dist	dist;
		double		seconds;
	} rests[] = {
		{ { .kind = DIST_CONSTANT, .a = 3 * SIM_S }, 1.5 },
		{ { .kind = DIST_EXPONENTIAL, .a = 2 * SIM_S }, 2 },
		/* (8 - 1) / 3 over 2 * 1.5 */
		{ { .kind = DIST_UNIFORM, .a = SIM_S, .b = 2 * SIM_S },
		    7. / 9 },
		/* e^(1.5 sigma^2) / 2 */
		{ { .kind = DIST_LOGNORMAL, .a = SIM_S, .shape = 0.5 },
		    0.7275 },
		/* alpha 4: (4 / 2) / (2 * 4 / 3) */
		{ { .kind = DIST_PARETO, .a = SIM_S, .shape = 4 }, 0.75 },
		/* (0, 1), (1, 1), (1, 4): (1/3 + 1 + 7) / 2 (.5 + 1 + 2.5) */
		{ { .kind = DIST_EMPIRICAL, .table = sample, .ntable = 4 },
		    25. / 24 }
	};
	struct dist_rest *rest;
	struct rng r;
	double sum;
	unsigned i, k;

	for (i = 0; i < G_N_ELEMENTS(rests); i++) {
		rng_init(&r, 7, i, "rest");
		rest = dist_rest_new(&rests[i].dist);
		for (k = 0, sum = 0; k < NSAMPLES; k++)
			sum += (double)dist_rest_draw(rest, &r) / 1e12;
		dist_rest_free(rest);
		g_assert_cmpfloat_with_epsilon(sum / NSAMPLES,
		    rests[i].seconds, rests[i].seconds * 0.02);
	}
	/* One whose mean is infinite is met in a life without an end. */
	rest = dist_rest_new(&(struct dist){ .kind = DIST_PARETO, .a = SIM_S,
	    .shape = 0.9 });
	g_assert_cmpint(dist_rest_draw(rest, &r), ==, DIST_MAX);
	dist_rest_free(rest);
}

int
main(int argc, char **argv)
{
	const struct family *f;
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(families); i++) {
		g_autofree char *moments = NULL, *shape = NULL;

		f = &families[i];
		moments = g_strdup_printf("/dist/moments/%s", f->name);
		shape = g_strdup_printf("/dist/shape/%s", f->name);
		if (f->mean > 0)
			g_test_add_data_func(moments, f, test_moments);
		g_test_add_data_func(shape, f, test_shape);
	}
	g_test_add_func("/dist/shape/normal", test_normal);
	g_test_add_func("/dist/rest", test_rest);
	g_test_add_func("/dist/constant", test_constant);
	g_test_add_func("/dist/empirical_bounds", test_empirical_bounds);
	g_test_add_func("/dist/extremes_are_capped",
	    test_extremes_are_capped);
	return (g_test_run());
}
