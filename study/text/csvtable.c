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
#include <stdint.h>
#include <string.h>

#include <csv.h>

#include "sim/kassert.h"
#include "study/text/csvtable.h"
#include "study/text/csvtrim.h"
#include "study/text/input.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"
#include "study/text/whole.h"

#define	CSVTABLE_MAXLINE	(1 << 22)	/* bytes */
#define	CSVTABLE_MAXFILE	((size_t)1 << 31)
/* .. and of a compressed one: a few KiB must not become all there is. */
#define	CSVTABLE_MAXTEXT	((size_t)1 << 28)
#define	CSVTABLE_PIECE		(1 << 16)	/* inflated at a time */
#define	CSVTABLE_MARK		8	/* columns from one mark to the next */
#define	CSVTABLE_TOLD		2000		/* bytes of names in an error */

struct csvtable_chain {
	size_t		first, last;
};

/* Its fields stand behind one another, each with its NUL. */
struct csvtable_row {
	char		*text;
	unsigned	line;		/* of the file */
};

struct csvtable {
	char		*path;
	char		*first;
	GHashTable	*comments;	/* key -> value */
	char		*text;		/* all of it; lines became rows */
	GPtrArray	*names;		/* of the columns, in `text' */
	GHashTable	*columns;	/* name -> index + 1 */
	GArray		*rows;		/* of struct csvtable_row */
	/* Of each row, how far into it each CSVTABLE_MARK-th column is. */
	GArray		*marks;		/* of uint32_t */
	GHashTable	*chains;	/* text -> struct csvtable_chain; or
					   NULL */
	size_t		*next;		/* next[rows] */
	/* While reading. */
	char		*begin, *put;	/* of the row; where the next field
					   goes */
	unsigned	fields;		/* of the present row */
	unsigned	line, nrows;
	GError		*error;
};

/*
 * What is left of a field is no longer than it was, and it and all before it
 * were read: so it goes where the line is.
 */
static void
csvtable_put(struct csvtable *t, const char *text, size_t len)
{
	uint32_t mark;

	if (t->fields % CSVTABLE_MARK == 0 && t->fields > 0) {
		mark = (uint32_t)(t->put - t->begin);
		g_array_append_val(t->marks, mark);
	}
	t->fields++;
	memmove(t->put, text, len);
	t->put[len] = '\0';
	t->put += len + 1;
}

static void
csvtable_on_field(void *text, size_t len, void *arg)
{

	csvtable_put(arg, text == NULL ? "" : text, text == NULL ? 0 : len);
}

/* The first row names the columns, each once. */
static void
csvtable_take_names(struct csvtable *t)
{
	char *text;
	guint i;

	g_array_set_size(t->marks, 0);
	text = t->begin;
	for (i = 0; i < t->fields; i++, text += strlen(text) + 1) {
		g_ptr_array_add(t->names, text);
		if (t->error == NULL && !g_hash_table_insert(t->columns, text,
		    GUINT_TO_POINTER(i + 1)))
			g_set_error(&t->error, CSVTABLE_ERROR, 1, "%s:%u: two "
			    "columns are named '%s'", t->path, t->line, text);
	}
}

/* A row is whole. */
static void
csvtable_take_row(struct csvtable *t)
{
	struct csvtable_row row = { t->begin, t->line };

	if (t->names->len == 0)
		csvtable_take_names(t);
	else if (t->fields != t->names->len && t->error == NULL)
		g_set_error(&t->error, CSVTABLE_ERROR, 1, "%s:%u: %u fields, "
		    "but %u columns", t->path, t->line, t->fields,
		    t->names->len);
	else
		g_array_append_val(t->rows, row);
}

