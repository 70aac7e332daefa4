/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A merged sweep, read; see table.h.
 */

#include <math.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/sweep/table.h"

static guint
table_intern(GPtrArray *names, const char *name)
{
	guint i;

	for (i = 0; i < names->len; i++)
		if (strcmp(names->pdata[i], name) == 0)
			return (i);
	g_ptr_array_add(names, g_strdup(name));
	return (i);
}

void
table_free(struct sweep_table *t)
{
	int i;

	csvtable_free(t->csv);
	g_ptr_array_free(t->variants, TRUE);
	for (i = 0; i < 2; i++)
		g_ptr_array_free(t->values[i], TRUE);
	g_free(t);
}

/* Two files in one would weigh their runs twice, and narrow each interval. */
static bool
table_runs_once(const struct sweep_table *t, const char *path, GError **error)
{
	g_autoptr(GHashTable) seen = NULL;
	g_autoptr(GString) run = NULL;
	size_t row;
	int i, replication;

	replication = csvtable_find(t->csv, "replication");
	if (replication < 0)
		return (true);
	seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	run = g_string_new(NULL);
	for (row = 0; row < csvtable_rows(t->csv); row++) {
		g_string_truncate(run, 0);
		for (i = 0; i < t->naxes; i++)
			g_string_append_printf(run, "%s, ",
			    csvtable_text(t->csv, row, i));
		g_string_append_printf(run, "%s, replication %s",
		    csvtable_text(t->csv, row, t->variant),
		    csvtable_text(t->csv, row, replication));
		if (g_hash_table_add(seen, g_strdup(run->str)))
			continue;
		g_set_error(error, TABLE_ERROR, 0, "%s:%u: is a second row of "
		    "%s", path, csvtable_line(t->csv, row), run->str);
		return (false);
	}
	return (true);
}

struct sweep_table *
table_read(const char *path, GError **error)
{
	struct sweep_table *t;
	struct csvtable *csv;
	size_t row;
	int i;

	csv = csvtable_read_stream(path, error);
	if (csv == NULL)
		return (NULL);
	t = g_new0(struct sweep_table, 1);
	t->csv = csv;
	t->variants = g_ptr_array_new_with_free_func(g_free);
	for (i = 0; i < 2; i++)
		t->values[i] = g_ptr_array_new_with_free_func(g_free);
	t->variant = csvtable_find(csv, "variant");
	t->verdict = csvtable_find(csv, "verdict");
	t->naxes = t->variant;
	if (csvtable_comment(csv, "swept") == NULL || t->verdict < 0 ||
	    t->naxes < 1) {
		g_set_error(error, TABLE_ERROR, 0, "%s: is not what "
		    "`pcbsim sweep merge' prints", path);
		table_free(t);
		return (NULL);
	}
	if (t->naxes > 2) {
		g_set_error(error, TABLE_ERROR, 0, "%s: %d parameters "
		    "are swept; pictures are of one or two", path, t->naxes);
		table_free(t);
		return (NULL);
	}
	if (csvtable_rows(csv) == 0) {
		g_set_error(error, TABLE_ERROR, 0, "%s: has no run, so that "
		    "there is nothing to draw", path);
		table_free(t);
		return (NULL);
	}
	for (row = 0; row < csvtable_rows(csv); row++) {
		table_intern(t->variants, csvtable_text(csv, row, t->variant));
		for (i = 0; i < t->naxes; i++)
			table_intern(t->values[i], csvtable_text(csv, row, i));
	}
	if (!table_runs_once(t, path, error)) {
		table_free(t);
		return (NULL);
	}
	return (t);
}

/* Does the row belong to this cell? */
static bool
table_row_in(const struct sweep_table *t, size_t row, guint variant, guint x,
    guint y)
{

	return (strcmp(csvtable_text(t->csv, row, t->variant),
	    t->variants->pdata[variant]) == 0 &&
	    strcmp(csvtable_text(t->csv, row, 0), t->values[0]->pdata[x]) ==
	    0 && (t->naxes < 2 || strcmp(csvtable_text(t->csv, row, 1),
	    t->values[1]->pdata[y]) == 0));
}

bool
table_sample(const struct sweep_table *t, int column, guint variant, guint x,
    guint y, struct stat_sample *s)
{
	g_autoptr(GArray) values = NULL;
	double v;
	size_t row;

	values = g_array_new(FALSE, FALSE, sizeof(double));
	for (row = 0; row < csvtable_rows(t->csv); row++)
		if (table_row_in(t, row, variant, x, y) &&
		    csvtable_number(t->csv, row, column, &v) && isfinite(v))
			g_array_append_val(values, v);
	if (values->len == 0)
		return (false);
	stat_sample_init(s, (const double *)(void *)values->data,
	    values->len);
	return (true);
}

int
table_verdict(const struct sweep_table *t, guint variant, guint x, guint y)
{
	const char *text;
	size_t row;
	int v, worst;

	worst = -1;
	for (row = 0; row < csvtable_rows(t->csv); row++) {
		if (!table_row_in(t, row, variant, x, y))
			continue;
		text = csvtable_text(t->csv, row, t->verdict);
		for (v = NVERDICTS - 1; v > worst; v--)
			if (strcmp(verdict_name((enum verdict)v), text) == 0)
				worst = v;
	}
	return (worst);
}
