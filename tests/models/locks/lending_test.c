/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who is lent whose priority.  In each test an interrupt thread of middling
 * priority puts the owner off its CPU, so that whoever wants the lock sleeps.
 */

#include <glib.h>

#include "tests/models/locks/lock_rig.h"

/* Better than any user, worse than a receive thread. */
#define	PRI_INTR	PRI_SOFTCLOCK

static const struct act burn_100ms[] = { ACT_WORK(100 * SIM_MS), ACT_DONE };
static const struct act burn_3ms[] = { ACT_WORK(3 * SIM_MS), ACT_DONE };
static const struct act want_0[] = { ACT_LOCK(0), ACT_UNLOCK(0), ACT_DONE };
static const struct act want_1[] = { ACT_LOCK(1), ACT_UNLOCK(1), ACT_DONE };

/*
 * D waits for C, who waits for B, who waits for A, who was put off: D's
 * priority reaches A, through two threads that cannot use it themselves.
 */
static void
test_transitive(void)
{
	static const struct act a_does[] = { ACT_LOCK(0),
	    ACT_WORK(10 * SIM_MS), ACT_UNLOCK(0), ACT_DONE };
	static const struct act b_does[] = { ACT_LOCK(1), ACT_LOCK(0),
	    ACT_UNLOCK(0), ACT_UNLOCK(1), ACT_DONE };
	static const struct act c_does[] = { ACT_LOCK(2), ACT_LOCK(1),
	    ACT_UNLOCK(1), ACT_UNLOCK(2), ACT_DONE };
	static const struct act d_does[] = { ACT_LOCK(2), ACT_UNLOCK(2),
	    ACT_DONE };
	struct actor *a, *b, *c, *d;
	struct rig r;

	rig_init(&r, 4, &lock_class_mutex);
	a = rig_actor(&r, "a", PRI_USER, 0, 0, a_does);
	rig_actor(&r, "intr", PRI_INTR, 0, SIM_MS, burn_100ms);
	b = rig_actor(&r, "b", PRI_USER, 1, 2 * SIM_MS, b_does);
	c = rig_actor(&r, "c", PRI_USER, 2, 3 * SIM_MS, c_does);
	rig_run(&r, 4 * SIM_MS - 1);
	/* Users lend one another nothing that helps. */
	g_assert_cmpuint(a->thread.pri, ==, PRI_USER);
	g_assert_cmpint(a->thread.state, ==, THREAD_READY);
	d = rig_actor(&r, "d", PRI_RX, 3, 4 * SIM_MS, d_does);
	rig_run(&r, 5 * SIM_MS);
	g_assert_cmpint(d->thread.state, ==, THREAD_BLOCKED);
	g_assert_cmpuint(c->thread.pri, ==, PRI_RX);
	g_assert_cmpuint(b->thread.pri, ==, PRI_RX);
	g_assert_cmpuint(a->thread.pri, ==, PRI_RX);
	g_assert_cmpint(a->thread.state, ==, THREAD_RUNNING);
	rig_run(&r, SIM_S);
	/* 1 ms of A before the interrupt, 9 more from 4 ms on. */
	g_assert_cmpint(d->got[2], ==, 13 * SIM_MS);
	g_assert_cmpuint(a->thread.pri, ==, PRI_USER);
	g_assert_cmpuint(b->thread.pri, ==, PRI_USER);
	g_assert_cmpuint(c->thread.pri, ==, PRI_USER);
	rig_fini(&r);
}

