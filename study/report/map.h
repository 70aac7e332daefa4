/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Ports in use on each local address over time, on a page: a map a variant.
 */

#ifndef STUDY_REPORT_MAP_H
#define	STUDY_REPORT_MAP_H

#include <glib.h>

#include "study/report/dossier.h"

/* Nothing where the result has no addresses.csv. */
void	report_map_html(const struct dossier *, GString *);

#endif /* !STUDY_REPORT_MAP_H */
