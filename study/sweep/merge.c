/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * All runs of a sweep in one file; see merge.h.
 *
 * Nothing is kept from one row to the next, so that a sweep of a million runs
 * merges in the memory of one.
 */

#include "study/run/provenance.h"
#include "study/scenario/replay.h"
#include "study/sweep/merge.h"
#include "study/text/csvout.h"

uint64_t
sweep_merge_missing(const struct sweep *sw, const struct sweep_store *st,
    sweep_merge_fn missing, void *arg)
{
	char id[SWEEP_IDLEN + 1];
	struct sweep_run run;
	uint64_t i, n;

	n = 0;
	for (i = 0; i < sw->nruns; i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *row = NULL;

		sweep_run_at(sw, i, &run);
		sweep_run_id(sw, &run, st->build, id);
		(void)sweep_store_read(st, id, &row, &error);
		if (row != NULL)
			continue;
		n++;
		if (missing != NULL)
			missing(arg, &run, id, error != NULL ? error->message :
			    NULL);
	}
	return (n);
}

uint64_t
sweep_merge_there(const struct sweep *sw, const struct sweep_store *st)
{
	char id[SWEEP_IDLEN + 1];
	struct sweep_run run;
	uint64_t i, n;

	n = 0;
	for (i = 0; i < sw->nruns; i++) {
		sweep_run_at(sw, i, &run);
		sweep_run_id(sw, &run, st->build, id);
		n += sweep_store_has(st, id);
	}
	return (n);
}

/*
 * As provenance_write(), but for the build: a merge may be done by another than
 * made the runs.
 */
static void
merge_begin(const struct sweep *sw, const struct sweep_store *st,
    uint64_t nmissing, FILE *f)
{
	g_autoptr(GString) paths = g_string_new(NULL);
	const struct sweep_axis *ax;
	guint i;

	for (i = 0; i < sw->axes->len; i++) {
		ax = sw->axes->pdata[i];
		g_string_append_printf(paths, "%s%s", i > 0 ? ", " : "",
		    ax->path);
	}
	fprintf(f, PROVENANCE_MAGIC "%s\n", st->build);
	provenance_write_line(f, "sweep", sw->name);
	provenance_write_line(f, "swept", paths->str);
	if (sw->constraint != NULL)
		provenance_write_line(f, "constraint", sw->constraint);
	fprintf(f, "# cells: %u\n", sw->cells->len);
	provenance_write_line(f, "scenario", sw->base->name);
	provenance_write_line(f, "title", sw->base->title);
	provenance_write_line(f, "digest", sw->base->digest);
	fprintf(f, "# seed: %ju\n", (uintmax_t)sw->base->seed);
	fprintf(f, "# replications: %u\n", sw->replications);
	for (i = 0; i < sw->base->nreplays; i++) {
		g_autofree char *skipped = NULL;

		skipped = replay_skipped_text(sw->base->replays[i]);
		if (skipped != NULL)
			provenance_write_line(f, "skipped", skipped);
	}
	if (nmissing > 0)
		fprintf(f, PROVENANCE_INCOMPLETE "%ju of %ju runs are "
		    "missing\n", (uintmax_t)nmissing, (uintmax_t)sw->nruns);
}

static void
merge_row(const struct sweep *sw, unsigned cell, const char *row,
    struct csvout *c)
{
	const struct sweep_axis *ax;
	guint i;

	for (i = 0; i < sw->axes->len; i++) {
		ax = sw->axes->pdata[i];
		sweep_axis_write(ax, sweep_value(sw, cell, ax), c);
	}
	csvout_row(c, row);
	csvout_end(c);
}

/*
 * As many rows as were counted before?  More are as bad as fewer: the first
 * lines are written, and do not tell of this file.
 */
static uint64_t
merge_end(const struct sweep *sw, uint64_t nmissing, uint64_t rows, FILE *f)
{
	uint64_t lost, want;

	want = sw->nruns - nmissing;
	lost = rows > want ? rows - want : want - rows;
	if (lost > 0)
		fprintf(f, PROVENANCE_INCOMPLETE "%ju of %ju runs are here; "
		    "some came or went while they were merged\n",
		    (uintmax_t)rows, (uintmax_t)sw->nruns);
	return (lost);
}

uint64_t
sweep_merge_write(const struct sweep *sw, const struct sweep_store *st,
    uint64_t nmissing, sweep_merge_fn missing, void *arg, FILE *f)
{
	char id[SWEEP_IDLEN + 1];
	struct sweep_run run;
	struct csvout c;
	uint64_t i, n;

	merge_begin(sw, st, nmissing, f);
	csvout_init(&c, f);
	for (i = 0; i < sw->axes->len; i++)
		sweep_axis_write_column(sw->axes->pdata[i], &c);
	csvout_row(&c, st->columns);
	csvout_end(&c);
	n = 0;
	for (i = 0; i < sw->nruns && !ferror(f); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *row = NULL;

		sweep_run_at(sw, i, &run);
		sweep_run_id(sw, &run, st->build, id);
		(void)sweep_store_read(st, id, &row, &error);
		if (row != NULL) {
			n++;
			merge_row(sw, run.cell, row, &c);
		} else if (missing != NULL && (nmissing == 0 ||
		    error != NULL)) {
			missing(arg, &run, id, error != NULL ? error->message :
			    NULL);
		}
	}
	csvout_fini(&c);
	return (merge_end(sw, nmissing, n, f));
}
