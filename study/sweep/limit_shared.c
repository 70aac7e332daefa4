/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Replications of a limit in processes of their own, each value in a copy of
 * its replication's process, so that what runs have in common is simulated once
 * (trunk.h); see limit.h.
 */

#include <string.h>

#include "study/run/brood.h"
#include "study/scenario/footprint.h"
#include "study/scenario/scenario.h"
#include "study/sweep/limit_hunt.h"
#include "study/sweep/trunk.h"
#include "study/text/problem.h"

#define	SHARE_MAXERROR	1024	/* characters of a message */

/* Memory that all processes have: of one replication, */
struct shared_slot {
	/* .. its value in hand, */
	struct limit_point point;
	bool		known;
	char		error[SHARE_MAXERROR];	/* "": none */
	bool		unread;		/* .. and of problem_unread() */
	/* .. and in the end all of it. */
	struct limit_replication r;	/* .points are here: */
	unsigned	npoints;
	struct limit_point points[LIMIT_MAXPOINTS];
};

/* .. and of all. */
struct shared_memory {
	gint		stop, tried;
	struct shared_slot slots[];
};

struct shared {
	struct hunt	*hunt;
	struct scenario	*sc;		/* at the upper end */
	bool		*wanted;	/* wanted[sc->nvariants] */
	struct shared_memory *memory;
	/* In a replication's process. */
	struct trunk	trunk;
	unsigned	replication;
};

static struct shared_slot *
shared_slot(const struct shared *s)
{

	return (&s->memory->slots[s->replication]);
}

static void
shared_error(struct shared_slot *slot, GError *error)
{

	if (error == NULL)
		return;
	g_strlcpy(slot->error, error->message, sizeof(slot->error));
	slot->unread = problem_unread(error);
	g_error_free(error);
}

static GError *
shared_error_of(const struct shared_slot *slot)
{

	return (g_error_new_literal(slot->unread ? PROBLEM_DOMAIN :
	    LIMIT_ERROR, slot->unread ? PROBLEM_READ : 0, slot->error));
}

/* In a copy of the replication's process. */
static void
shared_try(void *share)
{
	struct shared_slot *slot;
	struct shared *s;
	GError *error;

	s = share;
	slot = shared_slot(s);
	error = NULL;
	slot->known = hunt_try(s->hunt, &s->trunk, s->replication,
	    &slot->point, &error);
	shared_error(slot, error);
}

/* A limit_holds_fn. */
static bool
shared_holds(void *share, unsigned replication, struct limit_point *p,
    GError **error)
{
	struct shared_slot *slot;
	struct shared *s;

	s = share;
	if (hunt_knows(s->hunt, replication, p))
		return (true);
	slot = shared_slot(s);
	slot->known = false;
	slot->error[0] = '\0';
	slot->unread = false;
	slot->point = *p;
	if (!brood_one(shared_try, s))
		return (hunt_try(s->hunt, NULL, replication, p, error));
	*p = slot->point;
	if (slot->error[0] != '\0')
		g_propagate_error(error, shared_error_of(slot));
	return (slot->known);
}

/* A run_conf.stop. */
static bool
shared_stop(void *share, simtime now)
{

	(void)now;
	return (hunt_stopped(((const struct shared *)share)->hunt));
}

/* The process of a replication: a brood.work. */
static void
shared_replication(void *share, unsigned replication)
{
	struct limit_replication *r;
	struct shared_slot *slot;
	struct shared *s;
	GError *error;

	s = share;
	s->replication = replication;
	slot = shared_slot(s);
	r = &s->hunt->answer->replication[replication];
	trunk_init(&s->trunk, s->sc, s->hunt->conf->path, replication,
	    s->wanted, shared_stop, s);
	error = NULL;
	limit_bisect(&s->hunt->conf->range, replication, shared_holds, s, r,
	    &error);
	hunt_look(s->hunt, replication);
	shared_error(slot, error);
	slot->r = *r;
	slot->npoints = MIN(r->points->len, LIMIT_MAXPOINTS);
	memcpy(slot->points, r->points->data, slot->npoints *
	    sizeof(slot->points[0]));
}

