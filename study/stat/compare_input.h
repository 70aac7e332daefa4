/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A result read back for a comparison: the variants, replications and metrics
 * of its summary.csv, and what its run.ini says of arrivals.
 */

#ifndef STUDY_STAT_COMPARE_INPUT_H
#define	STUDY_STAT_COMPARE_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "study/run/metric.h"
#include "study/text/csvtable.h"

#define	COMPARE_ERROR	g_quark_from_static_string("pcbsim-compare")
#define	COMPARE_ERROR_READ	1	/* a file cannot be read or written */
#define	COMPARE_ERROR_CONTENT	2	/* it, or what is asked, is wrong */

struct keyfile;

struct compare_metric {
	char		*name;		/* the column's */
	const char	*unit;		/* "us"; "" for a count, or unknown */
	enum metric_better better;
	const struct metric *known;	/* NULL: a column of another version */
	int		column;
};

struct compare_input {
	char		*dir;		/* as it was named */
	char		*label;		/* the same, as it may be shown */
	char		*path;		/* of summary.csv */
	char		*remark;	/* what to tell of it; NULL: nothing */
	bool		unread;		/* .. because the system could not */
	struct csvtable	*table;
	struct keyfile	*ini;		/* NULL: run.ini is not there */
	GPtrArray	*variants;	/* names, in order */
	GArray		*metrics;	/* of struct compare_metric, in order */
	int		variant_column, replication_column, seed_column;
};

/*
 * Errors:	the file and the cause: cannot be read (COMPARE_ERROR_READ);
 *		no result of ours, unfinished, without a column that it needs,
 *		a replication twice, no number where there should be one
 *		(COMPARE_ERROR_CONTENT).
 */
struct compare_input *compare_input_new(const char *dir, GError **);
void	compare_input_free(struct compare_input *);

/* Append the rows of a variant, by replication, to `rows' (of size_t). */
void	compare_input_rows(const struct compare_input *, const char *variant,
	    GArray *rows);

/* False: there is no value, e.g. no time of a failure that never was. */
bool	compare_input_value(const struct compare_input *, size_t row,
	    const struct compare_metric *, double *value);

/* The metric of a name, NULL if there is none. */
const struct compare_metric *compare_input_metric(const struct compare_input *,
	    const char *name);

/*
 * SHA-256, hex, of all that decides when which connections are due in a run of
 * the variant, but for the seed.  What a recording held is not in a result, so
 * one that replays is only sure to equal a result of the same scenario.
 *
 * Returns:	free with g_free(); NULL if it cannot be told.
 */
char	*compare_input_arrivals(const struct compare_input *,
	    const char *variant);

#endif /* !STUDY_STAT_COMPARE_INPUT_H */
