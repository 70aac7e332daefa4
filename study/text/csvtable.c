/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A CSV file of ours, read back; see csvtable.h.  libcsv knows no comments:
 * they are taken out before it sees them.
 */

#include <math.h>
#include <string.h>

#include <csv.h>

#include "study/text/csvtable.h"
#include "study/text/lines.h"
#include "study/text/nearest.h"

struct csvtable {
	char		*path;
	char		*first;
	GHashTable	*comments;	/* key -> value */
	GStringChunk	*texts;
	GPtrArray	*names;		/* of the columns */
	GPtrArray	*cells;		/* row after row, in `texts' */
	/* While reading. */
	struct lines	*lines;
	unsigned	fields;		/* of the present row */
	GError		*error;
};

static void
csvtable_on_field(void *text, size_t len, void *arg)
{
	struct csvtable *t;

	t = arg;
	t->fields++;
	g_ptr_array_add(t->cells, g_string_chunk_insert_len(t->texts,
	    text == NULL ? "" : text, (gssize)len));
}

static void
csvtable_on_row(int end, void *arg)
{
	struct csvtable *t;
	GPtrArray *swap;

	(void)end;
	t = arg;
	if (t->names->len == 0) {
		swap = t->names;
		t->names = t->cells;
		t->cells = swap;
	} else if (t->fields != t->names->len && t->error == NULL) {
		g_set_error(&t->error, CSVTABLE_ERROR, 1, "%s:%"
		    G_GUINT64_FORMAT ": %u fields, but %u columns", t->path,
		    lines_number(t->lines), t->fields, t->names->len);
	}
	t->fields = 0;
}

/* "# KEY: VALUE", without its line end. */
static void
csvtable_add_comment(struct csvtable *t, char *line)
{
	char *colon;

	line += strspn(line, "# ");
	if (t->first == NULL)
		t->first = g_strdup(line);
	colon = strstr(line, ": ");
	if (colon == NULL)
		return;
	*colon = '\0';
	g_hash_table_insert(t->comments, g_strdup(line), g_strdup(colon + 2));
}

static void
csvtable_bad(struct csvtable *t, struct csv_parser *parser)
{

	/* What a row had too many of was told already. */
	if (t->error == NULL)
		g_set_error(&t->error, CSVTABLE_ERROR, 1, "%s:%"
		    G_GUINT64_FORMAT ": %s", t->path, lines_number(t->lines),
		    csv_strerror(csv_error(parser)));
}

static void
csvtable_parse(struct csvtable *t)
{
	struct csv_parser parser;
	char *line;
	size_t len;

	csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
	while (t->error == NULL && lines_next(t->lines, &line, &t->error) &&
	    line != NULL) {
		/* Our fields hold no line breaks, so a line is a row. */
		if (line[0] == '#') {
			csvtable_add_comment(t, line);
			continue;
		}
		len = strlen(line);
		line[len++] = '\n';
		if (csv_parse(&parser, line, len, csvtable_on_field,
		    csvtable_on_row, t) != len)
			csvtable_bad(t, &parser);
	}
	if (t->error == NULL && csv_fini(&parser, csvtable_on_field,
	    csvtable_on_row, t) != 0)
		csvtable_bad(t, &parser);
	csv_free(&parser);
	if (t->error == NULL && t->names->len == 0)
		g_set_error(&t->error, CSVTABLE_ERROR, 1,
		    "%s: no line of column names", t->path);
}

struct csvtable *
csvtable_read(const char *path, GError **error)
{
	struct lines *lines;
	struct csvtable *t;

	lines = lines_open_file(path, error);
	if (lines == NULL)
		return (NULL);
	t = g_new0(struct csvtable, 1);
	t->path = g_strdup(path);
	t->comments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	t->texts = g_string_chunk_new(1 << 16);
	t->names = g_ptr_array_new();
	t->cells = g_ptr_array_new();
	t->lines = lines;
	csvtable_parse(t);
	lines_close(lines);
	if (t->error == NULL)
		return (t);
	g_propagate_error(error, g_steal_pointer(&t->error));
	csvtable_free(t);
	return (NULL);
}

void
csvtable_free(struct csvtable *t)
{

	if (t == NULL)
		return;
	g_hash_table_destroy(t->comments);
	g_string_chunk_free(t->texts);
	g_ptr_array_free(t->names, TRUE);
	g_ptr_array_free(t->cells, TRUE);
	g_free(t->path);
	g_free(t->first);
	g_free(t);
}

size_t
csvtable_rows(const struct csvtable *t)
{

	return (t->cells->len / t->names->len);
}

const char *
csvtable_name(const struct csvtable *t, int column)
{

	return (column < 0 || (unsigned)column >= t->names->len ? NULL :
	    t->names->pdata[column]);
}

int
csvtable_find(const struct csvtable *t, const char *name)
{
	unsigned i;

	for (i = 0; i < t->names->len; i++)
		if (strcmp(t->names->pdata[i], name) == 0)
			return ((int)i);
	return (-1);
}

int
csvtable_need(const struct csvtable *t, const char *name, GError **error)
{
	g_autoptr(GString) all = NULL;
	g_autofree char *hint = NULL;
	unsigned i;
	int column;

	column = csvtable_find(t, name);
	if (column >= 0)
		return (column);
	all = g_string_new(NULL);
	for (i = 0; i < t->names->len; i++)
		g_string_append_printf(all, "%s%s", i > 0 ? " " : "",
		    (const char *)t->names->pdata[i]);
	hint = nearest_hint(name, (const char *const *)t->names->pdata,
	    t->names->len);
	g_set_error(error, CSVTABLE_ERROR, 2, "%s: no column %s%s; there are: "
	    "%s", t->path, name, hint, all->str);
	return (-1);
}

const char *
csvtable_text(const struct csvtable *t, size_t row, int column)
{

	return (t->cells->pdata[row * t->names->len + (size_t)column]);
}

bool
csvtable_number(const struct csvtable *t, size_t row, int column,
    double *value)
{
	const char *text;
	char *end;

	text = csvtable_text(t, row, column);
	*value = g_ascii_strtod(text, &end);
	return (end != text && *end == '\0' && isfinite(*value));
}

double
csvtable_value(const struct csvtable *t, size_t row, const char *name)
{
	double v;

	return (csvtable_number(t, row, csvtable_find(t, name), &v) ? v : 0);
}

const char *
csvtable_comment(const struct csvtable *t, const char *key)
{

	return (g_hash_table_lookup(t->comments, key));
}

const char *
csvtable_first(const struct csvtable *t)
{

	return (t->first == NULL ? "" : t->first);
}
