/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A CSV file read back: what is of ours, and what anybody may send.
 */

#include <sys/stat.h>

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <csv.h>

#include <glib/gstdio.h>

#include "study/text/csvtable.h"
#include "study/text/number.h"
#include "study/text/problem.h"
#include "study/text/whole.h"

static struct csvtable *
parse(const char *text, size_t len, GError **error)
{
	g_autofree char *copy = g_malloc(len + 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return (csvtable_parse("f.csv", copy, len, error));
}

static void
what_we_write_is_read(void)
{
	static const char text[] = "# pcbsim 1\n# digest: x: y\n\n"
	    "a,\"b,c\",d\r\n1,\"say \"\"so\"\"\",\n# INCOMPLETE: late\n"
	    "2, x ,1e3";
	g_autoptr(GError) error = NULL;
	struct csvtable *t;
	double v;

	t = parse(text, strlen(text), &error);
	g_assert_no_error(error);
	g_assert_cmpuint(csvtable_rows(t), ==, 2);
	g_assert_cmpstr(csvtable_first(t), ==, "pcbsim 1");
	g_assert_cmpstr(csvtable_comment(t, "digest"), ==, "x: y");
	g_assert_cmpstr(csvtable_comment(t, "INCOMPLETE"), ==, "late");
	g_assert_cmpint(csvtable_find(t, "b,c"), ==, 1);
	g_assert_cmpstr(csvtable_text(t, 0, 1), ==, "say \"so\"");
	g_assert_cmpstr(csvtable_field(t, 0, "d"), ==, "");
	g_assert_true(csvtable_number(t, 1, 2, &v));
	g_assert_cmpfloat(v, ==, 1000);
	g_assert_cmpuint(csvtable_line(t, 0), ==, 5);
	g_assert_cmpuint(csvtable_line(t, 1), ==, 7);
	csvtable_free(t);
}

static void
a_column_that_is_not_there_is_empty(void)
{
	g_autoptr(GError) error = NULL;
	struct csvtable *t;
	double v;

	t = parse("aa,bb\n1,2\n", 10, &error);
	g_assert_cmpint(csvtable_find(t, "cc"), ==, -1);
	g_assert_cmpstr(csvtable_text(t, 0, -1), ==, "");
	g_assert_cmpstr(csvtable_field(t, 0, "cc"), ==, "");
	g_assert_false(csvtable_number(t, 0, -1, &v));
	g_assert_cmpfloat(csvtable_value(t, 0, "cc"), ==, 0);
	g_assert_false(csvtable_has(t, "aa,ab", &error));
	g_assert_nonnull(strstr(error->message, "f.csv: no column ab"));
	g_assert_nonnull(strstr(error->message, "aa bb"));
	csvtable_free(t);
}

static void
what_is_none_of_ours_is_told_by_line(void)
{
	static const struct {
		const char	*text;
		size_t		len;		/* 0: up to the NUL */
		const char	*said;
	} cases[] = {
		{ "", 0, "f.csv: no line of column names" },
		{ "# only\n", 0, "f.csv: no line of column names" },
		{ "a,b\n1,2\n3\n", 0, "f.csv:3: 1 fields, but 2 columns" },
		{ "a,b\n1,2,3\n", 0, "f.csv:2: 3 fields" },
		{ "a,b,a\n", 0, "f.csv:1: two columns are named 'a'" },
		{ "a,b\n1,\"2\n3\",4\n", 0, "f.csv:2: " },
		{ "a,b\n1,x\"2\n", 0, "f.csv:2: " },
		{ "a,b\n1,\033[31mred\n", 0, "f.csv:2: a control character" },
		{ "a,b\n1,\302\2332\n", 0, "f.csv:2: a control character" },
		{ "a\177,b\n", 0, "f.csv:1: a control character" },
		{ "# title: \007\na\n", 0, "f.csv:1: a control character" },
		{ "a\n\r1\n", 0, "f.csv:2: a control character" },
		{ "a\n\377\n", 0, "f.csv:2: bytes that are not UTF-8" },
		{ "a\n1\0002\n", 6, "f.csv:2: a NUL byte" }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(parse(cases[i].text, cases[i].len > 0 ?
		    cases[i].len : strlen(cases[i].text), &error));
		if (strstr(error->message, cases[i].said) == NULL)
			g_error("'%s' has no '%s'", error->message,
			    cases[i].said);
	}
}

static void
a_line_has_an_end(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	struct csvtable *t;
	size_t len;

	len = (5 << 20);
	text = g_strnfill(len, 'x');
	memcpy(text, "a\n", 2);
	t = csvtable_parse("f.csv", text, len, &error);
	g_assert_null(t);
	g_assert_nonnull(strstr(error->message,
	    "f.csv:2: a line of more than 4 MiB"));
}

/* ---- the short way ----------------------------------------------------- */

/* A libcsv call back: the fields of a line, a bar behind each. */
static void
bar(void *text, size_t len, void *s)
{

	g_string_append_len(s, text, (gssize)len);
	g_string_append_c(s, '|');
}

/* Whatever a line without quotes is, libcsv takes it for the same. */
static void
plain_lines_are_cut_as_libcsv_does(void)
{
	static const char chars[] = "ab,,,, \t";
	struct csv_parser parser;
	struct csvtable *t;
	unsigned columns, i, j, k;
	char line[40];

	g_assert_cmpint(csv_init(&parser, CSV_STRICT), ==, 0);
	for (i = 0; i < 10000; i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GString) got = g_string_new(NULL);
		g_autoptr(GString) text = g_string_new("0");
		g_autoptr(GString) want = g_string_new(NULL);

		columns = 1;
		for (j = 0; j < sizeof(line) - 1; j++) {
			line[j] = chars[g_test_rand_int_range(0,
			    sizeof(chars) - 1)];
			columns += line[j] == ',';
		}
		line[j] = '\n';
		if (strspn(line, " \t") == j)
			continue;
		csv_parse(&parser, line, sizeof(line), bar, NULL, want);
		for (k = 1; k < columns; k++)
			g_string_append_printf(text, ",%u", k);
		g_string_append_c(text, '\n');
		g_string_append_printf(text, "\"%s\"%s\n", "q",
		    strchr(text->str, ',') == NULL ? "" :
		    strchr(text->str, ','));
		g_string_append_len(text, line, sizeof(line));
		t = parse(text->str, text->len, &error);
		g_assert_no_error(error);
		for (k = 0; k < columns; k++)
			g_string_append_printf(got, "%s|", csvtable_text(t, 1,
			    (int)k));
		g_assert_cmpstr(got->str, ==, want->str);
		/* What has a quote goes the long way. */
		g_assert_cmpstr(csvtable_text(t, 0, 0), ==, "q");
		g_assert_cmpint(atoi(csvtable_text(t, 0, (int)columns - 1)),
		    ==, (int)columns - 1);
		csvtable_free(t);
	}
	csv_free(&parser);
}

