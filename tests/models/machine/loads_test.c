/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Loads: when a client is free again, who gives up, how many are wanted, what
 * is there before the run.
 */

#include <math.h>

#include <glib.h>

#include "models/machine/profile.h"
#include "tests/models/machine/run_rig.h"

/* One workload of that load beside nobody, on freebsd-14. */
static struct workload_conf *
alone(struct run_rig *r, const char *load, simtime duration)
{
	struct workload_conf *wc;

	run_rig_init(r, "freebsd-14");
	r->conf.nworkloads = 1;
	r->conf.duration = duration;
	r->conf.interval = duration / 10;
	wc = &r->wl[0];
	wc->load = load_find(load);
	wc->recording = NULL;
	wc->threads = 0;
	wc->retry = 0;
	wc->size = 1;
	wc->rtt = 0;
	wc->closer = CLOSER_LOCAL;
	wc->lifetime = (struct dist){ .kind = DIST_CONSTANT, .a = SIM_S };
	wc->think = (struct dist){ .kind = DIST_CONSTANT, .a = 0 };
	return (wc);
}

static void
assert_counts(const struct attempt_counts *c, uint64_t wanted, uint64_t ok,
    uint64_t failed, uint64_t waiting)
{

	g_assert_cmpuint(c->wanted, ==, wanted);
	g_assert_cmpuint(c->ok, ==, ok);
	g_assert_cmpuint(c->failed, ==, failed);
	g_assert_cmpuint(c->waiting, ==, waiting);
	g_assert_cmpuint(c->wanted, ==, c->ok + c->failed + c->waiting);
}

/* A second a connection, a hundred in 100 s: TIME_WAIT holds nobody up. */
static void
test_slot_is_free(gconstpointer load)
{
	struct run_result *res;
	struct run_rig r;

	alone(&r, load, 100 * SIM_S - SIM_MS);
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 100, 100, 0, 0);
	/* 60 s of them in TIME_WAIT, one open, one on its way. */
	g_assert_cmpuint(res->pcbs_max, >=, 60);
	g_assert_cmpuint(res->pcbs_max, <=, 62);
	run_result_free(res);
}

/* 1,000 ports, 1,001 slots: who finds none gives up, or tries again. */
static void
test_gives_up(gconstpointer load)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = alone(&r, load, 10 * SIM_S);
	wc->size = RIG_NPORTS + 1;
	wc->lifetime.a = 600 * SIM_S;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, RIG_NPORTS + 1, RIG_NPORTS, 1, 0);
	g_assert_cmpuint(res->count.attempts, ==, RIG_NPORTS + 1);
	g_assert_cmpuint(res->count.trying, ==, 0);
	run_result_free(res);

	wc->retry = SIM_S;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, RIG_NPORTS + 1, RIG_NPORTS, 1, 0);
	/* At once, and each second up to the last. */
	g_assert_cmpuint(res->count.attempts, ==, RIG_NPORTS + 11);
	g_assert_cmpuint(res->count.trying, ==, 1);
	run_result_free(res);
}

/* Who failed first and was served later was served. */
static void
test_served_late(void)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = alone(&r, "burst", 10 * SIM_S);
	wc->closer = CLOSER_REMOTE;
	wc->size = RIG_NPORTS + 10;
	wc->retry = 300 * SIM_MS;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, RIG_NPORTS + 10, RIG_NPORTS + 10, 0, 0);
	g_assert_cmpuint(res->count.eaddrnotavail, >=, 10);
	run_result_free(res);

	/* Begun anew while they fail: those are what is wanted. */
	r.conf.warmup = 500 * SIM_MS;
	r.conf.duration = 900 * SIM_MS;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 10, 0, 10, 0);
	run_result_free(res);
	r.conf.duration = 10 * SIM_S;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 10, 10, 0, 0);
	run_result_free(res);
}

/* `total' is all that is wanted, whatever the load. */
static void
test_total(gconstpointer load)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = alone(&r, load, 20 * SIM_S);
	r.rate.rate = run_rig_hz(100);
	wc->size = 4;
	wc->every = SIM_S;
	wc->lifetime.a = 10 * SIM_MS;
	wc->total = 17;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 17, 17, 0, 0);
	run_result_free(res);
}

/* One every 1/rate, the first at the start. */
static void
test_steady(void)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;
	size_t i;

	wc = alone(&r, "steady", 10 * SIM_S);
	r.rate.rate = run_rig_hz(7);
	wc->lifetime.a = SIM_MS;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 70, 70, 0, 0);
	/* An arrival on the end of an interval is decided in the next. */
	for (i = 0; i < res->nrows; i++)
		g_assert_cmpuint(res->rows[i].connects_ok, ==, 7);
	run_result_free(res);
}

