/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The bytes of each file, against expectations written by hand from the
 * figures of fixture.h.
 */

#include "study/run/results.h"
#include "study/run/version.h"
#include "tests/study/fixture.h"

/* The comment lines that each file begins with. */
static char *
expected_head(const char *incomplete)
{

	return (g_strdup_printf("# pcbsim %s\n"
	    "# scenario: by-hand\n"
	    "# title: made by hand, \"round\"\n"
	    "# digest: " FIXTURE_DIGEST "\n"
	    "# seed: 42\n"
	    "# replications: 1\n%s", version_text(), incomplete));
}

/* What is written of an experiment.  Free with free(). */
static char *
written(const struct experiment *e,
    void (*write)(const struct experiment *, FILE *))
{
	char *text;
	size_t size;
	FILE *f;

	f = open_memstream(&text, &size);
	write(e, f);
	fclose(f);
	return (text);
}

static void
check_bytes(void (*write)(const struct experiment *, FILE *),
    const char *body)
{
	g_autofree char *head = NULL, *want = NULL;
	struct scenario sc;
	struct experiment *e;
	char *got;

	fixture_scenario(&sc);
	e = fixture_experiment(&sc, fixture_small);
	got = written(e, write);
	head = expected_head("");
	want = g_strconcat(head, body, NULL);
	g_assert_cmpstr(got, ==, want);
	free(got);
	experiment_free(e);
}

static void
summary_bytes(void)
{

	check_bytes(results_write_summary,
	    "variant,stack,replication,seed,attempts,ok,eaddrnotavail,"
	    "eaddrinuse,first_exhaustion_s,connect_p50_us,connect_p99_us,"
	    "connect_p999_us,connect_max_us,searches,probes_mean,probes_max,"
	    "visits_max,hold_max_us,hold_busy_frac,stall_max_us,"
	    "spin_cpu_frac,console_p99_ms,console_max_ms,frozen_s,unfreeze_s,"
	    "pcbs_max,verdict,failed,other,unfinished,wait_max_us,stalls,"
	    "timewait_recycled,segments,segments_dropped,ports_busy_end,"
	    "ports_busy_max,frozen_at_end,end_s,complete,connect_thread_us,"
	    "connect_cpu_us,connect_lock_us,connect_search_us,"
	    "connect_work_us,chooses,wanted,served,waiting,enobufs,errors,"
	    "accepted,accept_refused,accept_max_ms,accept_mean_ms,rx_cpus,"
	    "rx_spinning,rx_blocked,netisr_cpus,netisr_spinning,"
	    "netisr_blocked,clock_cpus,clock_spinning,clock_blocked,"
	    "users_cpus,users_spinning,users_blocked,frozen,lapsed,rho,"
	    "recover_s,"
	    "web_attempts,web_ok,web_eaddrnotavail,web_eaddrinuse,web_other,"
	    "web_unfinished,web_first_exhaustion_s,web_connect_p50_us,"
	    "web_connect_p99_us,web_connect_p999_us,web_connect_max_us,"
	    "web_failed,web_wanted,web_served,web_waiting,web_enobufs,"
	    "web_busy_max_ms,web_call_mean_us,web_call_max_us,"
	    "web_accepted,web_accept_refused,web_accept_max_ms,"
	    "cron_jobs_attempts,cron_jobs_ok,cron_jobs_eaddrnotavail,"
	    "cron_jobs_eaddrinuse,cron_jobs_other,cron_jobs_unfinished,"
	    "cron_jobs_first_exhaustion_s,cron_jobs_connect_p50_us,"
	    "cron_jobs_connect_p99_us,cron_jobs_connect_p999_us,"
	    "cron_jobs_connect_max_us,cron_jobs_failed,cron_jobs_wanted,"
	    "cron_jobs_served,cron_jobs_waiting,cron_jobs_enobufs,"
	    "cron_jobs_busy_max_ms,"
	    "cron_jobs_call_mean_us,cron_jobs_call_max_us,"
	    "cron_jobs_accepted,cron_jobs_accept_refused,"
	    "cron_jobs_accept_max_ms,"
	    "screen_p99_ms,screen_max_ms,screen_mean_ms,screen_frozen_s,"
	    "screen_unfreeze_s,"
	    "screen_waited\n"
	    "current,old-1,1,42,46,40,6,0,0.6,0.00025,0.1,0.1,0.1,3,2,3,"
	    "1000000,0.000128,0.5,1500,0,600,600,0.6,0.6,0,freezes,6,0,0,0,2,"
	    "0,0,0,200,200,0,2,1,1,2,3000,0.00025,0,port-first,"
	    "46,40,0,0,6,0,0,0,,0,0,0,0,0,0,0,0,0,0,0,0,"
	    "screen,3,0.5,0.25,46,40,6,0,0,0,0.6,,,,,6,46,40,0,0,12,,0,"
	    "5,1,7,0,0,0,0,0,0,,,,,,0,0,0,0,0,0,,0,0,0,0,600,600,600,"
	    "0.6,0.6,clock\n"
	    "proposed,new-2,1,42,46,40,0,0,,0.00025,0.1,0.1,0.1,3,2,3,"
	    "12,0,0,0,0,,0,0,0,0,ok,0,0,6,0,0,"
	    "0,0,0,200,200,0,2,1,1,2,3000,0.00025,0,tuple,"
	    "46,40,6,0,0,0,0,0,,0,0,0,0,0,0,0,0,0,0,0,0,"
	    ",0,,,46,40,0,0,0,0,,,,,,0,46,40,6,0,0,,0,"
	    "0,0,0,0,0,0,0,0,0,,,,,,0,0,0,0,0,0,,0,0,0,0,,0,,0,0,\n");
}

