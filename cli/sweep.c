/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim sweep: one scenario over combinations of parameters.
 *
 *	plan	say what there is to do; write nothing
 *	run	do what is not done yet, or one shard of it
 *	merge	one CSV of all that was done
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/notes.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "models/machine/assembly.h"
#include "models/machine/run.h"
#include "study/run/progress.h"
#include "study/sweep/file.h"
#include "study/sweep/merge.h"
#include "study/sweep/store.h"
#include "study/sweep/sweep.h"
#include "study/sweep/work.h"
#include "study/text/grid.h"
#include "study/text/problem.h"

/* Of the runs that are missing so many are named. */
#define	SWEEP_NAMED	50

/* No probe takes longer, us. */
#define	SWEEP_PROBE_LIMIT	(10 * G_USEC_PER_SEC)

struct sweep_options {
	char		*out;
	char		*csv;
	char		*shard;
	int		jobs;
	char		*memory;
	double		bytes;		/* what `memory' says */
	gboolean	force;
	gboolean	no_probe;
	gboolean	quiet;
	char		**rest;		/* WHAT SWEEP */
	/* What they stand for. */
	const char	*path;
	unsigned	shard_idx, nshards;
};

/* ---- options ----------------------------------------------------------- */

/* "I/N", from 1. */
static bool
sweep_shard(struct sweep_options *opt, GError **error)
{
	g_auto(GStrv) parts = NULL;
	guint64 i, n;

	opt->nshards = 1;
	if (opt->shard == NULL)
		return (true);
	parts = g_strsplit(opt->shard, "/", 2);
	if (parts[0] == NULL || parts[1] == NULL ||
	    !g_ascii_string_to_unsigned(parts[1], 10, 1, 1000000, &n, NULL) ||
	    !g_ascii_string_to_unsigned(parts[0], 10, 1, n, &i, NULL))
		return (option_bad(error, "--shard=%s: allowed is I/N, I from "
		    "1 to N", opt->shard));
	opt->shard_idx = (unsigned)i - 1;
	opt->nshards = (unsigned)n;
	return (true);
}

static bool
sweep_parse(int argc, char **argv, struct sweep_options *opt,
    GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	GOptionEntry entries[] = {
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where the runs are kept (default results/NAME)", "DIR" },
		{ "shard", 0, 0, G_OPTION_ARG_STRING, &opt->shard,
		    "run: only each Nth run, from the Ith on", "I/N" },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &opt->jobs,
		    "run: runs at a time (default: one a CPU)", "N" },
		{ "memory", 0, 0, G_OPTION_ARG_STRING, &opt->memory,
		    "run: stop at a run that takes more (default: what there "
		    "is)", "SIZE" },
		{ "csv", 0, 0, G_OPTION_ARG_FILENAME, &opt->csv,
		    "merge: write there, not to standard output", "FILE" },
		{ "no-probe", 0, 0, G_OPTION_ARG_NONE, &opt->no_probe,
		    "plan: run nothing, and estimate nothing", NULL },
		{ "force", 0, 0, G_OPTION_ARG_NONE, &opt->force,
		    "Never mind another build or scenario in DIR", NULL },
		{ "quiet", 'q', 0, G_OPTION_ARG_NONE, &opt->quiet,
		    "No progress and no summary", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->rest, NULL, "plan|run|merge SWEEP" },
		{ .long_name = NULL }
	};

	context = option_context("sweep", "Run a scenario over "
	    "combinations of parameters: say what there is to do (plan),\n"
	    "do what is not done yet (run), one CSV of it all (merge).",
	    NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->rest != NULL && !option_word("sweep: ", opt->rest[0],
	    "plan|run|merge", error))
		return (false);
	if (opt->rest == NULL || opt->rest[1] == NULL)
		return (option_bad(error, "sweep: needs plan, run or merge and "
		    "a SWEEP file"));
	if (opt->rest[2] != NULL)
		return (option_bad(error, "sweep: one file at a time, not %s, "
		    "too", opt->rest[2]));
	opt->path = opt->rest[1];
	return (option_jobs(opt->jobs, error) &&
	    option_memory(opt->memory, &opt->bytes, error) &&
	    sweep_shard(opt, error));
}

static void
sweep_options_fini(struct sweep_options *opt)
{

	g_free(opt->out);
	g_free(opt->csv);
	g_free(opt->shard);
	g_free(opt->memory);
	g_strfreev(opt->rest);
}

/* Tell it; what a user wrote is one thing, what a disk does another. */
static int
sweep_fail(const GError *error)
{

	say("%s\n", error->message);
	return (error->domain == PROBLEM_DOMAIN ||
	    error->domain == G_OPTION_ERROR ? say_code(error) : CLI_IO);
}

