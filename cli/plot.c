/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim plot: draw the pictures of a result again.
 */

#include <stdio.h>

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

/* A directory of results, or a merged sweep; says where the pictures are. */
static bool
plot_one(const char *what, const char *out, const char *const *metrics,
    GError **error)
{
	g_autofree char *dir = NULL, *no_dir = NULL, *plots = NULL;
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
	dir = g_path_get_dirname(what);
	plots = out != NULL ? g_strdup(out) : g_build_filename(dir, "plots",
	    NULL);
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

	context = option_context("plot", "Draw the pictures of results "
	    "again, from their CSV files, into DIR/plots;\nor those of a "
	    "sweep, from what `sweep merge' printed.", NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, &error)) {
		say("%s\n", error->message);
		return (CLI_USAGE);
	}
	if (what == NULL) {
		say("plot: no directory of results is named\n");
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
		say("%s: %s\n", *w, error->message);
		caught = g_atomic_int_get(&signals_caught);
		return (caught != 0 ? 128 + caught : CLI_IO);
	}
	return (CLI_OK);
}
