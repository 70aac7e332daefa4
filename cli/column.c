/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim column: one column of a CSV file, one number a line, as ministat(1)
 * reads them.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "study/text/csvtable.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

/* A row is wanted if its field of each column is the value. */
struct column_filter {
	int		column;
	const char	*value;
};

struct column_options {
	char		*variant;
	char		**where;
	char		*out;
	char		**rest;		/* NAME, FILE... */
};

static bool
column_parse(int argc, char **argv, struct column_options *opt,
    GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	GOptionEntry entries[] = {
		{ "variant", 0, 0, G_OPTION_ARG_STRING, &opt->variant,
		    "Only rows of this variant", "NAME" },
		{ "where", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt->where,
		    "Only rows with this value in that column",
		    "COLUMN=VALUE" },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to (default: standard output)", "FILE" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->rest, NULL, "NAME FILE.csv..." },
		{ .long_name = NULL }
	};

	context = option_context("column", "Print a column of CSV files, "
	    "one number a line, for ministat(1).", NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->rest == NULL || opt->rest[1] == NULL)
		return (option_bad(error, "column: needs the NAME of a "
		    "column and a FILE.csv"));
	return (true);
}

/* --variant and --where as filters on this file's columns. */
static bool
column_filters(const struct column_options *opt, const struct csvtable *t,
    GArray *filters, GPtrArray *names, GError **error)
{
	struct column_filter f;
	const char *equals;
	char *name;
	char **w;

	if (opt->variant != NULL) {
		f.column = csvtable_need(t, "variant", error);
		f.value = opt->variant;
		if (f.column < 0)
			return (false);
		g_array_append_val(filters, f);
	}
	for (w = opt->where; w != NULL && *w != NULL; w++) {
		equals = strchr(*w, '=');
		if (equals == NULL)
			return (option_bad(error, "--where=%s: not "
			    "COLUMN=VALUE", *w));
		name = g_strndup(*w, (gsize)(equals - *w));
		g_ptr_array_add(names, name);
		f.column = csvtable_need(t, name, error);
		f.value = equals + 1;
		if (f.column < 0)
			return (false);
		g_array_append_val(filters, f);
	}
	return (true);
}

/* Rows of a variant that is nowhere are none because of a typing error. */
static bool
column_has_variant(const struct column_options *opt, const char *path,
    const struct csvtable *t, GError **error)
{
	g_autoptr(GHashTable) seen = NULL;
	g_autoptr(GPtrArray) names = NULL;
	g_autofree char *hint = NULL, *quoted = NULL;
	const char *name;
	size_t row;
	int column;

	if (opt->variant == NULL || csvtable_rows(t) == 0)
		return (true);
	column = csvtable_need(t, "variant", error);
	if (column < 0)
		return (false);
	seen = g_hash_table_new(g_str_hash, g_str_equal);
	names = g_ptr_array_new();
	for (row = 0; row < csvtable_rows(t); row++) {
		name = csvtable_text(t, row, column);
		if (strcmp(name, opt->variant) == 0)
			return (true);
		if (g_hash_table_add(seen, (void *)(uintptr_t)name))
			g_ptr_array_add(names, (void *)(uintptr_t)name);
	}
	hint = nearest_hint(opt->variant, (const char *const *)names->pdata,
	    names->len);
	quoted = problem_quote(opt->variant);
	return (option_bad(error, "%s: there is no variant %s%s", path,
	    quoted, hint));
}

static bool
column_is_wanted(const struct csvtable *t, size_t row, const GArray *filters)
{
	const struct column_filter *f;
	unsigned i;

	for (i = 0; i < filters->len; i++) {
		f = &g_array_index(filters, struct column_filter, i);
		if (strcmp(csvtable_text(t, row, f->column), f->value) != 0)
			return (false);
	}
	return (true);
}

static bool
column_file(const struct column_options *opt, const char *path,
    const struct csvtable *t, GError **error)
{
	g_autoptr(GPtrArray) names = NULL;
	g_autoptr(GArray) filters = NULL;
	const char *text;
	double value;
	size_t empty, row, rows;
	int column;

	names = g_ptr_array_new_with_free_func(g_free);
	filters = g_array_new(FALSE, FALSE, sizeof(struct column_filter));
	column = csvtable_need(t, opt->rest[0], error);
	if (column < 0 || !column_has_variant(opt, path, t, error) ||
	    !column_filters(opt, t, filters, names, error))
		return (false);
	empty = rows = 0;
	for (row = 0; row < csvtable_rows(t); row++) {
		if (!column_is_wanted(t, row, filters))
			continue;
		rows++;
		text = csvtable_text(t, row, column);
		if (text[0] == '\0') {
			empty++;
		} else if (csvtable_number(t, row, column, &value)) {
			printf("%s\n", text);
		} else {
			g_set_error(error, CSVTABLE_ERROR, 3, "%s: column %s: "
			    "'%s' is no number", path, opt->rest[0], text);
			return (false);
		}
	}
	if (rows == 0)
		say("%s: no row is left by the filters\n", path);
	if (empty > 0)
		say("%s: %zu empty values of %s left out\n", path,
		    empty, opt->rest[0]);
	return (true);
}

static int
column_print(const void *options, GError **error)
{
	const struct column_options *opt;
	struct csvtable *t;
	char **path;
	bool ok;

	opt = options;
	for (path = &opt->rest[1]; *path != NULL; path++) {
		t = csvtable_read_stream(*path, error);
		if (t == NULL)
			return (CLI_IO);
		ok = column_file(opt, *path, t, error);
		csvtable_free(t);
		if (!ok)
			return (CLI_USAGE);
	}
	return (CLI_OK);
}

int
cli_column(int argc, char **argv)
{
	struct column_options opt = { .rest = NULL };
	g_autoptr(GError) error = NULL;
	int code;

	code = CLI_USAGE;
	if (column_parse(argc, argv, &opt, &error))
		code = outfile_print(opt.out, column_print, &opt, &error);
	if (error != NULL)
		say("%s\n", error->message);
	g_free(opt.variant);
	g_strfreev(opt.where);
	g_free(opt.out);
	g_strfreev(opt.rest);
	return (code);
}
