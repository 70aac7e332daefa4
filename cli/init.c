/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim init: a commented scenario to begin with.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/init.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"

struct init_options {
	char		*out;
	char		**rest;
};

static bool
init_parse(int argc, char **argv, struct init_options *opt, GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	const GOptionEntry entries[] = {
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to (default: standard output)", "FILE.ini" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->rest, NULL, "[FILE.ini]" },
		{ .long_name = NULL }
	};

	context = option_context("init", "Write a scenario to begin with: it "
	    "runs as it is, and its comments say\nwhat to change.  A file that "
	    "is there already is left alone.", NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->rest != NULL && (opt->rest[1] != NULL || opt->out != NULL))
		return (option_bad(error, "init: one FILE.ini"));
	if (opt->rest != NULL && strcmp(opt->rest[0], "-") != 0)
		opt->out = g_strdup(opt->rest[0]);
	return (true);
}

static void
init_print(const void *text, FILE *f)
{

	fputs(text, f);
}

int
cli_init(int argc, char **argv)
{
	struct init_options opt = { .out = NULL };
	g_autoptr(GError) error = NULL;
	int code;

	code = CLI_OK;
	if (!init_parse(argc, argv, &opt, &error)) {
		code = CLI_USAGE;
	} else if (opt.out != NULL && !option_new_file(opt.out, &error)) {
		code = CLI_USAGE;
	} else if ((opt.out != NULL && !outfile_writable(opt.out, &error)) ||
	    !outfile_write(opt.out, init_print, init_text, &error)) {
		code = CLI_IO;
	} else if (opt.out != NULL) {
		say("%s: ready for pcbsim run; what to change its "
		    "comments say\n", opt.out);
	}
	if (error != NULL)
		say("%s\n", error->message);
	g_free(opt.out);
	g_strfreev(opt.rest);
	return (code);
}
