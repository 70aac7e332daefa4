/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sweeps of many runs: what is kept in memory, and where parts go.
 */

#include <sys/stat.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "study/sweep/file.h"
#include "study/sweep/merge.h"
#include "study/sweep/store.h"
#include "study/sweep/sweep.h"
#include "tests/tools/peak.h"
#include "tests/tools/sanitized.h"

#define	RUNS		2000
#define	RUNS_FEW	20
#define	ROWLEN		4000	/* so that keeping them would show: 8 MB */

static char *scale_dir;

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
scale_store(const struct sweep *sw)
{
	g_autofree char *dir = NULL;
	g_autoptr(GError) error = NULL;
	struct sweep_store *st;

	dir = g_build_filename(scale_dir, "out", NULL);
	st = sweep_store_new(dir, sw, SWEEP_STORE_WRITE, false, &error);
	g_assert_no_error(error);
	return (st);
}

/* Parts of rows that say which run they are of, then x. */
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

static void
scale_parts_fan_out(void)
{
	struct sweep_store *st;
	struct sweep *sw;
	struct stat sb;
	uint64_t i;

	sw = scale_sweep(RUNS);
	st = scale_store(sw);
	g_assert_cmpuint(sweep_merge_there(sw, st), ==, 0);
	scale_fill(sw, st);
	g_assert_cmpuint(sweep_merge_there(sw, st), ==, RUNS);
	for (i = 0; i < sw->nruns; i++) {
		g_autofree char *path = NULL;
		char id[SWEEP_IDLEN + 1];
		struct sweep_run run;

		sweep_run_at(sw, i, &run);
		sweep_run_id(sw, &run, st->build, id);
		path = g_strdup_printf("%s/parts/%.2s/%s.csv", st->dir, id,
		    id);
		g_assert_cmpint(stat(path, &sb), ==, 0);
	}
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
	st = scale_store(many);
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

/* Resuming asks for parts by name; their times of access stay. */
static void
scale_resume_reads_no_part(void)
{
	g_autofree char *path = NULL, *row = NULL;
	char id[SWEEP_IDLEN + 1];
	struct sweep_store *st;
	struct sweep_run run;
	struct stat sb;
	struct sweep *sw;
	uint64_t i;

	sw = scale_sweep(RUNS);
	st = scale_store(sw);
	for (i = 0; i < 100; i++) {
		struct timespec long_ago[2] = { { 1, 0 }, { 2, 0 } };

		sweep_run_at(sw, i, &run);
		sweep_run_id(sw, &run, st->build, id);
		g_free(path);
		path = g_strdup_printf("%s/parts/%.2s/%s.csv", st->dir, id,
		    id);
		/* Older than the last write: reading shows with relatime. */
		g_assert_cmpint(utimensat(AT_FDCWD, path, long_ago, 0), ==, 0);
		g_assert_true(sweep_store_has(st, id));
		g_assert_cmpint(stat(path, &sb), ==, 0);
		g_assert_cmpint(sb.st_atime, ==, 1);
	}
	g_assert_true(sweep_store_read(st, id, &row, NULL));
	g_assert_nonnull(row);
	g_assert_cmpint(stat(path, &sb), ==, 0);
	if (sb.st_atime == 1)
		g_test_skip("no times of access are kept here");
	sweep_store_free(st);
	sweep_free(sw);
}

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

int
main(int argc, char **argv)
{
	int code;

	g_test_init(&argc, &argv, NULL);
	scale_dir = g_dir_make_tmp("sweep-scale-XXXXXX", NULL);
	g_assert_nonnull(scale_dir);
	g_test_add_func("/sweep_scale/parts_fan_out", scale_parts_fan_out);
	g_test_add_func("/sweep_scale/merge_in_the_memory_of_one",
	    scale_merge_in_the_memory_of_one);
	g_test_add_func("/sweep_scale/resume_reads_no_part",
	    scale_resume_reads_no_part);
	code = g_test_run();
	scale_remove(scale_dir);
	g_free(scale_dir);
	return (code);
}
