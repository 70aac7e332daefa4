/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the calls of a line cost, by a table of costs.
 *
 * Left out:	locks, and whoever waits for them: a script has no time.
 */

#include "models/cpus/decision.h"
#include "study/script/core.h"

void
script_pay(struct script *s, enum cost cost, uint64_t n)
{

	if (s->costs != NULL && n > 0)
		s->cost += (simtime)n * cost_at(s->costs, cost,
		    net_npcbs(s->net));
}

static void
pay_decision(struct script *s, struct decision *d)
{
	struct decision_charge charges[DECISION_MAXCHARGES];
	unsigned i, n;

	if (s->costs == NULL)
		return;
	d->port_visits = net_port_visits(s->net, &d->op->total);
	n = decision_charges(d, charges);
	for (i = 0; i < n; i++)
		script_pay(s, charges[i].cost, charges[i].n);
}

/* bind(2), and listen(2) with NET_ANY. */
void
script_pay_bind(struct script *s, uint32_t laddr, const struct net_op *op)
{
	struct decision d = { .kind = DECISION_BIND, .op = op };

	d.to_laddr = laddr != NET_ANY && net_laddr_has(s->net, laddr);
	if (d.to_laddr)
		d.place = net_laddr_place(s->net, laddr);
	script_pay(s, COST_SYSCALL, 1);
	pay_decision(s, &d);
}

void
script_pay_connect(struct script *s, const struct net_op *op)
{
	struct decision d = { .kind = DECISION_CONNECT, .op = op };

	script_pay(s, COST_SYSCALL, 1);
	/* Refused before it looked at anything. */
	if (op->error != 0 && op->iters == 0 && op->total.connhash == 0 &&
	    op->total.portlist == 0)
		return;
	script_pay(s, COST_ROUTE, 1);
	pay_decision(s, &d);
	script_pay(s, COST_TCP_OUTPUT, op->error == 0);
}

void
script_pay_accept(struct script *s, const struct net_op *op)
{
	struct decision d = { .kind = DECISION_ACCEPT, .op = op };

	script_pay(s, COST_TCP_INPUT, 1);
	script_pay(s, COST_SOCKET, 1);
	pay_decision(s, &d);
}