/* ---- plan -------------------------------------------------------------- */

static void
plan_head(const struct sweep *sw)
{
	char *plain;
	const struct sweep_axis *ax;
	unsigned v;
	guint i;

	plain = problem_plain(sw->name);
	printf("sweep     %s\n", plain);
	g_free(plain);
	plain = problem_plain(sw->scenario);
	printf("scenario  %s (sha256 %.12s)\n", plain, sw->base->digest);
	g_free(plain);
	for (i = 0; i < sw->axes->len; i++) {
		ax = sw->axes->pdata[i];
		printf("%s  %s: values %u\n", i == 0 ? "swept   " :
		    "        ", ax->path, ax->points->len);
	}
	printf("cells     %u", sw->cells->len);
	if (sw->cells->len != sw->npoints)
		printf(" of %u (%s)", sw->npoints, sw->constraint);
	printf("\nvariants ");
	for (v = 0; v < sw->base->nvariants; v++)
		printf(" %s", sw->base->variants[v].name);
	printf("\nruns      %u cells x %u variants x %u replications = %"
	    G_GUINT64_FORMAT "\n", sw->cells->len, sw->base->nvariants,
	    sw->replications, sw->nruns);
}

static void
plan_cells(const struct sweep *sw)
{
	g_autofree char *columns = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	const struct sweep_axis *ax;
	struct grid *g;
	unsigned cell;
	guint i;

	columns = g_strnfill(sw->axes->len + 1, 'r');
	g = grid_new(columns, 2);
	grid_add(g, "cell");
	for (i = 0; i < sw->axes->len; i++)
		grid_add(g, ((struct sweep_axis *)sw->axes->pdata[i])->path);
	for (cell = 0; cell < sw->cells->len; cell++) {
		g_autofree char *number = g_strdup_printf("%u", cell + 1);

		grid_add(g, number);
		for (i = 0; i < sw->axes->len; i++) {
			ax = sw->axes->pdata[i];
			grid_add(g, sweep_point_name(sweep_axis_point(ax,
			    sweep_value(sw, cell, ax))));
		}
	}
	grid_print(g, "", out);
	grid_free(g);
	printf("\n%s", out->str);
}

/* What is there already, if somebody asks for a directory. */
static int
plan_there(const struct sweep_options *opt, const struct sweep *sw)
{
	g_autoptr(GError) error = NULL;
	struct sweep_store *st;

	if (opt->out == NULL ||
	    !g_file_test(opt->out, G_FILE_TEST_EXISTS))
		return (CLI_OK);
	st = sweep_store_new(opt->out, sw, SWEEP_STORE_READ, opt->force, 0, 1,
	    &error);
	if (st == NULL)
		return (sweep_fail(error));
	printf("there     %" G_GUINT64_FORMAT " in %s\n",
	    sweep_merge_there(sw, st), opt->out);
	sweep_store_free(st);
	return (CLI_OK);
}

static int
plan_probe(const struct sweep *sw)
{
	struct sweep_how how = { .simulate = run_simulate,
	    .stop = &signals_caught };
	g_autoptr(GError) error = NULL;
	g_autofree char *probe = NULL, *total = NULL;
	gint64 us;
	double s;

	fflush(stdout);
	s = sweep_work_probe(sw, &how, SWEEP_PROBE_LIMIT, &us, &error);
	if (error != NULL)
		return (sweep_fail(error));
	if (s < 0)
		return (128 + g_atomic_int_get(&signals_caught));
	total = progress_time(s);
	probe = progress_time((double)us / 1e6);
	printf("\nestimate  %s of one CPU for all (one probe of %s, scaled by "
	    "the\n          connections that each run wants%s; failing\n"
	    "          searches cost more)\n", total, probe,
	    sw->cells->len <= SWEEP_WEIGHED ? "" : ", asked of "
	    G_STRINGIFY(SWEEP_WEIGHED) " cells");
	return (CLI_OK);
}

static int
sweep_plan(const struct sweep_options *opt, const struct sweep *sw)
{
	int code;

	plan_head(sw);
	code = plan_there(opt, sw);
	if (code != CLI_OK)
		return (code);
	plan_cells(sw);
	return (opt->no_probe ? CLI_OK : plan_probe(sw));
}

/* ---- run --------------------------------------------------------------- */

struct sweep_watch {
	const struct sweep_options *opt;
	const struct sweep *sw;
	struct progress	progress;
	gint64		began;		/* monotonic, us; 0: not yet */
};

