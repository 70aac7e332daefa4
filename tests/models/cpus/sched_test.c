/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The laws of the scheduler: which CPU a thread gets, who takes it from whom,
 * and when.  Each test is a handful of threads on a machine without a network,
 * and fails when the rule in its name is broken.
 */

#include <glib.h>

#include "tests/models/locks/lock_rig.h"

static const struct act work_1ms[] = { ACT_WORK(SIM_MS), ACT_DONE };
static const struct act work_10ms[] = { ACT_WORK(10 * SIM_MS), ACT_DONE };
static const struct act work_300ms[] = { ACT_WORK(300 * SIM_MS), ACT_DONE };
static const struct act work_10s[] = { ACT_WORK(10 * SIM_S), ACT_DONE };
static const struct act burn_10s[] = { ACT_USER_WORK(10 * SIM_S), ACT_DONE };

/* A user's thread that has burnt a CPU for long. */
static void
make_batch(struct actor *a)
{

	a->thread.interact.ran = 5 * SIM_S;
	a->thread.interact.slept = 1;
	a->thread.base_pri = a->thread.pri = a->thread.user_pri = 200;
}

/* A thread goes back to its last CPU if that is idle, else to an idle one. */
static void
test_last_cpu_first(void)
{
	struct actor *a, *b;
	struct rig r;

	rig_init(&r, 4, &lock_class_mutex);
	a = rig_actor(&r, "a", PRI_USER, -1, SIM_MS, work_1ms);
	a->thread.cpu = 2;
	b = rig_actor(&r, "b", PRI_USER, -1, SIM_MS + 1, work_1ms);
	b->thread.cpu = 2;
	rig_run(&r, SIM_MS + 2);
	g_assert_cmpint(a->thread.cpu, ==, 2);
	g_assert_cmpint(b->thread.cpu, !=, 2);
	g_assert_cmpint(b->thread.state, ==, THREAD_RUNNING);
	rig_fini(&r);
}

/* With none idle it goes to the least loaded, whatever those there do. */
static void
test_least_loaded(void)
{
	struct actor *late;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	rig_actor(&r, "rx0", PRI_RX, 0, 0, work_300ms);
	rig_actor(&r, "rx0", PRI_RX, 0, 0, work_300ms);
	rig_actor(&r, "rx1", PRI_RX, 1, 0, work_300ms);
	late = rig_actor(&r, "late", PRI_USER, -1, SIM_MS, work_1ms);
	rig_run(&r, 2 * SIM_MS);
	g_assert_cmpint(late->thread.state, ==, THREAD_READY);
	g_assert_cmpint(late->thread.cpu, ==, 1);
	rig_fini(&r);
}

/* Callouts come on CPU 0: their thread runs there if all there are worse. */
static void
test_interrupt_thread_prefers_its_cpu(void)
{
	struct actor *swi;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	rig_actor(&r, "user", PRI_USER, 0, 0, work_300ms);
	swi = rig_actor(&r, "softclock", PRI_SOFTCLOCK, -1, SIM_MS, work_1ms);
	swi->thread.cpu = 1;
	rig_run(&r, SIM_MS + 1);
	g_assert_cmpint(swi->thread.cpu, ==, 0);
	g_assert_cmpint(swi->thread.state, ==, THREAD_RUNNING);
	rig_fini(&r);
}

/* ... and not if somebody there is better. */
static void
test_interrupt_thread_floats(void)
{
	struct actor *swi;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	rig_actor(&r, "rx", PRI_RX, 0, 0, work_300ms);
	swi = rig_actor(&r, "softclock", PRI_SOFTCLOCK, -1, SIM_MS, work_1ms);
	rig_run(&r, SIM_MS + 1);
	g_assert_cmpint(swi->thread.cpu, ==, 1);
	g_assert_cmpint(swi->thread.state, ==, THREAD_RUNNING);
	rig_fini(&r);
}

/*
 * `u' is put off CPU 0 for 300 ms.  CPU 1 goes idle after 10 ms: it steals then
 * and not before.
 */
static simtime
put_off(bool steals)
{
	struct actor *u;
	struct rig r;
	simtime ended;

	rig_init(&r, 2, &lock_class_mutex);
	r.sched.steals = steals;
	u = rig_actor(&r, "u", PRI_USER, -1, 0, work_10ms);
	rig_actor(&r, "rx", PRI_RX, 0, SIM_MS, work_300ms);
	rig_actor(&r, "other", PRI_USER, 1, SIM_MS / 2, work_10ms);
	rig_run(&r, SIM_S);
	ended = u->ended;
	rig_fini(&r);
	return (ended);
}