static void
timeline_bytes(void)
{

	check_bytes(results_write_timeline,
	    "# console_deadline_ms: 500\n"
	    "# screen_deadline_ms: 500\n"
	    "# unbound:current: web, cron-jobs\n"
	    "# unbound:proposed: web, cron-jobs\n"
	    "variant,replication,time_s,pcbs,ports_busy,ports_free_any,"
	    "tuples_free,connects_ok,connects_failed,hash_hold_frac,"
	    "hash_waiters_max,spin_cpus_mean,stall_max_us,"
	    "console_lag_max_ms,timewaits,timewaits_over,screen_lag_ms\n"
	    "current,1,0.5,100,50,55486,55500,10,0,0.125,2,0.333333,1500,"
	    "0.25,0,3,0.25\n"
	    "current,1,1,200,100,55436,55500,10,1,0.125,2,0.333333,1500,"
	    "0.25,1,2,0.25\n"
	    "current,1,1.5,300,150,55386,55500,10,2,0.125,2,0.333333,1500,"
	    "600,2,1,600\n"
	    "current,1,2,400,200,55336,55500,10,3,0.125,2,0.333333,1500,"
	    "0.25,3,0,0.25\n"
	    "proposed,1,0.5,100,50,55486,55500,10,0,0.125,2,0.333333,0,"
	    "0.25,0,3,0.25\n"
	    "proposed,1,1,200,100,55436,55500,10,0,0.125,2,0.333333,0,"
	    "0.25,1,2,0.25\n"
	    "proposed,1,1.5,300,150,55386,55500,10,0,0.125,2,0.333333,0,"
	    "0.25,2,1,0.25\n"
	    "proposed,1,2,400,200,55336,55500,10,0,0.125,2,0.333333,0,"
	    "0.25,3,0,0.25\n");
}

static void
stalls_bytes(void)
{

	check_bytes(results_write_stalls,
	    "variant,replication,start_s,length_us,lock,holder,doing,"
	    "iterations,visits,waiters,observer,share,chain\n"
	    "current,1,0.7,1500,tcphash,\"cron, \"\"daily\"\"\",connect,"
	    "55536,1000000,3,,,\n"
	    "current,1,1,1.250001,tcp,rx3,tcp_close,0,7,1,,,\n"
	    "current,1,1,600000,tcphash,cron,connect,55536,76186,6,screen,"
	    "0.813,\"softclock (timewait_expire) has no CPU, where there "
	    "runs rx3 (accept), which spins for tcphash, held by cron "
	    "(connect), which computes: a search of 55,536 ports\"\n");
}

