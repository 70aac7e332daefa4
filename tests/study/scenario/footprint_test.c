/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a run takes of the machine's memory, by estimate and in truth, each run
 * in a process of its own; and what is refused.
 */

#include <sys/wait.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "models/machine/assembly.h"
#include "study/scenario/footprint.h"
#include "study/scenario/load.h"
#include "tests/tools/peak.h"
#include "tests/tools/sanitized.h"

#define	HEAD	"[scenario]\nformat = 1\nname = f\ntitle = f\n"		\
	"duration = 4s\n[host]\ncpus = 4\nladdrs = 198.51.100.1*20\n"	\
	"maxsockets = 4M\n"
#define	BOUND	"[workload:w]\nload = poisson\nrate = 80k/s\n"		\
	"lifetime = constant(1h)\nbind = laddr\nfaddrs = 203.0.113.1*8\n" \
	"fport = 443\nthreads = 0\ncloser = remote\n"
#define	ACCEPTS	"[inbound]\naccepts = 60k/s\ncloser = remote\n"		\
	"lifetime = constant(1h)\n"

#define	PROGRAMS "[workload:w]\nload = closed\nsize = 300000\n"		\
	"lifetime = constant(1h)\nthink = constant(1s)\nbind = laddr\n"	\
	"faddrs = 203.0.113.1*8\nfport = 443\ncloser = remote\n"

static struct scenario *
load(const char *stack, const char *text)
{
	g_autofree char *all = NULL, *path = NULL;
	GError *error = NULL;
	struct scenario *sc;
	int fd;

	fd = g_file_open_tmp("footprint-XXXXXX.ini", &path, &error);
	g_assert_no_error(error);
	(void)close(fd);
	all = g_strdup_printf("%s%s[variant:v]\nstack = %s\n", HEAD, text,
	    stack);
	g_assert_true(g_file_set_contents(path, all, -1, &error));
	sc = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	(void)g_unlink(path);
	return (sc);
}

/* KiB that the run takes, in a process that did nothing before. */
static long
run_alone(const struct run_conf *conf)
{
	struct run_result *res;
	long kib;
	int fds[2], status;
	pid_t pid;

	g_assert_cmpint(pipe(fds), ==, 0);
	pid = fork();
	g_assert_cmpint(pid, >=, 0);
	if (pid == 0) {
		res = run_simulate(conf);
		kib = res->pcbs_max > 200000 ? peak_kib() : -1;
		_exit(write(fds[1], &kib, sizeof(kib)) != sizeof(kib));
	}
	g_assert_cmpint(read(fds[0], &kib, sizeof(kib)), ==, sizeof(kib));
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_cmpint(status, ==, 0);
	(void)close(fds[0]);
	(void)close(fds[1]);
	return (kib);
}

static const struct {
	const char	*name, *stack, *text;
} runs[] = {
	{ "bound", "freebsd-12.0", BOUND },
	{ "by_tuple", "freebsd-14", BOUND },
	{ "accepted", "freebsd-12.2", ACCEPTS },
	{ "both", "freebsd-11", BOUND ACCEPTS },
	{ "open", "freebsd-14", "[inbound]\nopen = 250000\naccepts = 1/s\n" },
	{ "programs", "freebsd-14", PROGRAMS }
};

static void
run_stays_below(const void *arg)
{
	struct run_conf conf;
	struct scenario *sc;
	double wanted;
	unsigned i;
	long kib;

	if (SANITIZED) {
		g_test_skip("memory of another kind");
		return;
	}
	i = GPOINTER_TO_UINT(arg);
	sc = load(runs[i].stack, runs[i].text);
	scenario_conf(sc, 0, 0, &conf);
	wanted = footprint_run(&conf);
	kib = run_alone(&conf);
	g_test_message("estimated %.0f, taken %ld KiB", wanted / 1024, kib);
	g_assert_cmpfloat((double)kib * 1024, <, wanted);
	g_assert_cmpfloat((double)kib * 1024, >, wanted / 5);
	scenario_free(sc);
}