/* What is said before the first run. */
static void
watch_begin(struct sweep_watch *w, const struct sweep_tally *t)
{

	w->began = g_get_monotonic_time();
	if (w->opt->quiet)
		return;
	say("%s: %u cells x %u variants x %u replications = %"
	    G_GUINT64_FORMAT " runs", w->sw->name, w->sw->cells->len,
	    w->sw->base->nvariants, w->sw->replications, w->sw->nruns);
	if (w->opt->nshards > 1)
		say("; shard %u/%u: %" G_GUINT64_FORMAT,
		    w->opt->shard_idx + 1, w->opt->nshards, t->mine);
	say("; there %" G_GUINT64_FORMAT ", to do %"
	    G_GUINT64_FORMAT "\n", t->there, t->mine - t->there);
}

static void
watch_answer(struct sweep_watch *w, const struct sweep_tally *t)
{
	g_autofree char *gone = NULL, *left = NULL;
	double s;

	progress_fini(&w->progress);
	s = (double)(g_get_monotonic_time() - w->began) / 1e6;
	gone = progress_time(s);
	if (t->share > 0)
		left = progress_time(s / t->share - s);
	say("%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
	    " runs there, %" G_GUINT64_FORMAT " of them new; %s gone%s%s%s\n",
	    w->sw->name, t->there + t->done, t->mine, t->done, gone,
	    left != NULL ? ", about " : "", left != NULL ? left : "",
	    left != NULL ? " left" : "");
}

/* A sweep_how.tick. */
static void
watch_tick(void *arg, const struct sweep_tally *t)
{
	struct sweep_watch *w;

	w = arg;
	if (w->began == 0)
		watch_begin(w, t);
	if (g_atomic_int_compare_and_exchange(&signals_asked, 1, 0))
		watch_answer(w, t);
	progress_tick(&w->progress, t->share);
}

static int
sweep_run(const struct sweep_options *opt, const struct sweep *sw,
    const char *dir)
{
	struct sweep_watch w = { .opt = opt, .sw = sw };
	struct sweep_how how = { .shard = opt->shard_idx,
	    .nshards = opt->nshards, .simulate = run_simulate,
	    .stop = &signals_caught, .tick = watch_tick, .tick_arg = &w,
	    .fewer = say_fewer };
	g_autoptr(GError) error = NULL;
	struct sweep_store *st;
	struct sweep_tally t;
	bool ok;
	int signo;

	st = sweep_store_new(dir, sw, SWEEP_STORE_WRITE, opt->force,
	    opt->shard_idx, opt->nshards, &error);
	if (st == NULL)
		return (sweep_fail(error));
	how.jobs = opt->jobs > 0 ? (unsigned)opt->jobs :
	    g_get_num_processors();
	how.memory = opt->bytes;
	progress_init(&w.progress, stderr, sw->name, opt->quiet);
	ok = sweep_work(sw, st, &how, &t, &error);
	progress_fini(&w.progress);
	sweep_store_free(st);
	if (!ok)
		return (sweep_fail(error));
	signo = g_atomic_int_get(&signals_caught);
	if (signo != 0 && t.there + t.done < t.mine) {
		say("stopped: %" G_GUINT64_FORMAT " of %"
		    G_GUINT64_FORMAT " runs there\n", t.there + t.done,
		    t.mine);
		return (128 + signo);
	}
	if (!opt->quiet)
		printf("%s: %" G_GUINT64_FORMAT " runs there, %"
		    G_GUINT64_FORMAT " of them new; %s\n", sw->name,
		    t.there + t.done, t.done, dir);
	return (CLI_OK);
}

/* ---- merge ------------------------------------------------------------- */

/* Runs that are missing: the first of them by name, all by number. */
struct merge_missing {
	const struct sweep *sw;
	uint64_t	n, damaged;
	uint64_t	*variants;	/* variants[nvariants] */
	bool		*cells;		/* cells[sw->cells->len]: lacks one */
};

/* A sweep_merge_fn. */
static void
merge_tell(void *arg, const struct sweep_run *run, const char *id,
    const char *why)
{
	struct merge_missing *mm;
	g_autofree char *cell = NULL;

	mm = arg;
	mm->damaged += why != NULL;
	mm->variants[run->variant]++;
	mm->cells[run->cell] = true;
	if (++mm->n > SWEEP_NAMED)
		return;
	cell = sweep_cell_text(mm->sw, run->cell);
	say("missing: run %" G_GUINT64_FORMAT " (%s): variant %s, "
	    "replication %u%s%s%s%s%s\n", run->idx + 1, id,
	    mm->sw->base->variants[run->variant].name, run->replication + 1,
	    *cell != '\0' ? ", " : "", cell, why != NULL ? " (" : "",
	    why != NULL ? why : "", why != NULL ? ")" : "");
}