static void
test_idle_cpu_steals(void)
{

	/* 1 ms before, 9 ms from 10.5 ms on. */
	g_assert_cmpint(put_off(true), ==, 19 * SIM_MS + SIM_MS / 2);
	g_assert_cmpint(put_off(false), ==, 310 * SIM_MS);
}

/* A CPU that was idle before and runs nothing does not look again. */
static void
test_sleeping_cpu_does_not_steal(void)
{
	struct actor *u;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	u = rig_actor(&r, "u", PRI_USER, -1, 0, work_10ms);
	rig_actor(&r, "rx", PRI_RX, 0, SIM_MS, work_300ms);
	/* Its interrupt runs a thread for a moment: then it does. */
	rig_actor(&r, "rx1", PRI_RX, 1, 100 * SIM_MS, work_1ms);
	rig_run(&r, SIM_S);
	g_assert_cmpint(u->ended, ==, 110 * SIM_MS);
	rig_fini(&r);
}

/* When `w' ended, who waits on CPU 0 with four others, while CPU 1 has one. */
static simtime
unbalanced(bool balances)
{
	struct actor *w;
	struct rig r;
	simtime ended;

	rig_init(&r, 2, &lock_class_mutex);
	r.sched.balances = balances;
	sched_balance_start(&r.sched);
	rig_actor(&r, "rx0", PRI_RX, 0, 0, work_10s);
	rig_actor(&r, "rx0b", PRI_RX, 0, 0, work_10s);
	rig_actor(&r, "rx0c", PRI_RX, 0, 0, work_10s);
	w = rig_actor(&r, "w", PRI_USER, -1, 0, work_10ms);
	w->thread.cpu = 0;
	rig_actor(&r, "one", PRI_USER, 1, 0, burn_10s)->thread.user = true;
	/* Put where it would not have gone by itself. */
	w->thread.bound = 0;
	rig_run(&r, SIM_MS);
	g_assert_cmpint(w->thread.state, ==, THREAD_READY);
	w->thread.bound = -1;
	r.sched.cpus[0].rq.movable++;
	r.sched.movable++;
	rig_run(&r, 9 * SIM_S);
	ended = w->ended;
	rig_fini(&r);
	return (ended);
}

static void
test_balance(void)
{

	/* Moved within 1.5 s; then it waits for the slice of `one'. */
	g_assert_cmpint(unbalanced(false), ==, 0);
	g_assert_cmpint(unbalanced(true), >, 400 * SIM_MS);
	g_assert_cmpint(unbalanced(true), <, 1700 * SIM_MS);
}

/*
 * Interrupt threads preempt at once; a user waits for another's return to user
 * mode, however long that is, and however short its slice.
 */
static void
test_kernel_is_not_sliced(void)
{
	struct actor *a, *b, *i;
	struct rig r;

	rig_init(&r, 1, &lock_class_mutex);
	a = rig_actor(&r, "a", PRI_USER, -1, 0, work_300ms);
	b = rig_actor(&r, "b", PRI_CONSOLE, -1, SIM_MS, work_1ms);
	i = rig_actor(&r, "rx", PRI_RX, 0, 200 * SIM_MS, work_1ms);
	rig_run(&r, SIM_S);
	g_assert_cmpint(i->ended, ==, 201 * SIM_MS);
	g_assert_cmpint(a->ended, ==, 301 * SIM_MS);
	g_assert_cmpint(b->ended, ==, 302 * SIM_MS);
	rig_fini(&r);
}

static void
test_check_at_return(void)
{
	static const struct act calls[] = { ACT_WORK(150 * SIM_MS),
	    ACT_RETURN, ACT_WORK(150 * SIM_MS), ACT_DONE };
	struct actor *a, *b;
	struct rig r;

	rig_init(&r, 1, &lock_class_mutex);
	a = rig_actor(&r, "a", PRI_USER, -1, 0, calls);
	b = rig_actor(&r, "b", PRI_USER, -1, SIM_MS, work_1ms);
	rig_run(&r, SIM_S);
	/* The slice ended at 94 ms, the system call at 150. */
	g_assert_cmpint(b->ended, ==, 151 * SIM_MS);
	g_assert_cmpint(a->ended, ==, 301 * SIM_MS);
	rig_fini(&r);
}

