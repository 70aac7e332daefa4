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

struct stand {
	char		*root;
	char		*dir;		/* root/result */
};

static void
stand_init(struct stand *p)
{

	p->root = g_dir_make_tmp("output-XXXXXX", NULL);
	g_assert_nonnull(p->root);
	p->dir = g_build_filename(p->root, "result", NULL);
}

static void
stand_remove(const char *path)
{
	const char *name;
	GDir *d;

	d = g_dir_open(path, 0, NULL);
	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		g_autofree char *child = NULL;

		child = g_build_filename(path, name, NULL);
		stand_remove(child);
	}
	if (d != NULL)
		g_dir_close(d);
	g_assert_cmpint(g_remove(path), ==, 0);
}

static void
stand_fini(struct stand *p)
{

	stand_remove(p->root);
	g_free(p->root);
	g_free(p->dir);
}

/* Names below the root, but `result'. */
static unsigned
stand_leftovers(const struct stand *p)
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
stand_check(const struct stand *p, const char *name, const char *want)
{
	g_autofree char *path = NULL, *text = NULL;

	path = g_build_filename(p->dir, name, NULL);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, want);
}

static void
stand_put(const struct stand *p, const char *summary)
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

/* A file of a result, as a run makes it. */
static void
stand_text(const struct stand *p, const char *name, const char *text)
{
	g_autoptr(GError) error = NULL;
	struct output *o;

	o = output_new(p->dir, &error);
	g_assert_no_error(error);
	g_assert_true(output_text(o, "summary.csv", OLD, &error));
	g_assert_true(output_text(o, name, text, &error));
	g_assert_true(output_commit(o, &error));
	g_assert_no_error(error);
	output_free(o);
}

static void
commit_replaces_as_a_whole(void)
{
	g_autofree char *extra = NULL;
	struct stand p;

	stand_init(&p);
	stand_text(&p, "stalls.csv", "old");
	extra = g_build_filename(p.dir, "stalls.csv", NULL);
	g_assert_true(g_file_test(extra, G_FILE_TEST_EXISTS));
	stand_put(&p, NEW);
	stand_check(&p, "summary.csv", NEW);
	/* Nothing of the old one is left among the new. */
	g_assert_false(g_file_test(extra, G_FILE_TEST_EXISTS));
	g_assert_cmpuint(stand_leftovers(&p), ==, 0);
	stand_fini(&p);
}

static void
without_commit_the_old_stays(void)
{
	g_autoptr(GError) error = NULL;
	struct output *o;
	struct stand p;

	stand_init(&p);
	stand_put(&p, OLD);
	o = output_new(p.dir, &error);
	g_assert_true(output_text(o, "summary.csv", NEW, &error));
	stand_check(&p, "summary.csv", OLD);
	output_free(o);
	stand_check(&p, "summary.csv", OLD);
	g_assert_cmpuint(stand_leftovers(&p), ==, 0);
	stand_fini(&p);
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
		struct stand p;

		stand_init(&p);
		g_assert_cmpint(g_mkdir(p.dir, 0777), ==, 0);
		path = g_build_filename(p.dir, cases[i].name, NULL);
		g_assert_true(g_file_set_contents(path, cases[i].text, -1,
		    NULL));
		o = output_new(p.dir, &error);
		g_assert_true((o != NULL) == cases[i].ours);
		if (o == NULL)
			g_assert_nonnull(strstr(error->message, p.dir));
		output_free(o);
		stand_check(&p, cases[i].name, cases[i].text);
		stand_fini(&p);
	}
}

