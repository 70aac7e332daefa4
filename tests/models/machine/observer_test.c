/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Observers: what each kind waits for, and what it does not.
 *
 * A rig of four CPUs has every port taken; one more connect() searches for
 * LENGTH under the hash lock.  Meanwhile peers close: each takes the lock in
 * the receive thread of its connection.
 */

#include <glib.h>

#include "models/machine/chain.h"
#include "models/machine/inbound.h"
#include "models/machine/machine.h"
#include "models/machine/observers.h"
#include "models/machine/server.h"
#include "models/machine/softclock.h"
#include "tests/models/machine/run_rig.h"

#define	LENGTH		SIM_S
#define	FILLED		(SIM_S + 500 * SIM_MS)
#define	BEGIN		(2 * SIM_S)

struct crowd {
	struct run_rig	rig;
	struct observer_conf observers[RUN_MAXOBSERVERS];
};

/* Observers of these kinds, and nothing else that happens. */
static void
crowd_init(struct crowd *c, const char *stack,
    const enum observer_kind *kinds, unsigned n)
{
	unsigned i;

	run_rig_init(&c->rig, stack);
	for (i = 0; i < n; i++)
		c->observers[i] = (struct observer_conf){
		    .name = chain_table[kinds[i]].name, .kind = kinds[i],
		    .cpu = UINT_MAX,
		    .period = 10 * SIM_MS, .work = SIM_NEVER,
		    .deadline = 500 * SIM_MS };
	c->rig.conf.nobservers = n;
	c->rig.conf.observers = c->observers;
}

static simtime
crowd_lag(const struct run_result *res, unsigned i)
{

	return (hist_max(res->observers[i].lag));
}

static const enum observer_kind all[] = { OBSERVER_VT_ECHO,
    OBSERVER_VT_SHELL, OBSERVER_SSH, OBSERVER_SSH_LOGIN, OBSERVER_TIMED,
    OBSERVER_ITIMER, OBSERVER_SERIAL, OBSERVER_LOOPBACK, OBSERVER_ECHO,
    OBSERVER_PINGPONG };

/* ---- nobody in their way ----------------------------------------------- */

/*
 * Each alone, with real costs: every tick is served, and none is late, for lag
 * is what a chain takes beyond what it takes anyway.  (20 us: what a segment
 * and a handshake cost beyond the round figures of a chain, two switches.)
 */
static void
test_alone(gconstpointer stack)
{
	struct run_result *res;
	struct crowd c;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(all); i++) {
		crowd_init(&c, stack, &all[i], 1);
		c.rig.conf.nworkloads = 0;
		c.observers[0].period = 100 * SIM_MS;
		run_rig_cost(&c.rig, COST_WAKE, 5 * SIM_US);
		run_rig_cost(&c.rig, COST_TCP_INPUT, SIM_US);
		run_rig_cost(&c.rig, COST_TCP_OUTPUT, SIM_US);
		run_rig_cost(&c.rig, COST_CALLOUT, SIM_US);
		res = run_simulate(&c.rig.conf);
		g_assert_cmpuint(hist_count(res->console), >=, 29);
		g_assert_cmpint(crowd_lag(res, 0), <, 20 * SIM_US);
		g_assert_cmpint(res->verdict, ==, VERDICT_OK);
		/* What logs in logs out. */
		g_assert_cmpuint(res->pcbs_max, <=, 2);
		run_result_free(res);
	}
}

/* ---- a program that sleeps --------------------------------------------- */

/* Its period begins when it was served: one search swallows one tick of it. */
static void
test_closed(void)
{
	const enum observer_kind kind = OBSERVER_TIMED;
	struct run_result *res;
	struct crowd c;
	uint64_t open;

	crowd_init(&c, "freebsd-12.0", &kind, 1);
	c.rig.conf.nworkloads = 0;
	c.observers[0].work = 10 * SIM_MS;
	res = run_simulate(&c.rig.conf);
	open = hist_count(res->observers[0].lag);
	run_result_free(res);
	c.observers[0].closed = true;
	res = run_simulate(&c.rig.conf);
	g_assert_cmpuint(open, >=, 298);
	g_assert_cmpuint(hist_count(res->observers[0].lag), <=, open / 2 + 1);
	run_result_free(res);
}

/* With a periodic clock it is woken by the next interrupt of its CPU. */
static void
test_periodic_clock(void)
{
	const enum observer_kind kind = OBSERVER_TIMED;
	struct run_result *res;
	struct crowd c;

	crowd_init(&c, "freebsd-12.0", &kind, 1);
	c.rig.conf.nworkloads = 0;
	c.rig.conf.host.cpus = 1;
	c.rig.conf.kernel.hz = 250;
	c.rig.conf.kernel.periodic = true;
	c.observers[0].work = SIM_US;
	res = run_simulate(&c.rig.conf);
	/* 10 ms are two ticks and a half: every other one is 2 ms late. */
	g_assert_cmpint(hist_max(res->observers[0].lag), ==, 2 * SIM_MS);
	g_assert_cmpint(hist_min(res->observers[0].lag), ==, 0);
	run_result_free(res);
}

