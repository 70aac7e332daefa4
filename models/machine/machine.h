/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The simulated machine: CPUs and threads, locks, the network stack's tables,
 * and what makes them busy.  Each part is a file of its own; this one holds
 * them together and interprets the steps of the lock plan.
 */

#ifndef MODELS_MACHINE_MACHINE_H
#define	MODELS_MACHINE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/locks/bucket.h"
#include "models/locks/lock.h"
#include "models/machine/causes.h"
#include "models/machine/conn.h"
#include "models/machine/console.h"
#include "models/machine/inbound.h"
#include "models/machine/monitor.h"
#include "models/machine/netstat.h"
#include "models/machine/occupancy.h"
#include "models/machine/run.h"
#include "models/machine/softclock.h"
#include "models/machine/timewait.h"
#include "models/plans/plan.h"
#include "sim/rng.h"
#include "sim/sim.h"

struct machine;
struct workload;

/* What to do when a slot is due. */
typedef void (*slot_fn)(struct machine *, unsigned arg,
    const struct sim_event *);

struct slot {
	slot_fn		fn;
	unsigned	arg;
};

struct machine {
	const struct run_conf *conf;
	struct run_result *res;
	struct sim	*sim;
	struct sched	sched;
	struct net	*net;
	struct rng	arc4random;
	const struct lock_plan *plan;
	const struct step *steps[NOPS];	/* of its operations */
	struct lockset	lockset;
	struct lock	locks[PLAN_MAXLOCKS];
	struct lock_stats lock_stats[PLAN_MAXLOCKS];
	/* Of the plan's locks, then of each kind of bucket. */
	struct lock_use	lock_uses[PLAN_MAXLOCKS + NET_MAXBUCKETS][LOCK_USES];
	struct bucket_set buckets;
	struct conn_table conns;
	struct timewait	timewait;
	struct inbound	inbound;
	struct softclock softclock;
	struct console	console;
	struct netstat	netstat;
	struct monitor	monitor;
	struct causes	causes;
	struct occupancy occupancy;
	struct workload	*workloads;	/* workloads[conf->nworkloads] */
	struct slot	*slots;		/* slots[nslots] */
	unsigned	nslots;
	unsigned	nthreads;
};

struct machine *machine_new(const struct run_conf *, struct run_result *);
void	machine_free(struct machine *);

/* Run to the end of the scenario, or until conf->stop says so. */
void	machine_run(struct machine *);

static inline simtime
machine_now(const struct machine *m)
{

	return (sim_now(m->sim));
}

/* Reserve a slot; `fn' is called with `arg' when it is due. */
unsigned machine_slot(struct machine *, slot_fn, unsigned arg);

/* The next thread number. */
unsigned machine_thread_id(struct machine *);

/*
 * Thread `t', idle or between two operations, is to do `op' on `conn'.  When
 * its steps are done t->done() is called, with the thread still on its CPU:
 * that begins the next operation, or calls machine_thread_idle().
 */
void	machine_begin(struct machine *, struct thread *, enum op,
	    uint32_t conn);
void	machine_thread_idle(struct machine *, struct thread *);

/* To be computed by the thread before its next step. */
void	machine_charge(struct machine *, struct thread *, enum cost,
	    uint64_t times);

/*
 * The running thread wants a bucket's lock, and gives back the one of that
 * kind.  See lock_acquire(), lock_release().
 */
void	machine_bucket_acquire(struct machine *, struct thread *,
	    const struct bucket_key *);
void	machine_bucket_release(struct machine *, struct thread *,
	    unsigned kind);

/* Every thread there is: call `fn' for each. */
void	machine_threads(struct machine *, void (*fn)(struct thread *, void *),
	    void *arg);

/* Forget the connection's pcb and the connection. */
void	machine_conn_over(struct machine *, uint32_t conn);

#endif /* !MODELS_MACHINE_MACHINE_H */
