/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * pcbsim check: parse, wire, report; run nothing.
 */

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cli/check_json.h"
#include "cli/cli.h"
#include "cli/notes.h"
#include "cli/option.h"
#include "cli/outfile.h"
#include "cli/say.h"
#include "models/machine/load.h"
#include "models/stacks/stack.h"
#include "study/run/claim.h"
#include "study/run/document.h"
#include "study/scenario/effort.h"
#include "study/scenario/estimate.h"
#include "study/scenario/footprint.h"
#include "study/scenario/load.h"
#include "study/scenario/panic.h"
#include "study/scenario/paper.h"
#include "study/scenario/replay.h"
#include "study/scenario/scenario.h"
#include "study/scenario/stack_name.h"
#include "study/text/number.h"
#include "study/text/piped.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

struct check_options {
	char		**set;
	char		*variant;
	char		*format;
	char		*out;
	char		*memory;
	double		bytes;		/* what `memory' says */
	char		**paths;
	struct option_sets sets;
};

static void
check_estimate(const struct estimate *est)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_append(text, "wants about ");
	number_add_count(text, (uint64_t)(est->connections + 0.5));
	g_string_append(text, ", holds up to about ");
	number_add_count(text, (uint64_t)(est->held + 0.5));
	g_string_append(text, " connections");
	if (est->timewait > 0) {
		g_string_append(text, ", up to ");
		number_add_count(text, (uint64_t)(est->timewait + 0.5));
		g_string_append(text, " of them in TIME_WAIT");
	}
	if (est->capped)
		g_string_append(text, " (the cap, net.inet.tcp.maxtcptw)");
	printf("%s\n", text->str);
}

static void
check_paper(const struct run_conf *conf, unsigned workload)
{
	struct paper papers[PAPER_MAX];
	unsigned i, n;

	n = paper_workload(conf, workload, papers);
	for (i = 0; i < n; i++) {
		g_autoptr(GString) text = g_string_new(NULL);

		paper_add(&papers[i], "\n             ", text);
		printf("      paper: %s%s\n", n == 1 ? "" : papers[i].bound ?
		    "bound: " : "unbound: ", text->str);
	}
}

static void
check_workload(const struct run_conf *conf, unsigned workload)
{
	g_autofree char *elsewhere = NULL;
	const struct workload_conf *wc;
	struct estimate est;
	const char *none;

	wc = &conf->workloads[workload];
	printf("    %s: %s, ", wc->name, wc->load->name);
	none = estimate_none(conf, wc);
	if (none != NULL) {
		printf("wants no connection: %s\n", none);
		return;
	}
	estimate_workload(conf, wc, &est);
	check_estimate(&est);
	elsewhere = estimate_elsewhere(conf, wc);
	if (elsewhere != NULL)
		printf("      note: %s\n", elsewhere);
	check_paper(conf, workload);
}

static void
check_variant(const struct variant *v)
{
	g_autofree char *stands = NULL;
	struct estimate est;
	unsigned i;

	estimate_run(&v->conf, &est);
	stands = stack_name_resolved(v->conf.stack, v->release);
	printf("  variant   %s: %s, cpus %u, laddrs %u; ", v->name,
	    stands != NULL ? stands : v->conf.stack->name,
	    v->conf.host.cpus, v->conf.host.nladdrs);
	check_estimate(&est);
	if (panic_foreseen(&v->conf))
		printf("  variant   %s: panics: %s divides by zero where it "
		    "would draw from a range of one port\n", v->name,
		    v->conf.stack->name);
	for (i = 0; i < v->conf.nworkloads; i++)
		check_workload(&v->conf, i);
}

static void
check_replay(const struct replay *rp)
{
	g_autofree char *skipped = NULL;

	printf("  recording %s: connections %" G_GUINT64_FORMAT ", laddrs "
	    "bound %u, inbound %" G_GUINT64_FORMAT "\n", rp->path,
	    rp->out.rec.n, rp->nbound, rp->in.rec.n);
	skipped = replay_skipped_text(rp);
	if (skipped != NULL)
		printf("    %s\n", skipped);
}

