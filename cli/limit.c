/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim limit: the value of a parameter at which something breaks.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/cli.h"
#include "cli/notes.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "study/run/progress.h"
#include "study/scenario/load.h"
#include "study/scenario/scenario.h"
#include "study/sweep/limit.h"

#define	LIMIT_REPLICATIONS	5
#define	LIMIT_TOLERANCE		0.01

struct limit_options {
	char		*vary;		/* PATH=A..B */
	char		*until;
	char		*tolerance;
	char		*variant;
	char		*format;
	char		*out;
	char		**set;
	int		replications;
	int		jobs;
	char		*memory;
	double		bytes;		/* what `memory' says */
	gboolean	quiet;
	char		**paths;
	/* What they stand for. */
	char		*path;
	struct option_sets sets;
};

static bool
limit_parse(int argc, char **argv, struct limit_options *opt, GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	GOptionEntry entries[] = {
		{ "vary", 0, 0, G_OPTION_ARG_STRING, &opt->vary,
		    "The parameter, and between what", "PATH=A..B" },
		{ "until", 0, 0, G_OPTION_ARG_STRING, &opt->until,
		    "What is to become true, as in [expect]; metrics without "
		    "a variant: of each", "EXPR" },
		{ "replications", 0, 0, G_OPTION_ARG_INT, &opt->replications,
		    "How many, each with other random numbers (default 5)",
		    "N" },
		{ "tolerance", 0, 0, G_OPTION_ARG_STRING, &opt->tolerance,
		    "Bisect until the bracket is that narrow (default 1%)",
		    "SHARE" },
		{ "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt->set,
		    "Set another parameter", "PATH=VALUE" },
		{ "variant", 0, 0, G_OPTION_ARG_STRING, &opt->variant,
		    "Look at this variant only", "NAME" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &opt->format,
		    "What to print (default text)", "text|json" },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Every value that was tried, as CSV", "FILE.csv" },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &opt->jobs,
		    "Runs at a time (default: one a CPU)", "N" },
		{ "memory", 0, 0, G_OPTION_ARG_STRING, &opt->memory,
		    "Refuse a value that takes more (default: what there is)",
		    "SIZE" },
		{ "quiet", 'q', 0, G_OPTION_ARG_NONE, &opt->quiet,
		    "No estimate and no progress", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->paths, NULL, "SCENARIO" },
		{ .long_name = NULL }
	};

	context = option_context("limit", "Find the value of a parameter "
	    "at which a predicate turns true, by bisection.", NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->paths == NULL || opt->paths[1] != NULL)
		return (option_bad(error, "limit: name one SCENARIO"));
	if (opt->vary == NULL || strchr(opt->vary, '=') == NULL)
		return (option_bad(error, "--vary=%s: needed is PATH=A..B, as "
		    "in --vary=workload:web.rate=1/s..10k/s",
		    opt->vary == NULL ? "" : opt->vary));
	if (opt->until == NULL)
		return (option_bad(error, "--until: needed is what is to "
		    "become true, as in --until='eaddrnotavail > 0'"));
	if (opt->replications < 1 || opt->replications > 1000)
		return (option_bad(error, "--replications=%d: allowed are 1 "
		    "to 1000", opt->replications));
	return (option_jobs(opt->jobs, error) &&
	    option_memory(opt->memory, &opt->bytes, error) &&
	    option_word("--format=", opt->format, "text|json", error));
}

/* The parameter's group is up to the first dot behind a workload's name. */
static const struct param *
limit_param(const char *path, GError **error)
{
	g_autofree char *group = NULL;
	const struct param *p;
	const char *dot;

	dot = strchr(path, '.');
	if (dot != NULL)
		group = g_strndup(path, (gsize)(dot - path));
	if (dot == NULL || !param_group_known(group)) {
		(void)option_bad(error, "--vary=%s: not GROUP.KEY of a "
		    "scenario, as in workload:web.rate", path);
		return (NULL);
	}
	p = param_find(group, dot + 1);
	if (p == NULL) {
		param_unknown(group, dot + 1, error);
		g_prefix_error(error, "--vary: ");
	}
	return (p);
}

static bool
limit_conf_init(struct limit_options *opt, struct limit_conf *c,
    GError **error)
{
	const char *equals;
	char *end;

	if (!option_sets_add(&opt->sets, opt->set, error))
		return (false);
	equals = strchr(opt->vary, '=');
	opt->path = g_strndup(opt->vary, (gsize)(equals - opt->vary));
	c->param = limit_param(opt->path, error);
	if (c->param == NULL)
		return (false);
	if (!limit_range_parse(equals + 1, c->param, &c->range, error)) {
		g_prefix_error(error, "--vary=%s: ", opt->vary);
		return (false);
	}
	c->range.tolerance = LIMIT_TOLERANCE;
	if (opt->tolerance != NULL) {
		c->range.tolerance = g_ascii_strtod(opt->tolerance, &end) /
		    100;
		if (strcmp(end, "%") != 0 || !(c->range.tolerance > 0 &&
		    c->range.tolerance < 1))
			return (option_bad(error, "--tolerance=%s: a share "
			    "between 0%% and 100%%, as in 1%%",
			    opt->tolerance));
	}
	c->scenario = opt->paths[0];
	c->variant = opt->variant;
	c->path = opt->path;
	c->until = opt->until;
	c->overrides = option_sets_all(&opt->sets, &c->noverrides);
	c->replications = (unsigned)opt->replications;
	c->memory = opt->bytes;
	c->jobs = opt->jobs > 0 ? (unsigned)opt->jobs :
	    g_get_num_processors();
	return (true);
}

