/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */


/*
 * Which setting moves the result, in words; mail, page and terminal say it by
 * the same lines.
 */

#ifndef STUDY_REPORT_MOVED_H
#define	STUDY_REPORT_MOVED_H

#include <glib.h>

#include "study/run/moves.h"

#define	MOVED_EACH	3	/* settings told of a figure */

/* What was tried, and what that is worth. */
void	moved_how(const struct moves *, GString *);

/* "current: not served 12.3 %; 2 of 9 settings move it, most:" */
void	moved_head(const struct moves *, enum moves_figure, GString *);

/*
 * The settings that move it most, MOVED_EACH at most, a line each:
 * "workload:nginx.rate 2k/s: 41.2 % at 4k/s, 0 % at 1k/s".  Of char *; free
 * with g_ptr_array_unref().
 */
GPtrArray *moved_most(const struct moves *, enum moves_figure);

#endif /* !STUDY_REPORT_MOVED_H */
