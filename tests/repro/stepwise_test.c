/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is done at once (sched_pass(), strides, lock_take() and lock_give())
 * gives the bytes of doing it step by step: every table of small random
 * machines, of each kernel, and the number of events.  And so does a run whose
 * timeline nobody asks for, but for that.
 */

#include <stdlib.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "models/machine/assembly.h"
#include "study/run/experiment.h"
#include "study/run/results.h"
#include "study/scenario/load.h"

#define	CASES	60

static const char *const stacks[] = {
	"freebsd-12.0", "freebsd-12.0", "freebsd-12.2", "freebsd-11",
	"freebsd-14", "freebsd-16", "linux-6.18", "openbsd", "netbsd", "xnu",
	"dragonfly", "illumos"
};
static const unsigned cpus[] = { 1, 2, 3, 4, 8, 16 };
static const char *const segments[] = {
	"300/s", "5k/s", "50k/s", "150k/s", "800k/s"
};
static const char *const costs[] = { "epyc-vm", "instructions-12.1" };
static const char *const extras[] = {
	"", "", "[host]\ncores = 1\n", "[host]\nnoise = 3k/s\n",
	"[observer:seen]\nkind = vt-echo\n"
};
static const char *const knobs[] = {
	"", "", "", "kern.sched.steal_idle = 0\n", "kern.sched.balance = 0\n",
	"kern.eventtimer.periodic = 1\n", "kern.pin_default_swi = 1\n",
	"epoch-pins = 1\nepoch-calls = 1\n", "epoch-calls = 1\n"
};

#define	ONE_OF(rng, list)						\
	((list)[g_rand_int_range(rng, 0, (gint32)G_N_ELEMENTS(list))])

/* A range that runs out, of who has such; a proxy, tools, and a server. */
static char *
random_scenario(GRand *rng)
{
	const char *stack;
	GString *s;
	unsigned n;

	stack = ONE_OF(rng, stacks);
	n = ONE_OF(rng, cpus);
	s = g_string_new(NULL);
	g_string_append_printf(s, "[scenario]\nformat = 1\nname = steps\n"
	    "duration = 2s\ninterval = 100ms\nreplications = 1\nseed = %u\n"
	    "[host]\ncpus = %u\nladdrs = 198.51.100.1*3\ncosts = %s\n"
	    "[variant:it]\nstack = %s\n", g_rand_int(rng) % 1000, n,
	    ONE_OF(rng, costs), stack);
	if (g_str_has_prefix(stack, "freebsd"))
		g_string_append_printf(s, "[kernel]\n%s"
		    "net.inet.ip.portrange.first = 10000\n"
		    "net.inet.ip.portrange.last = 10399\n",
		    ONE_OF(rng, knobs));
	g_string_append_printf(s, "[inbound]\nsegments = %s\naccepts = %d/s\n"
	    "queues = %d\nrx-bound = %d\nring = %d\n",
	    ONE_OF(rng, segments), g_rand_int_range(rng, 0, 400),
	    g_rand_int_range(rng, 0, (gint32)n + 1),
	    g_rand_int_range(rng, 0, 4) > 0, g_rand_int_range(rng, 1, 500));
	g_string_append_printf(s, "[workload:proxy]\nload = poisson\n"
	    "rate = %d/s\nlifetime = exponential(2s)\nbind = laddr\n"
	    "faddrs = 203.0.113.1\nfport = 443\ncloser = %s\n"
	    "[workload:tools]\nload = poisson\nrate = %d/s\n"
	    "lifetime = exponential(300ms)\nbind = none\n"
	    "faddrs = 203.0.113.9*2\nfport = 80\nretry = 100ms\n",
	    g_rand_int_range(rng, 50, 2000),
	    g_rand_int_range(rng, 0, 2) > 0 ? "remote" : "local",
	    g_rand_int_range(rng, 1, 500));
	g_string_append(s, ONE_OF(rng, extras));
	return (g_string_free(s, FALSE));
}

