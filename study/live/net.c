/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Calls on tables of real pcbs; see net.h.
 */

#include <errno.h>

#include <glib.h>

#include "models/freebsd/variant.h"
#include "models/ports/allocator.h"
#include "models/stacks/stack.h"
#include "sim/kassert.h"
#include "sim/rng.h"
#include "study/live/net.h"
#include "study/live/table.h"

#define	LIVE_RESERVED	1024		/* IPPORT_RESERVED */

struct live_net {
	const struct run_conf *conf;
	const struct freebsd_variant *variant;
	const struct allocator *allocator;
	struct allocator_conf knobs;
	void		*state;		/* the allocator's */
	struct live_table *table;
	struct node	**socks;	/* socks[nsocks]; NULL: no port */
	struct rng	arc4random;
	uint16_t	first, last;
};

static uint32_t
live_draw(void *rng)
{

	return (rng_u32(rng));
}

/* The largest power of two not above n. */
static uint32_t
power_below(uint32_t n)
{
	uint32_t p;

	for (p = 1; p <= n / 2; p *= 2)
		continue;
	return (p);
}

static struct live_table *
live_net_table(struct live_net *n, const struct live_ops *ops)
{
	const struct run_conf *conf;
	struct net_conf nc = { 0 };

	conf = n->conf;
	nc.hashsize = power_below(conf->kernel.tcbhashsize != 0 ?
	    conf->kernel.tcbhashsize :
	    net_hashsize_auto(conf->host.maxsockets));
	nc.porthashsize = MIN(nc.hashsize, 65536);
	/* The simulator draws it first, too. */
	nc.hash_seed = rng_u64(&n->arc4random);
	return (live_table_new(ops->pcbs_max + ops->nthreads + 1,
	    n->variant->layout, &nc));
}

struct live_net *
live_net_new(const struct run_conf *conf, const struct live_ops *ops)
{
	struct live_net *n;

	n = g_new0(struct live_net, 1);
	n->conf = conf;
	n->variant = conf->stack->variant;
	n->allocator = n->variant->allocator;
	rng_init(&n->arc4random, conf->seed, conf->replication,
	    "kernel/arc4random");
	n->table = live_net_table(n, ops);
	if (n->table == NULL) {
		g_free(n);
		return (NULL);
	}
	n->knobs = (struct allocator_conf){
		.randomized = conf->kernel.portrange_randomized,
		.randomcps = conf->kernel.portrange_randomcps,
		.randomtime = conf->kernel.portrange_randomtime,
		.draw = live_draw,
		.draw_arg = &n->arc4random
	};
	n->first = MIN(conf->kernel.portrange_first,
	    conf->kernel.portrange_last);
	n->last = MAX(conf->kernel.portrange_first,
	    conf->kernel.portrange_last);
	n->state = g_malloc0(n->allocator->state_size);
	n->socks = g_new0(struct node *, ops->nsocks);
	return (n);
}

void
live_net_free(struct live_net *n)
{

	if (n == NULL)
		return;
	live_table_free(n->table);
	g_free(n->state);
	g_free(n->socks);
	g_free(n);
}

bool
live_net_large(const struct live_net *n)
{

	return (live_table_large(n->table));
}

static int
net_search(struct live_net *n, struct port_query *q, unsigned stoprandom,
    uint16_t *lport, struct live_outcome *out)
{
	const struct allocator *a;
	struct port_found f;
	struct port_run run;

	a = n->allocator;
	q->first = n->first;
	q->last = n->last;
	if (a->set_stoprandom != NULL)
		a->set_stoprandom(n->state, stoprandom);
	n->knobs.query = q;
	if (a->begin(n->state, &n->knobs, q->first, q->last) != ALLOCATOR_OK)
		return (NET_EDIVZERO);
	while (a->propose(n->state, q->first, q->last, &run)) {
		live_table_search(n->table, q, &run, &f);
		a->tried(n->state, f.lport, f.found);
		out->iters += f.iters;
		out->visits += f.visits.portlist;
		*lport = f.lport;
		if (f.found)
			return (0);
	}
	return (EADDRNOTAVAIL);
}

/* A user's own choice of port; the first walk looks for other users'. */
static int
net_explicit(struct live_net *n, uint32_t laddr, uint16_t lport,
    struct live_outcome *out)
{