/* ---- what fits --------------------------------------------------------- */

static void
jobs_that_fit(void)
{
	g_autoptr(GError) error = NULL;
	struct scenario *sc;
	unsigned jobs, variant;
	double one;

	sc = load("freebsd-12.2", BOUND);
	one = footprint_scenario(sc, &variant);
	jobs = 8;
	g_assert_true(footprint_fits(sc, 8.5 * one, &jobs, &error));
	g_assert_cmpuint(jobs, ==, 8);
	g_assert_true(footprint_fits(sc, 3.5 * one, &jobs, &error));
	g_assert_cmpuint(jobs, ==, 3);
	g_assert_true(footprint_fits(sc, one, &jobs, &error));
	g_assert_cmpuint(jobs, ==, 1);
	g_assert_false(footprint_fits(sc, one * 0.99, &jobs, &error));
	g_assert_nonnull(strstr(error->message, "variant v holds up to about "
	    "320,000 connections"));
	g_assert_nonnull(strstr(error->message, "about 111 MB; --memory "
	    "allows 110 MB"));
	scenario_free(sc);
}

/* The rows of a run, and `run' keeps those of all. */
static void
results_count(void)
{
	g_autoptr(GError) error = NULL;
	struct scenario *sc;
	unsigned jobs, variant;
	double one, rows;

	sc = load("freebsd-12.2", BOUND);
	one = footprint_scenario(sc, &variant);
	sc->variants[0].conf.interval = sc->variants[0].conf.duration /
	    1000000;
	rows = footprint_scenario(sc, &variant) - one;
	g_assert_cmpfloat(rows, >, 1e6 * sizeof(struct timeline_row));
	g_assert_cmpfloat(rows, <, 4e6 * sizeof(struct timeline_row));
	jobs = 8;
	sc->replications = 100;
	g_assert_cmpfloat(footprint_results(sc), >, 99 * rows);
	g_assert_true(footprint_fits(sc, 10 * rows, &jobs, &error));
	g_assert_cmpuint(jobs, ==, 8);
	g_assert_true(footprint_fits_all(sc, 105 * rows, &jobs, &error));
	g_assert_cmpuint(jobs, <, 8);
	g_assert_false(footprint_fits_all(sc, 10 * rows, &jobs, &error));
	g_assert_nonnull(strstr(error->message, "the results of 100 runs "
	    "take about "));
	scenario_free(sc);
}

static void
there_is_some(void)
{

	g_assert_cmpfloat(footprint_available(), >, 1 << 20);
	g_assert_cmpfloat(footprint_available(), <, 1e15);
}

static void
bytes_as_text(void)
{
	static const struct {
		double		bytes;
		const char	*text;
	} sizes[] = {
		{ 0, "0 bytes" }, { 999, "999 bytes" }, { 1000, "1.0 kB" },
		{ 9949, "9.9 kB" }, { 9960, "10 kB" }, { 999499, "999 kB" },
		{ 999500, "1.0 MB" }, { 3.9e9, "3.9 GB" }, { 5e15, "5000 TB" }
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(sizes); i++) {
		g_autoptr(GString) s = g_string_new(NULL);

		footprint_add(s, sizes[i].bytes);
		g_assert_cmpstr(s->str, ==, sizes[i].text);
	}
}

int
main(int argc, char **argv)
{
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(runs); i++) {
		g_autofree char *name = NULL;

		name = g_strdup_printf("/footprint/run/%s", runs[i].name);
		g_test_add_data_func(name, GUINT_TO_POINTER(i),
		    run_stays_below);
	}
	g_test_add_func("/footprint/jobs_that_fit", jobs_that_fit);
	g_test_add_func("/footprint/results_count", results_count);
	g_test_add_func("/footprint/there_is_some", there_is_some);
	g_test_add_func("/footprint/bytes_as_text", bytes_as_text);
	return (g_test_run());
}
