/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Whole runs, small: every connection is accounted for, TIME_WAIT keeps its
 * cap, a hold is what its visits cost, an overload passes, walk
 * and index give the same run.
 */

#include <string.h>

#include <glib.h>

#include "models/machine/assembly.h"
#include "models/machine/load.h"
#include "models/machine/machine.h"
#include "models/machine/run.h"
#include "models/stacks/stack.h"
#include "sim/hist.h"

#define	UHZ(x)		((rate_uhz)(x) * 1000000)

static const uint32_t laddrs[] = { 0x016433c6, 0x026433c6 };
static const uint32_t faddrs[] = { 0x0a7100cb };
static const uint16_t fport80 = 80;

struct fixture {
	struct costs	costs;
	struct rate_step rate[2];
	struct workload_conf wl[2];
	struct run_conf	conf;
};

static void
fixture_cost(struct fixture *f, enum cost c, simtime ps)
{

	f->costs.curve[c].npoints = 1;
	f->costs.curve[c].ps[0] = ps;
}

static const struct observer_conf observer = { .name = "console",
    .cpu = UINT_MAX, .kind = OBSERVER_ITIMER, .period = 100 * SIM_MS,
    .work = SIM_MS,
    .deadline = 500 * SIM_MS };

/* One workload: `load', 1,000 ports, two CPUs, ten seconds. */
static void
fixture_init(struct fixture *f, const char *stack, const char *load)
{
	enum cost c;

	memset(f, 0, sizeof(*f));
	for (c = 0; c < NCOSTS; c++)
		fixture_cost(f, c, 100 * SIM_NS);
	f->rate[0].rate = UHZ(100);
	f->wl[0] = (struct workload_conf){
		.name = "w", .load = load_find(load), .nrates = 1,
		.rates = &f->rate[0], .bind = BIND_NONE, .nladdrs = 2,
		.laddrs = laddrs, .nfaddrs = 1, .faddrs = faddrs,
		.nfports = 1, .fports = &fport80, .threads = 4,
		.closer = CLOSER_REMOTE, .rtt = SIM_MS, .stop = SIM_NEVER,
		.speed_ppm = 1000000,
		.repeat = 1, .size = 10,
		.lifetime = { .kind = DIST_CONSTANT, .a = 100 * SIM_MS },
		.think = { .kind = DIST_CONSTANT, .a = 10 * SIM_MS }
	};
	f->conf = (struct run_conf){
		.stack = stack_find(stack), .search = NET_SEARCH_BOTH,
		.seed = 1, .duration = 10 * SIM_S, .interval = SIM_S,
		.stall_threshold = SIM_MS,
		.host = { .cpus = 2, .nladdrs = 2, .laddrs = laddrs,
		    .maxsockets = 10000, .costs = &f->costs },
		.kernel = { .portrange_first = 10000, .portrange_last = 10999,
		    .portrange_randomized = true, .portrange_randomcps = 10,
		    .portrange_randomtime = 45, .msl = SIM_S },
		.nobservers = 1, .observers = &observer,
		.inbound = { .rx_bound = true, .rtt = SIM_MS,
		    .ring = 4096, .backlog = 128 },
		.nworkloads = 1, .workloads = f->wl
	};
	g_assert_nonnull(f->wl[0].load);
	g_assert_nonnull(f->conf.stack);
}

/* attempts = ok + failures; what was due is decided or unfinished. */
static void
check_accounts(const struct run_result *res)
{
	const struct attempt_counts *ac;
	uint64_t failed, ok;
	size_t i;

	ac = &res->count;
	g_assert_cmpuint(ac->attempts, ==, ac->ok + ac->eaddrnotavail +
	    ac->eaddrinuse + ac->other);
	g_assert_cmpuint(hist_count(res->connect), ==, ac->attempts);
	for (i = 0, ok = failed = 0; i < res->nrows; i++) {
		ok += res->rows[i].connects_ok;
		failed += res->rows[i].connects_failed;
	}
	g_assert_cmpuint(ok, ==, ac->ok);
	g_assert_cmpuint(failed, ==, ac->attempts - ac->ok);
	g_assert_cmpuint(ac->other, ==, 0);
}

