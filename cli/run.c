/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim run: scenarios in, results out.
 *
 * Every scenario is parsed, and every place for results is made sure of,
 * before anything runs: nobody should wait an hour to learn of a misspelt
 * claim in the last file or a directory that cannot be written.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/notes.h"
#include "cli/option.h"
#include "cli/result.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "models/machine/assembly.h"
#include "models/machine/run.h"
#include "study/report/brief.h"
#include "study/report/moved.h"
#include "study/run/claim.h"
#include "study/run/experiment.h"
#include "study/run/moves.h"
#include "study/run/output.h"
#include "study/run/progress.h"
#include "study/run/timeline_trace.h"
#include "study/scenario/effort.h"
#include "study/scenario/estimate.h"
#include "study/scenario/footprint.h"
#include "study/scenario/load.h"
#include "study/scenario/replay.h"
#include "study/scenario/scenario.h"
#include "study/stat/until.h"
#include "study/text/piped.h"
#include "study/text/problem.h"

/* Instructions of a scenario that takes long: half a minute. */
#define	RUN_LONG	(30 * EFFORT_PER_S)

struct run_options {
	char		*out;
	char		**set;
	char		*variant;
	char		*seed;
	char		*replications;
	char		*search;
	char		*until;
	char		*trace_window;
	char		*memory;
	gboolean	moves;
	gboolean	trace;
	int		jobs;
	gboolean	no_plots;
	gboolean	quiet;
	char		**paths;
	struct option_sets sets;	/* what `set' and others stand for */
	struct stat_until stop;		/* what `until' says */
	struct timeline_trace_conf window;	/* what `trace_window' says */
	double		bytes;		/* what `memory' says */
};

static int
run_fail(GError *error, int code)
{

	say("%s\n", error->message);
	g_error_free(error);
	return (code);
}

/* ---- options ----------------------------------------------------------- */

/* What a terminal, or a line, must not have is $'\NNN', which shells know. */
static void
run_add_bytes(GString *s, const char *word)
{
	const unsigned char *p;

	g_string_append(s, "$'");
	for (p = (const unsigned char *)word; *p != '\0'; p++)
		if (*p < ' ' || *p > '~' || *p == '\'' || *p == '\\')
			g_string_append_printf(s, "\\%03o", *p);
		else
			g_string_append_c(s, (char)*p);
	g_string_append_c(s, '\'');
}

/* Append a word as a shell would take it. */
static void
run_add_word(GString *s, const char *option, const char *word)
{
	g_autofree char *quoted = NULL;

	g_string_append_printf(s, " %s", option);
	if (problem_bytes(word, strlen(word)) != NULL) {
		run_add_bytes(s, word);
		return;
	}
	quoted = strpbrk(word, " \t\"'`$&|;()<>*?[]\\~#!") != NULL ?
	    g_shell_quote(word) : g_strdup(word);
	g_string_append(s, quoted);
}

/*
 * What to type to have a result again, on any machine: only options that change
 * a result, and no folder that is only here.
 */
static char *
run_command(const struct run_options *opt, const struct scenario *sc)
{
	g_autofree char *file = NULL;
	GString *s;
	char **set;

	/* What was piped in is gone; what it meant is in the result. */
	if (strcmp(sc->path, PIPED_NAME) == 0)
		return (g_strdup("pcbsim run run.ini"));
	s = g_string_new("pcbsim run");
	file = g_path_is_absolute(sc->path) || g_str_has_prefix(sc->path,
	    "..") ? g_path_get_basename(sc->path) : g_strdup(sc->path);
	run_add_word(s, "", file);
	for (set = opt->set; set != NULL && *set != NULL; set++)
		run_add_word(s, "--set=", *set);
	if (opt->variant != NULL)
		run_add_word(s, "--variant=", opt->variant);
	if (opt->seed != NULL)
		run_add_word(s, "--seed=", opt->seed);
	/* After --until: the same bytes, without another look at the spread. */
	if (opt->replications != NULL)
		g_string_append_printf(s, " --replications=%u",
		    sc->replications);
	if (opt->moves)
		g_string_append(s, " --moves");
	return (g_string_free(s, FALSE));
}

static bool
run_parse_until(struct run_options *opt, GError **error)
{

	if (opt->until == NULL)
		return (true);
	if (opt->replications != NULL)
		return (option_bad(error, "--until finds the number of "
		    "replications; --replications does not go with it"));
	opt->replications = g_strdup_printf("%d", STAT_MIN);
	return (stat_until_parse(opt->until, &opt->stop, error));
}

