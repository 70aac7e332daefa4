/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a user wrote, compressed or not, is read whole or not at all: a file cut
 * off anywhere, or with any byte changed, is never taken for a whole one.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <zlib.h>

#include "study/script/script.h"
#include "study/text/csvin.h"
#include "study/text/csvtable.h"
#include "study/text/input.h"
#include "study/text/keyfile.h"
#include "study/text/lines.h"
#include "tests/tools/peak.h"
#include "tests/tools/sanitized.h"

#define	GZIP_HEADER	10	/* bytes; time, flags, system: no text */

struct rig {
	char		*dir;
	char		*path;
};

static void
set_up(struct rig *r, const void *name)
{

	r->dir = g_dir_make_tmp("input-XXXXXX", NULL);
	r->path = g_build_filename(r->dir, name, NULL);
}

static void
tear_down(struct rig *r, const void *name)
{

	(void)name;
	g_unlink(r->path);
	g_rmdir(r->dir);
	g_free(r->path);
	g_free(r->dir);
}

static void
put(const struct rig *r, const GString *bytes)
{

	g_assert_true(g_file_set_contents(r->path, bytes->str,
	    (gssize)bytes->len, NULL));
}

/* Append a member. */
static void
deflate_to(GString *out, const char *text, size_t len)
{
	z_stream z = { .next_in = (unsigned char *)(guintptr)text,
	    .avail_in = (unsigned)len };
	unsigned char buf[65536];

	g_assert_cmpint(deflateInit2(&z, 9, Z_DEFLATED, MAX_WBITS + 16, 8,
	    Z_DEFAULT_STRATEGY), ==, Z_OK);
	do {
		z.next_out = buf;
		z.avail_out = sizeof(buf);
		(void)deflate(&z, Z_FINISH);
		g_string_append_len(out, (const char *)buf,
		    (gssize)(sizeof(buf) - z.avail_out));
	} while (z.avail_out == 0);
	deflateEnd(&z);
}

/* All of a file; NULL with an error. */
static GString *
all_of(const char *path, GError **error)
{
	struct input *in;
	GString *text;
	size_t got;
	char buf[777];
	bool ok;

	in = input_open(path, error);
	if (in == NULL)
		return (NULL);
	text = g_string_new(NULL);
	while ((ok = input_read(in, buf, sizeof(buf), &got, error)) && got > 0)
		g_string_append_len(text, buf, (gssize)got);
	input_close(in);
	if (ok)
		return (text);
	g_string_free(text, TRUE);
	return (NULL);
}

static void
is_text(const struct rig *r, const GString *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) got = all_of(r->path, &error);

	g_assert_no_error(error);
	g_assert_true(g_string_equal(got, text));
}

static void
is_refused(const struct rig *r, const char *pattern)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(all_of(r->path, &error));
	g_assert_nonnull(error);
	if (!g_pattern_match_simple(pattern, error->message))
		g_error("%s", error->message);
}

/* Text that compresses to less and to more than a buffer. */
static GString *
long_text(void)
{
	GString *text;
	GRand *rand;
	unsigned i;

	rand = g_rand_new_with_seed(1);
	text = g_string_new(NULL);
	for (i = 0; i < 60000; i++)
		g_string_append_printf(text, "%u,%u\n", i, i % 3 == 0 ?
		    g_rand_int(rand) : 7);
	g_rand_free(rand);
	return (text);
}

static void
test_members(struct rig *r, const void *name)
{
	g_autoptr(GString) text = long_text(), bytes = g_string_new(NULL);

	(void)name;
	put(r, text);
	is_text(r, text);
	deflate_to(bytes, text->str, 100);
	deflate_to(bytes, "", 0);
	deflate_to(bytes, text->str + 100, text->len - 100);
	g_assert_cmpuint(bytes->len, >, 2 * 65536);
	put(r, bytes);
	is_text(r, text);
	/* As on a tape. */
	g_string_append_len(bytes, "\0\0\0", 3);
	put(r, bytes);
	is_text(r, text);
	g_string_append(bytes, "1,2\n");
	put(r, bytes);
	is_refused(r, "something that is not compressed follows*");
}

static void
test_behind(struct rig *r, const void *name)
{
	g_autoptr(GString) text = g_string_new("time_s\n");
	g_autoptr(GString) bytes = g_string_new(NULL);
	char *where;

	(void)name;
	deflate_to(bytes, text->str, text->len);
	where = g_strdup_printf("something*: byte %zu of the compressed file, "
	    "after byte 7 of its text", bytes->len);
	g_string_append(bytes, "1\n");
	put(r, bytes);
	is_refused(r, where);
	/* The first byte of a next one. */
	g_string_truncate(bytes, bytes->len - 2);
	g_string_append_c(bytes, '\x1f');
	put(r, bytes);
	is_refused(r, where);
	g_free(where);
}