static void
test_light_load_is_served(gconstpointer load)
{
	struct fixture f;
	struct run_result *res;

	fixture_init(&f, "freebsd-12.0", load);
	res = run_simulate(&f.conf);
	check_accounts(res);
	g_assert_cmpuint(res->count.ok, >, 0);
	g_assert_cmpuint(res->count.ok, ==, res->count.attempts);
	g_assert_cmpint(res->verdict, ==, VERDICT_OK);
	g_assert_cmpuint(res->nrows, ==, 10);
	/* Each tick of the console but the very last was served. */
	g_assert_cmpuint(hist_count(res->console), >=, 99);
	g_assert_cmpint(hist_max(res->console), <, SIM_MS);
	run_result_free(res);
}

/* Little's law on the connections that are open: N = rate x lifetime. */
static void
test_population_is_rate_times_lifetime(void)
{
	struct fixture f;
	struct run_result *res;
	double mean;
	size_t i;

	fixture_init(&f, "freebsd-12.0", "poisson");
	f.rate[0].rate = UHZ(1000);
	f.wl[0].lifetime.a = 200 * SIM_MS;
	f.conf.duration = 100 * SIM_S;
	res = run_simulate(&f.conf);
	for (i = 1, mean = 0; i < res->nrows; i++)
		mean += (double)res->rows[i].pcbs / (double)(res->nrows - 1);
	/*
	 * Lifetime and one round trip before the last ACK: 201 ms.  99 samples
	 * of a Poisson number of mean 201: sigma 1.42; five of them.
	 */
	g_assert_cmpfloat(mean, >, 201 - 7.2);
	g_assert_cmpfloat(mean, <, 201 + 7.2);
	check_accounts(res);
	run_result_free(res);
}

/* Closing first puts us into TIME_WAIT: at most the cap, 2 MSL each. */
static void
test_timewait(gconstpointer stack)
{
	struct fixture f;
	struct run_result *res;
	uint64_t max;
	size_t i;

	fixture_init(&f, stack, "poisson");
	f.rate[0].rate = UHZ(200);
	f.wl[0].closer = CLOSER_LOCAL;
	f.wl[0].lifetime.a = SIM_MS;
	f.conf.duration = 30 * SIM_S;
	f.conf.kernel.msl = 5 * SIM_S;
	f.conf.kernel.portrange_last = 19999;
	f.conf.kernel.maxtcptw = 500;
	res = run_simulate(&f.conf);
	for (i = 0, max = 0; i < res->nrows; i++)
		max = MAX(max, res->rows[i].timewaits);
	check_accounts(res);
	if (f.conf.stack->timewait == TIMEWAIT_CAPPED) {
		g_assert_cmpuint(max, ==, 500);
		g_assert_cmpuint(res->timewait_recycled, >, 0);
	} else {
		/* 200/s x 10 s: 2,000; sigma 45. */
		g_assert_cmpuint(max, >, 1775);
		g_assert_cmpuint(max, <, 2225);
		g_assert_cmpuint(res->timewait_recycled, ==, 0);
	}
	run_result_free(res);
}

/*
 * A connection to an address of our own leaves no TIME_WAIT where the kernel,
 * or its administrator, says so.
 */
static void
test_local_timewait(void)
{
	static const struct {
		const char	*stack;
		enum sysctl_bool set;
		bool		none;
	} cases[] = {
		{ "freebsd-12.0", SYSCTL_AUTO, false },
		{ "freebsd-12.0", SYSCTL_ON, true },
		{ "freebsd-14", SYSCTL_AUTO, true },
		{ "freebsd-14", SYSCTL_OFF, false }
	};
	struct fixture f;
	struct run_result *res;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		fixture_init(&f, cases[i].stack, "poisson");
		f.wl[0].closer = CLOSER_LOCAL;
		f.wl[0].faddrs = &laddrs[1];
		f.conf.kernel.nolocaltimewait = cases[i].set;
		res = run_simulate(&f.conf);
		g_assert_cmpuint(res->count.ok, >, 100);
		g_assert_cmpint(res->rows[res->nrows / 2].timewaits == 0, ==,
		    cases[i].none);
		run_result_free(res);
	}
}

