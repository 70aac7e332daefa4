/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Parts of the machine, each run alone: the machine and nothing else but the
 * parts that it needs.  The rest is played by the test.
 */

#include <glib.h>

#include "models/machine/inbound.h"
#include "models/machine/machine.h"
#include "models/machine/noise.h"
#include "models/machine/observers.h"
#include "models/machine/softclock.h"
#include "models/machine/timewait.h"
#include "tests/models/machine/run_rig.h"

#define	NSLOTS	32

struct bench {
	struct run_rig	rig;
	struct run_result *res;
	struct machine	*m;
	struct softclock softclock;
	struct timewait	timewait;
	GString		*log;		/* what happened, in order */
	struct thread	thread;
	unsigned	slot;
	uint32_t	conn;
	simtime		over;		/* when the connection was over */
};

/* With callouts that take so long. */
static void
bench_init_callouts(struct bench *b, const char *stack, simtime duration,
    simtime callout)
{

	memset(b, 0, sizeof(*b));
	run_rig_init(&b->rig, stack);
	run_rig_cost(&b->rig, COST_CALLOUT, callout);
	b->rig.conf.nworkloads = 0;
	b->rig.conf.duration = duration;
	b->res = g_new0(struct run_result, 1);
	b->m = machine_new(&b->rig.conf, b->res, NSLOTS);
	b->log = g_string_new(NULL);
}

static void
bench_init(struct bench *b, const char *stack, simtime duration)
{

	bench_init_callouts(b, stack, duration, 0);
}

static void
bench_fini(struct bench *b)
{

	machine_free(b->m);
	run_result_free(b->res);
	g_string_free(b->log, TRUE);
}

/* ---- softclock --------------------------------------------------------- */

struct called {
	struct bench	*bench;
	unsigned	times;		/* operations that it asks for */
};

static bool
call(void *arg, struct thread *t, uint32_t data, bool again)
{
	struct called *c;

	c = arg;
	g_string_append_printf(c->bench->log, "%u%s@%jd ", data,
	    again ? "+" : "", (intmax_t)(machine_now(c->bench->m) / SIM_US));
	if (c->times == 0)
		return (false);
	c->times--;
	machine_begin(c->bench->m, t, OP_CALLOUT, CONN_NONE);
	return (true);
}

static void
post_two(void *arg, const struct sim_event *ev)
{
	struct bench *b;

	(void)ev;
	b = arg;
	softclock_post(&b->softclock, 1, 7);
	softclock_post(&b->softclock, 1, 8);
}

/*
 * Callouts of one clock run one after the other; one that asks for an
 * operation of its own delays the next by as much.
 */
static void
test_softclock(void)
{
	struct called c;
	struct bench b;

	bench_init_callouts(&b, "freebsd-14", SIM_S, 10 * SIM_US);
	softclock_init(&b.softclock, b.m);
	c = (struct called){ .bench = &b };
	g_assert_cmpuint(softclock_callout(&b.softclock, call, &c), ==, 1);
	b.slot = machine_slot(b.m, post_two, &b);
	sim_at(b.m->sim, b.slot, SIM_MS);
	machine_run(b.m);
	g_assert_cmpstr(b.log->str, ==, "7@1010 8@1020 ");
	softclock_fini(&b.softclock);
	bench_fini(&b);
}

/* ---- TIME_WAIT --------------------------------------------------------- */

static void
conn_over(void *arg, uint32_t conn)
{
	struct bench *b;

	b = arg;
	g_assert_cmpuint(conn, ==, b->conn);
	b->over = machine_now(b->m);
}

static void
thread_done(struct thread *t)
{
	struct bench *b;

	b = t->actor;
	machine_thread_idle(b->m, t);
}

static void
enter_due(void *arg, const struct sim_event *ev)
{
	struct bench *b;

	(void)ev;
	b = arg;
	g_assert_true(timewait_reserve(&b->timewait));
	machine_begin(b->m, &b->thread, OP_TIMEWAIT, b->conn);
}

