/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Daemons that wake; see noise.h.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/noise.h"

static void
noise_done(struct thread *t)
{

	machine_thread_idle(((struct noise *)t->actor)->machine, t);
}

static void
noise_next(struct noise *n, simtime now)
{

	sim_at(n->machine->sim, n->slot, now + 1 + (simtime)(
	    rng_exp1(&n->rng) * 1e18 /
	    (double)n->machine->conf->host.noise));
}

static void
noise_due(void *noise, const struct sim_event *ev)
{
	struct thread *t;
	struct noise *n;
	simtime work;

	n = noise;
	noise_next(n, ev->time);
	t = &n->daemons[rng_below(&n->rng, n->n)];
	work = (simtime)(rng_exp1(&n->rng) *
	    (double)n->machine->conf->host.noise_work);
	if (t->state != THREAD_IDLE)
		return;
	machine_begin(n->machine, t, OP_OBSERVE, CONN_NONE);
	t->in_user = true;
	t->charge += work;
}

void
noise_init(struct noise *n, struct machine *m)
{
	unsigned i;

	*n = (struct noise){ .machine = m };
	n->slot = machine_slot(m, noise_due, n);
	if (m->conf->host.noise == 0)
		return;
	n->n = m->conf->host.cpus;
	n->daemons = g_new0(struct thread, n->n);
	for (i = 0; i < n->n; i++) {
		machine_thread(m, &n->daemons[i], "daemon", PRI_CONSOLE, -1,
		    noise_done);
		n->daemons[i].actor = n;
	}
	machine_stream(m, &n->rng, "host/noise");
	noise_next(n, 0);
}

void
noise_fini(struct noise *n)
{

	g_free(n->daemons);
}