/* What somebody may have put into a result, or made of it. */
static void
what_somebody_put_there_stays(void)
{
	static const struct {
		const char	*name;
		const char	*said;
	} cases[] = {
		{ "notes.txt", "notes.txt" },
		{ "plots/mine.png", "plots/mine.png" },
		{ "mine/picture.svg", "mine/picture.svg" },
		{ "samples/current/notes", "samples/current/notes" },
		{ "trace.json", "trace.json" },
		{ "summary.csv~", "summary.csv~" },
		{ "plots/a.gp", "changed" },
		{ "summary.csv", "changed" }
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *dir = NULL, *path = NULL;
		struct stand p;

		stand_init(&p);
		stand_put(&p, OLD);
		path = g_build_filename(p.dir, cases[i].name, NULL);
		dir = g_path_get_dirname(path);
		g_assert_cmpint(g_mkdir_with_parents(dir, 0777), ==, 0);
		g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
		g_assert_null(output_new(p.dir, &error));
		g_assert_error(error, OUTPUT_ERROR, EEXIST);
		g_test_message("%s", error->message);
		g_assert_nonnull(strstr(error->message, cases[i].said));
		stand_check(&p, cases[i].name, "mine");
		g_assert_cmpuint(stand_leftovers(&p), ==, 0);
		stand_fini(&p);
	}
}

/* What is no file of ours, though it is called so. */
static void
what_is_no_file_stays(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *fifo = NULL, *list = NULL, *plots = NULL;
	g_autofree char *summary = NULL;
	struct stand p;

	stand_init(&p);
	stand_put(&p, OLD);
	fifo = g_build_filename(p.dir, "report.txt", NULL);
	g_assert_cmpint(mkfifo(fifo, 0666), ==, 0);
	g_assert_null(output_new(p.dir, &error));
	g_assert_nonnull(strstr(error->message, "report.txt"));
	g_clear_error(&error);
	g_assert_cmpint(g_unlink(fifo), ==, 0);
	/* The very bytes, but at the end of a link. */
	summary = g_build_filename(p.dir, "summary.csv", NULL);
	list = g_build_filename(p.root, "elsewhere", NULL);
	g_assert_cmpint(g_rename(summary, list), ==, 0);
	g_assert_cmpint(symlink(list, summary), ==, 0);
	g_assert_null(output_new(p.dir, &error));
	g_assert_nonnull(strstr(error->message, "summary.csv"));
	g_clear_error(&error);
	g_assert_cmpint(g_rename(list, summary), ==, 0);
	plots = g_build_filename(p.dir, "plots", "empty", NULL);
	g_assert_cmpint(g_mkdir(plots, 0777), ==, 0);
	g_assert_null(output_new(p.dir, &error));
	g_assert_nonnull(strstr(error->message, "plots/empty"));
	stand_fini(&p);
}

/* A list that leads elsewhere, or is none. */
static void
a_hostile_list_does_no_harm(void)
{
	static const char hex[] = "0123456789abcdef0123456789abcdef"
	    "0123456789abcdef0123456789abcdef";
	static const char *const names[] = { "  ../victim", "  /etc/passwd",
	    "  plots/../../victim", "  ", " *summary.csv", "", "  a//b",
	    "  a/b/c/d/e", "  manifest.sha256" };
	g_autofree char *list = NULL;
	struct stand p;
	size_t i;

	stand_init(&p);
	stand_put(&p, OLD);
	list = g_build_filename(p.dir, "manifest.sha256", NULL);
	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *text = g_strconcat(PROVENANCE_MAGIC "x\n", hex,
		    names[i], "\n", NULL);

		g_assert_true(g_file_set_contents(list, text, -1, NULL));
		g_assert_null(output_new(p.dir, &error));
		g_assert_nonnull(strstr(error->message,
		    "manifest.sha256:2: "));
	}
	stand_fini(&p);
}

