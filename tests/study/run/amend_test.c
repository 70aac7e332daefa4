/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Files that come into a directory where others stand.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "study/run/amend.h"
#include "study/run/manifest.h"
#include "study/run/output.h"
#include "study/run/provenance.h"

static char *root, *dir;

static void
setup(void)
{
	g_autoptr(GError) error = NULL;
	struct output *o;

	root = g_dir_make_tmp("amend-XXXXXX", NULL);
	dir = g_build_filename(root, "result", NULL);
	o = output_new(dir, &error);
	g_assert_true(output_text(o, "summary.csv", PROVENANCE_MAGIC "0\nv\n",
	    &error));
	g_assert_true(output_text(o, "plots/a.gp", "one", &error));
	g_assert_true(output_commit(o, &error));
	g_assert_no_error(error);
	output_free(o);
}

static void
remove_tree(const char *path)
{
	const char *name;
	GDir *d;

	d = g_dir_open(path, 0, NULL);
	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		remove_tree(child);
	}
	if (d != NULL)
		g_dir_close(d);
	g_assert_cmpint(g_remove(path), ==, 0);
}

static void
teardown(void)
{

	remove_tree(root);
	g_free(root);
	g_free(dir);
}

static void
check_text(const char *name, const char *want)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *text = NULL;

	(void)g_file_get_contents(path, &text, NULL, NULL);
	g_assert_cmpstr(text, ==, want);
}

/* Is all that is there ours, so that a run may replace it? */
static char *
stranger(void)
{
	g_autoptr(GError) error = NULL;
	struct manifest *m;
	char *text;

	m = manifest_read(dir, &error);
	g_assert_no_error(error);
	text = manifest_stranger(m, NULL);
	manifest_free(m);
	return (text);
}

static void
files_come_in_and_are_listed(void)
{
	g_autoptr(GError) error = NULL;
	struct amend *a;

	setup();
	a = amend_new(dir, &error);
	g_assert_no_error(error);
	g_assert_true(amend_text(a, "plots/a.gp", "two", &error));
	g_assert_true(amend_text(a, "samples/x/b.txt", "three", &error));
	/* Nothing has changed until all are there. */
	check_text("plots/a.gp", "one");
	g_assert_true(amend_commit(a, &error));
	g_assert_no_error(error);
	amend_free(a);
	check_text("plots/a.gp", "two");
	check_text("samples/x/b.txt", "three");
	g_assert_null(stranger());
	teardown();
}

static void
another_s_file_is_not_replaced(void)
{
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	struct amend *a;

	setup();
	path = g_build_filename(dir, "plots", "b.gp", NULL);
	g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
	a = amend_new(dir, &error);
	g_assert_false(amend_text(a, "plots/b.gp", "ours", &error));
	g_assert_nonnull(strstr(error->message, "plots/b.gp"));
	g_clear_error(&error);
	/* One of ours that somebody edited is theirs. */
	g_free(path);
	path = g_build_filename(dir, "plots", "a.gp", NULL);
	g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
	g_assert_false(amend_expect(a, "plots/a.gp", &error));
	g_assert_nonnull(strstr(error->message, "changed"));
	amend_free(a);
	check_text("plots/a.gp", "mine");
	check_text("plots/b.gp", "mine");
	teardown();
}

static void
what_comes_meanwhile_stays(void)
{
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	struct amend *a;

	setup();
	a = amend_new(dir, &error);
	g_assert_true(amend_text(a, "plots/a.gp", "two", &error));
	g_assert_true(amend_text(a, "plots/b.gp", "two", &error));
	path = g_build_filename(dir, "plots", "b.gp", NULL);
	g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
	g_assert_false(amend_commit(a, &error));
	g_assert_nonnull(strstr(error->message, "plots/b.gp"));
	amend_free(a);
	check_text("plots/a.gp", "one");
	check_text("plots/b.gp", "mine");
	teardown();
}

