/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Another program, run with limits: whatever it does, it ends.
 */

#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "study/plot/child.h"
#include "study/plot/gnuplot.h"

static char *dir;

/* The script as a program: what it wrote, its status, how long it took. */
struct ran {
	bool		ok;
	GError		*error;
	char		*out, *err;
	int		status;
	double		s;
};

static void
run(const char *script, const struct child_limits *limits, struct ran *r)
{
	const char *argv[] = { "/bin/sh", "-c", script, NULL };
	gint64 began;

	*r = (struct ran){ .ok = false };
	began = g_get_monotonic_time();
	r->ok = child_run(dir, argv, NULL, limits, &r->out, &r->err,
	    &r->status, &r->error);
	r->s = (double)(g_get_monotonic_time() - began) / 1e6;
}

static void
clear(struct ran *r)
{

	g_clear_error(&r->error);
	g_free(r->out);
	g_free(r->err);
}

static const struct child_limits usual = { .time_us = 20 * G_USEC_PER_SEC,
    .output = 1 << 20, .file = 1 << 20 };

static void
says_what_it_wrote(void)
{
	struct ran r;

	run("echo one; echo two >&2; pwd; cat; exit 3", &usual, &r);
	g_assert_no_error(r.error);
	g_assert_true(r.ok);
	g_assert_true(g_str_has_prefix(r.out, "one\n"));
	g_assert_nonnull(strstr(r.out, dir));
	g_assert_cmpstr(r.err, ==, "two\n");
	g_assert_true(WIFEXITED(r.status));
	g_assert_cmpint(WEXITSTATUS(r.status), ==, 3);
	clear(&r);
}

static void
one_that_hangs_is_ended(void)
{
	struct child_limits limits = usual;
	static const char *const scripts[] = { "sleep 1000",
	    "trap '' TERM INT; sleep 1000; sleep 1000", "while :; do :; done",
	    "exec 1>&- 2>&-; sleep 1000" };
	struct ran r;
	size_t i;

	limits.time_us = G_USEC_PER_SEC / 2;
	for (i = 0; i < G_N_ELEMENTS(scripts); i++) {
		run(scripts[i], &limits, &r);
		g_assert_error(r.error, CHILD_ERROR, CHILD_ERROR_LIMIT);
		g_assert_cmpfloat(r.s, <, 5);
		clear(&r);
	}
}

/* It ends, but what it started has its output and does not. */
static void
what_it_started_is_ended(void)
{
	g_autofree char *path = NULL, *text = NULL;
	struct ran r;
	int i;

	run("sleep 1000 & echo $! >pid; echo done", &usual, &r);
	g_assert_true(r.ok);
	g_assert_cmpstr(r.out, ==, "done\n");
	g_assert_cmpfloat(r.s, <, 5);
	clear(&r);
	path = g_build_filename(dir, "pid", NULL);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	/* Whoever reaps it may take a moment. */
	for (i = 0; i < 100 && kill(atoi(text), 0) == 0; i++) {
		g_autofree char *stat = g_strdup_printf("/proc/%d/stat",
		    atoi(text));
		g_autofree char *state = NULL;

		if (g_file_get_contents(stat, &state, NULL, NULL) &&
		    strstr(state, ") Z ") != NULL)
			break;
		g_usleep(10000);
	}
	g_assert_cmpint(i, <, 100);
	g_assert_cmpint(g_unlink(path), ==, 0);
}

static void
one_that_writes_without_end_is_ended(void)
{
	static const char *const scripts[] = { "while :; do echo xxxxxxxxxxx; "
	    "done", "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxx; done >&2" };
	struct ran r;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(scripts); i++) {
		run(scripts[i], &usual, &r);
		g_assert_error(r.error, CHILD_ERROR, CHILD_ERROR_LIMIT);
		clear(&r);
	}
}

static void
a_file_without_end_is_ended(void)
{
	g_autofree char *path = NULL;
	struct ran r;

	signal(SIGXFSZ, SIG_IGN);
	run("exec head -c 100000000 /dev/zero >file", &usual, &r);
	signal(SIGXFSZ, SIG_DFL);
	g_assert_true(r.ok);
	g_assert_true(WIFSIGNALED(r.status));
	clear(&r);
	path = g_build_filename(dir, "file", NULL);
	g_assert_cmpint(g_unlink(path), ==, 0);
}