static void
test_cut(struct rig *r, const void *name)
{
	g_autoptr(GString) text = g_string_new("time_s,laddr\n1,2\n1,2\n3,4\n");
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autoptr(GString) other = g_string_new(NULL);
	size_t len;

	(void)name;
	deflate_to(bytes, text->str, text->len);
	for (len = 2; len < bytes->len; len++) {
		g_autofree char *where = g_strdup_printf("cut off: byte %zu of "
		    "the compressed file, after byte * of its text", len);

		g_string_truncate(other, 0);
		g_string_append_len(other, bytes->str, (gssize)len);
		put(r, other);
		is_refused(r, where);
	}
	g_string_truncate(other, 0);
	put(r, other);
	is_refused(r, "*/cut.csv.gz: is no gzip file, though its name says "
	    "so: it is empty");
	g_string_assign(other, "time_s\n1\n");
	put(r, other);
	is_refused(r, "*/cut.csv.gz: is no gzip file, though its name says "
	    "so: it does not begin like one");
}

/* Cut where much text is still to come out of the bytes that are there. */
static void
test_cut_of_zeros(struct rig *r, const void *name)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	struct input *in;
	char buf[1000];
	size_t got, sum;

	(void)name;
	g_string_set_size(text, 10000000);
	memset(text->str, '0', text->len);
	deflate_to(bytes, text->str, text->len);
	g_string_truncate(bytes, bytes->len - 8);
	put(r, bytes);
	in = input_open(r->path, &error);
	g_assert_no_error(error);
	for (sum = 0; input_read(in, buf, sizeof(buf), &got, &error); sum +=
	    got)
		g_assert_cmpuint(got, >, 0);
	input_close(in);
	g_assert_cmpuint(sum, ==, text->len);
	g_assert_true(g_str_has_prefix(error->message, "cut off: "));
	g_assert_true(g_str_has_suffix(error->message, "byte 10000000 of its "
	    "text"));
}

/* But for bits that stand for nothing: up to 7 that fill up the last byte. */
static void
test_changed(struct rig *r, const void *name)
{
	g_autoptr(GString) text = g_string_new("time_s,laddr\n1,2\n1,2\n3,4\n");
	g_autoptr(GString) bytes = g_string_new(NULL);
	unsigned bit, same;
	GString *got;
	size_t i;

	(void)name;
	deflate_to(bytes, text->str, text->len);
	same = 0;
	for (i = GZIP_HEADER; i < bytes->len; i++)
		for (bit = 0; bit < 8; bit++) {
			bytes->str[i] ^= (char)(1 << bit);
			put(r, bytes);
			got = all_of(r->path, NULL);
			if (got != NULL) {
				g_assert_true(g_string_equal(got, text));
				g_string_free(got, TRUE);
				same++;
			}
			bytes->str[i] ^= (char)(1 << bit);
		}
	g_assert_cmpuint(same, <, 8);
	bytes->str[bytes->len - 8] ^= 1;
	put(r, bytes);
	is_refused(r, "damaged, its checksum is wrong: *");
	bytes->str[bytes->len - 8] ^= 1;
	bytes->str[bytes->len - 1] ^= 1;
	put(r, bytes);
	is_refused(r, "damaged, its length is wrong: *");
}

/* ---- lines ------------------------------------------------------------- */

/* Which line of damaged data it is. */
static void
test_line_told(struct rig *r, const void *name)
{
	g_autoptr(GString) text = long_text(), bytes = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *where = NULL;
	struct lines *in;
	uint64_t n;
	char *line;

	(void)name;
	deflate_to(bytes, text->str, text->len);
	bytes->str[bytes->len - 5] ^= 1;
	put(r, bytes);
	in = lines_open(r->path, &error);
	for (n = 0; lines_next(in, &line, &error) && line != NULL; n++)
		continue;
	lines_close(in);
	g_assert_cmpuint(n, ==, 60000);
	where = g_strdup_printf("%s:60001: damaged, its checksum", r->path);
	g_assert_nonnull(error);
	g_assert_true(g_str_has_prefix(error->message, where));
}

static bool
read_lines(const char *path, GError **error)
{
	struct lines *in;
	char *line;
	bool ok;

	in = lines_open(path, error);
	if (in == NULL)
		return (false);
	while ((ok = lines_next(in, &line, error)) && line != NULL)
		continue;
	lines_close(in);
	return (ok);
}