/* All its tables, one behind the other. */
static char *
tables_of(const struct scenario *sc, bool stepwise, uint64_t *events,
    uint64_t *count)
{
	static void (*const write[])(const struct experiment *, FILE *) = {
		results_write_summary, results_write_timeline,
		results_write_stalls, results_write_latency,
		results_write_connects, results_write_addresses,
		results_write_locks
	};
	const struct experiment_how how = { .jobs = 1,
	    .simulate = run_simulate };
	struct experiment *e;
	char *text;
	size_t size;
	unsigned i;
	FILE *f;

	e = experiment_new(sc, NET_SEARCH_INDEX);
	e->confs[0].stepwise = stepwise;
	experiment_run(e, &how);
	g_assert_true(experiment_complete(e));
	*events = e->results[0]->events;
	*count = e->results[0]->segments;
	f = open_memstream(&text, &size);
	for (i = 0; i < G_N_ELEMENTS(write); i++)
		write[i](e, f);
	fclose(f);
	experiment_free(e);
	return (text);
}

/* The segments of a scenario, which comes out alike in strokes and in steps. */
static uint64_t
check_same(const char *path, const char *text)
{
	uint64_t events[2], count[2];
	char *at_once, *steps;
	struct scenario *sc;
	GError *error;

	error = NULL;
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	sc = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	at_once = tables_of(sc, false, &events[0], &count[0]);
	steps = tables_of(sc, true, &events[1], &count[1]);
	if (strcmp(at_once, steps) != 0 || events[0] != events[1])
		g_error("differs:\n%s", text);
	g_assert_cmpuint(count[0], ==, count[1]);
	free(at_once);
	free(steps);
	scenario_free(sc);
	return (count[0]);
}

static void
test_same(void)
{
	g_autofree char *dir = NULL, *path = NULL;
	uint64_t segments_all;
	unsigned i;
	char *text;
	GRand *rng;

	rng = g_rand_new_with_seed(20190212);
	dir = g_dir_make_tmp("stepwise-XXXXXX", NULL);
	path = g_build_filename(dir, "steps.ini", NULL);
	segments_all = 0;
	for (i = 0; i < CASES; i++) {
		text = random_scenario(rng);
		segments_all += check_same(path, text);
		g_free(text);
	}
	g_assert_cmpuint(segments_all, >, 1000000);
	g_rand_free(rng);
	(void)g_unlink(path);
	(void)g_rmdir(dir);
}

/* Recorded connections, many of them due in one instant. */
static void
random_recording(GRand *rng, const char *path)
{
	static const char *const closers[] = { "local", "remote", "" };
	GString *s;
	unsigned i;

	s = g_string_new("time_s,laddr,faddr,fport,duration_s,closer\n");
	for (i = 0; i < 3000; i++)
		g_string_append_printf(s, "%u.%04u,%s,203.0.113.%d,443,"
		    "0.%03d,%s\n", i / 2000, i % 2000 / 2 * 10,
		    ONE_OF(rng, ((const char *[]){ "", "198.51.100.2" })),
		    g_rand_int_range(rng, 1, 9),
		    g_rand_int_range(rng, 1, 300), ONE_OF(rng, closers));
	g_assert_true(g_file_set_contents(path, s->str, -1, NULL));
	g_string_free(s, TRUE);
}

static void
test_recorded(void)
{
	g_autofree char *csv = NULL, *dir = NULL, *path = NULL;
	unsigned i;
	GRand *rng;

	rng = g_rand_new_with_seed(20190214);
	dir = g_dir_make_tmp("stepwise-XXXXXX", NULL);
	path = g_build_filename(dir, "recorded.ini", NULL);
	csv = g_build_filename(dir, "c.csv", NULL);
	for (i = 0; i < 2 * G_N_ELEMENTS(stacks); i++) {
		g_autofree char *text = NULL;

		random_recording(rng, csv);
		text = g_strdup_printf("[scenario]\nformat = 1\n"
		    "name = recorded\nduration = 2s\ninterval = 100ms\n"
		    "replications = 1\nseed = %u\n[host]\ncpus = %u\n"
		    "laddrs = 198.51.100.1*3\ncosts = %s\n[variant:it]\n"
		    "stack = %s\n[inbound]\nsegments = %s\n[workload:w]\n"
		    "load = replay\nfile = c.csv\nthreads = %d\n"
		    "closer = remote\n%s", g_rand_int(rng) % 1000,
		    ONE_OF(rng, cpus), ONE_OF(rng, costs),
		    stacks[i % G_N_ELEMENTS(stacks)],
		    ONE_OF(rng, segments), g_rand_int_range(rng, 0, 9),
		    ONE_OF(rng, extras));
		(void)check_same(path, text);
	}
	g_rand_free(rng);
	(void)g_unlink(csv);
	(void)g_unlink(path);
	(void)g_rmdir(dir);
}

