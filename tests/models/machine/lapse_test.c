/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Peers that are not heard of: SYN_SENT and FIN_WAIT_2 hold a port as long as
 * the kernel's timers say, and their end is softclock's work, under the locks
 * of a close.  Programs that try on: the next peer, again later, not for ever.
 */

#include "models/machine/lapse.h"
#include "tests/models/machine/run_rig.h"

#define	OPENED	(100 * SIM_MS)
#define	LIFE	(900 * SIM_MS)

/* One connection of OTHERS, which we close after a second; nothing else. */
static struct replay_conn *
one(struct run_rig *r, const char *stack, simtime duration)
{
	struct replay_conn *c;

	run_rig_init(r, stack);
	r->wl[FILL].start = SIM_NEVER - 1;
	r->wl[OTHERS].closer = CLOSER_LOCAL;
	r->conf.duration = duration;
	r->conf.interval = SIM_S;
	r->conf.kernel.keepinit = r->conf.kernel.keepintvl = 75 * SIM_S;
	r->conf.kernel.keepcnt = 8;
	r->conf.kernel.finwait2_timeout = 60 * SIM_S;
	c = run_rig_connect(r, OTHERS, OPENED);
	c->duration = LIFE;
	return (c);
}

static void
peer_closes(struct run_rig *r, simtime late)
{

	r->wl[OTHERS].peer_close = (struct dist){ .kind = DIST_CONSTANT,
	    .a = late };
}

/* Its pcb is there at `last' and gone a second later. */
static void
assert_until(const struct run_rig *r, simtime last, unsigned lapsed)
{
	struct run_result *res;

	res = run_simulate(&r->conf);
	g_assert_cmpuint(run_rig_row(res, last)->pcbs, ==, 1);
	g_assert_cmpuint(run_rig_row(res, last + SIM_S)->pcbs, ==, 0);
	g_assert_cmpuint(res->lapsed, ==, lapsed);
	g_assert_cmpuint(res->count.ok, ==, 1);
	run_result_free(res);
}

static void
test_finwait2(gconstpointer stack)
{
	struct run_rig r;

	one(&r, stack, 800 * SIM_S);
	peer_closes(&r, 3600 * SIM_S);
	/* tcp_timer_2msl() looks after 600 s, and once more after 75. */
	assert_until(&r, 676 * SIM_S, 1);
	r.conf.kernel.keepcnt = 1;
	assert_until(&r, 151 * SIM_S, 1);
	r.conf.kernel.fast_finwait2_recycle = true;
	assert_until(&r, 61 * SIM_S, 1);
	r.conf.kernel.finwait2_timeout = 5 * SIM_S;
	assert_until(&r, 6 * SIM_S, 1);
	/* The FIN comes in time: 2 MSL after it. */
	peer_closes(&r, 3 * SIM_S);
	r.conf.kernel.msl = 10 * SIM_S;
	assert_until(&r, 24 * SIM_S, 0);
	/* Who closes second has no FIN_WAIT_2. */
	peer_closes(&r, 3600 * SIM_S);
	r.wl[OTHERS].closer = CLOSER_REMOTE;
	assert_until(&r, SIM_S, 0);
}

static void
test_finwait2_of_linux(void)
{
	struct run_rig r;

	one(&r, "linux-6.18", 100 * SIM_S);
	peer_closes(&r, 3600 * SIM_S);
	r.conf.kernel.fin_timeout = 30;
	assert_until(&r, 31 * SIM_S, 1);
}

/* Accepted ones, too, where the server closes first. */
static void
test_finwait2_of_accepted(void)
{
	struct run_result *res;
	struct run_rig r;

	one(&r, "freebsd-12.0", 30 * SIM_S);
	r.conf.nworkloads = 1;
	r.conf.inbound.open = 20;
	r.conf.inbound.lifetime.a = SIM_S;
	r.conf.inbound.peer_close = (struct dist){ .kind = DIST_CONSTANT,
	    .a = 3600 * SIM_S };
	r.conf.kernel.fast_finwait2_recycle = true;
	r.conf.kernel.finwait2_timeout = 10 * SIM_S;
	r.conf.kernel.msl = SIM_S;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(run_rig_row(res, 10 * SIM_S)->pcbs, >, 15);
	g_assert_cmpuint(run_rig_row(res, 12 * SIM_S)->pcbs, ==, 1);
	g_assert_cmpuint(res->lapsed, ==, 20);
	run_result_free(res);
}

