/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The first free candidate of a run, and what trying all before it visits.
 *
 * Theory:	a candidate is free iff it is in none of at most five sets of
 *		ports, so the first free one is found by bitmaps.  What the
 *		lookups up to it visit is a sum over the run, as if every list
 *		were walked whole, corrected for the few ports on which an
 *		unconnected pcb ends the walk early or the destination does
 *		not.  A run that wraps is two ranges, but one sum if it fails
 *		on every port.  Where ports are not scarce most runs end with
 *		their first candidate, which is looked up by itself.
 * Models:	as walk.c.
 */

#include <stddef.h>

#include <glib.h>

#include "models/pcb/index.h"
#include "models/pcb/scan.h"
#include "sim/kassert.h"

#define	MAXSETS	5

/* Below this many candidates, single lookups are cheaper than sums. */
#define	SHORT_RUN	3

struct scan {
	const struct pcb_index *x;
	const struct port_query *q;
	const struct port_addr *any;	/* the address * */
	const struct port_addr *addr;	/* the searched one; NULL: unknown */
	struct pcb_dest	*dest;		/* NULL: no port connected to it */
	const struct port_set *sets[MAXSETS];
	unsigned	nsets;
};

static void
use(struct scan *s, const struct port_set *set)
{

	if (set->count > 0)
		s->sets[s->nsets++] = set;
}

static void
scan_init(struct scan *s, const struct pcb_index *x,
    const struct port_query *q)
{

	*s = (struct scan){ .x = x, .q = q };
	s->any = port_addr_get(&x->addrs, PORT_ADDR_ANY);
	s->addr = port_addr_find(&x->addrs, q->laddr);
	switch (q->rule) {
	case PORT_RULE_LOCAL:
		if (q->laddr == NET_ANY) {
			use(s, &x->any);
			break;
		}
		use(s, &s->any->any);
		if (s->addr != NULL)
			use(s, &s->addr->any);
		break;
	case PORT_RULE_UNCONNECTED:
		if (s->addr != NULL)
			use(s, &s->addr->special);
		break;
	case PORT_RULE_TUPLE:
		use(s, &s->any->special);
		use(s, &s->any->group);
		if (s->addr == NULL)
			break;
		use(s, &s->addr->special);
		use(s, &s->addr->group);
		s->dest = pcb_dest_find(&x->dests, s->addr->number, q->faddr,
		    q->fport);
		if (s->dest != NULL && s->dest->big)
			use(s, &s->dest->u.map->set);
		break;
	}
}

/* A destination with few ports has no bitmap: its ports are sorted out here. */
static unsigned
last_free(const struct scan *s, unsigned lo, unsigned hi)
{
	unsigned p;

	for (;;) {
		p = port_set_last_free(s->sets, s->nsets, lo, hi);
		if (p == PORT_NONE || s->dest == NULL || s->dest->big ||
		    !pcb_dest_has(s->dest, p))
			return (p);
		if (p == lo)
			return (PORT_NONE);
		hi = p - 1;
	}
}

static unsigned
first_free(const struct scan *s, unsigned lo, unsigned hi)
{
	unsigned p;

	for (;;) {
		p = port_set_first_free(s->sets, s->nsets, lo, hi);
		if (p == PORT_NONE || s->dest == NULL || s->dest->big ||
		    !pcb_dest_has(s->dest, p))
			return (p);
		lo = p + 1;
	}
}

/* Walks that end at the first in the way; nobody is of `free', or PORT_NONE. */
static void
count_first(const struct scan *s, unsigned lo, unsigned hi, unsigned free,
    struct net_visits *v)
{
	unsigned p;

	v->porthash += port_sums_range(&s->x->heads, lo, hi);
	v->stops += hi - lo + (free == PORT_NONE);
	if (free == PORT_NONE || free == hi) {
		v->portlist += pcb_first_visits(s->x->first, s->q, lo, hi);
		return;
	}
	/* Downwards the free one is the last that is looked at. */
	for (p = lo; p <= hi; p++)
		v->portlist += pcb_first_visits(s->x->first, s->q, p, p);
}

