/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Workloads: programs that open and close connections.
 *
 * Theory:	a load (load.h) says when connections are due.  A due
 *		connection waits for one of the workload's threads, which does
 *		socket(2), bind(2) if asked, and connect(2); the connection
 *		lives its time; then it is closed by the peer (FIN, our
 *		close(2), the last ACK) or by us (close(2), TIME_WAIT).
 *		Latency counts from when a connection was due, so that a stall
 *		cannot hide the queue that it caused.
 *
 *		A client of a closed load, or a slot of a pool, is free again
 *		when close(2) has returned, or when the program has given up:
 *		TIME_WAIT is the kernel's, and holds no program up.
 *
 *		A program that proxies tries another peer at once (`tries'),
 *		inside the same thread: an event loop that stands still for a
 *		search stands still for as many.
 *
 *		With `threads' = 0 each connection that needs a thread finds
 *		one: they are separate programs, not a pool.
 * Left out:	the data itself, the application's own work.
 */

#ifndef MODELS_MACHINE_WORKLOAD_H
#define	MODELS_MACHINE_WORKLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/locks/lock.h"
#include "models/machine/conn.h"
#include "models/machine/fifo.h"
#include "models/machine/launcher.h"
#include "models/machine/run.h"
#include "models/machine/worker.h"
#include "models/plans/plan.h"
#include "sim/rng.h"
#include "sim/sim.h"

struct inbound;
struct lapse;
struct loopback;
struct machine;
struct timewait;
struct workload;

#define	WORKLOAD_NSLOTS	5

/* What a worker is asked to do, and what a round trip brings back. */
enum job {
	JOB_CONNECT,
	JOB_CLOSE,
	JOB_SYNACK,
	JOB_CLOSED		/* the answer to our FIN */
};

#define	JOB_WORD(job, conn)	((uint64_t)(job) << 32 | (conn))
#define	JOB_OF(word)		((enum job)((word) >> 32))

/* What a load does; only `arrive' is required. */
struct load_ops {
	/* When the first arrival is due; SIM_NEVER: none. */
	simtime		(*first)(struct workload *);
	/*
	 * An arrival is due now, and counted: make connections with
	 * workload_want().
	 * Returns when the next one is due; SIM_NEVER: no more.
	 */
	simtime		(*arrive)(struct workload *);
	/*
	 * The rates are what these two go by, and nothing else; before
	 * `start' the first does not come.
	 */
	bool		rates;
	/*
	 * The program closed a connection: its client, its slot is free.
	 * NULL: nobody waits for that.
	 */
	void		(*closed)(struct workload *);
};

struct workload {
	const struct workload_conf *conf;
	struct machine	*machine;
	const struct sim *sim;		/* the machine's */
	struct inbound	*inbound;
	const struct timewait *timewait;
	struct loopback	*loopback;
	struct lapse	*lapse;
	unsigned	idx;
	struct workers	workers;	/* jobs: job << 32 | connection */
	struct launchers launchers;
	struct worker	*ran;		/* the last that did something */
	struct rng	rng_arrival;
	struct rng	rng_lifetime;
	struct rng	rng_faddr;
	struct rng	rng_think;
	struct rng	rng_peer;	/* what it does not answer */
	unsigned	slot_arrival;
	unsigned	slot_rtt;	/* ring: answers after one round trip */
	unsigned	slot_close;	/* timers: ends of lifetimes */
	unsigned	slot_retry;	/* ring: failures try again */
	unsigned	slot_think;	/* timers: closed load */
	uint64_t	wanted;		/* connections so far */
	uint64_t	way;		/* steady: to the next arrival */
	unsigned	opened;		/* of conf->open, before the run */
	struct recording_cursor *cursor; /* replay, else NULL; ours */
	uint64_t	arrived;	/* arrivals so far (replay: records) */
	uint64_t	pending;	/* attempts due and not decided */
};

/* Then arrival_init(). */
void	workload_init(struct workload *, struct machine *, unsigned idx,
	    struct inbound *, const struct timewait *, struct loopback *,
	    struct lapse *);
void	workload_fini(struct workload *);

/* A random stream of its own, from the start; `what' names it. */
void	workload_stream(struct workload *, struct rng *, const char *what);

/* All that it will ever want has been. */
bool	workload_has_all(const struct workload *);

/* The simulated time. */
static inline simtime
workload_now(const struct workload *wl)
{

	return (sim_now(wl->sim));
}

/* One more connection is due now, with lifetime and peer drawn. */
void	workload_want(struct workload *);
/* One more connection, as recorded. */
void	workload_want_recorded(struct workload *, const struct replay_conn *);

/*
 * For loads: begin at `start'; `size' connections at once, but for those that
 * are open already, and no more.
 */
simtime	workload_at_start(struct workload *);
simtime	workload_size_once(struct workload *);

/* `n' more connections are due now. */
static inline void
workload_want_many(struct workload *wl, uint64_t n)
{

	for (; n > 0; n--)
		workload_want(wl);
}

/* One more, after a pause. */
void	workload_want_after(struct workload *, simtime pause);

#endif /* !MODELS_MACHINE_WORKLOAD_H */
