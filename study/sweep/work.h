/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Doing the runs of a sweep: those of one shard that are not there yet, several
 * at a time, each kept as soon as it is done.
 */

#ifndef STUDY_SWEEP_WORK_H
#define	STUDY_SWEEP_WORK_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "models/machine/run.h"
#include "study/sweep/store.h"
#include "study/sweep/sweep.h"

/* How far the runs are. */
struct sweep_tally {
	uint64_t	mine;		/* of this shard */
	uint64_t	there;		/* that were there before */
	uint64_t	done;		/* since */
	double		share;		/* of what was to do, 0..1 */
};

struct sweep_how {
	unsigned	shard, nshards;	/* run numbers modulo; shard from 0 */
	unsigned	jobs;		/* runs at a time, >= 1 */
	double		memory;		/* bytes for one; 0: what there is */
	/* run_simulate(), or what a test puts in its place. */
	struct run_result *(*simulate)(const struct run_conf *);
	/* Set to the number of a signal by its handler; may be NULL. */
	const gint	*stop;
	/* Called some times a second, and before the first run. */
	void		(*tick)(void *arg, const struct sweep_tally *);
	void		*tick_arg;
	/* Fewer threads than jobs could be made (crew.h); may be NULL. */
	void		(*fewer)(unsigned made, unsigned wanted,
			    const char *why);
};

/*
 * Blocks until all runs are kept, or it is told to stop: what is then under
 * way is dropped.
 *
 * tally	[out] how far it came
 *
 * Errors:	a run could not be kept, or would not fit into memory, or the
 *		scenario changed meanwhile; the other runs are stopped.
 */
bool	sweep_work(const struct sweep *, const struct sweep_store *,
	    const struct sweep_how *, struct sweep_tally *tally, GError **);

/* Cells that are loaded for an estimate. */
#define	SWEEP_WEIGHED	2000

/*
 * What all runs are going to take, from one run of at most `limit' us.
 *
 * Theory:	a run takes time in proportion to the connections that it wants
 *		(study/scenario/estimate.h).  The probe is the run that
 *		wants the most.  To ask each of many cells takes longer than
 *		the answer is worth: of more than SWEEP_WEIGHED so many are
 *		asked, the ends of the list and others all over it, by steps
 *		of the golden section, which fall in with no axis.
 *
 * probe_us	[out] what the probe took
 *
 * Returns:	seconds of one CPU for all runs of the sweep; < 0: stopped.
 */
double	sweep_work_probe(const struct sweep *, const struct sweep_how *,
	    gint64 limit, gint64 *probe_us, GError **);

#endif /* !STUDY_SWEEP_WORK_H */
