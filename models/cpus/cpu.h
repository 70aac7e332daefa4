/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * CPUs with their queues, and what all of them share.  What moves threads onto
 * them and off is sched.h's.
 */

#ifndef MODELS_CPUS_CPU_H
#define	MODELS_CPUS_CPU_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/costs.h"
#include "models/cpus/runq.h"
#include "models/cpus/share.h"
#include "models/cpus/thread.h"
#include "models/cpus/turns.h"
#include "sim/sim.h"
#include "sim/tally.h"
#include "sim/trace.h"

struct cpu {
	struct thread	*cur;
	struct runq	rq;		/* READY threads */
	bool		resched;	/* cur leaves when back in user mode */
	bool		slice_end;	/* .. for its slice is over */
};

struct sched {
	struct sim	*sim;
	const struct costs *costs;
	const struct prio_table *prio;
	struct trace	trace;
	unsigned	ncpus;
	struct cpu	*cpus;		/* cpus[ncpus] */
	int		self;		/* the CPU whose thread acts; -1: an
					   interrupt */
	unsigned	movable;	/* READY threads that float, in all */
	bool		stepwise;	/* nothing is done at once */
	bool		steals;		/* kern.sched.steal_idle */
	bool		balances;	/* kern.sched.balance */
	uint32_t	random;		/* sched_random() */
	uint8_t		*high;		/* may give still; of pick_balance() */
	unsigned	slot_cpu;	/* + cpu: its next step */
	unsigned	slot_slice;	/* + cpu: its slice ends */
	unsigned	slot_balance;
	unsigned	slot_turn;	/* of virtual CPUs; see turns */
	struct tally	spinning;	/* CPUs that spin */
	struct share	share;		/* of what is below virtual CPUs, */
	struct turns	turns;		/* .. or how they take turns there */
	/* A thread left its CPU (lock_thread_stopped()). */
	void		(*stopped)(struct sched *, struct thread *);
};

/* The best priority on that CPU, running or not; PRI_NONE: it is idle. */
static inline uint8_t
cpu_low_pri(const struct cpu *c)
{
	const struct thread *t;
	uint8_t pri;

	pri = c->cur == NULL ? PRI_NONE : c->cur->pri;
	t = runq_best(&c->rq);
	return (t != NULL && t->pri < pri ? t->pri : pri);
}

/* Nobody is on that CPU, and nobody waits for it. */
static inline bool
cpu_is_idle(const struct cpu *c)
{

	return (c->cur == NULL && c->rq.count == 0);
}

/* Threads on that CPU, running or not. */
static inline unsigned
cpu_load(const struct cpu *c)
{

	return (c->rq.count + (c->cur != NULL));
}

#endif /* !MODELS_CPUS_CPU_H */
