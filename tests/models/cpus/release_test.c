/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the schedulers of 11, 14 and 15 do otherwise than that of 12.x, each
 * with its function; and priorities at a first wake-up.  Each test fails if its
 * rule is broken.
 */

#include <glib.h>

#include "models/cpus/interact.h"
#include "models/cpus/runq.h"
#include "tests/models/locks/lock_rig.h"

static const struct act work_1ms[] = { ACT_WORK(SIM_MS), ACT_DONE };
static const struct act work_50ms[] = { ACT_WORK(50 * SIM_MS), ACT_DONE };
static const struct act work_300ms[] = { ACT_WORK(300 * SIM_MS), ACT_DONE };

static const struct prio_table *const all[] = { &prio_freebsd_12,
    &prio_freebsd_12_2, &prio_freebsd_14, &prio_freebsd_15 };

static void
rig_of(struct rig *r, unsigned ncpus, const struct prio_table *prio)
{

	rig_init(r, ncpus, &lock_class_mutex);
	sched_set_prio(&r->sched, prio);
}

/* One of the kernel's, by its name; bound unless `cpu' is -1. */
static struct actor *
kernel(struct rig *r, enum pri pri, int cpu, simtime start,
    const struct act *script)
{
	struct actor *a;
	struct thread *t;

	a = rig_actor(r, "kernel", pri, cpu, start, script);
	t = &a->thread;
	t->user = false;
	t->pri = t->base_pri = t->user_pri = prio_of(r->sched.prio, pri);
	return (a);
}

/* A user's thread on CPU 0, in user mode at none of its times. */
static struct actor *
user(struct rig *r, uint8_t pri, simtime start, const struct act *script)
{
	struct actor *a;
	struct thread *t;

	a = rig_actor(r, "user", PRI_USER, 0, start, script);
	t = &a->thread;
	t->pri = t->base_pri = t->user_pri = pri;
	return (a);
}

/*
 * sys/sys/priority.h: PI_SOFTCLOCK, PRI_MIN_KERN, PRI_MIN_TIMESHARE, PSOCK;
 * PRI_MIN_BATCH, SCHED_PRI_MIN and SCHED_PRI_RANGE of sched_ule.c follow from
 * them and from the levels that nice(1) has: 40, in 15 50.
 */
static void
test_ranges(void)
{
	static const struct {
		unsigned softclock, kern, timeshare, psock, nice;
	} header[G_N_ELEMENTS(all)] = {
		{ 40, 80, 120, 104, 40 }, { 40, 80, 120, 104, 40 },
		{ 8, 48, 88, 72, 40 }, { 2, 40, 56, 46, 50 }
	};
	const struct prio_table *p;
	unsigned i, interact;

	for (i = 0; i < G_N_ELEMENTS(all); i++) {
		p = all[i];
		g_assert_cmpuint(p->softclock, ==, header[i].softclock);
		g_assert_cmpuint(prio_of(p, PRI_SOFTCLOCK), ==, p->softclock);
		g_assert_cmpuint(p->preempt, ==, header[i].kern);
		g_assert_cmpuint(p->min_interact, ==, header[i].timeshare);
		g_assert_cmpuint(prio_of(p, PRI_PSOCK), ==, header[i].psock);
		interact = (224 - header[i].timeshare - header[i].nice) / 2;
		g_assert_cmpuint(p->max_interact, ==,
		    header[i].timeshare + interact - 1);
		g_assert_cmpuint(p->min_batch, ==, p->max_interact + 1);
		g_assert_cmpuint(p->max_batch, ==, 223);
		g_assert_cmpuint(p->batch, ==,
		    p->min_batch + header[i].nice / 2);
		g_assert_cmpuint(p->batch_range, ==, p->max_batch + 1 -
		    p->min_batch - header[i].nice);
	}
}

/*
 * sched_priority(): in 12.1 a score is worth as many whole priorities as the
 * range has for each; in 14.0 scores 0 to 29 are spread over all of it.
 */
static void
test_scores_spread(void)
{
	struct interact ia = { .slept = SIM_S };

	ia.ran = 29 * SIM_S / 50;
	g_assert_cmpuint(interact_score(&ia), ==, 29);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_12), ==, 149);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_14), ==, 134);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_15), ==, 113);
	ia.ran = SIM_S / 50;
	g_assert_cmpuint(interact_score(&ia), ==, 1);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_14), ==, 89);
	g_assert_cmpuint(interact_pri(&ia, &prio_freebsd_15), ==, 57);
}

