/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scores and the priorities that follow.
 */

#include <glib.h>

#include "models/cpus/interact.h"

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

/* A child has half a second or so of its parent's, and 10 ms to be loaded. */
static void
test_fork_hands_on(void)
{
	struct interact child, parent;

	parent = (struct interact){ .ran = SIM_S, .slept = 3 * SIM_S };
	interact_fork(&parent, &child);
	g_assert_cmpint(child.ran, ==, SIM_S / 8 + 10 * SIM_MS);
	g_assert_cmpint(child.slept, ==, 3 * SIM_S / 8);
	g_assert_cmpint(parent.ran, ==, SIM_S + INTERACT_TICK);
	g_assert_cmpint(parent.slept, ==, 3 * SIM_S);
	interact_exit(&parent, child.ran);
	g_assert_cmpint(parent.ran, ==, SIM_S + INTERACT_TICK + child.ran);

	/* Less than a second is handed on whole. */
	parent = (struct interact){ .ran = SIM_S / 10, .slept = SIM_S / 2 };
	interact_fork(&parent, &child);
	g_assert_cmpint(child.ran, ==, SIM_S / 10 + 10 * SIM_MS);
	g_assert_cmpint(child.slept, ==, SIM_S / 2);
}

/* The score of who is started when `rate' a second have been for a minute. */
static unsigned
score_of_child(unsigned rate)
{
	struct interact child, parent;
	simtime now;

	interact_init(&parent);
	for (now = SIM_S / rate; now < 60 * SIM_S; now += SIM_S / rate) {
		interact_slept(&parent, now, SIM_S / rate);
		interact_fork(&parent, &child);
		interact_ran(&child, now + SIM_MS, SIM_MS);
		interact_exit(&parent, child.ran);
	}
	return (interact_score(&child));
}

/*
 * What a child inherits it gives back when it ends: half a second times the
 * parent's share, at each fork.  From a few a second on that grows by itself.
 */
static void
test_many_forks_end_it(void)
{

	g_assert_cmpuint(score_of_child(1), <, 10);
	g_assert_cmpuint(score_of_child(10), ==, 50);
	g_assert_cmpuint(score_of_child(100), ==, 50);
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
	g_test_add_func("/interact/fork_hands_on", test_fork_hands_on);
	g_test_add_func("/interact/many_forks_end_it", test_many_forks_end_it);
	return (g_test_run());
}