/* Who is lent a priority while it sleeps moves ahead where it sleeps. */
static void
test_lent_sleeper_moves_ahead(void)
{
	static const struct act a_does[] = { ACT_LOCK(0),
	    ACT_WORK(10 * SIM_MS), ACT_UNLOCK(0), ACT_DONE };
	static const struct act b_does[] = { ACT_LOCK(1), ACT_LOCK(0),
	    ACT_WORK(SIM_MS), ACT_UNLOCK(0), ACT_UNLOCK(1), ACT_DONE };
	struct actor *b, *x;
	struct rig r;

	rig_init(&r, 4, &lock_class_mutex);
	rig_actor(&r, "a", PRI_USER, 0, 0, a_does);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, burn_100ms);
	x = rig_actor(&r, "x", PRI_CONSOLE, 1, 2 * SIM_MS, want_0);
	b = rig_actor(&r, "b", PRI_USER, 2, 3 * SIM_MS, b_does);
	rig_run(&r, 4 * SIM_MS - 1);
	g_assert_true(TAILQ_FIRST(&r.lock[0].sleepers) == &x->thread);
	rig_actor(&r, "rx", PRI_RX, 3, 4 * SIM_MS, want_1);
	rig_run(&r, 5 * SIM_MS);
	g_assert_true(TAILQ_FIRST(&r.lock[0].sleepers) == &b->thread);
	rig_run(&r, SIM_S);
	g_assert_cmpint(b->got[0], <, x->got[0]);
	rig_fini(&r);
}

/* Of several waiters the best one's priority counts, whoever came first. */
static void
test_best_of_the_waiters(void)
{
	static const struct act a_does[] = { ACT_LOCK(0),
	    ACT_WORK(20 * SIM_MS), ACT_UNLOCK(0), ACT_WORK(SIM_MS),
	    ACT_DONE };
	struct actor *a, *c, *u;
	struct rig r;

	rig_init(&r, 4, &lock_class_mutex);
	a = rig_actor(&r, "a", PRI_USER, 0, 0, a_does);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, burn_100ms);
	u = rig_actor(&r, "u", PRI_USER, 1, 2 * SIM_MS, want_0);
	rig_actor(&r, "rx", PRI_RX, 2, 3 * SIM_MS, want_0);
	c = rig_actor(&r, "c", PRI_CONSOLE, 3, 4 * SIM_MS, want_0);
	rig_run(&r, 3 * SIM_MS - 1);
	g_assert_cmpuint(a->thread.pri, ==, PRI_USER);
	rig_run(&r, 5 * SIM_MS);
	g_assert_cmpuint(a->thread.pri, ==, PRI_RX);
	g_assert_true(TAILQ_NEXT(&c->thread, wq) == &u->thread);
	g_assert_true(TAILQ_NEXT(&u->thread, wq) == NULL);
	/* Lent until the release, and gone with it. */
	rig_run(&r, 119 * SIM_MS + SIM_MS / 2);
	g_assert_cmpuint(a->thread.pri, ==, PRI_RX);
	rig_run(&r, 120 * SIM_MS + SIM_MS / 2);
	g_assert_cmpuint(a->thread.pri, ==, PRI_USER);
	rig_fini(&r);
}

/*
 * A holds two locks, a receive thread sleeps for lock 0, the console for lock
 * 1.  Giving one back leaves what is lent over the other.
 */
static void
recompute(const struct act *script, enum pri between)
{
	struct actor *a;
	struct rig r;

	rig_init(&r, 3, &lock_class_mutex);
	a = rig_actor(&r, "a", PRI_USER, 0, 0, script);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, burn_3ms);
	rig_actor(&r, "rx", PRI_RX, 1, 2 * SIM_MS, want_0);
	rig_actor(&r, "console", PRI_CONSOLE, 2, 3 * SIM_MS, want_1);
	rig_run(&r, 5 * SIM_MS);
	g_assert_cmpuint(a->thread.pri, ==, PRI_RX);
	/* The first comes back at 5 + 3 ms, the second 5 ms later. */
	rig_run(&r, 9 * SIM_MS);
	g_assert_cmpuint(a->thread.pri, ==, between);
	g_assert_cmpuint(a->thread.nheld, ==, 1);
	rig_run(&r, 14 * SIM_MS);
	g_assert_cmpuint(a->thread.pri, ==, PRI_USER);
	g_assert_cmpuint(a->thread.nheld, ==, 0);
	rig_fini(&r);
}

