/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who pays, on a page: stalls summed up by lock, holder and what it did.
 */

#ifndef STUDY_REPORT_HOLDERS_TABLE_H
#define	STUDY_REPORT_HOLDERS_TABLE_H

#include <glib.h>

#include "study/report/dossier.h"

/* Holders that are told of a variant. */
#define	REPORT_HOLDERS	5

/* A table. */
void	report_holders_html(const struct dossier *, GString *);

#endif /* !STUDY_REPORT_HOLDERS_TABLE_H */
