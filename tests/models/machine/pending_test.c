/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who still waits for a connect() when the run is over is in its latency, with
 * what it has waited until then.
 */

#include "tests/models/machine/run_rig.h"

#define	CALLS_AT (2 * SIM_S)
#define	SEARCH	(400 * SIM_MS)

static struct run_result *
run_calls(struct run_rig *r, unsigned threads, unsigned n)
{
	unsigned i;

	run_rig_init(r, "freebsd-12.0");
	run_rig_search(r, SEARCH);
	r->conf.duration = 3 * SIM_S;
	r->wl[CALLS].threads = threads;
	for (i = 0; i < n; i++)
		run_rig_connect(r, CALLS, CALLS_AT);
	return (run_simulate(&r->conf));
}

/*
 * One thread, a second, searches of 0.4 s: two are over, the third is at it,
 * five have no thread.
 */
static void
test_who_waits_counts(void)
{
	const struct workload_result *wr;
	struct run_result *res;
	struct run_rig r;

	res = run_calls(&r, 1, 8);
	wr = &res->workloads[CALLS];
	g_assert_cmpuint(wr->count.attempts, ==, 2);
	g_assert_cmpuint(wr->count.unfinished, ==, 6);
	g_assert_cmpuint(hist_count(wr->connect), ==, 8);
	g_assert_cmpuint(hist_count(res->connect), ==, RIG_NPORTS + 8);
	g_assert_cmpint(hist_max(wr->connect), ==, SIM_S);
	/* Of eight the third is the first that waits to the end. */
	g_assert_cmpint(hist_quantile(wr->connect, 2, 8), <, SIM_S);
	g_assert_cmpint(hist_quantile(wr->connect, 3, 8), ==, SIM_S);
	/* It has called for 0.2 s. */
	g_assert_cmpuint(hist_count(wr->call), ==, 3);
	g_assert_cmpint(hist_min(wr->call), ==, SIM_S - 2 * SEARCH);
	run_result_free(res);
}

/* The thread is at one connection for longer than any that is over. */
static void
test_who_is_busy_counts(void)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	run_rig_search(&r, 2 * SIM_S);
	r.conf.duration = 3 * SIM_S;
	run_rig_connect(&r, CALLS, CALLS_AT);
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->workloads[CALLS].count.attempts, ==, 0);
	g_assert_cmpint(res->workloads[CALLS].busy_max, ==, SIM_S);
	run_result_free(res);
}

/* Causes are those of all, and add up to what they waited. */
static void
test_causes_add_up(void)
{
	struct run_result *res;
	struct run_rig r;
	double sum;
	uint64_t n;
	size_t k;
	unsigned i;

	res = run_calls(&r, 0, 3);
	g_assert_cmpuint(res->workloads[CALLS].count.attempts, ==, 2);
	for (i = 0, sum = 0; i < NCAUSES; i++)
		sum += (double)res->spent[i];
	g_assert_cmpfloat(sum, >, 0.999 * hist_mean(res->connect));
	g_assert_cmpfloat(sum, <, 1.001 * hist_mean(res->connect));
	for (k = 0, n = 0; k < res->ncauses; k++)
		n += res->causes[k].count;
	g_assert_cmpuint(n, ==, RIG_NPORTS + 3);
	/* The third stands behind the lock. */
	g_assert_cmpint(res->causes[res->ncauses - 1].time, ==, 3 * SIM_S);
	g_assert_cmpint(res->causes[res->ncauses - 1].cause, ==, CAUSE_LOCK);
	run_result_free(res);
}

/* Nobody waits: nobody is added. */
static void
test_who_is_done_is_done(void)
{
	struct run_result *res;
	struct run_rig r;

	res = run_calls(&r, 1, 2);
	g_assert_cmpuint(res->workloads[CALLS].count.unfinished, ==, 0);
	g_assert_cmpuint(hist_count(res->connect), ==,
	    res->count.attempts);
	run_result_free(res);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pending/who_waits_counts", test_who_waits_counts);
	g_test_add_func("/pending/who_is_busy_counts",
	    test_who_is_busy_counts);
	g_test_add_func("/pending/causes_add_up", test_causes_add_up);
	g_test_add_func("/pending/who_is_done_is_done",
	    test_who_is_done_is_done);
	return (g_test_run());
}