static void
test_recomputed_at_release(void)
{
	static const struct act best_first[] = { ACT_LOCK(0), ACT_LOCK(1),
	    ACT_WORK(5 * SIM_MS), ACT_UNLOCK(0), ACT_WORK(5 * SIM_MS),
	    ACT_UNLOCK(1), ACT_WORK(5 * SIM_MS), ACT_DONE };
	static const struct act best_last[] = { ACT_LOCK(0), ACT_LOCK(1),
	    ACT_WORK(5 * SIM_MS), ACT_UNLOCK(1), ACT_WORK(5 * SIM_MS),
	    ACT_UNLOCK(0), ACT_WORK(5 * SIM_MS), ACT_DONE };

	recompute(best_first, PRI_CONSOLE);
	recompute(best_last, PRI_RX);
}

/* Readers are not known by name: nobody lends to them. */
static void
test_readers_are_lent_nothing(void)
{
	static const struct act a_does[] = { ACT_RLOCK(0),
	    ACT_WORK(10 * SIM_MS), ACT_UNLOCK(0), ACT_DONE };
	struct actor *a, *rx;
	struct rig r;

	rig_init(&r, 2, &lock_class_rwlock);
	a = rig_actor(&r, "a", PRI_USER, 0, 0, a_does);
	rig_actor(&r, "intr", PRI_INTR, 0, SIM_MS, burn_100ms);
	rx = rig_actor(&r, "rx", PRI_RX, 1, 2 * SIM_MS, want_0);
	/* It has given up spinning, 5 ms after it began. */
	rig_run(&r, 50 * SIM_MS);
	g_assert_cmpint(rx->thread.state, ==, THREAD_BLOCKED);
	g_assert_cmpuint(a->thread.pri, ==, PRI_USER);
	rig_run(&r, SIM_S);
	g_assert_cmpint(rx->got[0], ==, 110 * SIM_MS);
	rig_fini(&r);
}

/* A new owner inherits the sleepers that the wake-up left behind. */
static void
test_new_owner_is_lent_by_who_sleeps_on(void)
{
	static const struct act a_does[] = { ACT_LOCK(0),
	    ACT_WORK(5 * SIM_MS), ACT_UNLOCK(0), ACT_DONE };
	static const struct act writes[] = { ACT_LOCK(0),
	    ACT_WORK(10 * SIM_MS), ACT_UNLOCK(0), ACT_DONE };
	static const struct act reads[] = { ACT_RLOCK(0), ACT_UNLOCK(0),
	    ACT_DONE };
	struct actor *w;
	struct rig r;

	/* Writers first: the reader, better as it is, sleeps on. */
	rig_init(&r, 3, &lock_class_rwlock);
	rig_actor(&r, "a", PRI_USER, 0, 0, a_does);
	rig_actor(&r, "intr", PRI_RX - 1, 0, SIM_MS, burn_3ms);
	w = rig_actor(&r, "writer", PRI_USER, 1, 2 * SIM_MS, writes);
	rig_actor(&r, "reader", PRI_RX, 2, 3 * SIM_MS, reads);
	rig_run(&r, 10 * SIM_MS);
	g_assert_true(r.lock[0].owner == &w->thread);
	g_assert_cmpuint(w->thread.pri, ==, PRI_RX);
	rig_run(&r, SIM_S);
	g_assert_cmpuint(w->thread.pri, ==, PRI_USER);
	rig_fini(&r);
}

/* ---- as the source orders it: off in every table (docs/MODEL.md) ------- */

/*
 * turnstile_wait() lends before it leaves the CPU: with .lends_first that is
 * not there for the owner, who takes another's.
 */
