/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sweeps of many runs: what is kept in memory, and where rows go.
 */

#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "study/sweep/file.h"
#include "study/sweep/merge.h"
#include "study/sweep/store.h"
#include "study/sweep/sweep.h"
#include "study/text/whole.h"
#include "tests/tools/peak.h"
#include "tests/tools/sanitized.h"

#define	RUNS		2000
#define	RUNS_FEW	20
#define	ROWLEN		4000	/* so that keeping them would show: 8 MB */

static char *scale_dir;

static void
scale_remove(const char *path)
{
	const char *name;
	GDir *d;

	d = g_dir_open(path, 0, NULL);
	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		scale_remove(child);
	}
	if (d != NULL)
		g_dir_close(d);
	g_remove(path);
}

static struct sweep *
scale_sweep(unsigned runs)
{
	g_autofree char *path = NULL, *text = NULL, *scenario = NULL;
	g_autofree char *here = NULL;
	g_autoptr(GError) error = NULL;
	struct sweep *sw;

	here = g_get_current_dir();
	scenario = g_build_filename(here, "tests/study/data/seed.ini", NULL);
	path = g_build_filename(scale_dir, "scale.sweep", NULL);
	text = g_strdup_printf("[sweep]\nscenario = %s\nreplications = %u\n"
	    "host.cpus = 2\n", scenario, runs / 2);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	sw = sweep_load(path, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(sw->nruns, ==, runs);
	return (sw);
}

static struct sweep_store *
scale_store(const struct sweep *sw, unsigned shard, unsigned nshards)
{
	g_autofree char *dir = NULL;
	g_autoptr(GError) error = NULL;
	struct sweep_store *st;

	dir = g_build_filename(scale_dir, "out", NULL);
	st = sweep_store_new(dir, sw, SWEEP_STORE_WRITE, false, shard,
	    nshards, &error);
	g_assert_no_error(error);
	return (st);
}

/* Rows that say which run they are of, then x. */
static void
scale_fill(const struct sweep *sw, const struct sweep_store *st)
{
	char id[SWEEP_IDLEN + 1], row[ROWLEN + 1];
	g_autoptr(GError) error = NULL;
	struct sweep_run run;
	uint64_t i;

	memset(row, 'x', ROWLEN);
	row[ROWLEN] = '\0';
	for (i = 0; i < sw->nruns; i++) {
		sweep_run_at(sw, i, &run);
		sweep_run_id(sw, &run, st->build, id);
		memcpy(row, id, SWEEP_IDLEN);
		g_assert_true(sweep_store_write(st, id, row, &error));
	}
}

/* Merge to nowhere; returns the rows: those that are not lost. */
static uint64_t
scale_merge(const struct sweep *sw, const struct sweep_store *st)
{
	uint64_t lost;
	FILE *f;

	f = fopen("/dev/null", "we");
	g_assert_nonnull(f);
	g_assert_cmpuint(sweep_merge_missing(sw, st, NULL, NULL), ==, 0);
	lost = sweep_merge_write(sw, st, 0, NULL, NULL, f);
	fclose(f);
	return (sw->nruns - lost);
}

/* A file a process, however many runs; what one wrote another finds. */
static void
scale_rows_are_few_files(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) names = NULL;
	g_autofree char *dir = NULL;
	struct sweep_store *st;
	struct sweep *sw;

	sw = scale_sweep(RUNS);
	st = scale_store(sw, 0, 1);
	g_assert_cmpuint(sweep_merge_there(sw, st), ==, 0);
	scale_fill(sw, st);
	g_assert_cmpuint(sweep_merge_there(sw, st), ==, RUNS);
	g_assert_true(sweep_store_sync(st, &error));
	sweep_store_free(st);
	st = scale_store(sw, 0, 1);
	g_assert_cmpuint(sweep_merge_there(sw, st), ==, RUNS);
	dir = g_build_filename(st->dir, "rows", NULL);
	names = whole_names(dir, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(names->len, ==, 1);
	sweep_store_free(st);
	sweep_free(sw);
}

/* The runs of the test before this one. */
static void
scale_merge_in_the_memory_of_one(void)
{
	struct sweep_store *st;
	struct sweep *few, *many;
	long before;

	if (SANITIZED) {
		g_test_skip("the sanitizer keeps what is freed");
		return;
	}
	many = scale_sweep(RUNS);
	st = scale_store(many, 0, 1);
	few = scale_sweep(RUNS_FEW);
	g_assert_cmpuint(scale_merge(few, st), ==, RUNS_FEW);
	before = peak_kib();
	g_assert_cmpuint(scale_merge(many, st), ==, RUNS);
	g_test_message("peak %ld KiB after %d runs, %ld after %d", before,
	    RUNS_FEW, peak_kib(), RUNS);
	g_assert_cmpint(peak_kib() - before, <, 1024);
	sweep_store_free(st);
	sweep_free(few);
	sweep_free(many);
}

/* Runs of a shard that are there, by a store of another. */
static uint64_t
scale_there(const struct sweep *sw, unsigned shard, unsigned by, unsigned of)
{
	char id[SWEEP_IDLEN + 1];
	struct sweep_store *st;
	struct sweep_run run;
	uint64_t i, n;

	st = scale_store(sw, by, of);
	for (i = shard, n = 0; i < sw->nruns; i += 2) {
		sweep_run_at(sw, i, &run);
		sweep_run_id(sw, &run, st->build, id);
		n += sweep_store_has(st, id);
	}
	sweep_store_free(st);
	return (n);
}

/*
 * A shard reads its own rows, not those of others of the same division; who
 * divides otherwise, or has another list, reads all.
 */
static void
scale_resume_reads_its_own(void)
{
	g_autofree char *dir = NULL;
	struct sweep_store *st;
	struct sweep *few, *sw;
	char id[SWEEP_IDLEN + 1];
	struct sweep_run run;
	uint64_t i;

	sw = scale_sweep(RUNS);
	st = scale_store(sw, 1, 2);
	dir = g_build_filename(st->dir, "rows", NULL);
	scale_remove(dir);
	g_assert_cmpint(g_mkdir(dir, 0777), ==, 0);
	for (i = 1; i < sw->nruns; i += 2) {
		sweep_run_at(sw, i, &run);
		sweep_run_id(sw, &run, st->build, id);
		g_assert_true(sweep_store_write(st, id, "a row", NULL));
	}
	sweep_store_free(st);
	g_assert_cmpuint(scale_there(sw, 1, 1, 2), ==, RUNS / 2);
	g_assert_cmpuint(scale_there(sw, 1, 0, 2), ==, 0);
	g_assert_cmpuint(scale_there(sw, 1, 0, 3), ==, RUNS / 2);
	g_assert_cmpuint(scale_there(sw, 1, 0, 1), ==, RUNS / 2);
	/* More replications are the same list, of which there is more. */
	few = scale_sweep(RUNS_FEW);
	g_assert_cmpuint(scale_there(few, 1, 1, 2), ==, RUNS_FEW / 2);
	g_assert_cmpuint(scale_there(few, 1, 0, 2), ==, 0);
	sweep_free(few);
	sweep_free(sw);
}

int
main(int argc, char **argv)
{
	int code;

	g_test_init(&argc, &argv, NULL);
	scale_dir = g_dir_make_tmp("sweep-scale-XXXXXX", NULL);
	g_assert_nonnull(scale_dir);
	g_test_add_func("/sweep_scale/rows_are_few_files",
	    scale_rows_are_few_files);
	g_test_add_func("/sweep_scale/merge_in_the_memory_of_one",
	    scale_merge_in_the_memory_of_one);
	g_test_add_func("/sweep_scale/resume_reads_its_own",
	    scale_resume_reads_its_own);
	code = g_test_run();
	scale_remove(scale_dir);
	g_free(scale_dir);
	return (code);
}