/* Which of two goes first, the second being better by `by'. */
static bool
second_first(const struct prio_table *p, uint8_t pri, unsigned by)
{
	struct thread first, second;
	struct runq rq;

	runq_init(&rq, p);
	thread_init(&first, "first", 0, PRI_USER, -1);
	thread_init(&second, "second", 1, PRI_USER, -1);
	first.pri = pri;
	second.pri = (uint8_t)(pri - by);
	runq_add(&rq, &first, false);
	runq_add(&rq, &second, false);
	g_assert_true(runq_before(&rq, &second, &first) ==
	    (runq_best(&rq) == &second));
	return (runq_best(&rq) == &second);
}

/*
 * runq_add(): in 14.0 priorities of one multiple of RQ_PPQ (4) share a queue,
 * first come first; from 15 on each has its own.
 */
static void
test_queues(void)
{

	g_assert_false(second_first(&prio_freebsd_14, 91, 3));
	g_assert_true(second_first(&prio_freebsd_14, 92, 1));
	g_assert_true(second_first(&prio_freebsd_15, 59, 1));
	g_assert_false(second_first(&prio_freebsd_15, 59, 0));
}

/*
 * tdq_runq_add(): the batch range is spread over the 64 queues of a ring; in 15
 * each of its 109 priorities has one.
 */
static void
test_batch_queues(void)
{
	struct thread t;
	struct runq rq;

	thread_init(&t, "t", 0, PRI_USER, -1);
	runq_init(&rq, &prio_freebsd_14);
	t.pri = 223;
	runq_add(&rq, &t, false);
	g_assert_cmpuint(t.turn, ==, 63);
	runq_init(&rq, &prio_freebsd_15);
	runq_add(&rq, &t, false);
	g_assert_cmpuint(t.turn, ==, 108);
}

/*
 * sched_pickcpu(): softclock ran on CPU 1 last and is woken on CPU 0, where a
 * user's thread is.  12.1 puts that off; 14.0 takes the idle CPU.
 */
static int
softclock_goes_to(const struct prio_table *p)
{
	struct actor *swi;
	struct rig r;
	int cpu;

	rig_of(&r, 2, p);
	user(&r, p->min_interact, 0, work_300ms);
	swi = kernel(&r, PRI_SOFTCLOCK, -1, SIM_MS, work_1ms);
	swi->thread.cpu = 1;
	rig_run(&r, SIM_MS + 1);
	g_assert_cmpint(swi->thread.state, ==, THREAD_RUNNING);
	cpu = swi->thread.cpu;
	rig_fini(&r);
	return (cpu);
}

static void
test_interrupts_go_where_it_is_idle(void)
{

	g_assert_cmpint(softclock_goes_to(&prio_freebsd_12), ==, 0);
	g_assert_cmpint(softclock_goes_to(&prio_freebsd_12_2), ==, 1);
	g_assert_cmpint(softclock_goes_to(&prio_freebsd_14), ==, 1);
	g_assert_cmpint(softclock_goes_to(&prio_freebsd_15), ==, 1);
}

/* .. and its own CPU, if that is idle, rather than its last. */
static void
test_interrupts_stay_where_it_is_idle(void)
{
	struct actor *swi;
	struct rig r;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(all); i++) {
		rig_of(&r, 2, all[i]);
		swi = kernel(&r, PRI_SOFTCLOCK, -1, SIM_MS, work_1ms);
		swi->thread.cpu = 1;
		rig_run(&r, SIM_MS + 1);
		g_assert_cmpint(swi->thread.cpu, ==, 0);
		rig_fini(&r);
	}
}

/*
 * .. and if somebody better has that one, it is its last CPU all the same: of
 * the two that are idle it is not always the one where it ran.
 */
static int
away_from_a_better_one(const struct prio_table *p, uint32_t random)
{
	struct actor *swi;
	struct rig r;
	int cpu;

	rig_of(&r, 3, p);
	r.sched.random = random;
	kernel(&r, PRI_NET, 0, 0, work_300ms)->thread.pri = 0;
	swi = kernel(&r, PRI_SOFTCLOCK, -1, SIM_MS, work_1ms);
	swi->thread.cpu = 2;
	rig_run(&r, SIM_MS + 1);
	cpu = swi->thread.cpu;
	rig_fini(&r);
	return (cpu);
}

