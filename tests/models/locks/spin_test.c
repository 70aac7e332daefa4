/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Spinning: who burns its CPU and for how long, what ends it, when a release
 * is noticed, and who wins then (against sleepers: locks_test.c).
 */

#include <glib.h>

#include "tests/models/locks/lock_rig.h"

static const struct act want_0[] = { ACT_LOCK(0), ACT_UNLOCK(0), ACT_DONE };
static const struct act hold_10ms[] = { ACT_LOCK(0), ACT_WORK(10 * SIM_MS),
    ACT_UNLOCK(0), ACT_DONE };
static const struct act burn_1ms[] = { ACT_WORK(SIM_MS), ACT_DONE };

/*
 * A spinner is put off its CPU by a better thread, spins on as soon as it is
 * back, and gets the lock soon after the release.
 */
static void
test_preempted_spinner_competes_again(void)
{
	struct actor *u;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	rig_actor(&r, "owner", PRI_USER, 0, 0, hold_10ms);
	u = rig_actor(&r, "u", PRI_USER, 1, SIM_MS, want_0);
	rig_actor(&r, "rx", PRI_RX, 1, 2 * SIM_MS, burn_1ms);
	rig_run(&r, 2 * SIM_MS - 1);
	g_assert_cmpint(u->thread.state, ==, THREAD_SPINNING);
	rig_run(&r, 2 * SIM_MS + SIM_US);
	/* It does not spin while it is off, nor does it sleep. */
	g_assert_cmpint(u->thread.state, ==, THREAD_READY);
	g_assert_cmpuint(r.lock[0].nspinners, ==, 0);
	g_assert_cmpint(r.sched.spinning.value, ==, 0);
	rig_run(&r, 3 * SIM_MS + SIM_US);
	g_assert_cmpint(u->thread.state, ==, THREAD_SPINNING);
	g_assert_cmpint(u->thread.looked, ==, 3 * SIM_MS);
	rig_run(&r, SIM_S);
	g_assert_cmpint(u->got[0], >=, 10 * SIM_MS);
	g_assert_cmpint(u->got[0], <=, 10 * SIM_MS + 4096 * 50 * SIM_NS);
	g_assert_cmpuint(r.stats[0].spins, ==, 2);
	g_assert_cmpuint(r.stats[0].sleeps, ==, 0);
	/* One wait, from when it first asked. */
	g_assert_cmpuint(r.stats[0].contested, ==, 1);
	rig_fini(&r);
}

/*
 * The release falls into the time for which the spinner is off: it looks at the
 * end of the delay in which it was put off, not because it is back.
 */
static void
test_preempted_spinner_takes_a_free_lock(void)
{
	static const struct act burn_20ms[] = { ACT_WORK(20 * SIM_MS),
	    ACT_DONE };
	struct actor *late, *u;
	struct rig r;

	rig_init(&r, 3, &lock_class_mutex);
	rig_actor(&r, "owner", PRI_USER, 0, 0, hold_10ms);
	u = rig_actor(&r, "u", PRI_USER, 1, SIM_MS, want_0);
	rig_actor(&r, "rx", PRI_RX, 1, 2 * SIM_MS, burn_20ms);
	/* Nobody keeps it for u: a later one has it meanwhile. */
	late = rig_actor(&r, "late", PRI_USER, 2, 12 * SIM_MS, want_0);
	rig_run(&r, SIM_S);
	g_assert_cmpint(late->got[0], ==, 12 * SIM_MS);
	g_assert_cmpint(u->got[0], >, 22 * SIM_MS);
	g_assert_cmpint(u->got[0], <=, 22 * SIM_MS + 4096 * 50 * SIM_NS);
	rig_fini(&r);
}

/* Only a better priority ends a spin: an equal one waits for its CPU. */
static void
test_equal_priority_does_not_end_a_spin(void)
{
	struct actor *equal, *rx;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	rig_actor(&r, "owner", PRI_USER, 0, 0, hold_10ms);
	rx = rig_actor(&r, "rx", PRI_RX, 1, SIM_MS, want_0);
	equal = rig_actor(&r, "equal", PRI_RX, 1, 2 * SIM_MS, burn_1ms);
	rig_run(&r, 9 * SIM_MS);
	g_assert_cmpint(rx->thread.state, ==, THREAD_SPINNING);
	g_assert_cmpint(equal->thread.state, ==, THREAD_READY);
	rig_run(&r, SIM_S);
	g_assert_cmpint(equal->ended, >=, 11 * SIM_MS);
	rig_fini(&r);
}

/* An owner that leaves its CPU sends its spinners to sleep. */
static void
test_spinner_sleeps_when_owner_stops(void)
{
	struct actor *owner, *u;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	owner = rig_actor(&r, "owner", PRI_USER, 0, 0, hold_10ms);
	u = rig_actor(&r, "u", PRI_USER, 1, SIM_MS, want_0);
	rig_actor(&r, "rx", PRI_RX, 0, 2 * SIM_MS, burn_1ms);
	rig_run(&r, 2 * SIM_MS - 1);
	g_assert_cmpint(u->thread.state, ==, THREAD_SPINNING);
	/* It notices at its next look. */
	rig_run(&r, 2 * SIM_MS + 4096 * 50 * SIM_NS);
	g_assert_cmpint(owner->thread.state, ==, THREAD_READY);
	g_assert_cmpint(u->thread.state, ==, THREAD_BLOCKED);
	g_assert_cmpint(r.sched.spinning.value, ==, 0);
	rig_run(&r, SIM_S);
	g_assert_cmpuint(r.stats[0].spins, ==, 1);
	g_assert_cmpuint(r.stats[0].sleeps, ==, 1);
	/* The sleeper was woken by the release, at once. */
	g_assert_cmpint(u->got[0], ==, 11 * SIM_MS);
	rig_fini(&r);
}

