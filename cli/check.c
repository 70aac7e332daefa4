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

#include "cli/cli.h"
#include "cli/notes.h"
#include "models/machine/load.h"
#include "models/stacks/stack.h"
#include "study/run/claim.h"
#include "study/scenario/estimate.h"
#include "study/scenario/load.h"
#include "study/scenario/replay.h"
#include "study/scenario/scenario.h"
#include "study/text/number.h"
#include "study/text/unit.h"

static void
check_estimate(const struct estimate *est)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_append(text, "wants about ");
	number_add_count(text, (uint64_t)(est->connections + 0.5));
	g_string_append(text, ", holds up to about ");
	number_add_count(text, (uint64_t)(est->open + 0.5));
	printf("%s connections\n", text->str);
}

static void
check_variant(const struct variant *v)
{
	struct estimate est;
	unsigned i;

	estimate_run(&v->conf, &est);
	printf("  variant   %s: %s, cpus %u, laddrs %u; ", v->name,
	    v->conf.stack->name, v->conf.host.cpus, v->conf.host.nladdrs);
	check_estimate(&est);
	for (i = 0; i < v->conf.nworkloads; i++) {
		estimate_workload(&v->conf, &v->conf.workloads[i], &est);
		printf("    %s: %s, ", v->conf.workloads[i].name,
		    v->conf.workloads[i].load->name);
		check_estimate(&est);
	}
}

static void
check_replay(const struct replay *rp)
{
	g_autofree char *skipped = NULL;

	printf("  recording %s: connections %" G_GUINT64_FORMAT ", laddrs "
	    "bound %u, inbound %" G_GUINT64_FORMAT "\n", rp->path,
	    rp->out.rec.n, rp->nladdrs, rp->in.rec.n);
	skipped = replay_skipped_text(rp);
	if (skipped != NULL)
		printf("    %s\n", skipped);
}

static void
check_report(const struct scenario *sc)
{
	g_autoptr(GString) duration = g_string_new(NULL);
	unsigned i;

	unit_add_duration(duration, sc->variants[0].conf.duration);
	printf("%s: ok\n", sc->path);
	printf("  name      %s\n", sc->name);
	printf("  title     %s\n", sc->title);
	printf("  runs      %u x %s, seed %" G_GUINT64_FORMAT "\n",
	    sc->nvariants * sc->replications, duration->str, sc->seed);
	for (i = 0; i < sc->nvariants; i++)
		check_variant(&sc->variants[i]);
	for (i = 0; i < sc->nreplays; i++)
		check_replay(sc->replays[i]);
	printf("  claims    %u\n", sc->nexpectations);
	printf("  digest    %s\n", sc->digest);
}

static bool
check_file(const char *path)
{
	g_autoptr(GError) error = NULL;
	struct scenario *sc;
	bool ok;

	sc = scenario_load(path, NULL, 0, NULL, &error);
	ok = sc != NULL && claim_check_names(sc, false, &error);
	if (sc != NULL)
		notes_tell(sc);
	if (ok)
		check_report(sc);
	else
		fprintf(stderr, "%s\n", error->message);
	if (sc != NULL)
		scenario_free(sc);
	return (ok);
}

int
cli_check(int argc, char **argv)
{
	g_auto(GStrv) paths = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GOptionContext) ctx = NULL;
	const GOptionEntry entries[] = {
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
		    &paths, NULL, NULL },
		{ .long_name = NULL }
	};
	unsigned i;
	int code;

	ctx = g_option_context_new("SCENARIO... - parse, wire, report; run "
	    "nothing");
	g_option_context_add_main_entries(ctx, entries, NULL);
	if (!g_option_context_parse(ctx, &argc, &argv, &error)) {
		fprintf(stderr, "check: %s\n", error->message);
		return (CLI_USAGE);
	}
	if (paths == NULL) {
		fprintf(stderr, "check: no scenario is named; see pcbsim "
		    "check --help\n");
		return (CLI_USAGE);
	}
	code = CLI_OK;
	for (i = 0; paths[i] != NULL; i++)
		if (!check_file(paths[i]))
			code = CLI_USAGE;
	return (code);
}
