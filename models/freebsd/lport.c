/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The lport loop: the allocator's candidates, tried by the query's rule.
 *
 * Theory:	where the stack remembers taken ports, candidates are looked
 *		up one by one until one is held by a connected pcb of the very
 *		destination; from then on the search shares a bitmap with that
 *		pcb, skips its ports and adds what it meets.  A skipped
 *		candidate counts as tried.
 * Models:	in_pcb_lport(), in_pcb_lport_dest(), sys/netinet/in_pcb.c,
 *		FreeBSD 11 to 16.
 * Left out:	see models/ports/cache.c.
 */

#include <errno.h>
#include <limits.h>

#include <glib.h>

#include "models/freebsd/freebsd.h"

uint16_t
freebsd_lport_after(const struct port_query *q, uint16_t port,
    uint64_t further)
{

	return ((uint16_t)(q->first + (port - q->first + further) %
	    (q->last - q->first + 1u)));
}

/* How many candidates from `port' on the set has, at most `max'. */
static unsigned
known_run(const struct port_set *set, const struct port_query *q,
    uint16_t port, unsigned step, unsigned max)
{
	unsigned count, p;

	if (set == NULL)
		return (0);
	if (step != 1) {
		for (count = 0; count < max && port_set_has(set,
		    freebsd_lport_after(q, port, (uint64_t)count * step));)
			count++;
		return (count);
	}
	p = port_set_first_free(&set, 1, port, q->last);
	if (p != PORT_NONE)
		return (MIN(p - port, max));
	count = q->last - port + 1u;
	p = port_set_first_free(&set, 1, q->first, port);
	count += (p != PORT_NONE ? p : port) - q->first;
	return (MIN(count, max));
}

/* A candidate was taken: by a connected pcb of this destination? */
static void
learn(struct freebsd *f, uint32_t pcb, const struct port_query *q,
    uint16_t lport)
{
	uint32_t met;

	met = pcb_table_connected(&f->table, q, lport);
	if (met != PCB_NONE)
		port_cache_meet(f->known, pcb, met, lport);
}

/* Candidate by candidate, with what is known of the destination. */
static void
try_knowing(struct freebsd *f, uint32_t pcb, const struct port_query *q,
    const struct port_run *run, unsigned max, struct port_found *found)
{
	struct port_run one = { .step = 1, .count = 1 };
	struct port_found g;
	unsigned left, skip;
	uint16_t port;

	*found = (struct port_found){ .lport = run->start };
	port = run->start;
	for (left = run->count; left > 0 && max > 0; max--) {
		skip = known_run(port_cache_of(f->known, pcb), q, port,
		    run->step, left);
		if (skip > 0) {
			found->iters += skip;
			found->known += skip;
			found->lport = freebsd_lport_after(q, port,
			    (skip - 1ull) * run->step);
			port = freebsd_lport_after(q, port,
			    (uint64_t)skip * run->step);
			left -= skip;
			if (left == 0)
				return;
		}
		one.start = found->lport = port;
		pcb_table_search(&f->table, q, &one, &g);
		found->iters++;
		net_visits_add(&found->visits, &g.visits);
		found->found = g.found;
		if (found->found)
			return;
		learn(f, pcb, q, port);
		port = freebsd_lport_after(q, port, run->step);
		left--;
	}
}

void
freebsd_lport_try(struct freebsd *f, uint32_t pcb, const struct port_query *q,
    const struct port_run *run, unsigned max, struct port_found *found)
{
	struct port_run part;

	if (f->known != NULL && q->rule == PORT_RULE_TUPLE) {
		try_knowing(f, pcb, q, run, max, found);
		return;
	}
	part = *run;
	part.count = MIN(part.count, max);
	pcb_table_search(&f->table, q, &part, found);
	if (freebsd_memory_bits(f, q))
		freebsd_memory_count(f, q, run, found);
}

void
freebsd_lport_run(const struct freebsd *f, const struct port_query *q,
    struct port_run *run)
{
	const unsigned ports = q->last - q->first + 1u;

	/* A loop that ends one early would never know that all are taken. */
	if (freebsd_does(f, PROPOSAL_FULL_CACHE) && run->count == ports - 1)
		run->count = ports;
}

int
freebsd_lport_over(struct freebsd *f, uint32_t pcb, const struct port_query *q,
    uint16_t lport)
{
	const bool found = lport != 0;

	f->conf.query = q;
	if (found && f->allocator->took != NULL)
		f->allocator->took(f->state, &f->conf, q->first, q->last,
		    lport);
	if (f->known != NULL && found)
		port_cache_took(f->known, pcb, lport);
	else if (f->known != NULL)
		port_cache_leave(f->known, pcb, 0);
	return (found ? 0 : EADDRNOTAVAIL);
}

