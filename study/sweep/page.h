/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A sweep as one page that stands alone: variants by parameter, verdicts, who
 * froze, and each metric with its intervals; charts where one parameter was
 * swept.
 */

#ifndef STUDY_SWEEP_PAGE_H
#define	STUDY_SWEEP_PAGE_H

#include <glib.h>

#include "study/sweep/table.h"

/*
 * The page; g_free().
 *
 * metrics	columns, -1 ends
 */
char	*page_html(const struct sweep_table *, const int *metrics);

#endif /* !STUDY_SWEEP_PAGE_H */
