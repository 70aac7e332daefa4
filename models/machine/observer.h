/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Observers: people and programs that want a little at every period, each by a
 * way of its own through the kernel, and are late.
 *
 * Theory:	tick k is due at k x period, whether or not those before it
 *		were served, so that one long freeze counts as all the ticks
 *		that it swallowed.  It goes through the stages of its chain
 *		(chain.h), each first come, first served.  Lag is from when it
 *		was due to when it left the last one, less what the chain takes
 *		when nobody is in its way; of that, each stage has its part.
 *
 *		A typist's segments are tiny: what a dropped one had is in the
 *		next retransmission, with all typed since.
 * Left out:	fast retransmission (three more segments within the time out).
 */

#ifndef MODELS_MACHINE_OBSERVER_H
#define	MODELS_MACHINE_OBSERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/locks/lock.h"
#include "models/machine/chain.h"
#include "models/machine/fifo.h"
#include "models/machine/lateness.h"
#include "sim/sim.h"

struct inbound;
struct machine;
struct observer;
struct softclock;

#define	OBSERVER_NSLOTS	(3 + LATENESS_NSLOTS)

struct observer_tick {
	simtime		due;
	simtime		at;		/* when it entered its stage */
	simtime		waited[CHAIN_MAXSTAGES];
	uint32_t	conn;		/* STAGE_SYN, STAGE_ACK: its own */
	uint8_t		stage;
	bool		served;
};

struct observer_stage {
	struct fifo	queue;		/* ticks, by their numbers */
	simtime		cost;		/* CPU time of the stage itself */
	simtime		alone;		/* takes so long when it is free */
};

struct observer_thread {
	struct observer	*observer;
	struct thread	thread;
	unsigned	stage;		/* in hand */
	bool		sending;	/* .. with a NIC's mutex */
	char		*name;		/* "ssh/sshd" */
};

struct observer {
	struct machine	*machine;
	struct softclock *softclock;
	struct inbound	*inbound;
	const struct observer_conf *conf;
	const struct chain *chain;
	unsigned	idx;		/* among the observers */
	unsigned	callout;
	unsigned	slot_due;	/* next tick */
	simtime		next;		/* when that one is due */
	unsigned	slot_timer;	/* vt's flush, a session's time out */
	unsigned	slot_wire;	/* timers: segments on their way */
	uint64_t	due;		/* ticks so far */
	uint64_t	oldest;		/* all before were served */
	struct observer_tick *ticks;	/* ticks[nticks], a power of two */
	uint64_t	nticks;
	struct observer_stage stages[CHAIN_MAXSTAGES];
	struct observer_thread threads[CHAIN_MAXTHREADS];

	/* STAGE_FLUSH */
	bool		armed;
	uint64_t	drawing;	/* ticks that are drawn now */

	/* STAGE_SEGMENT, STAGE_LOCAL: numbers of ticks */
	uint32_t	conn;		/* the session's */
	struct fifo	segments;	/* on the queue: the first tick, and
					   the one behind the last */
	uint64_t	sent, received;
	simtime		timeout;	/* 0: none is running */

	/* STAGE_SYN */
	struct lock	listener;
	uint32_t	clients;

	struct lateness	lateness;
};

void	observer_init(struct observer *, struct machine *, unsigned idx,
	    struct softclock *, unsigned callout, struct inbound *);
void	observer_fini(struct observer *);

/* Its callout on clock 0 runs, or goes on; see callout_fn. */
bool	observer_called(struct observer *, struct thread *, bool again);

/* How late its oldest tick that was not served is. */
simtime	observer_waiting(const struct observer *);
/* The run is over: count what was never served as far as it got. */
void	observer_end(struct observer *);

#endif /* !MODELS_MACHINE_OBSERVER_H */