/* What is missing is told of one by one, to a limit, and then counted. */
static void
merge_count(const struct merge_missing *mm)
{
	g_autoptr(GString) of = NULL;
	unsigned cells, i;

	if (mm->n == 0)
		return;
	if (mm->n > SWEEP_NAMED)
		say("missing: %" G_GUINT64_FORMAT " more\n",
		    mm->n - SWEEP_NAMED);
	for (i = cells = 0; i < mm->sw->cells->len; i++)
		cells += mm->cells[i];
	of = g_string_new(NULL);
	for (i = 0; i < mm->sw->base->nvariants; i++)
		g_string_append_printf(of, "%s %s %" G_GUINT64_FORMAT,
		    i > 0 ? "," : "", mm->sw->base->variants[i].name,
		    mm->variants[i]);
	if (mm->damaged > 0)
		g_string_append_printf(of, "; damaged %" G_GUINT64_FORMAT,
		    mm->damaged);
	say("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
	    " runs are missing, in %u of %u cells; of%s\n", mm->n,
	    mm->sw->nruns, cells, mm->sw->cells->len, of->str);
}

/* Lines of which the run is not known: it is among the missing, if of ours. */
static void
merge_wonder(const struct sweep_store *st)
{
	const char *first;
	unsigned n;

	n = rows_strange(st->rows, &first);
	if (n > 0)
		say("%u line%s that %s no run: %s%s\n", n, n > 1 ? "s" : "",
		    n > 1 ? "tell of" : "tells of", first, n > 1 ?
		    ", and more" : "");
}

static int
sweep_merge(const struct sweep_options *opt, const struct sweep *sw,
    const char *dir)
{
	struct merge_missing mm = { .sw = sw };
	g_autoptr(GError) error = NULL;
	struct sweep_store *st;
	struct outfile of;
	uint64_t lost, missing;
	bool ok;

	st = sweep_store_new(dir, sw, SWEEP_STORE_READ, opt->force, 0, 1,
	    &error);
	if (st == NULL)
		return (sweep_fail(error));
	merge_wonder(st);
	mm.variants = g_new0(uint64_t, sw->base->nvariants);
	mm.cells = g_new0(bool, sw->cells->len);
	missing = sweep_merge_missing(sw, st, merge_tell, &mm);
	merge_count(&mm);
	lost = 0;
	ok = outfile_begin(&of, opt->csv, &error);
	if (ok) {
		lost = sweep_merge_write(sw, st, missing, merge_tell, &mm,
		    of.file);
		ok = outfile_end(&of, &error);
	}
	g_free(mm.variants);
	g_free(mm.cells);
	sweep_store_free(st);
	if (!ok) {
		say("%s\n", error->message);
		return (CLI_IO);
	}
	if (lost > 0)
		say("runs came or went while they were merged: merge again\n");
	return (missing + lost == 0 ? CLI_OK : CLI_INCOMPLETE);
}

/* ---- which ------------------------------------------------------------- */

static int
sweep_do(const struct sweep_options *opt)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) warnings = NULL;
	g_autofree char *dir = NULL;
	const char *what;
	struct sweep *sw;
	guint i;
	int code;

	what = opt->rest[0];
	sw = sweep_load(opt->path, &error);
	if (sw == NULL)
		return (sweep_fail(error));
	/* Reading, which may wait for a pipe, and merging save nothing. */
	if (*what != 'm') {
		signals_catch();
		signals_catch_questions();
	}
	if (*what != 'm')
		notes_tell(sw->base);
	warnings = sweep_warnings(sw);
	for (i = 0; i < warnings->len && *what != 'm'; i++)
		say("%s\n", (char *)warnings->pdata[i]);
	dir = opt->out != NULL ? g_strdup(opt->out) :
	    g_build_filename("results", sw->name, NULL);
	if (*what == 'p')
		code = sweep_plan(opt, sw);
	else if (*what == 'r')
		code = sweep_run(opt, sw, dir);
	else
		code = sweep_merge(opt, sw, dir);
	sweep_free(sw);
	return (code);
}

int
cli_sweep(int argc, char **argv)
{
	struct sweep_options opt = { .out = NULL };
	g_autoptr(GError) error = NULL;
	int code;

	code = sweep_parse(argc, argv, &opt, &error) ? sweep_do(&opt) :
	    sweep_fail(error);
	sweep_options_fini(&opt);
	return (code);
}
