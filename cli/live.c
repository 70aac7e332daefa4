/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim live: a scenario simulated and done for real, side by side.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/notes.h"
#include "cli/option.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "models/machine/assembly.h"
#include "study/calibrate/calibrate.h"
#include "study/calibrate/host.h"
#include "study/live/live.h"
#include "study/run/amend.h"
#include "study/run/progress.h"
#include "study/run/provenance.h"
#include "study/scenario/costs_file.h"
#include "study/scenario/load.h"
#include "study/scenario/scenario.h"
#include "study/text/problem.h"

/* Above that many pcbs the short calibration does not reach. */
#define	LIVE_QUICK_PCBS	111072

struct live_options {
	char		*costs;		/* NULL: measure them */
	char		*seconds;
	char		*out;
	gboolean	report_only;
	gboolean	verbose;
	char		**rest;
};

/* What all of a run share. */
struct live_job {
	const struct live_options *opt;
	struct scenario	*sc;
	struct costs	*costs;
	char		*table;		/* of costs, if measured here */
	GString		*text;		/* what is told */
	struct live_pair *pairs;	/* pairs[sc->nvariants] */
	struct amend	*place;		/* where files go; NULL: nowhere */
};

static bool
live_parse(int argc, char **argv, struct live_options *opt, GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	GOptionEntry entries[] = {
		{ "costs", 0, 0, G_OPTION_ARG_FILENAME, &opt->costs,
		    "A table of this machine's costs (default: measure them)",
		    "FILE" },
		{ "seconds", 0, 0, G_OPTION_ARG_STRING, &opt->seconds,
		    "Duration in place of the scenario's", "S" },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where live.csv, live.txt and costs.csv go", "DIR" },
		{ "report-only", 0, 0, G_OPTION_ARG_NONE, &opt->report_only,
		    "Exit 0 also if a time lies outside its band", NULL },
		{ "verbose", 'v', 0, G_OPTION_ARG_NONE, &opt->verbose,
		    "Tell what the machine is and what to know of it", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->rest, NULL, "SCENARIO" },
		{ .long_name = NULL }
	};

	context = option_context("live", "Do a scenario for real, with "
	    "threads, a lock and pcb-sized nodes on this machine,\nand "
	    "simulate it with this machine's costs: both side by side.",
	    NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->rest != NULL && opt->rest[1] == NULL)
		return (true);
	problem_set(error, "live: takes one scenario");
	return (false);
}

/* ---- the scenario ------------------------------------------------------ */

static struct scenario *
live_load(const struct live_options *opt, GError **error)
{
	g_autofree char *duration = NULL;
	struct override o = { "scenario.duration", NULL, "--seconds" };
	struct scenario *sc;
	unsigned i;

	if (opt->seconds != NULL)
		duration = g_strdup_printf("%ss", opt->seconds);
	o.value = duration;
	sc = scenario_load(opt->rest[0], &o, duration != NULL, NULL, error);
	if (sc == NULL)
		return (NULL);
	notes_tell(sc);
	for (i = 0; i < sc->nvariants; i++) {
		if (live_model_check(&sc->variants[i].conf,
		    g_get_num_processors(), error))
			continue;
		g_prefix_error(error, "%s: variant %s: ", opt->rest[0],
		    sc->variants[i].name);
		scenario_free(sc);
		return (NULL);
	}
	return (sc);
}

/* ---- costs ------------------------------------------------------------- */

/* How many pcbs the tables are going to hold at most. */
static uint64_t
live_pcbs(const struct scenario *sc)
{
	struct run_result *res;
	uint64_t most;
	unsigned i;

	most = 0;
	for (i = 0; i < sc->nvariants; i++) {
		res = run_simulate(&sc->variants[i].conf);
		most = MAX(most, res->pcbs_max);
		run_result_free(res);
	}
	return (most);
}

struct live_measure {
	struct calibrate_conf conf;
	char		*text;
	GError		*error;
};

