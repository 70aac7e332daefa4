/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Rows of a CSV file; see csvin.h.
 *
 * Theory:	a line without a quote is commas and what is between them:
 *		most are, and are cut where they stand, in one way along them,
 *		eight bytes at a time.
 *		Whatever else a line has is libcsv's, which says the same of
 *		those (tests/study/text/csvin_test.c).
 */

#include <string.h>

#include <csv.h>

#include "study/text/csvin.h"
#include "study/text/csvtrim.h"
#include "study/text/lines.h"
#include "study/text/problem.h"

#define	CSVIN_MAXFIELDS	256

/* NUL after it: in the line itself, or in csvin.text. */
struct csvin_cut {
	char		*text;
	size_t		len;
};

struct csvin {
	struct lines	*lines;
	struct csv_parser parser;
	char		*text;		/* what libcsv made of a line */
	size_t		used;
	struct csvin_cut field[CSVIN_MAXFIELDS];
	unsigned	nfields;
	unsigned	nrows;		/* libcsv ended, of this line */
	unsigned	ncolumns;
};

/* ---- lines ------------------------------------------------------------- */

static void
csvin_tell(const struct csvin *in, const char *what, GError **error)
{

	problem_set(error, "%s:%" G_GUINT64_FORMAT ": %s",
	    lines_path(in->lines), lines_number(in->lines), what);
}

static bool
csvin_nothing(const char *text, size_t len)
{

	if (*text == '#')
		return (true);
	while (len > 0 && (*text == ' ' || *text == '\t' || *text == '\r' ||
	    *text == '\n')) {
		text++;
		len--;
	}
	return (len == 0);
}

/* ---- fields ------------------------------------------------------------ */

static void
csvin_on_field(void *text, size_t len, void *arg)
{
	struct csvin *in;

	in = arg;
	if (in->nfields++ >= CSVIN_MAXFIELDS)
		return;
	/* Fields are never longer than the line, which fits. */
	memcpy(in->text + in->used, text, len);
	in->text[in->used + len] = '\0';
	in->field[in->nfields - 1] = (struct csvin_cut){
	    in->text + in->used, len };
	in->used += len + 1;
}

static void
csvin_on_row(int c, void *arg)
{
	struct csvin *in;

	(void)c;
	in = arg;
	in->nrows++;
}

/*
 * The bytes of a word that are no higher than a comma: those have their upper
 * bit set.  Digits, letters and points are all higher.  Nothing is carried from
 * one byte into another.
 */
#define	BYTES(b)	(UINT64_C(0x0101010101010101) * (b))

static inline uint64_t
csvin_low(const char *p)
{
	uint64_t w;

	memcpy(&w, p, LINES_WORD);
	w = GUINT64_FROM_LE(w);
	return (~(((w & BYTES(0x7f)) + BYTES(0x7f - ',')) | w) & BYTES(0x80));
}

/* Fields that were cut at commas: without the blanks around them. */
static void
csvin_trim(struct csvin *in)
{
	struct csvin_cut *f;
	char *to;

	for (f = in->field; f < in->field + in->nfields; f++) {
		to = f->text + f->len;
		csvtrim(&f->text, &to);
		f->len = (size_t)(to - f->text);
		*to = '\0';
	}
}

/*
 * Cut a line at its commas, of which the last is its end; false if there is
 * more to it: as many fields are cut as in->nfields says.
 */
static bool
csvin_cut(struct csvin *in, char *text, char *end)
{
	struct csvin_cut *f;
	char *from, *p, *word;
	uint64_t low;
	bool blanks;

	blanks = false;
	f = in->field;
	for (from = word = text;; word += LINES_WORD)
		for (low = csvin_low(word); low != 0; low &= low - 1) {
			p = word + __builtin_ctzll(low) / 8;
			if (__builtin_expect(*p != ',', 0)) {
				blanks |= csvtrim_blank(*p);
				if (*p != '"' && *p != '\r' && *p != '\0')
					continue;
				in->nfields = (unsigned)(f - in->field);
				return (false);
			}
			*p = '\0';
			*f++ = (struct csvin_cut){ from, (size_t)(p - from) };
			from = p + 1;
			if (p != end && f < in->field + CSVIN_MAXFIELDS)
				continue;
			in->nfields = (unsigned)(f - in->field);
			if (p == end && blanks)
				csvin_trim(in);
			return (p == end);
		}
}

/*
 * Cut a line, which ends in LF, at its commas; false, and nothing is changed,
 * if there is more to it.
 */
static bool
csvin_plain(struct csvin *in, char *text, size_t len)
{
	struct csvin_cut *f;
	char *end, was;

	end = text + len - 1;
	if (end > text && end[-1] == '\r')
		end--;
	was = *end;
	*end = ',';		/* ends the last field, and the way */
	if (csvin_cut(in, text, end))
		return (true);
	for (f = in->field; f < in->field + in->nfields; f++)
		f->text[f->len] = ',';
	*end = was;
	return (false);
}

static enum csvin_status
csvin_split(struct csvin *in, char *text, size_t len, GError **error)
{
	const char *what, *cr;

	if (csvin_plain(in, text, len))
		return (CSVIN_ROW);
	in->used = 0;
	in->nfields = 0;
	in->nrows = 0;
	what = NULL;
	cr = memchr(text, '\r', len);
	if (memchr(text, '\0', len) != NULL)
		what = "a NUL byte";
	else if (cr != NULL && cr != text + len - 2)
		what = "a lone CR; lines end in LF or CR LF";
	else if (csv_parse(&in->parser, text, len, csvin_on_field,
	    csvin_on_row, in) != len)
		what = "a quote inside a field";
	else if (in->nrows != 1)
		what = "a quote that does not end on its line";
	else if (in->nfields > CSVIN_MAXFIELDS)
		what = "more than 256 fields";
	if (what == NULL)
		return (CSVIN_ROW);
	/* Forget the half row; the next line begins anew. */
	csv_free(&in->parser);
	csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI);
	csvin_tell(in, what, error);
	return (CSVIN_BAD);
}

