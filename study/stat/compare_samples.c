/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Samples as files; see compare_samples.h.
 */

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "study/stat/compare_samples.h"
#include "study/text/number.h"

/* The file of a metric; every file is there whole or not at all. */
static bool
compare_samples_metric(const struct compare_input *in, const char *dir,
    const GArray *rows, const struct compare_metric *m, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(GString) text = NULL;
	g_autofree char *name = NULL, *path = NULL;
	const char *cell;
	double value;
	unsigned i, none;
	size_t row;

	text = g_string_new(NULL);
	none = 0;
	for (i = 0; i < rows->len; i++) {
		row = g_array_index(rows, size_t, i);
		cell = csvtable_text(in->table, row, m->column);
		if (!compare_input_value(in, row, m, &value)) {
			none++;
			continue;
		}
		if (g_ascii_isalpha(*cell))
			number_add_double(text, value);
		else
			g_string_append(text, cell);
		g_string_append_c(text, '\n');
	}
	if (none > 0)
		g_string_append_printf(text, "# %u of %u without a value\n",
		    none, rows->len);
	name = g_strconcat(m->name, ".txt", NULL);
	path = g_build_filename(dir, name, NULL);
	if (g_file_set_contents(path, text->str, (gssize)text->len, &cause))
		return (true);
	g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_READ, "cannot write "
	    "%s: %s", path, cause->message);
	return (false);
}

/* A name is a file's only if it stays in its directory. */
static bool
compare_samples_is_name(const char *name)
{

	return (*name != '\0' && *name != '.' && strchr(name, '/') == NULL);
}

static bool
compare_samples_variant(const struct compare_input *in, const char *variant,
    char **metrics, GError **error)
{
	g_autoptr(GArray) rows = NULL;
	g_autofree char *dir = NULL;
	const struct compare_metric *m;
	unsigned i;

	if (!compare_samples_is_name(variant)) {
		g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_CONTENT, "%s: "
		    "variant '%s' cannot name a directory", in->path,
		    variant);
		return (false);
	}
	dir = g_build_filename(in->dir, "samples", variant, NULL);
	if (g_mkdir_with_parents(dir, 0777) != 0) {
		g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_READ, "cannot "
		    "make %s: %s", dir, g_strerror(errno));
		return (false);
	}
	rows = g_array_new(FALSE, FALSE, sizeof(size_t));
	compare_input_rows(in, variant, rows);
	for (i = 0; i < in->metrics->len; i++) {
		m = &g_array_index(in->metrics, struct compare_metric, i);
		if (metrics != NULL && !g_strv_contains(
		    (const char *const *)metrics, m->name))
			continue;
		if (!compare_samples_is_name(m->name)) {
			g_set_error(error, COMPARE_ERROR,
			    COMPARE_ERROR_CONTENT, "%s: column '%s' cannot "
			    "name a file", in->path, m->name);
			return (false);
		}
		if (!compare_samples_metric(in, dir, rows, m, error))
			return (false);
	}
	return (true);
}

bool
compare_samples_write(const struct compare_input *in, char **metrics,
    GError **error)
{
	unsigned i;

	for (i = 0; i < in->variants->len; i++)
		if (!compare_samples_variant(in, in->variants->pdata[i],
		    metrics, error))
			return (false);
	return (true);
}
