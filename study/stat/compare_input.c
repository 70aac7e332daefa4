/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A result read back; see compare_input.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/run/provenance.h"
#include "study/stat/compare_input.h"
#include "study/text/keyfile.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"
#include "study/text/whole.h"

static void
compare_input_error(const struct compare_input *in, GError **error,
    const char *fmt, ...) G_GNUC_PRINTF(3, 4);

static void
compare_input_error(const struct compare_input *in, GError **error,
    const char *fmt, ...)
{
	g_autofree char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_CONTENT, "%s: %s",
	    in->path, text);
}

/* ---- columns ----------------------------------------------------------- */

/* Columns that say which run a row is of, or that are none of its doing. */
static bool
compare_input_is_key(const char *column)
{
	static const char *const keys[] = { "variant", "replication", "seed",
	    "end_s", "complete", NULL };

	return (g_strv_contains(keys, column));
}

/* As csvtable_number(), a verdict too; false if it is neither. */
static bool
compare_input_number(const struct compare_input *in, size_t row, int column,
    double *value)
{
	const char *text;
	int v;

	if (csvtable_number(in->table, row, column, value))
		return (true);
	text = csvtable_text(in->table, row, column);
	for (v = VERDICT_OK; v < NVERDICTS; v++)
		if (strcmp(verdict_name((enum verdict)v), text) == 0) {
			*value = v;
			return (true);
		}
	return (false);
}

static bool
compare_input_add_metric(struct compare_input *in, int column, GError **error)
{
	const char *name, *text;
	const struct metric *known;
	struct compare_metric m;
	double value;
	size_t row;

	name = csvtable_name(in->table, column);
	known = metric_of_column(name);
	if (compare_input_is_key(name) ||
	    (known != NULL && known->kind == METRIC_TEXT))
		return (true);
	for (row = 0; row < csvtable_rows(in->table); row++) {
		text = csvtable_text(in->table, row, column);
		if (*text == '\0' ||
		    (compare_input_number(in, row, column, &value) &&
		    (known == NULL || value >= 0)))
			continue;
		/* A text of another version's is no metric. */
		if (known == NULL)
			return (true);
		compare_input_error(in, error, "column %s: '%s' is no number, "
		    "or below 0", name, text);
		return (false);
	}
	m.name = g_strdup(name);
	m.unit = known == NULL ? "" : known->unit;
	m.better = known == NULL ? METRIC_NEUTRAL : known->better;
	m.known = known;
	m.column = column;
	g_array_append_val(in->metrics, m);
	return (true);
}

static bool
compare_input_add_metrics(struct compare_input *in, GError **error)
{
	int column;

	for (column = 0; csvtable_name(in->table, column) != NULL; column++)
		if (!compare_input_add_metric(in, column, error))
			return (false);
	if (in->metrics->len > 0)
		return (true);
	compare_input_error(in, error, "no column is a metric");
	return (false);
}

/* ---- rows -------------------------------------------------------------- */

/* A replication of a variant is there once, with a number and a seed. */
static bool
compare_input_check_row(struct compare_input *in, size_t row,
    GHashTable *seen, GError **error)
{
	const char *number, *seed, *variant;
	double value;

	variant = csvtable_text(in->table, row, in->variant_column);
	number = csvtable_text(in->table, row, in->replication_column);
	seed = csvtable_text(in->table, row, in->seed_column);
	if (*variant == '\0') {
		compare_input_error(in, error, "line %u: variant is empty",
		    csvtable_line(in->table, row));
		return (false);
	}
	if (!csvtable_number(in->table, row, in->replication_column, &value) ||
	    !csvtable_number(in->table, row, in->seed_column, &value)) {
		compare_input_error(in, error, "line %u: replication '%s', "
		    "seed '%s': not two numbers", csvtable_line(in->table,
		    row), number, seed);
		return (false);
	}
	if (!g_hash_table_add(seen, g_strdup_printf("%s\n%s\n%s", variant,
	    seed, number))) {
		compare_input_error(in, error, "replication %s of %s is there "
		    "twice", number, variant);
		return (false);
	}
	if (!g_ptr_array_find_with_equal_func(in->variants, variant,
	    g_str_equal, NULL))
		g_ptr_array_add(in->variants, g_strdup(variant));
	return (true);
}

static bool
compare_input_check_rows(struct compare_input *in, GError **error)
{
	g_autoptr(GHashTable) seen = NULL;
	size_t row;

	seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (row = 0; row < csvtable_rows(in->table); row++)
		if (!compare_input_check_row(in, row, seen, error))
			return (false);
	if (in->variants->len > 0)
		return (true);
	compare_input_error(in, error, "no run is in it");
	return (false);
}

/* ---- the whole --------------------------------------------------------- */

