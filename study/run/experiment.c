/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * An experiment; see experiment.h.
 */

#include <math.h>
#include <string.h>

#include "sim/kassert.h"
#include "study/run/experiment.h"

/* What conf->stop needs to know. */
struct experiment_watch {
	struct experiment *e;
	unsigned	idx;
};

struct experiment *
experiment_new(const struct scenario *sc, enum net_search search)
{
	struct experiment *e;
	unsigned i;

	e = g_new0(struct experiment, 1);
	e->sc = sc;
	e->nruns = sc->nvariants * sc->replications;
	e->confs = g_new0(struct run_conf, e->nruns);
	e->results = g_new0(struct run_result *, e->nruns);
	e->permille = g_new0(gint, e->nruns);
	for (i = 0; i < e->nruns; i++) {
		scenario_conf(sc, i / sc->replications, i % sc->replications,
		    &e->confs[i]);
		e->confs[i].search = search;
	}
	return (e);
}

void
experiment_free(struct experiment *e)
{
	unsigned i;

	if (e == NULL)
		return;
	for (i = 0; i < e->nruns; i++)
		run_result_free(e->results[i]);
	g_free(e->confs);
	g_free(e->results);
	g_free(e->permille);
	g_free(e);
}

void
experiment_adopt(struct experiment *e, struct experiment *from,
    unsigned replications)
{
	unsigned idx, v, r;

	KASSERT(e->sc == from->sc && from->nruns == replications *
	    e->sc->nvariants && replications <= e->sc->replications,
	    ("%u runs of %u", from->nruns, e->nruns));
	for (v = 0; v < e->sc->nvariants; v++)
		for (r = 0; r < replications; r++) {
			idx = v * e->sc->replications + r;
			e->results[idx] = g_steal_pointer(
			    &from->results[v * replications + r]);
			g_atomic_int_set(&e->permille[idx], 1000);
		}
}

/* ---- running ----------------------------------------------------------- */

static bool
experiment_stopped(const struct experiment *e)
{

	return (e->how->stop != NULL && g_atomic_int_get(e->how->stop) != 0);
}

/* run_conf.stop: also how the progress of a run is seen from outside. */
static bool
experiment_watch(void *arg, simtime now)
{
	struct experiment_watch *watch;
	simtime duration;

	watch = arg;
	duration = watch->e->confs[watch->idx].duration;
	g_atomic_int_set(&watch->e->permille[watch->idx],
	    (gint)((double)now / (double)duration * 1000));
	crew_tick(&watch->e->crew);
	return (experiment_stopped(watch->e));
}

/* One run; NULL if there was no time for it. */
static struct run_result *
experiment_simulate(struct experiment *e, unsigned idx)
{
	struct experiment_watch watch = { e, idx };
	struct run_result *res;
	struct run_conf *conf;

	if (experiment_stopped(e))
		return (NULL);
	conf = &e->confs[idx];
	conf->stop = experiment_watch;
	conf->stop_arg = &watch;
	res = e->how->simulate(conf);
	conf->stop = NULL;
	conf->stop_arg = NULL;
	return (res);
}

/* A crew.work: one run after the other of those that nobody does. */
static void
experiment_work(void *arg)
{
	struct experiment *e;
	unsigned idx;

	e = arg;
	while ((idx = (unsigned)g_atomic_int_add(&e->next, 1)) < e->nruns) {
		if (e->results[idx] == NULL)
			e->results[idx] = experiment_simulate(e, idx);
		g_atomic_int_set(&e->permille[idx], 1000);
	}
}

static double
experiment_share(struct experiment *e)
{
	double sum;
	unsigned i;

	sum = 0;
	for (i = 0; i < e->nruns; i++)
		sum += g_atomic_int_get(&e->permille[i]);
	return (sum / 1000 / e->nruns);
}

/* A crew.tick. */
static void
experiment_tick(void *arg)
{
	struct experiment *e;

	e = arg;
	if (e->how->tick != NULL)
		e->how->tick(e->how->tick_arg, experiment_share(e));
}

void
experiment_run(struct experiment *e, const struct experiment_how *how)
{

	KASSERT(how->jobs > 0, ("no jobs"));
	e->how = how;
	e->next = 0;
	e->crew = (struct crew){ .wanted = MIN(how->jobs, e->nruns),
	    .work = experiment_work, .tick = experiment_tick,
	    .fewer = how->fewer, .arg = e };
	crew_run(&e->crew);
	e->how = NULL;
}

/* ---- what came out ----------------------------------------------------- */

bool
experiment_complete(const struct experiment *e)
{
	g_autofree char *why = NULL;

	why = experiment_incomplete(e);
	return (why == NULL);
}

char *
experiment_incomplete(const struct experiment *e)
{
	unsigned early, i, never;

	early = never = 0;
	for (i = 0; i < e->nruns; i++) {
		if (e->results[i] == NULL)
			never++;
		else if (!e->results[i]->complete)
			early++;
	}
	if (early + never == 0)
		return (NULL);
	return (g_strdup_printf("stopped; of %u runs %u ended early and %u "
	    "never began", e->nruns, early, never));
}

struct metric_run
experiment_metric_run(const struct experiment *e, unsigned variant,
    unsigned replication)
{
	struct metric_run r;
	unsigned idx;

	KASSERT(variant < e->sc->nvariants &&
	    replication < e->sc->replications, ("run %u/%u", variant,
	    replication));
	idx = variant * e->sc->replications + replication;
	r.variant = e->sc->variants[variant].name;
	r.conf = &e->confs[idx];
	r.res = e->results[idx];
	return (r);
}

int
experiment_variant(const struct experiment *e, const char *name)
{
	unsigned i;

	for (i = 0; i < e->sc->nvariants; i++)
		if (strcmp(e->sc->variants[i].name, name) == 0)
			return ((int)i);
	return (-1);
}

bool
experiment_mean(const struct experiment *e, unsigned variant,
    const char *metric, double *mean)
{
	struct metric_run r;
	double sum, value;
	unsigned i, n;

	sum = 0;
	n = 0;
	for (i = 0; i < e->sc->replications; i++) {
		r = experiment_metric_run(e, variant, i);
		if (r.res == NULL)
			continue;
		if (!metric_lookup(&r, metric, &value))
			return (false);
		sum += value;
		n++;
	}
	if (n == 0)
		return (false);
	*mean = sum / n;
	return (true);
}

bool
experiment_lookup(const char *variant, const char *metric, double *value,
    void *experiment, GError **error)
{
	const struct experiment *e;
	int v;

	e = experiment;
	if (!metric_check(variant, metric, value, (void *)(uintptr_t)e->sc,
	    error))
		return (false);
	v = experiment_variant(e, variant);
	if (!experiment_mean(e, (unsigned)v, metric, value)) {
		g_set_error(error, METRIC_ERROR, METRIC_ERROR_NAME,
		    "variant %s was not run", variant);
		return (false);
	}
	return (true);
}
