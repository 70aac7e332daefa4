/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Why each observer was late for longest: the chain of who waited for whom, and
 * what kept the last of them busy.
 */

#ifndef STUDY_REPORT_WHY_H
#define	STUDY_REPORT_WHY_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "study/report/dossier.h"
#include "study/run/experiment.h"

/* Is this row of stalls.csv an observer's, and no hold of a lock? */
bool	why_is_row(const struct csvtable *stalls, size_t row);

/* A paragraph on the one of a variant that waited longest; or nothing. */
void	why_paragraph(const struct experiment *, unsigned variant, GString *);

/* A table: each variant's observers, the longest wait of all replications. */
void	why_html(const struct dossier *, GString *);

#endif /* !STUDY_REPORT_WHY_H */
