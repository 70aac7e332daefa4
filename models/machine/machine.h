/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The simulated machine as its parts see it: CPUs and threads, locks, the
 * network stack's tables, connections, the clock, and the interpreter of lock
 * plans.
 *
 * Theory:	a part (receive queues, workloads, the terminal, ...) reserves
 *		slots and threads, and says which steps of a plan it carries
 *		out; the machine calls it when a slot is due, when a thread has
 *		done an operation, when a plan comes to such a step, and when a
 *		connection of its is over.  It knows no part.  Parts are put
 *		together in assembly.h; a test may have the machine and one of
 *		them.
 */

#ifndef MODELS_MACHINE_MACHINE_H
#define	MODELS_MACHINE_MACHINE_H

#include <sys/queue.h>

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/locks/bucket.h"
#include "models/locks/lock.h"
#include "models/machine/conn.h"
#include "models/machine/record.h"
#include "models/machine/run.h"
#include "models/machine/stride.h"
#include "models/plans/plan.h"
#include "sim/rng.h"
#include "sim/sim.h"

struct net;

/* What to do when a slot is due; `arg' is the part's. */
typedef void (*slot_fn)(void *arg, const struct sim_event *);

/*
 * A step of a plan that a part carries out, with its thread running.  False:
 * not done, come again when what was charged is computed and the lock it may
 * wait for is granted.
 */
typedef bool (*act_fn)(void *arg, struct thread *);

/* Whose a connection is. */
struct conn_owner {
	void		*arg;
	/* A receive thread is done with a segment of it. */
	void		(*segment_done)(void *arg, enum op, uint32_t conn,
			    int error);
	/* A timer has closed it (lapse.h).  NULL: it is over. */
	void		(*lapsed)(void *arg, uint32_t conn);
	/* It has left the tables; its handle is released next.  May be NULL. */
	void		(*over)(void *arg, uint32_t conn);
	/* Of the service that it connects to; NULL: the plan's. */
	struct lock	*listener;
};

struct machine {
	const struct run_conf *conf;
	struct run_result *res;
	struct sim	*sim;
	struct sched	sched;
	struct net	*net;
	struct rng	arc4random;
	const struct lock_plan *plan;
	struct strides	strides;	/* of the plan's operations */
	struct lockset	lockset;
	struct lock	locks[PLAN_MAXLOCKS];
	struct lock_stats lock_stats[PLAN_MAXLOCKS];
	/* Of the plan's locks, then of each kind of bucket. */
	struct lock_use	lock_uses[PLAN_MAXLOCKS + NET_MAXBUCKETS][LOCK_USES];
	struct bucket_set buckets;
	struct conn_table conns;
	struct record	record;
	struct measuring *measuring;	/* NULL: none is wanted */
	struct {
		act_fn		fn;
		void		*arg;
	} acts[NACTS];
	/* A connect() took the tuple of a TIME_WAIT whose pcb is gone. */
	struct {
		void		(*fn)(void *arg, uint32_t pcb);
		void		*arg;
	} recycled;
	/* A pcb is about to leave the tables; NULL: nobody asks. */
	void		(*gone)(struct machine *, struct conn *);
	/* A thread enters an epoch section, leaves it; NULL: nobody asks. */
	struct {
		void		(*enter)(void *arg, struct thread *);
		void		(*leave)(void *arg, struct thread *,
				    bool frees);
		void		*arg;
	} epoch;
	bool		stopped;	/* conf->stop said so */
	bool		net_timed;	/* `net' goes by the time, */
	uint64_t	net_ms;		/* .. and knows of this one */
	/*
	 * By conn.workload; then that of accepted connections, then the
	 * observers.  owners[conf->nworkloads + 1 + conf->nobservers].
	 */
	struct conn_owner *owners;
	struct thread_list threads;	/* all, as they were made */
	unsigned	nthreads;
	struct machine_slot *slots;	/* slots[maxslots] */
	unsigned	nslots, maxslots;
};

/* With room for `nslots' slots of the parts; conf does not change any more. */
struct machine *machine_new(const struct run_conf *, struct run_result *,
	    unsigned nslots);
void	machine_free(struct machine *);

/* So often conf->stop is asked, in events or connections before the first. */
#define	MACHINE_STOP_EVENTS	8192

