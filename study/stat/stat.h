/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Samples, and what can be said of the difference of two of them.
 *
 * Theory:	a sample is a set of independent replications, never values of
 *		one run: those depend on each other.  Three ways to compare
 *		means, all by Student's t (Student 1908):
 *
 *		pooled	both samples have one variance; what ministat(1) does
 *		Welch	each has its own; degrees of freedom by Welch (1947)
 *			and Satterthwaite (1946)
 *		paired	x[i] and y[i] come of the same random numbers: the
 *			mean of y[i] - x[i] against its own spread.  What both
 *			share drops out, so it is the sharpest of the three
 *
 * Limits:	normal means are taken for granted.  Fewer than STAT_MIN
 *		replications prove nothing, as ministat(1) has it.
 */

#ifndef STUDY_STAT_STAT_H
#define	STUDY_STAT_STAT_H

#include <stdbool.h>

#define	STAT_MIN	3	/* replications below which nothing is proven */
#define	STAT_CONFIDENCE	0.95	/* of every interval that is shown */

struct stat_sample {
	unsigned	n;
	double		min, max, median, mean;
	double		sd;		/* of n - 1; 0 if n < 2 */
};

enum stat_test {
	STAT_POOLED,
	STAT_WELCH,
	STAT_PAIRED
};

struct stat_diff {
	enum stat_test	test;
	bool		enough;		/* STAT_MIN of each: the rest means
					   something; else only `diff' does */
	double		diff;		/* second mean less first */
	double		half;		/* half width of the interval, >= 0,
					   with `resolution' in it */
	double		resolution;	/* of the figure; stat_blur() */
	double		df;		/* degrees of freedom */
	double		sd;		/* pooled; paired: of the differences;
					   Welch: 0 */
	bool		proven;		/* 0 is not within the interval */
};

/* values[n], n >= 1, all finite; any order. */
void	stat_sample_init(struct stat_sample *, const double *values,
	    unsigned n);

/*
 * The t that |T| of Student's distribution exceeds with probability
 * 1 - confidence: stat_student(9, 0.95) is 2.262.
 *
 * df		> 0, need not be whole
 * confidence	0 < confidence < 1
 *
 * Source:	Abramowitz and Stegun, 26.7.1 and 26.5.8.
 */
double	stat_student(double df, double confidence);

/*
 * Half width of the interval round the mean that holds the true one with
 * STAT_CONFIDENCE.  False if the sample is smaller than STAT_MIN.
 */
bool	stat_half_width(const struct stat_sample *, double *half);

struct stat_diff stat_pooled(const struct stat_sample *,
	    const struct stat_sample *);
struct stat_diff stat_welch(const struct stat_sample *,
	    const struct stat_sample *);
/* x[n], y[n]; n >= 1. */
struct stat_diff stat_paired(const double *x, const double *y, unsigned n);

/*
 * The figures themselves are only known so far: what both samples tell alike in
 * every replication may still be a step of the measure.  Widens the interval on
 * either side; what lies within the resolution is not proven.
 *
 * resolution	of the difference of the means, >= 0
 */
void	stat_blur(struct stat_diff *, double resolution);

#endif /* !STUDY_STAT_STAT_H */
