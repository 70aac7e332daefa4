/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Columns of the files of a result, but those of summary.csv that are metrics
 * (metric.h): what each is, told once; heads are written from here, and so are
 * `list columns' and the manual.
 */

#ifndef STUDY_RUN_COLUMN_H
#define	STUDY_RUN_COLUMN_H

/* In front of a name: one column for each observer. */
#define	COLUMN_OBSERVER	"OBSERVER_"

struct column {
	const char	*file;		/* "timeline.csv" */
	const char	*name;		/* "time_s", "OBSERVER_lag_ms" */
	const char	*unit;		/* "": a count, a share or a name */
	const char	*doc;
};

/* In the order of the files; up to one without a name. */
extern const struct column column_table[];

/*
 * "variant,replication,what,...": a file's columns but for OBSERVER_..., which
 * are the caller's.  Free with g_free().
 */
char	*column_head(const char *file);

#endif /* !STUDY_RUN_COLUMN_H */
