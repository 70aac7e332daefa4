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

/* How often somebody who waits is told, us. */
#define	EXPERIMENT_TICK	250000

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
	g_mutex_init(&e->lock);
	g_cond_init(&e->done_cond);
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
	g_mutex_clear(&e->lock);
	g_cond_clear(&e->done_cond);
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

	return (e->stop != NULL && g_atomic_int_get(e->stop) != 0);
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
	return (experiment_stopped(watch->e));
}

struct experiment_pool {
	struct experiment *e;
	const struct experiment_how *how;
};

static void
experiment_job(void *job, void *pool)
{
	struct experiment_pool *p;
	struct experiment_watch watch;
	struct run_result *res;

	p = pool;
	watch.e = p->e;
	watch.idx = GPOINTER_TO_UINT(job) - 1;
	res = NULL;
	if (!experiment_stopped(p->e)) {
		p->e->confs[watch.idx].stop = experiment_watch;
		p->e->confs[watch.idx].stop_arg = &watch;
		res = p->how->simulate(&p->e->confs[watch.idx]);
		p->e->confs[watch.idx].stop = NULL;
		p->e->confs[watch.idx].stop_arg = NULL;
	}
	g_atomic_int_set(&p->e->permille[watch.idx], 1000);
	g_mutex_lock(&p->e->lock);
	p->e->results[watch.idx] = res;
	p->e->ndone++;
	g_cond_signal(&p->e->done_cond);
	g_mutex_unlock(&p->e->lock);
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

void
experiment_run(struct experiment *e, const struct experiment_how *how)
{
	struct experiment_pool pool = { e, how };
	GThreadPool *threads;
	gint64 until;
	unsigned i;

	KASSERT(how->jobs > 0, ("no jobs"));
	e->stop = how->stop;
	e->ndone = 0;
	for (i = 0; i < e->nruns; i++)
		e->ndone += e->results[i] != NULL;
	threads = g_thread_pool_new(experiment_job, &pool, (gint)how->jobs,
	    FALSE, NULL);
	for (i = 0; i < e->nruns; i++)
		if (e->results[i] == NULL)
			g_thread_pool_push(threads, GUINT_TO_POINTER(i + 1),
			    NULL);
	g_mutex_lock(&e->lock);
	until = g_get_monotonic_time() + EXPERIMENT_TICK;
	while (e->ndone < e->nruns) {
		if (g_cond_wait_until(&e->done_cond, &e->lock, until))
			continue;
		until += EXPERIMENT_TICK;
		if (how->tick == NULL)
			continue;
		g_mutex_unlock(&e->lock);
		how->tick(how->tick_arg, experiment_share(e));
		g_mutex_lock(&e->lock);
	}
	g_mutex_unlock(&e->lock);
	g_thread_pool_free(threads, FALSE, TRUE);
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