/* In a thread of its own: it binds itself to a CPU, and those it makes. */
static gpointer
live_measure(gpointer arg)
{
	struct live_measure *m;
	struct calibrate *c;
	size_t len;
	FILE *f;

	m = arg;
	c = calibrate_new(&m->conf, &m->error);
	if (c == NULL)
		return (NULL);
	f = open_memstream(&m->text, &len);
	if (f != NULL) {
		calibrate_write(c, f);
		if (fclose(f) != 0)
			g_clear_pointer(&m->text, free);
	}
	if (m->text == NULL)
		problem_set(&m->error, "%s", g_strerror(errno));
	calibrate_free(c);
	return (NULL);
}

/* A table is read from a file, so this becomes one for a moment. */
static struct costs *
live_costs_text(const char *text, GError **error)
{
	g_autofree char *name = NULL, *path = NULL;
	struct costs *costs;
	uint64_t hash;
	int fd;

	fd = g_file_open_tmp("pcbsim-XXXXXX.csv", &name, error);
	if (fd < 0)
		return (NULL);
	(void)close(fd);
	costs = NULL;
	if (g_file_set_contents(name, text, -1, error))
		costs = costs_file_load(name, ".", &path, &hash, error);
	(void)unlink(name);
	return (costs);
}

static bool
live_costs(struct live_job *job, GError **error)
{
	struct live_measure m = { .conf = { .tick = progress_tick } };
	g_autofree char *path = NULL;
	struct progress progress;
	GThread *thread;
	uint64_t hash;

	if (job->opt->costs != NULL) {
		job->costs = costs_file_load(job->opt->costs, ".", &path,
		    &hash, error);
		return (job->costs != NULL);
	}
	m.conf.quick = live_pcbs(job->sc) <= LIVE_QUICK_PCBS;
	progress_init(&progress, stderr, "calibrate", false);
	m.conf.tick_arg = &progress;
	thread = g_thread_try_new("calibrate", live_measure, &m, &m.error);
	if (thread != NULL)
		g_thread_join(thread);
	else
		g_prefix_error(&m.error, "nothing can be measured: ");
	progress_fini(&progress);
	if (m.error != NULL) {
		g_propagate_error(error, m.error);
		return (false);
	}
	job->table = g_strdup(m.text);
	free(m.text);
	job->costs = live_costs_text(job->table, error);
	return (job->costs != NULL);
}

/* ---- the run ----------------------------------------------------------- */

static bool
live_variants(struct live_job *job, GError **error)
{
	struct progress progress;
	struct run_conf conf;
	unsigned i;
	bool ok;

	for (i = 0; i < job->sc->nvariants; i++) {
		scenario_conf(job->sc, i, 0, &conf);
		conf.host.costs = job->costs;
		job->pairs[i].name = job->sc->variants[i].name;
		progress_init(&progress, stderr, job->pairs[i].name, false);
		ok = live_pair_run(&job->pairs[i], &conf, progress_tick,
		    &progress, error);
		progress_fini(&progress);
		if (!ok)
			return (false);
		live_pair_text(&job->pairs[i], job->text);
	}
	return (true);
}

/* Both verdicts and exit code. */
static int
live_judge(struct live_job *job)
{
	g_autoptr(GString) found = NULL;
	unsigned different, i, outside, within;

	different = outside = within = 0;
	for (i = 0; i < job->sc->nvariants; i++) {
		different += live_count(job->pairs[i].rows, LIVE_DIFFERENT) +
		    (job->pairs[i].has_differs ? 1 : 0);
		outside += live_count(job->pairs[i].rows, LIVE_OUTSIDE);
		within += live_count(job->pairs[i].rows, LIVE_WITHIN);
	}
	found = g_string_new(different == 0 ? "every decision, candidate and "
	    "visit is the same" : "DECISIONS OR COUNTS DIFFER");
	if (outside + within == 0)
		g_string_append(found, "; no time was there to be judged\n");
	else
		g_string_append_printf(found, "; of %u figures with a band %u "
		    "are outside\n", outside + within, outside);
	g_string_prepend(job->text, found->str);
	if (different > 0 || (outside > 0 && !job->opt->report_only))
		return (CLI_FAILED);
	return (CLI_OK);
}

