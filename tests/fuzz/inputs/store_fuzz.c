/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A directory of a sweep's runs, of this format and with a file of the one
 * before, a merged sweep, the page of a lease: the first byte chooses which is
 * not as we wrote it.
 */

#include "study/run/lease.h"
#include "study/run/results.h"
#include "study/sweep/merge.h"
#include "study/sweep/plot.h"
#include "study/sweep/store.h"
#include "study/sweep/file.h"
#include "study/sweep/sweep.h"
#include "study/text/problem.h"
#include "study/text/whole.h"
#include "tests/fuzz/inputs/driver.h"

enum { STORE_MANIFEST, STORE_PART, STORE_MERGED, STORE_LEASE, STORE_ROWS,
    STORE_KINDS };

static struct {
	char		*path;
	char		*text;
	gsize		len;
} files[STORE_KINDS];

static char *root, *dir, *pictures;
static struct sweep *sw;

static void
store_file(int kind, char *path)
{

	files[kind].path = path;
	g_assert_true(g_file_get_contents(path, &files[kind].text,
	    &files[kind].len, NULL));
}

/* A row of as many numbers as there are columns; the verdict is one. */
static char *
store_row(const struct sweep_store *st, const struct sweep_run *run)
{
	g_auto(GStrv) names = g_strsplit(st->columns, ",", -1);
	GString *s;
	unsigned i;

	s = g_string_new(NULL);
	for (i = 0; names[i] != NULL; i++) {
		if (i > 0)
			g_string_append_c(s, ',');
		if (strcmp(names[i], "variant") == 0)
			g_string_append(s, sw->base->variants[
			    run->variant].name);
		else if (strcmp(names[i], "verdict") == 0)
			g_string_append(s, "ok");
		else
			g_string_append_printf(s, "%u", i);
	}
	return (g_string_free(s, FALSE));
}

/* A run as format 2 has it. */
static char *
store_part(const struct sweep_store *st, const char *id, const char *row)
{
	g_autofree char *parts = NULL, *text = NULL;
	char *path;

	parts = g_strdup_printf("%s/parts/%.2s", dir, id);
	g_assert_cmpint(g_mkdir_with_parents(parts, 0777), ==, 0);
	path = g_strdup_printf("%s/%s.csv", parts, id);
	text = g_strdup_printf("# pcbsim %s\n# run: %s\n%s\n%s\n", st->build,
	    id, st->columns, row);
	fuzz_write(path, text, strlen(text));
	return (path);
}

/* Where they are. */
static char *
store_rows(void)
{
	g_autofree char *rows = g_build_filename(dir, "rows", NULL);
	g_autoptr(GPtrArray) names = whole_names(rows, NULL);

	g_assert_cmpuint(names->len, ==, 1);
	return (g_build_filename(rows, names->pdata[0], NULL));
}

