/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Rows in files that only grow: whatever is left of a file, and whatever became
 * of its bytes, a row is there as it was written, or is not there.
 */

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "study/sweep/rows.h"
#include "study/text/whole.h"

#define	HEAD	"# pcbsim test\n# rows\n# a,b\n"
#define	SOME	5

static char *rows_dir;

static struct rows *
rows_of(unsigned shard, unsigned nshards, const char *list)
{
	struct rows_share share = { .shard = shard, .nshards = nshards };
	g_autoptr(GError) error = NULL;
	struct rows *rs;

	g_strlcpy(share.list, list, sizeof(share.list));
	rs = rows_new(rows_dir, HEAD, &share, "here.7", &error);
	g_assert_no_error(error);
	return (rs);
}

static const char *
row_id(unsigned i)
{
	static _Thread_local char id[17];

	/* Far apart and close together. */
	(void)g_snprintf(id, sizeof(id), "%016" G_GINT64_MODIFIER "x",
	    i % 2 != 0 ? i : (guint64)i * UINT64_C(0x9e3779b97f4a7c15));
	return (id);
}

/* Longer and longer, with what else may stand in a row. */
static char *
row_text(unsigned i)
{
	g_autofree char *tail = g_strnfill(i % 700, 'y');

	return (g_strdup_printf("%u,\"\303\244 # , \",%s", i, tail));
}

static void
rows_fill(struct rows *rs, unsigned from, unsigned to)
{
	g_autoptr(GError) error = NULL;
	unsigned i;

	for (i = from; i < to; i++) {
		g_autofree char *text = row_text(i);

		g_assert_true(rows_add(rs, row_id(i), text, &error));
	}
	g_assert_true(rows_sync(rs, &error));
	g_assert_no_error(error);
}

/* How many of the first are there; each that is must be as written. */
static unsigned
rows_count(struct rows *rs, unsigned n)
{
	unsigned i, there;

	for (i = there = 0; i < n; i++) {
		g_autofree char *row = NULL, *text = row_text(i);
		g_autoptr(GError) error = NULL;
		enum rows_state state;
		bool ok;

		state = rows_state(rs, row_id(i));
		ok = rows_read(rs, row_id(i), &row, &error);
		g_assert_true(ok == (state != ROWS_DAMAGED));
		g_assert_true((row != NULL) == (state == ROWS_THERE));
		if (row != NULL)
			g_assert_cmpstr(row, ==, text);
		there += row != NULL;
	}
	return (there);
}

static void
rows_clear(void)
{
	g_autoptr(GPtrArray) names = whole_names(rows_dir, NULL);
	guint i;

	for (i = 0; i < names->len; i++) {
		g_autofree char *path = g_build_filename(rows_dir,
		    names->pdata[i], NULL);

		g_assert_cmpint(g_remove(path), ==, 0);
	}
}

/* The only file there is. */
static char *
rows_only(void)
{
	g_autoptr(GPtrArray) names = whole_names(rows_dir, NULL);

	g_assert_cmpuint(names->len, ==, 1);
	return (g_build_filename(rows_dir, names->pdata[0], NULL));
}

static void
test_many(void)
{
	struct rows *rs;

	rows_clear();
	rs = rows_of(0, 1, "l");
	rows_fill(rs, 0, 3000);
	g_assert_cmpuint(rows_count(rs, 3001), ==, 3000);
	rows_free(rs);
	rs = rows_of(0, 1, "l");
	g_assert_cmpuint(rows_count(rs, 3001), ==, 3000);
	rows_free(rs);
}

/* A process without a row leaves no file. */
static void
test_none(void)
{
	g_autoptr(GPtrArray) names = NULL;
	struct rows *rs;

	rows_clear();
	rs = rows_of(0, 1, "l");
	g_assert_true(rows_sync(rs, NULL));
	g_assert_cmpuint(rows_count(rs, 3), ==, 0);
	rows_free(rs);
	names = whole_names(rows_dir, NULL);
	g_assert_cmpuint(names->len, ==, 0);
}

