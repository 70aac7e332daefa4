/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scores and the priorities that follow, and queues of one CPU.  Each test
 * fails if its rule is broken.
 */

#include <glib.h>

#include "models/cpus/interact.h"
#include "models/cpus/runq.h"

/* It runs for `ran' of every `period', for a minute. */
static void
live(struct interact *ia, simtime ran, simtime period)
{
	simtime now;

	interact_init(ia);
	for (now = period; now <= 60 * SIM_S; now += period) {
		interact_ran(ia, now - period + ran, ran);
		interact_slept(ia, now, period - ran);
	}
}

static void
test_score(void)
{
	struct interact ia;

	live(&ia, SIM_MS, 100 * SIM_MS);
	g_assert_cmpuint(interact_score(&ia), ==, 0);
	/* 50 times run by slept: 20 to 80 are 12. */
	live(&ia, 20 * SIM_MS, 100 * SIM_MS);
	g_assert_cmpuint(interact_score(&ia), >=, 11);
	g_assert_cmpuint(interact_score(&ia), <=, 13);
	live(&ia, 60 * SIM_MS, 100 * SIM_MS);
	g_assert_cmpuint(interact_score(&ia), ==, 50);
}

static void
test_priority(void)
{
	struct interact ia;

	live(&ia, SIM_MS, 100 * SIM_MS);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_12), ==, 120);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_14), ==, 88);
	/* 30 to 70 are 21: still interactive. */
	live(&ia, 30 * SIM_MS, 100 * SIM_MS);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_12), >=, 138);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_12), <=, 144);
	/* Half of a CPU: batch, half way up its 32 priorities. */
	live(&ia, 50 * SIM_MS, 100 * SIM_MS);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_12), >=, 186);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_12), <=, 189);
	live(&ia, 99 * SIM_MS, 100 * SIM_MS);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_12), ==, 203);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_14), ==, 203);
}

/* Interrupts, sleepers, users: in that order, in any release. */
static void
test_releases(void)
{
	static const struct prio_table *const all[] = { &prio_freebsd_12,
	    &prio_freebsd_14 };
	const struct prio_table *p;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(all); i++) {
		p = all[i];
		g_assert_cmpuint(prio_of(p, PRI_TTY), <=, p->max_ithd);
		g_assert_cmpuint(prio_of(p, PRI_TTY), <, p->softclock);
		g_assert_cmpuint(prio_of(p, PRI_SOFTCLOCK), ==, p->softclock);
		g_assert_cmpuint(prio_of(p, PRI_RX), ==, p->rx);
		g_assert_cmpuint(prio_of(p, PRI_PSOCK), >, p->preempt);
		g_assert_cmpuint(prio_of(p, PRI_PSOCK), <, p->min_interact);
	}
	g_assert_cmpuint(prio_of(&prio_freebsd_12, PRI_PSOCK), ==, 104);
	g_assert_cmpuint(prio_of(&prio_freebsd_14, PRI_PSOCK), ==, 72);
	g_assert_cmpuint(prio_of(&prio_freebsd_14, PRI_GIANT), ==, 8);
	g_assert_cmpuint(prio_of(&prio_freebsd_14, PRI_TTY), ==, 4);
}

/* Some seconds of work end an interactive life; some of sleep restore it. */
static void
test_history_fades(void)
{
	struct interact ia;
	simtime now, start;

	live(&ia, SIM_MS, 100 * SIM_MS);
	start = 60 * SIM_S;
	for (now = start; interact_score(&ia) < INTERACT_THRESHOLD;
	    now += 10 * SIM_MS)
		interact_ran(&ia, now, 10 * SIM_MS);
	g_assert_cmpint(now - start, >, SIM_S);
	g_assert_cmpint(now - start, <, 4 * SIM_S);
	interact_slept(&ia, now + 20 * SIM_S, 20 * SIM_S);
	g_assert_cmpuint(interact_score(&ia), ==, 0);
}

/* A sleep shorter than a tick is none. */
static void
test_short_sleep_is_none(void)
{
	struct interact ia;

	live(&ia, SIM_MS / 10, SIM_MS / 2);
	g_assert_cmpuint(interact_score(&ia), ==, 50);
}

static void
queue(struct runq *rq, struct thread *t, uint8_t pri, int bound)
{

	thread_init(t, "t", 0, PRI_USER, bound);
	t->pri = pri;
	runq_add(rq, t, false);
}

static void
test_runq_order(void)
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
test_runq_starves_nobody(void)
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

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/interact/score", test_score);
	g_test_add_func("/interact/priority", test_priority);
	g_test_add_func("/interact/releases", test_releases);
	g_test_add_func("/interact/history_fades", test_history_fades);
	g_test_add_func("/interact/short_sleep_is_none",
	    test_short_sleep_is_none);
	g_test_add_func("/runq/order", test_runq_order);
	g_test_add_func("/runq/starves_nobody", test_runq_starves_nobody);
	return (g_test_run());
}