static void
check_report(const struct scenario *sc)
{
	g_autoptr(GString) duration = g_string_new(NULL);
	g_autoptr(GString) memory = g_string_new(NULL);
	g_autoptr(GString) time = g_string_new(NULL);
	g_autofree char *name = NULL;
	unsigned i;

	unit_add_duration(duration, sc->variants[0].conf.duration);
	name = problem_plain(piped_title(sc->path));
	printf("%s: ok\n", name);
	printf("  name      %s\n", sc->name);
	printf("  title     %s\n", sc->title);
	printf("  runs      %u x %s, seed %" G_GUINT64_FORMAT "\n",
	    sc->nvariants * sc->replications, duration->str, sc->seed);
	footprint_add(memory, footprint_scenario(sc, &i));
	printf("  memory    about %s a run at most (%s)\n", memory->str,
	    sc->variants[i].name);
	effort_add(time, effort_scenario(sc, &i));
	g_string_append(time, " of a CPU for all, ");
	effort_add(time, effort_run(&sc->variants[i].conf));
	printf("  time      about %s a run at most (%s)\n", time->str,
	    sc->variants[i].name);
	for (i = 0; i < sc->nvariants; i++)
		check_variant(&sc->variants[i]);
	for (i = 0; i < sc->nreplays; i++)
		check_replay(sc->replays[i]);
	printf("  claims    %u\n", sc->nexpectations);
	printf("  digest    %s\n", sc->digest);
}

/* j		NULL: as text; returns what to exit with */
static int
check_file(const struct check_options *opt, const char *path, struct json *j)
{
	const struct override *overrides;
	g_autoptr(GError) error = NULL;
	struct scenario *sc;
	unsigned n, one;
	bool ok;

	one = 1;
	overrides = option_sets_all(&opt->sets, &n);
	sc = scenario_load(path, overrides, n, opt->variant, &error);
	ok = sc != NULL && claim_check_names(sc, opt->variant != NULL,
	    &error) && footprint_fits_all(sc, opt->bytes, &one, &error);
	if (sc != NULL)
		notes_tell(sc);
	if (!ok)
		say("%s\n", error->message);
	if (ok && j == NULL)
		check_report(sc);
	else if (ok)
		check_json_scenario(j, sc);
	else if (j != NULL)
		check_json_problems(j, path, error->message);
	if (sc != NULL)
		scenario_free(sc);
	return (ok ? CLI_OK : say_code(error));
}

/* All files, however bad the first is; j is NULL for text. */
static int
check_files(const struct check_options *opt, struct json *j)
{
	unsigned i;
	int code, one;

	code = CLI_OK;
	for (i = 0; opt->paths[i] != NULL; i++) {
		one = check_file(opt, opt->paths[i], j);
		code = MAX(code, one);
	}
	return (code);
}

static int
check_print(const void *options, GError **error)
{
	const struct check_options *opt;
	g_autoptr(GString) out = NULL;
	struct json j;
	int code;

	(void)error;
	opt = options;
	if (g_strcmp0(opt->format, "json") != 0)
		return (check_files(opt, NULL));
	out = g_string_new(NULL);
	document_begin(&j, out, "check", 1);
	json_key(&j, "scenarios");
	json_list(&j);
	code = check_files(opt, &j);
	json_end(&j);
	document_end(&j);
	fputs(out->str, stdout);
	return (code);
}

static bool
check_parse(int argc, char **argv, struct check_options *opt, GError **error)
{
	g_autoptr(GOptionContext) context = NULL;
	const GOptionEntry entries[] = {
		{ "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt->set,
		    "Set a parameter, as in run", "PATH=VALUE" },
		{ "variant", 0, 0, G_OPTION_ARG_STRING, &opt->variant,
		    "Look at this variant only", "NAME" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &opt->format,
		    "What to print (default text)", "text|json" },
		{ "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt->out,
		    "Where to (default: standard output)", "FILE" },
		{ "memory", 0, 0, G_OPTION_ARG_STRING, &opt->memory,
		    "Refuse what takes more (default: what there is)",
		    "SIZE" },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &opt->paths, NULL, "SCENARIO..." },
		{ .long_name = NULL }
	};

	context = option_context("check", "Parse, wire, report; run "
	    "nothing: what a run would want, and whether it fits\ninto the "
	    "ports there are, on paper.", NULL, entries);
	if (!option_parse(context, entries, &argc, &argv, error))
		return (false);
	if (opt->paths == NULL)
		return (option_bad(error, "check: no scenario is named; see "
		    "pcbsim check --help"));
	return (option_word("--format=", opt->format, "text|json", error) &&
	    option_memory(opt->memory, &opt->bytes, error) &&
	    option_sets_add(&opt->sets, opt->set, error));
}

int
cli_check(int argc, char **argv)
{
	struct check_options opt = { .paths = NULL };
	g_autoptr(GError) error = NULL;
	int code;

	option_sets_init(&opt.sets);
	code = CLI_USAGE;
	if (check_parse(argc, argv, &opt, &error))
		code = outfile_print(opt.out, check_print, &opt, &error);
	if (error != NULL)
		say("%s\n", error->message);
	option_sets_fini(&opt.sets);
	g_strfreev(opt.set);
	g_free(opt.variant);
	g_free(opt.format);
	g_free(opt.out);
	g_free(opt.memory);
	g_strfreev(opt.paths);
	return (code);
}