void
freebsd_lport_range(struct freebsd *f, struct port_query *q)
{
	const struct allocator *a;
	uint16_t first, last;

	a = f->allocator;
	if (q->range != f->range && a->lastport != NULL &&
	    a->set_lastport != NULL) {
		f->ranges[f->range].lastport = (uint16_t)a->lastport(f->state);
		a->set_lastport(f->state, f->ranges[q->range].lastport);
	}
	f->range = q->range;
	if (q->range == FREEBSD_RANGE_DEFAULT) {
		net_range(&f->net, &q->first, &q->last);
		return;
	}
	first = f->ranges[q->range].first;
	last = f->ranges[q->range].last;
	q->first = MIN(first, last);
	q->last = MAX(first, last);
}

/* Run after run until a port is free; returns what the last one tried. */
static unsigned
lport_loop(struct freebsd *f, uint32_t pcb, const struct port_query *q,
    struct port_found *got, struct net_op *op)
{
	const struct allocator *a;
	struct port_run run;
	unsigned left, tried;

	a = f->allocator;
	*got = (struct port_found){ .found = false };
	left = f->proposal->max_tries != 0 ? f->proposal->max_tries :
	    UINT_MAX;
	tried = 0;
	while (!got->found && left > 0 &&
	    a->propose(f->state, q->first, q->last, &run)) {
		freebsd_lport_run(f, q, &run);
		tried = MIN(run.count, left);
		left -= tried;
		freebsd_lport_try(f, pcb, q, &run, tried, got);
		a->tried(f->state, got->lport, got->found);
		op->iters += got->iters - got->passed;
		op->known += got->known;
		net_visits_add(&op->search, &got->visits);
		net_visits_add(&op->total, &got->visits);
	}
	return (tried);
}

int
freebsd_lport(struct freebsd *f, uint32_t pcb, struct port_query *q,
    uint16_t *lport, struct net_op *op)
{
	struct port_found got;
	uint32_t version;
	unsigned tried;

	freebsd_lport_range(f, q);
	if (freebsd_memory_full(f, q)) {
		op->iters++;
		op->known++;
		return (EADDRNOTAVAIL);
	}
	version = freebsd_memory_version(f, q);
	f->conf.query = q;
	f->conf.cpu = f->net.cpu;
	if (f->allocator->begin(f->state, &f->conf, q->first, q->last) !=
	    ALLOCATOR_OK)
		return (NET_EDIVZERO);
	tried = lport_loop(f, pcb, q, &got, op);
	*lport = got.lport;
	if (!got.found && tried == q->last - q->first + 1u)
		freebsd_memory_failed(f, q, version);
	return (freebsd_lport_over(f, pcb, q, got.found ? *lport : 0));
}

/* ---- a connect()'s addresses ------------------------------------------- */

void
freebsd_laddrs_begin(struct freebsd *f, uint32_t pcb, struct port_query *q,
    struct freebsd_laddrs *a)
{
	uint32_t routed;

	*a = (struct freebsd_laddrs){ 0 };
	if (!freebsd_does(f, PROPOSAL_SPREAD) || f->net.nladdrs < 2 ||
	    freebsd_pcb(f, pcb)->laddr != NET_ANY ||
	    net_addr_map_get(&f->net.routes, q->faddr, &routed))
		return;
	a->place = net_draw(&f->net) % f->net.nladdrs;
	a->left = f->net.nladdrs - 1;
	q->laddr = net_laddr_at(&f->net, a->place);
}

bool
freebsd_laddrs_next(const struct freebsd *f, struct port_query *q,
    struct freebsd_laddrs *a)
{

	if (a->left == 0)
		return (false);
	a->left--;
	a->place = (a->place + 1) % f->net.nladdrs;
	q->laddr = net_laddr_at(&f->net, a->place);
	return (true);
}

int
freebsd_lport_connect(struct freebsd *f, uint32_t pcb, struct port_query *q,
    uint16_t *lport, struct net_op *op)
{
	struct freebsd_laddrs a;
	int error;

	freebsd_laddrs_begin(f, pcb, q, &a);
	do
		error = freebsd_lport(f, pcb, q, lport, op);
	while (error == EADDRNOTAVAIL && freebsd_laddrs_next(f, q, &a));
	return (error);
}