/* One failing search holds the lock for visits x cost + the rest. */
static void
test_hold_is_what_it_visited(void)
{
	struct fixture f;
	struct run_result *res;
	enum cost c;

	fixture_init(&f, "freebsd-12.0", "burst");
	for (c = 0; c < NCOSTS; c++)
		fixture_cost(&f, c, 0);
	fixture_cost(&f, COST_PCB_VISIT, SIM_US);
	fixture_cost(&f, COST_LPORT_ITER, 10 * SIM_NS);
	f.wl[0].size = 1001;
	f.wl[0].lifetime.a = 60 * SIM_S;
	f.wl[0].threads = 1;
	res = run_simulate(&f.conf);
	g_assert_cmpuint(res->count.ok, ==, 1000);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 1);
	g_assert_cmpint(hist_max(res->probes), ==, 1000);
	g_assert_cmpuint(res->visits_max, ==, 1000);
	g_assert_cmpint(hist_max(res->hash_hold), ==,
	    1000 * (SIM_US + 10 * SIM_NS));
	run_result_free(res);
}

/*
 * Saturation: failing searches of 10 ms, offered for 5 s.  Below 100 a second
 * nothing is late for long; above it the lock is held until the backlog is
 * gone, and the time that takes follows from rate x hold.
 */
static struct run_result *
run_overload(struct fixture *f, unsigned calls_hz)
{
	enum cost c;

	fixture_init(f, "freebsd-12.0", "burst");
	for (c = 0; c < NCOSTS; c++)
		fixture_cost(f, c, SIM_NS);
	fixture_cost(f, COST_PCB_VISIT, 10 * SIM_US);
	f->wl[0].size = 1000;
	f->wl[0].lifetime.a = 600 * SIM_S;
	f->wl[1] = f->wl[0];
	f->wl[1].name = "calls";
	f->wl[1].load = load_find("poisson");
	f->rate[1].rate = UHZ(calls_hz);
	f->wl[1].rates = &f->rate[1];
	f->wl[1].threads = 0;
	f->wl[1].start = 2 * SIM_S;
	f->wl[1].stop = 7 * SIM_S;
	f->conf.nworkloads = 2;
	f->conf.search = NET_SEARCH_INDEX;
	f->conf.duration = 40 * SIM_S;
	f->conf.inbound.segments = UHZ(1000);
	f->conf.inbound.accepts = UHZ(100);
	f->conf.inbound.lport = 443;
	f->conf.inbound.lifetime = (struct dist){ .kind = DIST_CONSTANT,
	    .a = SIM_S };
	return (run_simulate(&f->conf));
}

/* From when to when the lock is held nearly all the time. */
static simtime
saturated(const struct run_result *res)
{
	simtime length;
	size_t i;

	length = 0;
	for (i = 1; i < res->nrows; i++)
		if (res->rows[i].hash_hold_frac > 0.9)
			length += res->rows[i].time - res->rows[i - 1].time;
	return (length);
}

static void
test_overload_passes(void)
{
	struct fixture f;
	struct run_result *res;

	res = run_overload(&f, 20);
	check_accounts(res);
	g_assert_cmpint(res->verdict, ==, VERDICT_STALLS);
	g_assert_cmpint(res->frozen, ==, 0);
	run_result_free(res);

	res = run_overload(&f, 300);
	check_accounts(res);
	g_assert_cmpint(res->verdict, >=, VERDICT_STALLS);
	/* 1,500 calls of 10 ms: 15 s of lock, from 2 s on; sigma 0.39 s. */
	g_assert_cmpint(saturated(res), >, 13 * SIM_S);
	g_assert_cmpint(saturated(res), <, 17 * SIM_S);
	/* The last comes at 7 s, and stands behind all of them. */
	g_assert_cmpint(hist_max(res->connect), >, 8 * SIM_S);
	g_assert_cmpfloat(res->spin_cpu_frac, >, 0.1);
	g_assert_cmpuint(res->count.unfinished, ==, 0);
	run_result_free(res);
}