/* More files than stay open, read across. */
static void
test_files(void)
{
	struct rows *rs;
	unsigned i;

	rows_clear();
	for (i = 0; i < 100; i++) {
		rs = rows_of(i, 100, "l");
		rows_fill(rs, i, i + 1);
		rows_free(rs);
	}
	rs = rows_of(0, 1, "l");
	g_assert_cmpuint(rows_count(rs, 100), ==, 100);
	g_assert_cmpuint(rows_count(rs, 100), ==, 100);
	rows_free(rs);
	rs = rows_of(3, 100, "l");
	g_assert_cmpuint(rows_count(rs, 100), ==, 1);
	rows_free(rs);
	rs = rows_of(3, 100, "another");
	g_assert_cmpuint(rows_count(rs, 100), ==, 100);
	rows_free(rs);
}

/* Whatever a machine that died left of the end: the rows before are there. */
static void
test_torn(void)
{
	g_autofree char *bytes = NULL, *path = NULL;
	gsize at, len, whole;
	struct rows *rs;
	const char *first;
	unsigned rows;

	rows_clear();
	rs = rows_of(0, 1, "l");
	rows_fill(rs, 0, SOME);
	rows_free(rs);
	path = rows_only();
	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	for (at = rows = whole = 0; at <= len; at++) {
		whole += at > 0 && bytes[at - 1] == '\n';
		rows = whole > 3 ? (unsigned)whole - 3 : 0;
		g_assert_true(g_file_set_contents(path, bytes, (gssize)at,
		    NULL));
		rs = rows_of(0, 1, "l");
		g_assert_cmpuint(rows_count(rs, SOME), ==, rows);
		g_assert_cmpuint(rows_strange(rs, &first), ==, 0);
		rows_free(rs);
	}
	g_assert_cmpuint(rows, ==, SOME);
}

/* Each byte changed, by each bit: no row but the one it is of is another. */
static void
test_damage(void)
{
	g_autofree char *bytes = NULL, *path = NULL;
	gsize at, head, len;
	struct rows *rs;
	unsigned bit;

	rows_clear();
	rs = rows_of(0, 1, "l");
	rows_fill(rs, 0, SOME);
	rows_free(rs);
	path = rows_only();
	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	head = strlen(HEAD);
	for (at = 0; at < len; at++)
		for (bit = 0; bit < 8; bit++) {
			bytes[at] = (char)(bytes[at] ^ 1 << bit);
			g_assert_true(g_file_set_contents(path, bytes,
			    (gssize)len, NULL));
			bytes[at] = (char)(bytes[at] ^ 1 << bit);
			rs = rows_of(0, 1, "l");
			/* A line end that is gone, or new, is of two. */
			g_assert_cmpuint(rows_count(rs, SOME), >=, at < head ?
			    0 : SOME - 2);
			g_assert_cmpuint(rows_count(rs, SOME), <, SOME);
			rows_free(rs);
		}
}

/* What is done again after damage is there, whichever file is read first. */
static void
test_again(void)
{
	g_autofree char *bytes = NULL, *path = NULL;
	struct rows *rs;
	const char *first;
	gsize len;

	rows_clear();
	rs = rows_of(0, 1, "l");
	rows_fill(rs, 0, SOME);
	rows_free(rs);
	path = rows_only();
	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	bytes[len - 3] ^= 1;
	bytes[strlen(HEAD)] = 'X';	/* an id that is none */
	g_assert_true(g_file_set_contents(path, bytes, (gssize)len, NULL));
	rs = rows_of(0, 1, "l");
	g_assert_cmpint(rows_state(rs, row_id(SOME - 1)), ==, ROWS_DAMAGED);
	g_assert_cmpint(rows_state(rs, row_id(0)), ==, ROWS_NONE);
	g_assert_cmpuint(rows_strange(rs, &first), ==, 1);
	g_assert_true(g_str_has_prefix(first, path));
	rows_fill(rs, 0, 1);
	rows_fill(rs, SOME - 1, SOME);
	g_assert_cmpuint(rows_count(rs, SOME), ==, SOME);
	rows_free(rs);
	rs = rows_of(0, 1, "l");
	g_assert_cmpuint(rows_count(rs, SOME), ==, SOME);
	rows_free(rs);
}

