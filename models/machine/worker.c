/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Threads that work off jobs; see worker.h.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/worker.h"

static void
worker_begin(struct worker *w, uint64_t job)
{

	w->thread.spent = (struct thread_spent){
	    .since = machine_now(w->crew->machine) };
	w->crew->begin(w, job);
}

static struct worker *
worker_new(struct workers *ws)
{
	struct machine *m;
	struct worker *w;

	m = ws->machine;
	w = g_new0(struct worker, 1);
	w->crew = ws;
	machine_thread(m, &w->thread, ws->name, PRI_USER, -1, ws->done);
	w->thread.actor = w;
	w->thread.inp = &w->inp;
	w->thread.seek = &w->seek;
	lock_init(&w->inp, &m->lockset, "tcpinp", m->plan->inp,
	    PLAN_MAXLOCKS + w->thread.id);
	w->next = ws->all;
	ws->all = w;
	ws->n++;
	return (w);
}

void
workers_job(struct workers *ws, uint64_t job)
{
	struct worker *w;

	w = ws->idle;
	if (w == NULL || fifo_count(&ws->jobs) > 0) {
		fifo_put(&ws->jobs, job);
		workers_kick(ws);
		return;
	}
	/* No job is before it, and somebody has none. */
	ws->idle = w->next_idle;
	worker_begin(w, job);
}

void
workers_kick(struct workers *ws)
{
	struct worker *w;

	if (fifo_count(&ws->jobs) == 0)
		return;
	w = ws->idle;
	if (w != NULL)
		ws->idle = w->next_idle;
	else if (ws->max == 0 || ws->n < ws->max)
		w = worker_new(ws);
	if (w != NULL)
		worker_begin(w, fifo_take(&ws->jobs));
}

void
worker_next(struct worker *w)
{
	struct workers *ws;

	ws = w->crew;
	if (fifo_count(&ws->jobs) > 0) {
		worker_begin(w, fifo_take(&ws->jobs));
		return;
	}
	w->next_idle = ws->idle;
	ws->idle = w;
	machine_thread_idle(ws->machine, &w->thread);
}

void
workers_fini(struct workers *ws)
{
	struct worker *w;

	while ((w = ws->all) != NULL) {
		ws->all = w->next;
		g_free(w);
	}
	fifo_fini(&ws->jobs);
}