/* User mode is left at the end of a slice: 12 ticks of stathz for two. */
static void
test_user_mode_is_sliced(void)
{
	static const struct act burn[] = { ACT_USER_WORK(300 * SIM_MS),
	    ACT_DONE };
	struct actor *a, *b;
	struct rig r;

	rig_init(&r, 1, &lock_class_mutex);
	a = rig_actor(&r, "a", PRI_USER, -1, 0, burn);
	b = rig_actor(&r, "b", PRI_USER, -1, SIM_MS, work_1ms);
	rig_run(&r, SIM_S);
	g_assert_cmpint(b->ended, >, 94 * SIM_MS);
	g_assert_cmpint(b->ended, <, 97 * SIM_MS);
	g_assert_cmpint(a->ended, ==, 301 * SIM_MS);
	rig_fini(&r);
}

/*
 * ast() puts who leaves user mode behind its equals, and 120 and 121 share a
 * queue: a better one that the clock wakes runs at once, with .yields_last.
 */
static simtime
neighbour_ends(const struct prio_table *p)
{
	static const struct act burn[] = { ACT_USER_WORK(50 * SIM_MS),
	    ACT_DONE };
	struct actor *a, *b;
	struct rig r;
	simtime ended;

	rig_init(&r, 1, &lock_class_mutex);
	sched_set_prio(&r.sched, p);
	a = rig_actor(&r, "a", PRI_USER, -1, 0, burn);
	a->thread.interact = (struct interact){ .ran = SIM_S / 40,
	    .slept = SIM_S };
	b = rig_actor(&r, "b", PRI_USER, -1, SIM_MS, work_1ms);
	b->thread.interact = (struct interact){ .slept = SIM_S };
	rig_run(&r, SIM_MS - 1);
	g_assert_cmpuint(a->thread.pri, ==, 121);
	rig_run(&r, SIM_S);
	g_assert_cmpint(MAX(a->ended, b->ended), ==, 51 * SIM_MS);
	ended = b->ended;
	rig_fini(&r);
	return (ended);
}

static void
test_user_mode_is_left_for_a_neighbour(void)
{
	struct prio_table p;

	p = prio_freebsd_12;
	g_assert_cmpint(neighbour_ends(&p), ==, 2 * SIM_MS);
	p.yields_last = false;
	g_assert_cmpint(neighbour_ends(&p), ==, 51 * SIM_MS);
}

/*
 * Another CPU wakes an interactive thread: it takes the CPU from a batch thread
 * at once, in the middle of the kernel; from an interactive one it does not.
 */
static simtime
woken_from_afar(bool batch, bool remote)
{
	static const struct act wakes[] = { ACT_WORK(SIM_MS), ACT_WAKE(0),
	    ACT_WORK(300 * SIM_MS), ACT_DONE };
	struct actor *shell, *owner;
	struct rig r;
	simtime ended;

	rig_init(&r, 2, &lock_class_mutex);
	shell = rig_actor(&r, "shell", PRI_CONSOLE, -1, 10 * SIM_S, work_1ms);
	owner = rig_actor(&r, "owner", PRI_USER, -1, 0, work_300ms);
	owner->thread.bound = 0;
	if (batch)
		make_batch(owner);
	if (remote)
		rig_actor(&r, "rx", PRI_RX, 1, 0, wakes);
	else {
		/* The clock of its own CPU wakes it; the other is taken. */
		rig_actor(&r, "rx", PRI_RX, 1, 0, work_300ms);
		sim_at(r.sim, SCHED_NSLOTS(2), SIM_MS);
	}
	rig_run(&r, SIM_S);
	ended = shell->ended;
	rig_fini(&r);
	return (ended);
}

static void
test_remote_preemption(void)
{

	g_assert_cmpint(woken_from_afar(true, true), ==, 2 * SIM_MS);
	g_assert_cmpint(woken_from_afar(false, true), >, 299 * SIM_MS);
	g_assert_cmpint(woken_from_afar(true, false), >, 299 * SIM_MS);
}

/*
 * A spinner whose owner is preempted so sleeps and lends it its priority, and
 * the owner goes on at once, ahead of the shell.
 */