/* SYN_SENT: neither served nor failed, until the timer says ETIMEDOUT. */
static void
test_unanswered(gconstpointer stack)
{
	struct run_result *res;
	struct run_rig r;

	one(&r, stack, 50 * SIM_S);
	r.wl[OTHERS].unanswered_ppm = 1000000;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.waiting, ==, 1);
	g_assert_cmpuint(run_rig_row(res, 50 * SIM_S)->pcbs, ==, 1);
	run_result_free(res);
	r.conf.duration = 100 * SIM_S;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(run_rig_row(res, 75 * SIM_S)->pcbs, ==, 1);
	g_assert_cmpuint(run_rig_row(res, 76 * SIM_S)->pcbs, ==, 0);
	g_assert_cmpuint(res->count.failed, ==, 1);
	g_assert_cmpuint(res->count.other, ==, 1);
	g_assert_cmpuint(res->count.ok + res->count.waiting, ==, 0);
	g_assert_cmpuint(res->lapsed, ==, 1);
	g_assert_cmpint(res->verdict, ==, VERDICT_FAILS);
	run_result_free(res);
}

/* A tenth of many is not answered, and another tenth does not follow. */
static void
test_share_unanswered(void)
{
	struct run_result *res;
	struct run_rig r;

	one(&r, "freebsd-14", 100 * SIM_S);
	r.wl[FILL].start = 0;
	r.wl[FILL].unanswered_ppm = 100000;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->workloads[FILL].count.other, >, 60);
	g_assert_cmpuint(res->workloads[FILL].count.other, <, 140);
	g_assert_cmpuint(res->workloads[FILL].count.ok +
	    res->workloads[FILL].count.other, ==, RIG_NPORTS);
	run_result_free(res);
}

static void
test_syn_timers(void)
{
	struct run_conf conf = { .kernel = { .keepinit = 75 * SIM_S } };

	g_assert_cmpint(lapse_syn_sent(&conf), ==, 75 * SIM_S);
	conf.kernel.syn_retries = 6;
	g_assert_cmpint(lapse_syn_sent(&conf), ==, 127 * SIM_S);
	conf.kernel.syn_linear_timeouts = 4;
	g_assert_cmpint(lapse_syn_sent(&conf), ==, 131 * SIM_S);
	conf.kernel.syn_retries = 30;
	g_assert_cmpint(lapse_syn_sent(&conf), >, 131 * SIM_S);
}

/* What `op' did to the lock of that name; all zero: nothing. */
static struct lock_use
use_of(const struct run_result *res, const char *lock, const char *op,
    bool shared)
{
	const struct lock_use_result *u;
	unsigned i;

	for (i = 0; i < res->nuses; i++) {
		u = &res->uses[i];
		if (strcmp(u->op, op) == 0 && strcmp(u->lock, lock) == 0 &&
		    u->shared == shared)
			return (u->use);
	}
	return ((struct lock_use){ .acquisitions = 0 });
}

/*
 * The timers' close waits for the hash lock, on CPU 0's callout thread, behind
 * a search of 300 ms: so long a program that setitimer(2) wakes is late.
 */
