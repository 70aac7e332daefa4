/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The limit of a scenario: runs where bisection asks for them; see limit.h.
 */

#include <math.h>
#include <string.h>

#include "models/machine/assembly.h"
#include "models/machine/run.h"
#include "study/run/brood.h"
#include "study/run/experiment.h"
#include "study/scenario/footprint.h"
#include "study/scenario/load.h"
#include "study/scenario/scenario.h"
#include "study/sweep/limit_hunt.h"
#include "study/sweep/trunk.h"

/* What is looked up: metrics of the runs of one point, as they are made. */
struct point {
	struct hunt	*hunt;
	const struct scenario *sc;
	unsigned	replication;
	struct run_conf	*confs;		/* confs[nvariants] */
	struct run_result **results;	/* NULL: not run yet */
	const struct expr *until;
	struct trunk	*trunk;		/* to go on from, or NULL */
	const struct assembly *running;	/* of variant `v' */
	unsigned	v;
	bool		stopped;
	bool		sure, holds;	/* before it was over */
};

bool
hunt_stopped(const struct hunt *h)
{

	return ((h->conf->stop != NULL &&
	    g_atomic_int_get(h->conf->stop) != 0) || (h->stop != NULL &&
	    (g_atomic_int_get(h->stop) != 0 || brood_orphan())));
}

static unsigned
point_variant(const struct point *p, const char *name)
{
	unsigned v;

	for (v = 0; strcmp(p->sc->variants[v].name, name) != 0; v++)
		continue;
	return (v);
}

/* An expr_range_fn: what a run that goes on can still come to. */
static struct expr_range
point_range(const char *variant, const char *metric, void *point)
{
	struct expr_range r = { .known = false };
	const struct metric *m;
	struct metric_owner owner;
	struct metric_run run;
	struct point *p;
	unsigned v;

	p = point;
	v = point_variant(p, variant);
	if (p->results[v] == NULL)
		return (r);
	run = (struct metric_run){ variant, &p->confs[v], p->results[v] };
	m = metric_find(&p->confs[v], metric, &owner);
	r.known = m != NULL && (v != p->v || m->grows) &&
	    metric_lookup(&run, metric, &r.lo);
	r.hi = v == p->v ? HUGE_VAL : r.lo;
	return (r);
}

/* A run_conf.stop. */
static bool
point_stop(void *point, simtime now)
{
	struct point *p;

	p = point;
	crew_tick(&p->hunt->crew);
	if (hunt_stopped(p->hunt))
		return (true);
	if (p->hunt->conf->whole || now <= p->confs[p->v].warmup)
		return (false);
	assembly_so_far(p->running);
	p->sure = expr_sure(p->until, point_range, p, &p->holds);
	return (p->sure);
}

/* The run of a variant, from its start or from what was shared of it. */
static struct assembly *
point_assembly(struct point *p, unsigned v)
{
	struct trunk_run *shared;
	struct assembly *a;

	shared = p->trunk == NULL ? NULL : trunk_take(p->trunk, v,
	    &p->confs[v]);
	if (shared == NULL) {
		p->results[v] = g_new0(struct run_result, 1);
		return (assembly_new(&p->confs[v], p->results[v]));
	}
	shared->conf.stop = point_stop;
	shared->conf.stop_arg = p;
	p->results[v] = shared->result;
	a = shared->assembly;
	shared->result = NULL;
	shared->assembly = NULL;
	return (a);
}

static void
point_run(struct point *p, unsigned v)
{
	struct assembly *a;

	scenario_conf(p->sc, v, p->replication, &p->confs[v]);
	p->confs[v].rowless = true;
	p->confs[v].stop = point_stop;
	p->confs[v].stop_arg = p;
	p->v = v;
	p->running = a = point_assembly(p, v);
	assembly_run(a);
	assembly_free(a);
	p->running = NULL;
}

/* Only the variants that the predicate asks for are run. */
static bool
point_lookup(const char *variant, const char *metric, double *value,
    void *arg, GError **error)
{
	struct metric_run r;
	struct point *p;
	unsigned v;

	p = arg;
	if (!metric_check(variant, metric, value, (void *)(uintptr_t)p->sc,
	    error))
		return (false);
	v = point_variant(p, variant);
	if (p->results[v] == NULL)
		point_run(p, v);
	if (!p->results[v]->complete) {
		p->stopped = true;
		g_set_error_literal(error, LIMIT_ERROR, 0, "stopped");
		return (false);
	}
	r = (struct metric_run){ variant, &p->confs[v], p->results[v] };
	return (metric_lookup(&r, metric, value));
}

