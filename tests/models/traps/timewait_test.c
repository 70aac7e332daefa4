/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Traps for a modeller of TIME_WAIT: it takes ports; up to 13 it is capped,
 * oldest first, and ends in steps of half a second; from 14 on it is neither,
 * and alone uses up the ports of one peer.  docs/TRAPS.md lists them all.
 */

#include <glib.h>

#include "models/machine/assembly.h"
#include "models/machine/timewait.h"
#include "tests/models/machine/run_rig.h"
#include "tests/models/stacks/each.h"

static const char *const capped[] = { "freebsd-11", "freebsd-12.0",
    "freebsd-12.2", NULL };
static const char *const uncapped[] = { "freebsd-14", "freebsd-15",
    "freebsd-16", NULL };

/* All of FILL closes first, at once; one more call at 1 s. */
static struct run_result *
run_closed(const char *stack, uint64_t maxtcptw)
{
	struct run_rig r;

	run_rig_init(&r, stack);
	r.conf.kernel.maxtcptw = maxtcptw;
	r.wl[FILL].closer = CLOSER_LOCAL;
	r.wl[FILL].lifetime.a = 100 * SIM_MS;
	run_rig_connect(&r, CALLS, SIM_S);
	r.conf.duration = 2 * SIM_S;
	return (run_simulate(&r.conf));
}

/* A port in TIME_WAIT is taken, though the connection is over. */
static void
test_takes_its_port(gconstpointer stack)
{
	struct run_result *res;

	res = run_closed(stack, RIG_NPORTS);
	g_assert_cmpuint(run_rig_row(res, 900 * SIM_MS)->timewaits, ==,
	    RIG_NPORTS);
	g_assert_cmpuint(res->count.ok, ==, RIG_NPORTS);
	g_assert_cmpuint(res->workloads[CALLS].count.eaddrnotavail, ==, 1);
	run_result_free(res);
}

/*
 * The cap is half the range: TIME_WAIT alone never uses it up, the rest was
 * thrown out at once.
 */
static void
test_capped_at_half(gconstpointer stack)
{
	struct run_result *res;

	g_assert_cmpuint(timewait_auto_max(10000, 65535, 1 << 20), ==, 27767);
	g_assert_cmpuint(timewait_auto_max(10000, 65535, 100000), ==, 20000);
	res = run_closed(stack, 0);
	g_assert_cmpuint(run_rig_row(res, 900 * SIM_MS)->timewaits, ==, 499);
	g_assert_cmpuint(res->timewait_recycled, ==, RIG_NPORTS - 499);
	g_assert_cmpuint(res->workloads[CALLS].count.ok, ==, 1);
	run_result_free(res);
}

/* From 14 on there is no cap, whatever the old sysctl says. */
static void
test_uncapped(gconstpointer stack)
{
	struct run_result *res;

	res = run_closed(stack, 0);
	g_assert_cmpuint(run_rig_row(res, 900 * SIM_MS)->timewaits, ==,
	    RIG_NPORTS);
	g_assert_cmpuint(res->timewait_recycled, ==, 0);
	g_assert_cmpuint(res->workloads[CALLS].count.eaddrnotavail, ==, 1);
	run_result_free(res);
}

/*
 * Four are in TIME_WAIT from 1 s on, which is all that may be; two more push
 * out two of them at 3 s.  At 5 s the old ones end and the new ones stay.
 */
static void
test_oldest_go_first(gconstpointer stack)
{
	struct run_rig r;
	struct run_result *res;
	unsigned i;

	run_rig_init(&r, stack);
	r.conf.kernel.maxtcptw = 4;
	r.conf.kernel.msl = 2 * SIM_S;
	r.conf.duration = 9 * SIM_S;
	r.wl[FILL].size = 0;
	r.wl[OTHERS].closer = CLOSER_LOCAL;
	for (i = 0; i < 6; i++)
		run_rig_connect(&r, OTHERS, i < 4 ? 900 * SIM_MS :
		    2900 * SIM_MS)->duration = 100 * SIM_MS;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(run_rig_row(res, 2 * SIM_S)->timewaits, ==, 4);
	g_assert_cmpuint(run_rig_row(res, 4 * SIM_S)->timewaits, ==, 4);
	g_assert_cmpuint(res->timewait_recycled, ==, 2);
	g_assert_cmpuint(run_rig_row(res, 6 * SIM_S)->timewaits, ==, 2);
	g_assert_cmpuint(run_rig_row(res, 8 * SIM_S)->timewaits, ==, 0);
	run_result_free(res);
}

/*
 * The cap holds though segments that end connections come in on four CPUs at
 * once: who finds all slots on their way to others goes without.
 */