/* What a replication's process left, into the answer. */
static void
shared_take(struct shared *s, unsigned replication)
{
	struct limit_replication *r;
	struct shared_slot *slot;

	s->replication = replication;
	slot = shared_slot(s);
	r = &s->hunt->answer->replication[replication];
	*r = slot->r;
	r->points = g_array_new(FALSE, FALSE, sizeof(struct limit_point));
	g_array_append_vals(r->points, slot->points, slot->npoints);
	if (slot->error[0] != '\0' && s->hunt->error == NULL)
		s->hunt->error = shared_error_of(slot);
}

/* A brood.tick. */
static void
shared_tick(void *share)
{
	struct shared *s;

	s = share;
	if (s->hunt->conf->stop != NULL &&
	    g_atomic_int_get(s->hunt->conf->stop) != 0)
		g_atomic_int_set(&s->memory->stop, 1);
	hunt_tick(s->hunt);
}

static void
shared_run(struct shared *s, unsigned *done)
{
	const struct limit_conf *c;
	gint *tried;
	unsigned r;

	c = s->hunt->conf;
	tried = s->hunt->tried;
	s->memory->tried = *tried;
	s->hunt->tried = &s->memory->tried;
	s->hunt->stop = &s->memory->stop;
	*done = brood_run(&(struct brood){ .n = c->replications,
	    .jobs = MIN(c->jobs, c->replications),
	    .work = shared_replication, .tick = shared_tick, .arg = s });
	for (r = 0; r < *done; r++)
		shared_take(s, r);
	s->hunt->stop = NULL;
	s->hunt->tried = tried;
	*tried = s->memory->tried;
}

/* An expr_lookup_fn that notes which variants are asked for. */
static bool
shared_wants(const char *variant, const char *metric, double *value,
    void *share, GError **error)
{
	struct shared *s;
	unsigned v;

	(void)metric;
	(void)error;
	s = share;
	for (v = 0; v < s->sc->nvariants; v++)
		s->wanted[v] |= strcmp(s->sc->variants[v].name, variant) == 0;
	*value = 0;
	return (true);
}

/* Have they enough in common, and is there room for that beside them? */
static bool
shared_pays(struct shared *s)
{
	const struct limit_conf *c;
	struct expr *x;
	unsigned fit, v, w;
	bool pays;

	c = s->hunt->conf;
	fit = 2 * MIN(c->jobs, c->replications);
	x = hunt_expr(c, s->hunt->variant, NULL);
	if (x == NULL)
		return (false);
	pays = expr_check(x, shared_wants, s, NULL) &&
	    footprint_fits(s->sc, c->memory, &fit, NULL) &&
	    fit == 2 * MIN(c->jobs, c->replications);
	expr_free(x);
	for (v = 0; v < s->sc->nvariants; v++)
		if (s->wanted[v] && trunk_until(&s->sc->variants[v].conf,
		    c->path, &w) > 0)
			return (pays);
	return (false);
}

unsigned
hunt_share(struct hunt *h)
{
	const struct limit_conf *c;
	struct shared s = { .hunt = h };
	unsigned done;
	size_t size;

	c = h->conf;
	done = 0;
	if (c->whole)
		return (0);
	s.sc = hunt_load(c, c->range.to, NULL);
	if (s.sc == NULL)
		return (0);	/* who tries it is told why */
	s.wanted = g_new0(bool, s.sc->nvariants);
	size = sizeof(*s.memory) + c->replications * sizeof(struct shared_slot);
	if (shared_pays(&s) && (s.memory = brood_memory(size)) != NULL) {
		shared_run(&s, &done);
		brood_memory_free(s.memory, size);
	}
	g_free(s.wanted);
	scenario_free(s.sc);
	return (done);
}