	if (lport < LIVE_RESERVED)
		return (EACCES);
	(void)live_table_local(n->table, laddr, lport, &out->visits);
	return (live_table_local(n->table, laddr, lport, &out->visits) ?
	    EADDRINUSE : 0);
}

static void
net_enter(struct live_net *n, uint32_t sock, uint32_t laddr, uint16_t lport,
    struct live_outcome *out)
{
	struct node *p;

	p = live_table_take(n->table);
	p->laddr = laddr;
	p->lport = lport;
	live_table_insert(n->table, p, &out->visits);
	n->socks[sock] = p;
}

static bool
net_has(const struct live_net *n, uint32_t laddr)
{
	unsigned i;

	for (i = 0; i < n->conf->host.nladdrs; i++)
		if (n->conf->host.laddrs[i] == laddr)
			return (true);
	return (laddr == NET_ANY);
}

static int
net_bind_at(struct live_net *n, const struct live_op *op, uint32_t laddr,
    uint16_t lport, struct live_outcome *out)
{
	struct port_query q = { .rule = PORT_RULE_LOCAL, .laddr = laddr };
	int error;

	if (!net_has(n, laddr))
		return (EADDRNOTAVAIL);
	error = lport != 0 ? net_explicit(n, laddr, lport, out) :
	    net_search(n, &q, op->stoprandom, &lport, out);
	if (error == 0)
		net_enter(n, op->sock, laddr, lport, out);
	return (error);
}

static int
net_connect_to(struct live_net *n, const struct live_op *op,
    struct live_outcome *out)
{
	struct port_query q = { .rule = PORT_RULE_TUPLE, .faddr = op->faddr,
	    .fport = op->fport };
	struct node *p;
	uint16_t lport;
	int error;

	p = n->socks[op->sock];
	if (p == NULL && (n->allocator->connect_rule == PORT_RULE_LOCAL ||
	    (n->conf->kernel.require_unique_port &&
	    n->variant->has_require_unique))) {
		error = net_bind_at(n, op, NET_ANY, 0, out);
		if (error != 0)
			return (error);
		p = n->socks[op->sock];
	}
	q.laddr = p != NULL ? p->laddr : NET_ANY;
	if (q.laddr == NET_ANY)
		q.laddr = n->conf->host.laddrs[0];
	if (p != NULL) {
		if (live_table_exact(n->table, &q, p->lport, &out->visits))
			return (EADDRINUSE);
	} else {
		error = net_search(n, &q, op->stoprandom, &lport, out);
		if (error != 0)
			return (error);
		net_enter(n, op->sock, n->variant->layout->
		    connect_binds_any ? NET_ANY : q.laddr, lport, out);
		p = n->socks[op->sock];
	}
	live_table_rehash(n->table, p, q.laddr, op->faddr, op->fport);
	return (0);
}

static void
net_lookup(struct live_net *n, const struct live_op *op)
{
	struct port_query q = { .rule = PORT_RULE_TUPLE };
	const struct node *p;
	uint64_t visits;

	/* What it visits is not counted: the simulator charges just one. */
	p = n->socks[op->sock];
	KASSERT(p != NULL, ("a segment for no pcb"));
	q.laddr = p->laddr;
	q.faddr = p->faddr;
	q.fport = p->fport;
	visits = 0;
	KASSERT(live_table_exact(n->table, &q, p->lport, &visits),
	    ("a pcb is not where it should be"));
}

void
live_net_do(struct live_net *n, const struct live_op *op,
    struct live_outcome *out)
{

	switch (op->kind) {
	case LIVE_BIND:
		out->error = net_bind_at(n, op, op->laddr, op->lport, out);
		break;
	case LIVE_CONNECT:
		out->error = net_connect_to(n, op, out);
		break;
	case LIVE_REMOVE:
		KASSERT(n->socks[op->sock] != NULL, ("closed twice"));
		live_table_remove(n->table, n->socks[op->sock]);
		live_table_give(n->table, n->socks[op->sock]);
		n->socks[op->sock] = NULL;
		break;
	case LIVE_LOOKUP:
		net_lookup(n, op);
		break;
	}
}
