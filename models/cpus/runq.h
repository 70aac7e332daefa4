/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The threads that wait for one CPU.
 *
 * Theory:	the kernel's threads and interactive users by priority, first
 *		come first among those that share a queue: four neighbours, or
 *		equals from 15 on.  Behind them the batch users in turns:
 *		each is put as far behind the head as its priority is bad, so
 *		that none starves.  Who was preempted comes back to the head.
 * Models:	tdq_runq_add(), tdq_choose(), runq_steal(),
 *		runq_steal_from(), sys/kern/sched_ule.c, FreeBSD 12.1 and 14.0;
 *		runq_add(), sys/kern/kern_switch.c, the same.
 * Left out:	that the head of the batch queue moves on with the clock, too,
 *		when it has run dry: here turns are counted from who ran last.
 */

#ifndef MODELS_CPUS_RUNQ_H
#define	MODELS_CPUS_RUNQ_H

#include <stdint.h>

#include "models/cpus/thread.h"

/* Priorities that are strict: up to the best of a batch thread. */
#define	RUNQ_STRICT	192
/* Room for the turns of a whole batch queue (prio_table.batch_queues). */
#define	RUNQ_TURNS	128

struct runq {
	struct thread_queue q[RUNQ_STRICT];
	uint64_t	filled[RUNQ_STRICT / 64];	/* q[n] is not empty */
	/* Nobody waits who is RUNQ_TURNS behind the turn of who ran last. */
	struct thread_queue batch[RUNQ_TURNS];	/* by turn */
	uint64_t	waits[RUNQ_TURNS / 64];	/* batch[n] is not empty */
	uint64_t	turn;		/* of who ran last */
	unsigned	count;
	unsigned	movable;	/* of those not bound */
	unsigned	users;		/* of those a user's */
	const struct prio_table *prio;
};

void	runq_init(struct runq *, const struct prio_table *);

/* At the tail of its equals, or (it was preempted, is lent) at the head. */
void	runq_add(struct runq *, struct thread *, bool head);
void	runq_remove(struct runq *, struct thread *);

/* Is the queue of `t' before that of `u'?  Of batch threads: no. */
static inline bool
runq_before(const struct runq *rq, const struct thread *t,
    const struct thread *u)
{

	return (t->pri < rq->prio->min_batch &&
	    t->pri >> rq->prio->queue_shift < u->pri >> rq->prio->queue_shift);
}

/* NULL: nobody waits. */
struct thread *runq_best(const struct runq *);

/* Whom another CPU may take: the best that is not bound; NULL: none. */
struct thread *runq_stealable(const struct runq *);

#endif /* !MODELS_CPUS_RUNQ_H */