/* No drift, whatever the rate; parts of an arrival go over a step. */
static void
test_profile_steady(void)
{
	struct rate_step rates[] = { { 0, 3 * UINT64_C(1000000) },
	    { 500 * SIM_MS, 0 }, { SIM_S, UINT64_C(1000000) } };
	struct workload_conf wc = { .nrates = 1, .rates = rates };
	uint64_t i, way;
	simtime t;

	for (t = 0, way = 0, i = 1; i <= 3000; i++) {
		t = profile_next_steady(&wc, &way, t);
		g_assert_cmpint(t, ==, (simtime)((i * SIM_S + 2) / 3));
	}
	/* 1.5 arrivals by 0.5 s; the half that lacks takes 0.5 s from 1 s. */
	wc.nrates = 3;
	way = 0;
	t = profile_next_steady(&wc, &way, 0);
	g_assert_cmpint(t, ==, (SIM_S + 2) / 3);
	t = profile_next_steady(&wc, &way, t);
	g_assert_cmpint(t, ==, 1500 * SIM_MS);
	g_assert_cmpint(profile_next_steady(&wc, &way, t), ==, 2500 * SIM_MS);
	/* An arrival at the very end of a step comes once. */
	rates[0].rate = 2000000;
	way = 0;
	t = profile_next_steady(&wc, &way, 0);
	g_assert_cmpint(t, ==, 500 * SIM_MS);
	g_assert_cmpint(profile_next_steady(&wc, &way, t), ==, 2 * SIM_S);
	/* None, ever. */
	rates[0].rate = 0;
	wc.nrates = 1;
	g_assert_cmpint(profile_next_steady(&wc, &way, 0), ==, SIM_NEVER);
}

/* No more sockets than the kernel has, those in TIME_WAIT counted. */
static void
test_maxsockets(void)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = alone(&r, "burst", 10 * SIM_S);
	wc->size = 900;
	wc->lifetime.a = 600 * SIM_S;
	r.conf.host.maxsockets = 500;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 900, 500, 400, 0);
	g_assert_cmpuint(res->count.enobufs, ==, 400);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 0);
	g_assert_cmpuint(res->pcbs_max, ==, 500);
	run_result_free(res);

	/* A second a connection, 10 sockets, 60 s of TIME_WAIT. */
	wc->load = load_find("closed");
	wc->size = 1;
	wc->retry = 100 * SIM_MS;
	wc->lifetime.a = SIM_S;
	r.conf.host.maxsockets = 10;
	r.conf.duration = 60 * SIM_S;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 11, 10, 1, 0);
	g_assert_cmpuint(res->count.enobufs, >, 400);
	run_result_free(res);
}

/* So many are there at the start, and end as those that come. */
static void
test_open(void)
{
	const struct timeline_row *row;
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = alone(&r, "poisson", 10 * SIM_S);
	r.rate.rate = 0;
	wc->closer = CLOSER_REMOTE;
	wc->open = RIG_NPORTS;
	wc->lifetime.a = 10 * SIM_S;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 0, 0, 0, 0);
	g_assert_cmpuint(res->pcbs_max, ==, RIG_NPORTS);
	/* Met anywhere in their lives: half of them live half as long. */
	row = run_rig_row(res, 5 * SIM_S);
	g_assert_cmpuint(row->pcbs, >, RIG_NPORTS / 2 - 80);
	g_assert_cmpuint(row->pcbs, <, RIG_NPORTS / 2 + 80);
	g_assert_cmpuint(run_rig_row(res, 10 * SIM_S)->pcbs, ==, 0);
	run_result_free(res);

	/* Those for which there is no port failed before it began. */
	wc->open = RIG_NPORTS + 7;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 7, 0, 7, 0);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 7);
	g_assert_cmpint(res->first_exhaustion, ==, 0);
	run_result_free(res);

	/* A pool that is full at the start opens what ends, no more. */
	wc->load = load_find("pool");
	wc->size = wc->open = 100;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.wanted, ==, res->count.ok);
	g_assert_cmpuint(res->count.wanted, >=, 99);
	g_assert_cmpuint(res->count.wanted, <=, 101);
	g_assert_cmpuint(res->pcbs_max, <=, 101);
	run_result_free(res);
}

/* Several ports are as many peers, where the whole tuple counts. */
static void
test_fports(void)
{
	static const uint16_t fports[] = { 80, 443, 8080 };
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = alone(&r, "burst", 5 * SIM_S);
	wc->lifetime.a = 600 * SIM_S;
	wc->fports = fports;
	wc->nfports = 3;
	wc->size = 4 * RIG_NPORTS;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.ok, ==, 3 * RIG_NPORTS);
	run_result_free(res);
	r.conf.stack = stack_find("freebsd-12.0");
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.ok, ==, RIG_NPORTS);
	run_result_free(res);
}