static void
csvtable_on_row(int end, void *arg)
{
	struct csvtable *t;

	(void)end;
	t = arg;
	t->nrows++;
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

/* As libcsv does with a line that has no quote: nearly all have none. */
static void
csvtable_cut(struct csvtable *t, char *line, size_t len)
{
	char *comma, *end, *from, *to;

	end = line + len;
	for (from = line; from != NULL; from = comma == NULL ? NULL :
	    comma + 1) {
		comma = memchr(from, ',', (size_t)(end - from));
		to = comma != NULL ? comma : end;
		csvtrim(&from, &to);
		csvtable_put(t, from, (size_t)(to - from));
	}
}

/* A line without its end, of which there is a byte. */
static const char *
csvtable_take_line(struct csvtable *t, struct csv_parser *parser, char *line,
    size_t len)
{
	const char *what;

	what = len > CSVTABLE_MAXLINE ? "a line of more than 4 MiB" :
	    problem_bytes(line, len);
	if (what != NULL || len == strspn(line, " \t"))
		return (what);
	if (line[0] == '#') {
		csvtable_add_comment(t, line);
		return (NULL);
	}
	t->begin = t->put = line;
	t->fields = t->nrows = 0;
	if (memchr(line, '"', len) == NULL)
		csvtable_cut(t, line, len);
	else if (csv_parse(parser, line, len, csvtable_on_field,
	    csvtable_on_row, t) != len || csv_parse(parser, "\n", 1,
	    csvtable_on_field, csvtable_on_row, t) != 1)
		return (csv_strerror(csv_error(parser)));
	else if (t->nrows != 1)
		return ("a quote that does not end on its line");
	csvtable_take_row(t);
	return (NULL);
}

static void
csvtable_take(struct csvtable *t, char *text, size_t len)
{
	struct csv_parser parser;
	const char *what;
	char *end, *next;
	size_t n;

	csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
	for (; t->error == NULL && len > 0; text = next) {
		end = memchr(text, '\n', len);
		n = end == NULL ? len : (size_t)(end - text);
		next = text + n + (end != NULL);
		len -= (size_t)(next - text);
		t->line++;
		if (n > 0 && text[n - 1] == '\r')
			n--;
		text[n] = '\0';
		what = csvtable_take_line(t, &parser, text, n);
		if (what != NULL && t->error == NULL)
			g_set_error(&t->error, CSVTABLE_ERROR, 1, "%s:%u: %s",
			    t->path, t->line, what);
	}
	csv_free(&parser);
	if (t->error == NULL && t->names->len == 0)
		g_set_error(&t->error, CSVTABLE_ERROR, 1, "%s: no line of "
		    "column names", t->path);
}

/* Takes the text over; text[len] is writable. */
static struct csvtable *
csvtable_make(const char *path, char *text, size_t len, GError **error)
{
	struct csvtable *t;

	t = g_new0(struct csvtable, 1);
	t->path = g_strdup(path);
	t->text = text;
	t->comments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	t->names = g_ptr_array_new();
	t->columns = g_hash_table_new(g_str_hash, g_str_equal);
	t->rows = g_array_new(FALSE, FALSE, sizeof(struct csvtable_row));
	t->marks = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	csvtable_take(t, text, len);
	if (t->error == NULL)
		return (t);
	g_propagate_error(error, g_steal_pointer(&t->error));
	csvtable_free(t);
	return (NULL);
}

struct csvtable *
csvtable_parse(const char *path, const char *text, size_t len, GError **error)
{
	char *copy;

	copy = g_malloc(len + 1);
	memcpy(copy, text, len);
	copy[len] = '\0';
	return (csvtable_make(path, copy, len, error));
}

/*
 * What the bytes were before they were compressed; NULL and an error without
 * the file's name.  It ends where a line is too long: so does reading it.
 */
static GByteArray *
csvtable_inflate(const char *path, const char *bytes, size_t len,
    GError **error)
{
	GByteArray *text;
	struct input *in;
	size_t got, line;
	guint was;
	char *last;
	bool ok;

	text = g_byte_array_new();
	in = input_open_bytes(path, bytes, len);
	line = 0;
	do {
		was = text->len;
		g_byte_array_set_size(text, was + CSVTABLE_PIECE);
		ok = input_read(in, (char *)text->data + was, CSVTABLE_PIECE,
		    &got, error);
		g_byte_array_set_size(text, was + (guint)(ok ? got : 0));
		last = g_strrstr_len((char *)text->data + was,
		    (gssize)(text->len - was), "\n");
		line = last != NULL ? 0 : line + got;
	} while (ok && got > 0 && line <= CSVTABLE_MAXLINE &&
	    text->len <= CSVTABLE_MAXTEXT);
	input_close(in);
	if (ok && text->len > CSVTABLE_MAXTEXT) {
		problem_set(error, "has more than 256 MiB of text, once it is "
		    "decompressed");
		ok = false;
	}
	if (ok)
		g_byte_array_append(text, (const guint8 *)"", 1);
	else
		g_clear_pointer(&text, g_byte_array_unref);
	return (text);
}

/* Takes the text over. */
static struct csvtable *
csvtable_of(const char *path, char *text, size_t len, GError *cause,
    GError **error)
{
	GByteArray *plain;

	if (text == NULL) {
		g_set_error_literal(error, CSVTABLE_ERROR, 1, cause->message);
		g_error_free(cause);
		return (NULL);
	}
	if (!input_compressed(text, len))
		return (csvtable_make(path, text, len, error));
	plain = csvtable_inflate(path, text, len, &cause);
	g_free(text);
	if (plain == NULL) {
		g_set_error(error, CSVTABLE_ERROR, 1, "%s: %s", path,
		    cause->message);
		g_error_free(cause);
		return (NULL);
	}
	len = plain->len - 1;
	return (csvtable_make(path, (char *)g_byte_array_free(plain, FALSE),
	    len, error));
}

struct csvtable *
csvtable_read(const char *path, GError **error)
{
	GError *cause = NULL;
	size_t len;
	char *text;

	text = whole_read(path, CSVTABLE_MAXFILE, &len, &cause);
	return (csvtable_of(path, text, len, cause, error));
}

struct csvtable *
csvtable_read_stream(const char *path, GError **error)
{
	GError *cause = NULL;
	size_t len;
	char *text;

	text = whole_read_stream(path, CSVTABLE_MAXFILE, &len, &cause);
	return (csvtable_of(path, text, len, cause, error));
}

void
csvtable_free(struct csvtable *t)
{

	if (t == NULL)
		return;
	g_hash_table_destroy(t->comments);
	g_free(t->text);
	g_hash_table_destroy(t->columns);
	g_clear_pointer(&t->chains, g_hash_table_destroy);
	g_free(t->next);
	g_array_free(t->rows, TRUE);
	g_array_free(t->marks, TRUE);
	g_ptr_array_free(t->names, TRUE);
	g_free(t->path);
	g_free(t->first);
	g_free(t);
}

size_t
csvtable_rows(const struct csvtable *t)
{

	return (t->rows->len);
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

	return (GPOINTER_TO_INT(g_hash_table_lookup(t->columns, name)) - 1);
}

/* The names that there are, or the first of very many. */
static char *
csvtable_names(const struct csvtable *t)
{
	GString *all;
	guint i;

	all = g_string_new(NULL);
	for (i = 0; i < t->names->len && all->len < CSVTABLE_TOLD; i++)
		g_string_append_printf(all, "%s%s", i > 0 ? " " : "",
		    (const char *)t->names->pdata[i]);
	if (i < t->names->len)
		g_string_append_printf(all, " and %u more", t->names->len - i);
	return (g_string_free(all, FALSE));
}

int
csvtable_need(const struct csvtable *t, const char *name, GError **error)
{
	g_autofree char *all = NULL, *hint = NULL;
	int column;

	column = csvtable_find(t, name);
	if (column >= 0)
		return (column);
	all = csvtable_names(t);
	hint = nearest_hint(name, (const char *const *)t->names->pdata,
	    t->names->len);
	g_set_error(error, CSVTABLE_ERROR, 2, "%s: no column %s%s; there are: "
	    "%s", t->path, name, hint, all);
	return (-1);
}

bool
csvtable_has(const struct csvtable *t, const char *names, GError **error)
{
	g_auto(GStrv) need = NULL;
	char **name;

	need = g_strsplit(names, ",", -1);
	for (name = need; *name != NULL; name++)
		if (csvtable_need(t, *name, error) < 0)
			return (false);
	return (true);
}

void
csvtable_chain(struct csvtable *t, const char *key, const char *only,
    const char *is)
{
	struct csvtable_chain *c;
	const char *last, *text;
	int key_idx, only_idx;
	size_t row;

	KASSERT(t->chains == NULL, ("%s is chained", t->path));
	key_idx = csvtable_find(t, key);
	only_idx = csvtable_find(t, only);
	t->chains = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	    g_free);
	t->next = g_new(size_t, csvtable_rows(t));
	c = NULL;
	last = NULL;
	for (row = 0; row < csvtable_rows(t); row++) {
		t->next[row] = csvtable_rows(t);
		if (strcmp(csvtable_text(t, row, only_idx), is) != 0)
			continue;
		/* Mostly they stand together. */
		text = csvtable_text(t, row, key_idx);
		if (last == NULL || strcmp(text, last) != 0)
			c = g_hash_table_lookup(t->chains, text);
		last = text;
		if (c == NULL) {
			c = g_new(struct csvtable_chain, 1);
			c->first = row;
			g_hash_table_insert(t->chains, (char *)text, c);
		} else
			t->next[c->last] = row;
		c->last = row;
	}
}