/* Its threads are where it says. */
static void
test_pinned(void)
{
	const enum observer_kind kind[] = { OBSERVER_TIMED, OBSERVER_TIMED,
	    OBSERVER_TIMED };
	struct run_result *res;
	struct crowd c;
	unsigned i;

	/* Two burn a CPU that is theirs, the third has its own. */
	crowd_init(&c, "freebsd-12.0", kind, G_N_ELEMENTS(kind));
	c.rig.conf.nworkloads = 0;
	c.rig.conf.host.cpus = 2;
	for (i = 0; i < 3; i++) {
		c.observers[i].name = i == 0 ? "a" : i == 1 ? "b" : "c";
		c.observers[i].cpu = i < 2 ? 1 : 0;
		c.observers[i].work = 8 * SIM_MS;
	}
	res = run_simulate(&c.rig.conf);
	g_assert_cmpint(crowd_lag(res, 0), >, SIM_S / 2);
	g_assert_cmpint(crowd_lag(res, 2), ==, 0);
	run_result_free(res);
}

/* ---- the screen -------------------------------------------------------- */

/*
 * vt has one timer: it draws all that changed, however many ticks.  Were it a
 * drawing a tick, 30 ms of it every 10 ms would never come to an end.
 */
static void
test_flush_draws_all(void)
{
	const enum observer_kind kind = OBSERVER_VT_ECHO;
	struct run_result *res;
	struct crowd c;

	crowd_init(&c, "freebsd-12.0", &kind, 1);
	c.rig.conf.nworkloads = 0;
	c.observers[0].work = 30 * SIM_MS;
	res = run_simulate(&c.rig.conf);
	/* At worst it comes as a drawing begins: that one, and 40 ms. */
	g_assert_cmpint(crowd_lag(res, 0), <=, 30 * SIM_MS);
	g_assert_cmpint(crowd_lag(res, 0), >, 0);
	g_assert_cmpstr(res->observers[0].waited, ==, "clock");
	run_result_free(res);
}

/* ---- clock 0 ----------------------------------------------------------- */

struct jam {
	struct machine	*m;
	struct softclock softclock;
	struct observers observers;
	struct inbound	inbound;
	struct server	server;
	struct run_result *res;
	unsigned	callout, slot;
	bool		begun;
};

/* A callout that keeps the clock's thread for LENGTH. */
static bool
jam_callout(void *arg, struct thread *t, uint32_t data, bool again)
{
	struct jam *j;

	(void)data;
	j = arg;
	if (again)
		return (false);
	machine_begin(j->m, t, OP_OBSERVE, CONN_NONE);
	t->charge += LENGTH;
	return (true);
}

static void
jam_due(void *arg, const struct sim_event *ev)
{
	struct jam *j;

	(void)ev;
	j = arg;
	softclock_post(&j->softclock, j->callout, 0);
}

/*
 * Behind a callout of a second the screen and setitimer(2) are late, and say
 * where they waited.  A sleeper is woken by its CPU's own timer interrupt, a
 * session by its receive thread, a serial line by its interrupt: none waits.
 */
static void
test_clock_stuck(void)
{
	static const struct {
		bool		late;
		const char	*waited;
	} want[] = { { true, "clock" }, { true, "clock" }, { false, "" },
	    { false, "" }, { false, "" }, { true, "clock" }, { false, "" },
	    { false, "" }, { false, "" }, { false, "" } };
	struct crowd c;
	struct jam j;
	unsigned i;

	memset(&j, 0, sizeof(j));
	crowd_init(&c, "freebsd-12.0", all, G_N_ELEMENTS(all));
	c.rig.conf.nworkloads = 0;
	for (i = 0; i < G_N_ELEMENTS(all); i++)
		c.observers[i].period = 100 * SIM_MS;
	j.res = g_new0(struct run_result, 1);
	j.m = machine_new(&c.rig.conf, j.res, 64);
	softclock_init(&j.softclock, j.m);
	inbound_init(&j.inbound, j.m, NULL);
	server_init(&j.server, j.m, &j.inbound, NULL);
	observers_init(&j.observers, j.m, &j.softclock, &j.inbound);
	j.callout = softclock_callout(&j.softclock, jam_callout, &j);
	j.slot = machine_slot(j.m, jam_due, &j);
	sim_at(j.m->sim, j.slot, SIM_S + SIM_MS);
	machine_run(j.m);
	observers_end(&j.observers);
	for (i = 0; i < G_N_ELEMENTS(all); i++) {
		g_test_message("%s: %jd us", c.observers[i].name,
		    (intmax_t)(crowd_lag(j.res, i) / SIM_US));
		if (!want[i].late) {
			g_assert_cmpint(crowd_lag(j.res, i), <, 10 * SIM_MS);
			continue;
		}
		g_assert_cmpint(crowd_lag(j.res, i), >, 850 * SIM_MS);
		g_assert_cmpstr(j.res->observers[i].waited, ==,
		    want[i].waited);
		g_assert_cmpint(j.res->observers[i].frozen, >, 850 * SIM_MS);
		/* What keeps them is nobody's lock. */
		g_assert_cmpuint(j.res->observers[i].why.nlinks, ==, 1);
		g_assert_cmpstr(j.res->observers[i].why.links[0].who, ==,
		    "softclock");
	}
	observers_fini(&j.observers);
	server_fini(&j.server);
	inbound_fini(&j.inbound);
	softclock_fini(&j.softclock);
	machine_free(j.m);
	run_result_free(j.res);
}

