/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Damaged inputs: whatever happens to a scenario, a recording or a capture, it
 * is either refused with a message of whole lines, or accepted; and what is
 * accepted has an effective form that is accepted again, with the same digest,
 * or becomes a recording that is read.
 *
 * The random numbers are GTest's: --seed repeats a failure.  Set FUZZ_ROUNDS
 * for a longer run.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "study/capture/format.h"
#include "study/capture/locals.h"
#include "study/capture/settle.h"
#include "study/capture/write.h"
#include "study/scenario/effective.h"
#include "study/scenario/load.h"
#include "study/scenario/replay.h"
#include "study/scenario/scenario.h"
#include "study/text/expr.h"

static char *dir;

static unsigned
rounds(unsigned usual)
{
	const char *text;

	text = g_getenv("FUZZ_ROUNDS");
	return (text != NULL ? (unsigned)atoi(text) : usual);
}

static unsigned
any(unsigned n)
{

	return ((unsigned)g_test_rand_int_range(0, (gint)n));
}

/* One change: a byte, a cut, a doubled or moved piece, a word of trouble. */
static void
damage(GString *text)
{
	static const char *const words[] = { "0", "-1", "nan", "1e400",
	    "99999999999999999999", "\xff", "\xef\xbb\xbf", "\n", "\r", " # ",
	    "[", "]", "=", ";", "*", "*70k", "(", ")", ",", "\"", ".", "..",
	    "0s", "1ps", "%s%n", "include = run.ini\n", "[expect]\n",
	    "[variant:v]\n", "18446744073709551615", "0.000000001ns" };
	g_autofree char *piece = NULL;
	gsize at, len;

	if (text->len == 0)
		return;
	at = any((unsigned)text->len);
	len = 1 + any(40);
	len = MIN(len, text->len - at);
	switch (any(6)) {
	case 0:
		text->str[at] = (char)any(256);
		break;
	case 1:
		g_string_erase(text, (gssize)at, (gssize)len);
		break;
	case 2:
		piece = g_strndup(text->str + at, len);
		g_string_insert(text, (gssize)any((unsigned)text->len), piece);
		break;
	case 3:
		g_string_truncate(text, at);
		break;
	default:
		g_string_insert(text, (gssize)at,
		    words[any(G_N_ELEMENTS(words))]);
		break;
	}
}

static GString *
damaged(const char *path)
{
	g_autofree char *bytes = NULL;
	GString *text;
	unsigned n;
	gsize len;

	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	text = g_string_new_len(bytes, (gssize)len);
	for (n = 1 + any(4); n > 0; n--)
		damage(text);
	return (text);
}

/* Thousands of times, so without waiting for the disk. */
static void
write_file(const char *path, const char *text, gssize len)
{
	FILE *f;

	f = fopen(path, "w");
	g_assert_nonnull(f);
	fwrite(text, 1, len < 0 ? strlen(text) : (size_t)len, f);
	g_assert_cmpint(fclose(f), ==, 0);
}

static void
check_message(const GError *error)
{

	g_assert_nonnull(error);
	g_assert_cmpuint(strlen(error->message), >, 0);
	g_assert_false(g_str_has_prefix(error->message, "\n"));
	g_assert_false(g_str_has_suffix(error->message, "\n"));
}

static void
check_again(const struct scenario *sc)
{
	g_autofree char *path = g_build_filename(dir, "run.ini", NULL);
	g_autofree char *text = scenario_effective(sc);
	g_autofree char *second = NULL;
	g_autoptr(GError) error = NULL;
	struct scenario *again;

	write_file(path, text, -1);
	again = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	second = scenario_effective(again);
	g_assert_cmpstr(text, ==, second);
	g_assert_cmpstr(sc->digest, ==, again->digest);
	scenario_free(again);
}

static void
test_scenarios(void)
{
	g_autofree char *path = g_build_filename(dir, "s.ini", NULL);
	static const char *const seeds[] = { "tests/study/data/seed.ini",
	    "scenarios/claim-7-unfreeze.ini",
	    "scenarios/claim-5-utilities-starve.ini",
	    "tests/study/scenario/data/sysctl-mixed.ini" };
	unsigned good, i;

	for (i = good = 0; i < rounds(500); i++) {
		g_autoptr(GError) error = NULL;
		struct scenario *sc;
		GString *text;

		text = damaged(seeds[i % G_N_ELEMENTS(seeds)]);
		write_file(path, text->str, (gssize)text->len);
		g_string_free(text, TRUE);
		sc = scenario_load(path, NULL, 0, NULL, &error);
		if (sc == NULL) {
			check_message(error);
			continue;
		}
		good++;
		check_again(sc);
		scenario_free(sc);
	}
	/*
	 * Comments and titles may change: some must still be good.  7 % are,
	 * 1.1 % more or less from seed to seed.
	 */
	g_test_message("%u of %u accepted", good, i);
	g_assert_cmpuint(good, >, i / 50);
	g_assert_cmpuint(good, <, i);
}