size_t
csvtable_first_of(const struct csvtable *t, const char *key)
{
	const struct csvtable_chain *c;

	KASSERT(t->chains != NULL, ("%s is not chained", t->path));
	c = g_hash_table_lookup(t->chains, key);
	return (c == NULL ? csvtable_rows(t) : c->first);
}

size_t
csvtable_next_of(const struct csvtable *t, size_t row)
{

	return (t->next[row]);
}

unsigned
csvtable_line(const struct csvtable *t, size_t row)
{

	return (g_array_index(t->rows, struct csvtable_row, row).line);
}

const char *
csvtable_text(const struct csvtable *t, size_t row, int column)
{
	const char *text;
	size_t mark;

	if (column < 0)
		return ("");
	text = g_array_index(t->rows, struct csvtable_row, row).text;
	if (column >= CSVTABLE_MARK) {
		mark = row * ((t->names->len - 1) / CSVTABLE_MARK) +
		    (size_t)column / CSVTABLE_MARK - 1;
		text += g_array_index(t->marks, uint32_t, mark);
	}
	for (column %= CSVTABLE_MARK; column > 0; column--)
		text += strlen(text) + 1;
	return (text);
}

const char *
csvtable_field(const struct csvtable *t, size_t row, const char *name)
{

	return (csvtable_text(t, row, csvtable_find(t, name)));
}

bool
csvtable_number(const struct csvtable *t, size_t row, int column,
    double *value)
{
	const char *text;
	char *end;

	text = csvtable_text(t, row, column);
	*value = g_ascii_strtod(text, &end);
	/* As we write them: strtod() knows nan, 0x1F and blanks, too. */
	return (end != text && *end == '\0' && isfinite(*value) &&
	    text[strspn(text, "0123456789.eE+-")] == '\0');
}

bool
csvtable_figures(const struct csvtable *t, bool (*is)(const char *name),
    GError **error)
{
	const char *name, *text;
	double value;
	size_t i, row;
	int column;

	for (i = 0; i < t->names->len; i++) {
		name = t->names->pdata[i];
		column = csvtable_find(t, name);
		if (!is(name))
			continue;
		for (row = 0; row < csvtable_rows(t); row++) {
			text = csvtable_text(t, row, column);
			if (*text == '\0' || (csvtable_number(t, row, column,
			    &value) && value >= 0))
				continue;
			g_set_error(error, CSVTABLE_ERROR, 3, "%s:%u: column "
			    "%s: '%s' is no number, or below 0", t->path,
			    csvtable_line(t, row), name, text);
			return (false);
		}
	}
	return (true);
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
