/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * report.txt: the mail.  It stands alone: what was asked, what came out, how
 * to have it again, and what it rests on.
 */

#ifndef STUDY_REPORT_REPORT_H
#define	STUDY_REPORT_REPORT_H

#include <stdbool.h>

#include <glib.h>

#include "study/run/experiment.h"
#include "study/run/output.h"

/*
 * Write report.txt into a result whose CSV files are there already (the charts
 * are drawn from them).
 *
 * command	what to type to have it again
 * lack		[out] why it has no charts, which it says too; NULL: it has
 */
bool	report_write(const struct experiment *, const char *command,
	    struct output *, GError **lack, GError **);

/*
 * The text itself.  Without charts stalls_chart is NULL, and ports_chart says
 * why, or is NULL.  Free with g_free().
 */
char	*report_text(const struct experiment *, const char *command,
	    const char *ports_chart, const char *stalls_chart);

#endif /* !STUDY_REPORT_REPORT_H */