/* A connected pcb of the test's own goes into TIME_WAIT at 1.1 s. */
static void
timewait_alone(struct bench *b, const char *stack)
{
	struct net_op op;
	struct conn *c;

	bench_init(b, stack, 100 * SIM_S);
	softclock_init(&b->softclock, b->m);
	timewait_init(&b->timewait, b->m, &b->softclock);
	machine_own(b->m, CONN_INBOUND, &(struct conn_owner){ .arg = b,
	    .over = conn_over });
	machine_thread(b->m, &b->thread, "alone", PRI_USER, -1, thread_done);
	b->thread.actor = b;
	b->conn = conn_alloc(&b->m->conns);
	c = conn_get(&b->m->conns, b->conn);
	c->workload = CONN_INBOUND;
	net_accept(b->m->net, b->rig.laddrs[0], 443, b->rig.faddrs[0], 5000,
	    &c->pcb, &op);
	g_assert_cmpint(op.error, ==, 0);
	b->slot = machine_slot(b->m, enter_due, b);
	sim_at(b->m->sim, b->slot, 1100 * SIM_MS);
	machine_run(b->m);
	g_assert_cmpuint(net_npcbs(b->m->net), ==, 0);
	g_assert_cmpuint(b->timewait.count, ==, 0);
	timewait_fini(&b->timewait);
	softclock_fini(&b->softclock);
}

/* To 13 the scan finds it at the next half second, from 14 on exactly. */
static void
test_timewait(void)
{
	struct bench b;

	timewait_alone(&b, "freebsd-12.0");
	g_assert_cmpint(b.over, ==, 61500 * SIM_MS);
	bench_fini(&b);
	timewait_alone(&b, "freebsd-14");
	g_assert_cmpint(b.over, ==, 61100 * SIM_MS);
	bench_fini(&b);
}

/* ---- observers --------------------------------------------------------- */

/* With nothing else to do it is on time, at every period. */
static void
test_observer(void)
{
	struct observers os;
	struct bench b;

	bench_init(&b, "freebsd-12.0", SIM_S - 1);
	softclock_init(&b.softclock, b.m);
	observers_init(&os, b.m, &b.softclock, NULL);
	machine_run(b.m);
	observers_end(&os);
	g_assert_cmpuint(hist_count(b.res->console), ==, 99);
	g_assert_cmpint(hist_max(b.res->console), ==, 0);
	g_assert_cmpint(b.res->frozen, ==, 0);
	observers_fini(&os);
	softclock_fini(&b.softclock);
	bench_fini(&b);
}

/* Daemons take as much CPU as rate and work say, and are all idle then. */
static void
test_noise(void)
{
	struct noise n;
	struct bench b;
	simtime worked;
	unsigned i;

	bench_init(&b, "freebsd-12.0", 10 * SIM_S);
	noise_init(&n, b.m);
	g_assert_null(n.daemons);
	noise_fini(&n);
	bench_fini(&b);

	bench_init(&b, "freebsd-12.0", 10 * SIM_S);
	b.rig.conf.host.noise = run_rig_hz(1000);
	b.rig.conf.host.noise_work = 100 * SIM_US;
	noise_init(&n, b.m);
	machine_run(b.m);
	for (i = 0, worked = 0; i < n.n; i++) {
		g_assert_cmpint(n.daemons[i].spent.worked, >, 0);
		worked += n.daemons[i].spent.worked;
	}
	/* 10,000 of them; 2 % of wake-ups find their daemon busy. */
	g_assert_cmpint(worked, >, 930 * SIM_MS);
	g_assert_cmpint(worked, <, 1030 * SIM_MS);
	noise_fini(&n);
	bench_fini(&b);
}

/* A plan asks for a step that no part carries out: that is our mistake. */
static void
test_step_of_nobody(void)
{
	struct bench b;

	if (g_test_subprocess()) {
		bench_init(&b, "freebsd-12.0", SIM_S);
		machine_thread(b.m, &b.thread, "alone", PRI_USER, -1,
		    thread_done);
		b.thread.actor = &b;
		machine_begin(b.m, &b.thread, OP_NETSTAT, CONN_NONE);
		machine_run(b.m);
		return;
	}
	g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*panic: netstat: nobody does step*");
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/part/softclock_alone", test_softclock);
	g_test_add_func("/part/timewait_alone", test_timewait);
	g_test_add_func("/part/observer_alone", test_observer);
	g_test_add_func("/part/noise_alone", test_noise);
	g_test_add_func("/part/step_of_nobody_panics", test_step_of_nobody);
	return (g_test_run());
}