/* Does conf->stop say so, or did it? */
bool	machine_stops(struct machine *, simtime now);

/* Run to the end of the scenario, or until conf->stop says so. */
void	machine_run(struct machine *);
/* First a part of it: all that is due at `until' or before. */
void	machine_run_part(struct machine *, simtime until);

static inline simtime
machine_now(const struct machine *m)
{

	return (sim_now(m->sim));
}

/* ---- what a part asks for ---------------------------------------------- */

/* Reserve a slot; `fn' is called with `arg' when it is due. */
unsigned machine_slot(struct machine *, slot_fn, void *arg);

/*
 * A thread of the part's: `done' is called when it has done an operation, with
 * the thread still on its CPU; t->actor is the part's to set.
 *
 * name		not copied
 * bound	to this CPU, or -1
 */
void	machine_thread(struct machine *, struct thread *, const char *name,
	    enum pri, int bound, void (*done)(struct thread *));

/* The part carries out this step. */
void	machine_act_by(struct machine *, enum act, act_fn, void *arg);

/* The part owns the connections of a workload, CONN_INBOUND, an observer. */
void	machine_own(struct machine *, unsigned workload,
	    const struct conn_owner *);

/* A random stream of the run's, by its name. */
void	machine_stream(const struct machine *, struct rng *,
	    const char *name);

/* ---- threads and their operations -------------------------------------- */

/*
 * Thread `t', idle or between two operations, is to do `op' on `conn'.  When
 * its steps are done t->done() is called: that begins the next operation, or
 * calls machine_thread_idle().
 */
void	machine_begin(struct machine *, struct thread *, enum op,
	    uint32_t conn);
void	machine_thread_idle(struct machine *, struct thread *);

/* Whoever has TIME_WAITs is told of those that a decision ended. */
void	machine_decided(struct machine *, struct thread *);

/* Do this step; false: not done, come again. */
bool	machine_act(struct machine *, struct thread *, enum act);

/* Make the tables, by the scenario. */
void	machine_tables_init(struct machine *);

/* Make the locks of the stack's plan, and let go of them. */
void	machine_locks_init(struct machine *);
void	machine_locks_fini(struct machine *);

/* Tell the tables what time it is, where they go by it. */
void	machine_net_time(struct machine *);

/* The search of its last decision is over. */
void	machine_searched(struct machine *, struct thread *);

/* To be computed by the thread before its next step. */
void	machine_charge(struct machine *, struct thread *, enum cost,
	    uint64_t times);

/*
 * The running thread wants the lock that covers a search, and gives it back.
 * See lock_acquire(), lock_release().
 */
void	machine_search_acquire(struct machine *, struct thread *);
void	machine_search_release(struct machine *, struct thread *);

/*
 * The running thread wants a bucket's lock, and gives back the one of that
 * kind.  See lock_acquire(), lock_release().
 */
void	machine_bucket_acquire(struct machine *, struct thread *,
	    const struct bucket_key *);
void	machine_bucket_release(struct machine *, struct thread *,
	    unsigned kind);

/* ---- connections ------------------------------------------------------- */

static inline struct conn_owner *
machine_owner_at(const struct machine *m, unsigned workload)
{

	if (workload < m->conf->nworkloads)
		return (&m->owners[workload]);
	return (&m->owners[m->conf->nworkloads + CONN_INBOUND - workload]);
}

static inline const struct conn_owner *
machine_owner(const struct machine *m, uint32_t conn)
{

	return (machine_owner_at(m, conn_get(&m->conns, conn)->workload));
}

/*
 * Its life is over in `lifetime', SIM_NEVER: never; then `slot' is due, a queue
 * of timers, with the connection.  One that outlasts the run needs no timer,
 * and may be one of ten million.
 */
static inline void
machine_conn_lives(struct machine *m, uint32_t conn, simtime lifetime,
    unsigned slot)
{
	simtime now;

	now = machine_now(m);
	if (lifetime <= m->conf->duration - now)
		sim_timer_add(m->sim, slot, now + lifetime, conn);
	else if (lifetime < SIM_NEVER - now)
		sim_skip(m->sim);
}

/* Tell its owner, and forget the connection. */
void	machine_conn_over(struct machine *, uint32_t conn);

#endif /* !MODELS_MACHINE_MACHINE_H */
