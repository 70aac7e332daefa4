/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A directory of results is there as a whole or not at all.
 */

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "study/run/output.h"
#include "study/run/provenance.h"

#define	OLD	PROVENANCE_MAGIC "0 (old)\nvariant\nold\n"
#define	NEW	PROVENANCE_MAGIC "0 (new)\nvariant\nnew\n"

struct place {
	char		*root;
	char		*dir;		/* root/result */
};

static void
place_init(struct place *p)
{

	p->root = g_dir_make_tmp("output-XXXXXX", NULL);
	g_assert_nonnull(p->root);
	p->dir = g_build_filename(p->root, "result", NULL);
}

static void
place_remove(const char *path)
{
	const char *name;
	GDir *d;

	d = g_dir_open(path, 0, NULL);
	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		g_autofree char *child = NULL;

		child = g_build_filename(path, name, NULL);
		place_remove(child);
	}
	if (d != NULL)
		g_dir_close(d);
	g_assert_cmpint(g_remove(path), ==, 0);
}

static void
place_fini(struct place *p)
{

	place_remove(p->root);
	g_free(p->root);
	g_free(p->dir);
}

/* Names below the root, but `result'. */
static unsigned
place_leftovers(const struct place *p)
{
	const char *name;
	unsigned n;
	GDir *d;

	n = 0;
	d = g_dir_open(p->root, 0, NULL);
	while ((name = g_dir_read_name(d)) != NULL)
		if (strcmp(name, "result") != 0)
			n++;
	g_dir_close(d);
	return (n);
}

static void
place_check(const struct place *p, const char *name, const char *want)
{
	g_autofree char *path = NULL, *text = NULL;

	path = g_build_filename(p->dir, name, NULL);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, want);
}

static void
place_put(const struct place *p, const char *summary)
{
	g_autoptr(GError) error = NULL;
	struct output *o;

	o = output_new(p->dir, &error);
	g_assert_no_error(error);
	g_assert_true(output_text(o, "summary.csv", summary, &error));
	g_assert_true(output_text(o, "plots/a.gp", "x", &error));
	g_assert_true(output_commit(o, &error));
	output_free(o);
}

static void
commit_replaces_as_a_whole(void)
{
	g_autofree char *extra = NULL;
	struct place p;

	place_init(&p);
	place_put(&p, OLD);
	extra = g_build_filename(p.dir, "stalls.csv", NULL);
	g_assert_true(g_file_set_contents(extra, "old", -1, NULL));
	place_put(&p, NEW);
	place_check(&p, "summary.csv", NEW);
	/* Nothing of the old one is left among the new. */
	g_assert_false(g_file_test(extra, G_FILE_TEST_EXISTS));
	g_assert_cmpuint(place_leftovers(&p), ==, 0);
	place_fini(&p);
}

static void
without_commit_the_old_stays(void)
{
	g_autoptr(GError) error = NULL;
	struct output *o;
	struct place p;

	place_init(&p);
	place_put(&p, OLD);
	o = output_new(p.dir, &error);
	g_assert_true(output_text(o, "summary.csv", NEW, &error));
	place_check(&p, "summary.csv", OLD);
	output_free(o);
	place_check(&p, "summary.csv", OLD);
	g_assert_cmpuint(place_leftovers(&p), ==, 0);
	place_fini(&p);
}

static void
what_is_not_ours_is_refused(void)
{
	static const struct {
		const char	*name;
		const char	*text;
		bool		ours;
	} cases[] = {
		{ "summary.csv", "# made by somebody else\n", false },
		{ "summary.csv", "", false },
		{ "letter.txt", "dear all", false },
		{ "run.ini", "[scenario]\n", false },
		{ "summary.csv", OLD, true }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *path = NULL;
		struct output *o;
		struct place p;

		place_init(&p);
		g_assert_cmpint(g_mkdir(p.dir, 0777), ==, 0);
		path = g_build_filename(p.dir, cases[i].name, NULL);
		g_assert_true(g_file_set_contents(path, cases[i].text, -1,
		    NULL));
		o = output_new(p.dir, &error);
		g_assert_true((o != NULL) == cases[i].ours);
		if (o == NULL)
			g_assert_nonnull(strstr(error->message, p.dir));
		output_free(o);
		place_check(&p, cases[i].name, cases[i].text);
		place_fini(&p);
	}
}

/* A result with somebody's notes among its files. */
static void
notes_are_not_deleted(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	struct place p;

	place_init(&p);
	place_put(&p, OLD);
	path = g_build_filename(p.dir, "notes.txt", NULL);
	g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
	g_assert_null(output_new(p.dir, &error));
	g_assert_nonnull(strstr(error->message, "notes.txt"));
	place_check(&p, "notes.txt", "mine");
	place_fini(&p);
}

