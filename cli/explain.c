/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim explain: what a key of a scenario means.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "models/machine/load.h"
#include "models/registry.h"
#include "study/scenario/param.h"
#include "study/scenario/wiring.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

#define	EXPLAIN_COLUMNS	72

/* Wrapped, each line indented. */
static void
explain_text(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	size_t column;
	unsigned i;

	column = 0;
	for (i = 0; words[i] != NULL; i++) {
		if (column > 0 && column + 1 + strlen(words[i]) >
		    EXPLAIN_COLUMNS) {
			printf("\n");
			column = 0;
		}
		printf("%s%s", column > 0 ? " " : "  ", words[i]);
		column += 1 + strlen(words[i]) + (column == 0);
	}
	printf("\n");
}

static void
explain_loads(const struct param *p)
{
	const struct load *const *l;

	printf("  loads     ");
	for (l = registry_loads; *l != NULL; l++)
		if (wiring_load_takes(*l, p))
			printf(" %s", (*l)->name);
	printf("\n");
}

static void
explain_param(const struct param *p)
{
	g_autofree char *range = param_range(p);

	printf("%s%s.%s\n", p->group, param_group_named(p->group) ? ":NAME" :
	    "", p->key);
	printf("  default    %s\n", p->def == NULL ?
	    (p->flags & PARAM_REQUIRED) ? "none; the key is required" :
	    "none" : *p->def == '\0' ? "empty" : p->def);
	printf("  allowed    %s\n", range);
	printf("  unit       %s\n", param_unit(p));
	printf("  kernel     %s\n", p->mirrors != NULL ? p->mirrors : "-");
	if (strcmp(p->group, "workload") == 0)
		explain_loads(p);
	printf("\n");
	explain_text(p->doc);
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

static int
explain_unknown(const char *key)
{
	g_autoptr(GPtrArray) names = NULL;
	g_autofree char *hint = NULL, *quoted = NULL;
	const struct param *p;

	names = g_ptr_array_new_with_free_func(g_free);
	for (p = param_table; p->group != NULL; p++) {
		g_ptr_array_add(names, g_strdup(p->key));
		g_ptr_array_add(names, g_strdup_printf("%s.%s", p->group,
		    p->key));
	}
	hint = nearest_hint(key, (const char *const *)names->pdata,
	    names->len);
	quoted = problem_quote(key);
	fprintf(stderr, "explain: there is no key %s%s; see pcbsim list "
	    "params\n", quoted, hint);
	return (CLI_USAGE);
}

int
cli_explain(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GOptionContext) ctx = NULL;
	const struct param *p;
	unsigned n;

	ctx = g_option_context_new("KEY - what a key of a scenario means");
	if (!g_option_context_parse(ctx, &argc, &argv, &error)) {
		fprintf(stderr, "explain: %s\n", error->message);
		return (CLI_USAGE);
	}
	if (argc != 2) {
		fprintf(stderr, "explain: one KEY; see pcbsim list params\n");
		return (CLI_USAGE);
	}
	n = 0;
	for (p = param_table; p->group != NULL; p++)
		if (explain_meant(p, argv[1])) {
			if (n++ > 0)
				printf("\n");
			explain_param(p);
		}
	return (n > 0 ? CLI_OK : explain_unknown(argv[1]));
}