static void
test_cap_is_exact(gconstpointer stack)
{
	struct run_rig r;
	struct run_result *res;
	size_t i;

	run_rig_init(&r, stack);
	run_rig_cost(&r, COST_TCP_INPUT, 10 * SIM_US);
	r.conf.kernel.maxtcptw = 2;
	r.wl[FILL].closer = CLOSER_LOCAL;
	r.wl[FILL].lifetime.a = 100 * SIM_MS;
	res = run_simulate(&r.conf);
	for (i = 0; i < res->nrows; i++)
		g_assert_cmpuint(res->rows[i].timewaits, <=, 2);
	g_assert_cmpuint(run_rig_row(res, SIM_S)->timewaits, ==, 2);
	/* Nobody is left behind in the tables. */
	g_assert_cmpuint(run_rig_row(res, SIM_S)->pcbs, ==, 2);
	run_result_free(res);
}

/* One TIME_WAIT from 0.101 s on, of 2.1 s; pcbs in the tables at `time'. */
static uint64_t
pcbs_at(const char *stack, simtime time)
{
	struct run_rig r;
	struct run_result *res;
	uint64_t pcbs;

	run_rig_init(&r, stack);
	r.conf.kernel.msl = 1050 * SIM_MS;
	r.wl[FILL].size = 0;
	r.wl[OTHERS].closer = CLOSER_LOCAL;
	run_rig_connect(&r, OTHERS, 0)->duration = 100 * SIM_MS;
	res = run_simulate(&r.conf);
	pcbs = run_rig_row(res, time)->pcbs;
	run_result_free(res);
	return (pcbs);
}

/* The scan for expired ones comes by every 500 ms: at 2.5 s, not at 2.201. */
static void
test_expires_in_steps(gconstpointer stack)
{

	g_assert_cmpuint(pcbs_at(stack, 2250 * SIM_MS), ==, 1);
	g_assert_cmpuint(pcbs_at(stack, 2450 * SIM_MS), ==, 1);
	g_assert_cmpuint(pcbs_at(stack, 2550 * SIM_MS), ==, 0);
}

/* From 14 on each has a callout of its own. */
static void
test_expires_exactly(gconstpointer stack)
{

	g_assert_cmpuint(pcbs_at(stack, 2200 * SIM_MS), ==, 1);
	g_assert_cmpuint(pcbs_at(stack, 2250 * SIM_MS), ==, 0);
}

/*
 * 800 short connections a second for 20 s, TIME_WAIT of 2 s, 1,000 ports.
 * Returns those that were made.
 */
static uint64_t
sustained(const char *stack, unsigned npeers, enum workload_closer closer)
{
	struct run_rig r;
	struct run_result *res;
	uint64_t ok;

	run_rig_init(&r, stack);
	r.conf.kernel.msl = SIM_S;
	r.conf.kernel.portrange_randomized = true;
	r.conf.duration = 20 * SIM_S;
	r.wl[FILL].size = 0;
	r.wl[OTHERS].load = load_find("poisson");
	r.rate.rate = run_rig_hz(800);
	r.wl[OTHERS].nfaddrs = npeers;
	r.wl[OTHERS].lifetime.a = SIM_MS;
	r.wl[OTHERS].closer = closer;
	res = run_simulate(&r.conf);
	ok = res->count.ok;
	g_assert_cmpuint(ok + res->count.eaddrnotavail, ==,
	    res->count.attempts);
	g_assert_cmpuint(res->count.attempts, >, 15300);
	g_assert_cmpuint(res->count.attempts, <, 16700);
	if (closer == CLOSER_REMOTE || npeers > 1)
		g_assert_cmpuint(res->count.eaddrnotavail, ==, 0);
	run_result_free(res);
	return (ok);
}

/*
 * No more than N connections in 2 MSL to one peer, if we close first: 500 a
 * second, 10,000 in 20 s.  (With the default range and MSL: 925 a second.)
 */
static void
test_sustained_limit(gconstpointer stack)
{
	uint64_t ok;

	ok = sustained(stack, 1, CLOSER_LOCAL);
	g_assert_cmpuint(ok, >, 9900);
	g_assert_cmpuint(ok, <=, 10000);
	/* Two peers, or peers that close first: no limit is met. */
	g_assert_cmpuint(sustained(stack, 2, CLOSER_LOCAL), >, 15300);
	g_assert_cmpuint(sustained(stack, 1, CLOSER_REMOTE), >, 15300);
}

/* Up to 13 the cap keeps half of the ports free at any rate. */
static void
test_no_sustained_limit(gconstpointer stack)
{

	g_assert_cmpuint(sustained(stack, 1, CLOSER_LOCAL), >, 15300);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	stacks_each("/trap/12_takes_its_port", capped, test_takes_its_port);
	stacks_each("/trap/12_capped_at_half", capped, test_capped_at_half);
	stacks_each("/trap/12_uncapped", uncapped, test_uncapped);
	stacks_each("/trap/12_oldest_go_first", capped,
	    test_oldest_go_first);
	stacks_each("/trap/12_cap_is_exact", capped, test_cap_is_exact);
	stacks_each("/trap/12_expires_in_steps", capped,
	    test_expires_in_steps);
	stacks_each("/trap/12_expires_exactly", uncapped,
	    test_expires_exactly);
	stacks_each("/trap/12_sustained_limit", uncapped,
	    test_sustained_limit);
	stacks_each("/trap/12_no_sustained_limit", capped,
	    test_no_sustained_limit);
	return (g_test_run());
}
