/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Variants against a baseline, metric by metric: what differs, by how much,
 * and whether that is proven.
 *
 * Theory:	a sample is one metric of one variant, a value a replication.
 *		Two of one result share their random numbers, so replication i
 *		of one is compared with replication i of the other (paired; see
 *		stat.h).  So are two of different results if seed and arrivals
 *		are the same; otherwise they are taken as independent (Welch).
 *
 *		The effect by which metrics are sorted is |b - a| over the
 *		larger of |a| and |b|: 0 for equals, 0.5 for half or double, 1
 *		for something against nothing.  Percentages of the baseline
 *		would put every doubling before every halving.
 *
 *		A figure is only as sharp as it was measured: half the width of
 *		an interval holds the resolution of the figure, too, such as a
 *		bucket of the histogram that a quantile was read from.  What is
 *		not larger than that is not proven, however alike the
 *		replications are.
 *
 * Left out:	a correction for asking many questions at once: with 95 %
 *		confidence one metric of 20 that do not differ seems to.
 *		compare_pair.expected_false says how many.
 */

#ifndef STUDY_STAT_COMPARE_H
#define	STUDY_STAT_COMPARE_H

#include <stdbool.h>

#include <glib.h>

#include "study/stat/compare_input.h"
#include "study/stat/stat.h"

/* A share that is proven, and nothing to anybody. */
#define	COMPARE_TRIFLE	1e-6

enum compare_outcome {
	COMPARE_BETTER,
	COMPARE_WORSE,
	COMPARE_DIFFERENT,	/* of a metric that is not good or bad */
	COMPARE_NOT_PROVEN,
	COMPARE_EQUAL,		/* the same in every replication, or all but:
				   COMPARE_TRIFLE */
	COMPARE_TOO_FEW,	/* fewer than STAT_MIN replications */
	COMPARE_NO_VALUE	/* some replication has none */
};

/* "better", "not-proven", ...: as the CSV has it. */
const char *compare_outcome_name(enum compare_outcome);

/* One side: a variant of a result. */
struct compare_side {
	const struct compare_input *in;	/* borrowed */
	const char	*variant;	/* borrowed from `in' */
	char		*label;		/* for people */
	GArray		*rows;		/* of size_t: its replications */
};

struct compare_row {
	const struct compare_metric *metric;	/* of the baseline's input */
	/* In the metric's unit; unset if .none_a or .none_b is not 0. */
	struct stat_sample a, b;
	unsigned	none_a, none_b;	/* replications without a value */
	struct stat_diff pooled;	/* as ministat(1) would */
	struct stat_diff diff;		/* what counts: paired or Welch */
	double		effect;		/* 0..1 */
	enum compare_outcome outcome;
};

struct compare_pair {
	struct compare_side a, b;	/* baseline, and what is compared */
	bool		paired;
	char		*why;		/* why so, a sentence */
	GArray		*rows;		/* of struct compare_row, by effect */
	double		expected_false;	/* "proven" ones by mere chance */
};

struct compare {
	GPtrArray	*pairs;		/* of struct compare_pair */
	GPtrArray	*remarks;	/* what was not compared, sentences */
};

/*
 * Compare all variants of one result with its first, or with `baseline'
 * (NULL: the first).
 *
 * metrics	names, NULL-terminated; NULL: all
 *
 * Errors:	an unknown name (with the nearest), nothing to compare.
 */
struct compare *compare_one(const struct compare_input *,
	    const char *baseline, char **metrics, GError **);

/*
 * Compare each variant of the first result with that of the same name in the
 * second.
 *
 * Errors:	as above; the columns are not the same; no name is in both.
 */
struct compare *compare_two(const struct compare_input *,
	    const struct compare_input *, char **metrics, GError **);

void	compare_free(struct compare *);

#endif /* !STUDY_STAT_COMPARE_H */
