/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Common beginnings; see trunk.h.
 */

#include <string.h>

#include <glib.h>

#include "models/machine/assembly.h"
#include "models/machine/load.h"
#include "models/machine/workload.h"
#include "study/sweep/trunk.h"

#define	TRUNK_WORTH	16	/* of a run, so much at least: a copy costs */

simtime
trunk_until(const struct run_conf *conf, const char *path, unsigned *workload)
{
	const struct workload_conf *wc;
	g_autofree char *own = NULL;
	unsigned i;

	for (i = 0; i < conf->nworkloads; i++) {
		wc = &conf->workloads[i];
		g_free(own);
		own = g_strdup_printf("workload:%s.rate", wc->name);
		if (strcmp(own, path) != 0)
			continue;
		*workload = i;
		return (wc->load->ops->rates && wc->start >= conf->duration /
		    TRUNK_WORTH && wc->start < conf->duration ? wc->start : 0);
	}
	return (0);
}

void
trunk_init(struct trunk *tr, const struct scenario *sc, const char *path,
    unsigned replication, const bool *wanted, bool (*stop)(void *, simtime),
    void *stop_arg)
{
	struct trunk_run *run;
	simtime until;
	unsigned v;

	*tr = (struct trunk){ .nvariants = sc->nvariants,
	    .runs = g_new0(struct trunk_run, sc->nvariants) };
	for (v = 0; v < sc->nvariants; v++) {
		run = &tr->runs[v];
		scenario_conf(sc, v, replication, &run->conf);
		until = trunk_until(&run->conf, path, &run->workload);
		if (!wanted[v] || until == 0)
			continue;
		run->conf.rowless = true;
		run->conf.stop = stop;
		run->conf.stop_arg = stop_arg;
		run->result = g_new0(struct run_result, 1);
		run->assembly = assembly_new(&run->conf, run->result);
		assembly_run_part(run->assembly, until - 1);
	}
}

void
trunk_fini(struct trunk *tr)
{
	unsigned v;

	for (v = 0; v < tr->nvariants; v++) {
		if (tr->runs[v].assembly != NULL)
			assembly_free(tr->runs[v].assembly);
		run_result_free(tr->runs[v].result);
	}
	g_free(tr->runs);
}

struct trunk_run *
trunk_take(struct trunk *tr, unsigned variant, const struct run_conf *conf)
{
	struct trunk_run *run;

	run = &tr->runs[variant];
	if (run->assembly == NULL || !assembly_vary(run->assembly,
	    run->workload, &conf->workloads[run->workload]))
		return (NULL);
	return (run);
}