static bool
run_parse(int argc, char **argv, struct run_options *opt, GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	GOptionEntry entries[] = {
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where results go (default results/NAME)", "DIR" },
		{ "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt->set,
		    "Set a parameter, e.g. host.cpus=2", "PATH=VALUE" },
		{ "variant", 0, 0, G_OPTION_ARG_STRING, &opt->variant,
		    "Run only this variant", "NAME" },
		{ "seed", 0, 0, G_OPTION_ARG_STRING, &opt->seed,
		    "Other random numbers", "N" },
		{ "replications", 0, 0, G_OPTION_ARG_STRING,
		    &opt->replications, "How often each variant runs", "N" },
		{ "until", 0, 0, G_OPTION_ARG_STRING, &opt->until,
		    "Add replications (3 to 100) until the 95 % interval of "
		    "METRIC (" STAT_UNTIL_METRIC ") is that narrow",
		    "ci:5%[,METRIC]" },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &opt->jobs,
		    "Runs at a time (default: one a CPU)", "N" },
		{ "memory", 0, 0, G_OPTION_ARG_STRING, &opt->memory,
		    "Refuse what takes more (default: what there is)",
		    "SIZE" },
		{ "search", 0, 0, G_OPTION_ARG_STRING, &opt->search,
		    "How searches are made; results are the same",
		    "index|walk" },
		{ "moves", 0, 0, G_OPTION_ARG_NONE, &opt->moves,
		    "Try each setting of the first variant at half and at "
		    "double; tell which moves the result", NULL },
		{ "trace", 0, 0, G_OPTION_ARG_NONE, &opt->trace,
		    "Write trace.json, for Perfetto or speedscope", NULL },
		{ "trace-window", 0, 0, G_OPTION_ARG_STRING,
		    &opt->trace_window, "Of this part of the run; implies "
		    "--trace", "FROM..TO" },
		{ "no-plots", 0, 0, G_OPTION_ARG_NONE, &opt->no_plots,
		    "Draw no pictures", NULL },
		{ "quiet", 'q', 0, G_OPTION_ARG_NONE, &opt->quiet,
		    "No progress and no table", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->paths, NULL, "SCENARIO..." },
		{ .long_name = NULL }
	};

	context = option_context("run", "Run scenarios; write results, "
	    "pictures and a report for each.", NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->paths == NULL)
		return (option_bad(error, "run: no scenario is named"));
	if (!option_jobs(opt->jobs, error) ||
	    !option_word("--search=", opt->search, "index|walk", error))
		return (false);
	opt->trace |= opt->trace_window != NULL;
	return (timeline_trace_window(opt->trace_window, &opt->window,
	    error) && option_memory(opt->memory, &opt->bytes, error) &&
	    run_parse_until(opt, error));
}

static void
run_options_fini(struct run_options *opt)
{

	g_free(opt->out);
	g_strfreev(opt->set);
	g_free(opt->variant);
	g_free(opt->seed);
	g_free(opt->replications);
	g_free(opt->search);
	g_free(opt->until);
	g_free(opt->trace_window);
	g_free(opt->memory);
	stat_until_fini(&opt->stop);
	g_strfreev(opt->paths);
	option_sets_fini(&opt->sets);
}

/* ---- scenarios --------------------------------------------------------- */

/* What --set and its relatives stand for, in the order in which they win. */
static bool
run_overrides(struct run_options *opt, GError **error)
{

	if (!option_sets_add(&opt->sets, opt->set, error))
		return (false);
	if (opt->seed != NULL)
		option_sets_put(&opt->sets, "scenario.seed", opt->seed,
		    "--seed");
	if (opt->replications != NULL)
		option_sets_put(&opt->sets, "scenario.replications",
		    opt->replications, "--replications");
	return (true);
}

/*
 * Whoever lets bad rows be left out is told that some were; and what comes from
 * outside; and a load that turned out to be none.
 */
static void
run_tell_loads(const struct scenario *sc)
{
	g_autoptr(GPtrArray) idle = NULL;
	unsigned i;

	for (i = 0; i < sc->nreplays; i++) {
		g_autofree char *inbound = NULL, *skipped = NULL;

		skipped = replay_skipped_text(sc->replays[i]);
		if (skipped != NULL)
			say("%s: %s\n", sc->name, skipped);
		inbound = replay_inbound_text(sc->replays[i]);
		if (inbound != NULL)
			say("%s: %s\n", sc->name, inbound);
	}
	idle = estimate_idle(sc);
	for (i = 0; i < idle->len; i++)
		say("%s: %s\n", sc->name,
		    (const char *)idle->pdata[i]);
}

/* Of a scenario that was read: what else keeps it from running. */
static bool
run_ready(const struct run_options *opt, const struct scenario *sc,
    GError **error)
{
	unsigned jobs;

	jobs = 1;
	return (claim_check_names(sc, opt->variant != NULL, error) &&
	    (opt->until == NULL || stat_until_check(&opt->stop, sc, error)) &&
	    footprint_fits_all(sc, opt->bytes, &jobs, error));
}

