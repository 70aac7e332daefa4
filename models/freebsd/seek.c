/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * System calls in pieces; see seek.h.
 *
 * Models:	in_pcb_lport_dest(), in_pcbbind_setup(), in_pcbconnect(),
 *		sys/netinet/in_pcb.c, main of 2025 with bucket locks.
 * Left out:	as in call.c.
 */

#include <errno.h>

#include <glib.h>

#include "models/freebsd/core.h"
#include "models/freebsd/seek.h"
#include "models/pcb/layout.h"
#include "sim/kassert.h"

static enum net_seek_state
over(struct net_op *op, int error)
{

	op->error = error;
	return (NET_SEEK_OVER);
}

static void
visits_count(struct net_op *op, const struct net_visits *v, int sign)
{
	const uint64_t s = (uint64_t)(int64_t)sign;

	op->search.porthash += s * v->porthash;
	op->search.portlist += s * v->portlist;
	op->search.connhash += s * v->connhash;
	op->total.porthash += s * v->porthash;
	op->total.portlist += s * v->portlist;
	op->total.connhash += s * v->connhash;
}

/* The range and the run of a search; or just the one port that was given. */
static enum net_seek_state
seek_begin(struct net *n, struct net_seek *s, uint16_t lport,
    struct net_op *op)
{
	const struct allocator *a;
	struct port_run second;

	net_range(n, &s->q.first, &s->q.last);
	if (!s->searches) {
		s->left = (struct port_run){ .start = lport, .step = 1,
		    .count = 1 };
		return (NET_SEEK_CANDIDATE);
	}
	a = n->allocator;
	n->op = op;
	if (a->begin(n->state, &n->conf, s->q.first, s->q.last) !=
	    ALLOCATOR_OK)
		return (over(op, NET_EDIVZERO));
	if (!a->propose(n->state, s->q.first, s->q.last, &s->left))
		return (over(op, EADDRNOTAVAIL));
	KASSERT(!a->propose(n->state, s->q.first, s->q.last, &second),
	    ("%s proposes a second run", a->name));
	return (NET_SEEK_MORE);
}

enum net_seek_state
net_seek_bind(struct net *n, struct net_seek *s, uint32_t pcb,
    uint32_t laddr, uint16_t lport, struct net_op *op)
{
	const struct pcb *p;
	int error;

	*op = (struct net_op){ 0 };
	p = net_pcb(n, pcb);
	error = net_check_bind(n, p, laddr);
	if (error != 0)
		return (over(op, error));
	*s = (struct net_seek){ .pcb = pcb, .searches = lport == 0,
	    .q = net_local_query(p, laddr) };
	return (seek_begin(n, s, lport, op));
}

enum net_seek_state
net_seek_connect(struct net *n, struct net_seek *s, uint32_t pcb,
    uint32_t faddr, uint16_t fport, struct net_op *op)
{
	const struct pcb *p;
	int error;

	KASSERT(n->allocator->connect_rule == PORT_RULE_TUPLE,
	    ("%s binds first", n->allocator->name));
	*op = (struct net_op){ 0 };
	p = net_pcb(n, pcb);
	*s = (struct net_seek){ .pcb = pcb, .connects = true,
	    .searches = p->lport == 0 };
	error = net_check_connect(p);
	if (error == 0)
		error = net_tuple_query(n, p, faddr, fport, &s->q);
	if (error != 0)
		return (over(op, error));
	return (seek_begin(n, s, p->lport, op));
}

/* The candidates before the first of [0, max) that has a long list. */
static unsigned
short_ones(const struct net *n, const struct net_seek *s, unsigned max)
{
	uint16_t port;
	unsigned i;

	if (s->q.rule != PORT_RULE_LOCAL)
		return (max);
	port = s->left.start;
	for (i = 0; i < max; i++) {
		if (pcb_table_list(&n->table, port) > NET_SEEK_LONG)
			break;
		port = port_run_next(&s->q, port, 1);
	}
	return (i);
}

static void
seek_advance(struct net_seek *s, unsigned tried)
{

	s->left.start = (uint16_t)(s->q.first + (s->left.start - s->q.first +
	    tried) % (s->q.last - s->q.first + 1u));
	s->left.count -= tried;
}

enum net_seek_state
net_seek_stretch(struct net *n, struct net_seek *s, unsigned max,
    struct net_op *op)
{
	struct port_found f, one;
	struct port_run run;
	unsigned tried;

	KASSERT(s->searches && s->left.count > 0, ("nothing left to try"));
	max = short_ones(n, s, MIN(max, s->left.count));
	if (max == 0)
		return (NET_SEEK_CANDIDATE);
	net_lport_try(n, &s->q, &s->left, max, &s->knows, &f);
	tried = (unsigned)f.iters;
	visits_count(op, &f.visits, 1);
	if (f.found) {
		/* That one is looked at again, under its locks. */
		run = (struct port_run){ .start = f.lport, .step = 1,
		    .count = 1 };
		pcb_table_search(&n->table, &s->q, &run, &one);
		visits_count(op, &one.visits, -1);
		tried--;
	}
	op->iters += tried;
	op->known += f.known;
	seek_advance(s, tried);
	if (f.found)
		return (NET_SEEK_CANDIDATE);
	return (s->left.count > 0 ? NET_SEEK_MORE : over(op, EADDRNOTAVAIL));
}

/* The port that was given: may it be had? */
static enum net_seek_state
take_given(struct net *n, struct net_seek *s, struct net_op *op)
{
	const uint16_t lport = s->left.start;
	int error;

	if (s->connects) {
		if (pcb_table_exact(&n->table, &s->q, lport, &op->total))
			return (over(op, EADDRINUSE));
		pcb_table_rehash(&n->table, s->pcb, s->q.laddr, s->q.faddr,
		    s->q.fport);
		return (over(op, 0));
	}
	error = net_check_named(n, net_pcb(n, s->pcb), s->q.laddr, lport, op);
	if (error == 0)
		net_enter_bound(n, s->pcb, s->q.laddr, lport, op);
	return (over(op, error));
}

enum net_seek_state
net_seek_take(struct net *n, struct net_seek *s, struct net_op *op)
{
	const uint16_t lport = s->left.start;
	struct port_found f;
	struct port_run run;

	if (!s->searches)
		return (take_given(n, s, op));
	run = (struct port_run){ .start = lport, .step = 1, .count = 1 };
	net_lport_try(n, &s->q, &run, 1, &s->knows, &f);
	visits_count(op, &f.visits, 1);
	op->iters += f.iters;
	op->known += f.known;
	seek_advance(s, 1);
	if (!f.found)
		return (s->left.count > 0 ? NET_SEEK_MORE :
		    over(op, EADDRNOTAVAIL));
	net_lport_took(n, &s->q, s->knows, lport);
	if (s->connects)
		net_enter_connected(n, s->pcb, &s->q, lport, op);
	else
		net_enter_bound(n, s->pcb, s->q.laddr, lport, op);
	return (over(op, 0));
}

uint32_t
net_bucket(const struct net *n, enum net_bucket kind, uint32_t faddr,
    uint16_t fport, uint16_t lport)
{

	switch (kind) {
	case NET_BUCKET_EXACT:
		return ((pcb_layout_key(n->layout, n->hash_seed, faddr,
		    fport) ^ lport) & n->hash_mask);
	case NET_BUCKET_WILD:
		return ((pcb_layout_key(n->layout, n->hash_seed, NET_ANY, 0) ^
		    lport) & n->hash_mask);
	default:
		return (lport & n->port_mask);
	}
}
