/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is counted so that nothing need be walked.
 *
 * Theory:	a lookup of a port by local end visits the whole list of the
 *		port unless an unconnected pcb with just that address is on
 *		it, and a lookup of a 4-tuple visits whole buckets (or, in a
 *		layout that stops at a match, up to the match).  So lengths
 *		and the places of the few unconnected pcbs give the counts,
 *		and sets of ports give the decisions.
 *
 *		  per port	length of its list; port heads before its own
 *				(with one level: length of its bucket's list)
 *		  per bucket	length
 *		  per laddr	pcbs on each port; ports with an unconnected one
 *		  per (laddr, faddr, fport)	its ports
 *
 * Models:	as walk.c, with which it must agree on every operation.
 * Left out:	as there.
 */

#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/pcb/index.h"
#include "sim/kassert.h"

/* Are pcbs of several ports on one list? */
static bool
lists_shared(const struct pcb_index *x)
{

	return (x->layout->one_level && x->pmask < 65535);
}

struct pcb_index *
pcb_index_new(const struct pcb_layout *layout, const struct pcb_pool *pool,
    const struct pcb_groups *groups, const struct net_conf *conf)
{
	struct pcb_index *x;

	/* The numbers of ports need no clearing: see port_sums_clear(). */
	x = g_new(struct pcb_index, 1);
	x->layout = layout;
	x->pool = pool;
	x->groups = groups;
	x->seed = (uint32_t)conf->hash_seed;
	x->pmask = conf->porthashsize - 1;
	port_set_clear(&x->any);
	port_sums_clear(&x->length);
	port_sums_clear(&x->heads);
	x->shared = lists_shared(x) ? g_new0(uint32_t, 65536) : NULL;
	port_addr_init(&x->addrs);
	pcb_special_init(&x->specials, pool, layout->split, conf->hashsize);
	pcb_buckets_init(&x->conn, conf->hashsize);
	x->wild = (struct pcb_buckets){ 0 };
	x->exact = (struct pcb_exact){ 0 };
	x->local = (struct pcb_buckets){ 0 };
	x->first = NULL;
	if (layout->split)
		pcb_buckets_init(&x->wild, conf->hashsize);
	if (layout->stop_at_match)
		pcb_exact_init(&x->exact, pool, conf->hashsize);
	pcb_dest_init(&x->dests);
	if (layout->laddr_hashed)
		pcb_buckets_init(&x->local, conf->hashsize);
	if (layout->first_match)
		x->first = pcb_first_new(pool, layout->one_level ?
		    conf->porthashsize : 65536);
	return (x);
}

void
pcb_index_free(struct pcb_index *x)
{

	g_free(x->shared);
	port_addr_fini(&x->addrs);
	pcb_special_fini(&x->specials);
	pcb_buckets_fini(&x->conn);
	pcb_buckets_fini(&x->wild);
	pcb_exact_fini(&x->exact);
	pcb_dest_fini(&x->dests);
	pcb_buckets_fini(&x->local);
	pcb_first_free(x->first);
	g_free(x);
}

size_t
pcb_index_memory(const struct pcb_index *x)
{

	return (sizeof(*x) +
	    (lists_shared(x) ? 65536 * sizeof(*x->shared) : 0) +
	    port_addr_memory(&x->addrs) +
	    pcb_special_memory(&x->specials) + pcb_buckets_memory(&x->conn) +
	    (x->layout->split ? pcb_buckets_memory(&x->wild) : 0) +
	    pcb_exact_memory(&x->exact) + pcb_dest_memory(&x->dests) +
	    (x->layout->laddr_hashed ? pcb_buckets_memory(&x->local) : 0) +
	    pcb_first_memory(x->first));
}

static struct pcb_buckets *
wild(struct pcb_index *x)
{

	return (x->layout->split ? &x->wild : &x->conn);
}

/* A port head enters at the head of its bucket. */
static void
head_enter(struct pcb_index *x, uint16_t port)
{
	unsigned q;

	port_set_add(&x->any, port);
	if (x->layout->one_level)
		return;
	for (q = port & x->pmask; q < 65536; q += x->pmask + 1)
		if (q != port)
			port_sums_add(&x->heads, (uint16_t)q, 1);
	port_sums_add(&x->heads, port, 1 - (int32_t)port_sums_get(&x->heads,
	    port));
}

static void
head_leave(struct pcb_index *x, uint16_t port)
{
	uint32_t heads, place;
	unsigned q;

	if (x->layout->one_level) {
		port_set_remove(&x->any, port);
		return;
	}
	place = port_sums_get(&x->heads, port);
	heads = 0;
	for (q = port & x->pmask; q < 65536; q += x->pmask + 1) {
		if (!port_set_has(&x->any, q)) {
			port_sums_add(&x->heads, (uint16_t)q, -1);
			continue;
		}
		heads++;
		if (port_sums_get(&x->heads, q) > place)
			port_sums_add(&x->heads, (uint16_t)q, -1);
	}
	port_sums_add(&x->heads, port, (int32_t)(heads - 1 - place));
	port_set_remove(&x->any, port);
}

/* Is it on a chain that a lookup of a 4-tuple follows up to the match? */
static bool
in_chain(const struct pcb_index *x, const struct pcb *p)
{

	return (x->layout->stop_at_match &&
	    (pcb_connected(p) || !x->layout->split));
}

void
pcb_index_hash(struct pcb_index *x, uint32_t idx, struct net_visits *v)
{
	struct pcb *p;
	uint32_t b;

	p = pcb_get(x->pool, idx);
	p->laddr_idx = port_addr_again(&x->addrs, p->laddr_idx, p->laddr);
	b = pcb_index_bucket(x, p);
	port_addr_more(&x->addrs, p->laddr_idx, p->lport);
	if (x->layout->laddr_hashed)
		pcb_buckets_add(&x->local, pcb_index_local_bucket(x,
		    p->laddr, p->lport), 1);
	if (x->first != NULL)
		pcb_first_moved(x->first, idx);
	v->crowded += pcb_buckets_len(pcb_connected(p) ? &x->conn : wild(x),
	    b) > 0;
	if (!x->layout->split)
		pcb_special_bucket_enter(&x->specials, b);
	if (in_chain(x, p))
		pcb_exact_push(&x->exact, idx, b);
	if (pcb_connected(p)) {
		pcb_buckets_add(&x->conn, b, 1);
		p->special = pcb_dest_add(&x->dests, p->laddr_idx, p->faddr,
		    p->fport, p->lport);
		return;
	}
	KASSERT(p->port_stamp == p->hash_stamp,
	    ("pcb %u became unconnected", idx));
	if (pcb_special_with(&x->specials, p->lport, p->laddr) == NULL)
		port_set_add(&port_addr_get(&x->addrs,
		    p->laddr_idx)->special, p->lport);
	pcb_buckets_add(wild(x), b, 1);
	v->connhash += pcb_special_add(&x->specials, idx, b);
}

void
pcb_index_unhash(struct pcb_index *x, uint32_t idx)
{
	struct pcb *p;
	uint32_t b;

	p = pcb_get(x->pool, idx);
	b = pcb_index_bucket(x, p);
	if (in_chain(x, p))
		pcb_exact_remove(&x->exact, idx, b);
	if (pcb_connected(p)) {
		pcb_buckets_add(&x->conn, b, -1);
		pcb_dest_remove(&x->dests, p->special, p->lport);
		p->special = PCB_NONE;
	} else {
		pcb_buckets_add(wild(x), b, -1);
		pcb_special_drop(&x->specials, idx, b);
		if (pcb_special_with(&x->specials, p->lport, p->laddr) == NULL)
			port_set_remove(&port_addr_get(&x->addrs,
			    p->laddr_idx)->special, p->lport);
	}
	if (!x->layout->split)
		pcb_special_bucket_leave(&x->specials, p, b);
	port_addr_less(&x->addrs, p->laddr_idx, p->lport);
	if (x->layout->laddr_hashed)
		pcb_buckets_add(&x->local, pcb_index_local_bucket(x,
		    p->laddr, p->lport), -1);
}

/* On its port's list. */
static void
port_enter(struct pcb_index *x, uint32_t idx, struct net_visits *v)
{
	unsigned q, step;
	uint16_t lport;

	lport = pcb_get(x->pool, idx)->lport;
	v->porthash += port_sums_get(&x->heads, lport);
	if (pcb_index_own(x, lport) == 0) {
		v->new_heads += !x->layout->one_level;
		head_enter(x, lport);
	}
	for (q = pcb_index_ports(x, lport, &step); q < 65536; q += step) {
		pcb_special_port_enter(&x->specials, (uint16_t)q);
		port_sums_add(&x->length, (uint16_t)q, 1);
	}
	if (x->shared != NULL)
		x->shared[lport]++;
	if (x->first != NULL)
		pcb_first_enter(x->first, idx);
}

void
pcb_index_insert(struct pcb_index *x, uint32_t idx, struct net_visits *v)
{

	port_enter(x, idx, v);
	pcb_index_hash(x, idx, v);
}

/*
 * Unconnected it is in its bucket at once and out of it again: that leaves
 * nothing behind, and where all are in one table, no order to keep, visits
 * nobody.
 */
void
pcb_index_enter(struct pcb_index *x, uint32_t idx, const struct port_query *q,
    struct net_visits *v)
{
	struct net_visits none = { 0 };
	struct pcb *p;

	KASSERT(!x->layout->split && x->first == NULL,
	    ("%s enters at once", x->layout->name));
	p = pcb_get(x->pool, idx);
	port_enter(x, idx, v);
	v->crowded += pcb_buckets_len(&x->conn, pcb_index_bucket(x, p)) > 0;
	p->laddr = q->laddr;
	p->faddr = q->faddr;
	p->fport = q->fport;
	p->hash_stamp++;
	pcb_index_hash(x, idx, &none);
}

void
pcb_index_remove(struct pcb_index *x, uint32_t idx)
{
	const struct pcb *p;
	unsigned q, step;

	p = pcb_get(x->pool, idx);
	pcb_index_unhash(x, idx);
	if (x->first != NULL)
		pcb_first_leave(x->first, idx);
	for (q = pcb_index_ports(x, p->lport, &step); q < 65536; q += step) {
		pcb_special_port_leave(&x->specials, p, (uint16_t)q);
		port_sums_add(&x->length, (uint16_t)q, -1);
	}
	if (x->shared != NULL)
		x->shared[p->lport]--;
	if (pcb_index_own(x, p->lport) == 0)
		head_leave(x, p->lport);
}

void
pcb_index_group(struct pcb_index *x, uint32_t laddr, uint16_t lport,
    bool there)
{
	struct port_addr *a;

	a = port_addr_get(&x->addrs, port_addr_number(&x->addrs, laddr));
	if (there)
		port_set_add(&a->group, lport);
	else
		port_set_remove(&a->group, lport);
}

/*
 * Is a connected pcb with that laddr before the special on the port's list?
 * Asked only where a listener on * and accepted connections of one address
 * share a port that somebody binds to explicitly; so it may look at all pcbs.
 */
static bool
connected_before(const struct pcb_index *x, const struct pcb *special,
    uint32_t laddr)
{
	const struct pcb *p;
	uint32_t i;

	for (i = 0; i < x->pool->used; i++) {
		p = pcb_get(x->pool, i);
		if ((p->flags & PCB_INHASH) != 0 && pcb_connected(p) &&
		    p->lport == special->lport && p->laddr == laddr &&
		    p->port_stamp > special->port_stamp)
			return (true);
	}
	return (false);
}

static uint32_t
unconnected(const struct pcb_index *x, uint32_t laddr, uint16_t lport,
    struct net_visits *v)
{
	const struct pcb_special *s;
	uint32_t b, nodes;

	b = pcb_index_wild_bucket(x, lport);
	s = pcb_special_in_bucket(&x->specials, b, lport, laddr, &nodes);
	if (s == NULL) {
		v->connhash += pcb_buckets_len(pcb_index_wild(x), b);
		return (PCB_NONE);
	}
	v->connhash += nodes;
	return (s->pcb);
}

uint32_t
pcb_index_local(const struct pcb_index *x, const struct port_query *q,
    uint16_t lport, struct net_visits *v)
{
	const struct pcb_special *s;
	const struct port_addr *a;

	if (q->rule == PORT_RULE_UNCONNECTED)
		return (unconnected(x, q->laddr, lport, v));
	v->porthash += port_sums_get(&x->heads, lport);
	if (pcb_index_own(x, lport) == 0) {
		v->portlist += port_sums_get(&x->length, lport);
		return (PCB_NONE);
	}
	s = pcb_special_with(&x->specials, lport, q->laddr);
	if (s != NULL) {
		v->portlist += s->port_ahead + 1;
		v->stops++;
		return (s->pcb);
	}
	v->portlist += port_sums_get(&x->length, lport);
	if (q->laddr == NET_ANY) {
		s = pcb_special_first(&x->specials, lport);
		return (s == NULL ? PCB_CONNECTED : s->pcb);
	}
	s = pcb_special_with(&x->specials, lport, NET_ANY);
	a = port_addr_find(&x->addrs, q->laddr);
	if (a == NULL || !port_set_has(&a->any, lport))
		return (s == NULL ? PCB_NONE : s->pcb);
	if (s == NULL || (s->port_ahead > 0 && connected_before(x,
	    pcb_get(x->pool, s->pcb), q->laddr)))
		return (PCB_CONNECTED);
	return (s->pcb);
}

/* Is anybody there?  In the address' bucket and that of *, whole. */
static bool
taken_hashed(const struct pcb_index *x, const struct port_query *q,
    uint16_t lport, struct net_visits *v)
{
	const struct port_addr *a;

	v->portlist += pcb_buckets_len(&x->local, pcb_index_local_bucket(x,
	    q->laddr, lport)) + pcb_buckets_len(&x->local,
	    pcb_index_local_bucket(x, NET_ANY, lport));
	a = port_addr_find(&x->addrs, q->laddr);
	return ((a != NULL && port_set_has(&a->any, lport)) ||
	    port_set_has(&port_addr_get(&x->addrs, PORT_ADDR_ANY)->any,
	    lport));
}

bool
pcb_index_taken(const struct pcb_index *x, const struct port_query *q,
    uint16_t lport, struct net_visits *v)
{

	if (q->rule == PORT_RULE_LOCAL && x->layout->laddr_hashed &&
	    q->laddr != NET_ANY)
		return (taken_hashed(x, q, lport, v));
	if (x->first == NULL || q->rule != PORT_RULE_LOCAL)
		return (pcb_index_local(x, q, lport, v) != PCB_NONE);
	v->porthash += port_sums_get(&x->heads, lport);
	if (!pcb_first_taken(x->first, q, lport, &v->portlist))
		return (false);
	v->stops++;
	return (true);
}

/* Nodes of the unconnected pcbs' bucket until one is in the way, or all. */
uint32_t
pcb_index_wild_nodes(const struct pcb_index *x, const struct port_query *q,
    uint16_t lport)
{
	const uint32_t b = pcb_index_wild_bucket(x, lport);
	uint32_t any, least, own;

	least = pcb_buckets_len(pcb_index_wild(x), b);
	if (!x->layout->first_match)
		return (least);
	if (pcb_special_in_bucket(&x->specials, b, lport, q->laddr, &own) !=
	    NULL)
		least = MIN(least, own);
	if (pcb_special_in_bucket(&x->specials, b, lport, NET_ANY, &any) !=
	    NULL)
		least = MIN(least, any);
	return (least);
}

bool
pcb_index_tuple(const struct pcb_index *x, const struct port_query *q,
    uint16_t lport, bool with_wild, struct net_visits *v)
{
	const struct port_addr *a, *any;
	const struct pcb_dest *d;
	struct pcb t = { .laddr = q->laddr, .faddr = q->faddr,
	    .lport = lport, .fport = q->fport };
	uint32_t b, nodes;

	a = port_addr_find(&x->addrs, q->laddr);
	any = port_addr_get(&x->addrs, PORT_ADDR_ANY);
	b = pcb_index_bucket(x, &t);
	d = NULL;
	/* Nobody is in an empty bucket. */
	if (a != NULL && pcb_buckets_len(&x->conn, b) > 0)
		d = pcb_dest_find(&x->dests, a->number, q->faddr, q->fport);
	if (pcb_dest_has(d, lport)) {
		v->connhash += x->layout->stop_at_match ?
		    pcb_exact_place(&x->exact, b, &t) :
		    pcb_buckets_len(&x->conn, b);
		return (true);
	}
	v->connhash += pcb_buckets_len(&x->conn, b);
	if (!with_wild)
		return (false);
	if (pcb_group_answers(x->groups, q->laddr, lport))
		return (true);
	nodes = pcb_index_wild_nodes(x, q, lport);
	v->wilds++;
	v->wild += nodes;
	v->connhash += nodes;
	return (port_set_has(&any->special, lport) ||
	    (a != NULL && port_set_has(&a->special, lport)));
}

uint32_t
pcb_index_connected(const struct pcb_index *x, const struct port_query *q,
    uint16_t lport)
{
	struct pcb t = { .laddr = q->laddr, .faddr = q->faddr,
	    .lport = lport, .fport = q->fport };

	KASSERT(x->layout->stop_at_match, ("%s keeps no chains",
	    x->layout->name));
	return (pcb_exact_find(&x->exact, pcb_index_bucket(x, &t), &t));
}

struct place {
	uint64_t	stamp;
	uint32_t	pcb;
};

static int
newest_first(const void *a, const void *b)
{
	const struct place *x, *y;

	x = a;
	y = b;
	return (x->stamp > y->stamp ? -1 : x->stamp < y->stamp);
}

size_t
pcb_index_plist(const struct pcb_index *x, uint16_t lport, uint32_t *out,
    size_t max)
{
	const struct pcb *p;
	struct place *place;
	size_t i, n;
	uint32_t idx;

	place = g_new(struct place, pcb_index_own(x, lport) + 1);
	n = 0;
	for (idx = 0; idx < x->pool->used; idx++) {
		p = pcb_get(x->pool, idx);
		if ((p->flags & PCB_INHASH) != 0 && p->lport == lport)
			place[n++] = (struct place){ p->port_stamp, idx };
	}
	KASSERT(n == pcb_index_own(x, lport),
	    ("%zu pcbs on port %u of %u", n, lport,
	    pcb_index_own(x, lport)));
	qsort(place, n, sizeof(*place), newest_first);
	for (i = 0; i < n && i < max; i++)
		out[i] = place[i].pcb;
	g_free(place);
	return (n);
}

/* The ports of a list that they share, in the order of their newest pcbs. */
static size_t
phash_one_level(const struct pcb_index *x, uint16_t lport, uint16_t *out,
    size_t max)
{
	struct place *place;
	const struct pcb *p;
	size_t i, n;
	uint32_t idx;
	unsigned q, step;

	place = g_new0(struct place, 65536);
	for (idx = 0; idx < x->pool->used; idx++) {
		p = pcb_get(x->pool, idx);
		if ((p->flags & PCB_INHASH) != 0 &&
		    p->port_stamp > place[p->lport].stamp)
			place[p->lport].stamp = p->port_stamp;
	}
	n = 0;
	for (q = pcb_index_ports(x, lport, &step); q < 65536; q += step)
		if (port_set_has(&x->any, q))
			place[n++] = (struct place){ place[q].stamp, q };
	qsort(place, n, sizeof(*place), newest_first);
	for (i = 0; i < n && i < max; i++)
		out[i] = (uint16_t)place[i].pcb;
	g_free(place);
	return (n);
}

size_t
pcb_index_phash(const struct pcb_index *x, uint16_t lport, uint16_t *out,
    size_t max)
{
	size_t n;
	unsigned q;

	if (x->layout->one_level)
		return (phash_one_level(x, lport, out, max));
	n = 0;
	for (q = lport & x->pmask; q < 65536; q += x->pmask + 1) {
		if (!port_set_has(&x->any, q))
			continue;
		if (port_sums_get(&x->heads, q) <= max)
			out[port_sums_get(&x->heads, q) - 1] = (uint16_t)q;
		n++;
	}
	return (n);
}
