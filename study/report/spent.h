/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the connects of a variant spent their time on, in words.
 */

#ifndef STUDY_REPORT_SPENT_H
#define	STUDY_REPORT_SPENT_H

#include <stdbool.h>

#include <glib.h>

/*
 * mean		gives the mean of a metric of summary.csv; false: there is
 *		none
 *
 * Returns:	"11.3 s a connect: 93.1 % waiting for a thread of the program,
 *		6.2 % waiting for locks, ...", the most first; "no connect was
 *		decided".  Free with g_free().
 */
char	*spent_text(bool (*mean)(const void *arg, const char *metric,
	    double *), const void *arg);

#endif /* !STUDY_REPORT_SPENT_H */
