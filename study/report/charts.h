/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The pictures of report.html, drawn from the CSV files of a result.
 */

#ifndef STUDY_REPORT_CHARTS_H
#define	STUDY_REPORT_CHARTS_H

#include <glib.h>

#include "study/report/dossier.h"

/*
 * A chart a variant, all on the same time axis: ports, stalls, how late each
 * observer is, and pcbs by their state.
 */
void	report_charts_ports(const struct dossier *, GString *);
void	report_charts_stalls(const struct dossier *, GString *);
void	report_charts_lags(const struct dossier *, GString *);
void	report_charts_pcbs(const struct dossier *, GString *);

/* Share of connects that took longer, all variants in one. */
void	report_charts_latency(const struct dossier *, GString *);

#endif /* !STUDY_REPORT_CHARTS_H */
