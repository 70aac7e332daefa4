/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * trace.json is JSON; on every lane slices begin and end in pairs, nested, by
 * the same name, in order of time; it agrees with what the run counted; the
 * window and the cap cut it cleanly and say so.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "models/machine/assembly.h"
#include "models/machine/run.h"
#include "study/run/experiment.h"
#include "study/run/timeline_trace.h"
#include "study/scenario/load.h"
#include "tests/study/is_json.h"

/* ---- what is on the lanes ---------------------------------------------- */

#define	MAXLANES	200
#define	MAXDEPTH	20

struct lane_seen {
	unsigned	pid, tid, depth;
	double		last;
	char		*open[MAXDEPTH];
};

struct seen {
	unsigned	n, begun, ended, instants, searches;
	double		first, last;
	struct lane_seen	lane[MAXLANES];
};

static struct lane_seen *
lane_of(struct seen *ls, unsigned pid, unsigned tid)
{
	unsigned i;

	for (i = 0; i < ls->n; i++)
		if (ls->lane[i].pid == pid && ls->lane[i].tid == tid)
			return (&ls->lane[i]);
	g_assert_cmpuint(ls->n, <, MAXLANES);
	ls->lane[ls->n] = (struct lane_seen){ .pid = pid, .tid = tid };
	return (&ls->lane[ls->n++]);
}

static void
lanes_event(struct seen *ls, const char *line)
{
	struct lane_seen *l;
	double ts;
	unsigned pid, tid;
	char ph;

	if (sscanf(line, "{\"ph\":\"%c\",\"pid\":%u,\"tid\":%u,\"ts\":%lf",
	    &ph, &pid, &tid, &ts) != 4)
		return;		/* meta: has no time */
	l = lane_of(ls, pid, tid);
	g_assert_cmpfloat(ts, >=, l->last);
	l->last = ts;
	if (ls->first < 0)
		ls->first = ts;
	ls->last = MAX(ls->last, ts);
	if (ph == 'B') {
		g_assert_cmpuint(l->depth, <, MAXDEPTH);
		l->depth++;
		ls->begun++;
		ls->searches += strstr(line, "\"name\":\"search\"") != NULL;
		l->open[l->depth - 1] = g_strdup(strstr(line, "\"cat\""));
	} else if (ph == 'E') {
		g_assert_cmpuint(l->depth, >, 0);
		l->depth--;
		/* Without the comma behind the last of them. */
		g_assert_cmpint(strncmp(strstr(line, "\"cat\""),
		    l->open[l->depth], strlen(l->open[l->depth]) - 1), ==, 0);
		g_free(l->open[l->depth]);
		ls->ended++;
	} else if (ph == 'i')
		ls->instants += strstr(line, "EADDRNOTAVAIL\",\"s\"") != NULL;
}

static char *
trace_text(const struct timeline_trace *tt)
{
	char *text;
	size_t size;
	FILE *f;

	f = open_memstream(&text, &size);
	timeline_trace_write(tt, f);
	fclose(f);
	return (text);
}

static void
trace_read(const char *text, struct seen *ls)
{
	g_autofree char *copy = NULL;
	char *line, *next;
	unsigned i;

	memset(ls, 0, sizeof(*ls));
	ls->first = -1;
	g_assert_true(is_json(text));
	g_assert_true(g_str_has_prefix(text, "{\"displayTimeUnit\":"));
	/*
	 * Not g_strsplit(): AddressSanitizer measures all that is left of the
	 * text at each of its strstr().
	 */
	copy = g_strdup(text);
	for (line = copy; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		lanes_event(ls, line);
	}
	g_assert_cmpuint(ls->begun, ==, ls->ended);
	for (i = 0; i < ls->n; i++)
		g_assert_cmpuint(ls->lane[i].depth, ==, 0);
}

/* ---- tests ------------------------------------------------------------- */

#define	SCENARIO							\
	"[scenario]\nformat = 1\nname = traced\nduration = 3s\n"	\
	"[host]\ncpus = 4\nladdrs = 198.51.100.1*2\n"			\
	"[kernel]\nnet.inet.ip.portrange.first = 10000\n"		\
	"net.inet.ip.portrange.last = 10499\n"				\
	"[inbound]\nsegments = 1k/s\naccepts = 100/s\n"			\
	"[workload:w]\nload = poisson\nrate = 400/s\n"			\
	"lifetime = constant(1h)\nbind = none\n"			\
	"faddrs = 203.0.113.10\nfport = 443\nthreads = 3\n"		\
	"[console]\nperiod = 100ms\n"					\
	"[variant:old]\nstack = freebsd-12.0\n"				\
	"[variant:new]\nstack = freebsd-16\n"

static struct scenario *
load(void)
{
	g_autofree char *path = NULL;
	struct scenario *sc;
	GError *error = NULL;
	int fd;

	fd = g_file_open_tmp("trace-XXXXXX.ini", &path, NULL);
	g_assert_cmpint(fd, >=, 0);
	close(fd);
	g_assert_true(g_file_set_contents(path, SCENARIO, -1, NULL));
	sc = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	g_remove(path);
	return (sc);
}

