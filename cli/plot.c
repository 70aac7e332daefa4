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
#include "study/plot.h"

int
cli_plot(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) dirs = NULL;
	GOptionEntry entries[] = {
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &dirs,
		    NULL, "DIR..." },
		{ .long_name = NULL }
	};
	char **dir;

	context = g_option_context_new(NULL);
	g_option_context_set_summary(context, "Draw the pictures of results "
	    "again, from their CSV files, into DIR/plots.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return (CLI_USAGE);
	}
	if (dirs == NULL) {
		fprintf(stderr, "plot: no directory of results is named\n");
		return (CLI_USAGE);
	}
	for (dir = dirs; *dir != NULL; dir++) {
		if (!plot_draw(*dir, &error)) {
			fprintf(stderr, "%s: %s\n", *dir, error->message);
			return (CLI_IO);
		}
		printf("%s%splots\n", *dir, g_str_has_suffix(*dir, "/") ? "" :
		    "/");
	}
	return (CLI_OK);
}