static void
test_softclock_waits(gconstpointer stack)
{
	const simtime search = 300 * SIM_MS;
	struct lock_use use;
	struct run_result *res;
	struct run_rig r;

	one(&r, stack, 9 * SIM_S);
	r.conf.kernel.fast_finwait2_recycle = true;
	r.conf.kernel.finwait2_timeout = 5 * SIM_S;
	r.conf.kernel.pin_default_swi = true;
	r.wl[FILL].start = 2 * SIM_S;
	run_rig_search(&r, search);
	/* The timer goes off at 6.001 s. */
	run_rig_connect(&r, CALLS, 6001 * SIM_MS - search / 2);
	peer_closes(&r, 3600 * SIM_S);
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->workloads[CALLS].count.failed, ==, 1);
	use = use_of(res, strcmp(stack, "freebsd-11") == 0 ? "pcbinfohash" :
	    "tcphash", "timer_close", false);
	g_assert_cmpuint(use.acquisitions, ==, 1);
	g_assert_cmpint(use.wait.max, >, search / 3);
	g_assert_cmpint(use.wait.max, <, search);
	g_assert_cmpint(res->observers[0].lag_max, >, search / 3);
	g_assert_cmpstr(res->observers[0].waited, !=, "");
	run_result_free(res);
}

/* In 11 the timer waits for the lock over all pcbs, and does not give up. */
static void
test_locks_of_11(void)
{
	struct run_result *res;
	struct run_rig r;

	one(&r, "freebsd-11", 100 * SIM_S);
	r.wl[OTHERS].unanswered_ppm = 1000000;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(use_of(res, "tcp", "timer_close", true).acquisitions,
	    ==, 1);
	g_assert_cmpuint(use_of(res, "pcbinfohash", "timer_close",
	    false).acquisitions, ==, 1);
	run_result_free(res);
}

/* ---- programs that try on ---------------------------------------------- */

/* One failing connect() of CALLS on a full range, 100 ms a search. */
static void
call(struct run_rig *r)
{

	run_rig_init(r, "freebsd-12.0");
	run_rig_search(r, 100 * SIM_MS);
	r->wl[CALLS].threads = 1;
	run_rig_connect(r, CALLS, SIM_S);
}

/* The event loop stands still for as many searches as peers are tried. */
static void
test_tries(void)
{
	const struct workload_result *wr;
	struct run_result *res;
	struct run_rig r;
	unsigned tries;

	for (tries = 1; tries <= 4; tries++) {
		call(&r);
		r.wl[CALLS].tries = tries;
		run_rig_connect(&r, CALLS, SIM_S + 10 * SIM_MS);
		res = run_simulate(&r.conf);
		wr = &res->workloads[CALLS];
		g_assert_cmpuint(wr->count.wanted, ==, 2);
		g_assert_cmpuint(wr->count.attempts, ==, 2 * tries);
		g_assert_cmpuint(wr->count.failed, ==, 2);
		g_assert_cmpuint(wr->count.trying, ==, 0);
		g_assert_cmpuint(wr->count.unfinished, ==, 0);
		g_assert_cmpint(wr->busy_max, >=, tries * 100 * SIM_MS);
		g_assert_cmpint(wr->busy_max, <, (tries * 100 + 5) * SIM_MS);
		/* The second waits for the worker, and then for its own. */
		g_assert_cmpint(hist_max(wr->connect), >, (2 * tries * 100 -
		    15) * SIM_MS);
		run_result_free(res);
	}
}

/* Others that a peer has room for are served by the second try. */
static void
test_tries_elsewhere(void)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.2");
	r.wl[OTHERS].load = load_find("burst");
	r.wl[OTHERS].recording = NULL;
	r.wl[OTHERS].start = SIM_S;
	r.wl[OTHERS].size = 64;
	r.wl[OTHERS].nfaddrs = 2;
	r.wl[OTHERS].tries = 64;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->workloads[OTHERS].count.ok, ==, 64);
	g_assert_cmpuint(res->workloads[OTHERS].count.eaddrnotavail, >, 10);
	g_assert_cmpuint(res->workloads[OTHERS].count.failed, ==, 0);
	run_result_free(res);
}

/* It tries every second, for three; without an end it tries to the end. */
static void
test_retry_for(void)
{
	struct run_result *res;
	struct run_rig r;

	call(&r);
	r.conf.duration = 10 * SIM_S;
	r.wl[CALLS].retry = SIM_S;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->workloads[CALLS].count.attempts, >=, 8);
	g_assert_cmpuint(res->workloads[CALLS].count.trying, ==, 1);
	run_result_free(res);
	r.wl[CALLS].retry_for = 3500 * SIM_MS;
	res = run_simulate(&r.conf);
	/* Each takes 0.1 s: at 1.0, 2.1, 3.2, 4.3. */
	g_assert_cmpuint(res->workloads[CALLS].count.attempts, ==, 4);
	g_assert_cmpuint(res->workloads[CALLS].count.failed, ==, 1);
	g_assert_cmpuint(res->workloads[CALLS].count.trying, ==, 0);
	run_result_free(res);
}

