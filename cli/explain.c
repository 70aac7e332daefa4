/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim explain: what a name means, whatever it is the name of.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/group.h"
#include "cli/kind.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "models/machine/load.h"
#include "models/registry.h"
#include "study/scenario/param.h"
#include "study/scenario/stack_name.h"
#include "study/scenario/load_keys.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

#define	EXPLAIN_COLUMNS	72

struct explain_options {
	char		*out;
	char		**rest;
};

/* ---- text -------------------------------------------------------------- */

/*
 * "  KEY        text", wrapped under itself; the key may be empty, and a long
 * one has a line of its own.
 */
static void
explain_field(const char *key, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	size_t column, indent;
	unsigned i;

	indent = key != NULL ? 13 : 2;
	printf("  %-*s", (int)indent - 2, key != NULL ? key : "");
	if (key != NULL && strlen(key) + 2 >= indent)
		printf("\n%*s", (int)indent, "");
	column = indent;
	for (i = 0; words[i] != NULL; i++) {
		if (column > indent && column + 1 + strlen(words[i]) >
		    EXPLAIN_COLUMNS) {
			printf("\n%*s", (int)indent, "");
			column = indent;
		}
		printf("%s%s", column > indent ? " " : "", words[i]);
		column += strlen(words[i]) + (column > indent);
	}
	printf("\n");
}

/* ---- keys of a scenario ------------------------------------------------ */

static void
explain_loads(const struct param *p)
{
	g_autoptr(GString) names = g_string_new(NULL);
	const struct load *const *l;

	for (l = registry_loads; *l != NULL; l++)
		if (load_takes(*l, p))
			g_string_append_printf(names, "%s%s", names->len > 0 ?
			    " " : "", (*l)->name);
	explain_field("loads", names->str);
}

static void
explain_param(const struct param *p)
{
	g_autofree char *range = param_range(p);

	printf("%s%s.%s\n", p->group, param_group_named(p->group) ? ":NAME" :
	    "", p->key);
	explain_field("default", p->def == NULL ?
	    (p->flags & PARAM_REQUIRED) ? "none; the key is required" :
	    "none" : *p->def == '\0' ? "empty" : p->def);
	explain_field("allowed", range);
	explain_field("unit", param_unit(p));
	explain_field("kernel", p->mirrors != NULL ? p->mirrors : "-");
	if (strcmp(p->group, "workload") == 0)
		explain_loads(p);
	printf("\n");
	explain_field(NULL, p->doc);
}

/* KEY or its end, GROUP.KEY, workload.KEY or workload:NAME.KEY. */
static bool
explain_meant(const struct param *p, const char *key)
{
	const char *dot;
	size_t len;

	if (strcmp(p->key, key) == 0 || (p->mirrors != NULL &&
	    strcmp(p->mirrors, key) == 0))
		return (true);
	/* "msl" for net.inet.tcp.msl */
	len = strlen(p->key) - MIN(strlen(key), strlen(p->key));
	if (len > 0 && p->key[len - 1] == '.' && strcmp(p->key + len, key) == 0)
		return (true);
	dot = strchr(key, '.');
	if (dot == NULL || strcmp(dot + 1, p->key) != 0)
		return (false);
	len = strcspn(key, ":.");
	return (len == strlen(p->group) && strncmp(key, p->group, len) == 0 &&
	    (key[len] == '.' || param_group_named(p->group)));
}

/* ---- groups ------------------------------------------------------------ */

static void
explain_group(const struct group *g)
{
	const struct group_key *k;
	const struct param *p;

	printf("[%s%s]\n", g->name, param_group_named(g->name) ? ":NAME" : "");
	explain_field("kind", g->kind);
	printf("\n");
	explain_field(NULL, g->doc);
	printf("\n");
	for (p = param_table; g->params != NULL && p->group != NULL; p++)
		if (strcmp(p->group, g->params) == 0)
			explain_field(p->key, p->doc);
	for (k = g->keys; k != NULL && k->key != NULL; k++)
		explain_field(k->key, k->doc);
}

static void
explain_group_key(const struct group *g, const struct group_key *k)
{

	printf("%s.%s\n", g->name, k->key);
	explain_field("kind", g->kind);
	explain_field("default", k->def);
	explain_field("allowed", k->allowed);
	printf("\n");
	explain_field(NULL, k->doc);
}

/* ---- anything else ----------------------------------------------------- */

struct explain_search {
	const char	*name;
	const struct kind *kind;
	unsigned	found;
	GPtrArray	*names;		/* of all that there are */
};

/* A blank line between what has the name and what has it, too. */
static void
explain_between(struct explain_search *s)
{

	if (s->found++ > 0)
		printf("\n");
}

