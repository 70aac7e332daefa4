/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * report.html: one page that stands alone, made of the files of a result.
 */

#ifndef STUDY_REPORT_HTML_H
#define	STUDY_REPORT_HTML_H

#include <stdbool.h>

#include <glib.h>

#include "study/report/dossier.h"
#include "study/run/output.h"

/* The page; free with g_free(). */
char	*report_html(const struct dossier *);

/* Write report.html into a result whose other files are there already. */
bool	report_html_write(struct output *, GError **);

#endif /* !STUDY_REPORT_HTML_H */
