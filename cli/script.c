/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim script: socket operations in, decisions and counts out.
 */

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "models/stacks/stack.h"
#include "study/scenario/costs_file.h"
#include "study/scenario/stack_name.h"
#include "study/script/script.h"
#include "study/text/lines.h"
#include "study/text/problem.h"

struct script_options {
	char		*stack;
	char		*search;
	gint64		hash_seed;
	char		*costs;
	char		*out;
	char		**paths;
};

static bool
script_parse(int argc, char **argv, struct script_options *opt,
    GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	GOptionEntry entries[] = {
		{ "stack", 0, 0, G_OPTION_ARG_STRING, &opt->stack,
		    "The kernel to ask; see pcbsim list stacks", "NAME" },
		{ "search", 0, 0, G_OPTION_ARG_STRING, &opt->search,
		    "How searches are made; results are the same "
		    "(both: compare them at every step)",
		    "index|walk|both" },
		{ "hash-seed", 0, 0, G_OPTION_ARG_INT64, &opt->hash_seed,
		    "Of the connection hash, where the kernel seeds it "
		    "(default 0)", "N" },
		{ "costs", 0, 0, G_OPTION_ARG_STRING, &opt->costs,
		    "Add a column with what each call costs, by this table; "
		    "see pcbsim list costs", "NAME" },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to (default: standard output)", "FILE.csv" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->paths, NULL, "[OPS.csv]" },
		{ .long_name = NULL }
	};

	context = option_context("script", "Run socket operations against "
	    "one kernel's tables, without time; print what\nit decides and "
	    "what it visits.  Without a file, or with -, reads standard "
	    "input.",
	    "Operations, one a line:\n"
	    "  config,first,last,randomized,hashsize,porthashsize (first)\n"
	    "  addr,N,ip  primary,ip  route,faddr,srcip  seed,N  tick\n"
	    "  set,NAME,VALUE (randomized, lastport, algo, cpus ...)\n"
	    "  set,reserved,PORT,1  sysctl,NAME,VALUE  wait,MS\n"
	    "  set,range,first,last\n"
	    "  sock,ID[,reuseaddr][,reuseport][,reuseport_lb][,noport]\n"
	    "      [,lpr=LOW-HIGH][,uid=N]\n"
	    "  bind,ID,ADDR or *,PORT  listen,ID  connect,ID,FADDR,FPORT\n"
	    "  setopt,ID,OPTION,0 or 1  close,ID  tw,ID  twend,ID\n"
	    "  accept,ID,LADDR,LPORT,FADDR,FPORT\n"
	    "  uc,ID,FADDR,FPORT[,OPTION...]\n"
	    "  bc,ID,LADDR,LPORT,FADDR,FPORT[,OPTION...]\n"
	    "  plist,PORT  phash,PORT", entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->paths != NULL && opt->paths[1] != NULL)
		return (option_bad(error, "script: more than one file"));
	return (option_word("--search=", opt->search, "index|walk|both",
	    error));
}

/* NULL with an error that names the stacks there are. */
static const struct stack *
script_stack(const char *name, GError **error)
{
	g_autofree char *all = NULL;

	if (name != NULL)
		return (stack_name_parse(name, error));
	all = stack_name_all();
	problem_set(error, "script: --stack=NAME is needed, one of %s, or a "
	    "release", all);
	return (NULL);
}

static enum net_search
script_search(const char *name)
{

	if (name == NULL || strcmp(name, "index") == 0)
		return (NET_SEARCH_INDEX);
	return (strcmp(name, "walk") == 0 ? NET_SEARCH_WALK :
	    NET_SEARCH_BOTH);
}

struct script_job {
	const struct script_options *opt;
	const struct stack *stack;
	struct costs	*costs;
};

/* Prints; returns what to exit with. */
static int
script_print(const void *job, GError **error)
{
	const struct script_job *j;
	struct script_conf conf;
	enum script_end end;
	struct lines *in;

	j = job;
	in = lines_open(j->opt->paths == NULL ? "-" : j->opt->paths[0],
	    error);
	if (in == NULL)
		return (CLI_IO);
	conf = (struct script_conf){ .stack = j->stack,
	    .search = script_search(j->opt->search),
	    .hash_seed = (uint64_t)j->opt->hash_seed, .costs = j->costs };
	end = script_run_conf(&conf, in, stdout, error);
	lines_close(in);
	switch (end) {
	case SCRIPT_DONE:
		return (CLI_OK);
	case SCRIPT_BAD_INPUT:
		return (CLI_USAGE);
	case SCRIPT_CANNOT_WRITE:
		g_prefix_error(error, "cannot write %s: ", j->opt->out !=
		    NULL ? j->opt->out : "standard output");
		return (CLI_IO);
	default:
		return (CLI_IO);
	}
}

int
cli_script(int argc, char **argv)
{
	struct script_options opt = { .stack = NULL };
	struct script_job job = { .opt = &opt };
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	uint64_t hash;
	int code;

	/* A reader that went away is an output error, not a death. */
	(void)signal(SIGPIPE, SIG_IGN);
	code = CLI_USAGE;
	if (script_parse(argc, argv, &opt, &error))
		job.stack = script_stack(opt.stack, &error);
	if (job.stack != NULL && opt.costs != NULL)
		job.costs = costs_file_load(opt.costs, ".", &path, &hash,
		    &error);
	if (job.stack != NULL && error == NULL)
		code = outfile_print(opt.out, script_print, &job, &error);
	if (error != NULL)
		say("%s\n", error->message);
	if (code == CLI_USAGE)
		code = say_code(error);
	g_free(job.costs);
	g_free(opt.costs);
	g_free(opt.stack);
	g_free(opt.search);
	g_free(opt.out);
	g_strfreev(opt.paths);
	return (code);
}
