/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the latency of connects went to, interval by interval.
 *
 * Theory:	the time from when a connect was due to its outcome has five
 *		parts that add up: waiting for a thread of the program, for a
 *		CPU, for locks, and computing, in the search for a port or
 *		elsewhere.  The greatest is the cause.  Every connect is
 *		counted, in four classes of latency an octave.
 *
 *		Waiting for a lock includes getting a CPU again once the lock
 *		is free, as the sleeper sees it.
 */

#ifndef MODELS_MACHINE_CAUSES_H
#define	MODELS_MACHINE_CAUSES_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/machine/run.h"
#include "sim/hist.h"

/* Buckets of struct hist that one class of latency holds. */
#define	CAUSES_FOLD	32
#define	CAUSES_NCLASSES	(HIST_NBUCKETS / CAUSES_FOLD)

struct causes {
	struct {
		uint64_t	count, failed;
	} cell[NCAUSES][CAUSES_NCLASSES];
	double		sum[NCAUSES];	/* of each part, ps */
	uint64_t	n;		/* .. of so many connects */
	unsigned	lowest, highest; /* classes since the last interval */
	uint64_t	pending;	/* counted since the last interval */
	size_t		maxrows;
};

/* A connect that was due at `due' was decided now, or the run is over. */
void	causes_add(struct causes *, const struct thread_spent *, simtime due,
	    simtime now, bool failed);

/* Sums begin anew; the intervals go on. */
void	causes_forget(struct causes *);

/* The run is over: means go into the result. */
void	causes_end(const struct causes *, struct run_result *);

/* The interval ends now: its counts go into the result. */
void	causes_interval(struct causes *, struct run_result *, simtime now);

#endif /* !MODELS_MACHINE_CAUSES_H */
