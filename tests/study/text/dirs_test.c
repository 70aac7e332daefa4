/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Directories on the way: those that were made, and no others, go again while
 * they are empty; what could not be made leaves nothing.
 */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "study/text/dirs.h"

struct stand {
	char		*root;
	GPtrArray	*made;
};

static void
stand_init(struct stand *s)
{

	s->root = g_dir_make_tmp("dirs-XXXXXX", NULL);
	g_assert_nonnull(s->root);
	s->made = dirs_new();
}

static void
stand_fini(struct stand *s)
{

	/* Whatever a test left would be in the way of this. */
	g_assert_cmpint(g_rmdir(s->root), ==, 0);
	g_ptr_array_unref(s->made);
	g_free(s->root);
}

static bool
made(struct stand *s, const char *name)
{
	g_autofree char *path = NULL;

	path = g_build_filename(s->root, name, NULL);
	errno = 0;
	return (dirs_make(path, s->made));
}

static bool
is(const struct stand *s, const char *name)
{
	g_autofree char *path = NULL;

	path = g_build_filename(s->root, name, NULL);
	return (g_file_test(path, G_FILE_TEST_IS_DIR));
}

static void
gone(const struct stand *s, const char *name, int (*away)(const char *))
{
	g_autofree char *path = NULL;

	path = g_build_filename(s->root, name, NULL);
	g_assert_cmpint(away(path), ==, 0);
}

static void
what_was_made_goes(void)
{
	struct stand s;

	stand_init(&s);
	g_assert_true(made(&s, "a//b/../c/d/"));
	g_assert_true(is(&s, "a/b"));
	g_assert_true(is(&s, "a/c/d"));
	g_assert_cmpuint(s.made->len, ==, 4);
	errno = EXDEV;
	dirs_unmake(s.made);
	g_assert_cmpint(errno, ==, EXDEV);
	g_assert_cmpuint(s.made->len, ==, 0);
	g_assert_false(is(&s, "a"));
	stand_fini(&s);
}

static void
what_was_there_stays(void)
{
	struct stand s;

	stand_init(&s);
	g_assert_true(made(&s, "theirs"));
	g_ptr_array_set_size(s.made, 0);
	g_assert_true(made(&s, "theirs"));
	g_assert_cmpuint(s.made->len, ==, 0);
	g_assert_true(made(&s, "theirs/a/b"));
	g_assert_cmpuint(s.made->len, ==, 2);
	dirs_unmake(s.made);
	g_assert_true(is(&s, "theirs"));
	g_assert_false(is(&s, "theirs/a"));
	gone(&s, "theirs", g_rmdir);
	stand_fini(&s);
}

static void
what_is_in_use_stays(void)
{
	struct stand s;

	stand_init(&s);
	g_assert_true(made(&s, "a/b/c"));
	gone(&s, "a/b/c", g_rmdir);
	g_assert_true(made(&s, "a/b/mine"));
	/* The last that was noted: somebody's from now on. */
	g_ptr_array_set_size(s.made, (int)s.made->len - 1);
	dirs_unmake(s.made);
	g_assert_true(is(&s, "a/b/mine"));
	gone(&s, "a/b/mine", g_rmdir);
	gone(&s, "a/b", g_rmdir);
	gone(&s, "a", g_rmdir);
	stand_fini(&s);
}

static void
in_vain_leaves_nothing(void)
{
	g_autofree char *file = NULL, *long_name = NULL, *path = NULL;
	struct stand s;

	stand_init(&s);
	long_name = g_strnfill(300, 'x');
	path = g_build_filename("a/b", long_name, "c", NULL);
	g_assert_true(made(&s, "kept"));
	g_assert_false(made(&s, path));
	g_assert_cmpint(errno, ==, ENAMETOOLONG);
	g_assert_false(is(&s, "a"));
	/* What the call before noted is not its business. */
	g_assert_cmpuint(s.made->len, ==, 1);
	g_assert_true(is(&s, "kept"));

	file = g_build_filename(s.root, "kept/file", NULL);
	g_assert_true(g_file_set_contents(file, "", 0, NULL));
	g_assert_false(made(&s, "kept/file/a"));
	g_assert_cmpint(errno, ==, ENOTDIR);
	g_assert_false(made(&s, "kept/file"));
	g_assert_cmpint(errno, ==, ENOTDIR);
	/* Without a list nothing is kept in mind, and as little left. */
	g_free(path);
	path = g_build_filename(s.root, "a", long_name, NULL);
	g_assert_false(dirs_make(path, NULL));
	g_assert_false(is(&s, "a"));
	gone(&s, "kept/file", g_unlink);
	dirs_unmake(s.made);
	stand_fini(&s);
}

static void
links_are_followed(void)
{
	g_autofree char *link = NULL, *nowhere = NULL;
	struct stand s;

	stand_init(&s);
	g_assert_true(made(&s, "to"));
	link = g_build_filename(s.root, "link", NULL);
	g_assert_cmpint(symlink("to", link), ==, 0);
	g_assert_true(made(&s, "link/a"));
	g_assert_true(is(&s, "to/a"));
	nowhere = g_build_filename(s.root, "nowhere", NULL);
	g_assert_cmpint(symlink("none", nowhere), ==, 0);
	g_assert_false(made(&s, "nowhere/a"));
	g_assert_cmpint(errno, ==, ENOTDIR);
	dirs_unmake(s.made);
	g_assert_false(is(&s, "to"));
	gone(&s, "link", g_unlink);
	gone(&s, "nowhere", g_unlink);
	stand_fini(&s);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dirs/what_was_made_goes", what_was_made_goes);
	g_test_add_func("/dirs/what_was_there_stays", what_was_there_stays);
	g_test_add_func("/dirs/what_is_in_use_stays", what_is_in_use_stays);
	g_test_add_func("/dirs/in_vain_leaves_nothing",
	    in_vain_leaves_nothing);
	g_test_add_func("/dirs/links_are_followed", links_are_followed);
	return (g_test_run());
}