/* ---- the hash lock ----------------------------------------------------- */

/* Peers of the connections whose bit is set close while somebody searches. */
static struct run_result *
run_search(struct crowd *c, unsigned closing)
{
	struct replay_conn *rc;
	unsigned i;

	run_rig_search(&c->rig, LENGTH);
	run_rig_connect(&c->rig, CALLS, BEGIN);
	c->rig.conf.duration = BEGIN + 2 * LENGTH;
	c->rig.wl[FILL].size = RIG_NPORTS - 4;
	for (i = 0; i < 4; i++) {
		rc = run_rig_connect(&c->rig, OTHERS, FILLED);
		if (closing & 1u << i)
			rc->duration = BEGIN - FILLED + LENGTH / 10;
	}
	return (run_simulate(&c->rig.conf));
}

/* Who waited for the one that searches, all the time. */
static void
check_why(const struct run_result *res, unsigned observer, const char *lock)
{
	const struct observer_result *r;
	const struct blame_link *l;

	r = &res->observers[observer];
	l = r->why.links;
	g_assert_cmpuint(r->why.nlinks, ==, 2);
	g_assert_cmpint(strncmp(l[0].who, "rx", 2), ==, 0);
	/* It sleeps if it put the holder off its CPU for a moment. */
	g_assert_true(l[0].how == BLAME_SPINS || l[0].how == BLAME_SLEEPS);
	g_assert_cmpstr(l[0].lock, ==, lock);
	g_assert_cmpstr(l[1].who, ==, "calls");
	g_assert_cmpstr(l[1].doing, ==, "connect");
	g_assert_cmpint(l[1].how, ==, BLAME_COMPUTES);
	g_assert_cmpuint(l[1].iters, ==, RIG_NPORTS);
	g_assert_cmpfloat(r->why_share, >, 0.9);
}

/*
 * A session waits if a segment that needs the lock came in on its own queue,
 * and on no other; on the serial line, and where a program sleeps, nobody
 * notices.
 */
static void
test_queue_of_its_own(void)
{
	static const enum observer_kind kinds[] = { OBSERVER_SSH,
	    OBSERVER_TIMED, OBSERVER_SERIAL };
	struct run_result *res;
	struct crowd c;
	unsigned i, late;

	for (i = late = 0; i < 4; i++) {
		crowd_init(&c, "freebsd-12.0", kinds, G_N_ELEMENTS(kinds));
		res = run_search(&c, 1u << i);
		g_assert_cmpint(crowd_lag(res, 1), <, 5 * SIM_MS);
		g_assert_cmpint(crowd_lag(res, 2), <, 5 * SIM_MS);
		if (crowd_lag(res, 0) > LENGTH * 8 / 10) {
			g_assert_cmpstr(res->observers[0].waited, ==, "rx");
			check_why(res, 0, "tcphash");
			g_assert_cmpint(res->verdict, ==, VERDICT_FREEZES);
			late++;
		} else {
			g_assert_cmpint(crowd_lag(res, 0), <, 5 * SIM_MS);
			g_assert_cmpint(res->verdict, ==, VERDICT_STALLS);
		}
		run_result_free(res);
	}
	g_assert_cmpuint(late, ==, 1);
}