/* Load and check all; tell of every problem of every file. */
static bool
run_load(struct run_options *opt, GPtrArray *scenarios, GError **error)
{
	const struct override *overrides;
	g_autoptr(GHashTable) names = NULL;
	g_autoptr(GString) all = NULL;
	struct scenario *sc;
	unsigned n;
	bool unread;
	char **path;

	if (!run_overrides(opt, error))
		return (false);
	overrides = option_sets_all(&opt->sets, &n);
	names = g_hash_table_new(g_str_hash, g_str_equal);
	all = g_string_new(NULL);
	unread = false;
	for (path = opt->paths; *path != NULL; path++) {
		g_autoptr(GError) cause = NULL;

		sc = scenario_load(*path, overrides, n, opt->variant, &cause);
		if (sc != NULL) {
			g_ptr_array_add(scenarios, sc);
			notes_tell(sc);
			run_tell_loads(sc);
		}
		if (sc != NULL && run_ready(opt, sc, &cause) &&
		    !g_hash_table_add(names, sc->name))
			g_set_error(&cause, G_OPTION_ERROR,
			    G_OPTION_ERROR_BAD_VALUE, "%s: another scenario is "
			    "called %s, too; their results would share a "
			    "directory", *path, sc->name);
		if (cause != NULL)
			g_string_append_printf(all, "%s%s", all->len > 0 ?
			    "\n" : "", cause->message);
		unread |= problem_unread(cause);
	}
	if (all->len == 0)
		return (true);
	g_set_error_literal(error, PROBLEM_DOMAIN, unread ? PROBLEM_READ :
	    PROBLEM_USER, all->str);
	return (false);
}

/* ---- one scenario ------------------------------------------------------ */

static char *
run_dir(const struct run_options *opt, const struct scenario *sc)
{

	if (opt->out == NULL)
		return (g_build_filename("results", sc->name, NULL));
	if (opt->paths[1] == NULL)
		return (g_strdup(opt->out));
	return (g_build_filename(opt->out, sc->name, NULL));
}

/* --moves: what it found, a line each. */
static void
run_tell_moves(const struct experiment *e, GString *out)
{
	unsigned f, i;

	for (f = 0; e->moves != NULL && f < MOVES_NFIGURES; f++) {
		g_autoptr(GPtrArray) lines = NULL;

		moved_head(e->moves, (enum moves_figure)f, out);
		g_string_append_c(out, '\n');
		lines = moved_most(e->moves, (enum moves_figure)f);
		for (i = 0; i < lines->len; i++)
			g_string_append_printf(out, "  %s\n",
			    (const char *)lines->pdata[i]);
	}
}

/* What is said on stdout.  Returns how many claims failed. */
static unsigned
run_tell(const struct run_options *opt, const struct experiment *e,
    const struct output *o)
{
	g_autofree char *incomplete = NULL;
	g_autoptr(GString) table = NULL;
	enum claim_outcome outcome;
	unsigned failed, i;

	if (!opt->quiet) {
		incomplete = experiment_incomplete(e);
		if (incomplete != NULL)
			printf("%s: INCOMPLETE: %s\n", e->sc->name,
			    incomplete);
		table = g_string_new(NULL);
		brief_headline(e, table);
		printf("%s: %s\n", e->sc->name, table->str);
		g_string_set_size(table, 0);
		brief_table(e, table);
		run_tell_moves(e, table);
		printf("%s%s\n", table->str, output_dir(o));
	}
	failed = 0;
	for (i = 0; i < e->sc->nexpectations; i++) {
		g_autofree char *text = NULL;

		outcome = claim_judge(e, i, &text);
		if (outcome == CLAIM_FAILS)
			failed++;
		if (!opt->quiet || outcome == CLAIM_FAILS)
			printf("%-4s %s: %s\n", claim_outcome_name(outcome),
			    e->sc->expectations[i].name, text);
	}
	return (failed);
}

/* --until: an experiment with as many replications as it takes. */
static struct experiment *
run_extend(const struct run_options *opt, struct scenario *sc,
    const struct experiment_how *how, struct experiment *e)
{
	struct experiment *more;
	unsigned had, n;

	while (experiment_complete(e)) {
		g_autofree char *text = NULL;

		n = stat_until_next(&opt->stop, e, &text);
		if (!opt->quiet || n == 0)
			printf("%s: %s\n", sc->name, text);
		if (n == 0)
			break;
		had = sc->replications;
		scenario_replicate(sc, n, "--until");
		more = experiment_new(sc, e->confs[0].search);
		experiment_adopt(more, e, had);
		experiment_free(e);
		e = more;
		experiment_run(e, how);
	}
	return (e);
}

