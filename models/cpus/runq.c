/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Run queues; see runq.h.
 */

#include <glib.h>

#include "models/cpus/runq.h"
#include "sim/kassert.h"

void
runq_init(struct runq *rq, const struct prio_table *prio)
{
	unsigned i;

	for (i = 0; i < RUNQ_STRICT; i++)
		TAILQ_INIT(&rq->q[i]);
	for (i = 0; i < RUNQ_STRICT / 64; i++)
		rq->filled[i] = 0;
	TAILQ_INIT(&rq->batch);
	rq->turn = 0;
	rq->count = rq->movable = rq->users = 0;
	rq->prio = prio;
}

static void
runq_add_batch(struct runq *rq, struct thread *t, bool head)
{
	struct thread *u;

	if (head) {
		t->turn = rq->turn;
		TAILQ_INSERT_HEAD(&rq->batch, t, rq);
		return;
	}
	t->turn = rq->turn + (unsigned)rq->prio->batch_queues *
	    (t->pri - rq->prio->min_batch) /
	    (rq->prio->max_batch - rq->prio->min_batch + 1u);
	TAILQ_FOREACH_REVERSE(u, &rq->batch, thread_queue, rq)
		if (u->turn <= t->turn)
			break;
	if (u == NULL)
		TAILQ_INSERT_HEAD(&rq->batch, t, rq);
	else
		TAILQ_INSERT_AFTER(&rq->batch, u, t, rq);
}

void
runq_add(struct runq *rq, struct thread *t, bool head)
{
	unsigned q;

	rq->count++;
	rq->movable += t->bound < 0;
	rq->users += t->user;
	if (t->pri >= rq->prio->min_batch) {
		runq_add_batch(rq, t, head);
		return;
	}
	q = (unsigned)t->pri >> rq->prio->queue_shift;
	if (head)
		TAILQ_INSERT_HEAD(&rq->q[q], t, rq);
	else
		TAILQ_INSERT_TAIL(&rq->q[q], t, rq);
	rq->filled[q / 64] |= (uint64_t)1 << (q % 64);
}

void
runq_remove(struct runq *rq, struct thread *t)
{
	unsigned q;

	KASSERT(rq->count > 0, ("%s waits nowhere", t->name));
	rq->count--;
	rq->movable -= t->bound < 0;
	rq->users -= t->user;
	if (t->pri >= rq->prio->min_batch) {
		if (t == TAILQ_FIRST(&rq->batch))
			rq->turn = MAX(rq->turn, t->turn);
		TAILQ_REMOVE(&rq->batch, t, rq);
		return;
	}
	q = (unsigned)t->pri >> rq->prio->queue_shift;
	TAILQ_REMOVE(&rq->q[q], t, rq);
	if (TAILQ_EMPTY(&rq->q[q]))
		rq->filled[q / 64] &= ~((uint64_t)1 << (q % 64));
}

struct thread *
runq_best(const struct runq *rq)
{
	unsigned i;

	if (rq->count == 0)
		return (NULL);
	for (i = 0; i < RUNQ_STRICT / 64; i++)
		if (rq->filled[i] != 0)
			return (TAILQ_FIRST(&rq->q[64 * i +
			    (unsigned)__builtin_ctzll(rq->filled[i])]));
	return (TAILQ_FIRST(&rq->batch));
}

struct thread *
runq_stealable(const struct runq *rq)
{
	struct thread *first, *t;
	uint64_t bits;
	unsigned i, q;

	if (rq->movable == 0)
		return (NULL);
	for (i = 0; i < RUNQ_STRICT / 64; i++)
		for (bits = rq->filled[i]; bits != 0; bits &= bits - 1) {
			q = 64 * i + (unsigned)__builtin_ctzll(bits);
			TAILQ_FOREACH(t, &rq->q[q], rq)
				if (t->bound < 0)
					return (t);
		}
	/* Of the batch threads the first is left to its CPU, if it can be. */
	first = TAILQ_FIRST(&rq->batch);
	TAILQ_FOREACH(t, &rq->batch, rq)
		if (t != first && t->bound < 0)
			return (t);
	return (first != NULL && first->bound < 0 ? first : NULL);
}