static int
lent_owner_goes_to(const struct prio_table *p)
{
	static const struct act a_does[] = { ACT_LOCK(0),
	    ACT_WORK(10 * SIM_MS), ACT_UNLOCK(0), ACT_DONE };
	struct actor *a, *intr;
	struct rig r;
	int cpu;

	rig_init(&r, 2, &lock_class_mutex);
	sched_set_prio(&r.sched, p);
	a = rig_actor(&r, "a", PRI_USER, -1, 0, a_does);
	a->thread.cpu = 0;
	intr = rig_actor(&r, "intr", PRI_INTR, 0, SIM_MS, burn_100ms);
	rig_actor(&r, "rx", PRI_RX, 1, 2 * SIM_MS, want_0);
	rig_run(&r, 3 * SIM_MS);
	g_assert_cmpint(a->thread.state, ==, THREAD_RUNNING);
	cpu = a->thread.cpu;
	g_assert_cmpint(intr->thread.state, ==,
	    cpu == 0 ? THREAD_READY : THREAD_RUNNING);
	rig_fini(&r);
	return (cpu);
}

static void
test_lends_from_its_cpu(void)
{
	struct prio_table p;

	p = prio_freebsd_12;
	g_assert_cmpint(lent_owner_goes_to(&p), ==, 1);
	p.lends_first = true;
	g_assert_cmpint(lent_owner_goes_to(&p), ==, 0);
}

/*
 * turnstile_unpend() gives back what was lent before it wakes anybody: who is
 * woken finds a user on that CPU, and takes it.
 */
static simtime
woken_has_it(const struct prio_table *p)
{
	static const struct act a_does[] = { ACT_LOCK(0),
	    ACT_WORK(10 * SIM_MS), ACT_UNLOCK(0), ACT_WORK(SIM_MS), ACT_DONE };
	struct actor *a, *c;
	struct rig r;
	simtime got;

	rig_init(&r, 2, &lock_class_mutex);
	sched_set_prio(&r.sched, p);
	a = rig_actor(&r, "a", PRI_USER, 0, 0, a_does);
	rig_actor(&r, "intr", PRI_INTR, 0, SIM_MS, burn_3ms);
	c = rig_actor(&r, "c", PRI_RX, -1, 2 * SIM_MS, want_0);
	c->thread.cpu = 1;
	rig_actor(&r, "rx", PRI_RX, 1, 3 * SIM_MS, burn_100ms);
	rig_run(&r, 4 * SIM_MS);
	g_assert_cmpint(c->thread.state, ==, THREAD_BLOCKED);
	g_assert_cmpuint(a->thread.pri, ==, PRI_RX);
	rig_run(&r, SIM_S);
	got = c->got[0];
	rig_fini(&r);
	return (got);
}

static void
test_gives_back_before_it_wakes(void)
{
	struct prio_table p;

	p = prio_freebsd_12;
	g_assert_cmpint(woken_has_it(&p), ==, 11 * SIM_MS);
	p.gives_back_first = false;
	/* It waits for the other CPU, and this steals it when it is idle. */
	g_assert_cmpint(woken_has_it(&p), ==, 14 * SIM_MS);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lock/lending/transitive", test_transitive);
	g_test_add_func("/lock/lending/lent_sleeper_moves_ahead",
	    test_lent_sleeper_moves_ahead);
	g_test_add_func("/lock/lending/best_of_the_waiters",
	    test_best_of_the_waiters);
	g_test_add_func("/lock/lending/recomputed_at_release",
	    test_recomputed_at_release);
	g_test_add_func("/lock/lending/readers_are_lent_nothing",
	    test_readers_are_lent_nothing);
	g_test_add_func("/lock/lending/new_owner_is_lent_by_who_sleeps_on",
	    test_new_owner_is_lent_by_who_sleeps_on);
	g_test_add_func("/lock/lending/lends_from_its_cpu",
	    test_lends_from_its_cpu);
	g_test_add_func("/lock/lending/gives_back_before_it_wakes",
	    test_gives_back_before_it_wakes);
	return (g_test_run());
}