/* What was expected and did not come: no file, no line, no complaint. */
static void
what_did_not_come_is_not_listed(void)
{
	g_autoptr(GError) error = NULL;
	struct amend *a;

	setup();
	a = amend_new(dir, &error);
	g_assert_true(amend_expect(a, "plots/c.png", &error));
	g_assert_true(amend_commit(a, &error));
	g_assert_no_error(error);
	amend_free(a);
	check_text("plots/c.png", NULL);
	check_text("plots/a.gp", "one");
	g_assert_null(stranger());
	teardown();
}

/* A directory that is not there, and one that is not a result. */
static void
any_directory_will_do(void)
{
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	struct amend *a;

	setup();
	g_free(dir);
	dir = g_build_filename(root, "new", NULL);
	a = amend_new(dir, &error);
	g_assert_true(amend_text(a, "live.csv", "one", &error));
	g_assert_true(amend_commit(a, &error));
	g_assert_no_error(error);
	amend_free(a);
	check_text("live.csv", "one");
	path = g_build_filename(dir, "notes", NULL);
	g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
	a = amend_new(dir, &error);
	g_assert_true(amend_text(a, "live.csv", "two", &error));
	g_assert_true(amend_commit(a, &error));
	amend_free(a);
	check_text("live.csv", "two");
	check_text("notes", "mine");
	teardown();
}

/* While a result is being made there, or drawn, nobody else changes it. */
static void
one_at_a_time(void)
{
	g_autoptr(GError) error = NULL;
	struct output *o;

	setup();
	o = output_new(dir, &error);
	g_assert_no_error(error);
	g_assert_null(amend_new(dir, &error));
	g_assert_nonnull(strstr(error->message, "another run is at it"));
	output_free(o);
	teardown();
}

/* What stands where a directory should is called what it is, and stays. */
static void
no_directory(void)
{
	static const struct {
		const char	*name, *what;
	} cases[] = {
		{ "fifo", "is a FIFO, no directory" },
		{ "file", "is a file, no directory" },
		{ "dangling", "is a symbolic link that leads nowhere" },
		{ "loop", "Too many levels of symbolic links" }
	};
	size_t i;

	setup();
	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = NULL, *lease = NULL, *name = NULL;
		g_autofree char *want = NULL;
		g_autoptr(GError) error = NULL;
		struct stat before, st;

		path = g_build_filename(root, cases[i].name, NULL);
		want = g_strdup_printf("%s: %s", path, cases[i].what);
		if (i == 0)
			g_assert_cmpint(mkfifo(path, 0600), ==, 0);
		else if (i == 1)
			g_assert_true(g_file_set_contents(path, "x", 1,
			    &error));
		else
			g_assert_cmpint(symlink(i == 2 ? "nowhere" : "loop",
			    path), ==, 0);
		g_assert_cmpint(lstat(path, &before), ==, 0);
		g_assert_null(amend_new(path, &error));
		g_assert_cmpstr(error->message, ==, want);
		g_assert_cmpint(lstat(path, &st), ==, 0);
		g_assert_cmpint((int)st.st_ino, ==, (int)before.st_ino);
		name = g_strdup_printf(".%s.lease", cases[i].name);
		lease = g_build_filename(root, name, NULL);
		g_assert_cmpint(lstat(lease, &st), !=, 0);
	}
	teardown();
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/amend/files_come_in_and_are_listed",
	    files_come_in_and_are_listed);
	g_test_add_func("/amend/another_s_file_is_not_replaced",
	    another_s_file_is_not_replaced);
	g_test_add_func("/amend/what_comes_meanwhile_stays",
	    what_comes_meanwhile_stays);
	g_test_add_func("/amend/what_did_not_come_is_not_listed",
	    what_did_not_come_is_not_listed);
	g_test_add_func("/amend/any_directory_will_do",
	    any_directory_will_do);
	g_test_add_func("/amend/one_at_a_time", one_at_a_time);
	g_test_add_func("/amend/no_directory", no_directory);
	return (g_test_run());
}
