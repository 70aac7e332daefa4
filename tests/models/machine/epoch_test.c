/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sections of the epoch and what waits for them: the machine and this part
 * alone; readers are played by the test.
 */

#include <glib.h>

#include "models/machine/epoch.h"
#include "models/machine/machine.h"
#include "tests/models/machine/run_rig.h"

#define	NSLOTS	16
#define	TICK	SIM_MS		/* of kern.hz = 1000 */
#define	LOOK	(100 * SIM_US)
#define	EVENTS	8

extern const struct lock_plan plan_freebsd_11, plan_freebsd_12,
    plan_freebsd_14;

struct bench;

/* What the test does at some time. */
struct deed {
	simtime		when;
	void		(*fn)(struct bench *, struct thread *);
	struct thread	*thread;
};

struct bench {
	struct run_rig	rig;
	struct run_result *res;
	struct machine	*m;
	struct epoch	epoch;
	struct thread	readers[2], closer;
	struct deed	deeds[EVENTS];
	unsigned	ndeeds, done;
	unsigned	slot;
	struct thread	victim;
	simtime		finished;	/* when the victim had computed */
};

static void
bench_next(struct bench *b)
{

	if (b->done < b->ndeeds)
		sim_at(b->m->sim, b->slot, b->deeds[b->done].when);
}

static void
bench_due(void *bench, const struct sim_event *ev)
{
	struct bench *b;
	struct deed *d;

	(void)ev;
	b = bench;
	d = &b->deeds[b->done++];
	d->fn(b, d->thread);
	bench_next(b);
}

static void
bench_at(struct bench *b, simtime when, void (*fn)(struct bench *,
    struct thread *), struct thread *t)
{

	g_assert_cmpuint(b->ndeeds, <, EVENTS);
	b->deeds[b->ndeeds++] = (struct deed){ when, fn, t };
	bench_next(b);
}

/* Readers are on CPU 0; who closes is on CPU 1, which ticks at 0.25, 1.25 .. */
static void
bench_init(struct bench *b, bool calls, bool pins)
{
	unsigned i;

	memset(b, 0, sizeof(*b));
	run_rig_init(&b->rig, "freebsd-12.0");
	run_rig_cost(&b->rig, COST_EPOCH, LOOK);
	b->rig.conf.nworkloads = 0;
	b->rig.conf.duration = 20 * TICK;
	b->rig.conf.kernel.hz = 1000;
	b->rig.conf.kernel.epoch_calls = calls;
	b->rig.conf.kernel.epoch_pins = pins;
	b->res = g_new0(struct run_result, 1);
	b->m = machine_new(&b->rig.conf, b->res, NSLOTS);
	b->slot = machine_slot(b->m, bench_due, b);
	epoch_init(&b->epoch, b->m);
	for (i = 0; i < 2; i++) {
		thread_init(&b->readers[i], "reader", i, PRI_RX, -1);
		b->readers[i].cpu = 0;
	}
	thread_init(&b->closer, "closer", 2, PRI_USER, -1);
	b->closer.cpu = 1;
}

static void
bench_fini(struct bench *b)
{

	epoch_fini(&b->epoch);
	machine_free(b->m);
	run_result_free(b->res);
}

static void
enter(struct bench *b, struct thread *t)
{

	b->m->epoch.enter(b->m->epoch.arg, t);
}

static void
leave(struct bench *b, struct thread *t)
{

	b->m->epoch.leave(b->m->epoch.arg, t, false);
}

static void
close_one(struct bench *b, struct thread *t)
{

	enter(b, t);
	b->m->epoch.leave(b->m->epoch.arg, t, true);
}

static uint64_t
pending(const struct bench *b)
{

	return (b->epoch.cpus[1].pending);
}

/* Nobody reads: the first look frees. */
static void
test_free_at_once(void)
{
	struct bench b;

	bench_init(&b, true, false);
	bench_at(&b, TICK / 2, close_one, &b.closer);
	machine_run(b.m);
	g_assert_cmpuint(pending(&b), ==, 0);
	g_assert_cmpuint(b.epoch.looks, ==, 1);
	bench_fini(&b);
}

/*
 * One reads from before the close until 7 ticks: each tick there is
 * a look, on the CPU where it was closed alone, and the one behind the last
 * frees.
 */
static void
test_reader_holds_up(void)
{
	struct bench b;

	bench_init(&b, true, false);
	bench_at(&b, 0, enter, &b.readers[0]);
	bench_at(&b, TICK / 2, close_one, &b.closer);
	bench_at(&b, 7 * TICK, leave, &b.readers[0]);
	machine_run(b.m);
	g_assert_cmpuint(pending(&b), ==, 0);
	g_assert_cmpuint(b.epoch.looks, ==, 7);
	g_assert_cmpint(b.epoch.cpus[1].thread.used.ran, ==, 7 * LOOK);
	g_assert_cmpint(b.epoch.cpus[0].thread.used.ran, ==, 0);
	bench_fini(&b);
}

