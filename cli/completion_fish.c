/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The completion script for fish: one `complete' an option.
 */

#include <string.h>

#include <glib.h>

#include "cli/completion.h"

static const char fish_head[] =
"# fish completion for pcbsim; made by `pcbsim completion fish'.\n"
"\n"
"# Names of [KIND:NAME] in the scenarios on the line.\n"
"function __pcbsim_sections\n"
"    for word in (commandline -opc)\n"
"        if string match -q '*.ini' -- $word; and test -r $word\n"
"            sed -n \"s/^\\[$argv[1]:\\([^]]*\\)\\].*/\\1/p\" $word\n"
"        end\n"
"    end\n"
"end\n"
"\n"
"function __pcbsim_path\n"
"    printf '%s=\\n' $__pcbsim_paths\n"
"    for name in (__pcbsim_sections workload)\n"
"        printf \"workload:$name.%s=\\n\" $__pcbsim_keys\n"
"    end\n"
"end\n"
"\n"
"# How many arguments stand after the subcommand, options not counted.\n"
"function __pcbsim_at\n"
"    set -l rest (string match -v -- '-*' (commandline -opc))\n"
"    test (count $rest) -eq $argv[1]\n"
"end\n"
"\n";

/* In single quotes only \ and ' mean something. */
static char *
fish_quote(const char *text)
{
	GString *out;

	out = g_string_new("'");
	for (; *text != '\0'; text++) {
		if (*text == '\\' || *text == '\'')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *text);
	}
	g_string_append_c(out, '\'');
	return (g_string_free(out, FALSE));
}

static void
fish_proposals(const struct help_value *v, GString *out)
{
	static const char *const proposals[] = {
		[HELP_ANY] = NULL,
		[HELP_WORDS] = NULL,
		[HELP_FILE] = "(__fish_complete_path)",
		[HELP_DIR] = "(__fish_complete_directories)",
		[HELP_CSV] = "(__fish_complete_suffix .csv)",
		[HELP_SCENARIO] = "(__fish_complete_suffix .ini)",
		[HELP_SWEEP] = "(__fish_complete_suffix .sweep)",
		[HELP_PATH] = "(__pcbsim_path)",
		[HELP_KEY] = "$__pcbsim_paths workload.$__pcbsim_keys",
		[HELP_VARIANT] = "(__pcbsim_sections variant)"
	};
	g_autofree char *words = NULL, *quoted = NULL;

	if (v->words != NULL) {
		words = g_strjoinv(" ", v->words);
		quoted = fish_quote(words);
	} else if (proposals[v->kind] != NULL) {
		quoted = fish_quote(proposals[v->kind]);
	}
	if (quoted != NULL)
		g_string_append_printf(out, " -a %s", quoted);
}

static void
fish_option(const struct help_option *o, const char *name, GString *out)
{
	g_autofree char *doc = fish_quote(o->doc);

	g_string_append_printf(out, "complete -c pcbsim -n "
	    "'__fish_seen_subcommand_from %s'", name);
	if (o->letter != 0)
		g_string_append_printf(out, " -s %c", o->letter);
	g_string_append_printf(out, " -l %s -d %s", o->name, doc);
	if (o->value != NULL) {
		g_string_append(out, " -x");
		fish_proposals(o->value, out);
	}
	g_string_append(out, "\n");
}

static void
fish_argument(const struct help_value *v, unsigned place, const char *name,
    GString *out)
{

	g_string_append_printf(out, "complete -c pcbsim -n "
	    "'__fish_seen_subcommand_from %s", name);
	/* The program and its subcommand stand in front. */
	if (!v->repeats)
		g_string_append_printf(out, "; and __pcbsim_at %u", place + 2);
	else if (place > 0)
		g_string_append_printf(out, "; and not __pcbsim_at %u",
		    place + 1);
	g_string_append(out, "'");
	fish_proposals(v, out);
	g_string_append(out, "\n");
}

void
completion_fish(const struct completion *c, GString *out)
{
	const struct help *h;
	unsigned i, j;

	g_string_append(out, fish_head);
	g_string_append(out, "set -g __pcbsim_paths");
	completion_add_paths(out, " ", "");
	g_string_append(out, "\nset -g __pcbsim_keys");
	completion_add_keys(out, " ", "");
	g_string_append(out, "\n\ncomplete -c pcbsim -f\n"
	    "complete -c pcbsim -n __fish_use_subcommand -l version -d "
	    "'Say which program this is'\n"
	    "complete -c pcbsim -n __fish_use_subcommand -l help -d "
	    "'Show usage'\n");
	for (i = 0; i < nsubcommands; i++) {
		g_autofree char *help = fish_quote(subcommands[i].help);

		g_string_append_printf(out, "complete -c pcbsim -n "
		    "__fish_use_subcommand -a %s -d %s\n", subcommands[i].name,
		    help);
	}
	for (i = 0; i < nsubcommands; i++) {
		h = c->helps->pdata[i];
		for (j = 0; j < h->options->len; j++)
			fish_option(h->options->pdata[j], subcommands[i].name,
			    out);
		for (j = 0; j < h->arguments->len; j++)
			fish_argument(h->arguments->pdata[j], j,
			    subcommands[i].name, out);
	}
}
