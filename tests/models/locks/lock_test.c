/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The laws of the locks: each test is a handful of threads with a script of
 * their own on a machine without a network, and fails when the rule in its
 * name is broken.
 */

#include <glib.h>

#include "models/registry.h"
#include "tests/models/locks/lock_rig.h"

/* A hold of half a second by a thread that runs: who waits spins throughout. */
static void
test_spins_without_limit(void)
{
	static const struct act owner[] = { { LOCK, 0, 0 },
	    { WORK, 500 * SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	static const struct act other[] = { { LOCK, 0, 0 }, { UNLOCK, 0, 0 },
	    { DONE, 0, 0 } };
	struct rig r;
	struct actor *spinner;

	rig_init(&r, 2, &lock_class_mutex);
	rig_actor(&r, "owner", PRI_USER, -1, 0, owner);
	spinner = rig_actor(&r, "rx", PRI_RX, 1, SIM_MS, other);
	rig_run(&r, 499 * SIM_MS);
	g_assert_cmpint(spinner->thread.state, ==, THREAD_SPINNING);
	g_assert_cmpfloat(tally_mean(&r.sched.spinning, 499 * SIM_MS), >,
	    0.99);
	rig_run(&r, SIM_S);
	g_assert_cmpint(spinner->ended, >=, 500 * SIM_MS);
	g_assert_cmpuint(r.stats[0].sleeps, ==, 0);
	g_assert_cmpuint(r.stats[0].spins, ==, 1);
	rig_fini(&r);
}

/*
 * The owner is put off its only CPU: who wants the lock sleeps, lends, and the
 * owner runs again at once, ahead of what was better than it.
 */
static void
test_sleeper_lends_to_preempted_owner(void)
{
	static const struct act owner[] = { { LOCK, 0, 0 },
	    { WORK, 10 * SIM_MS, 0 }, { UNLOCK, 0, 0 },
	    { WORK, 10 * SIM_MS, 0 }, { DONE, 0, 0 } };
	static const struct act rx[] = { { WORK, SIM_MS, 0 }, { LOCK, 0, 0 },
	    { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	static const struct act softclock[] = { { WORK, 100 * SIM_MS, 0 },
	    { DONE, 0, 0 } };
	struct actor *a, *b;
	struct rig r;

	rig_init(&r, 1, &lock_class_mutex);
	a = rig_actor(&r, "owner", PRI_USER, -1, 0, owner);
	b = rig_actor(&r, "rx", PRI_RX, 0, SIM_MS, rx);
	rig_actor(&r, "softclock", PRI_SOFTCLOCK, 0, 2 * SIM_MS - 1, softclock);
	rig_run(&r, 3 * SIM_MS);
	g_assert_cmpint(b->thread.state, ==, THREAD_BLOCKED);
	g_assert_cmpuint(a->thread.pri, ==, PRI_RX);
	g_assert_cmpint(a->thread.state, ==, THREAD_RUNNING);
	rig_run(&r, SIM_S);
	/* 1 ms of the owner, 1 of rx, 9 more of the owner: 11 ms. */
	g_assert_cmpint(b->got[0], ==, 11 * SIM_MS);
	g_assert_cmpuint(a->thread.pri, >=, PRI_CONSOLE);
	/* What was lent is gone with the lock: softclock came before. */
	g_assert_cmpint(a->ended, >=, 121 * SIM_MS);
	g_assert_cmpuint(r.stats[0].spins, ==, 0);
	g_assert_cmpuint(r.stats[0].sleeps, ==, 1);
	rig_fini(&r);
}

/* A sleeper frees its CPU for others. */
static void
test_sleeper_frees_its_cpu(void)
{
	static const struct act owner[] = { { LOCK, 0, 0 },
	    { WORK, 10 * SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	static const struct act burn[] = { { WORK, 50 * SIM_MS, 0 },
	    { DONE, 0, 0 } };
	static const struct act want[] = { { LOCK, 0, 0 }, { UNLOCK, 0, 0 },
	    { DONE, 0, 0 } };
	struct actor *late, *w;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	rig_actor(&r, "owner", PRI_USER, 0, 0, owner);
	/* Interrupts keep the owner off CPU 0. */
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, burn);
	w = rig_actor(&r, "rx", PRI_RX, 1, 2 * SIM_MS, want);
	late = rig_actor(&r, "user", PRI_USER, 1, 3 * SIM_MS, burn);
	rig_run(&r, 4 * SIM_MS);
	g_assert_cmpint(w->thread.state, ==, THREAD_BLOCKED);
	g_assert_cmpint(late->thread.state, ==, THREAD_RUNNING);
	g_assert_cmpint(tally_max(&r.sched.spinning), ==, 0);
	rig_fini(&r);
}

/* Release wakes all sleepers, hands the lock to none: a newcomer may win. */
static void
test_release_wakes_all_without_handoff(void)
{
	static const struct act owner[] = { { LOCK, 0, 0 },
	    { WORK, 5 * SIM_MS, 0 }, { UNLOCK, 0, 0 }, { LOCK, 0, 0 },
	    { WORK, 5 * SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	static const struct act intr[] = { { WORK, SIM_MS, 0 },
	    { DONE, 0, 0 } };
	static const struct act want[] = { { LOCK, 0, 0 },
	    { WORK, SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	struct actor *a, *b, *c;
	struct rig r;
	unsigned i;

	rig_init(&r, 3, &lock_class_mutex);
	for (i = 0; i < NCOSTS; i++)
		r.costs.curve[i].ps[0] = i == COST_SWITCH ? SIM_US : 0;
	a = rig_actor(&r, "owner", PRI_USER, 0, 0, owner);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, intr);
	b = rig_actor(&r, "b", PRI_USER, 1, SIM_MS + SIM_US, want);
	c = rig_actor(&r, "c", PRI_USER, 2, SIM_MS + SIM_US, want);
	rig_run(&r, 2 * SIM_MS);
	g_assert_cmpuint(r.lock[0].nsleepers, ==, 2);
	rig_run(&r, 6 * SIM_MS + 100 * SIM_NS);
	/* Both are awake, and the owner has taken it again meanwhile. */
	g_assert_cmpuint(r.lock[0].nsleepers, ==, 0);
	g_assert_true(r.lock[0].owner == &a->thread);
	rig_run(&r, SIM_S);
	g_assert_cmpint(b->got[0], >, 11 * SIM_MS);
	g_assert_cmpint(c->got[0], >, 11 * SIM_MS);
	rig_fini(&r);
}

/* The release is noticed only between two back-off delays. */
static void
test_release_is_noticed_late(void)
{
	static const struct act owner[] = { { LOCK, 0, 0 },
	    { WORK, 300 * SIM_US, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	static const struct act want[] = { { LOCK, 0, 0 }, { UNLOCK, 0, 0 },
	    { DONE, 0, 0 } };
	struct actor *b;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	rig_actor(&r, "owner", PRI_USER, 0, 0, owner);
	b = rig_actor(&r, "b", PRI_USER, 1, 0, want);
	rig_run(&r, SIM_S);
	/*
	 * Delays of 2, 4, 8 ... 4096 pauses: looks after 2, 6, 14 ... 4094,
	 * 8190.  300 us are 6,000 pauses.
	 */
	g_assert_cmpint(b->got[0], ==, 8190 * 50 * SIM_NS);
	rig_fini(&r);
}

/* A stream of readers does not keep a writer out; sleepers: writers first. */
static void
test_writers_first(void)
{
	static const struct act hold[] = { { LOCK, 0, 0 },
	    { WORK, 10 * SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	static const struct act intr[] = { { WORK, 5 * SIM_MS, 0 },
	    { DONE, 0, 0 } };
	static const struct act read[] = { { RLOCK, 0, 0 },
	    { WORK, SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	static const struct act write[] = { { LOCK, 0, 0 },
	    { WORK, SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	struct actor *rd, *wr;
	struct rig r;

	rig_init(&r, 3, &lock_class_rwlock);
	rig_actor(&r, "owner", PRI_USER, 0, 0, hold);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, intr);
	rd = rig_actor(&r, "reader", PRI_RX, 1, 2 * SIM_MS, read);
	wr = rig_actor(&r, "writer", PRI_USER, 2, 3 * SIM_MS, write);
	rig_run(&r, SIM_S);
	g_assert_cmpint(wr->got[0], <, rd->got[0]);
	g_assert_cmpint(rd->got[0], >=, wr->got[0] + SIM_MS);
	rig_fini(&r);
}

/* Readers share; a writer that waits keeps later readers out. */
static void
test_waiting_writer_blocks_readers(void)
{
	static const struct act read[] = { { RLOCK, 0, 0 },
	    { WORK, 10 * SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	static const struct act write[] = { { LOCK, 0, 0 },
	    { WORK, SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	struct actor *a, *b, *late, *wr;
	struct rig r;

	rig_init(&r, 4, &lock_class_rwlock);
	a = rig_actor(&r, "a", PRI_USER, 0, 0, read);
	b = rig_actor(&r, "b", PRI_USER, 1, SIM_MS, read);
	wr = rig_actor(&r, "writer", PRI_USER, 2, 2 * SIM_MS, write);
	late = rig_actor(&r, "late", PRI_USER, 3, 3 * SIM_MS, read);
	rig_run(&r, SIM_S);
	g_assert_cmpint(a->got[0], ==, 0);
	g_assert_cmpint(b->got[0], ==, SIM_MS);
	g_assert_cmpint(wr->got[0], >=, 11 * SIM_MS);
	g_assert_cmpint(late->got[0], >=, wr->got[0] + SIM_MS);
	rig_fini(&r);
}

/* Behind readers a writer spins for a bounded while, then sleeps. */
static void
test_bounded_spin_behind_readers(void)
{
	static const struct act read[] = { { RLOCK, 0, 0 },
	    { WORK, 50 * SIM_MS, 0 }, { UNLOCK, 0, 0 }, { DONE, 0, 0 } };
	static const struct act write[] = { { LOCK, 0, 0 }, { UNLOCK, 0, 0 },
	    { DONE, 0, 0 } };
	struct actor *wr;
	struct rig r;

	rig_init(&r, 2, &lock_class_rwlock);
	rig_actor(&r, "reader", PRI_USER, 0, 0, read);
	wr = rig_actor(&r, "writer", PRI_USER, 1, 0, write);
	/* 10 x 10,000 pauses of 50 ns: 5 ms. */
	rig_run(&r, 4 * SIM_MS);
	g_assert_cmpint(wr->thread.state, ==, THREAD_SPINNING);
	rig_run(&r, 6 * SIM_MS);
	g_assert_cmpint(wr->thread.state, ==, THREAD_BLOCKED);
	rig_run(&r, SIM_S);
	g_assert_cmpint(wr->ended, >=, 50 * SIM_MS);
	rig_fini(&r);
}

/* What is free is had at once, whatever it is: lock_take() counts on that. */
static void
test_free_is_granted(void)
{
	const struct lock_class *const *p;
	struct thread t = { .state = THREAD_RUNNING };
	struct lockset set = { 0 };
	struct lock lk;
	unsigned n;

	for (p = registry_lock_classes, n = 0; *p != NULL; p++, n++) {
		lock_init(&lk, &set, (*p)->name, *p, 0);
		g_assert_cmpint((*p)->attempt(&lk, &t, false), ==,
		    LOCK_GRANTED);
	}
	g_assert_cmpuint(n, >, 3);
	lock_init(&lk, &set, "rw", &lock_class_rwlock, 0);
	g_assert_cmpint(lk.class->attempt(&lk, &t, true), ==, LOCK_GRANTED);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lock/spins_without_limit",
	    test_spins_without_limit);
	g_test_add_func("/lock/sleeper_lends_to_preempted_owner",
	    test_sleeper_lends_to_preempted_owner);
	g_test_add_func("/lock/sleeper_frees_its_cpu",
	    test_sleeper_frees_its_cpu);
	g_test_add_func("/lock/release_wakes_all_without_handoff",
	    test_release_wakes_all_without_handoff);
	g_test_add_func("/lock/release_is_noticed_late",
	    test_release_is_noticed_late);
	g_test_add_func("/lock/writers_first", test_writers_first);
	g_test_add_func("/lock/waiting_writer_blocks_readers",
	    test_waiting_writer_blocks_readers);
	g_test_add_func("/lock/bounded_spin_behind_readers",
	    test_bounded_spin_behind_readers);
	g_test_add_func("/lock/free_is_granted", test_free_is_granted);
	return (g_test_run());
}