/* A result of a build that listed nothing is moved aside, as it is. */
static void
an_unlisted_result_is_kept(void)
{
	g_autofree char *aside = NULL, *list = NULL, *remark = NULL;
	g_autofree char *summary = NULL, *text = NULL;
	g_autoptr(GError) error = NULL;
	struct output *o;
	struct stand p;

	stand_init(&p);
	stand_put(&p, OLD);
	list = g_build_filename(p.dir, "manifest.sha256", NULL);
	g_assert_cmpint(g_unlink(list), ==, 0);
	o = output_new(p.dir, &error);
	g_assert_no_error(error);
	g_assert_true(output_text(o, "summary.csv", NEW, &error));
	g_assert_true(output_commit(o, &error));
	aside = g_strconcat(p.dir, ".before", NULL);
	remark = output_remark(o);
	g_assert_nonnull(strstr(remark, aside));
	g_assert_null(output_remark(o));
	output_free(o);
	stand_check(&p, "summary.csv", NEW);
	summary = g_build_filename(aside, "summary.csv", NULL);
	g_assert_true(g_file_get_contents(summary, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, OLD);
	stand_fini(&p);
}

/* Somebody writes into the old result while the new one is made. */
static void
what_comes_meanwhile_costs_neither(void)
{
	g_autofree char *beside = NULL, *note = NULL, *text = NULL;
	g_autofree char *summary = NULL;
	g_autoptr(GError) error = NULL;
	struct output *o;
	struct stand p;

	stand_init(&p);
	stand_put(&p, OLD);
	o = output_new(p.dir, &error);
	g_assert_true(output_text(o, "summary.csv", NEW, &error));
	note = g_build_filename(p.dir, "notes", NULL);
	g_assert_true(g_file_set_contents(note, "mine", -1, NULL));
	g_assert_false(output_commit(o, &error));
	beside = g_strconcat(p.dir, ".new", NULL);
	g_assert_nonnull(strstr(error->message, "notes"));
	g_assert_nonnull(strstr(error->message, beside));
	output_free(o);
	stand_check(&p, "summary.csv", OLD);
	stand_check(&p, "notes", "mine");
	summary = g_build_filename(beside, "summary.csv", NULL);
	g_assert_true(g_file_get_contents(summary, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, NEW);
	stand_fini(&p);
}

/* ---- names beside it --------------------------------------------------- */

/* Whatever is called as ours are, and is not. */
static void
names_like_ours_stay(void)
{
	static const char *const names[] = { ".result.partial-99999",
	    ".result.old-2019", ".result.partial-1", ".result.old-1" };
	struct stand p;
	size_t i;

	stand_init(&p);
	stand_put(&p, OLD);
	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *dir = g_build_filename(p.root, names[i],
		    NULL);
		g_autofree char *file = g_build_filename(dir, "summary.csv",
		    NULL);

		g_assert_cmpint(g_mkdir(dir, 0777), ==, 0);
		g_assert_true(g_file_set_contents(file, "mine", -1, NULL));
	}
	stand_put(&p, NEW);
	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *file = g_build_filename(p.root, names[i],
		    "summary.csv", NULL);

		g_assert_true(g_file_test(file, G_FILE_TEST_EXISTS));
	}
	g_assert_cmpuint(stand_leftovers(&p), ==, G_N_ELEMENTS(names));
	stand_fini(&p);
}

/*
 * A process begins a result at `dir', writes some of it, and is gone; it is
 * told where by the name of the directory that it wrote into.
 */
static char *
left_by_the_dead(const struct stand *p)
{
	g_autofree char *link = NULL;
	struct output *o;
	pid_t pid;
	int status;

	link = g_build_filename(p->root, "partial", NULL);
	pid = fork();
	if (pid == 0) {
		o = output_new(p->dir, NULL);
		if (o == NULL || !output_text(o, "summary.csv", "half", NULL) ||
		    !output_text(o, "plots/x.svg", "half", NULL) ||
		    symlink(output_partial(o), link) != 0)
			_exit(1);
		_exit(0);
	}
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_cmpint(status, ==, 0);
	return (g_file_read_link(link, NULL));
}

static void
leftovers_of_the_dead_go(void)
{
	g_autofree char *dead = NULL;
	struct stand p;

	stand_init(&p);
	stand_put(&p, OLD);
	dead = left_by_the_dead(&p);
	g_assert_true(g_file_test(dead, G_FILE_TEST_IS_DIR));
	stand_check(&p, "summary.csv", OLD);
	stand_put(&p, NEW);
	g_assert_false(g_file_test(dead, G_FILE_TEST_EXISTS));
	/* The link that told of it. */
	g_assert_cmpuint(stand_leftovers(&p), ==, 1);
	stand_fini(&p);
}