enum csvin_status
csvin_next(struct csvin *in, GError **error)
{
	enum csvin_status status;
	size_t len;
	char *text;

	do {
		if (!lines_next_raw(in->lines, &text, &len, error))
			return (CSVIN_FAILED);
		if (len == 0)
			return (CSVIN_END);
	} while (csvin_nothing(text, len));
	status = csvin_split(in, text, len, error);
	if (status == CSVIN_ROW && in->ncolumns > 0 &&
	    in->nfields != in->ncolumns) {
		problem_set(error, "%s:%" G_GUINT64_FORMAT ": %u fields, but "
		    "the header names %u columns", lines_path(in->lines),
		    lines_number(in->lines), in->nfields, in->ncolumns);
		return (CSVIN_BAD);
	}
	return (status);
}

const char *
csvin_field(const struct csvin *in, int idx, size_t *len)
{

	if (idx < 0) {
		if (len != NULL)
			*len = 0;
		return ("");
	}
	if (len != NULL)
		*len = in->field[idx].len;
	return (in->field[idx].text);
}

uint64_t
csvin_line(const struct csvin *in)
{

	return (lines_number(in->lines));
}

void
csvin_bad(const struct csvin *in, const struct csvin_column *column,
    const char *what, GError **error)
{
	g_autofree char *quoted = NULL, *text = NULL;

	quoted = problem_quote(csvin_field(in, column->idx, NULL));
	text = g_strdup_printf("column %s: %s %s", column->name, quoted, what);
	csvin_tell(in, text, error);
}

/* ---- header ------------------------------------------------------------ */

static bool
csvin_twice(const struct csvin *in, GError **error)
{
	unsigned i, j;

	for (i = 0; i < in->nfields; i++)
		for (j = 0; j < i; j++)
			if (strcmp(csvin_field(in, (int)i, NULL),
			    csvin_field(in, (int)j, NULL)) == 0) {
				g_autofree char *quoted = problem_quote(
				    csvin_field(in, (int)i, NULL));
				g_autofree char *what = g_strconcat(
				    "two columns are named ", quoted, NULL);

				csvin_tell(in, what, error);
				return (true);
			}
	return (false);
}

/* What else may be wrong if columns are missing. */
static const char *
csvin_suspicion(const struct csvin *in)
{
	const char *first;

	first = csvin_field(in, 0, NULL);
	if (strchr(first, '\t') != NULL)
		return ("; columns are separated by commas, not tabs");
	if (in->nfields == 1 && strchr(first, ';') != NULL)
		return ("; columns are separated by commas, not semicolons");
	if (g_ascii_isdigit(*first))
		return ("; the first line must name the columns");
	return ("");
}

static bool
csvin_columns(struct csvin *in, struct csvin_column *columns, unsigned n,
    GError **error)
{
	g_autoptr(GString) missing = NULL;
	unsigned i, j;
	size_t none;

	if (csvin_twice(in, error))
		return (false);
	missing = g_string_new("missing column ");
	none = missing->len;
	for (i = 0; i < n; i++) {
		columns[i].idx = -1;
		for (j = 0; j < in->nfields; j++)
			if (strcmp(csvin_field(in, (int)j, NULL),
			    columns[i].name) == 0)
				columns[i].idx = (int)j;
		if (columns[i].required && columns[i].idx == -1)
			g_string_append_printf(missing, "%s%s",
			    missing->len > none ? ", " : "", columns[i].name);
	}
	in->ncolumns = in->nfields;
	if (missing->len == none)
		return (true);
	g_string_append(missing, csvin_suspicion(in));
	csvin_tell(in, missing->str, error);
	return (false);
}

static bool
csvin_header(struct csvin *in, struct csvin_column *columns, unsigned n,
    GError **error)
{

	switch (csvin_next(in, error)) {
	case CSVIN_ROW:
		return (csvin_columns(in, columns, n, error));
	case CSVIN_END:
		problem_set(error, "%s: is empty; the first line must name "
		    "the columns", lines_path(in->lines));
		return (false);
	default:
		return (false);
	}
}

/* ---- life -------------------------------------------------------------- */

/* lines	taken; NULL: could not be opened */
static struct csvin *
csvin_begin(struct lines *lines, struct csvin_column *columns, unsigned n,
    GError **error)
{
	struct csvin *in;

	if (lines == NULL)
		return (NULL);
	in = g_new0(struct csvin, 1);
	in->lines = lines;
	/* A NUL after each field: at worst every second byte is one. */
	in->text = g_malloc(2 * LINES_MAX + 2);
	csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI);
	if (!csvin_header(in, columns, n, error)) {
		csvin_free(in);
		return (NULL);
	}
	return (in);
}

struct csvin *
csvin_new(const char *path, struct csvin_column *columns, unsigned n,
    GError **error)
{

	return (csvin_begin(lines_open_again(path, error), columns, n, error));
}

struct csvin *
csvin_new_text(const char *path, const char *text,
    struct csvin_column *columns, unsigned n, GError **error)
{

	return (csvin_begin(lines_open_text(path, text), columns, n, error));
}

struct csvin *
csvin_new_bytes(const char *path, const void *bytes, size_t len,
    struct csvin_column *columns, unsigned n, GError **error)
{

	return (csvin_begin(lines_open_bytes(path, bytes, len), columns, n,
	    error));
}

void
csvin_free(struct csvin *in)
{

	lines_close(in->lines);
	csv_free(&in->parser);
	g_free(in->text);
	g_free(in);
}
