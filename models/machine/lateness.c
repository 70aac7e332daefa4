/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * An observer's lags, for its result; see lateness.h.
 */

#include <glib.h>

#include "models/machine/lateness.h"
#include "models/machine/machine.h"

static struct observer_result *
lateness_result(const struct lateness *l)
{

	return (&l->machine->res->observers[l->idx]);
}

static const struct observer_conf *
lateness_conf(const struct lateness *l)
{

	return (&l->machine->conf->observers[l->idx]);
}

/* Threads' names end with the run. */
static void
lateness_why(struct lateness *l, struct observer_result *r, simtime due)
{
	struct blame_link *link;

	inquiry_tell(&l->inquiry, due + l->alone, &r->why, &r->why_share);
	for (link = r->why.links; link < r->why.links + r->why.nlinks; link++)
		link->who = g_intern_string(link->who);
}

/* It has been `lag' late: by what most? */
static void
lateness_longest(struct lateness *l, simtime due, simtime lag,
    const simtime waited[CHAIN_MAXSTAGES])
{
	struct observer_result *r;
	const struct chain *chain;
	unsigned i, most;

	r = lateness_result(l);
	if (lag <= r->lag_max)
		return;
	chain = &chain_table[lateness_conf(l)->kind];
	for (i = most = 0; i < chain->nstages; i++)
		if (waited[i] > waited[most])
			most = i;
	lateness_why(l, r, due);
	r->lag_max = lag;
	r->lag_from = due;
	r->waited = chain->stages[most].name;
}

void
lateness_served(struct lateness *l, simtime due, simtime lag,
    const simtime waited[CHAIN_MAXSTAGES])
{
	struct machine *m;
	simtime now;

	m = l->machine;
	now = machine_now(m);
	record_lag(&m->record, l->idx, lag);
	lateness_longest(l, due, lag, waited);
	due = MAX(due, m->conf->warmup);
	if (lag > lateness_conf(l)->deadline && due < now) {
		freeze_add(&l->freeze, due, now);
		m->record.trouble = now;
	}
}

void
lateness_forget(struct lateness *l)
{

	freeze_forget(&l->freeze);
	inquiry_forget(&l->inquiry);
}

void
lateness_end(struct lateness *l, simtime waiting)
{
	struct observer_result *r;
	simtime deadline;

	r = lateness_result(l);
	deadline = lateness_conf(l)->deadline;
	r->frozen_at_end = waiting > deadline;
	r->frozen = freeze_total(&l->freeze);
	r->unfreeze = freeze_longest(&l->freeze, LATENESS_RESPITE * deadline);
}

simtime
lateness_so_far(const struct lateness *l, simtime waiting)
{

	/* Who is late already is going to count, by 1 ps at least. */
	return (MAX(freeze_total(&l->freeze),
	    waiting > lateness_conf(l)->deadline));
}

void
lateness_init(struct lateness *l, struct machine *m, unsigned observer,
    simtime alone, bool (*waits)(void *arg, struct inquiry_wait *), void *arg)
{

	*l = (struct lateness){ .machine = m, .idx = observer,
	    .alone = alone };
	inquiry_init(&l->inquiry, m, waits, arg,
	    &m->res->observers[observer].lag_max);
}

void
lateness_fini(struct lateness *l)
{

	freeze_fini(&l->freeze);
}
