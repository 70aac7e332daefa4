/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim calibrate: the costs of this machine, as host.costs takes them.
 */

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "study/calibrate/calibrate.h"
#include "study/run/progress.h"
#include "study/text/problem.h"

struct calibrate_options {
	char		*out;		/* NULL: stdout */
	gboolean	quick;
	char		**rest;
};

static bool
calibrate_parse(int argc, char **argv, struct calibrate_options *opt,
    GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	GOptionEntry entries[] = {
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where the table goes (default: standard output)",
		    "FILE" },
		{ "quick", 0, 0, G_OPTION_ARG_NONE, &opt->quick,
		    "Smaller populations: seconds, not half a minute", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->rest, NULL, NULL },
		{ .long_name = NULL }
	};

	context = option_context("calibrate", "Measure what lookups, locks and "
	    "switches cost on this machine; write a table\nfor host.costs.  "
	    "Takes less than two minutes; leave the machine alone meanwhile.",
	    NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->rest == NULL)
		return (true);
	problem_set(error, "calibrate: takes no argument but -o FILE");
	return (false);
}

static void
calibrate_print(const void *c, FILE *f)
{

	calibrate_write(c, f);
}

static void
calibrate_tell(const struct calibrate_options *opt, const struct calibrate *c)
{
	const GPtrArray *remarks;
	const char *out;
	unsigned i;

	remarks = calibrate_remarks(c);
	for (i = 0; i < remarks->len; i++)
		say("calibrate: %s\n",
		    (const char *)remarks->pdata[i]);
	out = opt->out;
	if (out == NULL || !g_file_test(out, G_FILE_TEST_IS_REGULAR))
		return;
	/* A name with neither would be looked for among the built-in ones. */
	say("calibrate: in [host] put: costs = %s%s\n",
	    strchr(out, '/') == NULL && !g_str_has_suffix(out, ".csv") ?
	    "./" : "", out);
}

int
cli_calibrate(int argc, char **argv)
{
	struct calibrate_options opt = { .out = NULL };
	struct calibrate_conf conf = { .tick = progress_tick };
	g_autoptr(GError) error = NULL;
	struct calibrate *c;
	struct progress progress;
	int code;

	(void)signal(SIGPIPE, SIG_IGN);
	code = CLI_OK;
	if (!calibrate_parse(argc, argv, &opt, &error)) {
		code = CLI_USAGE;
	} else if (opt.out != NULL && !outfile_writable(opt.out, &error)) {
		code = CLI_IO;
	} else {
		progress_init(&progress, stderr, "calibrate", false);
		conf.quick = opt.quick;
		conf.tick_arg = &progress;
		c = calibrate_new(&conf, &error);
		progress_fini(&progress);
		if (c != NULL && outfile_write(opt.out, calibrate_print,
		    c, &error))
			calibrate_tell(&opt, c);
		else
			code = CLI_IO;
		calibrate_free(c);
	}
	if (error != NULL)
		say("%s\n", error->message);
	g_free(opt.out);
	g_strfreev(opt.rest);
	return (code);
}