/* A kind_fn. */
static void
explain_item(const struct kind_item *it, void *search)
{
	struct explain_search *s;
	unsigned i;

	s = search;
	g_ptr_array_add(s->names, g_strdup(it->name));
	if (!kind_means(it, s->name))
		return;
	explain_between(s);
	printf("%s\n", it->name);
	explain_field("kind", s->kind->one);
	for (i = 0; i < it->nfields; i++)
		explain_field(it->field[i].key, it->field[i].text);
	printf("\n");
	explain_field(NULL, it->title);
}

/* A kind_fn: a stack with proposals, which may have been named otherwise. */
static void
explain_composed(const struct kind_item *it, void *search)
{
	struct explain_search *s;

	s = search;
	s->kind = kind_find("stacks");
	s->name = it->name;
	explain_item(it, s);
}

static bool
explain_unknown(const struct explain_search *s, GError **error)
{
	g_autofree char *hint = NULL, *quoted = NULL;
	const char *near;

	near = nearest_find(s->name, (const char *const *)s->names->pdata,
	    s->names->len);
	/* A release's neighbour may be its opposite; see stack_name.h. */
	hint = near != NULL && stack_find(near) != NULL ?
	    stack_name_hint(s->name) : nearest_hint(s->name,
	    (const char *const *)s->names->pdata, s->names->len);
	quoted = problem_quote(s->name);
	return (option_bad(error, "explain: nothing is called %s%s; see "
	    "pcbsim list", quoted, hint));
}

/*
 * The path of a parameter, which may stand in a [sweep] or a [variant:NAME];
 * and [console] is an observer of that name.  Free with g_free().
 */
static char *
explain_path(const char *name)
{
	const char *dot;

	dot = strchr(name, '.');
	if (dot != NULL && strchr(dot + 1, '.') != NULL &&
	    (g_str_has_prefix(name, "sweep.") ||
	    g_str_has_prefix(name, "variant:")))
		name = dot + 1;
	return (g_strconcat(g_str_has_prefix(name, "console.") ?
	    "observer:" : "", name, NULL));
}

static void
explain_params(struct explain_search *s)
{
	g_autofree char *path = explain_path(s->name);
	const struct param *p;

	for (p = param_table; p->group != NULL; p++) {
		g_ptr_array_add(s->names, g_strdup(p->key));
		g_ptr_array_add(s->names, g_strdup_printf("%s.%s", p->group,
		    p->key));
		if (explain_meant(p, path)) {
			explain_between(s);
			explain_param(p);
		}
	}
}

static void
explain_groups(struct explain_search *s)
{
	const struct group_key *k;
	const struct group *g;

	for (g = group_table; g->name != NULL; g++) {
		g_ptr_array_add(s->names, g_strdup(g->name));
		for (k = g->keys; k != NULL && k->key != NULL; k++) {
			g_ptr_array_add(s->names, g_strdup(k->key));
			if (group_key_means(g, k, s->name)) {
				explain_between(s);
				explain_group_key(g, k);
			}
		}
		if (group_means(g, s->name)) {
			explain_between(s);
			explain_group(g);
		}
	}
}

/* Prints all that has the name. */
static int
explain_print(const void *options, GError **error)
{
	const struct explain_options *opt;
	struct explain_search s = { .found = 0 };
	g_autoptr(GPtrArray) names = NULL;
	unsigned i;

	opt = options;
	s.name = opt->rest[0];
	s.names = names = g_ptr_array_new_with_free_func(g_free);
	explain_params(&s);
	for (i = 0; i < nkinds; i++) {
		s.kind = &kinds[i];
		/* Their keys were looked at, and more closely. */
		if (strcmp(s.kind->name, "params") != 0)
			s.kind->each(explain_item, &s);
	}
	explain_groups(&s);
	return (kind_composed(s.name, explain_composed, &s) || s.found > 0 ||
	    explain_unknown(&s, error) ? CLI_OK : CLI_USAGE);
}

static bool
explain_parse(int argc, char **argv, struct explain_options *opt,
    GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	const GOptionEntry entries[] = {
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to (default: standard output)", "FILE" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY,
		    &opt->rest, NULL, "KEY" },
		{ .long_name = NULL }
	};

	context = option_context("explain", "What a key of a scenario means, "
	    "a group of them, or any other name:\na metric, a stack, a load, "
	    "a verdict, an allocator, a lock, a distribution, a column of a "
	    "result.", NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->rest == NULL || opt->rest[1] != NULL)
		return (option_bad(error, "explain: one KEY or other name; see "
		    "pcbsim list"));
	return (true);
}

int
cli_explain(int argc, char **argv)
{
	struct explain_options opt = { .rest = NULL };
	g_autoptr(GError) error = NULL;
	int code;

	code = CLI_USAGE;
	if (explain_parse(argc, argv, &opt, &error))
		code = outfile_print(opt.out, explain_print, &opt, &error);
	if (error != NULL)
		say("%s\n", error->message);
	g_free(opt.out);
	g_strfreev(opt.rest);
	return (code);
}
