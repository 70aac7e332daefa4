/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What check knows of a scenario; see check_json.h.
 */

#include <math.h>

#include "cli/check_json.h"
#include "models/machine/load.h"
#include "models/stacks/stack.h"
#include "study/scenario/effort.h"
#include "study/scenario/estimate.h"
#include "study/scenario/footprint.h"
#include "study/scenario/paper.h"
#include "study/scenario/replay.h"

static void
member_bool(struct json *j, const char *key, bool v)
{

	json_key(j, key);
	json_bool(j, v);
}

static void
add_estimate(struct json *j, const struct estimate *est)
{

	json_member_double(j, "wanted", est->connections);
	json_member_double(j, "open", est->open);
	json_member_double(j, "timewait", est->timewait);
	member_bool(j, "timewait_capped", est->capped);
	json_member_double(j, "held", est->held);
}

static void
add_workload(struct json *j, const struct run_conf *conf,
    const struct workload_conf *wc)
{
	struct estimate est;

	estimate_workload(conf, wc, &est);
	json_object(j);
	json_member_text(j, "name", wc->name);
	json_member_text(j, "load", wc->load->name);
	json_member_text(j, "idle", estimate_none(conf, wc));
	add_estimate(j, &est);
	json_end(j);
}

static void
add_paper(struct json *j, const struct paper *p)
{

	json_object(j);
	json_member_text(j, "workload", p->workload->name);
	member_bool(j, "bound", p->bound);
	member_bool(j, "fullest_end_only", p->fullest);
	json_member_double(j, "needed", p->needed);
	json_member_double(j, "there", p->there);
	member_bool(j, "there_at_most", p->at_most);
	json_member_double(j, "others", p->others);
	member_bool(j, "port_first", p->port_first);
	json_member_count(j, "laddrs", p->laddrs);
	json_member_count(j, "ports", p->ports);
	json_member_count(j, "peers", p->peers);
	json_member_text(j, "fit", paper_fit_name(p->fit));
	json_end(j);
}

static void
add_variant(struct json *j, const struct variant *v)
{
	struct paper papers[PAPER_MAX];
	const struct run_conf *conf;
	struct estimate est;
	unsigned i, k, n;

	conf = &v->conf;
	estimate_run(conf, &est);
	json_object(j);
	json_member_text(j, "name", v->name);
	json_member_text(j, "stack", conf->stack->name);
	json_member_text(j, "release", v->release);
	json_member_text(j, "known", stack_known_name(stack_known_of(
	    conf->stack, v->release)));
	json_member_count(j, "cpus", conf->host.cpus);
	json_member_count(j, "laddrs", conf->host.nladdrs);
	json_member_double(j, "memory_bytes", ceil(footprint_run(conf)));
	json_member_double(j, "instructions", round(effort_run(conf)));
	add_estimate(j, &est);
	json_key(j, "workloads");
	json_list(j);
	for (i = 0; i < conf->nworkloads; i++)
		add_workload(j, conf, &conf->workloads[i]);
	json_end(j);
	json_key(j, "paper");
	json_list(j);
	for (i = 0; i < conf->nworkloads; i++) {
		n = paper_workload(conf, i, papers);
		for (k = 0; k < n; k++)
			add_paper(j, &papers[k]);
	}
	json_end(j);
	json_end(j);
}

static void
add_replay(struct json *j, const struct replay *rp)
{

	json_object(j);
	json_member_text(j, "path", rp->path);
	json_member_count(j, "connections", rp->out.rec.n);
	json_member_count(j, "connections_in", rp->in.rec.n);
	json_member_count(j, "laddrs_bound", rp->nbound);
	json_member_count(j, "rows_skipped", rp->skipped);
	json_end(j);
}

void
check_json_scenario(struct json *j, const struct scenario *sc)
{
	g_autofree char *seed = NULL;
	unsigned i;

	json_object(j);
	json_member_text(j, "path", sc->path);
	member_bool(j, "ok", true);
	json_member_text(j, "name", sc->name);
	json_member_text(j, "title", sc->title);
	json_member_text(j, "digest", sc->digest);
	/* A seed has 64 bits, a number of JavaScript's 53. */
	seed = g_strdup_printf("%ju", (uintmax_t)sc->seed);
	json_member_text(j, "seed", seed);
	json_member_count(j, "replications", sc->replications);
	json_member_double(j, "duration_s",
	    (double)sc->variants[0].conf.duration / (double)SIM_S);
	json_member_count(j, "claims", sc->nexpectations);
	json_key(j, "variants");
	json_list(j);
	for (i = 0; i < sc->nvariants; i++)
		add_variant(j, &sc->variants[i]);
	json_end(j);
	json_key(j, "recordings");
	json_list(j);
	for (i = 0; i < sc->nreplays; i++)
		add_replay(j, sc->replays[i]);
	json_end(j);
	json_end(j);
}

void
check_json_problems(struct json *j, const char *path, const char *problems)
{
	g_auto(GStrv) lines = g_strsplit(problems, "\n", -1);
	unsigned i;

	json_object(j);
	json_member_text(j, "path", path);
	member_bool(j, "ok", false);
	json_key(j, "problems");
	json_list(j);
	for (i = 0; lines[i] != NULL; i++)
		json_text(j, lines[i]);
	json_end(j);
	json_end(j);
}
