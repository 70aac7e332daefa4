/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Statistics, against published tables, figures worked by hand, and the share
 * of intervals that hold what they should.
 */

#include <math.h>

#include <glib.h>

#include "sim/rng.h"
#include "study/stat/stat.h"
#include "study/stat/text.h"

static void
near(double got, double want, double error)
{

	if (!(fabs(got - want) <= error))
		g_test_message("%.10g is not %.10g", got, want);
	g_assert_true(fabs(got - want) <= error);
}

/* ---- Student's t ------------------------------------------------------- */

/* Any table of percentage points, as Abramowitz and Stegun, table 26.10. */
static void
quantiles_as_published(void)
{
	static const struct {
		double	df, t90, t95, t99;
	} rows[] = {
		{ 1, 6.314, 12.706, 63.657 }, { 2, 2.920, 4.303, 9.925 },
		{ 3, 2.353, 3.182, 5.841 }, { 4, 2.132, 2.776, 4.604 },
		{ 5, 2.015, 2.571, 4.032 }, { 6, 1.943, 2.447, 3.707 },
		{ 7, 1.895, 2.365, 3.499 }, { 8, 1.860, 2.306, 3.355 },
		{ 9, 1.833, 2.262, 3.250 }, { 10, 1.812, 2.228, 3.169 },
		{ 15, 1.753, 2.131, 2.947 }, { 20, 1.725, 2.086, 2.845 },
		{ 30, 1.697, 2.042, 2.750 }, { 60, 1.671, 2.000, 2.660 },
		{ 120, 1.658, 1.980, 2.617 }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		near(stat_student(rows[i].df, 0.90), rows[i].t90, 0.00051);
		near(stat_student(rows[i].df, 0.95), rows[i].t95, 0.00051);
		near(stat_student(rows[i].df, 0.99), rows[i].t99, 0.00051);
	}
}

/* One and two degrees of freedom have a closed form, infinity the normal. */
static void
quantiles_as_closed_forms(void)
{
	double c, p;

	for (c = 0.01; c < 0.9995; c += 0.0313) {
		p = (1 + c) / 2;
		near(stat_student(1, c) / tan(M_PI * c / 2), 1, 1e-9);
		near(stat_student(2, c) / (c / sqrt(2 * p * (1 - p))), 1,
		    1e-9);
	}
	near(stat_student(1e9, 0.95), 1.959963985, 1e-6);
}

/* Welch asks for degrees of freedom between whole ones. */
static void
quantiles_fall_with_freedom(void)
{
	double before, df, t;

	before = INFINITY;
	for (df = 0.5; df < 500; df *= 1.07) {
		t = stat_student(df, 0.95);
		g_assert_cmpfloat(t, <, before);
		before = t;
	}
}

/* ---- samples ----------------------------------------------------------- */

static void
sample_by_hand(void)
{
	static const double values[] = { 9, 4, 5, 2, 4, 7, 4, 5 };
	struct stat_sample s;
	double half;

	stat_sample_init(&s, values, 8);
	g_assert_cmpuint(s.n, ==, 8);
	g_assert_cmpfloat(s.min, ==, 2);
	g_assert_cmpfloat(s.max, ==, 9);
	g_assert_cmpfloat(s.median, ==, 4.5);
	g_assert_cmpfloat(s.mean, ==, 5);
	near(s.sd, sqrt(32.0 / 7), 1e-15);
	/* 2.365 x 2.13809 / sqrt(8) */
	g_assert_true(stat_half_width(&s, &half));
	near(half, 1.7875, 0.0005);
	stat_sample_init(&s, values, 3);
	g_assert_cmpfloat(s.median, ==, 5);
	g_assert_true(stat_half_width(&s, &half));
	stat_sample_init(&s, values, 2);
	g_assert_false(stat_half_width(&s, &half));
	stat_sample_init(&s, values, 1);
	g_assert_cmpfloat(s.sd, ==, 0);
}

/* Spread far below the mean keeps its digits; none is exactly none. */
static void
sample_keeps_small_spread(void)
{
	static const double far[] = { 1e9 + 1, 1e9 + 2, 1e9 + 3 };
	static const double same[] = { 0.1, 0.1, 0.1 };
	struct stat_sample s;

	stat_sample_init(&s, far, 3);
	g_assert_cmpfloat(s.sd, ==, 1);
	stat_sample_init(&s, same, 3);
	g_assert_cmpfloat(s.mean, ==, 0.1);
	g_assert_cmpfloat(s.sd, ==, 0);
}

/* ---- differences ------------------------------------------------------- */

static const double by_hand_a[] = { 1, 2, 3 }, by_hand_b[] = { 4, 6, 8 };

/* s^2 = (2 x 1 + 2 x 4) / 4 = 2.5; half = 2.776445 x sqrt(2.5 x 2 / 3). */
static void
pooled_by_hand(void)
{
	struct stat_sample a, b;
	struct stat_diff d;

	stat_sample_init(&a, by_hand_a, 3);
	stat_sample_init(&b, by_hand_b, 3);
	d = stat_pooled(&a, &b);
	g_assert_true(d.enough);
	g_assert_cmpfloat(d.diff, ==, 4);
	g_assert_cmpfloat(d.df, ==, 4);
	near(d.sd, 1.5811388, 1e-7);
	near(d.half, 3.584375, 1e-5);
	g_assert_true(d.proven);
}