static void
test_put_off_owner_is_lent(void)
{
	static const struct act owns[] = { ACT_LOCK(0),
	    ACT_WORK(100 * SIM_MS), ACT_UNLOCK(0), ACT_DONE };
	static const struct act wants[] = { ACT_LOCK(0), ACT_UNLOCK(0),
	    ACT_DONE };
	static const struct act wakes[] = { ACT_WORK(SIM_MS), ACT_WAKE(0),
	    ACT_WORK(300 * SIM_MS), ACT_DONE };
	struct actor *owner, *shell, *rx;
	struct rig r;

	rig_init(&r, 3, &lock_class_mutex);
	shell = rig_actor(&r, "shell", PRI_CONSOLE, -1, 10 * SIM_S,
	    work_10ms);
	owner = rig_actor(&r, "owner", PRI_USER, -1, 0, owns);
	make_batch(owner);
	rx = rig_actor(&r, "rx", PRI_RX, 1, SIM_MS / 2, wants);
	rig_actor(&r, "rx2", PRI_RX, 2, 0, wakes);
	rig_run(&r, SIM_MS + 1);
	g_assert_true(r.sched.cpus[0].cur == &shell->thread);
	g_assert_cmpint(rx->thread.state, ==, THREAD_SPINNING);
	/* It sees that within a delay, 0.1 ms so far. */
	rig_run(&r, 2 * SIM_MS);
	g_assert_cmpint(rx->thread.state, ==, THREAD_BLOCKED);
	g_assert_cmpuint(owner->thread.pri, ==, PRI_RX);
	g_assert_cmpint(owner->thread.state, ==, THREAD_RUNNING);
	rig_run(&r, SIM_S);
	g_assert_cmpint(rx->ended, <, 102 * SIM_MS);
	rig_fini(&r);
}

/* Inside the kernel a user keeps its priority; its return gives it the new. */
static void
test_priority_at_return(void)
{
	static const struct act calls[] = { ACT_WORK(4 * SIM_S), ACT_RETURN,
	    ACT_WORK(SIM_S), ACT_DONE };
	struct actor *a;
	struct rig r;

	rig_init(&r, 1, &lock_class_mutex);
	a = rig_actor(&r, "a", PRI_USER, -1, SIM_S, calls);
	rig_run(&r, 5 * SIM_S - 1);
	/* That of a program that was just loaded. */
	g_assert_cmpuint(a->thread.pri, ==, 121);
	rig_run(&r, 5 * SIM_S + 1);
	g_assert_cmpuint(a->thread.pri, >=, 172);
	/* Asleep in the kernel it has the best of the batch range. */
	rig_run(&r, 7 * SIM_S);
	g_assert_cmpint(a->thread.state, ==, THREAD_IDLE);
	g_assert_cmpuint(a->thread.pri, ==, 152);
	rig_fini(&r);
}

/* ---- fewer cores than CPUs --------------------------------------------- */

/* Two that compute on one core take twice as long while both do. */
static void
test_cores_are_shared(void)
{
	struct actor *a, *b;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	share_init(&r.sched.share, 1, 0, 0, 1);
	a = rig_actor(&r, "a", PRI_RX, 0, 0, work_10ms);
	b = rig_actor(&r, "b", PRI_RX, 1, 0, work_1ms);
	rig_run(&r, SIM_S);
	g_assert_cmpint(b->ended, ==, 2 * SIM_MS);
	g_assert_cmpint(a->ended, ==, 11 * SIM_MS);
	rig_fini(&r);
}

/* Half of all cores goes to interrupts. */
static void
test_ticks_take_their_part(void)
{
	struct actor *a;
	struct rig r;

	rig_init(&r, 1, &lock_class_mutex);
	share_init(&r.sched.share, 0, 0.5, 0, 1);
	a = rig_actor(&r, "a", PRI_RX, 0, 0, work_1ms);
	rig_run(&r, SIM_S);
	g_assert_cmpint(a->ended, ==, 2 * SIM_MS);
	rig_fini(&r);
}

/* What is put off in between has as much left as it had not done. */
static void
test_left_is_work(void)
{
	struct actor *a, *b, *c;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	share_init(&r.sched.share, 1, 0, 0, 1);
	a = rig_actor(&r, "a", PRI_GIANT, 0, 0, work_10ms);
	b = rig_actor(&r, "b", PRI_RX, 1, 0, work_10ms);
	c = rig_actor(&r, "c", PRI_RX, 0, 2 * SIM_MS, work_1ms);
	rig_run(&r, SIM_S);
	/* Two ms each half, two for c's one, then a has 9 and b 8 to go. */
	g_assert_cmpint(c->ended, ==, 4 * SIM_MS);
	g_assert_cmpint(b->ended, ==, 20 * SIM_MS);
	g_assert_cmpint(a->ended, ==, 21 * SIM_MS);
	rig_fini(&r);
}

/*
 * Who spins computes nothing, and waits a turn for each pause while somebody
 * does: between two looks are as many turns as its delay has pauses.
 */
