/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * netstat(1) at work; see netstat.h.
 */

#include "models/machine/machine.h"
#include "models/machine/netstat.h"
#include "models/machine/softclock.h"
#include "models/machine/workload.h"
#include "models/net/net.h"

static void
netstat_done(struct thread *t)
{
	struct netstat *ns;
	struct machine *m;

	ns = t->actor;
	m = ns->machine;
	sim_at(m->sim, ns->slot, machine_now(m) + m->conf->netstat.period);
	machine_thread_idle(m, t);
}

static void
netstat_due(void *netstat, const struct sim_event *ev)
{
	struct netstat *ns;

	(void)ev;
	ns = netstat;
	softclock_post(ns->softclock, ns->callout, 0);
}

/* Its sleep is over. */
static bool
netstat_wake(void *netstat, struct thread *t, uint32_t data, bool again)
{
	struct netstat *ns;

	(void)t;
	(void)data;
	(void)again;
	ns = netstat;
	ns->workload = 0;
	ns->worker = NULL;
	machine_begin(ns->machine, &ns->thread, OP_NETSTAT, CONN_NONE);
	return (false);
}

/* The next thread of a workload that has its pcb's lock. */
static struct worker *
netstat_next(struct netstat *ns)
{

	for (;;) {
		if (ns->worker != NULL)
			ns->worker = ns->worker->next;
		while (ns->worker == NULL) {
			if (ns->workload == ns->machine->conf->nworkloads)
				return (NULL);
			ns->worker = ns->workloads[ns->workload++].workers.all;
		}
		if (lock_held(&ns->worker->inp))
			return (ns->worker);
	}
}

/* It goes on with the walk, or stops at a pcb until it has that one's lock. */
/* What xtcpcb and copyout(9) of some 400 bytes take; assumed. */
#define	NETSTAT_COPYOUT	(100 * SIM_NS)

/* One pass over all pcbs; what each costs beyond being visited. */
static void
netstat_pass(const struct machine *m, struct thread *t, simtime each)
{

	t->visits = net_npcbs(m->net);
	t->charge += (simtime)t->visits * (each +
	    cost_at(m->conf->host.costs, COST_PCB_VISIT, t->visits));
}

/* A walk of its own, where there is a third. */
static bool
netstat_thrice(const struct lock_plan *plan)
{
	const struct step *s;

	for (s = plan_steps(plan, OP_NETSTAT); s->kind != STEP_END; s++)
		if (s->kind == STEP_ACT && s->arg == ACT_UNREF)
			return (true);
	return (false);
}

static bool
netstat_copy(void *netstat, struct thread *t)
{
	const struct machine *m;

	m = ((struct netstat *)netstat)->machine;
	if (!netstat_thrice(m->plan))
		t->charge += (simtime)net_npcbs(m->net) * NETSTAT_COPYOUT;
	else
		netstat_pass(m, t, NETSTAT_COPYOUT);
	return (true);
}

static bool
netstat_unref(void *netstat, struct thread *t)
{

	netstat_pass(((struct netstat *)netstat)->machine, t, 0);
	return (true);
}

static bool
netstat_walk(void *netstat, struct thread *t)
{
	const struct machine *m;
	struct netstat *ns;
	struct worker *w;

	ns = netstat;
	m = ns->machine;
	if (ns->met != NULL)
		lock_release(ns->met, t);
	ns->met = NULL;
	w = netstat_next(ns);
	if (w != NULL) {
		ns->met = &w->inp;
		lock_acquire(ns->met, t, false);
		return (false);
	}
	netstat_pass(m, t, 0);
	return (true);
}

void
netstat_init(struct netstat *ns, struct machine *m, struct softclock *sc,
    const struct workload *workloads)
{

	*ns = (struct netstat){ .machine = m, .softclock = sc,
	    .workloads = workloads };
	machine_thread(m, &ns->thread, "netstat", PRI_USER, -1, netstat_done);
	ns->thread.actor = ns;
	ns->callout = softclock_callout(sc, netstat_wake, ns);
	ns->slot = machine_slot(m, netstat_due, ns);
	machine_act_by(m, ACT_WALK, netstat_walk, ns);
	machine_act_by(m, ACT_COPY, netstat_copy, ns);
	machine_act_by(m, ACT_UNREF, netstat_unref, ns);
	if (m->conf->netstat.period > 0)
		sim_at(m->sim, ns->slot, m->conf->netstat.period);
}
