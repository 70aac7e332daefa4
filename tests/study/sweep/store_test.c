/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The runs of a sweep, kept: what stands in the way is told with its name and
 * stays, and what nobody finished is cleared away.
 */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "study/run/version.h"
#include "study/sweep/file.h"
#include "study/sweep/store.h"
#include "study/sweep/sweep.h"
#include "study/text/problem.h"

#define	ID	"0123456789abcdef"	/* of a run that is in no sweep */

static char *root, *dir;	/* for all; of the store */
static struct sweep *sw;

static void
put(const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static bool
is_there(const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	return (g_file_test(path, G_FILE_TEST_EXISTS));
}

static void
setup(void)
{
	static unsigned n;
	g_autofree char *name = g_strdup_printf("out%u", n++);

	g_free(dir);
	dir = g_build_filename(root, name, NULL);
}

static struct sweep_store *
store(enum sweep_store_mode mode, bool force, GError **error)
{

	return (sweep_store_new(dir, sw, mode, force, 0, 1, error));
}

static struct sweep_store *
good(void)
{
	g_autoptr(GError) error = NULL;
	struct sweep_store *st;

	st = store(SWEEP_STORE_WRITE, false, &error);
	g_assert_no_error(error);
	return (st);
}

/* It is not to be had: whose fault it is, and some of what is said. */
static void
refused(enum sweep_store_mode mode, bool force, bool users, const char *told)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(store(mode, force, &error));
	g_assert_nonnull(error);
	g_test_message("%s", error->message);
	g_assert_true((error->domain == PROBLEM_DOMAIN) == users);
	g_assert_nonnull(strstr(error->message, told));
	g_assert_nonnull(strstr(error->message, dir));
}

static void
test_round(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *none = NULL, *row = NULL;
	struct sweep_store *st;

	setup();
	refused(SWEEP_STORE_READ, false, true, ": no sweep has been run there");
	g_assert_false(g_file_test(dir, G_FILE_TEST_EXISTS));
	st = good();
	g_assert_false(sweep_store_has(st, ID));
	g_assert_true(sweep_store_read(st, ID, &none, &error));
	g_assert_null(none);
	g_assert_true(sweep_store_write(st, ID, "a,1,2", &error));
	g_assert_true(sweep_store_has(st, ID));
	g_assert_true(sweep_store_read(st, ID, &row, &error));
	g_assert_cmpstr(row, ==, "a,1,2");
	sweep_store_free(st);
	sweep_store_free(NULL);
	/* There is nothing to resume from a result. */
	g_assert_false(sweep_store_no_result(dir, &error));
	g_assert_true(error->domain == PROBLEM_DOMAIN);
	g_assert_nonnull(strstr(error->message, "holds the runs of a sweep"));
}

static void
test_nobody_elses(void)
{

	setup();
	g_assert_true(sweep_store_no_result(dir, NULL));
	g_assert_true(g_file_set_contents(dir, "mine", -1, NULL));
	refused(SWEEP_STORE_WRITE, false, false, "cannot read ");
	setup();
	g_assert_cmpint(g_mkdir(dir, 0777), ==, 0);
	put("letter", "mine\n");
	refused(SWEEP_STORE_WRITE, false, false,
	    ": is not empty and no directory of a sweep (letter)");
	refused(SWEEP_STORE_WRITE, true, false, "(letter)");
	g_assert_true(is_there("letter"));
	g_assert_false(is_there("manifest"));
	/* What is made is made in a directory. */
	setup();
	g_assert_cmpint(g_mkdir(dir, 0777), ==, 0);
	put("rows", "");
	refused(SWEEP_STORE_WRITE, false, false, "cannot make ");
	g_assert_true(is_there("rows"));
	setup();
	g_assert_cmpint(g_mkdir(dir, 0777), ==, 0);
	put("tmp", "");
	refused(SWEEP_STORE_WRITE, false, false, "cannot make ");
}