static void
test_interrupts_forget_where_they_ran(void)
{
	unsigned at[3], i, j;

	for (i = 0; i < G_N_ELEMENTS(all); i++) {
		memset(at, 0, sizeof(at));
		for (j = 0; j < 64; j++)
			at[away_from_a_better_one(all[i], j)]++;
		g_assert_cmpuint(at[0], ==, 0);
		g_assert_cmpuint(at[1], >, 10);
		g_assert_cmpuint(at[2], >, 10);
	}
}

/*
 * tdq_notify(): a batch thread runs on CPU 0, and an interactive one that its
 * own clock woke waits there.  CPU 1 wakes another for CPU 0.  In 12.1 the
 * running thread is compared with that one, and is put off; in 14.0 all that
 * are there, of whom one is as good.
 */
static simtime
second_from_afar(const struct prio_table *p)
{
	static const struct act wakes[] = { ACT_WORK(2 * SIM_MS), ACT_WAKE(2),
	    ACT_WORK(300 * SIM_MS), ACT_DONE };
	struct actor *first;
	struct rig r;
	simtime ended;

	rig_of(&r, 2, p);
	user(&r, p->batch, 0, work_300ms);
	first = user(&r, p->min_interact, SIM_MS, work_1ms);
	user(&r, p->min_interact, 10 * SIM_S, work_1ms);
	kernel(&r, PRI_RX, 1, 0, wakes);
	rig_run(&r, SIM_S);
	ended = first->ended;
	rig_fini(&r);
	return (ended);
}

static void
test_who_waits_counts(void)
{

	/* The second puts the batch thread off, and the first runs. */
	g_assert_cmpint(second_from_afar(&prio_freebsd_12), ==, 3 * SIM_MS);
	/* Nobody runs until the batch thread has done. */
	g_assert_cmpint(second_from_afar(&prio_freebsd_14), ==, 301 * SIM_MS);
}

/*
 * sched_clock(), sched_wakeup(): softclock runs for 300 ms, and behind it
 * stands a receive thread, its equal.  In 12.1 it has no slice; in 14.0 its
 * slice ends after 12 ticks of stathz, and it is worse by 4 (in 15 by 1) until
 * it has slept.
 */
static simtime
behind_softclock(const struct prio_table *p, uint8_t *pri)
{
	struct actor *rx, *swi;
	struct rig r;
	simtime ended;

	rig_of(&r, 1, p);
	swi = kernel(&r, PRI_SOFTCLOCK, 0, 0, work_300ms);
	swi->thread.ithd = true;
	rx = kernel(&r, PRI_SOFTCLOCK, 0, SIM_MS, work_50ms);
	rig_run(&r, 200 * SIM_MS);
	*pri = swi->thread.pri;
	rig_run(&r, SIM_S);
	ended = rx->ended;
	g_assert_cmpint(swi->ended > 0, ==, true);
	swi->script = work_1ms;
	sched_interrupt(&r.sched);
	sched_wake(&r.sched, &swi->thread);
	g_assert_cmpuint(swi->thread.pri, ==, p->softclock);
	rig_fini(&r);
	return (ended);
}

static void
test_interrupt_threads_have_slices(void)
{
	uint8_t pri;

	g_assert_cmpint(behind_softclock(&prio_freebsd_12, &pri), ==,
	    350 * SIM_MS);
	g_assert_cmpuint(pri, ==, 40);
	g_assert_cmpint(behind_softclock(&prio_freebsd_14, &pri), ==,
	    12 * (SIM_S / 127) + 50 * SIM_MS);
	g_assert_cmpuint(pri, ==, 12);
	g_assert_cmpint(behind_softclock(&prio_freebsd_15, &pri), ==,
	    12 * (SIM_S / 127) + 50 * SIM_MS);
	g_assert_cmpuint(pri, ==, 3);
}

/* 12 is the worst of 14.0: a second slice makes it no worse. */
static void
test_demoted_once(void)
{
	struct actor *swi;
	struct rig r;

	rig_of(&r, 1, &prio_freebsd_14);
	swi = kernel(&r, PRI_SOFTCLOCK, 0, 0, work_300ms);
	swi->thread.ithd = true;
	rig_run(&r, 290 * SIM_MS);
	g_assert_cmpuint(swi->thread.pri, ==, 12);
	rig_run(&r, SIM_S);
	g_assert_cmpint(swi->ended, ==, 300 * SIM_MS);
	rig_fini(&r);
}

