/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A result as JSON, for programs.  docs/schema/report-1.schema.json says what
 * is in it; what is not there (a time that never came) is null.
 */

#ifndef STUDY_REPORT_JSON_H
#define	STUDY_REPORT_JSON_H

#include <glib.h>

#include "study/report/dossier.h"

/* Of the schema; a member that goes or changes its meaning makes it 2. */
#define	REPORT_JSON_VERSION	1

/* Free with g_free(). */
char	*report_json(const struct dossier *);

#endif /* !STUDY_REPORT_JSON_H */