/* --moves, of a whole experiment; NULL: none was asked for, or it was ended. */
static struct moves *
run_moves(const struct run_options *opt, const struct experiment *e,
    const struct experiment_how *how)
{
	struct moves_how mh = { .how = how, .memory = opt->bytes };
	struct moves *moves;

	if (!opt->moves || !experiment_complete(e))
		return (NULL);
	mh.overrides = option_sets_all(&opt->sets, &mh.noverrides);
	moves = moves_try(e, &mh);
	if (moves == NULL)
		say("%s: --moves was stopped; the result is without it\n",
		    e->sc->name);
	return (moves);
}

/* What takes long is told before it does. */
static void
run_tell_time(const struct scenario *sc, unsigned jobs)
{
	g_autoptr(GString) time = g_string_new(NULL);
	double all;
	unsigned i;

	all = effort_scenario(sc, &i);
	if (all < RUN_LONG)
		return;
	effort_add(time, all);
	say("%s: about %s of a CPU for its %u runs, %u at a time\n",
	    sc->name, time->str, sc->nvariants * sc->replications, jobs);
}

static int
run_scenario(const struct run_options *opt, struct scenario *sc,
    struct output *o)
{
	struct experiment_how how = { .simulate = run_simulate,
	    .stop = &signals_caught, .tick = progress_tick,
	    .fewer = say_fewer };
	g_autofree char *command = NULL;
	struct result_how result;
	struct progress progress;
	struct timeline_trace *tt;
	struct experiment *e;
	struct moves *moves;
	GError *error = NULL;
	int code, lacks;

	how.jobs = opt->jobs > 0 ? (unsigned)opt->jobs :
	    g_get_num_processors();
	/* That one does is known: run_ready(). */
	if (how.jobs > 1)
		(void)footprint_fits_all(sc, opt->bytes, &how.jobs, NULL);
	if (!opt->quiet)
		run_tell_time(sc, how.jobs);
	how.tick_arg = &progress;
	tt = NULL;
	e = experiment_new(sc, opt->search != NULL &&
	    strcmp(opt->search, "walk") == 0 ? NET_SEARCH_WALK :
	    NET_SEARCH_INDEX);
	if (opt->trace)
		tt = timeline_trace_new(e, &opt->window);
	progress_init(&progress, stderr, sc->name, opt->quiet);
	experiment_run(e, &how);
	if (opt->until != NULL)
		e = run_extend(opt, sc, &how, e);
	moves = run_moves(opt, e, &how);
	e->moves = moves;
	progress_fini(&progress);
	command = run_command(opt, sc);
	result = (struct result_how){ command, opt->no_plots, how.jobs,
	    tt };
	if (!result_write(&result, e, o, &lacks, &error) ||
	    !result_commit(e, o, &error)) {
		code = run_fail(error, CLI_IO);
	} else {
		code = experiment_complete(e) ? CLI_OK : CLI_INCOMPLETE;
		if (run_tell(opt, e, o) > 0)
			code = CLI_FAILED;
		code = MAX(code, lacks);
	}
	timeline_trace_free(tt);
	experiment_free(e);
	moves_free(moves);
	return (code);
}

/* Make sure of all places, then run one after the other. */
static int
run_all(const struct run_options *opt, const GPtrArray *scenarios)
{
	g_autoptr(GPtrArray) outputs = NULL;
	GError *error = NULL;
	unsigned i;
	int cause, code, worst;

	outputs = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)output_free);
	for (i = 0; i < scenarios->len; i++) {
		g_autofree char *dir = NULL;
		struct output *o;

		dir = run_dir(opt, scenarios->pdata[i]);
		o = output_new(dir, &error);
		if (o == NULL)
			return (run_fail(error, CLI_IO));
		result_tell(o);
		g_ptr_array_add(outputs, o);
	}
	worst = CLI_OK;
	for (i = 0; i < scenarios->len; i++) {
		if (i > 0 && !opt->quiet)
			printf("\n");
		code = run_scenario(opt, scenarios->pdata[i],
		    outputs->pdata[i]);
		worst = MAX(worst, code);
		/* Whoever waits for the next has this one. */
		(void)say_flush();
		if (g_atomic_int_get(&signals_caught) != 0)
			return (128 + g_atomic_int_get(&signals_caught));
	}
	cause = say_flush();
	if (cause != 0) {
		say("cannot write standard output: %s\n", g_strerror(cause));
		return (CLI_IO);
	}
	return (worst);
}

int
cli_run(int argc, char **argv)
{
	g_autoptr(GPtrArray) scenarios = NULL;
	struct run_options opt = { .out = NULL };
	GError *error = NULL;
	int code;

	option_sets_init(&opt.sets);
	scenarios = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)scenario_free);
	if (!run_parse(argc, argv, &opt, &error) ||
	    !run_load(&opt, scenarios, &error)) {
		code = run_fail(error, say_code(error));
	} else {
		signals_catch();
		code = run_all(&opt, scenarios);
	}
	run_options_fini(&opt);
	return (code);
}