static void
test_pause_gives_the_turn_away(void)
{
	static const struct act hold[] = { ACT_LOCK(0), ACT_WORK(SIM_MS),
	    ACT_UNLOCK(0), ACT_WORK(50 * SIM_MS), ACT_DONE };
	static const struct act want[] = { ACT_LOCK(0), ACT_UNLOCK(0),
	    ACT_DONE };
	const simtime turns[] = { 0, SIM_MS };
	struct actor *late, *owner;
	struct rig r;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(turns); i++) {
		rig_init(&r, 2, &lock_class_mutex);
		r.set.backoff.max = 2;
		share_init(&r.sched.share, 1, 0, turns[i],
		    r.set.backoff.pause);
		owner = rig_actor(&r, "owner", PRI_RX, 0, 0, hold);
		late = rig_actor(&r, "late", PRI_RX, 1, 1, want);
		rig_run(&r, SIM_S);
		/* It leaves the core to the owner, but for what it looks. */
		g_assert_cmpint(owner->ended, ==, 51 * SIM_MS);
		if (turns[i] == 0)
			g_assert_cmpint(late->got[0], <=, SIM_MS +
			    2 * r.set.backoff.pause);
		else {
			g_assert_cmpint(late->got[0], >, SIM_MS +
			    4 * r.set.backoff.pause);
			g_assert_cmpint(late->got[0], <=, SIM_MS +
			    2 * turns[i]);
		}
		rig_fini(&r);
	}
}

/* If nobody computes a pause is only a pause. */
static void
test_idle_core_spins_fast(void)
{
	static const struct act hold[] = { ACT_LOCK(0), ACT_WORK(SIM_MS),
	    ACT_UNLOCK(0), ACT_DONE };
	static const struct act want[] = { ACT_LOCK(0), ACT_UNLOCK(0),
	    ACT_DONE };
	struct actor *late;
	struct rig r;

	rig_init(&r, 2, &lock_class_mutex);
	share_init(&r.sched.share, 1, 0, SIM_MS, r.set.backoff.pause);
	rig_actor(&r, "owner", PRI_RX, 0, 0, hold);
	late = rig_actor(&r, "late", PRI_RX, 1, 1, want);
	rig_run(&r, SIM_S);
	g_assert_cmpint(late->got[0], <=, SIM_MS + 4 *
	    r.set.backoff.pause);
	rig_fini(&r);
}

/* A device's interrupt comes where its thread is at home. */
static void
test_interrupt_at_home(void)
{
	struct actor *a;
	struct rig r;

	rig_init(&r, 4, &lock_class_mutex);
	a = rig_actor(&r, "irq", PRI_RX, -1, SIM_MS, work_1ms);
	a->thread.user = false;
	a->thread.home = 3;
	rig_run(&r, SIM_S);
	g_assert_cmpint(a->thread.cpu, ==, 3);
	/* Ran, and neither spun nor slept for a lock. */
	g_assert_cmpint(a->thread.used.ran, ==, SIM_MS);
	g_assert_cmpint(a->thread.used.spun, ==, 0);
	rig_fini(&r);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sched/last_cpu_first", test_last_cpu_first);
	g_test_add_func("/sched/least_loaded", test_least_loaded);
	g_test_add_func("/sched/interrupt_thread_prefers_its_cpu",
	    test_interrupt_thread_prefers_its_cpu);
	g_test_add_func("/sched/interrupt_thread_floats",
	    test_interrupt_thread_floats);
	g_test_add_func("/sched/idle_cpu_steals", test_idle_cpu_steals);
	g_test_add_func("/sched/sleeping_cpu_does_not_steal",
	    test_sleeping_cpu_does_not_steal);
	g_test_add_func("/sched/balance", test_balance);
	g_test_add_func("/sched/user_mode_is_left_for_a_neighbour",
	    test_user_mode_is_left_for_a_neighbour);
	g_test_add_func("/sched/kernel_is_not_sliced",
	    test_kernel_is_not_sliced);
	g_test_add_func("/sched/check_at_return", test_check_at_return);
	g_test_add_func("/sched/user_mode_is_sliced",
	    test_user_mode_is_sliced);
	g_test_add_func("/sched/remote_preemption", test_remote_preemption);
	g_test_add_func("/sched/put_off_owner_is_lent",
	    test_put_off_owner_is_lent);
	g_test_add_func("/sched/priority_at_return", test_priority_at_return);
	g_test_add_func("/sched/interrupt_at_home", test_interrupt_at_home);
	g_test_add_func("/share/cores", test_cores_are_shared);
	g_test_add_func("/share/ticks", test_ticks_take_their_part);
	g_test_add_func("/share/left_is_work", test_left_is_work);
	g_test_add_func("/share/pause_gives_the_turn_away",
	    test_pause_gives_the_turn_away);
	g_test_add_func("/share/idle_core_spins_fast",
	    test_idle_core_spins_fast);
	return (g_test_run());
}
