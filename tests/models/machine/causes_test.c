/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the latency of a connect is put down to, where the answer is known, and
 * that every connect is counted once.
 */

#include "tests/models/machine/run_rig.h"

#define	SEARCH	(20 * SIM_MS)
#define	CALLS_AT (2 * SIM_S)

/* Connects of that cause decided after the range was filled. */
static uint64_t
caused(const struct run_result *res, enum connect_cause cause)
{
	uint64_t n;
	size_t i;

	for (n = 0, i = 0; i < res->ncauses; i++)
		if (res->causes[i].time > CALLS_AT &&
		    res->causes[i].cause == cause)
			n += res->causes[i].count;
	return (n);
}

static struct run_result *
run_calls(struct run_rig *r, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		run_rig_connect(r, CALLS, CALLS_AT);
	return (run_simulate(&r->conf));
}

/* A failing search with nobody about: 20 ms, in its class to within 19 %. */
static void
test_alone_it_is_the_search(void)
{
	const struct cause_row *row;
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	run_rig_search(&r, SEARCH);
	res = run_calls(&r, 1);
	g_assert_cmpuint(caused(res, CAUSE_SEARCH), ==, 1);
	row = &res->causes[res->ncauses - 1];
	g_assert_cmpint(row->cause, ==, CAUSE_SEARCH);
	g_assert_cmpuint(row->count, ==, 1);
	g_assert_cmpuint(row->failed, ==, 1);
	g_assert_cmpint(row->latency, >=, SEARCH);
	g_assert_cmpint(row->latency, <, SEARCH + SEARCH / 5);
	run_result_free(res);
}

/* Three programs at once: the third waits twice as long as it searches. */
static void
test_the_third_waits_for_the_lock(void)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	run_rig_search(&r, SEARCH);
	res = run_calls(&r, 3);
	g_assert_cmpuint(caused(res, CAUSE_SEARCH), >=, 1);
	g_assert_cmpuint(caused(res, CAUSE_LOCK), >=, 1);
	g_assert_cmpuint(caused(res, CAUSE_SEARCH) +
	    caused(res, CAUSE_LOCK), ==, 3);
	run_result_free(res);
}

/* The same three in a program of one thread never meet at the lock. */
static void
test_the_third_waits_for_the_thread(void)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	run_rig_search(&r, SEARCH);
	r.wl[CALLS].threads = 1;
	res = run_calls(&r, 3);
	g_assert_cmpuint(caused(res, CAUSE_LOCK), ==, 0);
	g_assert_cmpuint(caused(res, CAUSE_THREAD), >=, 1);
	g_assert_cmpuint(caused(res, CAUSE_SEARCH) +
	    caused(res, CAUSE_THREAD), ==, 3);
	run_result_free(res);
}

/* Nor on a machine of one CPU, where each runs to its end. */
static void
test_the_third_waits_for_the_cpu(void)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	run_rig_search(&r, SEARCH);
	r.conf.host.cpus = 1;
	r.observer.work = 0;
	res = run_calls(&r, 3);
	g_assert_cmpuint(caused(res, CAUSE_LOCK), ==, 0);
	g_assert_cmpuint(caused(res, CAUSE_CPU), >=, 1);
	run_result_free(res);
}

/* System calls that take longer than the search. */
static void
test_work_is_the_rest(void)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	run_rig_search(&r, SIM_MS);
	run_rig_cost(&r, COST_SOCKET, SIM_MS);
	run_rig_cost(&r, COST_SYSCALL, SIM_MS);
	r.wl[FILL].size = 100;
	res = run_calls(&r, 1);
	g_assert_cmpuint(caused(res, CAUSE_WORK), ==, 1);
	run_result_free(res);
}

/* Bucket locks: the search is told from the waiting there, too. */
static void
test_search_of_bucket_locks(void)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-16");
	run_rig_search(&r, SEARCH);
	res = run_calls(&r, 3);
	g_assert_cmpuint(caused(res, CAUSE_SEARCH), ==, 3);
	run_result_free(res);
}

/* Interval by interval all connects are there, in order of rows. */
static void
test_every_connect_is_counted_once(void)
{
	const struct cause_row *row;
	struct run_result *res;
	struct run_rig r;
	uint64_t failed, n;
	size_t i, k;

	run_rig_init(&r, "freebsd-12.0");
	run_rig_search(&r, SEARCH);
	res = run_calls(&r, RIG_MAXCONNS);
	k = 0;
	for (i = 0; i < res->nrows; i++) {
		for (n = failed = 0; k < res->ncauses &&
		    res->causes[k].time == res->rows[i].time; k++) {
			row = &res->causes[k];
			n += row->count;
			failed += row->failed;
			g_assert_cmpuint(row->count, >, 0);
			g_assert_cmpuint(row->failed, <=, row->count);
		}
		g_assert_cmpuint(failed, ==, res->rows[i].connects_failed);
		g_assert_cmpuint(n - failed, ==, res->rows[i].connects_ok);
	}
	g_assert_cmpuint(k, ==, res->ncauses);
	g_assert_cmpuint(res->count.attempts, ==, RIG_NPORTS + RIG_MAXCONNS);
	run_result_free(res);
}

/* The five means add up to the mean latency, but for what they lose. */
static void
test_parts_add_up(void)
{
	struct run_result *res;
	struct run_rig r;
	double sum;
	unsigned c;

	run_rig_init(&r, "freebsd-12.0");
	run_rig_search(&r, SEARCH);
	run_rig_cost(&r, COST_SOCKET, 10 * SIM_US);
	run_rig_cost(&r, COST_WAKE, 3 * SIM_US);
	res = run_calls(&r, RIG_MAXCONNS);
	for (c = 0, sum = 0; c < NCAUSES; c++) {
		g_assert_cmpint(res->spent[c], >, 0);
		sum += (double)res->spent[c];
	}
	g_assert_cmpfloat_with_epsilon(sum, hist_mean(res->connect), NCAUSES);
	run_result_free(res);
}

/* Without a connect there is no mean. */
static void
test_none_is_no_mean(void)
{
	struct run_result *res;
	struct run_rig r;
	unsigned c;

	run_rig_init(&r, "freebsd-12.0");
	r.conf.nworkloads = 0;
	res = run_simulate(&r.conf);
	for (c = 0; c < NCAUSES; c++)
		g_assert_cmpint(res->spent[c], ==, SIM_NEVER);
	g_assert_cmpuint(res->ncauses, ==, 0);
	run_result_free(res);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/causes/alone_it_is_the_search",
	    test_alone_it_is_the_search);
	g_test_add_func("/causes/the_third_waits_for_the_lock",
	    test_the_third_waits_for_the_lock);
	g_test_add_func("/causes/the_third_waits_for_the_thread",
	    test_the_third_waits_for_the_thread);
	g_test_add_func("/causes/the_third_waits_for_the_cpu",
	    test_the_third_waits_for_the_cpu);
	g_test_add_func("/causes/work_is_the_rest", test_work_is_the_rest);
	g_test_add_func("/causes/search_of_bucket_locks",
	    test_search_of_bucket_locks);
	g_test_add_func("/causes/every_connect_is_counted_once",
	    test_every_connect_is_counted_once);
	g_test_add_func("/causes/parts_add_up", test_parts_add_up);
	g_test_add_func("/causes/none_is_no_mean", test_none_is_no_mean);
	return (g_test_run());
}