/* The number of a process that is gone. */
static pid_t
dead_process(void)
{
	pid_t pid;

	pid = fork();
	if (pid == 0)
		_exit(0);
	g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
	return (pid);
}

static void
leftovers_of_the_dead_go(void)
{
	g_autofree char *dead = NULL, *inside = NULL, *live = NULL;
	struct place p;

	place_init(&p);
	dead = g_strdup_printf("%s/.result.partial-%d", p.root,
	    (int)dead_process());
	live = g_strdup_printf("%s/.result.partial-%d", p.root,
	    (int)getppid());
	g_assert_cmpint(g_mkdir(dead, 0777), ==, 0);
	g_assert_cmpint(g_mkdir(live, 0777), ==, 0);
	inside = g_build_filename(dead, "summary.csv", NULL);
	g_assert_true(g_file_set_contents(inside, "half", -1, NULL));
	place_put(&p, NEW);
	g_assert_false(g_file_test(dead, G_FILE_TEST_EXISTS));
	g_assert_true(g_file_test(live, G_FILE_TEST_IS_DIR));
	place_fini(&p);
}

/* Killed between the two moves: the old result comes back. */
static void
a_crash_in_commit_is_mended(void)
{
	g_autofree char *old = NULL;
	g_autoptr(GError) error = NULL;
	struct output *o;
	struct place p;

	place_init(&p);
	place_put(&p, OLD);
	old = g_strdup_printf("%s/.result.old-%d", p.root,
	    (int)dead_process());
	g_assert_cmpint(g_rename(p.dir, old), ==, 0);
	o = output_new(p.dir, &error);
	g_assert_no_error(error);
	place_check(&p, "summary.csv", OLD);
	output_free(o);
	place_check(&p, "summary.csv", OLD);
	place_fini(&p);
}

/* A disk that is full in the middle of a file. */
static void
a_full_disk_is_told_of(void)
{
	g_autofree char *big = NULL;
	g_autoptr(GError) error = NULL;
	struct rlimit rl, was;
	struct output *o;
	struct place p;
	bool ok;

	place_init(&p);
	place_put(&p, OLD);
	o = output_new(p.dir, &error);
	g_assert_no_error(error);
	big = g_strnfill(100000, 'x');
	signal(SIGXFSZ, SIG_IGN);
	g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &was), ==, 0);
	rl = was;
	rl.rlim_cur = 50000;
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &rl), ==, 0);
	ok = output_text(o, "summary.csv", big, &error);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &was), ==, 0);
	g_assert_false(ok);
	g_assert_error(error, OUTPUT_ERROR, EFBIG);
	g_assert_nonnull(strstr(error->message, "summary.csv"));
	output_free(o);
	place_check(&p, "summary.csv", OLD);
	g_assert_cmpuint(place_leftovers(&p), ==, 0);
	place_fini(&p);
}

static void
a_file_in_the_way_is_told_of(void)
{
	g_autofree char *dir = NULL, *file = NULL;
	g_autoptr(GError) error = NULL;
	struct place p;

	place_init(&p);
	file = g_build_filename(p.root, "file", NULL);
	dir = g_build_filename(file, "result", NULL);
	g_assert_true(g_file_set_contents(file, "x", -1, NULL));
	g_assert_null(output_new(dir, &error));
	g_assert_nonnull(strstr(error->message, file));
	g_clear_error(&error);
	g_assert_null(output_new(file, &error));
	g_assert_nonnull(strstr(error->message, file));
	place_fini(&p);
}

static void
incomplete_is_seen(void)
{
	struct place p;

	place_init(&p);
	g_assert_false(output_stands(p.dir));
	place_put(&p, OLD);
	g_assert_true(output_stands(p.dir));
	place_put(&p, PROVENANCE_MAGIC "0\n" PROVENANCE_INCOMPLETE "x\nv\n");
	g_assert_false(output_stands(p.dir));
	place_fini(&p);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/output/commit_replaces_as_a_whole",
	    commit_replaces_as_a_whole);
	g_test_add_func("/output/without_commit_the_old_stays",
	    without_commit_the_old_stays);
	g_test_add_func("/output/what_is_not_ours_is_refused",
	    what_is_not_ours_is_refused);
	g_test_add_func("/output/notes_are_not_deleted",
	    notes_are_not_deleted);
	g_test_add_func("/output/leftovers_of_the_dead_go",
	    leftovers_of_the_dead_go);
	g_test_add_func("/output/a_crash_in_commit_is_mended",
	    a_crash_in_commit_is_mended);
	g_test_add_func("/output/a_full_disk_is_told_of",
	    a_full_disk_is_told_of);
	g_test_add_func("/output/a_file_in_the_way_is_told_of",
	    a_file_in_the_way_is_told_of);
	g_test_add_func("/output/incomplete_is_seen", incomplete_is_seen);
	return (g_test_run());
}