static void
latency_bytes(void)
{

	/* 250 ps is exact; 100 ns lies in a bucket that ends above it. */
	check_bytes(results_write_latency,
	    "variant,replication,what,value_us,percentile,count,cumulative\n"
	    "current,1,connect,0.00025,0.5,1,1\n"
	    "current,1,connect,0.1,1,1,2\n"
	    "current,1,hash_hold,0.000128,1,1,1\n"
	    "current,1,console,600000,1,1,1\n"
	    "current,1,lag:screen,600000,1,1,1\n"
	    "proposed,1,connect,0.00025,0.5,1,1\n"
	    "proposed,1,connect,0.1,1,1,2\n");
}

static void
connects_bytes(void)
{

	check_bytes(results_write_connects,
	    "variant,replication,time_s,cause,latency_us,count,failed\n"
	    "current,1,0.5,lock,1.250001,9,3\n"
	    "current,1,1,lock,1000,1,0\n"
	    "current,1,1,work,0.004095,36,0\n"
	    "proposed,1,0.5,lock,1.250001,9,0\n"
	    "proposed,1,1,lock,1000,1,0\n"
	    "proposed,1,1,work,0.004095,36,0\n");
}

static void
addresses_bytes(void)
{

	check_bytes(results_write_addresses,
	    "variant,replication,time_s,laddr,laddrs,ports_busy\n"
	    "current,1,2,198.51.100.1,1,200\n"
	    "current,1,2,198.51.100.2,3,7\n"
	    "proposed,1,2,198.51.100.1,1,200\n"
	    "proposed,1,2,198.51.100.2,3,0\n");
}

/* A run that was stopped, and one that never began. */
static void
incomplete_is_marked(void)
{
	g_autofree char *head = NULL;
	struct scenario sc;
	struct experiment *e;
	char *got;

	fixture_scenario(&sc);
	e = fixture_experiment(&sc, fixture_small);
	e->results[0]->complete = false;
	run_result_free(e->results[1]);
	e->results[1] = NULL;
	got = written(e, results_write_summary);
	head = expected_head("# INCOMPLETE: stopped; of 2 runs 1 ended early "
	    "and 1 never began\n");
	g_assert_true(g_str_has_prefix(got, head));
	g_assert_nonnull(strstr(got, "\ncurrent,old-1,"));
	g_assert_null(strstr(got, "\nproposed,"));
	g_assert_true(g_str_has_suffix(got, "\n"));
	free(got);
	experiment_free(e);
}

static void
quoting_only_where_needed(void)
{
	static const struct {
		const char	*text;
		const char	*want;
	} cases[] = {
		{ "plain", "plain" }, { "two words", "two words" },
		{ "a,b", "\"a,b\"" }, { "say \"x\"", "\"say \"\"x\"\"\"" },
		{ "#1", "\"#1\"" }, { " lead", "\" lead\"" },
		{ "trail ", "\"trail \"" }, { "a\nb", "\"a\nb\"" },
		{ "", "" }, { "a#b", "a#b" }
	};
	struct csvout c;
	char *got;
	size_t i, size;
	FILE *f;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *want = NULL;

		f = open_memstream(&got, &size);
		csvout_init(&c, f);
		csvout_count(&c, 1);
		csvout_text(&c, cases[i].text);
		csvout_empty(&c);
		csvout_time(&c, SIM_NEVER, SIM_S);
		csvout_end(&c);
		csvout_fini(&c);
		fclose(f);
		want = g_strdup_printf("1,%s,,\n", cases[i].want);
		g_assert_cmpstr(got, ==, want);
		free(got);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/results/summary_bytes", summary_bytes);
	g_test_add_func("/results/timeline_bytes", timeline_bytes);
	g_test_add_func("/results/stalls_bytes", stalls_bytes);
	g_test_add_func("/results/latency_bytes", latency_bytes);
	g_test_add_func("/results/connects_bytes", connects_bytes);
	g_test_add_func("/results/addresses_bytes", addresses_bytes);
	g_test_add_func("/results/incomplete_is_marked",
	    incomplete_is_marked);
	g_test_add_func("/results/quoting_only_where_needed",
	    quoting_only_where_needed);
	return (g_test_run());
}
