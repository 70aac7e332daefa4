/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a step does to the tables, and what a decision there costs; see
 * machine.h.
 */

#include "models/cpus/decision.h"
#include "models/machine/machine.h"
#include "models/net/net.h"
#include "sim/kassert.h"

/* ---- charging ---------------------------------------------------------- */

void
machine_charge(struct machine *m, struct thread *t, enum cost cost,
    uint64_t times)
{
	const struct costs *costs = m->conf->host.costs;

	/* Most costs have one point: the population is not asked for. */
	t->charge += (simtime)times * cost_at(costs, cost,
	    costs->curve[cost].npoints == 1 ? 0 : net_npcbs(m->net));
}

void
machine_searched(struct machine *m, struct thread *t)
{
	const struct net_op *r;
	uint64_t visits;

	r = &t->result;
	visits = net_port_visits(m->net, &r->search) + r->search.connhash;
	t->spent.candidates += r->iters;
	t->spent.visits += visits;
	record_search(&m->record, t, visits);
}

/* What a decision cost. */
static void
machine_charge_decision(struct machine *m, struct thread *t,
    enum decision_kind kind, uint32_t laddr)
{
	struct decision_charge charges[DECISION_MAXCHARGES];
	struct decision d = { .kind = kind, .op = &t->result,
	    .to_laddr = laddr != NET_ANY };
	const struct net_op *r;
	simtime before;
	unsigned i, n;

	r = &t->result;
	t->iters += r->iters;
	d.port_visits = net_port_visits(m->net, &r->total);
	t->visits += d.port_visits + r->total.connhash;
	if (r->iters > 0)
		machine_searched(m, t);
	if (d.to_laddr)
		d.place = net_laddr_place(m->net, laddr);
	n = decision_charges(&d, charges);
	for (i = 0; i < n; i++) {
		before = t->charge;
		machine_charge(m, t, charges[i].cost, charges[i].n);
		if (charges[i].searching)
			t->spent.searched += t->charge - before;
	}
	if (!m->plan->locks_candidates)
		return;
	before = t->charge;
	machine_charge(m, t, COST_MUTEX, r->iters);
	t->spent.searched += t->charge - before;
}

/* ---- acts --------------------------------------------------------------- */

static void
machine_remove(struct machine *m, struct thread *t)
{
	struct conn *c;

	c = conn_get(&m->conns, t->conn);
	if (c->pcb == NET_NOPCB)
		return;		/* a TIME_WAIT that a connect() ended */
	if (m->gone != NULL)
		m->gone(m, c);
	net_close(m->net, c->pcb, NULL);
	c->pcb = NET_NOPCB;
	machine_charge(m, t, COST_REMOVE, 1);
	record_pcbs(&m->record, net_npcbs(m->net));
}

bool
machine_act(struct machine *m, struct thread *t, enum act act)
{
	struct conn *c;

	machine_net_time(m);
	c = t->conn == CONN_NONE ? NULL : conn_get(&m->conns, t->conn);
	net_cpu_set(m->net, (unsigned)t->cpu);
	switch (act) {
	case ACT_BIND:
		net_bind(m->net, c->pcb, c->laddr, c->lport, &t->result);
		machine_charge_decision(m, t, DECISION_BIND, c->laddr);
		machine_decided(m, t);
		break;
	case ACT_CONNECT:
		net_connect(m->net, c->pcb, c->faddr, c->fport, &t->result);
		machine_charge_decision(m, t, DECISION_CONNECT, NET_ANY);
		machine_decided(m, t);
		machine_charge(m, t, COST_ROUTE, 1);
		break;
	case ACT_ACCEPT:
		net_accept(m->net, c->laddr, c->lport, c->faddr, c->fport,
		    &c->pcb, &t->result);
		machine_charge_decision(m, t, DECISION_ACCEPT, NET_ANY);
		machine_decided(m, t);
		break;
	case ACT_REMOVE:
		machine_remove(m, t);
		return (true);
	case ACT_LOOKUP:
		machine_charge(m, t, COST_CHAIN_VISIT,
		    net_inbound_visits(m->net));
		return (true);
	case ACT_NOTHING:
		return (true);
	default:
		KASSERT(m->acts[act].fn != NULL, ("%s: nobody does step %d",
		    op_name(t->op), (int)act));
		return (m->acts[act].fn(m->acts[act].arg, t));
	}
	record_pcbs(&m->record, net_npcbs(m->net));
	return (true);
}