/*
 * A search of 100 ms is wanted 5 times a second: half of the lock.  When it
 * stops at 4 s all is well at once; not while somebody tries on.
 */
static void
test_rho_and_recovery(void)
{
	struct run_result *res;
	struct run_rig r;

	call(&r);
	r.conf.duration = 20 * SIM_S;
	r.wl[OTHERS].load = load_find("steady");
	r.wl[OTHERS].recording = NULL;
	r.rate.rate = run_rig_hz(5);
	r.wl[OTHERS].start = SIM_S;
	r.wl[OTHERS].stop = 19 * SIM_S;
	r.conf.warmup = SIM_S;
	res = run_simulate(&r.conf);
	g_assert_cmpfloat(res->rho, >, 0.40);
	g_assert_cmpfloat(res->rho, <, 0.52);
	g_assert_cmpint(res->recover, <, SIM_S);
	run_result_free(res);
	/* Thirty a second cannot be done: they are still at it for a while. */
	r.rate.rate = run_rig_hz(30);
	r.wl[OTHERS].stop = 5 * SIM_S;
	res = run_simulate(&r.conf);
	g_assert_cmpint(res->recover, >, 5 * SIM_S);
	g_assert_cmpint(res->recover, <, 10 * SIM_S);
	run_result_free(res);
	r.wl[OTHERS].stop = 19 * SIM_S;
	res = run_simulate(&r.conf);
	g_assert_cmpfloat(res->rho, >, 2.5);
	g_assert_cmpint(res->recover, ==, SIM_NEVER);
	run_result_free(res);
	r.wl[OTHERS].stop = 2 * SIM_S;
	r.wl[OTHERS].retry = SIM_S;
	res = run_simulate(&r.conf);
	g_assert_cmpint(res->recover, ==, SIM_NEVER);
	run_result_free(res);
}

int
main(int argc, char **argv)
{
	static const char *const stacks[] = { "freebsd-11", "freebsd-12.0",
	    "freebsd-12.2", "freebsd-14", "freebsd-15", "freebsd-16",
	    "openbsd", "netbsd", "xnu", "dragonfly", "illumos" };
	static const char *const locked[] = { "freebsd-11", "freebsd-12.0" };
	char *name;
	size_t i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(stacks); i++) {
		name = g_strconcat("/lapse/finwait2/", stacks[i], NULL);
		g_test_add_data_func(name, stacks[i], test_finwait2);
		g_free(name);
		name = g_strconcat("/lapse/unanswered/", stacks[i], NULL);
		g_test_add_data_func(name, stacks[i], test_unanswered);
		g_free(name);
	}
	for (i = 0; i < G_N_ELEMENTS(locked); i++) {
		name = g_strconcat("/lapse/softclock_waits/", locked[i],
		    NULL);
		g_test_add_data_func(name, locked[i], test_softclock_waits);
		g_free(name);
	}
	g_test_add_func("/lapse/finwait2_of_linux", test_finwait2_of_linux);
	g_test_add_func("/lapse/finwait2_of_accepted",
	    test_finwait2_of_accepted);
	g_test_add_func("/lapse/share_unanswered", test_share_unanswered);
	g_test_add_func("/lapse/syn_timers", test_syn_timers);
	g_test_add_func("/lapse/locks_of_11", test_locks_of_11);
	g_test_add_func("/lapse/tries", test_tries);
	g_test_add_func("/lapse/tries_elsewhere", test_tries_elsewhere);
	g_test_add_func("/lapse/retry_for", test_retry_for);
	g_test_add_func("/lapse/rho_and_recovery", test_rho_and_recovery);
	return (g_test_run());
}