/*
 * sleepq_resume_thread(): who is woken in a socket has PSOCK until it is in
 * user mode, at its first wake-up as at any other.
 */
static void
test_first_wake(void)
{
	struct actor *a, *busy;
	struct rig r;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(all); i++) {
		rig_of(&r, 1, all[i]);
		busy = kernel(&r, PRI_NET, 0, 0, work_300ms);
		a = rig_actor(&r, "a", PRI_CONSOLE, -1, 10 * SIM_S, work_1ms);
		rig_run(&r, SIM_MS);
		g_assert_cmpint(busy->thread.state, ==, THREAD_RUNNING);
		sched_interrupt(&r.sched);
		sched_set_pri(&r.sched, &a->thread,
		    prio_of(all[i], PRI_PSOCK));
		sched_wake(&r.sched, &a->thread);
		g_assert_cmpint(a->thread.state, ==, THREAD_READY);
		g_assert_cmpuint(a->thread.pri, ==,
		    prio_of(all[i], PRI_PSOCK));
		rig_run(&r, 300 * SIM_MS + 1);
		g_assert_cmpint(a->thread.state, ==, THREAD_RUNNING);
		g_assert_cmpuint(a->thread.pri, >=, all[i]->min_interact);
		g_assert_cmpuint(a->thread.pri, <=, all[i]->max_interact);
		rig_fini(&r);
	}
}

/* ---- 11.0, as its source has it: off in its table (docs/MODEL.md) ------ */

/*
 * sched_switch(): a receive thread puts a user's off its CPU, where an equal
 * waits.  From 12 on that one goes on waiting; in 11.0 it is its turn.
 */
static simtime
behind_who_is_put_off(const struct prio_table *p)
{
	struct actor *waits;
	struct rig r;
	simtime ended;

	rig_of(&r, 1, p);
	user(&r, p->min_interact, 0, work_300ms);
	waits = user(&r, p->min_interact, SIM_MS, work_1ms);
	kernel(&r, PRI_RX, 0, 10 * SIM_MS, work_1ms);
	rig_run(&r, SIM_S);
	ended = waits->ended;
	rig_fini(&r);
	return (ended);
}

static void
test_who_is_put_off(void)
{
	struct prio_table p;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(all); i++)
		g_assert_cmpint(behind_who_is_put_off(all[i]), ==,
		    302 * SIM_MS);
	p = prio_freebsd_11;
	g_assert_cmpint(behind_who_is_put_off(&p), ==, 12 * SIM_MS);
	p.preempted_last = false;
	g_assert_cmpint(behind_who_is_put_off(&p), ==, 302 * SIM_MS);
}

/* sched_balance() is never called in 11.0, whatever kern.sched.balance says. */
static bool
balances(const struct prio_table *p)
{
	struct rig r;
	bool will;

	rig_of(&r, 2, p);
	r.sched.balances = true;
	sched_balance_start(&r.sched);
	will = sim_due(r.sim, r.sched.slot_balance) != SIM_NEVER;
	rig_fini(&r);
	return (will);
}

static void
test_balances(void)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(all); i++)
		g_assert_true(balances(all[i]));
	g_assert_false(balances(&prio_freebsd_11));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/release/ranges", test_ranges);
	g_test_add_func("/release/scores_spread", test_scores_spread);
	g_test_add_func("/release/queues", test_queues);
	g_test_add_func("/release/batch_queues", test_batch_queues);
	g_test_add_func("/release/interrupts_go_where_it_is_idle",
	    test_interrupts_go_where_it_is_idle);
	g_test_add_func("/release/interrupts_stay_where_it_is_idle",
	    test_interrupts_stay_where_it_is_idle);
	g_test_add_func("/release/interrupts_forget_where_they_ran",
	    test_interrupts_forget_where_they_ran);
	g_test_add_func("/release/who_waits_counts", test_who_waits_counts);
	g_test_add_func("/release/interrupt_threads_have_slices",
	    test_interrupt_threads_have_slices);
	g_test_add_func("/release/demoted_once", test_demoted_once);
	g_test_add_func("/release/first_wake", test_first_wake);
	g_test_add_func("/release/who_is_put_off", test_who_is_put_off);
	g_test_add_func("/release/balances", test_balances);
	return (g_test_run());
}