/*
 * bind(*, 0): a port that is free on all addresses, as before 12.2 without
 * bind(); and connect() then goes by the primary address.
 */
static void
test_bind_any(void)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = alone(&r, "burst", 5 * SIM_S);
	wc->lifetime.a = 600 * SIM_S;
	wc->nfaddrs = 2;
	wc->size = 3 * RIG_NPORTS;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.ok, ==, 2 * RIG_NPORTS);
	run_result_free(res);
	wc->bind = BIND_ANY;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 3 * RIG_NPORTS, RIG_NPORTS, 2 * RIG_NPORTS,
	    0);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 2 * RIG_NPORTS);
	run_result_free(res);
	/* With SO_REUSEADDR only the tuple is left to be taken. */
	wc->sockopts = NET_REUSEADDR;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.ok, >, RIG_NPORTS);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 0);
	g_assert_cmpuint(res->count.eaddrinuse, >, 0);
	run_result_free(res);
}

/*
 * Bound, and the port left to connect(): each address has its ports towards
 * each peer.  With the port taken by bind() they are one less dimension.
 */
static void
test_bind_noport(gconstpointer stack)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = alone(&r, "burst", 5 * SIM_S);
	r.conf.stack = stack_find(stack);
	r.conf.kernel.knobs[RUN_IP_LOCAL_PORT_RANGE] = "10000 10099";
	wc->lifetime.a = 600 * SIM_S;
	wc->nfaddrs = 2;
	wc->size = 1000;
	wc->bind = BIND_LADDR;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 1000, 200, 800, 0);
	run_result_free(res);
	wc->bind = BIND_NOPORT;
	res = run_simulate(&r.conf);
	assert_counts(&res->count, 1000, 400, 600, 0);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 600);
	run_result_free(res);
}

/* A range of the program's own, the high and the low one, side by side. */
static void
test_portrange(gconstpointer stack)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;

	wc = alone(&r, "burst", 5 * SIM_S);
	r.conf.stack = stack_find(stack);
	g_assert_nonnull(r.conf.stack);
	r.conf.kernel.portrange_hifirst = 50000;
	r.conf.kernel.portrange_hilast = 50029;
	r.conf.kernel.portrange_lowfirst = 1019;
	r.conf.kernel.portrange_lowlast = 1000;
	r.conf.kernel.portrange_randomized = true;
	r.conf.nworkloads = 3;
	r.wl[1] = r.wl[2] = *wc;
	r.wl[1].name = "high";
	r.wl[2].name = "low";
	r.wl[0].portrange.kind = PORTRANGE_DEFAULT;
	r.wl[1].portrange.kind = PORTRANGE_HIGH;
	r.wl[2].portrange.kind = PORTRANGE_LOW;
	r.wl[0].size = r.wl[1].size = r.wl[2].size = RIG_NPORTS + 100;
	r.wl[0].lifetime.a = r.wl[1].lifetime.a = r.wl[2].lifetime.a =
	    600 * SIM_S;
	res = run_simulate(&r.conf);
	/* From main-like 2026 on one candidate is never tried. */
	g_assert_cmpuint(res->workloads[0].count.ok, <=, RIG_NPORTS);
	g_assert_cmpuint(res->workloads[0].count.ok, >=, RIG_NPORTS - 1);
	g_assert_cmpuint(res->workloads[1].count.ok, <=, 30);
	g_assert_cmpuint(res->workloads[1].count.ok, >=, 29);
	g_assert_cmpuint(res->workloads[2].count.ok, <=, 20);
	g_assert_cmpuint(res->workloads[2].count.ok, >=, 19);
	run_result_free(res);

	/* 2 addresses x 10 ports that the program counts. */
	r.conf.nworkloads = 1;
	wc->bind = BIND_LADDR_LPORT;
	wc->portrange = (struct portrange){ PORTRANGE_OWN, 3000, 3009 };
	res = run_simulate(&r.conf);
	assert_counts(&res->count, RIG_NPORTS + 100, 20, RIG_NPORTS + 80, 0);
	g_assert_cmpuint(res->count.eaddrinuse, ==, RIG_NPORTS + 80);
	run_result_free(res);
}

/*
 * To itself: two pcbs a connection, one in TIME_WAIT, whoever closes; none
 * where nolocaltimewait says so.  The listener is one more.
 */
