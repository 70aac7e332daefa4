/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Measurement: quantiles against sorted samples, exact merging, exact areas.
 */

#include <stdlib.h>

#include <glib.h>

#include "sim/hist.h"
#include "sim/rng.h"
#include "sim/tally.h"

#define	N	20000

static int
compare_values(const void *a, const void *b)
{
	int64_t x, y;

	x = *(const int64_t *)a;
	y = *(const int64_t *)b;
	return (x < y ? -1 : x > y);
}

/* From a cache hit to a day, as often in each octave. */
static int64_t
value(struct rng *r)
{

	return ((int64_t)(rng_u64(r) >> (1 + rng_below(r, 62))));
}

static void
test_quantiles_within_a_bucket(void)
{
	static const unsigned permille[] = { 1, 10, 500, 900, 990, 999, 1000 };
	static int64_t sample[N];
	struct hist *h;
	struct rng r;
	int64_t got, want;
	uint64_t rank;
	unsigned i;

	h = hist_new();
	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "hist");
	for (i = 0; i < N; i++)
		hist_add(h, sample[i] = value(&r));
	qsort(sample, N, sizeof(*sample), compare_values);
	for (i = 0; i < G_N_ELEMENTS(permille); i++) {
		rank = MAX((N * (uint64_t)permille[i] + 999) / 1000, 1);
		want = sample[rank - 1];
		got = hist_quantile(h, permille[i], 1000);
		g_assert_cmpint(got, >=, want);
		g_assert_cmpint(got - want, <=, want / 128);
	}
	g_assert_cmpint(hist_min(h), ==, sample[0]);
	g_assert_cmpint(hist_max(h), ==, sample[N - 1]);
	hist_free(h);
}

static void
check_equal(const struct hist *a, const struct hist *b)
{
	int64_t upper[2];
	uint64_t count[2];
	unsigned idx[2] = { 0, 0 };

	g_assert_cmpuint(hist_count(a), ==, hist_count(b));
	g_assert_cmpint(hist_min(a), ==, hist_min(b));
	g_assert_cmpint(hist_max(a), ==, hist_max(b));
	g_assert_cmpfloat(hist_mean(a), ==, hist_mean(b));
	while (hist_next(a, &idx[0], &upper[0], &count[0])) {
		g_assert_true(hist_next(b, &idx[1], &upper[1], &count[1]));
		g_assert_cmpint(upper[0], ==, upper[1]);
		g_assert_cmpuint(count[0], ==, count[1]);
	}
	g_assert_false(hist_next(b, &idx[1], &upper[1], &count[1]));
}

/* Three parts merged in either order are the whole. */
static void
test_merge_is_exact(void)
{
	struct hist *ab, *part[3], *whole;
	struct rng r;
	unsigned i;
	int64_t v;

	whole = hist_new();
	ab = hist_new();
	for (i = 0; i < 3; i++)
		part[i] = hist_new();
	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "merge");
	for (i = 0; i < N; i++) {
		v = value(&r);
		hist_add(whole, v);
		hist_add(part[rng_below(&r, 3)], v);
	}
	for (i = 3; i-- > 0;)
		hist_merge(ab, part[i]);
	check_equal(whole, ab);
	hist_merge(part[0], part[1]);
	hist_merge(part[0], part[2]);
	check_equal(whole, part[0]);
	for (i = 0; i < 3; i++)
		hist_free(part[i]);
	hist_free(ab);
	hist_free(whole);
}

/* Nothing in it: zeros, not garbage. */
static void
test_empty(void)
{
	struct hist *h;
	int64_t upper;
	uint64_t count;
	unsigned idx;

	h = hist_new();
	idx = 0;
	g_assert_cmpint(hist_quantile(h, 1, 2), ==, 0);
	g_assert_cmpfloat(hist_mean(h), ==, 0);
	g_assert_false(hist_next(h, &idx, &upper, &count));
	hist_free(h);
}

static void
test_tally_area(void)
{
	struct tally t;

	tally_init(&t, 10, 3);
	tally_set(&t, 20, 7);
	tally_add(&t, 40, -7);
	/* 3 x 10 + 7 x 20 + 0 x 10 over 40. */
	g_assert_cmpfloat(tally_mean(&t, 50), ==, 170.0 / 40);
	g_assert_cmpint(tally_max(&t), ==, 7);
	tally_reset(&t, 50);
	g_assert_cmpfloat(tally_mean(&t, 60), ==, 0);
	g_assert_cmpint(tally_max(&t), ==, 0);
}

/* 256 CPUs for a hundred days: 64 bits of value x ps would overflow. */
static void
test_tally_does_not_overflow(void)
{
	struct tally t;

	tally_init(&t, 0, 256);
	g_assert_cmpfloat(tally_mean(&t, 100 * 86400 * SIM_S), ==, 256);
	tally_set(&t, 50 * 86400 * SIM_S, 0);
	g_assert_cmpfloat(tally_mean(&t, 100 * 86400 * SIM_S), ==, 128);
}

/* What a quantile may be too high by. */
static void
test_hist_resolution(void)
{
	int64_t v;
	struct hist *h;

	g_assert_cmpint(hist_resolution(0), ==, 0);
	g_assert_cmpint(hist_resolution(255), ==, 0);
	g_assert_cmpint(hist_resolution(256), ==, 2);
	g_assert_cmpint(hist_resolution(7000000), ==, 1 << 15);
	for (v = 300; v < INT64_MAX / 3; v = v * 3 + 7) {
		h = hist_new();
		hist_add(h, v);
		hist_add(h, INT64_MAX);
		g_assert_cmpint(hist_quantile(h, 1, 2), >=, v);
		g_assert_cmpint(hist_quantile(h, 1, 2) - v, <,
		    hist_resolution(v));
		g_assert_cmpint(hist_resolution(v), <=, v / 128);
		hist_free(h);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/hist/quantiles_within_a_bucket",
	    test_quantiles_within_a_bucket);
	g_test_add_func("/hist/resolution", test_hist_resolution);
	g_test_add_func("/hist/merge_is_exact", test_merge_is_exact);
	g_test_add_func("/hist/empty", test_empty);
	g_test_add_func("/tally/area", test_tally_area);
	g_test_add_func("/tally/does_not_overflow",
	    test_tally_does_not_overflow);
	return (g_test_run());
}