/* Run the scenario traced; *e is the caller's to free. */
static struct timeline_trace *
traced(const struct scenario *sc, const char *window, uint64_t cap,
    struct experiment **e)
{
	struct experiment_how how = { .jobs = 2, .simulate = run_simulate };
	struct timeline_trace_conf conf;
	struct timeline_trace *tt;

	g_assert_true(timeline_trace_window(window, &conf, NULL));
	if (cap > 0)
		conf.cap = cap;
	*e = experiment_new(sc, NET_SEARCH_INDEX);
	tt = timeline_trace_new(*e, &conf);
	experiment_run(*e, &how);
	return (tt);
}

static void
test_agrees_with_the_run(void)
{
	struct timeline_trace *tt;
	struct scenario *sc;
	struct experiment *e;
	struct seen ls;
	g_autofree char *text = NULL;
	unsigned failed, searches;

	sc = load();
	tt = traced(sc, NULL, 0, &e);
	text = trace_text(tt);
	trace_read(text, &ls);
	failed = (unsigned)(e->results[0]->count.eaddrnotavail +
	    e->results[1]->count.eaddrnotavail);
	searches = (unsigned)(e->results[0]->searches +
	    e->results[1]->searches);
	g_assert_cmpuint(failed, >, 100);
	g_assert_cmpuint(ls.instants, ==, failed);
	/* One that was put off its CPU has several slices. */
	g_assert_cmpuint(ls.searches, >=, searches);
	g_assert_cmpuint(ls.searches, <, searches + searches / 4);
	g_assert_null(timeline_trace_cut(tt));
	g_assert_nonnull(strstr(text, "\"cut\":\"no\""));
	g_assert_nonnull(strstr(text, "hold tcphash"));
	g_assert_nonnull(strstr(text, "hold tcpexact"));
	g_assert_nonnull(strstr(text, "\"result\":\"EADDRNOTAVAIL\""));
	timeline_trace_free(tt);
	experiment_free(e);
	scenario_free(sc);
}

static void
test_window(void)
{
	struct timeline_trace *tt;
	struct scenario *sc;
	struct experiment *e;
	struct seen ls;
	g_autofree char *text = NULL;

	sc = load();
	tt = traced(sc, "1500ms..1700ms", 0, &e);
	text = trace_text(tt);
	trace_read(text, &ls);
	g_assert_cmpuint(ls.begun, >, 100);
	g_assert_cmpfloat(ls.first, >=, 1500e3);
	g_assert_cmpfloat(ls.last, <=, 1700e3);
	timeline_trace_free(tt);
	experiment_free(e);
	scenario_free(sc);
}

static void
test_cap(void)
{
	struct timeline_trace *tt;
	struct scenario *sc;
	struct experiment *e;
	struct seen ls;
	g_autofree char *cut = NULL, *text = NULL;

	sc = load();
	tt = traced(sc, NULL, 500, &e);
	text = trace_text(tt);
	trace_read(text, &ls);
	/* One record may end and begin several. */
	g_assert_cmpuint(ls.begun, >=, 1000);
	g_assert_cmpuint(ls.begun, <, 1040);
	cut = timeline_trace_cut(tt);
	g_assert_nonnull(cut);
	g_assert_nonnull(strstr(cut, "old: stopped at "));
	g_assert_nonnull(strstr(cut, "; new: stopped at "));
	g_assert_nonnull(strstr(text, cut));
	timeline_trace_free(tt);
	experiment_free(e);
	scenario_free(sc);
}

static void
test_bad_windows(void)
{
	static const char *const bad[] = { "", "1s", "2s..1s", "1..2",
	    "1s..1s", "1s..x", "..0s" };
	struct timeline_trace_conf conf;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_false(timeline_trace_window(bad[i], &conf, &error));
		g_assert_nonnull(strstr(error->message, "as in 30s..31s"));
	}
	g_assert_true(timeline_trace_window("30s..", &conf, NULL));
	g_assert_cmpint(conf.to, ==, SIM_NEVER);
	g_assert_true(timeline_trace_window("..1ms", &conf, NULL));
	g_assert_cmpint(conf.to, ==, SIM_MS);
}

/* The checker sees what it is there for. */
static void
test_planted(void)
{

	g_assert_false(is_json("{\"a\":1,}"));
	g_assert_false(is_json("[1 2]"));
	g_assert_false(is_json("{\"a\" 1}"));
	g_assert_false(is_json("[nan]"));
	g_assert_false(is_json("[\"\\"));
	if (g_test_subprocess()) {
		struct seen ls;

		trace_read("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n"
		    "{\"ph\":\"B\",\"pid\":1,\"tid\":1,\"ts\":2.0}]}", &ls);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/timeline_trace/agrees_with_the_run",
	    test_agrees_with_the_run);
	g_test_add_func("/timeline_trace/window", test_window);
	g_test_add_func("/timeline_trace/cap", test_cap);
	g_test_add_func("/timeline_trace/bad_windows", test_bad_windows);
	g_test_add_func("/timeline_trace/planted", test_planted);
	return (g_test_run());
}
