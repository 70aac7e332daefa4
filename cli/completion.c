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
#include "study/scenario/param.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

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

static int
completion_print(unsigned shell)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	struct completion c;
	bool ok;

	ok = completion_init(&c, &error);
	if (ok) {
		shells[shell].write(&c, out);
		fputs(out->str, stdout);
	} else {
		fprintf(stderr, "completion: %s\n", error->message);
	}
	g_ptr_array_free(c.helps, TRUE);
	return (ok ? CLI_OK : CLI_IO);
}

static int
completion_unknown(const char *name)
{
	const char *names[G_N_ELEMENTS(shells)];
	g_autofree char *hint = NULL, *quoted = NULL;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(shells); i++)
		names[i] = shells[i].name;
	hint = nearest_hint(name, names, G_N_ELEMENTS(names));
	quoted = problem_quote(name);
	fprintf(stderr, "completion: %s; allowed: bash, zsh, fish%s\n", quoted,
	    hint);
	return (CLI_USAGE);
}

int
cli_completion(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GOptionContext) ctx = NULL;
	unsigned i;

	ctx = g_option_context_new("bash|zsh|fish - completions for a shell");
	if (!g_option_context_parse(ctx, &argc, &argv, &error)) {
		fprintf(stderr, "completion: %s\n", error->message);
		return (CLI_USAGE);
	}
	if (argc != 2) {
		fprintf(stderr, "completion: one shell: bash, zsh or fish\n");
		return (CLI_USAGE);
	}
	for (i = 0; i < G_N_ELEMENTS(shells); i++)
		if (strcmp(argv[1], shells[i].name) == 0)
			return (completion_print(i));
	return (completion_unknown(argv[1]));
}
