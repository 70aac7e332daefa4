/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim completion: completion scripts for shells.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/completion.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "study/scenario/param.h"

#define	COMPLETION_SHELLS	"bash|zsh|fish"

static const struct {
	const char	*name;
	void		(*write)(const struct completion *, GString *);
} shells[] = {
	{ "bash", completion_bash },
	{ "zsh", completion_zsh },
	{ "fish", completion_fish }
};

void
completion_add_paths(GString *out, const char *before, const char *after)
{
	const struct param *p;

	for (p = param_table; p->group != NULL; p++)
		if (!param_group_named(p->group))
			g_string_append_printf(out, "%s%s.%s%s", before,
			    p->group, p->key, after);
}

void
completion_add_keys(GString *out, const char *before, const char *after)
{
	const struct param *p;

	for (p = param_table; p->group != NULL; p++)
		if (strcmp(p->group, "workload") == 0)
			g_string_append_printf(out, "%s%s%s", before, p->key,
			    after);
}

static bool
completion_init(struct completion *c, GError **error)
{
	struct help *h;
	unsigned i;

	c->helps = g_ptr_array_new_with_free_func((GDestroyNotify)help_free);
	for (i = 0; i < nsubcommands; i++) {
		h = help_new(&subcommands[i], error);
		if (h == NULL)
			return (false);
		g_ptr_array_add(c->helps, h);
	}
	return (true);
}

struct completion_options {
	char		*out;
	char		**rest;
};

/* Prints the script of a shell. */
static int
completion_print(const void *options, GError **error)
{
	const struct completion_options *opt;
	g_autoptr(GString) out = g_string_new(NULL);
	struct completion c;
	unsigned shell;
	bool ok;

	opt = options;
	for (shell = 0; strcmp(opt->rest[0], shells[shell].name) != 0; shell++)
		continue;
	ok = completion_init(&c, error);
	if (ok) {
		shells[shell].write(&c, out);
		fputs(out->str, stdout);
	}
	g_ptr_array_free(c.helps, TRUE);
	return (ok ? CLI_OK : CLI_IO);
}

static bool
completion_parse(int argc, char **argv, struct completion_options *opt,
    GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	const GOptionEntry entries[] = {
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to (default: standard output)", "FILE" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY,
		    &opt->rest, NULL, COMPLETION_SHELLS },
		{ .long_name = NULL }
	};

	context = option_context("completion", "Print a script with which a "
	    "shell completes the command line.", NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->rest == NULL || opt->rest[1] != NULL)
		return (option_bad(error, "completion: one shell: bash, zsh or "
		    "fish"));
	return (option_word("completion: ", opt->rest[0], COMPLETION_SHELLS,
	    error));
}

int
cli_completion(int argc, char **argv)
{
	struct completion_options opt = { .rest = NULL };
	g_autoptr(GError) error = NULL;
	int code;

	code = CLI_USAGE;
	if (completion_parse(argc, argv, &opt, &error))
		code = outfile_print(opt.out, completion_print, &opt, &error);
	if (error != NULL)
		say("%s\n", error->message);
	g_free(opt.out);
	g_strfreev(opt.rest);
	return (code);
}