static void
what_is_not_ours_among_leftovers_stays(void)
{
	g_autofree char *dead = NULL, *inside = NULL, *note = NULL;
	g_autofree char *remark = NULL;
	g_autoptr(GError) error = NULL;
	struct output *o;
	struct stand p;

	stand_init(&p);
	dead = left_by_the_dead(&p);
	note = g_build_filename(dead, "notes", NULL);
	g_assert_true(g_file_set_contents(note, "mine", -1, NULL));
	o = output_new(p.dir, &error);
	g_assert_no_error(error);
	remark = output_remark(o);
	g_assert_nonnull(strstr(remark, dead));
	output_free(o);
	g_assert_true(g_file_test(note, G_FILE_TEST_EXISTS));
	inside = g_build_filename(dead, "summary.csv", NULL);
	g_assert_false(g_file_test(inside, G_FILE_TEST_EXISTS));
	stand_fini(&p);
}

/* A disk that is full in the middle of a file. */
static void
a_full_disk_is_told_of(void)
{
	g_autofree char *big = NULL;
	g_autoptr(GError) error = NULL;
	struct rlimit rl, was;
	struct output *o;
	struct stand p;
	bool ok;

	stand_init(&p);
	stand_put(&p, OLD);
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
	stand_check(&p, "summary.csv", OLD);
	g_assert_cmpuint(stand_leftovers(&p), ==, 0);
	stand_fini(&p);
}

static void
a_file_in_the_way_is_told_of(void)
{
	g_autofree char *dir = NULL, *file = NULL;
	g_autoptr(GError) error = NULL;
	struct stand p;

	stand_init(&p);
	file = g_build_filename(p.root, "file", NULL);
	dir = g_build_filename(file, "result", NULL);
	g_assert_true(g_file_set_contents(file, "x", -1, NULL));
	g_assert_null(output_new(dir, &error));
	g_assert_nonnull(strstr(error->message, file));
	g_clear_error(&error);
	g_assert_null(output_new(file, &error));
	g_assert_nonnull(strstr(error->message, file));
	stand_fini(&p);
}

static void
incomplete_is_seen(void)
{
	struct stand p;

	stand_init(&p);
	g_assert_false(output_stands(p.dir));
	stand_put(&p, OLD);
	g_assert_true(output_stands(p.dir));
	stand_put(&p, PROVENANCE_MAGIC "0\n" PROVENANCE_INCOMPLETE "x\nv\n");
	g_assert_false(output_stands(p.dir));
	stand_fini(&p);
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
	g_test_add_func("/output/what_somebody_put_there_stays",
	    what_somebody_put_there_stays);
	g_test_add_func("/output/what_is_no_file_stays",
	    what_is_no_file_stays);
	g_test_add_func("/output/a_hostile_list_does_no_harm",
	    a_hostile_list_does_no_harm);
	g_test_add_func("/output/an_unlisted_result_is_kept",
	    an_unlisted_result_is_kept);
	g_test_add_func("/output/what_comes_meanwhile_costs_neither",
	    what_comes_meanwhile_costs_neither);
	g_test_add_func("/output/names_like_ours_stay", names_like_ours_stay);
	g_test_add_func("/output/leftovers_of_the_dead_go",
	    leftovers_of_the_dead_go);
	g_test_add_func("/output/what_is_not_ours_among_leftovers_stays",
	    what_is_not_ours_among_leftovers_stays);
	g_test_add_func("/output/a_full_disk_is_told_of",
	    a_full_disk_is_told_of);
	g_test_add_func("/output/a_file_in_the_way_is_told_of",
	    a_file_in_the_way_is_told_of);
	g_test_add_func("/output/incomplete_is_seen", incomplete_is_seen);
	return (g_test_run());
}