/* It never leaves: nothing is freed, and each tick looks. */
static void
test_reader_stays(void)
{
	struct bench b;

	bench_init(&b, true, false);
	bench_at(&b, 0, enter, &b.readers[0]);
	bench_at(&b, TICK / 2, close_one, &b.closer);
	machine_run(b.m);
	g_assert_cmpuint(pending(&b), ==, 1);
	g_assert_cmpuint(b.epoch.looks, ==, 19);
	bench_fini(&b);
}

/* Who began to read after the close is not waited for, epoch by epoch. */
static void
test_later_reader(void)
{
	struct bench b;

	bench_init(&b, true, false);
	bench_at(&b, 0, enter, &b.readers[0]);
	bench_at(&b, TICK / 2, close_one, &b.closer);
	/* A look has moved the epoch on: this one is of the next. */
	bench_at(&b, 3 * TICK, enter, &b.readers[1]);
	bench_at(&b, 7 * TICK, leave, &b.readers[0]);
	machine_run(b.m);
	g_assert_cmpuint(pending(&b), ==, 0);
	g_assert_cmpuint(b.epoch.looks, ==, 7);
	g_assert_cmpuint(b.readers[1].section, >, 0);
	bench_fini(&b);
}

/* ---- who is put off ---------------------------------------------------- */

static void
victim_done(struct thread *t)
{
	struct bench *b;

	b = t->actor;
	b->finished = machine_now(b->m);
	machine_thread_idle(b->m, t);
}

/* A user's thread computes in the kernel, as a search does. */
static void
begin_victim(struct bench *b, struct thread *t)
{

	machine_begin(b->m, t, OP_OBSERVE, CONN_NONE);
	t->charge += 5 * TICK;
}

static simtime
victim_finished(int cpu)
{
	struct bench b;
	simtime finished;

	bench_init(&b, true, false);
	machine_thread(b.m, &b.victim, "victim", PRI_USER, cpu, victim_done);
	b.victim.actor = &b;
	bench_at(&b, 0, enter, &b.readers[0]);
	bench_at(&b, TICK / 2, close_one, &b.closer);
	bench_at(&b, TICK, begin_victim, &b.victim);
	machine_run(b.m);
	finished = b.finished;
	bench_fini(&b);
	return (finished);
}

/* On the CPU where somebody closed a search is put off at each tick. */
static void
test_puts_off(void)
{

	g_assert_cmpint(victim_finished(2), ==, 6 * TICK);
	/* CPU 1 of 4 ticks a quarter later: 6 looks while it computes. */
	g_assert_cmpint(victim_finished(1), ==, 6 * TICK + 6 * LOOK);
}

/*
 * By turns, of 0.4 ms: the clock interrupts CPU 1 while CPU 2 has its turn, and
 * who computes there is put off when CPU 1 takes it, not when it came.
 */
static void
put_off_at(void *arg, const struct trace_rec *rec)
{
	struct bench *b;

	b = arg;
	if (rec->kind == TRACE_PREEMPT && b->finished == 0)
		b->finished = rec->time;
}

static void
test_takes_it_in_its_turn(void)
{
	struct thread neighbour;
	struct bench b;

	bench_init(&b, true, false);
	b.m->sched.trace = (struct trace){ put_off_at, &b };
	turns_init(&b.m->sched.turns, 4, TICK, (simtime []){ TICK * 9 / 10,
	    TICK / 2, TICK * 9 / 10, TICK * 9 / 10 }, SIM_US, 2 * TICK / 5,
	    SIM_US);
	sim_at(b.m->sim, b.m->sched.slot_turn, turns_next(&b.m->sched.turns));
	machine_thread(b.m, &b.victim, "victim", PRI_USER, 1, victim_done);
	machine_thread(b.m, &neighbour, "neighbour", PRI_USER, 2,
	    victim_done);
	b.victim.actor = neighbour.actor = &b;
	bench_at(&b, 0, enter, &b.readers[0]);
	bench_at(&b, TICK / 10, close_one, &b.closer);
	bench_at(&b, TICK / 5, begin_victim, &b.victim);
	bench_at(&b, TICK / 5 + SIM_US, begin_victim, &neighbour);
	b.rig.conf.duration = 3 * TICK / 2;
	machine_run(b.m);
	g_assert_cmpint(b.finished, >, TICK / 2 + 100 * SIM_US);
	bench_fini(&b);
}

/* ---- pins -------------------------------------------------------------- */

