/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The table "Side by side" of a report, 72 columns: the figures of each
 * variant, and with STAT_MIN replications or more their spread and what
 * differs from the first variant.
 */

#ifndef STUDY_REPORT_STAT_TABLE_H
#define	STUDY_REPORT_STAT_TABLE_H

#include <stdbool.h>

#include <glib.h>

#include "study/run/experiment.h"
#include "study/stat/stat.h"

/* What stands beside each other, of each variant; .title NULL ends. */
struct stat_table_row {
	const char	*title;		/* for people */
	const char	*metric;
};

extern const struct stat_table_row stat_table_rows[];

/*
 * Half the width of a mean's interval, for people, as rounded as the mean.
 * Free with g_free().
 */
char	*stat_table_spread(const struct metric *, double half);

/* Append it: means, with +/- half the width of their 95 % interval. */
void	stat_table_add(const struct experiment *, GString *);

/*
 * The paired difference of a metric, variant `b' less variant `a'.
 *
 * Returns:	false if there is none: not all runs reached their end, or a
 *		replication of either has no value.
 */
bool	stat_table_diff(const struct experiment *, unsigned a, unsigned b,
	    const char *metric, struct stat_diff *);

#endif /* !STUDY_REPORT_STAT_TABLE_H */