/* ---- numbers that may be anything -------------------------------------- */

static void
any_number_has_words(void)
{
	static const struct {
		double		v;
		const char	*time, *amount;
	} cases[] = {
		{ 0, "0", "0" },
		{ 1.5, "1.5 us", "2" },
		{ 1234567, "1.23 s", "1,234,567" },
		{ -72.066, "-72.1 us", "-72" },
		{ -0.2, "-200 ns", "0" },
		{ 1e300, NULL, NULL },
		{ -1e300, NULL, NULL },
		{ HUGE_VAL, "inf s", "inf" },
		{ NAN, "nan", "nan" }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) amount = g_string_new(NULL);
		g_autoptr(GString) time = g_string_new(NULL);

		number_add_time(time, cases[i].v, SIM_US);
		number_add_amount(amount, cases[i].v);
		g_assert_cmpuint(time->len, >, 0);
		if (cases[i].time != NULL) {
			g_assert_cmpstr(time->str, ==, cases[i].time);
			g_assert_cmpstr(amount->str, ==, cases[i].amount);
		}
	}
	g_assert_cmpint(number_to_time(-1, SIM_US), ==, 0);
	g_assert_cmpint(number_to_time(NAN, SIM_US), ==, 0);
	g_assert_cmpint(number_to_time(1e300, SIM_US), ==, SIM_NEVER - 1);
	g_assert_cmpuint(number_to_count(1e300), ==, UINT64_MAX);
	g_assert_cmpuint(number_to_count(2.5), ==, 3);
}

/* ---- what a terminal gets ---------------------------------------------- */

static void
no_control_byte_passes(void)
{
	static const struct {
		const char	*text, *plain;
	} cases[] = {
		{ "all well\tso\n", "all well\tso\n" },
		{ "\033[2Jx", "\\x1b[2Jx" },
		{ "a\rb\177", "a\\x0db\\x7f" },
		{ "\302\233m", "\\xc2\\x9bm" },
		{ "caf\303\251", "caf\303\251" },
		{ "\342\200\256txt", "\\xe2\\x80\\xaetxt" },
		{ "\377\376", "\\xff\\xfe" },
		{ "cut \303", "cut \\xc3" }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *plain = problem_plain(cases[i].text);

		g_assert_cmpstr(plain, ==, cases[i].plain);
	}
}

/* Every byte, wherever it stands. */
static void
every_byte_is_looked_at(void)
{
	char text[18];
	unsigned at, byte;
	bool plain;

	for (at = 0; at < sizeof(text); at++)
		for (byte = 0; byte < 256; byte++) {
			memset(text, byte % 2 == 0 ? '~' : ' ', sizeof(text));
			text[at] = (char)byte;
			plain = byte == '\t' || (byte >= ' ' && byte < 0x7f);
			g_assert_cmpint(problem_bytes(text, sizeof(text)) ==
			    NULL, ==, plain);
			g_assert_null(problem_bytes(text, at));
		}
}