/*
 * A receive thread that is never done loses the answers to most SYNs.  One
 * that comes again when its connection has ended is nobody's, and not of the
 * one that has its place by then (a client's, which gets none: a panic).
 */
static void
test_late(void)
{
	static const char text[] = "[scenario]\nformat = 1\nname = late\n"
	    "duration = 2s\ninterval = 100ms\nreplications = 1\nseed = 286\n"
	    "[host]\ncpus = 3\nladdrs = 198.51.100.1*3\n"
	    "costs = instructions-12.1\n[variant:it]\nstack = xnu\n"
	    "[inbound]\nsegments = 800k/s\naccepts = 106/s\nqueues = 2\n"
	    "rx-bound = 0\nring = 454\n[workload:proxy]\nload = poisson\n"
	    "rate = 1297/s\nlifetime = exponential(2s)\nbind = laddr\n"
	    "faddrs = 203.0.113.1\nfport = 443\ncloser = remote\n"
	    "[workload:tools]\nload = poisson\nrate = 206/s\n"
	    "lifetime = exponential(300ms)\nbind = none\n"
	    "faddrs = 203.0.113.9*2\nfport = 80\nretry = 100ms\n";
	g_autofree char *dir = NULL, *path = NULL;

	dir = g_dir_make_tmp("stepwise-XXXXXX", NULL);
	path = g_build_filename(dir, "late.ini", NULL);
	g_assert_cmpuint(check_same(path, text), >, 10000);
	(void)g_unlink(path);
	(void)g_rmdir(dir);
}

/* A run without its timeline is the same run. */
static void
check_rowless(const struct scenario *sc, const char *text)
{
	static void (*const write[])(const struct experiment *, FILE *) = {
		results_write_summary, results_write_stalls,
		results_write_latency, results_write_locks
	};
	const struct experiment_how how = { .jobs = 1,
	    .simulate = run_simulate };
	struct experiment *e[2];
	const struct run_result *res;
	char *tables[2];
	size_t size;
	unsigned i, j;
	FILE *f;

	for (i = 0; i < 2; i++) {
		e[i] = experiment_new(sc, NET_SEARCH_INDEX);
		e[i]->confs[0].rowless = i > 0;
		experiment_run(e[i], &how);
		f = open_memstream(&tables[i], &size);
		for (j = 0; j < G_N_ELEMENTS(write); j++)
			write[j](e[i], f);
		fclose(f);
	}
	if (strcmp(tables[0], tables[1]) != 0)
		g_error("differs:\n%s", text);
	g_assert_cmpuint(e[0]->results[0]->nrows, ==, 20);
	res = e[1]->results[0];
	g_assert_cmpuint(res->nrows + res->ncauses + res->noccupancies, ==, 0);
	g_assert_cmpuint(res->events, ==, e[0]->results[0]->events);
	for (i = 0; i < 2; i++) {
		free(tables[i]);
		experiment_free(e[i]);
	}
}

static void
test_rowless(void)
{
	g_autofree char *dir = NULL, *path = NULL;
	struct scenario *sc;
	GError *error;
	unsigned i;
	GRand *rng;

	rng = g_rand_new_with_seed(20190213);
	dir = g_dir_make_tmp("stepwise-XXXXXX", NULL);
	path = g_build_filename(dir, "rowless.ini", NULL);
	for (i = 0; i < CASES / 4; i++) {
		g_autofree char *text = random_scenario(rng);

		error = NULL;
		g_assert_true(g_file_set_contents(path, text, -1, NULL));
		sc = scenario_load(path, NULL, 0, NULL, &error);
		g_assert_no_error(error);
		check_rowless(sc, text);
		scenario_free(sc);
	}
	g_rand_free(rng);
	(void)g_unlink(path);
	(void)g_rmdir(dir);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/stepwise/same", test_same);
	g_test_add_func("/stepwise/recorded", test_recorded);
	g_test_add_func("/stepwise/late", test_late);
	g_test_add_func("/stepwise/rowless", test_rowless);
	return (g_test_run());
}
