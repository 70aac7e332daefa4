/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What programs do with a socket beside the usual: bind and no more, close with
 * SO_LINGER 0, try again at once; and how long a call takes them.
 */

#include <glib.h>

#include "tests/models/machine/run_rig.h"

/* One client of a closed load, which binds; nobody else. */
static struct workload_conf *
one_client(struct run_rig *r)
{
	struct workload_conf *wc;
	enum cost c;

	run_rig_init(r, "freebsd-12.0");
	for (c = 0; c < NCOSTS; c++)
		run_rig_cost(r, c, SIM_US);
	wc = &r->wl[0];
	wc->recording = NULL;
	wc->load = load_find("closed");
	wc->size = 1;
	wc->bind = BIND_LADDR;
	wc->think = (struct dist){ .kind = DIST_CONSTANT, .a = 10 * SIM_MS };
	wc->lifetime.a = SIM_MS;
	r->conf.nworkloads = 1;
	return (wc);
}

/* It never connects, and leaves nothing behind. */
static void
test_bind_only(void)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = one_client(&r);
	wc->bind_only = true;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.ok, >, 250);
	g_assert_cmpuint(res->count.ok, ==, hist_count(
	    res->workloads[0].call));
	g_assert_cmpuint(res->pcbs_max, ==, 1);
	g_assert_cmpuint(res->segments, ==, 0);
	run_result_free(res);

	/* A port that is taken fails as ever. */
	wc->bind = BIND_LADDR_LPORT;
	wc->portrange = (struct portrange){ PORTRANGE_OWN, 3000, 3000 };
	wc->nladdrs = 1;
	wc->size = 2;
	wc->lifetime.a = 600 * SIM_S;
	wc->bind_only = false;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.ok, ==, 1);
	g_assert_cmpuint(res->count.eaddrinuse, ==, 1);
	run_result_free(res);
}

/*
 * The pcb is gone when close(2) returns, by the program's own thread: no
 * TIME_WAIT, no segment, whatever the peer would have said.
 */
static void
test_abort(void)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;
	unsigned i;

	wc = one_client(&r);
	wc->closer = CLOSER_ABORT;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.ok, >, 200);
	g_assert_cmpuint(res->pcbs_max, ==, 1);
	g_assert_cmpfloat(res->rx.cpus, ==, 0);
	for (i = 0; i < res->nuses; i++)
		g_assert_cmpstr(res->uses[i].op, !=, "tcp_close");
	run_result_free(res);

	/* To itself: the other end goes with the RST. */
	r.faddrs[0] = r.laddrs[0];
	wc->rtt = 0;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.ok, >, 200);
	/* The listener, and two ends. */
	g_assert_cmpuint(res->pcbs_max, ==, 3);
	g_assert_cmpuint(run_rig_row(res, 3 * SIM_S)->pcbs, <=, 3);
	g_assert_cmpuint(hist_count(res->workloads[0].call), >=,
	    res->count.ok - 1);
	/* Its call ends when it is accepted, by netisr. */
	g_assert_cmpint(hist_min(res->workloads[0].call), >, 5 * SIM_US);
	g_assert_cmpfloat(res->netisr.cpus, >, 0);
	run_result_free(res);
}

/* One address after the other, each until its range is used up. */
static void
test_laddrs_full(void)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;
	bool full;

	for (full = false;; full = true) {
		wc = one_client(&r);
		wc->load = load_find("burst");
		wc->threads = 1;
		wc->laddrs_full = full;
		wc->size = RIG_NPORTS;
		wc->lifetime.a = 600 * SIM_S;
		/* The primary's ports are what an unbound connect() needs. */
		r.conf.stack = stack_find("freebsd-12.2");
		res = run_simulate(&r.conf);
		g_assert_cmpuint(res->count.ok, ==, RIG_NPORTS);
		g_assert_cmpuint(run_rig_row(res, 3 * SIM_S)->tuples_free, ==,
		    full ? 0 : RIG_NPORTS / 2);
		run_result_free(res);
		if (full)
			break;
	}
}

/*
 * Less than a microsecond is no sleep: the thread goes on, and is never idle;
 * it does so much more often.
 */
static void
test_retry_at_once(void)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;
	uint64_t tried;

	wc = one_client(&r);
	wc->bind = BIND_NONE;
	wc->size = 1;
	r.conf.kernel.portrange_first = r.conf.kernel.portrange_last = 20000;
	wc->retry = 10 * SIM_MS;
	wc->lifetime.a = 600 * SIM_S;
	wc->size = 2;
	res = run_simulate(&r.conf);
	tried = res->count.attempts;
	g_assert_cmpuint(tried, <=, 301);
	g_assert_cmpfloat(res->users.cpus, <, 0.2);
	run_result_free(res);
	wc->retry = SIM_NS;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.attempts, >, 5 * tried);
	g_assert_cmpfloat(res->users.cpus, >, 0.99);
	run_result_free(res);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sockets/bind_only", test_bind_only);
	g_test_add_func("/sockets/abort", test_abort);
	g_test_add_func("/sockets/laddrs_full", test_laddrs_full);
	g_test_add_func("/sockets/retry_at_once", test_retry_at_once);
	return (g_test_run());
}
