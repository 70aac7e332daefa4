/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Names and numbers of metrics: what [expect] is told.
 */

#include "tests/study/fixture.h"

static struct run_result *
stopped_simulate(const struct run_conf *conf)
{
	struct run_result *r;

	r = fixture_small(conf);
	r->complete = !conf->stop(conf->stop_arg, SIM_S);
	return (r);
}

/* The second replication of each variant has twice the failures. */
static struct run_result *
twice_simulate(const struct run_conf *conf)
{
	struct run_result *r;

	r = fixture_small(conf);
	r->count.eaddrnotavail *= conf->replication + 1;
	if (conf->replication == 1)
		r->first_exhaustion = SIM_NEVER;
	return (r);
}

static struct experiment *
experiment_by_hand(struct scenario *sc, unsigned replications)
{

	fixture_scenario(sc);
	sc->replications = replications;
	return (fixture_experiment(sc, NULL));
}

static double
value_of(const struct experiment *e, const char *variant, const char *metric)
{
	g_autoptr(GError) error = NULL;
	double v;

	g_assert_true(experiment_lookup(variant, metric, &v,
	    (void *)(uintptr_t)e, &error));
	g_assert_no_error(error);
	return (v);
}

static void
lookup_is_the_mean(void)
{
	struct experiment_how how = { .jobs = 2, .simulate = twice_simulate };
	struct scenario sc;
	struct experiment *e;

	e = experiment_by_hand(&sc, 3);
	experiment_run(e, &how);
	g_assert_true(experiment_complete(e));
	/* 6, 12 and 18 */
	g_assert_cmpfloat(value_of(e, "current", "eaddrnotavail"), ==, 12);
	g_assert_cmpfloat(value_of(e, "proposed", "eaddrnotavail"), ==, 0);
	g_assert_cmpfloat(value_of(e, "current", "verdict"), ==,
	    VERDICT_FREEZES);
	g_assert_cmpfloat(value_of(e, "current", "web_ok"), ==, 40);
	g_assert_cmpfloat(value_of(e, "current", "cron_jobs_ok"), ==, 0);
	g_assert_cmpfloat(value_of(e, "current", "stall_max_us"), ==, 1500);
	g_assert_cmpfloat(value_of(e, "current", "console_max_ms"), ==, 600);
	/* One replication never ran out. */
	g_assert_cmpfloat(value_of(e, "current", "first_exhaustion_s"), ==,
	    HUGE_VAL);
	experiment_free(e);
}

static void
unknown_names_are_told_apart(void)
{
	g_autoptr(GError) error = NULL;
	struct scenario sc;
	double v;

	fixture_scenario(&sc);
	g_assert_true(metric_check("current", "ok", &v, &sc, NULL));
	g_assert_true(metric_check("current", "cron_jobs_ok", &v, &sc,
	    NULL));
	g_assert_false(metric_check("curent", "ok", &v, &sc, &error));
	g_assert_error(error, METRIC_ERROR, METRIC_ERROR_VARIANT);
	g_clear_error(&error);
	g_assert_false(metric_check("current", "okay", &v, &sc, &error));
	g_assert_error(error, METRIC_ERROR, METRIC_ERROR_NAME);
	g_clear_error(&error);
	/* Text is no number; another workload is none of ours. */
	g_assert_false(metric_check("current", "stack", &v, &sc, NULL));
	g_assert_false(metric_check("current", "ftp_ok", &v, &sc, NULL));
	g_assert_true(metric_known("ok"));
	g_assert_true(metric_known("ftp_ok"));
	g_assert_false(metric_known("_ok"));
	g_assert_false(metric_known("okay"));
	g_assert_false(metric_known("stack"));
}

/* Every name in the tables is one of a kind, and said to be something. */
static void
table_is_sound(void)
{
	const struct metric *m, *n;

	for (m = metric_table; m->name != NULL; m++) {
		g_assert_cmpstr(m->doc, !=, "");
		for (n = metric_table; n < m; n++)
			g_assert_cmpstr(n->name, !=, m->name);
		if (m->kind != METRIC_TIME)
			continue;
		g_assert_cmpint(m->unit_ps, >, 0);
		g_assert_true(g_str_has_suffix(m->name, m->unit));
	}
}

static void
order_does_not_depend_on_jobs(void)
{
	struct experiment_how how = { .simulate = twice_simulate };
	struct scenario sc;
	struct experiment *e;
	unsigned i, jobs;

	for (jobs = 1; jobs <= 8; jobs *= 2) {
		e = experiment_by_hand(&sc, 5);
		how.jobs = jobs;
		experiment_run(e, &how);
		for (i = 0; i < 5; i++)
			g_assert_cmpuint(e->results[i]->count.eaddrnotavail,
			    ==, 6 * (i + 1));
		experiment_free(e);
	}
}

static void
stop_ends_early(void)
{
	gint stop = 15;
	struct experiment_how how = { .jobs = 1, .stop = &stop,
	    .simulate = stopped_simulate };
	g_autofree char *why = NULL;
	struct scenario sc;
	struct experiment *e;
	unsigned i;

	e = experiment_by_hand(&sc, 2);
	experiment_run(e, &how);
	for (i = 0; i < e->nruns; i++)
		g_assert_null(e->results[i]);
	why = experiment_incomplete(e);
	g_assert_cmpstr(why, ==,
	    "stopped; of 4 runs 0 ended early and 4 never began");
	/* Without a signal the same runs are whole. */
	stop = 0;
	experiment_run(e, &how);
	g_assert_true(experiment_complete(e));
	experiment_free(e);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/metric/lookup_is_the_mean", lookup_is_the_mean);
	g_test_add_func("/metric/unknown_names_are_told_apart",
	    unknown_names_are_told_apart);
	g_test_add_func("/metric/table_is_sound", table_is_sound);
	g_test_add_func("/experiment/order_does_not_depend_on_jobs",
	    order_does_not_depend_on_jobs);
	g_test_add_func("/experiment/stop_ends_early", stop_ends_early);
	return (g_test_run());
}