static void
store_init(const char *at)
{
	static const char base[] = "[scenario]\nformat = 1\nname = s\n"
	    "title = t\nduration = 1s\n[workload:web]\nload = poisson\n"
	    "rate = 10/s\nlifetime = exponential(1s)\nbind = none\nfaddrs = "
	    "192.0.2.7\nfport = 80\n[variant:current]\nstack = "
	    "freebsd-12.0\n";
	static const char plan[] = "[sweep]\nscenario = s.ini\nhost.cpus = "
	    "1;2\n";
	g_autofree char *ini = g_build_filename(at, "s.ini", NULL);
	g_autofree char *sweep = g_build_filename(at, "w.sweep", NULL);
	g_autoptr(GError) error = NULL;
	struct sweep_store *st;
	struct sweep_run run;
	char id[SWEEP_IDLEN + 1];
	uint64_t i;
	FILE *f;

	/* Pictures are not drawn: what is read is what is of interest. */
	(void)g_setenv("PATH", "/nonexistent", TRUE);
	root = g_strdup(at);
	dir = g_build_filename(at, "d", NULL);
	pictures = g_build_filename(at, "p", NULL);
	fuzz_write(ini, base, strlen(base));
	fuzz_write(sweep, plan, strlen(plan));
	sw = sweep_load(sweep, &error);
	g_assert_no_error(error);
	st = sweep_store_new(dir, sw, SWEEP_STORE_WRITE, false, 0, 1,
	    &error);
	g_assert_no_error(error);
	for (i = 0; i < sw->nruns; i++) {
		g_autofree char *row = NULL;

		sweep_run_at(sw, i, &run);
		sweep_run_id(sw, &run, st->build, id);
		row = store_row(st, &run);
		if (i + 1 < sw->nruns)
			g_assert_true(sweep_store_write(st, id, row, &error));
		else
			store_file(STORE_PART, store_part(st, id, row));
	}
	sweep_store_free(st);
	store_file(STORE_ROWS, store_rows());
	st = sweep_store_new(dir, sw, SWEEP_STORE_READ, false, 0, 1, &error);
	g_assert_no_error(error);
	files[STORE_MERGED].path = g_build_filename(at, "all.csv", NULL);
	f = fopen(files[STORE_MERGED].path, "w");
	g_assert_cmpuint(sweep_merge_write(sw, st, 0, NULL, NULL, f), ==, 0);
	fclose(f);
	store_file(STORE_MERGED, files[STORE_MERGED].path);
	store_file(STORE_MANIFEST, g_build_filename(dir, "manifest", NULL));
	sweep_store_free(st);
	files[STORE_LEASE].path = g_build_filename(at, ".r.lease", NULL);
	files[STORE_LEASE].text = g_strdup("# a run of pcbsim holds the place "
	    "beside this file\nhost: h\nboot: b\npids: p\npid: 7\ntoken: t\n"
	    "partial: .r.partial-7\nold: .r.old-7\nplacing: yes\n");
	files[STORE_LEASE].len = strlen(files[STORE_LEASE].text);
}

static void
store_merge(void)
{
	g_autoptr(GError) error = NULL;
	struct sweep_store *st;
	uint64_t missing;
	char *text;
	size_t len;
	FILE *f;

	st = sweep_store_new(dir, sw, SWEEP_STORE_READ, true, 0, 1,
	    &error);
	if (st == NULL) {
		fuzz_message(error);
		return;
	}
	missing = sweep_merge_missing(sw, st, NULL, NULL);
	f = open_memstream(&text, &len);
	g_assert_cmpuint(sweep_merge_write(sw, st, missing, NULL, NULL, f),
	    ==, 0);
	fclose(f);
	free(text);
	sweep_store_free(st);
}

static void
store_lease(void)
{
	struct lease_page page;
	struct lease *l;

	if (lease_peek(root, "r", &page)) {
		g_assert_true(page.partial == NULL || strchr(page.partial,
		    '/') == NULL);
		lease_page_clear(&page);
	}
	l = lease_take(root, "r", &page, NULL);
	lease_page_clear(&page);
	lease_drop(l);
	(void)unlink(files[STORE_LEASE].path);
}

static void
store_one(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *remark = NULL;
	unsigned kind;

	if (size == 0)
		return;
	kind = data[0] % STORE_KINDS;
	fuzz_write(files[kind].path, data + 1, size - 1);
	if (kind == STORE_LEASE) {
		store_lease();
		return;
	}
	if (kind == STORE_MERGED) {
		if (!sweep_plot(files[kind].path, pictures, NULL, &remark,
		    &error))
			fuzz_message(error);
	} else {
		store_merge();
	}
	fuzz_write(files[kind].path, files[kind].text, files[kind].len);
}

static void
store_seeds(void (*put)(const char *, const void *, size_t))
{
	static const char *const names[] = { "manifest", "part", "merged",
	    "lease", "rows" };
	size_t i;

	for (i = 0; i < STORE_KINDS; i++) {
		g_autofree char *input = g_malloc(files[i].len + 1);

		input[0] = (char)i;
		memcpy(input + 1, files[i].text, files[i].len);
		put(names[i], input, files[i].len + 1);
	}
}

const struct fuzz_kind fuzz_kind = {
	"store", store_init, store_one, store_seeds
};