struct scenario *
hunt_load(const struct limit_conf *c, uint64_t base, GError **error)
{
	g_autoptr(GArray) overrides = NULL;
	g_autofree char *value = NULL;
	struct scenario *sc;
	struct override o;
	unsigned one;

	one = 1;
	value = limit_text(c->param, base);
	overrides = g_array_new(FALSE, FALSE, sizeof(struct override));
	if (c->noverrides > 0)
		g_array_append_vals(overrides, c->overrides, c->noverrides);
	o = (struct override){ c->path, value, SETTINGS_VARY };
	g_array_append_val(overrides, o);
	sc = scenario_load(c->scenario,
	    (const struct override *)(void *)overrides->data, overrides->len,
	    c->variant, error);
	if (sc == NULL || footprint_fits(sc, c->memory, &one, error))
		return (sc);
	g_prefix_error(error, "--vary=%s=%s: ", c->path, value);
	scenario_free(sc);
	return (NULL);
}

struct expr *
hunt_expr(const struct limit_conf *c, const char *variant, GError **error)
{
	struct expr *x;

	x = variant == NULL ? expr_parse(c->until, error) :
	    expr_parse_variant(c->until, variant, error);
	if (x == NULL)
		g_prefix_error(error, "--until='%s': ", c->until);
	return (x);
}

/* Run what the predicate asks for at one value. */
bool
hunt_try(struct hunt *h, struct trunk *trunk, unsigned replication,
    struct limit_point *point, GError **error)
{
	struct point p = { .hunt = h, .replication = replication,
	    .trunk = trunk };
	struct scenario *sc;
	struct expr *x;
	double truth;
	unsigned v;
	bool ok;

	if (hunt_stopped(h))
		return (false);
	sc = hunt_load(h->conf, point->value, error);
	if (sc == NULL)
		return (false);
	p.sc = sc;
	p.confs = g_new0(struct run_conf, sc->nvariants);
	p.results = g_new0(struct run_result *, sc->nvariants);
	x = hunt_expr(h->conf, h->variant, error);
	p.until = x;
	ok = x != NULL && expr_eval(x, point_lookup, &p, &truth, error);
	if (ok) {
		point->undefined = isnan(truth);
		p.holds = !point->undefined && truth != 0;
	}
	if (p.stopped)
		g_clear_error(error);
	ok |= p.sure;
	point->holds = p.holds;
	if (x != NULL)
		expr_free(x);
	for (v = 0; v < sc->nvariants; v++)
		run_result_free(p.results[v]);
	g_free(p.results);
	g_free(p.confs);
	scenario_free(sc);
	if (ok)
		g_atomic_int_inc(h->tried);
	return (ok);
}

bool
hunt_knows(const struct hunt *h, unsigned replication, struct limit_point *p)
{

	if (replication != 0 || !h->middle.there ||
	    p->value != h->middle.point.value)
		return (false);
	*p = h->middle.point;
	return (true);
}

/* A limit_holds_fn. */
static bool
hunt_holds(void *hunt, unsigned replication, struct limit_point *p,
    GError **error)
{

	return (hunt_knows(hunt, replication, p) ||
	    hunt_try(hunt, NULL, replication, p, error));
}

void
hunt_tick(const struct hunt *h)
{
	struct limit_tally t = { h->answers,
	    (unsigned)g_atomic_int_get(h->tried), h->expected,
	    h->middle.seconds };

	if (h->conf->tick != NULL)
		h->conf->tick(h->conf->tick_arg, &t);
}

/* False: an error, which is set; that it was stopped is none. */
static bool
hunt_middle(struct hunt *h, GError **error)
{
	struct middle *m;
	GError *cause;
	gint64 began;

	m = &h->middle;
	cause = NULL;
	began = g_get_monotonic_time();
	m->point.value = limit_middle(h->conf->range.from, h->conf->range.to);
	m->there = hunt_try(h, NULL, 0, &m->point, &cause);
	/* How long one takes that was cut short nobody knows. */
	if (m->there)
		m->seconds = (double)(g_get_monotonic_time() - began) / 1e6;
	if (cause == NULL)
		return (true);
	g_propagate_error(error, cause);
	return (false);
}

/*
 * Bisection of replication 0 asks for the value in the middle unless an end
 * settles it; then it is one look more at whether the predicate turns.
 */
