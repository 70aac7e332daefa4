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
#include "cli/kind.h"
#include "cli/mdoc.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "models/cpus/costs.h"
#include "models/locks/lock.h"
#include "models/machine/load.h"
#include "models/ports/allocator.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/run/document.h"
#include "study/run/metric.h"
#include "study/scenario/costs_file.h"
#include "study/scenario/param.h"
#include "study/text/nearest.h"
#include "study/text/number.h"
#include "study/text/problem.h"

struct list_options {
	char		*format;
	char		*out;
	char		**rest;
};

/* ---- text -------------------------------------------------------------- */

/* The text of a field, or "". */
static const char *
list_field(const struct kind_item *it, const char *key)
{
	unsigned i;

	for (i = 0; i < it->nfields; i++)
		if (strcmp(it->field[i].key, key) == 0)
			return (it->field[i].text);
	return ("");
}

/* Kinds whose lines are columns have a head over them. */
static void
list_head(const struct kind *k)
{

	if (strcmp(k->name, "stacks") == 0)
		printf("%-23s %-21s %-8s %s\n", "stack", "releases", "known",
		    "source");
	else if (strcmp(k->name, "releases") == 0)
		printf("%-23s %-21s %s\n", "release", "stack", "known");
	else if (strcmp(k->name, "columns") == 0)
		printf("%-23s %s\n", "column", "file");
}

static bool
list_columns(const struct kind_item *it, const struct kind *k)
{

	if (strcmp(k->name, "stacks") == 0)
		printf("  %-21s %-21s %-8s %s\n", it->name,
		    list_field(it, "releases"), list_field(it, "known"),
		    list_field(it, "source"));
	else if (strcmp(k->name, "releases") == 0)
		printf("  %-21s %-21s %s\n", it->name,
		    list_field(it, "stack"), list_field(it, "known"));
	else if (strcmp(k->name, "columns") == 0)
		printf("  %-21s %-14s %s\n", it->name,
		    list_field(it, "file"), it->title);
	else
		return (false);
	return (true);
}

/* What of an item is worth a line: its figures, or its name and title. */
static void
list_item(const struct kind_item *it, void *kind)
{
	const struct kind *k;
	const char *def, *key, *range;
	unsigned i;

	k = kind;
	if (list_columns(it, k))
		return;
	if (strcmp(k->name, "params") == 0) {
		def = "(none)";
		range = "";
		for (i = 0; i < it->nfields; i++) {
			key = it->field[i].key;
			if (strcmp(key, "default") == 0)
				def = it->field[i].text;
			else if (strcmp(key, "required") == 0)
				def = "(required)";
			else if (strcmp(key, "allowed") == 0)
				range = it->field[i].text;
		}
		printf("  %-42s %-18s %s\n", it->name, def, range);
		return;
	}
	printf("  %-21s %s\n", it->name, it->title);
	if (strcmp(k->name, "costs") == 0)
		for (i = 0; i < it->nfields; i++)
			printf("    %-12s %s\n", it->field[i].key,
			    it->field[i].text);
}

static void
list_kind(const struct kind *k)
{

	list_head(k);
	k->each(list_item, (void *)(uintptr_t)k);
}

static void
list_all(void)
{
	unsigned i;

	for (i = 0; i < nkinds; i++) {
		printf("%s%s\n", i > 0 ? "\n" : "", kinds[i].name);
		list_kind(&kinds[i]);
	}
}

/* ---- JSON -------------------------------------------------------------- */

static void
list_json_item(const struct kind_item *it, void *json)
{
	struct json *j;
	unsigned i;

	j = json;
	json_object(j);
	json_member_text(j, "name", it->name);
	json_member_text(j, "title", it->title);
	for (i = 0; i < it->nfields; i++) {
		g_autofree char *key = g_ascii_strdown(it->field[i].key, -1);

		json_key(j, g_strdelimit(key, " ", '_'));
		if (it->field[i].number)
			json_number(j, "%s", it->field[i].text);
		else
			json_text(j, it->field[i].text);
	}
	json_end(j);
}

/* only		NULL: all kinds */
static void
list_json(const struct kind *only)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct json j;
	unsigned i;

	document_begin(&j, out, "list", 1);
	for (i = 0; i < nkinds; i++) {
		if (only != NULL && only != &kinds[i])
			continue;
		json_key(&j, kinds[i].name);
		json_list(&j);
		kinds[i].each(list_json_item, &j);
		json_end(&j);
	}
	document_end(&j);
	fputs(out->str, stdout);
}

/* ---- which ------------------------------------------------------------- */

/* What is asked for, in its form. */
static int
list_print(const void *options, GError **error)
{
	const struct list_options *opt;
	const struct kind *k;

	opt = options;
	k = opt->rest != NULL ? kind_find(opt->rest[0]) : NULL;
	if (opt->format == NULL || strcmp(opt->format, "text") == 0) {
		if (k == NULL)
			list_all();
		else
			list_kind(k);
		return (CLI_OK);
	}
	if (strcmp(opt->format, "json") == 0) {
		list_json(k);
		return (CLI_OK);
	}
	/* The part of a manual page: one kind, which has such a form. */
	if (k != NULL && mdoc_print(k->name))
		return (CLI_OK);
	(void)option_bad(error, "list: --format=mdoc needs a kind, any but "
	    "costs");
	return (CLI_USAGE);
}

static bool
list_parse(int argc, char **argv, struct list_options *opt, GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	g_autofree char *names = kind_names("|");
	g_autofree char *argument = g_strdup_printf("[%s]", names);
	const GOptionEntry entries[] = {
		{ "format", 0, 0, G_OPTION_ARG_STRING, &opt->format,
		    "What to print (default text); mdoc: as a part of a "
		    "manual page", "text|json|mdoc" },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to (default: standard output)", "FILE" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY,
		    &opt->rest, NULL, argument },
		{ .long_name = NULL }
	};

	context = option_context("list", "What there is to choose from.",
	    NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->rest != NULL && opt->rest[1] != NULL)
		return (option_bad(error, "list: one kind at a time"));
	return (option_word("--format=", opt->format, "text|json|mdoc",
	    error) &&
	    (opt->rest == NULL || option_word("list: ", opt->rest[0], names,
	    error)));
}

int
cli_list(int argc, char **argv)
{
	struct list_options opt = { .rest = NULL };
	g_autoptr(GError) error = NULL;
	int code;

	code = CLI_USAGE;
	if (list_parse(argc, argv, &opt, &error))
		code = outfile_print(opt.out, list_print, &opt, &error);
	if (error != NULL)
		say("%s\n", error->message);
	g_free(opt.format);
	g_free(opt.out);
	g_strfreev(opt.rest);
	return (code);
}