/* df = (1/3 + 4/3)^2 / ((1/9) / 2 + (16/9) / 2) = 50/17: not proven here. */
static void
welch_by_hand(void)
{
	struct stat_sample a, b;
	struct stat_diff d;

	stat_sample_init(&a, by_hand_a, 3);
	stat_sample_init(&b, by_hand_b, 3);
	d = stat_welch(&a, &b);
	g_assert_cmpfloat(d.diff, ==, 4);
	near(d.df, 50.0 / 17, 1e-12);
	near(d.half, stat_student(50.0 / 17, 0.95) * sqrt(5.0 / 3), 1e-12);
	g_assert_cmpfloat(d.half, >, 3.182 * 1.2909);
	g_assert_cmpfloat(d.half, <, 4.303 * 1.2910);
	g_assert_false(d.proven);
	/* Equal sizes and spreads: Welch is the pooled one. */
	near(stat_welch(&a, &a).df, 4, 1e-12);
}

/* Differences 2, 3, 1: half = 4.302653 / sqrt(3); then 2, 2.5, 2. */
static void
paired_by_hand(void)
{
	static const double wide[] = { 3, 5, 4 }, tight[] = { 3, 4.5, 5 };
	struct stat_diff d;

	d = stat_paired(by_hand_a, wide, 3);
	g_assert_cmpfloat(d.diff, ==, 2);
	g_assert_cmpfloat(d.sd, ==, 1);
	g_assert_cmpfloat(d.df, ==, 2);
	near(d.half, 2.484138, 1e-5);
	g_assert_false(d.proven);
	d = stat_paired(by_hand_a, tight, 3);
	near(d.diff, 13.0 / 6, 1e-12);
	near(d.half, 0.717109, 1e-5);
	g_assert_true(d.proven);
}

/* What both share drops out of a paired difference and of no other. */
static void
paired_is_sharper(void)
{
	static const double x[] = { 100, 200, 300, 400 };
	static const double y[] = { 101, 202, 301, 402 };
	struct stat_sample a, b;

	stat_sample_init(&a, x, 4);
	stat_sample_init(&b, y, 4);
	g_assert_true(stat_paired(x, y, 4).proven);
	g_assert_false(stat_pooled(&a, &b).proven);
	g_assert_false(stat_welch(&a, &b).proven);
}

/* What has no spread at all is still no sharper than it was measured. */
static void
blur_is_no_difference(void)
{
	static const double x[] = { 7, 7, 7 }, y[] = { 8, 8, 8 };
	struct stat_diff d;

	d = stat_paired(x, y, 3);
	g_assert_true(d.proven);
	g_assert_cmpfloat(d.half, ==, 0);
	stat_blur(&d, 0.9);
	g_assert_true(d.proven);
	g_assert_cmpfloat(d.half, ==, 0.9);
	d = stat_paired(x, y, 3);
	stat_blur(&d, 1);
	g_assert_false(d.proven);
	/* Nothing that was not enough becomes so. */
	d = stat_paired(x, y, 2);
	stat_blur(&d, 0);
	g_assert_false(d.proven);
}

static void
two_prove_nothing(void)
{
	static const double x[] = { 1, 1 }, y[] = { 1000, 1000 };
	struct stat_sample a, b;
	struct stat_diff d[3];
	unsigned i;

	stat_sample_init(&a, x, 2);
	stat_sample_init(&b, y, 2);
	d[0] = stat_pooled(&a, &b);
	d[1] = stat_welch(&a, &b);
	d[2] = stat_paired(x, y, 2);
	for (i = 0; i < 3; i++) {
		g_assert_cmpfloat(d[i].diff, ==, 999);
		g_assert_false(d[i].enough);
		g_assert_false(d[i].proven);
	}
}

/* ---- what an interval promises ----------------------------------------- */

#define	COVER_TRIALS	4000

/* Near enough to normal: twelve uniform numbers less six; sd 1. */
static double
cover_normal(struct rng *rng)
{
	double sum;
	unsigned i;

	sum = -6;
	for (i = 0; i < 12; i++)
		sum += (rng_u32(rng) + 0.5) / 4294967296.0;
	return (sum);
}

/*
 * Of 4,000 intervals of 95 % between 93.6 and 96.4 % hold the true difference:
 * four standard errors of that count.
 */
static void
cover_check(unsigned held)
{

	g_test_message("%u of %d", held, COVER_TRIALS);
	g_assert_cmpuint(held, >, COVER_TRIALS * 936 / 1000);
	g_assert_cmpuint(held, <, COVER_TRIALS * 964 / 1000);
}

