/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who waits behind a search that fails: on XNU all input and all who want a
 * port; on illumos and DragonFly who belongs to the CPU of the one who
 * searches, and nobody else; on DragonFly every bind behind a bind.
 */

#include <string.h>

#include <glib.h>

#include "models/stacks/stack.h"
#include "sim/hist.h"
#include "tests/models/machine/run_rig.h"

#define	SEARCH		(20 * SIM_MS)
#define	CALL_AT		SIM_S
#define	OTHERS_AT	(CALL_AT + 2 * SIM_MS)

/* How many of the workload's calls lasted so long. */
static uint64_t
slower_than(const struct workload_result *w, simtime length)
{
	uint64_t all, n;
	unsigned idx;
	int64_t upper;

	n = 0;
	for (idx = 0; hist_next(w->connect, &idx, &upper, &all); idx++)
		if (upper >= length)
			n += all;
	return (n);
}

/* The range is full; one search fails, four others want elsewhere meanwhile. */
static struct run_result *
run_one_search(struct run_rig *r, const char *stack, unsigned nothers)
{
	struct replay_conn *c;
	unsigned i;

	run_rig_init(r, stack);
	run_rig_search(r, SEARCH);
	(void)run_rig_connect(r, CALLS, CALL_AT);
	for (i = 0; i < nothers; i++) {
		c = run_rig_connect(r, OTHERS, OTHERS_AT);
		c->faddr = r->faddrs[1];
	}
	return (run_simulate(&r->conf));
}

/* A fourth of the connections belong to the CPU that searches. */
static void
test_one_cpu_waits(gconstpointer stack)
{
	struct run_result *res;
	struct run_rig r;

	res = run_one_search(&r, stack, 4);
	g_assert_cmpuint(res->workloads[CALLS].count.eaddrnotavail, ==, 1);
	g_assert_cmpuint(res->workloads[OTHERS].count.ok, ==, 4);
	g_assert_cmpuint(slower_than(&res->workloads[OTHERS], SEARCH / 2),
	    ==, 1);
	g_assert_cmpint(hist_max(res->workloads[OTHERS].connect), >,
	    SEARCH / 4 * 3);
	run_result_free(res);
}

/* One lock over all: each of them waits. */
static void
test_all_wait(void)
{
	const struct lock_result *ipi;
	struct run_result *res;
	struct run_rig r;

	res = run_one_search(&r, "xnu", 4);
	/* The port is chosen before the destination is asked for. */
	g_assert_cmpuint(res->workloads[CALLS].count.eaddrnotavail, ==, 1);
	g_assert_cmpuint(res->workloads[OTHERS].count.eaddrnotavail, ==, 4);
	g_assert_cmpuint(slower_than(&res->workloads[OTHERS], SEARCH / 4 * 3),
	    ==, 4);
	ipi = run_rig_lock(res, "tcbinfo");
	g_assert_cmpint(hist_max(ipi->hold), >=, SEARCH);
	run_result_free(res);
}

/* Segments that had to wait, and for how long at most. */
static const struct lock_use_result *
segment_use(const struct run_result *res, const char *lock)
{
	unsigned i;

	for (i = 0; i < res->nuses; i++)
		if (strcmp(res->uses[i].lock, lock) == 0 &&
		    strcmp(res->uses[i].op, "segment") == 0)
			return (&res->uses[i]);
	g_error("no segment took %s", lock);
}

/* How long segments waited for it, with a search that fails or without. */
static simtime
segments_wait(const char *stack, const char *lock, bool search)
{
	struct run_result *res;
	struct run_rig r;
	simtime waited;

	run_rig_init(&r, stack);
	run_rig_search(&r, SEARCH);
	if (search)
		(void)run_rig_connect(&r, CALLS, CALL_AT);
	r.conf.inbound.segments = run_rig_hz(40000);
	res = run_simulate(&r.conf);
	waited = segment_use(res, lock)->use.wait.total;
	run_result_free(res);
	return (waited);
}

