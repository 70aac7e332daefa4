/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The ziggurat's tables against what defines them, and what is drawn with them
 * where a mistake would hide: the tail, the edges of the strips, the moments.
 */

#include <math.h>

#include <glib.h>

#include "sim/rng.h"
#include "sim/ziggurat.h"

/* Each strip has the same area, its corner lies on the curve. */
static void
test_tables(void)
{
	long double area, v, x;
	unsigned i;

	v = (ZIGGURAT_R + 1) * expl(-(long double)ZIGGURAT_R);
	g_assert_cmpfloat(ziggurat_x[1], ==, ZIGGURAT_R);
	g_assert_cmpfloat(ziggurat_x[256], ==, 0);
	g_assert_cmpfloat(ziggurat_y[0], ==, 0);
	g_assert_cmpfloat(ziggurat_y[256], ==, 1);
	for (i = 1; i < 256; i++) {
		x = ziggurat_x[i];
		g_assert_cmpfloat(ziggurat_x[i], >, ziggurat_x[i + 1]);
		g_assert_cmpfloat((double)fabsl(ziggurat_y[i] / expl(-x) - 1),
		    <, 1e-15);
		area = x * ((long double)ziggurat_y[i + 1] - ziggurat_y[i]);
		g_assert_cmpfloat((double)fabsl(area / v - 1), <, 1e-11);
	}
	/* Of strip 0: the rectangle up to r and the tail beyond. */
	area = (long double)ziggurat_x[0] * ziggurat_y[1];
	g_assert_cmpfloat((double)fabsl(area / v - 1), <, 1e-13);
}

/*
 * Chi-square of 4 million exponentials over 64 intervals of equal probability
 * and, of the tail beyond r (4.5e-4), over 8: 63 and 7 degrees; one sample in
 * 10^6 is above the limits.
 */
static void
test_exponential_fits(void)
{
	struct rng r;
	double chi, expected, u, x;
	unsigned body[64] = { 0 }, i, tail[8] = { 0 }, tails;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "fit");
	for (i = 0; i < 4000000; i++) {
		x = rng_exp1(&r);
		g_assert_cmpfloat(x, >, 0);
		u = -expm1(-x);
		body[MIN((unsigned)(u * 64), 63)]++;
		if (x > ZIGGURAT_R) {
			u = -expm1(-(x - ZIGGURAT_R));
			tail[MIN((unsigned)(u * 8), 7)]++;
		}
	}
	expected = 4000000 / 64.0;
	for (i = 0, chi = 0; i < 64; i++)
		chi += (body[i] - expected) * (body[i] - expected) / expected;
	g_assert_cmpfloat(chi, <, 132);
	for (i = tails = 0; i < 8; i++)
		tails += tail[i];
	expected = 4000000 * exp(-ZIGGURAT_R);
	g_assert_cmpfloat(fabs(tails - expected), <, 5 * sqrt(expected));
	expected = tails / 8.0;
	for (i = 0, chi = 0; i < 8; i++)
		chi += (tail[i] - expected) * (tail[i] - expected) / expected;
	g_assert_cmpfloat(chi, <, 40.6);
}

/*
 * Sample moments within five standard errors: of x^k it is
 * sqrt((E x^2k - (E x^k)^2) / n), and E x^k is k! for the exponential,
 * 1 x 3 x ... (k - 1) for the normal.
 */
static void
test_moments(void)
{
	static const double exponential[] = { 1, 1, 2, 6, 24, 120, 720 };
	static const double normal[] = { 1, 0, 1, 0, 3, 0, 15, 0, 105 };
	struct rng r;
	double e[4] = { 0 }, n[5] = { 0 }, sigma, x;
	unsigned i, k;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "moments");
	for (i = 0; i < 1000000; i++) {
		x = rng_exp1(&r);
		for (k = 1; k <= 3; k++)
			e[k] += pow(x, k) / 1e6;
		x = rng_normal(&r);
		for (k = 1; k <= 4; k++)
			n[k] += pow(x, k) / 1e6;
	}
	for (k = 1; k <= 3; k++) {
		sigma = sqrt((exponential[2 * k] - exponential[k] *
		    exponential[k]) / 1e6);
		g_assert_cmpfloat(fabs(e[k] - exponential[k]), <, 5 * sigma);
	}
	for (k = 1; k <= 4; k++) {
		sigma = sqrt((normal[2 * k] - normal[k] * normal[k]) / 1e6);
		g_assert_cmpfloat(fabs(n[k] - normal[k]), <, 5 * sigma);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ziggurat/tables", test_tables);
	g_test_add_func("/ziggurat/exponential_fits", test_exponential_fits);
	g_test_add_func("/rng/moments", test_moments);
	return (g_test_run());
}
