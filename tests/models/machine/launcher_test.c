/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who starts programs: their history goes with them from thread to thread, and
 * at last to whom started them.  No machine: two threads, and a clock that the
 * test moves.
 */

#include <glib.h>

#include "models/machine/launcher.h"
#include "tests/models/locks/lock_rig.h"

struct fixture {
	struct rig	rig;
	struct launchers launchers;
	struct thread	a, b;
};

static void
init(struct fixture *f, bool programs, unsigned launchers)
{

	*f = (struct fixture){ .a = { .name = "a" } };
	rig_init(&f->rig, 1, &lock_class_mutex);
	launchers_init(&f->launchers, programs, launchers, &f->rig.sched);
	thread_init(&f->a, "a", 0, PRI_USER, -1);
	thread_init(&f->b, "b", 1, PRI_USER, -1);
}

static void
fini(struct fixture *f)
{

	launchers_fini(&f->launchers);
	rig_fini(&f->rig);
}

/* Nothing else happens until `when'. */
static void
wait_until(struct fixture *f, simtime when)
{
	struct sim_event ev;

	sim_at(f->rig.sim, SCHED_NSLOTS(1), when);
	g_assert_true(sim_next(f->rig.sim, when, &ev));
}

/* The thread takes up what it has, runs for `length', and is still on. */
static void
run_for(struct fixture *f, struct thread *t, simtime length)
{

	t->state = THREAD_RUNNING;
	t->since = sim_now(f->rig.sim);
	wait_until(f, t->since + length);
}

static void
test_history_goes_along(void)
{
	struct launcher *l;
	struct fixture f;
	simtime before;

	init(&f, true, 1);
	l = &f.launchers.launcher[0];
	wait_until(&f, 10 * SIM_S);
	launchers_fork(&f.launchers, 7, &f.a);
	g_assert_true(f.a.newborn);
	g_assert_cmpuint(interact_score(&f.a.interact), <=, 1);
	run_for(&f, &f.a, SIM_S / 4);
	f.a.user_pri = 200;
	before = f.a.interact.ran;
	launchers_pause(&f.launchers, 7, &f.a);

	/* Another program has that thread; this one goes on in the other. */
	f.a.state = THREAD_IDLE;
	f.a.interact = (struct interact){ 0 };
	wait_until(&f, 12 * SIM_S);
	launchers_resume(&f.launchers, 7, &f.b);
	g_assert_cmpint(f.b.interact.ran, ==, before + SIM_S / 4);
	g_assert_cmpint(f.b.since, ==, 10 * SIM_S + SIM_S / 4);
	g_assert_false(f.b.newborn);
	g_assert_cmpuint(f.b.pri, ==, f.rig.sched.prio->min_batch);

	/* It ends: what it ran in all is its launcher's. */
	run_for(&f, &f.b, SIM_S / 2);
	before = l->history.ran;
	launchers_exit(&f.launchers, 7, &f.b);
	g_assert_cmpint(l->history.ran, ==, before + f.b.interact.ran +
	    SIM_S / 2);
	/* Nothing is kept of it, and of who was ended by a timer. */
	f.a.state = THREAD_IDLE;
	launchers_resume(&f.launchers, 7, &f.a);
	g_assert_cmpint(f.a.interact.ran, ==, 0);
	before = l->history.ran;
	launchers_exit(&f.launchers, 7, NULL);
	g_assert_cmpint(l->history.ran, ==, before);
	fini(&f);
}

/* Of several each pays for its own. */
static void
test_each_its_own(void)
{
	const struct launcher *l;
	struct fixture f;

	init(&f, true, 2);
	l = f.launchers.launcher;
	wait_until(&f, SIM_S);
	launchers_fork(&f.launchers, 5, &f.a);
	g_assert_cmpint(l[1].history.ran - l[0].history.ran, ==,
	    INTERACT_TICK);
	fini(&f);
}

/* A shell of its own: as good as new, whatever its thread was before. */
static void
test_none(void)
{
	struct interact fresh;
	struct fixture f;

	init(&f, true, 0);
	f.a.interact.ran = 5 * SIM_S;
	launchers_fork(&f.launchers, 1, &f.a);
	interact_init(&fresh);
	g_assert_cmpint(f.a.interact.ran, ==, fresh.ran);
	run_for(&f, &f.a, SIM_MS);
	launchers_exit(&f.launchers, 1, &f.a);
	fini(&f);
}

/* Threads of one program, and clients that come again, are no children. */
static void
test_no_programs(void)
{
	struct fixture f;

	init(&f, false, 1);
	f.a.newborn = false;
	f.a.interact.ran = 5 * SIM_S;
	launchers_fork(&f.launchers, 1, &f.a);
	launchers_pause(&f.launchers, 1, &f.a);
	launchers_resume(&f.launchers, 1, &f.b);
	launchers_exit(&f.launchers, 1, &f.a);
	g_assert_false(f.a.newborn);
	g_assert_cmpint(f.a.interact.ran, ==, 5 * SIM_S);
	g_assert_true(f.b.newborn);
	fini(&f);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/launcher/history_goes_along",
	    test_history_goes_along);
	g_test_add_func("/launcher/each_its_own", test_each_its_own);
	g_test_add_func("/launcher/none", test_none);
	g_test_add_func("/launcher/no_programs", test_no_programs);
	return (g_test_run());
}