static void
test_recordings(void)
{
	g_autofree char *path = g_build_filename(dir, "r.csv", NULL);
	static const char *const seeds[] = {
		"tests/study/data/bad/05_quoted_plain.csv",
		"tests/study/data/bad/17_comments_blank.csv",
		"tests/study/data/bad/47_minus_epoch_base.csv"
	};
	unsigned i;

	for (i = 0; i < rounds(2000); i++) {
		g_autoptr(GError) error = NULL;
		struct replay *rp;
		GString *text;
		size_t k;

		text = damaged(seeds[i % G_N_ELEMENTS(seeds)]);
		write_file(path, text->str, (gssize)text->len);
		g_string_free(text, TRUE);
		rp = replay_load(path, i % 2 == 0, &error);
		if (rp == NULL) {
			check_message(error);
			continue;
		}
		for (k = 0; k < rp->out.rec.n; k++) {
			g_assert_cmpint(rp->out.conns[k].time, >=, k == 0 ? 0 :
			    rp->out.conns[k - 1].time);
			g_assert_cmpint(rp->out.conns[k].duration, >=, 0);
			g_assert_cmpuint(rp->out.conns[k].fport, >, 0);
		}
		replay_free(rp);
	}
}

/* As import does; true if it became a recording, which is then in r.csv. */
static bool
import(const char *path, const struct capture_format *format, bool skip)
{
	g_autofree char *csv = g_build_filename(dir, "r.csv", NULL);
	g_autoptr(GError) error = NULL;
	struct capture c;
	bool ok;
	FILE *f;

	capture_init(&c);
	g_assert_true(locals_parse("192.0.2.0/24", c.locals, NULL));
	format = capture_read(&c, format, path, &error);
	ok = format != NULL && capture_settle(&c, skip, &error);
	if (ok) {
		f = fopen(csv, "w");
		g_assert_nonnull(f);
		capture_write(&c, format->name, f);
		fclose(f);
	} else
		check_message(error);
	capture_fini(&c);
	return (ok);
}

static void
check_recording(void)
{
	g_autofree char *csv = g_build_filename(dir, "r.csv", NULL);
	g_autoptr(GError) error = NULL;
	struct replay *rp;

	rp = replay_load(csv, false, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rp->out.rec.n + rp->in.rec.n, >, 0);
	replay_free(rp);
}

static int
name_compare(const void *a, const void *b)
{

	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

static void
test_captures(void)
{
	g_autofree char *path = g_build_filename(dir, "capture", NULL);
	g_autoptr(GPtrArray) seeds = g_ptr_array_new_with_free_func(g_free);
	const struct capture_format *const *f;
	const char *name;
	unsigned good, i;
	GString *text;
	GDir *data;

	data = g_dir_open("tests/study/capture/data", 0, NULL);
	g_assert_nonnull(data);
	while ((name = g_dir_read_name(data)) != NULL)
		if (strcmp(name, "want") != 0 && strcmp(name, "INDEX") != 0)
			g_ptr_array_add(seeds, g_build_filename(
			    "tests/study/capture/data", name, NULL));
	g_dir_close(data);
	/* The order of names decides what --seed repeats. */
	g_ptr_array_sort(seeds, name_compare);
	g_assert_cmpuint(seeds->len, >, 50);
	for (i = good = 0; i < rounds(3000); i++) {
		text = damaged(seeds->pdata[i % seeds->len]);
		write_file(path, text->str, (gssize)text->len);
		g_string_free(text, TRUE);
		/* Now and then as something else than what it is. */
		f = capture_formats;
		f += any(4) == 0 ? any(14) : 0;
		if (f == capture_formats ? import(path, NULL, any(2) == 0) :
		    (*f)->line != NULL && import(path, *f, any(2) == 0)) {
			good++;
			check_recording();
		}
	}
	g_test_message("%u of %u accepted", good, i);
	g_assert_cmpuint(good, >, i / 20);
	g_assert_cmpuint(good, <, i);
	g_unlink(path);
}

static bool
one(const char *variant, const char *metric, double *value, void *arg,
    GError **error)
{

	(void)variant;
	(void)metric;
	(void)arg;
	(void)error;
	*value = 1;
	return (true);
}

static void
test_expressions(void)
{
	static const char letters[] = "a.b-1029 +*/()<>=!&|.. ";
	unsigned good, i, k;

	for (i = good = 0; i < rounds(50000); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *told = NULL;
		struct expr *e;
		char text[24];
		double value;

		for (k = 0; k < 1 + i % 20; k++)
			text[k] = letters[any(sizeof(letters) - 1)];
		text[k] = '\0';
		e = expr_parse(text, &error);
		if (e == NULL) {
			check_message(error);
			continue;
		}
		good++;
		g_assert_true(expr_eval(e, one, NULL, &value, &error));
		told = expr_explain(e, one, NULL);
		g_assert_cmpuint(strlen(told), >=, strlen(text));
		expr_free(e);
	}
	g_assert_cmpuint(good, >, 0);
}

int
main(int argc, char **argv)
{
	static const char *const files[] = { "s.ini", "run.ini", "r.csv" };
	unsigned i;
	int rc;

	g_test_init(&argc, &argv, NULL);
	dir = g_dir_make_tmp("fuzz-XXXXXX", NULL);
	g_test_add_func("/fuzz/scenarios", test_scenarios);
	g_test_add_func("/fuzz/recordings", test_recordings);
	g_test_add_func("/fuzz/captures", test_captures);
	g_test_add_func("/fuzz/expressions", test_expressions);
	rc = g_test_run();
	for (i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(dir, files[i], NULL);

		g_unlink(path);
	}
	g_rmdir(dir);
	g_free(dir);
	return (rc);
}