static char *
live_csv(const struct live_job *job)
{
	const struct scenario *sc;
	struct provenance p;
	char *copy, *text;
	size_t len;
	FILE *f;

	sc = job->sc;
	f = open_memstream(&text, &len);
	if (f == NULL)
		return (NULL);
	p = (struct provenance){ sc->name, sc->title, sc->digest, sc->seed, 1,
	    NULL };
	provenance_write(f, &p);
	calibrate_host_write(f);
	live_write_csv(job->pairs, sc->nvariants, f);
	if (fclose(f) != 0)
		return (NULL);
	copy = g_strdup(text);
	free(text);
	return (copy);
}

static bool
live_store(const struct live_job *job, const char *name, const char *text,
    GError **error)
{

	return (text == NULL || amend_text(job->place, name, text, error));
}

/* Nobody should wait for a run to learn of a misspelt directory. */
static bool
live_place(struct live_job *job, GError **error)
{
	static const char *const names[] = { "live.csv", "live.txt",
	    "costs.csv" };
	size_t i;

	if (job->opt->out == NULL)
		return (true);
	job->place = amend_new(job->opt->out, error);
	if (job->place != NULL)
		say_remark(amend_remark(job->place));
	for (i = 0; job->place != NULL && i < G_N_ELEMENTS(names); i++)
		if (!amend_expect(job->place, names[i], error))
			return (false);
	return (job->place != NULL);
}

static bool
live_output(const struct live_job *job, GError **error)
{
	g_autofree char *csv = NULL;

	fputs(job->text->str, stdout);
	if (job->opt->out == NULL)
		return (true);
	csv = live_csv(job);
	if (csv == NULL) {
		problem_set(error, "%s: %s", job->opt->out,
		    g_strerror(errno));
		return (false);
	}
	return (live_store(job, "live.csv", csv, error) &&
	    live_store(job, "live.txt", job->text->str, error) &&
	    live_store(job, "costs.csv", job->table, error) &&
	    amend_commit(job->place, error));
}

/* -v: the machine, and what its costs' table remarks. */
static void
live_tell(const struct live_job *job)
{
	g_auto(GStrv) lines = NULL;
	unsigned i;

	if (!job->opt->verbose)
		return;
	(void)say_flush();
	calibrate_host_write(stderr);
	if (job->table != NULL)
		lines = g_strsplit(job->table, "\n", -1);
	for (i = 0; lines != NULL && lines[i] != NULL; i++)
		if (g_str_has_prefix(lines[i], "# remark"))
			say("%s\n", lines[i]);
}

static int
live_do(struct live_job *job, GError **error)
{
	int code;

	if (!live_costs(job, error))
		return (job->opt->costs != NULL ? say_code(*error) : CLI_IO);
	live_tell(job);
	if (!live_variants(job, error))
		return (say_code(*error));
	code = live_judge(job);
	return (live_output(job, error) ? code : CLI_IO);
}

int
cli_live(int argc, char **argv)
{
	struct live_options opt = { .costs = NULL };
	struct live_job job = { .opt = &opt };
	g_autoptr(GError) error = NULL;
	int code;

	if (live_parse(argc, argv, &opt, &error))
		job.sc = live_load(&opt, &error);
	code = say_code(error);
	signals_leave();
	if (job.sc != NULL && !live_place(&job, &error)) {
		code = CLI_IO;
	} else if (job.sc != NULL) {
		job.text = g_string_new(NULL);
		job.pairs = g_new0(struct live_pair, job.sc->nvariants);
		code = live_do(&job, &error);
		g_string_free(job.text, TRUE);
		g_free(job.pairs);
	}
	if (error != NULL)
		say("%s\n", error->message);
	if (job.sc != NULL)
		scenario_free(job.sc);
	amend_free(job.place);
	g_free(job.costs);
	g_free(job.table);
	g_free(opt.costs);
	g_free(opt.seconds);
	g_free(opt.out);
	g_strfreev(opt.rest);
	return (code);
}
