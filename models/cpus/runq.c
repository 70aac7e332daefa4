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

_Static_assert(RUNQ_TURNS == 128, "batch queues that are filled are two words");

void
runq_init(struct runq *rq, const struct prio_table *prio)
{
	unsigned i;

	for (i = 0; i < RUNQ_STRICT; i++)
		TAILQ_INIT(&rq->q[i]);
	for (i = 0; i < RUNQ_STRICT / 64; i++)
		rq->filled[i] = 0;
	for (i = 0; i < RUNQ_TURNS; i++)
		TAILQ_INIT(&rq->batch[i]);
	rq->waits[0] = rq->waits[1] = rq->turn = 0;
	rq->count = rq->movable = rq->users = 0;
	rq->prio = prio;
}

/* ---- batch threads ----------------------------------------------------- */

static void
runq_add_batch(struct runq *rq, struct thread *t, bool head)
{
	unsigned at;

	t->turn = rq->turn;
	if (!head)
		t->turn += (unsigned)rq->prio->batch_queues *
		    (t->pri - rq->prio->min_batch) /
		    (rq->prio->max_batch - rq->prio->min_batch + 1u);
	at = t->turn % RUNQ_TURNS;
	if (head)
		TAILQ_INSERT_HEAD(&rq->batch[at], t, rq);
	else
		TAILQ_INSERT_TAIL(&rq->batch[at], t, rq);
	rq->waits[at / 64] |= (uint64_t)1 << (at % 64);
}

/* The first of the queues that are not empty, from that of `turn' on; or -1. */
static int
runq_first_turn(const uint64_t *waits, uint64_t turn)
{
	uint64_t later;
	unsigned at, word;

	at = turn % RUNQ_TURNS;
	word = at / 64;
	later = ~(uint64_t)0 << (at % 64);
	if ((waits[word] & later) != 0)
		return ((int)(64 * word) +
		    __builtin_ctzll(waits[word] & later));
	if (waits[!word] != 0)
		return ((int)(64 * !word) + __builtin_ctzll(waits[!word]));
	if (waits[word] != 0)
		return ((int)(64 * word) + __builtin_ctzll(waits[word]));
	return (-1);
}

/* NULL: no batch thread waits. */
static struct thread *
runq_first_batch(const struct runq *rq)
{
	int at;

	at = runq_first_turn(rq->waits, rq->turn);
	return (at < 0 ? NULL : TAILQ_FIRST(&rq->batch[at]));
}

static void
runq_remove_batch(struct runq *rq, struct thread *t)
{
	unsigned at;

	if (t == runq_first_batch(rq))
		rq->turn = t->turn;
	at = t->turn % RUNQ_TURNS;
	TAILQ_REMOVE(&rq->batch[at], t, rq);
	if (TAILQ_EMPTY(&rq->batch[at]))
		rq->waits[at / 64] &= ~((uint64_t)1 << (at % 64));
}

/* The first is left to its CPU, if there is another. */
static struct thread *
runq_stealable_batch(const struct runq *rq)
{
	uint64_t waits[RUNQ_TURNS / 64] = { rq->waits[0], rq->waits[1] };
	struct thread *first, *t;
	int at;

	first = runq_first_batch(rq);
	while ((at = runq_first_turn(waits, rq->turn)) >= 0) {
		TAILQ_FOREACH(t, &rq->batch[at], rq)
			if (t != first && t->bound < 0)
				return (t);
		waits[at / 64] &= ~((uint64_t)1 << (at % 64));
	}
	return (first != NULL && first->bound < 0 ? first : NULL);
}

/* ---- all ---------------------------------------------------------------- */

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
		runq_remove_batch(rq, t);
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
	return (runq_first_batch(rq));
}

struct thread *
runq_stealable(const struct runq *rq)
{
	struct thread *t;
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
	return (runq_stealable_batch(rq));
}
