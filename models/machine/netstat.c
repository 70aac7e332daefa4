/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * netstat(1) at work; see netstat.h.
 */

#include "models/machine/machine.h"
#include "models/machine/workload.h"

static void
netstat_done(struct thread *t, void *machine)
{
	struct machine *m;

	m = machine;
	sim_at(m->sim, m->netstat.slot, machine_now(m) +
	    m->conf->netstat.period);
	machine_thread_idle(m, t);
}

static void
netstat_due(struct machine *m, unsigned arg, const struct sim_event *ev)
{

	(void)arg;
	(void)ev;
	softclock_post(m, CALLOUT_NETSTAT, CONN_NONE);
}

void
netstat_init(struct machine *m)
{
	struct netstat *ns;

	ns = &m->netstat;
	thread_init(&ns->thread, "netstat", machine_thread_id(m), PRI_USER,
	    -1);
	ns->thread.done = netstat_done;
	ns->slot = machine_slot(m, netstat_due, 0);
	if (m->conf->netstat.period > 0)
		sim_at(m->sim, ns->slot, m->conf->netstat.period);
}

void
netstat_fini(struct machine *m)
{

	(void)m;
}

void
netstat_wake(struct machine *m)
{

	m->netstat.workload = 0;
	m->netstat.worker = NULL;
	machine_begin(m, &m->netstat.thread, OP_NETSTAT, CONN_NONE);
}

/* The next thread of a workload that has its pcb's lock. */
static struct worker *
netstat_next(struct machine *m)
{
	struct netstat *ns;

	ns = &m->netstat;
	for (;;) {
		if (ns->worker != NULL)
			ns->worker = ns->worker->next;
		while (ns->worker == NULL) {
			if (ns->workload == m->conf->nworkloads)
				return (NULL);
			ns->worker = m->workloads[ns->workload++].workers;
		}
		if (lock_held(&ns->worker->inp))
			return (ns->worker);
	}
}

bool
netstat_walk(struct machine *m, struct thread *t)
{
	struct netstat *ns;
	struct worker *w;

	ns = &m->netstat;
	if (ns->met != NULL)
		lock_release(ns->met, t);
	ns->met = NULL;
	w = netstat_next(m);
	if (w != NULL) {
		ns->met = &w->inp;
		lock_acquire(ns->met, t, false);
		return (false);
	}
	t->visits = net_npcbs(m->net);
	t->charge += (simtime)t->visits * cost_at(m->conf->host.costs,
	    COST_PCB_VISIT, t->visits);
	return (true);
}