static bool
read_csvin(const char *path, GError **error)
{
	struct csvin_column column = { "a", false, -1 };
	enum csvin_status status;
	struct csvin *in;

	in = csvin_new(path, &column, 1, error);
	if (in == NULL)
		return (false);
	do
		status = csvin_next(in, error);
	while (status == CSVIN_ROW);
	csvin_free(in);
	return (status == CSVIN_END);
}

static bool
read_csvtable(const char *path, GError **error)
{
	struct csvtable *t;

	t = csvtable_read(path, error);
	csvtable_free(t);
	return (t != NULL);
}

static bool
read_keyfile(const char *path, GError **error)
{
	struct problems problems;
	bool ok;

	problems_init(&problems);
	keyfile_free(keyfile_new(path, NULL, NULL, &problems));
	ok = problems_none(&problems, error);
	problems_fini(&problems);
	return (ok);
}

static bool
read_script(const char *path, GError **error)
{
	enum script_end end;
	struct lines *in;
	FILE *null;

	in = lines_open(path, error);
	if (in == NULL)
		return (false);
	null = fopen("/dev/null", "w");
	end = script_run(NULL, NET_SEARCH_INDEX, in, null, error);
	fclose(null);
	lines_close(in);
	return (end == SCRIPT_DONE);
}

static const struct {
	const char	*name;
	bool		(*read)(const char *, GError **);
	bool		longer;		/* its lines may be: see its test */
} readers[] = {
	{ "lines", read_lines, false },
	{ "csvin", read_csvin, false },
	{ "csvtable", read_csvtable, true },
	{ "keyfile", read_keyfile, false },
	{ "script", read_script, false }
};

/* The second line, a comment, is one byte too long; or a byte less. */
static void
test_limit(struct rig *r, const void *name)
{
	g_autoptr(GString) text = g_string_new("#\n#");
	unsigned i;

	(void)name;
	g_string_set_size(text, 2 + LINES_MAX);
	memset(text->str + 3, 'x', text->len - 3);
	g_string_append(text, "\n");
	put(r, text);
	for (i = 0; i < G_N_ELEMENTS(readers); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *told = g_strdup_printf("%s:2: a line of more "
		    "than 64 KiB", r->path);

		if (readers[i].longer)
			continue;
		g_test_message("%s", readers[i].name);
		g_assert_false(readers[i].read(r->path, &error));
		g_assert_cmpstr(error->message, ==, told);
	}
	g_string_assign(text, "# \n#");
	g_string_set_size(text, 3 + LINES_MAX - 1);
	memset(text->str + 4, 'x', text->len - 4);
	g_string_append(text, "\n");
	put(r, text);
	for (i = 0; i < G_N_ELEMENTS(readers); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("%s", readers[i].name);
		if (!readers[i].read(r->path, &error))
			g_assert_null(strstr(error->message, "64 KiB"));
	}
}

/* A line of 200 MB in 200 KB, and a file that never ends. */
static void
test_bomb(struct rig *r, const void *name)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) bytes = g_string_new(NULL);
	unsigned i;
	long before;

	(void)name;
	g_string_set_size(text, 2000000);
	memset(text->str, 'x', text->len);
	for (i = 0; i < 100; i++)
		deflate_to(bytes, text->str, text->len);
	put(r, bytes);
	before = peak_kib();
	for (i = 0; i < G_N_ELEMENTS(readers); i++) {
		g_autoptr(GError) error = NULL, endless = NULL;

		g_assert_false(readers[i].read(r->path, &error));
		g_assert_nonnull(strstr(error->message, readers[i].longer ?
		    ":1: a line of more than 4 MiB" :
		    ":1: a line of more than 64 KiB"));
		g_assert_false(readers[i].read("/dev/zero", &endless));
		g_assert_nonnull(strstr(endless->message, readers[i].longer ?
		    "cannot read /dev/zero" :
		    ":1: a line of more than 64 KiB"));
	}
	if (!SANITIZED)
		g_assert_cmpint(peak_kib() - before, <, 16384);
}

#define	ADD(path, name, fn)	g_test_add("/input/" path, struct rig,	\
	    name, set_up, fn, tear_down)

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	ADD("members_are_one_text", "some.csv", test_members);
	ADD("what_follows_is_not_lost", "some.csv.gz", test_behind);
	ADD("cut_anywhere_is_told", "cut.csv.gz", test_cut);
	ADD("cut_after_all_that_was_there", "zeros.gz", test_cut_of_zeros);
	ADD("any_changed_bit_is_told", "changed.csv.gz", test_changed);
	ADD("line_is_told", "long.csv.gz", test_line_told);
	ADD("line_has_a_limit_in_every_reader", "long", test_limit);
	ADD("bomb_takes_no_memory", "bomb.gz", test_bomb);
	return (g_test_run());
}