static void
count_local(const struct scan *s, unsigned lo, unsigned hi, unsigned free,
    struct net_visits *v)
{
	const struct pcb_special *sp;
	const struct pcb_index *x;
	unsigned p;

	x = s->x;
	if (x->layout->laddr_hashed && s->q->laddr != NET_ANY) {
		v->portlist += pcb_buckets_range(&x->local,
		    pcb_layout_laddr_key(s->q->laddr), lo, hi) +
		    pcb_buckets_range(&x->local, pcb_layout_laddr_key(NET_ANY),
		    lo, hi);
		return;
	}
	if (x->first != NULL) {
		count_first(s, lo, hi, free, v);
		return;
	}
	v->porthash += port_sums_range(&x->heads, lo, hi);
	v->portlist += port_sums_range(&x->length, lo, hi);
	if (s->addr == NULL)
		return;
	for (p = port_set_next(&s->addr->special, lo, hi); p != PORT_NONE;
	    p = port_set_next(&s->addr->special, p + 1, hi)) {
		sp = pcb_special_with(&x->specials, (uint16_t)p, s->q->laddr);
		v->portlist -= port_sums_get(&x->length, p) -
		    (sp->port_ahead + 1);
		v->stops++;
	}
}

static void
count_unconnected(const struct scan *s, unsigned lo, unsigned hi,
    struct net_visits *v)
{
	const struct pcb_buckets *wild;
	const struct pcb_index *x;
	uint32_t b, nodes;
	unsigned p;

	x = s->x;
	wild = pcb_index_wild(x);
	v->connhash += pcb_buckets_range(wild, pcb_index_wild_bucket(x, 0),
	    lo, hi);
	if (s->addr == NULL)
		return;
	for (p = port_set_next(&s->addr->special, lo, hi); p != PORT_NONE;
	    p = port_set_next(&s->addr->special, p + 1, hi)) {
		b = pcb_index_wild_bucket(x, (uint16_t)p);
		if (pcb_special_in_bucket(&x->specials, b, (uint16_t)p,
		    s->q->laddr, &nodes) == NULL)
			kpanic("port %u is in the set, not in bucket %u", p,
			    b);
		v->connhash -= pcb_buckets_len(wild, b) - nodes;
	}
}

/* The wildcard part of a lookup of p, which the exact part did not end. */
static void
count_wild(const struct scan *s, unsigned p, struct net_visits *v)
{
	uint32_t nodes;

	if (pcb_group_answers(s->x->groups, s->q->laddr, (uint16_t)p))
		return;
	nodes = pcb_index_wild_nodes(s->x, s->q, (uint16_t)p);
	v->connhash += nodes;
	v->wild += nodes;
	v->wilds++;
}

/* free: the port that was found free, or PORT_NONE. */
static void
count_tuple(const struct scan *s, unsigned lo, unsigned hi, unsigned free,
    struct net_visits *v)
{
	const struct pcb_index *x;
	const struct port_set *other;
	struct pcb tuple = { .laddr = s->q->laddr, .faddr = s->q->faddr,
	    .fport = s->q->fport };
	struct pcb_exact_query eq;
	unsigned p;

	x = s->x;
	eq.key = pcb_layout_key(x->layout, x->seed, tuple.laddr, tuple.faddr,
	    tuple.fport);
	eq.tuple = &tuple;
	eq.dest = s->dest;
	if (x->layout->stop_at_match)
		v->connhash += pcb_exact_visits(&x->exact, &x->conn, &eq, lo,
		    hi);
	else
		v->connhash += pcb_buckets_range(&x->conn, eq.key, lo, hi);
	if (free != PORT_NONE)
		count_wild(s, free, v);
	other = s->addr == NULL ? NULL : &s->addr->special;
	for (p = port_set_next(&s->any->special, lo, hi); p != PORT_NONE;
	    p = port_set_next(&s->any->special, p + 1, hi))
		if (!pcb_dest_has(s->dest, p))
			count_wild(s, p, v);
	if (other == NULL)
		return;
	for (p = port_set_next(other, lo, hi); p != PORT_NONE;
	    p = port_set_next(other, p + 1, hi))
		if (!pcb_dest_has(s->dest, p) &&
		    !port_set_has(&s->any->special, p))
			count_wild(s, p, v);
}

