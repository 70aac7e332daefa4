/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Queues of one CPU: who is next, whom another may take, and that batch queues
 * by turn are one list in order of turns.
 */

#include <glib.h>

#include "models/cpus/runq.h"
#include "sim/rng.h"

#define	NTHREADS	40
#define	STEPS		200000

static void
queue(struct runq *rq, struct thread *t, uint8_t pri, int bound)
{

	thread_init(t, "t", 0, PRI_USER, bound);
	t->pri = pri;
	runq_add(rq, t, false);
}

static void
test_order(void)
{
	struct thread b1, b2, i1, i2, rx;
	struct runq rq;

	runq_init(&rq, &prio_freebsd_12);
	queue(&rq, &b1, 203, -1);
	queue(&rq, &b2, 172, -1);
	queue(&rq, &i1, 125, -1);
	queue(&rq, &i2, 125, -1);
	queue(&rq, &rx, 24, 0);
	g_assert_true(runq_best(&rq) == &rx);
	/* A bound one is not to be had, and the best other is. */
	g_assert_true(runq_stealable(&rq) == &i1);
	runq_remove(&rq, &rx);
	g_assert_true(runq_best(&rq) == &i1);
	runq_remove(&rq, &i1);
	runq_remove(&rq, &i2);
	g_assert_true(runq_best(&rq) == &b2);
	/* The first batch thread is left to its CPU if there is another. */
	g_assert_true(runq_stealable(&rq) == &b1);
	runq_remove(&rq, &b1);
	g_assert_true(runq_stealable(&rq) == &b2);
	/* Who was preempted comes first, whatever its priority. */
	b1.pri = 203;
	runq_add(&rq, &b1, true);
	g_assert_true(runq_best(&rq) == &b1);
}

/* Batch threads take turns: a bad priority waits longer, and not for ever. */
static void
test_starves_nobody(void)
{
	struct thread bad, good;
	struct runq rq;
	unsigned turns;

	runq_init(&rq, &prio_freebsd_12);
	queue(&rq, &bad, 203, -1);
	queue(&rq, &good, 172, -1);
	for (turns = 0; runq_best(&rq) == &good; turns++) {
		runq_remove(&rq, &good);
		runq_add(&rq, &good, false);
		g_assert_cmpuint(turns, <, 10);
	}
	g_assert_cmpuint(turns, >=, 2);
}

/* ---- the list ---------------------------------------------------------- */

/* The literal way: every batch thread in one list, by turn. */
struct list {
	struct thread	*t[NTHREADS];
	uint64_t	of[NTHREADS];	/* turn */
	unsigned	n;
	uint64_t	turn;		/* of who ran last */
};

static void
list_add(struct list *l, struct thread *t, bool head,
    const struct prio_table *p)
{
	uint64_t turn;
	unsigned at, i;

	turn = l->turn + (head ? 0 : p->batch_queues * (t->pri - p->min_batch) /
	    (p->max_batch - p->min_batch + 1u));
	for (at = head ? 0 : l->n; at > 0 && l->of[at - 1] > turn; at--)
		continue;
	for (i = l->n++; i > at; i--) {
		l->t[i] = l->t[i - 1];
		l->of[i] = l->of[i - 1];
	}
	l->t[at] = t;
	l->of[at] = turn;
}

static void
list_remove(struct list *l, const struct thread *t)
{
	unsigned at;

	for (at = 0; l->t[at] != t; at++)
		g_assert_cmpuint(at, <, l->n);
	if (at == 0)
		l->turn = l->of[0];
	for (l->n--; at < l->n; at++) {
		l->t[at] = l->t[at + 1];
		l->of[at] = l->of[at + 1];
	}
}

static struct thread *
list_stealable(const struct list *l)
{
	unsigned i;

	for (i = 1; i < l->n; i++)
		if (l->t[i]->bound < 0)
			return (l->t[i]);
	return (l->n > 0 && l->t[0]->bound < 0 ? l->t[0] : NULL);
}

static void
list_is(const struct list *l, const struct runq *rq)
{

	g_assert_true(runq_best(rq) == (l->n > 0 ? l->t[0] : NULL));
	g_assert_true(runq_stealable(rq) == list_stealable(l));
}

/* One leaves, or one comes: at random, the first more often than others. */
static void
step(struct list *l, struct runq *rq, struct thread *t, struct rng *rng)
{
	bool head;

	if (t->state == THREAD_READY) {
		if (rng_below(rng, 2) == 0)
			t = runq_best(rq);
		t->state = THREAD_IDLE;
		runq_remove(rq, t);
		list_remove(l, t);
	} else {
		head = rng_below(rng, 4) == 0;
		t->state = THREAD_READY;
		t->pri = (uint8_t)(rq->prio->min_batch + rng_below(rng,
		    rq->prio->max_batch - rq->prio->min_batch + 1u));
		runq_add(rq, t, head);
		list_add(l, t, head, rq->prio);
	}
	list_is(l, rq);
}

static void
test_turns_are_a_list(void)
{
	static const struct prio_table *const all[] = { &prio_freebsd_12,
	    &prio_freebsd_14, &prio_freebsd_15 };
	struct thread t[NTHREADS];
	struct list l;
	struct runq rq;
	struct rng rng;
	unsigned i, k;

	rng_init(&rng, 1, 0, "turns");
	for (k = 0; k < G_N_ELEMENTS(all); k++) {
		l = (struct list){ .n = 0 };
		runq_init(&rq, all[k]);
		for (i = 0; i < NTHREADS; i++)
			thread_init(&t[i], "t", i, PRI_USER, i % 5 ? -1 : 0);
		for (i = 0; i < STEPS; i++)
			step(&l, &rq, &t[rng_below(&rng, NTHREADS)], &rng);
		/* It went round many times. */
		g_assert_cmpuint(rq.turn, >, 100 * RUNQ_TURNS);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/runq/order", test_order);
	g_test_add_func("/runq/starves_nobody", test_starves_nobody);
	g_test_add_func("/runq/turns_are_a_list", test_turns_are_a_list);
	return (g_test_run());
}