void
hunt_look(const struct hunt *h, unsigned replication)
{
	const struct limit_point *p, *middle;
	struct limit_replication *r;
	unsigned i;

	if (replication != 0 || !h->middle.there)
		return;
	middle = &h->middle.point;
	r = &h->answer->replication[0];
	for (i = 0; i < r->points->len; i++) {
		p = &g_array_index(r->points, struct limit_point, i);
		if (p->value == middle->value)
			return;
	}
	g_array_append_vals(r->points, middle, 1);
	r->monotone &= r->outcome != LIMIT_ALREADY || middle->holds;
	r->monotone &= r->outcome != LIMIT_NEVER || !middle->holds;
}

/* A crew.work. */
static void
hunt_work(void *arg)
{
	GError *error;
	struct hunt *h;
	unsigned r;

	h = arg;
	while ((r = (unsigned)g_atomic_int_add(&h->next, 1)) <
	    h->conf->replications) {
		error = NULL;
		limit_bisect(&h->conf->range, r, hunt_holds, h,
		    &h->answer->replication[r], &error);
		hunt_look(h, r);
		g_mutex_lock(&h->lock);
		if (error != NULL && h->error == NULL)
			h->error = error;
		else
			g_clear_error(&error);
		g_mutex_unlock(&h->lock);
		g_atomic_int_inc(&h->done);
	}
}

/* A crew.tick. */
static void
hunt_crew_tick(void *arg)
{

	hunt_tick(arg);
}

/* All replications of one predicate. */
static bool
hunt_run(struct hunt *h, const char *variant, GPtrArray *answers,
    GError **error)
{
	const struct limit_conf *c;

	c = h->conf;
	h->done = 0;
	h->variant = variant;
	h->answer = g_new0(struct limit_answer, 1);
	h->answer->variant = g_strdup(variant);
	h->answer->n = c->replications;
	h->answer->replication = g_new0(struct limit_replication,
	    c->replications);
	h->next = (gint)hunt_share(h);
	h->crew = (struct crew){ .wanted = MIN(c->jobs, c->replications),
	    .work = hunt_work, .tick = hunt_crew_tick, .fewer = c->fewer,
	    .arg = h };
	g_mutex_init(&h->lock);
	if ((unsigned)h->next < c->replications)
		crew_run(&h->crew);
	g_mutex_clear(&h->lock);
	/* It is the first variant's. */
	h->middle.there = false;
	if (h->error != NULL) {
		g_propagate_error(error, h->error);
		limit_answer_free(h->answer);
		return (false);
	}
	g_ptr_array_add(answers, h->answer);
	return (true);
}

/* One limit after the other: the predicate's own, or that of each variant. */
static bool
hunt_all(const struct limit_conf *c, const struct scenario *sc, bool own,
    GPtrArray *answers, GError **error)
{
	struct hunt h = { .conf = c };
	unsigned v;
	gint tried;

	tried = 0;
	h.tried = &tried;
	h.answers = own ? 1 : sc->nvariants;
	h.expected = h.answers * c->replications * limit_steps(&c->range);
	h.variant = own ? NULL : sc->variants[0].name;
	h.middle.seconds = -1;
	hunt_tick(&h);
	if (!hunt_middle(&h, error))
		return (false);
	/* At once: the rest may be over before the first tick. */
	hunt_tick(&h);
	for (v = 0; v < h.answers; v++)
		if (!hunt_run(&h, own ? NULL : sc->variants[v].name, answers,
		    error))
			return (false);
	return (true);
}

bool
limit_run(const struct limit_conf *c, GPtrArray *answers, GError **error)
{
	struct scenario *sc;
	struct expr *x;
	bool ok, own;

	sc = hunt_load(c, c->range.from, error);
	if (sc == NULL)
		return (false);
	if (c->loaded != NULL)
		c->loaded(sc);
	/* Does it parse without a variant in mind? */
	x = expr_parse(c->until, NULL);
	own = x != NULL;
	if (x == NULL)
		x = hunt_expr(c, sc->variants[0].name, error);
	ok = x != NULL && expr_check(x, metric_check, sc, error);
	if (x != NULL && !ok)
		g_prefix_error(error, "--until='%s': ", c->until);
	if (x != NULL)
		expr_free(x);
	ok = ok && hunt_all(c, sc, own, answers, error);
	scenario_free(sc);
	return (ok);
}

void
limit_answer_free(struct limit_answer *a)
{
	unsigned i;

	for (i = 0; i < a->n; i++)
		if (a->replication[i].points != NULL)
			g_array_free(a->replication[i].points, TRUE);
	g_free(a->replication);
	g_free(a->variant);
	g_free(a);
}