/* The same configuration gives the same run, either search. */
static void
test_walk_is_index(void)
{
	struct fixture f;
	struct run_result *a, *b;

	fixture_init(&f, "freebsd-12.2", "closed");
	f.wl[0].size = 200;
	f.wl[0].bind = BIND_LADDR;
	f.conf.search = NET_SEARCH_INDEX;
	a = run_simulate(&f.conf);
	f.conf.search = NET_SEARCH_WALK;
	b = run_simulate(&f.conf);
	g_assert_cmpuint(a->events, ==, b->events);
	g_assert_cmpuint(a->count.ok, ==, b->count.ok);
	g_assert_cmpuint(a->nrows, ==, b->nrows);
	g_assert_cmpint(memcmp(a->rows, b->rows, a->nrows *
	    sizeof(a->rows[0])), ==, 0);
	run_result_free(a);
	run_result_free(b);
}

/*
 * After a warm-up the sums are those of the rest of the timeline, which itself
 * is as without one; the machine's state went on.
 */
static void
test_warmup_counts_the_rest(void)
{
	struct fixture f;
	struct run_result *all, *rest;
	uint64_t failed, ok;
	size_t i;

	fixture_init(&f, "freebsd-12.0", "poisson");
	f.rate[0].rate = UHZ(400);
	f.wl[0].lifetime.a = 600 * SIM_S;
	all = run_simulate(&f.conf);
	f.conf.warmup = 4 * SIM_S;
	rest = run_simulate(&f.conf);
	g_assert_cmpuint(all->count.eaddrnotavail, >, 500);
	g_assert_cmpuint(all->nrows, ==, rest->nrows);
	for (i = 0, ok = failed = 0; i < all->nrows; i++) {
		g_assert_cmpuint(all->rows[i].connects_ok, ==,
		    rest->rows[i].connects_ok);
		g_assert_cmpint(all->rows[i].stall_max, ==,
		    rest->rows[i].stall_max);
		g_assert_cmpfloat_with_epsilon(all->rows[i].hash_hold_frac,
		    rest->rows[i].hash_hold_frac, 1e-12);
		if (rest->rows[i].time > f.conf.warmup) {
			ok += rest->rows[i].connects_ok;
			failed += rest->rows[i].connects_failed;
		}
	}
	g_assert_cmpuint(rest->count.ok, ==, ok);
	g_assert_cmpuint(rest->count.attempts, ==, ok + failed);
	g_assert_cmpuint(hist_count(rest->connect), ==, ok + failed);
	/* 1,000 ports at 400/s: nothing opens after 2.5 s. */
	g_assert_cmpuint(ok, ==, 0);
	g_assert_cmpuint(all->count.ok, ==, 1000);
	g_assert_cmpint(rest->first_exhaustion, ==, all->first_exhaustion);
	/* Failing searches only: the lock is busier than over all. */
	g_assert_cmpfloat(rest->hold_busy_frac, >, all->hold_busy_frac);
	g_assert_cmpuint(hist_count(rest->hash_hold), <,
	    hist_count(all->hash_hold));
	run_result_free(all);
	run_result_free(rest);
}

/* Netstat stops at the pcb that is being connected, with the info lock. */
static void
test_netstat_waits_for_the_search(void)
{
	struct fixture f;
	struct run_result *res;
	enum cost c;
	unsigned i;

	fixture_init(&f, "freebsd-12.0", "burst");
	for (c = 0; c < NCOSTS; c++)
		fixture_cost(&f, c, SIM_NS);
	fixture_cost(&f, COST_PCB_VISIT, 100 * SIM_US);
	f.wl[0].size = 1010;
	f.wl[0].threads = 1;
	f.wl[0].lifetime.a = 600 * SIM_S;
	f.conf.netstat.period = 150 * SIM_MS;
	res = run_simulate(&f.conf);
	for (i = 0; i < res->nlocks; i++)
		if (g_str_equal(res->locks[i].name, "tcp"))
			break;
	g_assert_cmpuint(i, <, res->nlocks);
	g_assert_cmpuint(res->locks[i].acquisitions, >, 5);
	/* Its own walk takes 100 ms; a search that it met up to 100 more. */
	g_assert_cmpint(hist_max(res->locks[i].hold), >, 110 * SIM_MS);
	run_result_free(res);
}

