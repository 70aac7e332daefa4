/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim: which subcommand, and what it exits with.
 */

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/mdoc.h"
#include "cli/option.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "study/run/version.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

#define	MAIN_STACK	((size_t)1 << 20)	/* bytes a thread, at least */

const struct subcommand subcommands[] = {
	{ "init", "[FILE.ini]", "a commented scenario to begin with",
	    cli_init },
	{ "run", "SCENARIO...", "simulate, write results/NAME/", cli_run },
	{ "check", "SCENARIO...", "parse, wire, report; run nothing",
	    cli_check },
	{ "ask", "--rate=R --lifetime=T",
	    "when does it run out, what helps: no file needed", cli_ask },
	{ "import", "--format=NAME FILE",
	    "a capture into a recording to replay", cli_import },
	{ "limit", "SCENARIO",
	    "where it breaks, by bisection", cli_limit },
	{ "list", "[KIND]", "what there is to choose from",
	    cli_list },
	{ "explain", "KEY", "what a key or any other name means",
	    cli_explain },
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
	    cli_live },
	{ "help", "[SUBCOMMAND]", "what a subcommand takes, with examples",
	    cli_help },
	{ "version", "", "which program this is", cli_version }
};
static bool main_flushed;

const unsigned nsubcommands = G_N_ELEMENTS(subcommands);

static void
main_usage(FILE *to)
{
	unsigned i;

	fprintf(to, "usage:\n");
	for (i = 0; i < G_N_ELEMENTS(subcommands); i++)
		fprintf(to, "  pcbsim %-10s %-21s %s\n", subcommands[i].name,
		    subcommands[i].arguments, subcommands[i].help);
	fprintf(to, "  pcbsim --version | -V | --help | -h | SUBCOMMAND "
	    "--help\n");
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
	say("pcbsim: there is no %s %s%s; see pcbsim --help\n",
	    *name == '-' ? "option" : "subcommand", quoted, hint);
	return (CLI_USAGE);
}

static const struct subcommand *
main_find(const char *name)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(subcommands); i++)
		if (strcmp(name, subcommands[i].name) == 0)
			return (&subcommands[i]);
	return (NULL);
}

/*
 * "-j4" as "-j" "4": GLib wants a value apart from its letter, people are used
 * to either.  Returns argv[*argc] anew, its words borrowed but for those that
 * were cut, which `cut' frees.
 */
static char **
main_detach(int *argc, char **argv, GPtrArray *cut)
{
	GPtrArray *all;
	char *letter, *value;
	bool literal;
	int i;

	all = g_ptr_array_new();
	literal = false;
	for (i = 0; i < *argc; i++) {
		literal |= strcmp(argv[i], "--") == 0;
		if (literal || argv[i][0] != '-' ||
		    strchr("jof", argv[i][1]) == NULL ||
		    argv[i][1] == '\0' || argv[i][2] == '\0') {
			g_ptr_array_add(all, argv[i]);
			continue;
		}
		letter = g_strndup(argv[i], 2);
		value = g_strdup(argv[i] + 2);
		g_ptr_array_add(cut, letter);
		g_ptr_array_add(cut, value);
		g_ptr_array_add(all, letter);
		g_ptr_array_add(all, value);
	}
	*argc = (int)all->len;
	g_ptr_array_add(all, NULL);
	return ((char **)g_ptr_array_free(all, FALSE));
}

/* What was printed must have arrived, or the exit code says so. */
static int
main_flush(int code)
{
	int cause;

	cause = say_flush();
	if (cause == 0)
		return (code);
	/* It was told by whoever printed; errno may be of something else. */
	if (code == CLI_IO)
		return (code);
	say("pcbsim: cannot write standard output: %s\n",
	    g_strerror(cause));
	return (code == CLI_OK ? CLI_IO : code);
}

/* GLib's --help ends the program by itself. */
static void
main_at_exit(void)
{

	if (!main_flushed && main_flush(CLI_OK) != CLI_OK)
		_exit(CLI_IO);
}

static int
main_run(const struct subcommand *sub, int argc, char **argv)
{
	g_autoptr(GPtrArray) cut = NULL;
	g_autofree char *name = NULL;
	g_autofree char **words = NULL;

	cut = g_ptr_array_new_with_free_func(g_free);
	words = main_detach(&argc, argv, cut);
	/* What --help of a subcommand calls the program. */
	name = g_strdup_printf("pcbsim %s", sub->name);
	g_set_prgname(name);
	return (sub->run(argc, words));
}

int
cli_help(int argc, char **argv)
{
	char help[] = "--help", *of[] = { NULL, help, NULL };
	g_autoptr(GOptionContext) context = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *format = NULL;
	g_auto(GStrv) rest = NULL;
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &format,
		    "mdoc: all examples, as a part of a manual page",
		    "text|mdoc" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &rest,
		    NULL, "[SUBCOMMAND]" },
		{ .long_name = NULL }
	};
	const struct subcommand *sub;

	context = option_context("help", "What a subcommand takes, with "
	    "examples; without one, what there is.", NULL, entries);
	if (option_parse(context, entries, &argc, &argv, &error) &&
	    rest != NULL && rest[1] != NULL)
		(void)option_bad(&error, "help: one SUBCOMMAND");
	if (error != NULL || !option_word("--format=", format, "text|mdoc",
	    &error)) {
		say("%s\n", error->message);
		return (CLI_USAGE);
	}
	if (g_strcmp0(format, "mdoc") == 0) {
		mdoc_examples();
		return (CLI_OK);
	}
	if (rest == NULL) {
		main_usage(stdout);
		return (CLI_OK);
	}
	sub = main_find(rest[0]);
	if (sub == NULL)
		return (main_unknown(rest[0]));
	of[0] = rest[0];
	return (main_run(sub, 2, of));
}

int
cli_version(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = NULL;
	const GOptionEntry none[] = { { .long_name = NULL } };
	g_autoptr(GError) error = NULL;

	context = option_context("version", "Which program this is: version, "
	    "commit, digest of its sources.", NULL, none);
	if (!option_parse(context, none, &argc, &argv, &error)) {
		say("%s\n", error->message);
		return (CLI_USAGE);
	}
	printf("pcbsim %s\n", version_text());
	return (CLI_OK);
}

/* What `ulimit -s' says is meant for the first thread's stack. */
static void
main_stacks(void)
{
#ifdef __GLIBC__
	pthread_attr_t attr;
	size_t size;

	if (pthread_getattr_default_np(&attr) != 0)
		return;
	if (pthread_attr_getstacksize(&attr, &size) == 0 &&
	    size < MAIN_STACK &&
	    pthread_attr_setstacksize(&attr, MAIN_STACK) == 0)
		(void)pthread_setattr_default_np(&attr);
	(void)pthread_attr_destroy(&attr);
#endif
}

int
main(int argc, char **argv)
{
	const struct subcommand *sub;
	const char *first;
	int code;

	signals_prepare();
	main_stacks();
	if (argc < 2) {
		main_usage(stderr);
		return (CLI_USAGE);
	}
	first = argv[1];
	if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0)
		first = "version";
	else if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
		first = "help";
	sub = main_find(first);
	if (sub == NULL)
		return (main_unknown(first));
	(void)atexit(main_at_exit);
	code = main_flush(main_run(sub, argc - 1, argv + 1));
	main_flushed = true;
	return (code);
}
