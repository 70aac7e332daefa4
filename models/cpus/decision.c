/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a decision costs; see decision.h.
 */

#include "models/cpus/decision.h"
#include "sim/kassert.h"

struct charges {
	struct decision_charge *to;
	unsigned	n;
	bool		searching;
};

static void
pay(struct charges *c, enum cost cost, uint64_t n)
{

	if (n == 0)
		return;
	KASSERT(c->n < DECISION_MAXCHARGES, ("%u charges", c->n));
	c->to[c->n++] = (struct decision_charge){ .cost = cost, .n = n,
	    .searching = c->searching };
}

static void
pay_bind(struct charges *c, const struct decision *d)
{
	const struct net_op *op;

	op = d->op;
	if (op->iters > 0) {
		pay(c, COST_BIND_SEARCH, 1);
		pay(c, COST_BIND_ITER, op->iters);
		/* Who shares ports walks no list, nor is one on each port. */
		if (op->search.portlist > 0) {
			pay(c, COST_BIND_WHOLE, op->iters -
			    op->search.stops);
			pay(c, COST_HEAD, op->iters);
		}
	}
	pay(c, COST_BIND_VISIT, d->port_visits);
	pay(c, COST_CHAIN_VISIT, op->total.connhash);
	c->searching = false;
	if (d->to_laddr) {
		pay(c, COST_LADDR, d->place);
		pay(c, COST_LADDR_FIRST, d->place == 0);
	}
	if (op->error != 0)
		return;
	pay(c, COST_BIND_TAKE, 1);
	pay(c, COST_PORT_HEAD, op->total.new_heads);
	pay(c, COST_CROWDED, op->total.crowded);
}

static void
pay_connect(struct charges *c, const struct decision *d)
{
	const struct net_op *op;

	op = d->op;
	if (op->iters > 0) {
		pay(c, COST_SEARCH, 1);
		pay(c, COST_LPORT_ITER, op->iters);
		if (op->search.portlist == 0)
			pay(c, COST_TUPLE_MATCH, op->iters - op->known -
			    op->search.wilds);
		else
			pay(c, COST_HEAD, op->iters);
	}
	pay(c, COST_PCB_VISIT, d->port_visits);
	pay(c, COST_CHAIN_VISIT, op->total.connhash - op->total.wild);
	pay(c, COST_WILD_LOOKUP, op->total.wilds);
	pay(c, COST_WILD_VISIT, op->total.wild);
	c->searching = false;
	pay(c, COST_INSERT, op->error == 0);
}

unsigned
decision_charges(const struct decision *d,
    struct decision_charge charges[DECISION_MAXCHARGES])
{
	struct charges c = { .to = charges, .searching = d->op->iters > 0 };

	if (d->kind == DECISION_BIND)
		pay_bind(&c, d);
	else
		pay_connect(&c, d);
	return (c.n);
}