/* Scripts of a lock that is held, left and wanted again. */
static const struct act hold_20ms[] = { ACT_LOCK(0), ACT_WORK(20 * SIM_MS),
    ACT_UNLOCK(0), ACT_DONE };
static const struct act hold_3us[] = { ACT_LOCK(0), ACT_WORK(3 * SIM_US),
    ACT_UNLOCK(0), ACT_DONE };

/*
 * The back-off that an acquisition has reached is not lost when it sleeps: who
 * has spun for a millisecond and slept then waits a longest delay between two
 * looks, not 2 pauses.
 */
static void
test_backoff_survives_sleep(void)
{
	struct actor *u;
	struct rig r;

	rig_init(&r, 3, &lock_class_mutex);
	rig_actor(&r, "owner", PRI_USER, 0, 0, hold_20ms);
	u = rig_actor(&r, "u", PRI_USER, 1, SIM_MS, want_0);
	/* The owner is put off: u sleeps within 0.2 ms, until the release. */
	rig_actor(&r, "rx", PRI_RX, 0, 10 * SIM_MS, burn_1ms);
	/* Whom the release meets ready takes the lock: u is on its way. */
	r.costs.curve[COST_SWITCH].ps[0] = SIM_US;
	r.costs.curve[COST_WAKE].ps[0] = SIM_US;
	rig_actor(&r, "late", PRI_RX, 2, 21 * SIM_MS + SIM_US / 2 + 1,
	    hold_3us);
	rig_run(&r, SIM_S);
	g_assert_cmpuint(r.stats[0].sleeps, ==, 1);
	g_assert_cmpuint(r.stats[0].spins, ==, 2);
	/* Woken at 21 ms, it spun from then on, with 4,096 pauses a delay. */
	g_assert_cmpint(u->got[0], >, 21 * SIM_MS + 4096 * 50 * SIM_NS);
	g_assert_cmpint(u->got[0], <, 21 * SIM_MS + 4096 * 50 * SIM_NS +
	    10 * SIM_US);
	rig_fini(&r);
}

/* Nor when it is put off its CPU. */
static void
test_backoff_survives_preemption(void)
{
	struct actor *u;
	struct rig r;
	unsigned i, late;

	/* Released 100 us after it is back: 2,000 pauses. */
	for (i = late = 0; i < 20; i++) {
		rig_init(&r, 2, &lock_class_mutex);
		rng_init(&r.set.rng, i, 0, "lock_delay");
		rig_actor(&r, "owner", PRI_USER, 0, 0, hold_10ms);
		u = rig_actor(&r, "u", PRI_USER, 1, SIM_MS, want_0);
		rig_actor(&r, "rx", PRI_RX, 1, 8900 * SIM_US, burn_1ms);
		rig_run(&r, SIM_S);
		/* From 2 pauses on it would look after 2046 of them. */
		late += u->got[0] > 10 * SIM_MS + 10 * SIM_US;
		rig_fini(&r);
	}
	g_assert_cmpuint(late, >=, 15);
}

/*
 * Of two spinners the one whose look comes first wins, though it came later:
 * looks after 12.9 ms + 2, 6, 14 ... 4094 pauses of 50 ns come closer together
 * than those of one that has spun for long.
 */
static void
test_spinners_are_not_served_in_order(void)
{
	static const struct act hold[] = { ACT_LOCK(0), ACT_WORK(13 * SIM_MS),
	    ACT_UNLOCK(0), ACT_DONE };
	struct actor *first, *second;
	struct rig r;
	unsigned i, overtaken;

	for (i = overtaken = 0; i < 20; i++) {
		rig_init(&r, 3, &lock_class_mutex);
		rng_init(&r.set.rng, i, 0, "lock_delay");
		rig_actor(&r, "owner", PRI_USER, 0, 0, hold);
		first = rig_actor(&r, "first", PRI_USER, 1, SIM_US, want_0);
		second = rig_actor(&r, "second", PRI_USER, 2, 12900 * SIM_US,
		    want_0);
		rig_run(&r, SIM_S);
		/* 2046 pauses are 0.1023 ms: the first look after 0.1 ms. */
		g_assert_cmpint(second->got[0], ==, 12900 * SIM_US + 2046 *
		    50 * SIM_NS);
		/* Any time within 0.2 ms: 2.3 us in a hundred times. */
		overtaken += second->got[0] < first->got[0];
		g_assert_cmpint(first->got[0], <=, 13 * SIM_MS + 4096 * 50 *
		    SIM_NS);
		rig_fini(&r);
	}
	g_assert_cmpuint(overtaken, >=, 17);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lock/spin/preempted_competes_again",
	    test_preempted_spinner_competes_again);
	g_test_add_func("/lock/spin/preempted_takes_a_free_lock",
	    test_preempted_spinner_takes_a_free_lock);
	g_test_add_func("/lock/spin/equal_priority_does_not_end_it",
	    test_equal_priority_does_not_end_a_spin);
	g_test_add_func("/lock/spin/sleeps_when_owner_stops",
	    test_spinner_sleeps_when_owner_stops);
	g_test_add_func("/lock/spin/backoff_survives_sleep",
	    test_backoff_survives_sleep);
	g_test_add_func("/lock/spin/backoff_survives_preemption",
	    test_backoff_survives_preemption);
	g_test_add_func("/lock/spin/not_served_in_order",
	    test_spinners_are_not_served_in_order);
	return (g_test_run());
}
