/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Samples and their differences; see stat.h.
 */

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <glib.h>

#include "sim/kassert.h"
#include "study/stat/stat.h"

/* ---- a sample ---------------------------------------------------------- */

static int
stat_order(const void *a, const void *b)
{
	double x, y;

	x = *(const double *)a;
	y = *(const double *)b;
	return ((x > y) - (x < y));
}

void
stat_sample_init(struct stat_sample *s, const double *values, unsigned n)
{
	g_autofree double *sorted = NULL;
	double squares, sum;
	unsigned i;

	KASSERT(n > 0, ("an empty sample"));
	sorted = g_new(double, n);
	sum = 0;
	for (i = 0; i < n; i++) {
		KASSERT(isfinite(values[i]), ("value %u of a sample", i));
		sorted[i] = values[i];
	}
	qsort(sorted, n, sizeof(*sorted), stat_order);
	/* In one order, so that the sum is the same whatever came first. */
	for (i = 0; i < n; i++)
		sum += sorted[i];
	s->n = n;
	s->min = sorted[0];
	s->max = sorted[n - 1];
	s->median = n % 2 == 1 ? sorted[n / 2] :
	    sorted[n / 2 - 1] / 2 + sorted[n / 2] / 2;
	/* A mean of equals must be their value, not a rounding beside it. */
	s->mean = s->min == s->max ? s->min : sum / n;
	/* Two passes: the sum of squares alone would lose all digits. */
	squares = 0;
	for (i = 0; i < n; i++)
		squares += (sorted[i] - s->mean) * (sorted[i] - s->mean);
	s->sd = n < 2 ? 0 : sqrt(squares / (n - 1));
}

/* ---- Student's t ------------------------------------------------------- */

/*
 * The continued fraction of the incomplete beta function, by the method of
 * Lentz (1976) as Thompson and Barnett (1986) mend it; converges fast for
 * x < (a + 1) / (a + b + 2).
 */
static double
stat_beta_fraction(double a, double b, double x)
{
	const double tiny = 1e-300;
	double c, d, f, step, term;
	unsigned m;
	int odd;

	f = c = 1;
	d = 0;
	for (m = 0; m < 20000; m++) {
		for (odd = 0; odd < 2; odd++) {
			if (m == 0 && odd == 0)
				term = 1;
			else if (odd == 0)
				term = m * (b - m) * x /
				    ((a + 2 * m - 1) * (a + 2 * m));
			else
				term = -(a + m) * (a + b + m) * x /
				    ((a + 2 * m) * (a + 2 * m + 1));
			d = 1 + term * d;
			d = 1 / (fabs(d) < tiny ? tiny : d);
			c = 1 + term / c;
			c = fabs(c) < tiny ? tiny : c;
			step = c * d;
			f *= step;
		}
		if (m > 0 && fabs(step - 1) < 4 * DBL_EPSILON)
			break;
	}
	return (f - 1);
}

/* The regularised incomplete beta function I_x(a, b), 0 < x < 1. */
static double
stat_beta(double a, double b, double x)
{
	double front;

	front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) +
	    b * log1p(-x));
	if (x < (a + 1) / (a + b + 2))
		return (front * stat_beta_fraction(a, b, x) / a);
	return (1 - front * stat_beta_fraction(b, a, 1 - x) / b);
}

/* Probability that |T| is above t. */
static double
stat_tails(double df, double t)
{

	return (stat_beta(df / 2, 0.5, df / (df + t * t)));
}

double
stat_student(double df, double confidence)
{
	double high, low, middle;
	int i;

	KASSERT(df > 0 && confidence > 0 && confidence < 1,
	    ("t of %g, %g", df, confidence));
	low = 0;
	for (high = 1; stat_tails(df, high) > 1 - confidence; high *= 2)
		low = high;
	/* Halving is slow and sure; 60 times is all that a double can tell. */
	for (i = 0; i < 60; i++) {
		middle = low + (high - low) / 2;
		if (middle <= low || middle >= high)
			break;
		if (stat_tails(df, middle) > 1 - confidence)
			low = middle;
		else
			high = middle;
	}
	return (high);
}

/* ---- differences ------------------------------------------------------- */

bool
stat_half_width(const struct stat_sample *s, double *half)
{

	if (s->n < STAT_MIN)
		return (false);
	*half = stat_student(s->n - 1, STAT_CONFIDENCE) * s->sd / sqrt(s->n);
	return (true);
}

/* Fill in the rest, `error' being the standard error of the difference. */
static void
stat_conclude(struct stat_diff *d, double error)
{

	d->half = error == 0 ? 0 : stat_student(d->df, STAT_CONFIDENCE) *
	    error;
	d->proven = fabs(d->diff) > d->half;
}

void
stat_blur(struct stat_diff *d, double resolution)
{

	KASSERT(resolution >= 0, ("resolution %g", resolution));
	d->resolution = resolution;
	d->half += resolution;
	/* Of two neighbours the difference is the resolution, but for ulps. */
	d->proven = d->enough && fabs(d->diff) > d->half * (1 + 1e-9);
}

struct stat_diff
stat_pooled(const struct stat_sample *a, const struct stat_sample *b)
{
	struct stat_diff d = { .test = STAT_POOLED };

	d.diff = b->mean - a->mean;
	d.enough = a->n >= STAT_MIN && b->n >= STAT_MIN;
	if (!d.enough)
		return (d);
	d.df = (double)a->n + b->n - 2;
	d.sd = sqrt(((a->n - 1) * a->sd * a->sd +
	    (b->n - 1) * b->sd * b->sd) / d.df);
	stat_conclude(&d, d.sd * sqrt(1.0 / a->n + 1.0 / b->n));
	return (d);
}

struct stat_diff
stat_welch(const struct stat_sample *a, const struct stat_sample *b)
{
	struct stat_diff d = { .test = STAT_WELCH };
	double va, vb;

	d.diff = b->mean - a->mean;
	d.enough = a->n >= STAT_MIN && b->n >= STAT_MIN;
	if (!d.enough)
		return (d);
	va = a->sd * a->sd / a->n;
	vb = b->sd * b->sd / b->n;
	/* Without any spread the formula has no value, and none is needed. */
	d.df = va + vb == 0 ? (double)a->n + b->n - 2 : (va + vb) * (va + vb) /
	    (va * va / (a->n - 1) + vb * vb / (b->n - 1));
	stat_conclude(&d, sqrt(va + vb));
	return (d);
}

struct stat_diff
stat_paired(const double *x, const double *y, unsigned n)
{
	g_autofree double *differences = NULL;
	struct stat_diff d = { .test = STAT_PAIRED };
	struct stat_sample s;
	unsigned i;

	differences = g_new(double, n);
	for (i = 0; i < n; i++)
		differences[i] = y[i] - x[i];
	stat_sample_init(&s, differences, n);
	d.diff = s.mean;
	d.enough = n >= STAT_MIN;
	if (!d.enough)
		return (d);
	d.df = n - 1;
	d.sd = s.sd;
	stat_conclude(&d, s.sd / sqrt(n));
	return (d);
}