/* What XML has no place for would make a picture that nobody can open. */
static void
noncharacters_are_seen(void)
{
	static const struct {
		const char	*text;
		bool		plain;
	} cases[] = {
		{ "a \357\277\275 b", true },	/* U+FFFD */
		{ "a \357\277\276 b", false },	/* U+FFFE */
		{ "a \357\277\277 b", false },	/* U+FFFF */
		{ "a \360\220\200\200 b", true },	/* U+10000 */
		{ "a \355\240\200 b", false },	/* half a surrogate pair */
		{ "a \302\205 b", false }		/* U+0085 */
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(problem_bytes(cases[i].text,
		    strlen(cases[i].text)) == NULL, ==, cases[i].plain);
}

/* ---- whole files ------------------------------------------------------- */

static void
files_are_whole(void)
{
	g_autofree char *dir = g_dir_make_tmp("whole-XXXXXX", NULL);
	g_autofree char *fifo = g_build_filename(dir, "fifo", NULL);
	g_autofree char *path = g_build_filename(dir, "f", NULL);
	g_autofree char *text = NULL;
	g_autoptr(GPtrArray) names = NULL;
	g_autoptr(GError) error = NULL;
	size_t len;

	g_assert_true(whole_write(path, "a\0b\n", 4, &error));
	text = whole_read(path, 4, &len, &error);
	g_assert_no_error(error);
	g_assert_cmpmem(text, len, "a\0b\n", 4);
	/* A text has no NUL byte. */
	g_assert_null(whole_read(path, 4, NULL, &error));
	g_clear_error(&error);
	g_assert_null(whole_read(path, 3, &len, &error));
	g_assert_error(error, WHOLE_ERROR, EFBIG);
	g_clear_error(&error);
	/* Nobody is waited for. */
	g_assert_cmpint(mkfifo(fifo, 0666), ==, 0);
	g_assert_null(whole_read(fifo, 9, &len, &error));
	g_clear_error(&error);
	g_assert_null(whole_read(dir, 9, &len, &error));
	g_assert_error(error, WHOLE_ERROR, EISDIR);
	g_clear_error(&error);
	g_assert_true(whole_write(path, "one\n\033x\n", 7, &error));
	g_assert_null(whole_read_plain(path, 99, &error));
	g_assert_nonnull(strstr(error->message, "f:2: a control character"));
	g_clear_error(&error);
	names = whole_names(dir, &error);
	g_assert_cmpuint(names->len, ==, 2);
	g_assert_cmpstr(names->pdata[0], ==, "f");
	g_assert_cmpstr(names->pdata[1], ==, "fifo");
	g_assert_false(whole_write("/nonexistent/x", "", 0, &error));
	g_assert_error(error, WHOLE_ERROR, ENOENT);
	(void)g_unlink(path);
	(void)g_unlink(fifo);
	(void)g_rmdir(dir);
}

/* Rows of a name, of the first replication, wherever they stand. */
static void
rows_are_chained(void)
{
	static const char csv[] = "name,replication,n\na,1,0\na,2,1\n"
	    "b,1,2\na,1,3\nb,2,4\nb,1,5\na,1,6\nc,2,7\n";
	static const char *const names[] = { "a", "b", "c", "d" };
	static const char *const expected[] = { " 0 3 6", " 2 5", "", "" };
	struct csvtable *t;
	GError *error = NULL;
	GString *s;
	unsigned i;
	size_t row;

	t = parse(csv, strlen(csv), &error);
	g_assert_no_error(error);
	csvtable_chain(t, "name", "replication", "1");
	s = g_string_new(NULL);
	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_string_truncate(s, 0);
		for (row = csvtable_first_of(t, names[i]);
		    row < csvtable_rows(t); row = csvtable_next_of(t, row))
			g_string_append_printf(s, " %s", csvtable_field(t,
			    row, "n"));
		g_assert_cmpstr(s->str, ==, expected[i]);
	}
	g_string_free(s, TRUE);
	csvtable_free(t);
	/* Of nothing, nothing. */
	t = parse("name,n\n", 7, &error);
	g_assert_no_error(error);
	csvtable_chain(t, "name", "replication", "1");
	g_assert_cmpuint(csvtable_first_of(t, "a"), ==, 0);
	csvtable_free(t);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/csvtable/what_we_write_is_read",
	    what_we_write_is_read);
	g_test_add_func("/csvtable/a_column_that_is_not_there_is_empty",
	    a_column_that_is_not_there_is_empty);
	g_test_add_func("/csvtable/what_is_none_of_ours_is_told_by_line",
	    what_is_none_of_ours_is_told_by_line);
	g_test_add_func("/csvtable/a_line_has_an_end", a_line_has_an_end);
	g_test_add_func("/csvtable/plain_lines_are_cut_as_libcsv_does",
	    plain_lines_are_cut_as_libcsv_does);
	g_test_add_func("/csvtable/rows_are_chained", rows_are_chained);
	g_test_add_func("/number/any_number_has_words",
	    any_number_has_words);
	g_test_add_func("/problem/no_control_byte_passes",
	    no_control_byte_passes);
	g_test_add_func("/problem/every_byte_is_looked_at",
	    every_byte_is_looked_at);
	g_test_add_func("/problem/noncharacters_are_seen",
	    noncharacters_are_seen);
	g_test_add_func("/whole/files_are_whole", files_are_whole);
	return (g_test_run());
}
