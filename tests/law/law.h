/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A law holds if the mean of independent replications lies within so many
 * standard errors of what its formula says; an error that was planted must lie
 * outside.
 */

#ifndef TESTS_LAW_LAW_H
#define	TESTS_LAW_LAW_H

#include <math.h>

#include <glib.h>

/*
 * Student's t exceeds this by chance once in 10,000 times with 19 degrees of
 * freedom, 7 times with 9; seeds are fixed, so chance has had its say.
 */
#define	LAW_SE		5.0

struct law {
	unsigned	n;
	double		sum, sq;
};

static inline void
law_add(struct law *l, double value)
{

	l->n++;
	l->sum += value;
	l->sq += value * value;
}

static inline double
law_mean(const struct law *l)
{

	return (l->sum / l->n);
}

static inline double
law_se(const struct law *l)
{
	double mean;

	mean = law_mean(l);
	return (sqrt(MAX(l->sq / l->n - mean * mean, 0) / (l->n - 1)));
}

/* Standard errors between the mean and what the formula says. */
static inline double
law_z(const struct law *l, double want)
{

	return ((law_mean(l) - want) / law_se(l));
}

static inline void
law_show(const char *what, const struct law *l, double want)
{

	g_test_message("%s: %.6g +- %.2g, law %.6g: %.1f standard errors",
	    what, law_mean(l), law_se(l), want, law_z(l, want));
}

/*
 * Little's law is exact on each run, up to who is still in at its end:
 * number = rate x time.
 */
#define	LAW_LITTLE	0.001

static inline double
law_little_off(double number, double rate, double time)
{

	return (fabs(number / (rate * time) - 1));
}

#define	law_holds(what, l, want) do {					\
	law_show(what, l, want);					\
	g_assert_cmpuint((l)->n, >=, 10);				\
	g_assert_cmpfloat(fabs(law_z(l, want)), <, LAW_SE);		\
	/* An interval that holds everything shows nothing. */		\
	g_assert_cmpfloat(law_se(l), <, 0.05 * fabs((double)(want)));	\
} while (0)

#define	law_is_caught(what, l, want) do {				\
	law_show("planted: " what, l, want);				\
	g_assert_cmpfloat(fabs(law_z(l, want)), >, LAW_SE);		\
} while (0)

#endif /* !TESTS_LAW_LAW_H */
