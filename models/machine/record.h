/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What happens while the machine runs, written down as it happens: attempts,
 * searches, stalls, observers' lags, the population.  Into the run_result, and
 * into the present interval of the timeline.
 *
 * It knows the run's configuration and result, and no part of the machine:
 * every part may tell it something.  What is collected from the parts, at the
 * end of an interval and of the run, is monitor.h's.
 */

#ifndef MODELS_MACHINE_RECORD_H
#define	MODELS_MACHINE_RECORD_H

#include <stddef.h>

#include "models/cpus/sched.h"
#include "models/locks/lock.h"
#include "models/machine/causes.h"
#include "models/machine/conn.h"
#include "models/machine/run.h"
#include "sim/hist.h"
#include "sim/sim.h"

struct record {
	const struct run_conf *conf;
	struct run_result *res;
	const struct sim *sim;		/* the clock */
	struct timeline_row row;	/* the present interval */
	struct causes	causes;
	size_t		maxstalls;
	simtime		trouble;	/* when something went wrong last */
};

void	record_init(struct record *, const struct run_conf *,
	    struct run_result *, const struct sim *);

/* One more connection of a workload is due. */
static inline void
record_wanted(struct record *r, unsigned workload)
{

	r->res->count.wanted++;
	r->res->workloads[workload].count.wanted++;
}

/* An attempt to connect was decided, by this thread just now. */
void	record_attempt(struct record *, const struct thread *, struct conn *);
/*
 * The run is over, and one that was due is not: its thread has spent so much,
 * or .since is now, for it has none.
 */
void	record_undecided(struct record *, const struct thread_spent *,
	    const struct conn *);
/* One that was to be open before the run could not be. */
void	record_not_open(struct record *, unsigned workload, int error);
/* A timer gave up on its SYN: ETIMEDOUT, and no part of latencies. */
void	record_timed_out(struct record *, struct conn *);
/* A thread was at one connection from `since' until now. */
static inline void
record_busy(struct record *r, unsigned workload, simtime since)
{
	struct workload_result *wr;
	simtime length;

	wr = &r->res->workloads[workload];
	length = sim_now(r->sim) - since;
	if (length > wr->busy_max)
		wr->busy_max = length;
}

/* One that failed is not tried again. */
void	record_given_up(struct record *, unsigned workload);
/* How many wait for their first answer: counts.waiting. */
void	record_waiting(struct attempt_counts *);
/* A search for a port was made; visits: list nodes that it looked at. */
void	record_search(struct record *, const struct thread *, uint64_t visits);
/* An observer was served, late by `lag'. */
void	record_lag(struct record *, unsigned observer, simtime lag);
/* A call of a workload's program took so long. */
static inline void
record_called(struct record *r, unsigned workload, simtime took)
{

	hist_add(r->res->workloads[workload].call, took);
}

/* The server here has accepted it, or refused. */
void	record_accepted(struct record *, const struct conn *);
void	record_refused(struct record *, const struct conn *);
/* The population is now `npcbs'. */
static inline void
record_pcbs(struct record *r, size_t npcbs)
{

	if (npcbs > r->res->pcbs_max)
		r->res->pcbs_max = npcbs;
}

/* A hold in which others waited ended, or goes on. */
void	record_stalled(struct record *, const struct lock *, simtime start,
	    simtime length);
/* So many wait for what covers searches, now. */
void	record_waiters(struct record *, unsigned waiters);

/* The warm-up is over: sums, histograms and stalls begin anew. */
void	record_forget(struct record *, size_t npcbs);

#endif /* !MODELS_MACHINE_RECORD_H */