/* Established connections: all of them stop on XNU, a fourth elsewhere. */
static void
test_input_waits(void)
{
	static const struct {
		const char	*stack, *lock;
		unsigned	cpus;		/* whose input waits */
	} rows[] = {
		{ "xnu", "tcbinfo", 4 },
		{ "illumos", "squeue", 1 },
		{ "dragonfly", "netisr", 1 }
	};
	simtime waited;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		/* To fill the range makes some wait, too. */
		waited = segments_wait(rows[i].stack, rows[i].lock, true) -
		    segments_wait(rows[i].stack, rows[i].lock, false);
		/* One a CPU finds it taken; the rest is behind that one. */
		g_assert_cmpint(waited, >=, rows[i].cpus * (SEARCH / 10 * 9));
		g_assert_cmpint(waited, <=, rows[i].cpus * SEARCH + SIM_MS);
	}
}

/* Every bind of DragonFly is CPU 0's: all wait; on illumos a fourth. */
static void
test_binds(void)
{
	static const struct {
		const char	*stack;
		unsigned	wait;
	} rows[] = { { "dragonfly", 4 }, { "illumos", 1 } };
	struct replay_conn *c;
	struct run_result *res;
	struct run_rig r;
	unsigned i, k;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		run_rig_init(&r, rows[i].stack);
		/* A full class is searched in vain: filling is long. */
		run_rig_search(&r, 2 * SIM_MS);
		r.wl[FILL].bind = r.wl[CALLS].bind = r.wl[OTHERS].bind =
		    BIND_LADDR;
		r.wl[FILL].nladdrs = r.wl[CALLS].nladdrs = 1;
		r.wl[OTHERS].laddrs = &r.laddrs[1];
		r.wl[OTHERS].nladdrs = 1;
		c = run_rig_connect(&r, CALLS, CALL_AT);
		c->laddr = r.laddrs[0];
		c->bound = true;
		for (k = 0; k < 4; k++) {
			c = run_rig_connect(&r, OTHERS, CALL_AT +
			    100 * SIM_US);
			c->laddr = r.laddrs[1];
			c->bound = true;
		}
		res = run_simulate(&r.conf);
		g_assert_cmpuint(res->workloads[CALLS].count.eaddrnotavail,
		    ==, 1);
		g_assert_cmpuint(res->workloads[OTHERS].count.ok, ==, 4);
		g_assert_cmpuint(slower_than(&res->workloads[OTHERS],
		    SIM_MS), ==, rows[i].wait);
		run_result_free(res);
	}
}

/* Both searches give the same run. */
static void
test_walk_is_index(gconstpointer stack)
{
	struct run_result *a, *b;
	struct run_rig r;

	a = run_one_search(&r, stack, 4);
	r.conf.search = NET_SEARCH_BOTH;
	b = run_simulate(&r.conf);
	g_assert_cmpuint(a->events, ==, b->events);
	g_assert_cmpuint(a->visits_max, ==, b->visits_max);
	g_assert_cmpint(hist_max(a->connect), ==, hist_max(b->connect));
	run_result_free(a);
	run_result_free(b);
}

int
main(int argc, char **argv)
{
	static const char *const stacks[] = { "illumos", "dragonfly", "xnu" };
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(stacks); i++) {
		g_autofree char *waits = g_strconcat("/serial/one_cpu_waits/",
		    stacks[i], NULL);
		g_autofree char *same = g_strconcat("/serial/walk_is_index/",
		    stacks[i], NULL);

		if (i < 2)
			g_test_add_data_func(waits, stacks[i],
			    test_one_cpu_waits);
		g_test_add_data_func(same, stacks[i], test_walk_is_index);
	}
	g_test_add_func("/serial/all_wait", test_all_wait);
	g_test_add_func("/serial/input_waits", test_input_waits);
	g_test_add_func("/serial/binds", test_binds);
	return (g_test_run());
}