static gint stop;

static void
on_alarm(int signo)
{

	g_atomic_int_set(&stop, signo);
}

static void
it_is_ended_with_us(void)
{
	struct child_limits limits = usual;
	struct ran r;

	limits.stop = &stop;
	signal(SIGALRM, on_alarm);
	alarm(1);
	run("trap '' ALRM; sleep 1000", &limits, &r);
	g_assert_error(r.error, CHILD_ERROR, CHILD_ERROR_STOPPED);
	g_assert_cmpfloat(r.s, <, 5);
	clear(&r);
}

static void
what_is_no_program_is_told_of(void)
{
	const char *argv[] = { "/nonexistent/program", NULL };
	g_autoptr(GError) error = NULL;
	char *err, *out;
	int status;

	g_assert_false(child_run(dir, argv, NULL, &usual, &out, &err, &status,
	    &error));
	g_assert_error(error, CHILD_ERROR, CHILD_ERROR_START);
}

/* ---- text for gnuplot -------------------------------------------------- */

/* Every printable character in every place, as gnuplot understands it. */
static void
any_text_is_drawn(void)
{
	g_autofree char *gnuplot = NULL, *out = NULL, *path = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) script = NULL, want = NULL;
	g_auto(GStrv) got_lines = NULL, want_lines = NULL;
	static const char *const forms[] = { "%c", "%cab", "a%cb", "ab%c",
	    "%1$c%1$c", "a%1$c%1$cb", "{%c", "'%c'" };
	size_t i;
	int c;

	gnuplot = g_find_program_in_path("gnuplot");
	if (gnuplot == NULL) {
		g_test_skip("no gnuplot");
		return;
	}
	script = g_string_new("set print '-'\ndo for [kind in 'x'] {\n"
	    "if (kind eq 'x') {\n");
	want = g_string_new(NULL);
	for (c = ' '; c < 0x7f; c++)
		for (i = 0; i < G_N_ELEMENTS(forms); i++) {
			g_autofree char *text = NULL;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			text = g_strdup_printf(forms[i], c);
#pragma GCC diagnostic pop
			g_string_append(script, "  print ");
			gnuplot_add_text(script, text);
			g_string_append_c(script, '\n');
			g_string_append_printf(want, "%s\n", text);
		}
	g_string_append(script, "}\n}\n");
	path = g_build_filename(dir, "text.gp", NULL);
	g_assert_true(g_file_set_contents(path, script->str, -1, NULL));
	g_assert_true(gnuplot_run(dir, "text.gp", &out, &error));
	g_assert_no_error(error);
	got_lines = g_strsplit(out, "\n", -1);
	want_lines = g_strsplit(want->str, "\n", -1);
	for (i = 0; want_lines[i] != NULL; i++)
		g_assert_cmpstr(got_lines[i], ==, want_lines[i]);
	g_assert_cmpint(g_unlink(path), ==, 0);
}

int
main(int argc, char **argv)
{
	int rc;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_make_tmp("child-XXXXXX", NULL);
	g_test_add_func("/child/says_what_it_wrote", says_what_it_wrote);
	g_test_add_func("/child/one_that_hangs_is_ended",
	    one_that_hangs_is_ended);
	g_test_add_func("/child/what_it_started_is_ended",
	    what_it_started_is_ended);
	g_test_add_func("/child/one_that_writes_without_end_is_ended",
	    one_that_writes_without_end_is_ended);
	g_test_add_func("/child/a_file_without_end_is_ended",
	    a_file_without_end_is_ended);
	g_test_add_func("/child/it_is_ended_with_us", it_is_ended_with_us);
	g_test_add_func("/child/what_is_no_program_is_told_of",
	    what_is_no_program_is_told_of);
	g_test_add_func("/gnuplot/any_text_is_drawn", any_text_is_drawn);
	rc = g_test_run();
	(void)g_rmdir(dir);
	g_free(dir);
	return (rc);
}
