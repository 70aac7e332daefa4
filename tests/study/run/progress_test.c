/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How far it is, on a terminal, and nowhere else.
 */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "study/run/progress.h"

static void
times_are_for_people(void)
{
	static const struct {
		double		s;
		const char	*text;
	} cases[] = {
		{ 0, "0 ms" }, { 0.0124, "12 ms" }, { 0.4, "0.4 s" },
		{ 9.96, "10.0 s" }, { 41, "41 s" }, { 59.4, "59 s" },
		{ 60, "1 min 0 s" }, { 3599, "59 min 59 s" },
		{ 3600, "1 h 0 min" }, { 7500, "2 h 5 min" },
		{ 1e9, "277777 h 46 min" }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = progress_time(cases[i].s);

		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

/* What is written meanwhile; to nobody who reads a file or a pipe. */
static void
only_a_terminal_is_told(void)
{
	struct progress p;
	FILE *f;

	f = tmpfile();
	g_assert_nonnull(f);
	progress_init(&p, f, "runs", false);
	progress_tick(&p, 0.5);
	progress_fini(&p);
	g_assert_cmpint(ftell(f), ==, 0);
	fclose(f);
}

static void
a_line_comes_and_goes(void)
{
	char text[256] = "";
	struct progress p;
	FILE *f;
	int master;
	ssize_t got, n;

	master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
		g_test_skip("no terminal is to be had");
		return;
	}
	f = fopen(ptsname(master), "w");
	g_assert_nonnull(f);
	progress_init(&p, f, "of a\033[31mb", true);
	g_assert_null(p.out);
	progress_init(&p, f, "of a\033[31mb", false);
	g_assert_true(p.out == f);
	/* Too early to tell how long it is going to take. */
	p.began = g_get_monotonic_time();
	progress_tick(&p, 0.001);
	/* A quarter of it took a hundred seconds. */
	p.began = g_get_monotonic_time() - 100 * G_USEC_PER_SEC;
	progress_tick(&p, 0.25);
	/* Shorter than the line before, which is written over. */
	progress_tick(&p, 1);
	progress_fini(&p);
	/* A terminal hands on what it was given in pieces, and later. */
	for (n = 0; strstr(text, ": 100 %") == NULL ||
	    !g_str_has_suffix(text, " \r"); n += got) {
		got = read(master, text + n, sizeof(text) - 1 - (size_t)n);
		g_assert_cmpint(got, >, 0);
		text[n + got] = '\0';
	}
	g_assert_true(g_str_has_prefix(text, "\rof a"));
	g_assert_null(strchr(text, '\033'));
	g_assert_nonnull(strstr(text, ": 0 %\r"));
	g_assert_nonnull(strstr(text, ": 25 %, 5 min 0 s left\r"));
	g_assert_nonnull(strstr(text, ": 100 %, 1 s left "));
	g_assert_true(g_str_has_suffix(text, " \r"));
	/* It is away: nothing more is. */
	progress_fini(&p);
	g_assert_cmpint(p.width, ==, 0);
	fclose(f);
	close(master);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/progress/times_are_for_people",
	    times_are_for_people);
	g_test_add_func("/progress/only_a_terminal_is_told",
	    only_a_terminal_is_told);
	g_test_add_func("/progress/a_line_comes_and_goes",
	    a_line_comes_and_goes);
	return (g_test_run());
}
