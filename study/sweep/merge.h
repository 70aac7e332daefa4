/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * One CSV file of all runs of a sweep: the swept parameters, then the columns
 * of summary.csv; a row a run, in the order of the runs.  Its bytes depend on
 * nothing but the sweep and the build.
 */

#ifndef STUDY_SWEEP_MERGE_H
#define	STUDY_SWEEP_MERGE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <glib.h>

#include "study/sweep/store.h"
#include "study/sweep/sweep.h"

/* Called for each run that is missing; `why' NULL: it was never done. */
typedef void (*sweep_merge_fn)(void *arg, const struct sweep_run *,
    const char *id, const char *why);

/* How many runs are there, as far as can be told without reading them. */
uint64_t sweep_merge_there(const struct sweep *, const struct sweep_store *);

/* How many runs are missing, or damaged; `missing' may be NULL. */
uint64_t sweep_merge_missing(const struct sweep *, const struct sweep_store *,
	    sweep_merge_fn missing, void *arg);

/*
 * Write the rows that there are, one at a time.
 *
 * nmissing	from sweep_merge_missing(): not 0 marks the file INCOMPLETE, as
 *		its first lines have it
 * missing	told of each run of which that cannot be said any more: one more
 *		is missing, or one has come; may be NULL
 *
 * Returns:	how many that were.  If there are any, a last line marks the
 *		file INCOMPLETE, whatever the first ones say.
 */
uint64_t sweep_merge_write(const struct sweep *, const struct sweep_store *,
	    uint64_t nmissing, sweep_merge_fn missing, void *arg, FILE *);

#endif /* !STUDY_SWEEP_MERGE_H */
