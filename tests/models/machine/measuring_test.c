/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A machine's connections reach the measures, and change nothing.
 */

#include "models/measures/none.h"
#include "tests/models/machine/run_rig.h"

/* The range filled for one peer at once; three calls there, one elsewhere. */
static struct run_result *
filled(struct run_rig *r, const char *stack, bool measures)
{

	run_rig_init(r, stack);
	r->conf.measures = measures;
	run_rig_connect(r, CALLS, SIM_S);
	run_rig_connect(r, CALLS, SIM_S + SIM_MS);
	run_rig_connect(r, CALLS, 2 * SIM_S);
	run_rig_connect(r, OTHERS, SIM_S)->faddr = r->faddrs[1];
	return (run_simulate(&r->conf));
}

/* Failing, where a tuple is there or is not. */
static void
test_failures(void)
{
	static const struct {
		const char	*stack;
		double		wrongly;	/* of four, or three */
		double		held;
	} cases[] = { { "freebsd-12.0", 0.25, 1 }, { "freebsd-14", 0, 1 } };
	struct measures_result *m;
	struct run_result *res;
	struct run_rig r;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		res = filled(&r, cases[i].stack, true);
		m = &res->measures;
		g_assert_cmpfloat(m->fail_false, ==, cases[i].wrongly);
		g_assert_cmpfloat(m->fail_held, >=, 0);
		g_assert_cmpfloat(m->held_max, ==, cases[i].held);
		g_assert_cmpfloat(m->reached, ==, 1);
		g_assert_cmpfloat(m->fail_candidates, ==, RIG_NPORTS);
		g_assert_cmpstr(m->fail_errno, ==, "EADDRNOTAVAIL");
		/* From the first call to the end. */
		g_assert_cmpint(m->outage_max, ==, 2 * SIM_S);
		g_assert_cmpfloat(m->addr_fairness, ==, 0.5);
		/* A load for each: the first was the empty table. */
		g_assert_cmpuint(m->load[MEASURES_NLOADS - 1].failed, ==,
		    i == 0 ? 4 : 3);
		g_assert_cmpuint(m->load[0].searches, ==,
		    RIG_NPORTS / 4 + (i == 1));
		run_result_free(res);
	}
}

/* Connections of half a second: what comes back, and when it is gone. */
static void
test_ends(void)
{
	static const simtime life = SIM_S / 2;
	struct measures_result *m;
	struct run_result *res;
	struct run_rig r;
	unsigned local;

	for (local = 0; local <= 1; local++) {
		run_rig_init(&r, "freebsd-14");
		r.conf.measures = true;
		r.conf.kernel.portrange_last = RIG_FIRST + 9;
		r.wl[FILL].size = 10;
		r.wl[FILL].lifetime.a = life;
		r.wl[FILL].every = SIM_S;
		r.wl[FILL].closer = local ? CLOSER_LOCAL : CLOSER_REMOTE;
		res = run_simulate(&r.conf);
		m = &res->measures;
		g_assert_cmpfloat(m->held_max, ==, 1);
		if (local) {
			/* TIME_WAIT holds them: nothing comes back. */
			g_assert_true(hist_count(m->tuple_time) == 0);
			g_assert_cmpuint(res->count.ok, ==, 10);
		} else {
			g_assert_cmpuint(res->count.ok, ==, 30);
			g_assert_cmpuint(hist_count(m->tuple_time), ==, 20);
			g_assert_cmpint(hist_min(m->tuple_time), <=, life);
			g_assert_cmpint(hist_min(m->tuple_time), >,
			    life - 10 * SIM_MS);
			g_assert_cmpint(hist_max(m->tuple_conns), <=, 9);
		}
		run_result_free(res);
	}
}

/* What is measured decides nothing. */
static void
test_changes_nothing(void)
{
	static const char *const stacks[] = { "freebsd-12.0", "freebsd-16",
	    "linux-6.18", "netbsd", "illumos" };
	struct run_result *with, *without;
	struct run_rig r;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(stacks); i++) {
		without = filled(&r, stacks[i], false);
		with = filled(&r, stacks[i], true);
		g_assert_false(without->measures.taken);
		g_assert_true(with->measures.taken);
		g_assert_cmpuint(with->events, ==, without->events);
		g_assert_cmpuint(with->count.ok, ==, without->count.ok);
		g_assert_cmpint(hist_max(with->connect), ==,
		    hist_max(without->connect));
		run_result_free(with);
		run_result_free(without);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/measuring/failures", test_failures);
	g_test_add_func("/measuring/ends", test_ends);
	g_test_add_func("/measuring/changes_nothing", test_changes_nothing);
	return (g_test_run());
}
