/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Traps for a modeller of locks: whom a release wakes, who then gets it, and in
 * which order sleepers stand.  The laws themselves are in lock_test.c,
 * spin_test.c and lending_test.c; here they are told apart from what
 * one would expect.  docs/TRAPS.md lists them all.
 */

#include <glib.h>

#include "tests/models/locks/lock_rig.h"

static const struct act hold_5ms[] = { ACT_LOCK(0), ACT_WORK(5 * SIM_MS),
    ACT_UNLOCK(0), ACT_DONE };
static const struct act write_1ms[] = { ACT_LOCK(0), ACT_WORK(SIM_MS),
    ACT_UNLOCK(0), ACT_DONE };
static const struct act read_1ms[] = { ACT_RLOCK(0), ACT_WORK(SIM_MS),
    ACT_UNLOCK(0), ACT_DONE };
/* Puts the owner off its CPU while the others come, so that they sleep. */
static const struct act burn_5ms[] = { ACT_WORK(5 * SIM_MS), ACT_DONE };

/*
 * A release of an rwlock for which both kinds sleep wakes every writer and no
 * reader, though the readers came first and are better.
 */
static void
test_writers_are_woken(void)
{
	struct actor *reader[2], *writer[2];
	struct rig r;
	unsigned i;

	rig_init(&r, 5, &lock_class_rwlock);
	r.costs.curve[COST_WAKE].ps[0] = SIM_MS;
	rig_actor(&r, "owner", PRI_USER, 0, 0, hold_5ms);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, burn_5ms);
	for (i = 0; i < 2; i++)
		reader[i] = rig_actor(&r, "reader", PRI_RX, 1 + (int)i,
		    2 * SIM_MS, read_1ms);
	for (i = 0; i < 2; i++)
		writer[i] = rig_actor(&r, "writer", PRI_USER, 3 + (int)i,
		    3 * SIM_MS, write_1ms);
	rig_run(&r, 10 * SIM_MS - 1);
	g_assert_cmpuint(r.lock[0].nsleepers, ==, 4);
	/* Released at 10 ms; it takes a sleeper 1 ms to be there. */
	rig_run(&r, 10 * SIM_MS + SIM_MS / 2);
	g_assert_cmpuint(r.lock[0].nsleepers, ==, 2);
	g_assert_cmpuint(r.lock[0].nsleepers_excl, ==, 0);
	for (i = 0; i < 2; i++) {
		g_assert_cmpint(reader[i]->thread.state, ==, THREAD_BLOCKED);
		g_assert_cmpint(writer[i]->thread.state, ==, THREAD_RUNNING);
	}
	rig_run(&r, SIM_S);
	for (i = 0; i < 2; i++) {
		g_assert_cmpint(reader[i]->got[0], >=, writer[0]->got[0] +
		    SIM_MS);
		g_assert_cmpint(reader[i]->got[0], >=, writer[1]->got[0] +
		    SIM_MS);
	}
	rig_fini(&r);
}

/*
 * A mutex wakes all and is handed to none: who runs already takes it between
 * the release and their coming, and the first of the queue waits once more.
 */
static void
test_newcomer_wins(void)
{
	struct actor *first, *newcomer;
	struct rig r;

	rig_init(&r, 4, &lock_class_mutex);
	r.costs.curve[COST_WAKE].ps[0] = 20 * SIM_US;
	rig_actor(&r, "owner", PRI_USER, 0, 0, hold_5ms);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, burn_5ms);
	first = rig_actor(&r, "first", PRI_RX, 1, 2 * SIM_MS, write_1ms);
	rig_actor(&r, "second", PRI_USER, 2, 2 * SIM_MS, write_1ms);
	newcomer = rig_actor(&r, "newcomer", PRI_USER, 3, 10 * SIM_MS +
	    10 * SIM_US, write_1ms);
	rig_run(&r, 10 * SIM_MS - 1);
	g_assert_cmpuint(r.lock[0].nsleepers, ==, 2);
	rig_run(&r, 10 * SIM_MS + 5 * SIM_US);
	/* All are awake and nobody has it. */
	g_assert_cmpuint(r.lock[0].nsleepers, ==, 0);
	g_assert_null(r.lock[0].owner);
	rig_run(&r, SIM_S);
	g_assert_cmpint(newcomer->got[0], ==, 10 * SIM_MS + 10 * SIM_US);
	g_assert_cmpint(first->got[0], >, 11 * SIM_MS);
	rig_fini(&r);
}

/* Sleepers stand by priority, and by age only among equals. */
static void
test_priority_not_age(void)
{
	struct actor *a[4];
	struct rig r;
	static const enum pri pri[] = { PRI_USER, PRI_CONSOLE, PRI_USER,
	    PRI_RX };
	const struct thread *t;
	unsigned i;

	rig_init(&r, 5, &lock_class_mutex);
	rig_actor(&r, "owner", PRI_USER, 0, 0, hold_5ms);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, burn_5ms);
	for (i = 0; i < 4; i++)
		a[i] = rig_actor(&r, "a", pri[i], 1 + (int)i, 2 * SIM_MS +
		    i * 100 * SIM_US, write_1ms);
	rig_run(&r, 4 * SIM_MS);
	t = TAILQ_FIRST(&r.lock[0].sleepers);
	g_assert_true(t == &a[3]->thread);
	t = TAILQ_NEXT(t, wq);
	g_assert_true(t == &a[1]->thread);
	t = TAILQ_NEXT(t, wq);
	g_assert_true(t == &a[0]->thread);
	t = TAILQ_NEXT(t, wq);
	g_assert_true(t == &a[2]->thread);
	/* Woken together, the best one is there first, the oldest is not. */
	rig_run(&r, SIM_S);
	g_assert_cmpint(a[3]->got[0], ==, 10 * SIM_MS);
	g_assert_cmpint(a[0]->got[0], >=, 11 * SIM_MS);
	rig_fini(&r);
}

/* Spinners beat sleepers: who sleeps pays for its wake-up first. */
static void
test_spinner_beats_better_sleeper(void)
{
	struct actor *sleeper, *spinner;
	struct rig r;

	rig_init(&r, 3, &lock_class_mutex);
	r.costs.curve[COST_WAKE].ps[0] = 20 * SIM_US;
	rig_actor(&r, "owner", PRI_USER, 0, 0, hold_5ms);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, burn_5ms);
	sleeper = rig_actor(&r, "sleeper", PRI_RX, 1, 2 * SIM_MS, write_1ms);
	/* The owner runs from 6 to 10 ms; looks come 12.7 us apart at most. */
	spinner = rig_actor(&r, "spinner", PRI_USER, 2, 9990 * SIM_US,
	    write_1ms);
	rig_run(&r, SIM_S);
	g_assert_cmpint(spinner->got[0], >=, 10 * SIM_MS);
	g_assert_cmpint(spinner->got[0], <, 10 * SIM_MS + 20 * SIM_US);
	g_assert_cmpint(sleeper->got[0], >=, spinner->got[0] + SIM_MS);
	g_assert_cmpuint(r.stats[0].sleeps, ==, 1);
	rig_fini(&r);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/trap/15_writers_are_woken", test_writers_are_woken);
	g_test_add_func("/trap/15_newcomer_wins", test_newcomer_wins);
	g_test_add_func("/trap/15_priority_not_age", test_priority_not_age);
	g_test_add_func("/trap/15_spinner_beats_better_sleeper",
	    test_spinner_beats_better_sleeper);
	return (g_test_run());
}