/* A line without end costs its own row, and no memory. */
static void
test_long(void)
{
	g_autofree char *line = g_strnfill(3 * ROWS_MAXLINE, 'z');
	g_autofree char *path = NULL;
	struct rows *rs;
	const char *first;
	FILE *f;

	rows_clear();
	rs = rows_of(0, 1, "l");
	rows_fill(rs, 0, SOME);
	rows_free(rs);
	path = rows_only();
	f = fopen(path, "ae");
	g_assert_nonnull(f);
	fprintf(f, "%s\n", line);
	fclose(f);
	rs = rows_of(0, 1, "l");
	rows_fill(rs, SOME, SOME + 1);
	rows_free(rs);
	rs = rows_of(0, 1, "l");
	g_assert_cmpuint(rows_count(rs, SOME + 1), ==, SOME + 1);
	g_assert_cmpuint(rows_strange(rs, &first), ==, 1);
	rows_free(rs);
}

/* Files of other builds, and of nobody. */
static void
test_others(void)
{
	static const char *const others[] = { "# pcbsim older\n# rows\n# a,b\n"
	    "0000000000000001 00000000 x\n", "letter\n", "", NULL };
	struct rows *rs;
	const char *first;
	unsigned i;

	rows_clear();
	for (i = 0; others[i] != NULL; i++) {
		g_autofree char *path = g_strdup_printf("%s/%u.csv", rows_dir,
		    i);

		g_assert_true(g_file_set_contents(path, others[i], -1, NULL));
	}
	rs = rows_of(0, 1, "l");
	g_assert_cmpuint(rows_count(rs, SOME), ==, 0);
	g_assert_cmpuint(rows_strange(rs, &first), ==, 1);
	g_assert_true(g_str_has_suffix(first, "1.csv, byte 0"));
	rows_free(rs);
}

#define	ADDERS	4
#define	ADDED	500

struct adder {
	struct rows	*rs;
	unsigned	from;
};

static gpointer
adder_main(gpointer arg)
{
	const struct adder *a;

	a = arg;
	rows_fill(a->rs, a->from, a->from + ADDED);
	return (NULL);
}

static void
test_threads(void)
{
	struct adder adders[ADDERS];
	GThread *threads[ADDERS];
	struct rows *rs;
	unsigned i;

	rows_clear();
	rs = rows_of(0, 1, "l");
	for (i = 0; i < ADDERS; i++) {
		adders[i] = (struct adder){ rs, i * ADDED };
		threads[i] = g_thread_new("adder", adder_main, &adders[i]);
	}
	for (i = 0; i < ADDERS; i++)
		g_thread_join(threads[i]);
	g_assert_cmpuint(rows_count(rs, ADDERS * ADDED), ==, ADDERS * ADDED);
	rows_free(rs);
	rs = rows_of(0, 1, "l");
	g_assert_cmpuint(rows_count(rs, ADDERS * ADDED), ==, ADDERS * ADDED);
	rows_free(rs);
}

int
main(int argc, char **argv)
{
	int code;

	g_test_init(&argc, &argv, NULL);
	rows_dir = g_dir_make_tmp("sweep-rows-XXXXXX", NULL);
	g_assert_nonnull(rows_dir);
	g_test_add_func("/sweep_rows/many", test_many);
	g_test_add_func("/sweep_rows/none", test_none);
	g_test_add_func("/sweep_rows/files", test_files);
	g_test_add_func("/sweep_rows/torn", test_torn);
	g_test_add_func("/sweep_rows/damage", test_damage);
	g_test_add_func("/sweep_rows/again", test_again);
	g_test_add_func("/sweep_rows/long", test_long);
	g_test_add_func("/sweep_rows/others", test_others);
	g_test_add_func("/sweep_rows/threads", test_threads);
	code = g_test_run();
	rows_clear();
	g_remove(rows_dir);
	g_free(rows_dir);
	return (code);
}