static void
test_manifests(void)
{
	static const char magic[] = "# a sweep of pcbsim\n";
	g_autofree char *another = NULL, *changed = NULL;
	g_autofree char *older = NULL, *unsaid = NULL;
	g_autoptr(GError) error = NULL;
	struct sweep_store *st;

	setup();
	sweep_store_free(good());
	older = g_strdup_printf("%sformat: 1\nbuild: b\nscenario: s\n"
	    "digest: d\n", magic);
	unsaid = g_strdup_printf("%sbuild: b\ndigest: d\n", magic);
	changed = g_strdup_printf("%sformat: 2\nbuild: %s\nscenario: s\n"
	    "digest: 0123456789abcdef\n", magic, version_text());
	another = g_strdup_printf("%sformat: 2\nbuild: another one\n"
	    "scenario: s\ndigest: %s\n", magic, sw->base->digest);
	put("manifest", "# mine\n");
	refused(SWEEP_STORE_WRITE, false, true, "is none of a sweep");
	refused(SWEEP_STORE_WRITE, true, true, "is none of a sweep");
	put("manifest", magic);
	refused(SWEEP_STORE_WRITE, true, true, "is none of a sweep");
	put("manifest", older);
	refused(SWEEP_STORE_READ, true, true, "is laid out in format 1; this");
	put("manifest", unsaid);
	refused(SWEEP_STORE_READ, true, true, "is laid out in format 1; this");
	put("manifest", changed);
	refused(SWEEP_STORE_WRITE, false, true,
	    "(sha256 0123456789ab..., now ");
	put("manifest", another);
	refused(SWEEP_STORE_WRITE, false, true,
	    "holds runs of another build, another one; this is ");
	/* By force, what it names is read; what is written is ours. */
	st = store(SWEEP_STORE_READ, true, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(st->build, ==, "another one");
	sweep_store_free(st);
	st = store(SWEEP_STORE_WRITE, true, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(st->build, ==, version_text());
	sweep_store_free(st);
	sweep_store_free(good());
}

static void
test_parts(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *at = NULL, *part = NULL, *row = NULL, *rows = NULL;
	g_autofree char *whole = NULL;
	struct sweep_store *st;
	gsize len;

	setup();
	st = good();
	g_assert_false(sweep_store_has(st, ID));
	/* A file of format 2. */
	whole = g_strdup_printf("# pcbsim %s\n# run: " ID "\n%s\na,1,2\n",
	    st->build, st->columns);
	len = strlen(whole);
	sweep_store_free(st);
	at = g_build_filename(dir, "parts", "01", NULL);
	g_assert_cmpint(g_mkdir_with_parents(at, 0777), ==, 0);
	part = g_build_filename(at, ID ".csv", NULL);
	g_assert_true(g_file_set_contents(part, whole, -1, NULL));
	st = good();
	g_assert_true(sweep_store_has(st, ID));
	g_assert_true(sweep_store_read(st, ID, &row, &error));
	g_assert_cmpstr(row, ==, "a,1,2");
	g_clear_pointer(&row, g_free);
	/* Cut short, longer, of another run, of none. */
	g_assert_true(g_file_set_contents(part, whole, (gssize)len - 1, NULL));
	g_assert_false(sweep_store_read(st, ID, &row, &error));
	g_assert_nonnull(strstr(error->message, ID ".csv: is damaged, or of "
	    "another build; remove it and run again"));
	g_clear_error(&error);
	g_assert_true(g_file_set_contents(part, "# nothing\n", -1, NULL));
	g_assert_false(sweep_store_read(st, ID, &row, &error));
	g_clear_error(&error);
	g_assert_cmpint(g_unlink(part), ==, 0);
	g_assert_cmpint(g_mkdir(part, 0777), ==, 0);
	g_assert_false(sweep_store_read(st, ID, &row, &error));
	g_assert_nonnull(strstr(error->message, "cannot read "));
	g_clear_error(&error);
	sweep_store_free(st);
	/* Nothing is left of what cannot be put there. */
	st = good();
	rows = g_build_filename(dir, "rows", NULL);
	g_assert_cmpint(g_rmdir(rows), ==, 0);
	g_assert_false(sweep_store_write(st, ID, "a,1,2", &error));
	g_assert_nonnull(strstr(error->message, "cannot make "));
	g_clear_error(&error);
	g_assert_null(row);
	g_assert_false(is_there("rows"));
	sweep_store_free(st);
}

/* Of an hour ago, and named as ours are: nothing else. */
static void
test_stale(void)
{
	static const struct {
		const char	*name;
		bool		goes;
	} files[] = {
		{ "tmp/" ID ".csv.host.123.AbCdEf", true },
		{ "tmp/" ID ".csv.host.123", true },
		{ "tmp/manifest.host.123.AbCdEf", true },
		{ "tmp/manifest.host.x.AbCdEf", false },
		{ "tmp/manifest.host", false },
		{ "tmp/" ID "0.csv.host.123", false },
		{ "tmp/0123456789abcdeg.csv.host.123", false },
		{ "tmp/" ID ".csv", false },
		{ "tmp/mine.csv.host.123", false },
		{ "tmp/mine", false }
	};
	struct timespec old[2] = { { 0, UTIME_OMIT }, { 0, 0 } };
	unsigned i;

	setup();
	sweep_store_free(good());
	old[1].tv_sec = time(NULL) - 7200;
	for (i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(dir, files[i].name,
		    NULL);

		put(files[i].name, "");
		g_assert_cmpint(utimensat(AT_FDCWD, path, old, 0), ==, 0);
	}
	put("tmp/" ID ".csv.host.9.AbCdEf", "");	/* at it just now */
	sweep_store_free(good());
	for (i = 0; i < G_N_ELEMENTS(files); i++)
		if (is_there(files[i].name) == files[i].goes)
			g_error("%s: %s", files[i].name, files[i].goes ?
			    "is still there" : "is gone");
	g_assert_true(is_there("tmp/" ID ".csv.host.9.AbCdEf"));
}

static void
remove_all(const char *path)
{
	const char *name;
	GDir *d;

	d = g_dir_open(path, 0, NULL);
	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		remove_all(child);
	}
	if (d != NULL)
		g_dir_close(d);
	g_remove(path);
}

int
main(int argc, char **argv)
{
	g_autofree char *path = NULL, *text = NULL, *here = NULL;
	g_autoptr(GError) error = NULL;
	int rc;

	g_test_init(&argc, &argv, NULL);
	root = g_dir_make_tmp("store-XXXXXX", NULL);
	here = g_get_current_dir();
	path = g_build_filename(root, "s.sweep", NULL);
	text = g_strdup_printf("[sweep]\nscenario = %s/tests/study/data/"
	    "seed.ini\nhost.cpus = 1;2\n", here);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	sw = sweep_load(path, &error);
	g_assert_no_error(error);
	g_test_add_func("/store/round", test_round);
	g_test_add_func("/store/nobody_elses", test_nobody_elses);
	g_test_add_func("/store/manifests", test_manifests);
	g_test_add_func("/store/parts", test_parts);
	g_test_add_func("/store/stale", test_stale);
	rc = g_test_run();
	sweep_free(sw);
	remove_all(root);
	g_free(dir);
	g_free(root);
	return (rc);
}
