/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines that are cut where they stand have the fields that libcsv finds in
 * them; and so have those that only look like them.
 */

#include <string.h>

#include <csv.h>
#include <glib.h>

#include "study/text/csvin.h"

#define	MAXFIELDS	48

struct fields {
	char		*text[MAXFIELDS];
	unsigned	n, rows;
};

static void
on_field(void *text, size_t len, void *arg)
{
	struct fields *f;

	f = arg;
	g_assert_cmpuint(f->n, <, MAXFIELDS);
	f->text[f->n++] = g_strndup(text, len);
}

static void
on_row(int c, void *arg)
{

	(void)c;
	((struct fields *)arg)->rows++;
}

/* As libcsv has it; false: it has none of it. */
static bool
fields_of(const char *line, struct fields *f)
{
	struct csv_parser parser;
	size_t len;
	bool ok;

	f->n = f->rows = 0;
	len = strlen(line);
	csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
	ok = csv_parse(&parser, line, len, on_field, on_row, f) == len &&
	    f->rows == 1;
	csv_free(&parser);
	return (ok);
}

static void
fields_free(struct fields *f)
{

	while (f->n > 0)
		g_free(f->text[--f->n]);
}

/* What stands in files, and what ends the short way. */
static char *
random_line(GRand *rng)
{
	static const char bytes[] = "09.ae,,,,, \t\t \"#!-\xc3\xa9";
	GString *s;
	gint32 i, n;

	s = g_string_new("x");
	n = g_rand_int_range(rng, 0, 24);
	for (i = 0; i < n && s->len < 40; i++)
		g_string_append_c(s, bytes[g_rand_int_range(rng, 0,
		    g_rand_int_range(rng, 0, 4) == 0 ? sizeof(bytes) - 1 :
		    sizeof(bytes) - 10)]);
	g_string_append(s, g_rand_int_range(rng, 0, 4) == 0 ? "\r\n" : "\n");
	return (g_string_free(s, FALSE));
}

/* A header of as many columns, then the line. */
static void
check_line(const char *line, const struct fields *f)
{
	struct csvin_column column = { "c0", true, -1 };
	g_autofree char *text = NULL;
	GError *error = NULL;
	struct csvin *in;
	const char *field;
	GString *s;
	size_t len;
	unsigned i;

	s = g_string_new("c0");
	for (i = 1; i < f->n; i++)
		g_string_append_printf(s, ",c%u", i);
	g_string_append_printf(s, "\n%s", line);
	text = g_string_free(s, FALSE);
	in = csvin_new_text("it", text, &column, 1, &error);
	g_assert_no_error(error);
	g_assert_cmpint(csvin_next(in, &error), ==, CSVIN_ROW);
	g_assert_no_error(error);
	for (i = 0; i < f->n; i++) {
		field = csvin_field(in, (int)i, &len);
		g_assert_cmpstr(field, ==, f->text[i]);
		g_assert_cmpuint(len, ==, strlen(f->text[i]));
	}
	g_assert_cmpint(csvin_next(in, &error), ==, CSVIN_END);
	csvin_free(in);
}

static void
as_libcsv(void)
{
	unsigned i, plain, quoted;
	struct fields f;
	GRand *rng;
	char *line;

	rng = g_rand_new_with_seed(4180);
	for (i = plain = quoted = 0; i < 20000; i++) {
		line = random_line(rng);
		if (fields_of(line, &f)) {
			check_line(line, &f);
			plain += strchr(line, '"') == NULL;
			quoted += strchr(line, '"') != NULL;
		}
		fields_free(&f);
		g_free(line);
	}
	g_assert_cmpuint(plain, >, 10000);
	g_assert_cmpuint(quoted, >, 20);
	g_rand_free(rng);
}

/* A row of no use, and the one behind it. */
static void
check_bad(const char *row, const char *what)
{
	struct csvin_column column = { "a", true, -1 };
	g_autofree char *text = NULL;
	GError *error = NULL;
	struct csvin *in;

	text = g_strconcat("a,b\n", row, "\n1,2\n", NULL);
	in = csvin_new_text("it", text, &column, 1, &error);
	g_assert_no_error(error);
	g_assert_cmpint(csvin_next(in, &error), ==, CSVIN_BAD);
	g_assert_cmpstr(error->message, ==, what);
	g_clear_error(&error);
	g_assert_cmpint(csvin_next(in, &error), ==, CSVIN_ROW);
	g_assert_cmpstr(csvin_field(in, 1, NULL), ==, "2");
	csvin_free(in);
}

/* Who is not cut is whole again when it is looked at. */
static void
bad_lines(void)
{

	check_bad("a ,b\"c", "it:2: a quote inside a field");
	check_bad("a , \"b", "it:2: a quote that does not end on its line");
	check_bad("a , b\rc", "it:2: a lone CR; lines end in LF or CR LF");
	check_bad("a,b,c", "it:2: 3 fields, but the header names 2 columns");
}

/* 256 fields are read, and 257 are not. */
static void
many_fields(void)
{
	struct csvin_column column = { "c1", true, -1 };
	GError *error = NULL;
	struct csvin *in;
	GString *s;
	unsigned i;

	s = g_string_new("c0");
	for (i = 1; i < 256; i++)
		g_string_append_printf(s, ",c%u", i);
	in = csvin_new_text("it", s->str, &column, 1, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(csvin_field(in, 255, NULL), ==, "c255");
	csvin_free(in);
	g_string_append(s, ",c256");
	g_assert_null(csvin_new_text("it", s->str, &column, 1, &error));
	g_assert_cmpstr(error->message, ==, "it:1: more than 256 fields");
	g_clear_error(&error);
	g_string_free(s, TRUE);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/csvin/as_libcsv", as_libcsv);
	g_test_add_func("/csvin/bad_lines", bad_lines);
	g_test_add_func("/csvin/many_fields", many_fields);
	return (g_test_run());
}