/* The first candidate of [lo, hi] that is free, or PORT_NONE. */
static unsigned
seek(const struct scan *s, unsigned lo, unsigned hi, bool down)
{

	return (down ? last_free(s, lo, hi) : first_free(s, lo, hi));
}

/* What trying [lo, hi] visits; free: the last that was tried, or PORT_NONE. */
static void
count(const struct scan *s, unsigned lo, unsigned hi, unsigned free,
    struct port_found *f)
{

	f->iters += hi - lo + 1;
	switch (s->q->rule) {
	case PORT_RULE_LOCAL:
		count_local(s, lo, hi, free, &f->visits);
		break;
	case PORT_RULE_UNCONNECTED:
		count_unconnected(s, lo, hi, &f->visits);
		break;
	case PORT_RULE_TUPLE:
		count_tuple(s, lo, hi, free, &f->visits);
		break;
	}
}

/* [lo, hi] was tried in this order up to `free', or whole. */
static void
count_up_to(const struct scan *s, unsigned lo, unsigned hi, bool down,
    unsigned free, struct port_found *f)
{

	f->found = free != PORT_NONE;
	if (f->found && down)
		lo = free;
	else if (f->found)
		hi = free;
	f->lport = (uint16_t)(down ? lo : hi);
	count(s, lo, hi, free, f);
}

/* Candidate by candidate; returns how many were left to try. */
static unsigned
try_each(const struct pcb_index *x, const struct port_query *q,
    const struct port_run *run, unsigned count, struct port_found *f)
{
	uint16_t port;
	bool taken;

	port = run->start;
	for (; count > 0; count--) {
		f->lport = port;
		f->iters++;
		if (q->rule == PORT_RULE_TUPLE)
			taken = pcb_index_tuple(x, q, port, true, &f->visits);
		else
			taken = pcb_index_taken(x, q, port, &f->visits);
		if (!taken) {
			f->found = true;
			return (count - 1);
		}
		port = port_run_after(q, run, port);
	}
	return (0);
}

/*
 * A run by strides that meets every port of the range, none of them free: what
 * it visits is what any other order would.
 */
static bool
all_taken(struct scan *s, const struct port_run *run, struct port_found *f)
{
	const struct port_query *q = s->q;
	const unsigned range = q->last - q->first + 1u;

	if (run->down || run->count != range ||
	    !port_run_coprime(run->step, range) ||
	    first_free(s, q->first, q->last) != PORT_NONE)
		return (false);
	count(s, q->first, q->last, PORT_NONE, f);
	f->lport = (uint16_t)(q->first + (run->start - q->first +
	    (uint64_t)(range - 1) * run->step) % range);
	return (true);
}

/*
 * All of the range was tried in vain, but for `spared', if it is no PORT_NONE:
 * one sum, that of the range, which is kept, whatever the start.
 */
static void
count_all_but(const struct scan *s, unsigned spared, struct port_found *f)
{
	struct port_found one = { 0 };

	count(s, s->q->first, s->q->last, PORT_NONE, f);
	if (spared == PORT_NONE)
		return;
	count(s, spared, spared, PORT_NONE, &one);
	f->iters -= one.iters;
	net_visits_less(&f->visits, &one.visits);
}

/*
 * Every candidate or a part of them, one after the other, from the start to an
 * end of the range and from the other end on.  A run that meets them all, or
 * all but one, as those of FreeBSD's loops that count down from LAST - FIRST,
 * and finds none is one sum, not two: which was tried first does not matter.
 */
static void
scan_neighbours(const struct scan *s, const struct port_run *run,
    struct port_found *f)
{
	const struct port_query *q = s->q;
	unsigned free, hi, lo, n, rest, spared;

