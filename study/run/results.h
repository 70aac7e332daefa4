/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The files that an experiment leaves: run.ini, summary.csv, timeline.csv,
 * stalls.csv, latency.csv, connects.csv, addresses.csv, locks.csv.  Columns
 * are described in pcbsim(1), FILES; their bytes do not depend on how many runs
 * went at a time, nor on how searches were made.
 */

#ifndef STUDY_RUN_RESULTS_H
#define	STUDY_RUN_RESULTS_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

#include "study/run/experiment.h"
#include "study/run/output.h"

/*
 * All files, into a result that is being made.
 *
 * threads	so many at a time write
 */
bool	results_write(const struct experiment *, struct output *,
	    unsigned threads, GError **);
/* The same without run.ini. */
bool	results_write_tables(const struct experiment *, struct output *,
	    unsigned threads, GError **);

/* Each CSV by itself, provenance lines included. */
void	results_write_summary(const struct experiment *, FILE *);
void	results_write_timeline(const struct experiment *, FILE *);
void	results_write_stalls(const struct experiment *, FILE *);
void	results_write_latency(const struct experiment *, FILE *);
void	results_write_connects(const struct experiment *, FILE *);
void	results_write_addresses(const struct experiment *, FILE *);
void	results_write_locks(const struct experiment *, FILE *);
/* .. of scenario.measures = 1 */
void	results_write_ports(const struct experiment *, FILE *);
void	results_write_searches(const struct experiment *, FILE *);

/* The fields of a row of summary.csv, for others to put beside their own. */
void	results_add_columns(const struct run_conf *, struct csvout *);
void	results_add_summary(const struct metric_run *, struct csvout *);

#endif /* !STUDY_RUN_RESULTS_H */