/* ---- how long it takes ------------------------------------------------- */

struct limit_watch {
	const struct limit_options *opt;
	const struct limit_conf *conf;
	struct progress	progress;
	unsigned	told;		/* sentences of the estimate */
};

/* Before the first run how many there are, after it how long they take. */
static void
watch_estimate(struct limit_watch *w, const struct limit_tally *t)
{
	g_autofree char *all = NULL, *one = NULL;
	unsigned at_a_time;

	if (w->told == 0) {
		say("limit: about %u runs: %u %s x %u replications "
		    "x about %u values\n", t->expected, t->answers,
		    t->answers == 1 ? "predicate" : "variants",
		    w->conf->replications, t->expected / t->answers /
		    w->conf->replications);
		w->told++;
	}
	if (w->told > 1 || t->middle_s < 0)
		return;
	at_a_time = MIN(w->conf->jobs, w->conf->replications);
	one = progress_time(t->middle_s);
	all = progress_time(t->middle_s * (t->expected - 1) / at_a_time);
	say("limit: one in the middle took %s, so about %s for all,"
	    " %u at a time\n", one, all, at_a_time);
	w->told++;
}

/* A limit_conf.tick. */
static void
watch_tick(void *watch, const struct limit_tally *t)
{
	struct limit_watch *w;

	w = watch;
	if (!w->opt->quiet && w->told < 2)
		watch_estimate(w, t);
	progress_tick(&w->progress, MIN(1, (double)t->tried / t->expected));
}

/* ---- answers ----------------------------------------------------------- */

struct limit_print {
	const struct limit_conf *conf;
	const GPtrArray	*answers;
};

static void
limit_print(const void *what, FILE *f)
{
	const struct limit_print *p;

	p = what;
	limit_write(p->conf, p->answers, f);
}

/* Reading may have waited for a pipe; until now there was nothing to save. */
static void
limit_loaded(const struct scenario *sc)
{

	notes_tell(sc);
	signals_catch();
}

static int
limit_go(const struct limit_options *opt, struct limit_conf *c,
    GError **error)
{
	g_autoptr(GPtrArray) answers = NULL;
	g_autoptr(GString) text = NULL;
	struct limit_watch watch = { .opt = opt, .conf = c };
	struct limit_print print;
	unsigned i;
	bool ok;
	int code;

	if (opt->out != NULL && !outfile_writable(opt->out, error))
		return (CLI_IO);
	answers = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)limit_answer_free);
	progress_init(&watch.progress, stderr, "limit", opt->quiet);
	c->stop = &signals_caught;
	c->loaded = limit_loaded;
	c->fewer = say_fewer;
	c->tick = watch_tick;
	c->tick_arg = &watch;
	ok = limit_run(c, answers, error);
	progress_fini(&watch.progress);
	signals_release();
	if (!ok)
		return (say_code(*error));
	text = g_string_new(NULL);
	if (g_strcmp0(opt->format, "json") == 0)
		limit_json(c, answers, text);
	else
		for (i = 0; i < answers->len; i++)
			limit_tell(c, answers->pdata[i], text);
	fputs(text->str, stdout);
	print = (struct limit_print){ c, answers };
	code = CLI_OK;
	if (opt->out != NULL && !outfile_write(opt->out, limit_print, &print,
	    error))
		code = CLI_IO;
	return (g_atomic_int_get(&signals_caught) == 0 ? code :
	    128 + g_atomic_int_get(&signals_caught));
}

int
cli_limit(int argc, char **argv)
{
	struct limit_options opt = { .replications = LIMIT_REPLICATIONS };
	struct limit_conf conf = { .scenario = NULL };
	GError *error = NULL;
	int code;

	option_sets_init(&opt.sets);
	code = CLI_USAGE;
	if (limit_parse(argc, argv, &opt, &error) &&
	    limit_conf_init(&opt, &conf, &error))
		code = limit_go(&opt, &conf, &error);
	if (error != NULL) {
		say("%s\n", error->message);
		g_error_free(error);
	}
	option_sets_fini(&opt.sets);
	g_free(opt.path);
	g_free(opt.vary);
	g_free(opt.until);
	g_free(opt.tolerance);
	g_free(opt.variant);
	g_free(opt.memory);
	g_free(opt.format);
	g_free(opt.out);
	g_strfreev(opt.set);
	g_strfreev(opt.paths);
	return (code);
}
