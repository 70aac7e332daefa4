/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What all tables of a result have: a head, a row for each run's row.
 */

#ifndef STUDY_RUN_RESULTS_ROWS_H
#define	STUDY_RUN_RESULTS_ROWS_H

#include <stdio.h>

#include "study/run/experiment.h"
#include "study/run/metric.h"
#include "study/text/csvout.h"

/*
 * Comment lines and the line of that file's column names; NULL: the caller
 * writes one.
 */
void	results_begin(const struct experiment *, FILE *, const char *file);

/* Call `rows' for each run that there is, by variant, then replication. */
void	results_each(const struct experiment *, FILE *,
	    void (*rows)(const struct metric_run *, struct csvout *));

/* Variant and replication. */
void	results_row_begin(const struct metric_run *, struct csvout *);

#endif /* !STUDY_RUN_RESULTS_ROWS_H */