	lo = run->down ? q->first : run->start;
	hi = run->down ? run->start : q->last;
	n = MIN(run->count, hi - lo + 1);
	if (run->down)
		lo = hi - n + 1;
	else
		hi = lo + n - 1;
	free = seek(s, lo, hi, run->down);
	rest = run->count - n;
	if (free != PORT_NONE || rest == 0) {
		count_up_to(s, lo, hi, run->down, free, f);
		return;
	}
	free = run->down ? seek(s, q->last - rest + 1, q->last, true) :
	    seek(s, q->first, q->first + rest - 1, false);
	spared = q->last - q->first + 1u - run->count;
	/* The spared one may be free, which count_first() cannot sum over. */
	if (free == PORT_NONE && spared <= (s->x->first == NULL)) {
		f->lport = (uint16_t)(run->down ? hi + 1 + spared :
		    lo - 1 - spared);
		count_all_but(s, spared == 0 ? PORT_NONE : run->down ?
		    hi + 1 : lo - 1, f);
		return;
	}
	count(s, lo, hi, PORT_NONE, f);
	if (run->down)
		count_up_to(s, q->last - rest + 1, q->last, true, free, f);
	else
		count_up_to(s, q->first, q->first + rest - 1, false, free, f);
}

/*
 * The first candidate is free, and was tried; false: that is not known so soon.
 * Only where nobody of its address is on the port, which a bit tells, nor in
 * its bucket, so that no search pays for it twice.
 */
static bool
first_was_free(const struct pcb_index *x, const struct port_query *q,
    const struct port_run *run, struct port_found *f)
{
	const struct pcb tuple = { .laddr = q->laddr, .faddr = q->faddr,
	    .lport = run->start, .fport = q->fport };
	const struct port_addr *addr;

	if (q->rule != PORT_RULE_TUPLE)
		return (false);
	addr = port_addr_find(&x->addrs, q->laddr);
	if ((addr != NULL && port_set_has(&addr->any, run->start)) ||
	    pcb_buckets_len(&x->conn, pcb_index_bucket(x, &tuple)) > 0)
		return (false);
	(void)try_each(x, q, run, 1, f);
	if (!f->found)
		*f = (struct port_found){ .lport = run->start };
	return (f->found);
}

void
pcb_scan_run(const struct pcb_index *x, const struct port_query *q,
    const struct port_run *run, struct port_found *f)
{
	struct scan s;

	*f = (struct port_found){ .lport = run->start };
	if (run->count > q->last - q->first + 1u || run->count < SHORT_RUN) {
		(void)try_each(x, q, run, run->count, f);
		return;
	}
	if (first_was_free(x, q, run, f))
		return;
	scan_init(&s, x, q);
	if (run->step == 1)
		scan_neighbours(&s, run, f);
	else if (!all_taken(&s, run, f))
		(void)try_each(x, q, run, run->count, f);
}

/* Is the port in one of the sets from number `from' on? */
static bool
in_sets(const struct scan *s, unsigned from, unsigned port)
{

	for (; from < s->nsets; from++)
		if (port_set_has(s->sets[from], port))
			return (true);
	return (false);
}

unsigned
pcb_scan_free(const struct pcb_index *x, const struct port_query *q)
{
	struct scan s;
	const uint16_t *list;
	unsigned i, n, p;

	scan_init(&s, x, q);
	n = q->last - q->first + 1u;
	/* The last set is the big one; each port counts in its last set. */
	if (s.nsets > 0)
		n -= port_set_count(s.sets[s.nsets - 1], q->first, q->last);
	for (i = 0; i + 1 < s.nsets; i++)
		for (p = port_set_next(s.sets[i], q->first, q->last);
		    p != PORT_NONE;
		    p = port_set_next(s.sets[i], p + 1, q->last))
			n -= !in_sets(&s, i + 1, p);
	if (s.dest == NULL || s.dest->big)
		return (n);
	list = pcb_dest_list(s.dest);
	for (i = 0; i < s.dest->count; i++)
		n -= list[i] >= q->first && list[i] <= q->last &&
		    !in_sets(&s, 0, list[i]);
	return (n);
}