static bool
compare_input_read(struct compare_input *in, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *no_dir = NULL;
	const char *why;

	no_dir = whole_no_dir(in->dir);
	if (no_dir != NULL) {
		g_set_error(error, COMPARE_ERROR, COMPARE_ERROR_READ, "%s: %s",
		    in->dir, no_dir);
		return (false);
	}
	in->table = csvtable_read(in->path, &cause);
	if (in->table == NULL) {
		if (!g_file_test(in->path, G_FILE_TEST_EXISTS))
			g_prefix_error(&cause, "%s is not a result: ",
			    in->dir);
		g_set_error_literal(error, COMPARE_ERROR, COMPARE_ERROR_READ,
		    cause->message);
		return (false);
	}
	if (!g_str_has_prefix(csvtable_first(in->table),
	    &PROVENANCE_MAGIC[strlen("# ")])) {
		compare_input_error(in, error, "not a result of this program: "
		    "its first line does not begin with '%s'",
		    PROVENANCE_MAGIC);
		return (false);
	}
	why = csvtable_comment(in->table, "INCOMPLETE");
	if (why != NULL) {
		compare_input_error(in, error, "not a whole result: %s", why);
		return (false);
	}
	return (true);
}

static bool
compare_input_find(struct compare_input *in, GError **error)
{
	g_autoptr(GError) cause = NULL;

	in->variant_column = csvtable_need(in->table, "variant", &cause);
	if (cause == NULL)
		in->replication_column = csvtable_need(in->table,
		    "replication", &cause);
	if (cause == NULL)
		in->seed_column = csvtable_need(in->table, "seed", &cause);
	if (cause == NULL)
		return (true);
	g_set_error_literal(error, COMPARE_ERROR, COMPARE_ERROR_CONTENT,
	    cause->message);
	return (false);
}

/* run.ini is of use, but a comparison does without; who does is told. */
static void
compare_input_read_ini(struct compare_input *in)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *path = NULL;
	struct problems problems;
	struct stat st;

	path = g_build_filename(in->dir, "run.ini", NULL);
	if (lstat(path, &st) != 0 && errno == ENOENT)
		return;
	problems_init(&problems);
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		problems_add(&problems, "%s: is not a file", path);
	else
		in->ini = keyfile_new(path, NULL, NULL, &problems);
	if (!problems_none(&problems, &cause)) {
		g_clear_pointer(&in->ini, keyfile_free);
		in->remark = g_strdup_printf("%s\nso nothing is known of the "
		    "arrivals in %s", cause->message, in->dir);
		in->unread = problem_unread(cause);
	}
	problems_fini(&problems);
}

static void
compare_input_clear_metric(void *metric)
{

	g_free(((struct compare_metric *)metric)->name);
}

struct compare_input *
compare_input_new(const char *dir, GError **error)
{
	struct compare_input *in;

	in = g_new0(struct compare_input, 1);
	in->dir = g_strdup(dir);
	in->label = problem_plain(dir);
	in->path = g_build_filename(dir, "summary.csv", NULL);
	in->variants = g_ptr_array_new_with_free_func(g_free);
	in->metrics = g_array_new(FALSE, FALSE, sizeof(struct compare_metric));
	g_array_set_clear_func(in->metrics, compare_input_clear_metric);
	if (!compare_input_read(in, error) ||
	    !compare_input_find(in, error) ||
	    !compare_input_check_rows(in, error) ||
	    !compare_input_add_metrics(in, error)) {
		compare_input_free(in);
		return (NULL);
	}
	compare_input_read_ini(in);
	return (in);
}

void
compare_input_free(struct compare_input *in)
{

	if (in == NULL)
		return;
	csvtable_free(in->table);
	if (in->ini != NULL)
		keyfile_free(in->ini);
	g_ptr_array_free(in->variants, TRUE);
	g_array_free(in->metrics, TRUE);
	g_free(in->dir);
	g_free(in->label);
	g_free(in->path);
	g_free(in->remark);
	g_free(in);
}

/* ---- asked of it ------------------------------------------------------- */

static double
compare_input_replication(const struct compare_input *in, size_t row)
{
	double value;

	value = 0;
	(void)csvtable_number(in->table, row, in->replication_column, &value);
	return (value);
}

void
compare_input_rows(const struct compare_input *in, const char *variant,
    GArray *rows)
{
	size_t row;
	unsigned i;

	for (row = 0; row < csvtable_rows(in->table); row++) {
		if (strcmp(csvtable_text(in->table, row, in->variant_column),
		    variant) != 0)
			continue;
		for (i = rows->len; i > 0; i--)
			if (compare_input_replication(in, g_array_index(rows,
			    size_t, i - 1)) <= compare_input_replication(in,
			    row))
				break;
		g_array_insert_val(rows, i, row);
	}
}

bool
compare_input_value(const struct compare_input *in, size_t row,
    const struct compare_metric *m, double *value)
{

	return (compare_input_number(in, row, m->column, value));
}

const struct compare_metric *
compare_input_metric(const struct compare_input *in, const char *name)
{
	const struct compare_metric *m;
	unsigned i;

	for (i = 0; i < in->metrics->len; i++) {
		m = &g_array_index(in->metrics, struct compare_metric, i);
		if (strcmp(m->name, name) == 0)
			return (m);
	}
	return (NULL);
}