static void
test_pins(void)
{
	struct bench b;

	bench_init(&b, false, true);
	b.readers[0].cpu = 3;
	enter(&b, &b.readers[0]);
	g_assert_cmpint(b.readers[0].bound, ==, 3);
	leave(&b, &b.readers[0]);
	g_assert_cmpint(b.readers[0].bound, ==, -1);
	/* Bound already: it stays so. */
	b.readers[1].bound = 0;
	enter(&b, &b.readers[1]);
	leave(&b, &b.readers[1]);
	g_assert_cmpint(b.readers[1].bound, ==, 0);
	/* Calls are not modelled: nobody looks. */
	bench_at(&b, TICK / 2, close_one, &b.closer);
	machine_run(b.m);
	g_assert_cmpuint(b.epoch.looks, ==, 0);
	bench_fini(&b);
}

/* Without either nobody is asked. */
static void
test_off(void)
{
	struct bench b;

	bench_init(&b, false, false);
	g_assert_null(b.m->epoch.enter);
	g_assert_cmpuint(epoch_nslots(&b.rig.conf), ==, 0);
	bench_fini(&b);
}

/* ---- plans ------------------------------------------------------------- */

/* 12 frees pcbs by the epoch; 11 has none, 14 frees without it. */
static void
test_plans(void)
{
	enum op op;

	g_assert_cmpint(plan_epoch(&plan_freebsd_12, OP_ACCEPT), ==,
	    PLAN_EPOCH);
	g_assert_cmpint(plan_epoch(&plan_freebsd_12, OP_TCP_CLOSE), ==,
	    PLAN_EPOCH_FREES);
	g_assert_cmpint(plan_epoch(&plan_freebsd_12, OP_TIMER_CLOSE), ==,
	    PLAN_EPOCH_FREES);
	/* A search is none: that is why it does not hold frees up. */
	g_assert_cmpint(plan_epoch(&plan_freebsd_12, OP_CONNECT), ==,
	    PLAN_NO_EPOCH);
	/* .. but from 14 on, where connect(2) is in a section all along. */
	g_assert_cmpint(plan_epoch(&plan_freebsd_14, OP_CONNECT), ==,
	    PLAN_EPOCH);
	g_assert_cmpint(plan_epoch(&plan_freebsd_14, OP_BIND), ==,
	    PLAN_NO_EPOCH);
	for (op = 0; op < NOPS; op++) {
		g_assert_cmpint(plan_epoch(&plan_freebsd_11, op), ==,
		    PLAN_NO_EPOCH);
		g_assert_cmpint(plan_epoch(&plan_freebsd_14, op), !=,
		    PLAN_EPOCH_FREES);
	}
}

/* ---- in a whole run ---------------------------------------------------- */

static void
count_looks(void *arg, const struct trace_rec *rec)
{

	if (rec->kind == TRACE_RUN && rec->name != NULL &&
	    strncmp(rec->name, "softirq_", 8) == 0)
		++*(unsigned *)arg;
}

/*
 * Ten clients a second come and go while 1,000 connects fill the range, whose
 * searches are long or take no time.  An accept that waits for the hash, in its
 * section, keeps what others close: each tick looks.
 */
static unsigned
run_looks(const char *stack, bool calls, bool search)
{
	struct run_result *res;
	struct run_rig r;
	unsigned looks;

	run_rig_init(&r, stack);
	if (search)
		run_rig_search(&r, SIM_S / 2);
	r.conf.kernel.hz = 1000;
	r.conf.kernel.epoch_calls = calls;
	r.conf.kernel.epoch_pins = calls;
	r.conf.inbound.accepts = run_rig_hz(10);
	r.conf.inbound.lifetime.a = 20 * SIM_MS;
	r.conf.inbound.closer = CLOSER_REMOTE;
	looks = 0;
	r.conf.trace = (struct trace){ count_looks, &looks };
	res = run_simulate(&r.conf);
	run_result_free(res);
	return (looks);
}

static void
test_waiting_accept_holds_up(void)
{
	unsigned calm, stalled;

	calm = run_looks("freebsd-12.0", true, false);
	stalled = run_looks("freebsd-12.0", true, true);
	g_assert_cmpuint(calm, >, 10);
	g_assert_cmpuint(stalled, >, calm + 200);
	g_assert_cmpuint(run_looks("freebsd-12.0", false, true), ==, 0);
	/* 11 has no epochs, whatever the scenario says. */
	g_assert_cmpuint(run_looks("freebsd-11", true, true), ==, 0);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/epoch/free_at_once", test_free_at_once);
	g_test_add_func("/epoch/reader_holds_up", test_reader_holds_up);
	g_test_add_func("/epoch/reader_stays", test_reader_stays);
	g_test_add_func("/epoch/later_reader", test_later_reader);
	g_test_add_func("/epoch/puts_off", test_puts_off);
	g_test_add_func("/epoch/takes_it_in_its_turn",
	    test_takes_it_in_its_turn);
	g_test_add_func("/epoch/pins", test_pins);
	g_test_add_func("/epoch/off", test_off);
	g_test_add_func("/epoch/plans", test_plans);
	g_test_add_func("/epoch/waiting_accept_holds_up",
	    test_waiting_accept_holds_up);
	return (g_test_run());
}
