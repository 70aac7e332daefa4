/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim: which subcommand, and what it exits with.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "study/run/version.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

const struct subcommand subcommands[] = {
	{ "run", "SCENARIO...", "simulate, write results/NAME/", cli_run },
	{ "check", "SCENARIO...", "parse, wire, report; run nothing",
	    cli_check },
	{ "import", "--format=NAME FILE",
	    "a capture into a recording to replay", cli_import },
	{ "limit", "SCENARIO",
	    "where it breaks, by bisection", cli_limit },
	{ "list", "[KIND]", "what there is to choose from",
	    cli_list },
	{ "explain", "KEY", "what a key of a scenario means", cli_explain },
	{ "script", "--stack=NAME OPS.csv",
	    "socket operations in, decisions and counts out", cli_script },
	{ "completion", "SHELL", "completions for bash, zsh or fish",
	    cli_completion },
	{ "sweep", "plan|run|merge SWEEP",
	    "one scenario over combinations of parameters", cli_sweep },
	{ "compare", "DIR [DIR]", "variants side by side, with confidence",
	    cli_compare },
	{ "report", "DIR", "a result as mail, web page and others",
	    cli_report },
	{ "plot", "DIR", "draw the pictures of a result again", cli_plot },
	{ "column", "NAME FILE.csv", "one column, for ministat(1)",
	    cli_column },
	{ "calibrate", "[-o FILE]", "measure the costs of this machine",
	    cli_calibrate },
	{ "live", "SCENARIO", "do it for real, beside the simulator",
	    cli_live }
};
const unsigned nsubcommands = G_N_ELEMENTS(subcommands);

static void
main_usage(FILE *to)
{
	unsigned i;

	fprintf(to, "usage:\n");
	for (i = 0; i < G_N_ELEMENTS(subcommands); i++)
		fprintf(to, "  pcbsim %-10s %-21s %s\n", subcommands[i].name,
		    subcommands[i].arguments, subcommands[i].help);
	fprintf(to, "  pcbsim --version | --help | SUBCOMMAND --help\n");
}

static int
main_unknown(const char *name)
{
	const char *names[G_N_ELEMENTS(subcommands)];
	g_autofree char *hint = NULL, *quoted = NULL;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(subcommands); i++)
		names[i] = subcommands[i].name;
	hint = nearest_hint(name, names, G_N_ELEMENTS(names));
	quoted = problem_quote(name);
	fprintf(stderr, "pcbsim: there is no %s %s%s; see pcbsim --help\n",
	    *name == '-' ? "option" : "subcommand", quoted, hint);
	return (CLI_USAGE);
}

/* What was printed must have arrived, or the exit code says so. */
static int
main_flush(int code)
{

	if (fflush(stdout) == 0 && !ferror(stdout))
		return (code);
	fprintf(stderr, "pcbsim: cannot write standard output: %s\n",
	    g_strerror(errno));
	return (code == CLI_OK ? CLI_IO : code);
}

static int
main_run(const struct subcommand *sub, int argc, char **argv)
{
	g_autofree char *name = NULL;

	/* What --help of a subcommand calls the program. */
	name = g_strdup_printf("pcbsim %s", sub->name);
	g_set_prgname(name);
	return (main_flush(sub->run(argc, argv)));
}

int
main(int argc, char **argv)
{
	unsigned i;

	if (argc < 2) {
		main_usage(stderr);
		return (CLI_USAGE);
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("pcbsim %s\n", version_text());
		return (main_flush(CLI_OK));
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		main_usage(stdout);
		return (main_flush(CLI_OK));
	}
	for (i = 0; i < G_N_ELEMENTS(subcommands); i++)
		if (strcmp(argv[1], subcommands[i].name) == 0)
			return (main_run(&subcommands[i], argc - 1, argv + 1));
	return (main_unknown(argv[1]));
}
