/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The longest stalls of a result: which lock, who held it, and for what.
 */

#ifndef STUDY_REPORT_STALLS_H
#define	STUDY_REPORT_STALLS_H

#include <glib.h>

#include "study/report/dossier.h"

/* Stalls of a variant that are told one by one. */
#define	REPORT_STALLS	10

/*
 * Rows of stalls.csv of a variant, all its replications, the longest first;
 * at most REPORT_STALLS.
 *
 * all		[out] how many there are
 *
 * Returns:	array of size_t; free with g_array_unref().
 */
GArray	*report_stalls(const struct dossier *, unsigned variant,
	    unsigned *all);

/* A table. */
void	report_stalls_html(const struct dossier *, GString *);

#endif /* !STUDY_REPORT_STALLS_H */
