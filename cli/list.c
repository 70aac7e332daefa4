/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim list: what there is to choose from.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/mdoc.h"
#include "models/cpus/costs.h"
#include "models/locks/lock.h"
#include "models/machine/load.h"
#include "models/ports/allocator.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/run/metric.h"
#include "study/scenario/costs_file.h"
#include "study/scenario/param.h"
#include "study/text/nearest.h"
#include "study/text/number.h"
#include "study/text/problem.h"

static void
list_row(const char *name, const char *title)
{

	printf("  %-16s %s\n", name, title);
}

static void
list_stacks(void)
{
	const struct stack *const *p;

	for (p = registry_stacks; *p != NULL; p++)
		list_row((*p)->name, (*p)->title);
}

static void
list_allocators(void)
{
	const struct allocator *const *p;

	for (p = registry_allocators; *p != NULL; p++)
		list_row((*p)->name, (*p)->title);
}

static void
list_locks(void)
{
	const struct lock_class *const *p;

	for (p = registry_lock_classes; *p != NULL; p++)
		list_row((*p)->name, (*p)->title);
}

static void
list_loads(void)
{
	const struct load *const *p;

	for (p = registry_loads; *p != NULL; p++)
		list_row((*p)->name, (*p)->title);
}

/* One line a cost: a figure, or figures by population. */
static void
list_curve(enum cost cost, const struct cost_curve *c)
{
	g_autoptr(GString) out = g_string_new(NULL);
	unsigned i;

	for (i = 0; i < c->npoints; i++) {
		g_string_append(out, i > 0 ? ", " : "");
		number_add_ps(out, c->ps[i], SIM_NS);
		if (c->npoints > 1) {
			g_string_append(out, " at ");
			number_add_count(out, c->population[i]);
		}
	}
	printf("    %-12s %s\n", cost_name(cost), out->str);
}

static void
list_costs(void)
{
	const struct costs_builtin *b;
	unsigned i;

	for (b = costs_builtin; b->name != NULL; b++) {
		g_autoptr(GError) error = NULL;
		g_autofree struct costs *costs = NULL;
		g_autofree char *path = NULL;
		uint64_t hash;

		costs = costs_file_load(b->name, ".", &path, &hash, &error);
		if (costs == NULL) {
			list_row(b->name, error->message);
			continue;
		}
		list_row(b->name, "ns; where it matters by the number of "
		    "pcbs");
		for (i = 0; i < NCOSTS; i++)
			list_curve((enum cost)i, &costs->curve[i]);
	}
}

static void
list_metrics(void)
{
	const struct metric *m;

	for (m = metric_table; m->name != NULL; m++)
		printf("  %-21s %s\n", m->name, m->doc);
	printf("  of each workload, as WORKLOAD_METRIC:\n");
	for (m = metric_workload_table; m->name != NULL; m++)
		printf("  %-21s %s\n", m->name, m->doc);
}

static void
list_params(void)
{
	const struct param *p;

	for (p = param_table; p->group != NULL; p++) {
		g_autofree char *path = g_strdup_printf("%s%s.%s", p->group,
		    param_group_named(p->group) ? ":NAME" : "", p->key);
		g_autofree char *range = param_range(p);

		printf("  %-42s %-18s %s\n", path, p->def != NULL ?
		    (*p->def != '\0' ? p->def : "(empty)") :
		    (p->flags & PARAM_REQUIRED) ? "(required)" : "(none)",
		    range);
	}
}

static const struct {
	const char	*name;
	void		(*list)(void);
} kinds[] = {
	{ "stacks", list_stacks },
	{ "allocators", list_allocators },
	{ "locks", list_locks },
	{ "loads", list_loads },
	{ "costs", list_costs },
	{ "metrics", list_metrics },
	{ "params", list_params }
};

static int
list_kind(const char *name)
{
	const char *names[G_N_ELEMENTS(kinds)];
	g_autofree char *hint = NULL, *quoted = NULL;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(kinds); i++) {
		names[i] = kinds[i].name;
		if (strcmp(name, names[i]) == 0) {
			kinds[i].list();
			return (CLI_OK);
		}
	}
	hint = nearest_hint(name, names, G_N_ELEMENTS(kinds));
	quoted = problem_quote(name);
	fprintf(stderr, "list: %s; allowed: stacks, allocators, locks, loads, "
	    "costs, metrics, params%s\n", quoted, hint);
	return (CLI_USAGE);
}

/* The part of a manual page: one kind, which has such a form. */
static int
list_mdoc(int argc, char **argv, const char *format)
{

	if (strcmp(format, "mdoc") != 0) {
		fprintf(stderr, "list: --format=%s: allowed are text and "
		    "mdoc\n", format);
		return (CLI_USAGE);
	}
	if (argc == 2 && mdoc_print(argv[1]))
		return (CLI_OK);
	fprintf(stderr, "list: --format=mdoc needs a kind, any but costs\n");
	return (CLI_USAGE);
}

static bool
list_parse(int *argc, char ***argv, char **format, GError **error)
{
	g_autoptr(GOptionContext) ctx = NULL;
	GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, format,
		    "mdoc: as a part of a manual page (default: text)",
		    "text|mdoc" },
		{ .long_name = NULL }
	};

	ctx = g_option_context_new("[stacks|allocators|locks|loads|costs|"
	    "metrics|params] - what there is to choose from");
	g_option_context_add_main_entries(ctx, entries, NULL);
	return (g_option_context_parse(ctx, argc, argv, error));
}

int
cli_list(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *format = NULL;
	unsigned i;

	if (!list_parse(&argc, &argv, &format, &error)) {
		fprintf(stderr, "list: %s\n", error->message);
		return (CLI_USAGE);
	}
	if (argc > 2) {
		fprintf(stderr, "list: one kind at a time\n");
		return (CLI_USAGE);
	}
	if (format != NULL && strcmp(format, "text") != 0)
		return (list_mdoc(argc, argv, format));
	if (argc == 2)
		return (list_kind(argv[1]));
	for (i = 0; i < G_N_ELEMENTS(kinds); i++) {
		printf("%s%s\n", i > 0 ? "\n" : "", kinds[i].name);
		kinds[i].list();
	}
	return (CLI_OK);
}