static void
intervals_hold_the_truth(void)
{
	unsigned i, j, paired, pooled, welch;
	double part, u[5], v[5], x[4], y[9];
	struct stat_sample a, b;
	struct stat_diff d;
	struct rng rng;

	rng_init(&rng, 1, 0, "coverage");
	paired = pooled = welch = 0;
	for (i = 0; i < COVER_TRIALS; i++) {
		for (j = 0; j < 5; j++) {
			part = 10 * cover_normal(&rng);
			u[j] = part + cover_normal(&rng);
			v[j] = part + cover_normal(&rng) + 3;
		}
		d = stat_paired(u, v, 5);
		paired += fabs(d.diff - 3) <= d.half;
		for (j = 0; j < 5; j++)
			u[j] = cover_normal(&rng) - 7;
		for (j = 0; j < 5; j++)
			v[j] = cover_normal(&rng);
		stat_sample_init(&a, u, 5);
		stat_sample_init(&b, v, 5);
		d = stat_pooled(&a, &b);
		pooled += fabs(d.diff - 7) <= d.half;
		for (j = 0; j < 4; j++)
			x[j] = 5 * cover_normal(&rng);
		for (j = 0; j < 9; j++)
			y[j] = cover_normal(&rng) + 1;
		stat_sample_init(&a, x, 4);
		stat_sample_init(&b, y, 9);
		d = stat_welch(&a, &b);
		welch += fabs(d.diff - 1) <= d.half;
	}
	cover_check(paired);
	cover_check(pooled);
	cover_check(welch);
}

/* ---- layout ------------------------------------------------------------ */

static void
layout_is_ministats(void)
{
	g_autoptr(GString) s = NULL;
	struct stat_sample a, b;
	struct stat_diff d;

	stat_sample_init(&a, by_hand_a, 3);
	stat_sample_init(&b, by_hand_b, 3);
	s = g_string_new(NULL);
	stat_text_samples(s, "before", &a, "after", &b);
	d = stat_pooled(&a, &b);
	stat_text_diff(s, &d, a.mean);
	g_assert_cmpstr(s->str, ==,
	    "x before\n"
	    "+ after\n"
	    "    N           Min           Max        Median           Avg  "
	    "      Stddev\n"
	    "x   3             1             3             2             2  "
	    "           1\n"
	    "+   3             4             8             6             6  "
	    "           2\n"
	    "Difference at 95.0% confidence\n"
	    "\t4 +/- 3.58438\n"
	    "\t200% +/- 179.219%\n"
	    "\t(Student's t, pooled s = 1.58114)\n");
}

static void
layout_says_which_test(void)
{
	static const double far[] = { 104, 106, 108 };
	g_autoptr(GString) s = NULL;
	struct stat_sample a, b;
	struct stat_diff d;

	stat_sample_init(&a, by_hand_a, 3);
	stat_sample_init(&b, far, 3);
	s = g_string_new(NULL);
	d = stat_paired(by_hand_a, far, 3);
	stat_text_diff(s, &d, 0);
	g_assert_cmpstr(s->str, ==, "Paired difference at 95.0% confidence\n"
	    "\t104 +/- 2.48414\n\t(Student's t, paired s = 1)\n");
	g_string_truncate(s, 0);
	d = stat_welch(&a, &b);
	stat_text_diff(s, &d, 0);
	g_assert_true(g_str_has_prefix(s->str, "Welch difference at"));
	g_assert_true(g_str_has_suffix(s->str,
	    "\t(Welch's t, degrees of freedom = 2.941)\n"));
	g_string_truncate(s, 0);
	d = stat_paired(by_hand_a, by_hand_a, 3);
	stat_text_diff(s, &d, 2);
	g_assert_cmpstr(s->str, ==,
	    "No paired difference proven at 95.0% confidence\n");
	g_string_truncate(s, 0);
	d = stat_paired(by_hand_a, far, 2);
	stat_text_diff(s, &d, 2);
	g_assert_cmpstr(s->str, ==,
	    "Paired difference: N < 3 proves nothing\n");
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/stat/quantiles_as_published",
	    quantiles_as_published);
	g_test_add_func("/stat/quantiles_as_closed_forms",
	    quantiles_as_closed_forms);
	g_test_add_func("/stat/quantiles_fall_with_freedom",
	    quantiles_fall_with_freedom);
	g_test_add_func("/stat/sample_by_hand", sample_by_hand);
	g_test_add_func("/stat/sample_keeps_small_spread",
	    sample_keeps_small_spread);
	g_test_add_func("/stat/pooled_by_hand", pooled_by_hand);
	g_test_add_func("/stat/welch_by_hand", welch_by_hand);
	g_test_add_func("/stat/paired_by_hand", paired_by_hand);
	g_test_add_func("/stat/paired_is_sharper", paired_is_sharper);
	g_test_add_func("/stat/blur_is_no_difference", blur_is_no_difference);
	g_test_add_func("/stat/two_prove_nothing", two_prove_nothing);
	g_test_add_func("/stat/intervals_hold_the_truth",
	    intervals_hold_the_truth);
	g_test_add_func("/stat/layout_is_ministats", layout_is_ministats);
	g_test_add_func("/stat/layout_says_which_test",
	    layout_says_which_test);
	return (g_test_run());
}