static void
test_loopback(void)
{
	struct workload_conf *wc;
	struct run_result *res;
	struct run_rig r;
	unsigned closer;

	for (closer = 0; closer < 2; closer++) {
		wc = alone(&r, "steady", 20 * SIM_S);
		r.rate.rate = run_rig_hz(10);
		wc->closer = closer == 0 ? CLOSER_LOCAL : CLOSER_REMOTE;
		wc->rtt = SIM_MS;
		wc->lifetime.a = SIM_S - 10 * SIM_MS;
		r.faddrs[0] = r.laddrs[0];
		r.conf.kernel.nolocaltimewait = SYSCTL_OFF;
		r.conf.kernel.msl = 2 * SIM_S;
		res = run_simulate(&r.conf);
		g_assert_cmpuint(res->count.ok, ==, 200);
		/* 10 open at both ends, 40 in TIME_WAIT at one. */
		g_assert_cmpuint(run_rig_row(res, 10 * SIM_S)->pcbs, >=, 59);
		g_assert_cmpuint(run_rig_row(res, 10 * SIM_S)->pcbs, <=, 63);
		run_result_free(res);
		r.conf.kernel.nolocaltimewait = SYSCTL_ON;
		res = run_simulate(&r.conf);
		g_assert_cmpuint(run_rig_row(res, 10 * SIM_S)->pcbs, >=, 19);
		g_assert_cmpuint(run_rig_row(res, 10 * SIM_S)->pcbs, <=, 23);
		run_result_free(res);
		/* All ends in the end, those from before the run, too. */
		wc->stop = SIM_S;
		wc->open = 50;
		res = run_simulate(&r.conf);
		g_assert_cmpuint(res->pcbs_max, >=, 101);
		g_assert_cmpuint(run_rig_row(res, 20 * SIM_S)->pcbs, ==, 1);
		run_result_free(res);
	}
	/* The server closes; its TIME_WAIT ends when the port comes again. */
	r.conf.kernel.portrange_last = RIG_FIRST + 9;
	r.conf.kernel.nolocaltimewait = SYSCTL_OFF;
	wc->open = 0;
	wc->stop = SIM_NEVER;
	wc->lifetime.a = SIM_S / 10;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->count.ok, ==, 200);
	/* Of 200 all but the first 10, and few whose time was over. */
	g_assert_cmpuint(res->timewait_recycled, >, 150);
	g_assert_cmpuint(res->pcbs_max, <=, 10 + 10 + 1);
	run_result_free(res);
	r.conf.kernel.portrange_last = RIG_FIRST + RIG_NPORTS - 1;
	/* Two sockets a connection. */
	wc->load = load_find("burst");
	wc->lifetime.a = 600 * SIM_S;
	wc->size = 400;
	wc->open = 0;
	wc->stop = SIM_NEVER;
	r.conf.host.maxsockets = 500;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->pcbs_max, ==, 500);
	run_result_free(res);
}

int
main(int argc, char **argv)
{
	static const char *const held[] = { "closed", "pool" };
	static const char *const all[] = { "closed", "pool", "poisson",
	    "steady", "burst" };
	static const char *const stacks[] = { "freebsd-11", "freebsd-12.2",
	    "freebsd-14", "freebsd-16" };
	char *name;
	size_t i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(held); i++) {
		name = g_strconcat("/loads/slot_is_free/", held[i], NULL);
		g_test_add_data_func(name, held[i], test_slot_is_free);
		g_free(name);
		name = g_strconcat("/loads/gives_up/", held[i], NULL);
		g_test_add_data_func(name, held[i], test_gives_up);
		g_free(name);
	}
	for (i = 0; i < G_N_ELEMENTS(all); i++) {
		name = g_strconcat("/loads/total/", all[i], NULL);
		g_test_add_data_func(name, all[i], test_total);
		g_free(name);
	}
	g_test_add_func("/loads/served_late", test_served_late);
	g_test_add_func("/loads/steady", test_steady);
	g_test_add_func("/loads/profile_steady", test_profile_steady);
	g_test_add_func("/loads/maxsockets", test_maxsockets);
	g_test_add_func("/loads/open", test_open);
	g_test_add_func("/loads/fports", test_fports);
	g_test_add_func("/loads/bind_any", test_bind_any);
	g_test_add_data_func("/loads/bind_noport/6.1", "linux-6.1",
	    test_bind_noport);
	g_test_add_data_func("/loads/bind_noport/6.18", "linux-6.18",
	    test_bind_noport);
	g_test_add_func("/loads/loopback", test_loopback);
	for (i = 0; i < G_N_ELEMENTS(stacks); i++) {
		name = g_strconcat("/loads/portrange/", stacks[i], NULL);
		g_test_add_data_func(name, stacks[i], test_portrange);
		g_free(name);
	}
	return (g_test_run());
}