/* Who logs in needs the lock itself; whoever is logged in does not. */
static void
test_login_needs_the_lock(void)
{
	static const enum observer_kind kinds[] = { OBSERVER_SSH_LOGIN,
	    OBSERVER_LOOPBACK, OBSERVER_TIMED };
	struct run_result *res;
	struct crowd c;

	crowd_init(&c, "freebsd-12.0", kinds, G_N_ELEMENTS(kinds));
	/* One of each: many would wait on all CPUs. */
	c.observers[0].period = 1100 * SIM_MS;
	c.observers[1].period = 1050 * SIM_MS;
	res = run_search(&c, 0);
	g_assert_cmpint(crowd_lag(res, 0), >, LENGTH * 75 / 100);
	g_assert_cmpstr(res->observers[0].waited, ==, "ack");
	g_assert_cmpint(crowd_lag(res, 1), >, LENGTH * 85 / 100);
	g_assert_cmpstr(res->observers[1].waited, ==, "ack");
	g_assert_cmpint(res->observers[0].frozen, >, LENGTH / 2);
	g_assert_cmpint(crowd_lag(res, 2), <, 20 * SIM_MS);
	run_result_free(res);
}

/* In 11 any segment takes the lock, a session's too. */
static void
test_session_of_11(void)
{
	static const enum observer_kind kind = OBSERVER_SSH;
	struct run_result *res;
	struct crowd c;

	crowd_init(&c, "freebsd-11", &kind, 1);
	res = run_search(&c, 0);
	g_assert_cmpint(crowd_lag(res, 0), >, LENGTH * 9 / 10);
	g_assert_cmpstr(res->observers[0].waited, ==, "rx");
	check_why(res, 0, "pcbinfohash");
	run_result_free(res);
}

/*
 * On one CPU who searches has it, and nobody else; who waits less than the
 * threshold is nobody's question.
 */
static void
test_why_no_cpu(void)
{
	static const enum observer_kind kind = OBSERVER_TIMED;
	const struct observer_result *r;
	struct run_result *res;
	struct crowd c;
	bool asked;

	for (asked = false;; asked = true) {
		crowd_init(&c, "freebsd-12.0", &kind, 1);
		c.rig.conf.host.cpus = 1;
		if (!asked)
			c.rig.conf.stall_threshold = 2 * LENGTH;
		res = run_search(&c, 0);
		r = &res->observers[0];
		g_assert_cmpint(crowd_lag(res, 0), >, LENGTH / 2);
		g_assert_cmpuint(r->why.nlinks, ==, asked ? 2 : 0);
		if (asked)
			break;
		run_result_free(res);
	}
	g_assert_cmpint(r->why.links[0].how, ==, BLAME_NO_CPU);
	g_assert_cmpstr(r->why.links[0].who, ==, "timed/cpu");
	g_assert_cmpstr(r->why.links[1].who, ==, "calls");
	run_result_free(res);
}

/*
 * Who is woken in a socket comes before a thousand programs that begin to
 * connect, whatever numbers a release has for both.
 */
static void
test_woken_in_a_socket(gconstpointer stack)
{
	static const enum observer_kind kind = OBSERVER_ECHO;
	struct run_result *res;
	struct crowd c;

	crowd_init(&c, stack, &kind, 1);
	c.rig.conf.host.cpus = 1;
	c.rig.wl[FILL].threads = 0;
	c.rig.wl[FILL].start = BEGIN - LENGTH;
	run_rig_search(&c.rig, LENGTH);
	res = run_simulate(&c.rig.conf);
	g_assert_cmpuint(res->pcbs_max, >=, RIG_NPORTS);
	g_assert_cmpint(crowd_lag(res, 0), <, LENGTH / 20);
	run_result_free(res);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/observer/alone/12.0", "freebsd-12.0",
	    test_alone);
	g_test_add_data_func("/observer/alone/14", "freebsd-14", test_alone);
	g_test_add_data_func("/observer/woken_in_a_socket/12.0", "freebsd-12.0",
	    test_woken_in_a_socket);
	g_test_add_data_func("/observer/woken_in_a_socket/14", "freebsd-14",
	    test_woken_in_a_socket);
	g_test_add_data_func("/observer/woken_in_a_socket/16", "freebsd-16",
	    test_woken_in_a_socket);
	g_test_add_func("/observer/closed", test_closed);
	g_test_add_func("/observer/periodic_clock", test_periodic_clock);
	g_test_add_func("/observer/pinned", test_pinned);
	g_test_add_func("/observer/flush_draws_all", test_flush_draws_all);
	g_test_add_func("/observer/clock_stuck", test_clock_stuck);
	g_test_add_func("/observer/queue_of_its_own", test_queue_of_its_own);
	g_test_add_func("/observer/login_needs_the_lock",
	    test_login_needs_the_lock);
	g_test_add_func("/observer/session_of_11", test_session_of_11);
	g_test_add_func("/observer/why_no_cpu", test_why_no_cpu);
	return (g_test_run());
}