/* What the trace must add up to. */
struct ledger {
	simtime		last;
	uint64_t	count[TRACE_NKINDS];
	uint64_t	search_iters;
};

static void
ledger_sink(void *arg, const struct trace_rec *rec)
{
	struct ledger *l;

	l = arg;
	g_assert_cmpint(rec->time, >=, l->last);
	l->last = rec->time;
	l->count[rec->kind]++;
	if (rec->kind == TRACE_SEARCH)
		l->search_iters += rec->a;
	/* Nothing is given back that was not taken. */
	g_assert_cmpuint(l->count[TRACE_RELEASE], <=,
	    l->count[TRACE_ACQUIRE]);
}

/* Trace points come in order, and agree with what is counted elsewhere. */
static void
test_trace_agrees_with_the_counts(void)
{
	struct fixture f;
	struct ledger l;
	struct run_result *res;
	uint64_t spins, sleeps;
	unsigned i;

	fixture_init(&f, "freebsd-12.0", "closed");
	f.wl[0].size = 100;
	memset(&l, 0, sizeof(l));
	f.conf.trace.sink = ledger_sink;
	f.conf.trace.arg = &l;
	res = run_simulate(&f.conf);
	for (i = 0, spins = sleeps = 0; i < res->nlocks; i++) {
		spins += res->locks[i].spins;
		sleeps += res->locks[i].sleeps;
	}
	g_assert_cmpuint(l.count[TRACE_SEARCH], ==, res->searches);
	g_assert_cmpfloat((double)l.search_iters, ==,
	    hist_mean(res->probes) * (double)res->searches);
	g_assert_cmpuint(l.count[TRACE_SPIN], >=, spins);
	g_assert_cmpuint(l.count[TRACE_SLEEP], >=, sleeps);
	g_assert_cmpuint(spins, >, 0);
	/* At most one lock of each kind is still held by each thread. */
	g_assert_cmpuint(l.count[TRACE_ACQUIRE] - l.count[TRACE_RELEASE], <=,
	    8);
	g_assert_cmpuint(l.count[TRACE_RUN], >=, l.count[TRACE_PREEMPT]);
	run_result_free(res);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/run/light_load_is_served/poisson", "poisson",
	    test_light_load_is_served);
	g_test_add_data_func("/run/light_load_is_served/closed", "closed",
	    test_light_load_is_served);
	g_test_add_data_func("/run/light_load_is_served/pool", "pool",
	    test_light_load_is_served);
	g_test_add_data_func("/run/light_load_is_served/burst", "burst",
	    test_light_load_is_served);
	g_test_add_func("/run/population_is_rate_times_lifetime",
	    test_population_is_rate_times_lifetime);
	g_test_add_data_func("/run/timewait/capped", "freebsd-12.0",
	    test_timewait);
	g_test_add_data_func("/run/timewait/uncapped", "freebsd-14",
	    test_timewait);
	g_test_add_func("/run/timewait/local", test_local_timewait);
	g_test_add_func("/run/hold_is_what_it_visited",
	    test_hold_is_what_it_visited);
	g_test_add_func("/run/overload_passes",
	    test_overload_passes);
	g_test_add_func("/run/walk_is_index", test_walk_is_index);
	g_test_add_func("/run/warmup_counts_the_rest",
	    test_warmup_counts_the_rest);
	g_test_add_func("/run/netstat_waits_for_the_search",
	    test_netstat_waits_for_the_search);
	g_test_add_func("/run/trace_agrees_with_the_counts",
	    test_trace_agrees_with_the_counts);
	return (g_test_run());
}
