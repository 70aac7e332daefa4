/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim plot: draw the pictures of a result again.
 */

#include <sys/stat.h>

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "study/plot/plot.h"
#include "study/sweep/plot.h"
#include "study/sweep/store.h"
#include "study/text/problem.h"
#include "study/text/whole.h"

/* Where those of a merged sweep go.  Free with g_free(). */
static char *
plot_place(const char *what, const char *out)
{
	g_autofree char *dir = g_path_get_dirname(what);

	return (out != NULL ? g_strdup(out) : g_build_filename(dir, "plots",
	    NULL));
}

/* Are both one place, however they are named? */
static bool
plot_same(const char *a, const char *b)
{
	g_autofree char *of_a = g_path_get_dirname(a);
	g_autofree char *of_b = g_path_get_dirname(b);
	struct stat sa, sb;

	if (strcmp(a, b) == 0)
		return (true);
	/* The last part may not be there yet. */
	if (stat(a, &sa) != 0 || stat(b, &sb) != 0) {
		g_autofree char *last_a = g_path_get_basename(a);
		g_autofree char *last_b = g_path_get_basename(b);

		if (strcmp(last_a, last_b) != 0 || stat(of_a, &sa) != 0 ||
		    stat(of_b, &sb) != 0)
			return (false);
	}
	return (sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino);
}

/* Pictures of two sweeps have the same names: the second took the first's. */
static bool
plot_apart(char **what, const char *out, GError **error)
{
	char **a, **b;

	for (a = what; *a != NULL; a++)
		for (b = a + 1; *b != NULL; b++) {
			g_autofree char *to_a = plot_place(*a, out);
			g_autofree char *to_b = plot_place(*b, out);

			if (!g_str_has_suffix(*a, ".csv") ||
			    !g_str_has_suffix(*b, ".csv") ||
			    !plot_same(to_a, to_b))
				continue;
			return (option_bad(error, "plot: %s and %s would both "
			    "be drawn into %s; one at a time, each with an "
			    "--out of its own", *a, *b, to_b));
		}
	return (true);
}

/* A directory of results, or a merged sweep; says where the pictures are. */
static bool
plot_one(const char *what, const char *out, const char *const *metrics,
    GError **error)
{
	g_autofree char *no_dir = NULL, *plots = NULL;
	char *remark;
	bool ok;

	if (g_str_has_suffix(what, ".sweep")) {
		problem_set(error, "%s: says what to run; a picture is drawn "
		    "of what `pcbsim sweep merge' makes of it", what);
		return (false);
	}
	if (!g_str_has_suffix(what, ".csv")) {
		if (!sweep_store_no_result(what, error))
			return (false);
		/* One that is not there may be beside: a run was ended. */
		no_dir = whole_no_dir(what);
		if (no_dir != NULL && (g_file_test(what, G_FILE_TEST_EXISTS) ||
		    g_file_test(what, G_FILE_TEST_IS_SYMLINK))) {
			g_set_error(error, PLOT_ERROR, PLOT_ERROR_DATA, "%s",
			    no_dir);
			return (false);
		}
		ok = plot_again(what, &remark, error);
		say_remark(remark);
		if (!ok)
			return (false);
		printf("%s%splots\n", what, g_str_has_suffix(what, "/") ? "" :
		    "/");
		return (true);
	}
	plots = plot_place(what, out);
	ok = sweep_plot(what, plots, metrics, &remark, error);
	say_remark(remark);
	if (!ok)
		return (false);
	printf("%s\n", plots);
	return (true);
}

int
cli_plot(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) metrics = NULL, what = NULL;
	g_autofree char *out = NULL;
	GOptionEntry entries[] = {
		{ "metric", 0, 0, G_OPTION_ARG_STRING_ARRAY, &metrics,
		    "Of a sweep: draw this column, again and again", "NAME" },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &out,
		    "Of a sweep: where pictures go (default: plots/ beside "
		    "it)", "DIR" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &what,
		    NULL, "DIR..." },
		{ .long_name = NULL }
	};
	char **w;
	int caught;
	bool ok;

	context = option_context("plot", "Draw the pictures of results "
	    "again, from their CSV files, into DIR/plots;\nor those of a "
	    "sweep, from what `sweep merge' printed.", NULL, entries);
	ok = option_parse(context, entries, &argc, &argv, &error);
	if (ok && what == NULL)
		ok = option_bad(&error, "plot: no directory of results is "
		    "named");
	if (!ok || what == NULL || !plot_apart(what, out, &error)) {
		say("%s\n", error->message);
		return (CLI_USAGE);
	}
	signals_catch();
	for (w = what; *w != NULL; w++) {
		if (plot_one(*w, out, (const char *const *)metrics, &error))
			continue;
		if (error->domain == PROBLEM_DOMAIN) {
			say("%s\n", error->message);
			return (say_code(error));
		}
		if (g_str_has_prefix(error->message, *w))
			say("%s\n", error->message);
		else
			say("%s: %s\n", *w, error->message);
		caught = g_atomic_int_get(&signals_caught);
		return (caught != 0 ? 128 + caught : CLI_IO);
	}
	return (CLI_OK);
}
