/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Chains of the exact table, and sums of places over ranges of ports.
 *
 * Theory:	the place of a match is found by walking to it; a search that
 *		fails would walk to one on every port.  So a destination with
 *		a bitmap remembers, for each block of 64 ports, the sum of what
 *		its 64 lookups visit, and the version of the block of buckets
 *		it was counted in.  A change anywhere in that block makes the
 *		sum stale and it is counted again when next asked for.
 * Models:	in_pcblookup_hash_exact(), sys/netinet/in_pcb.c, FreeBSD 14.3.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb_exact.h"
#include "sim/kassert.h"

void
pcb_exact_init(struct pcb_exact *x, const struct pcb_pool *pool,
    uint32_t nbuckets)
{
	uint32_t i;

	memset(x, 0, sizeof(*x));
	x->pool = pool;
	x->mask = nbuckets - 1;
	x->head = g_new0(uint32_t, nbuckets);
	x->version = g_new(uint32_t, nbuckets / 64 + 1);
	for (i = 0; i <= nbuckets / 64; i++)
		x->version[i] = 1;
}

void
pcb_exact_fini(struct pcb_exact *x)
{

	g_free(x->link);
	g_free(x->head);
	g_free(x->version);
}

size_t
pcb_exact_memory(const struct pcb_exact *x)
{

	if (x->head == NULL)
		return (0);
	return (x->nlinks * sizeof(*x->link) +
	    ((size_t)x->mask + 1) * sizeof(*x->head) +
	    (x->mask / 64 + 1) * sizeof(*x->version));
}

void
pcb_exact_push(struct pcb_exact *x, uint32_t idx, uint32_t bucket)
{
	struct pcb_exact_link *l;

	if (x->nlinks < x->pool->size) {
		x->nlinks = x->pool->size;
		x->link = g_renew(struct pcb_exact_link, x->link, x->nlinks);
	}
	l = &x->link[idx];
	l->prev = PCB_NONE;
	l->next = x->head[bucket] - 1;
	if (l->next != PCB_NONE)
		x->link[l->next].prev = idx;
	x->head[bucket] = idx + 1;
	x->version[bucket / 64]++;
}

void
pcb_exact_remove(struct pcb_exact *x, uint32_t idx, uint32_t bucket)
{
	struct pcb_exact_link *l;

	l = &x->link[idx];
	if (l->next != PCB_NONE)
		x->link[l->next].prev = l->prev;
	if (l->prev != PCB_NONE)
		x->link[l->prev].next = l->next;
	else
		x->head[bucket] = l->next + 1;
	x->version[bucket / 64]++;
}

static uint32_t
place(const struct pcb_exact *x, uint32_t bucket, const struct pcb *tuple,
    uint16_t lport)
{
	const struct pcb *p;
	uint32_t i, n;

	n = 0;
	for (i = x->head[bucket] - 1; i != PCB_NONE; i = x->link[i].next) {
		n++;
		p = pcb_get(x->pool, i);
		if (p->lport == lport && p->laddr == tuple->laddr &&
		    p->faddr == tuple->faddr && p->fport == tuple->fport)
			return (n);
	}
	kpanic("no pcb on port %u in bucket %u", lport, bucket);
}

uint32_t
pcb_exact_place(const struct pcb_exact *x, uint32_t bucket,
    const struct pcb *tuple)
{

	return (place(x, bucket, tuple, tuple->lport));
}

/* What stopping early saves, or rather its negative: place - length. */
static uint64_t
saved(const struct pcb_exact *x, const struct pcb_buckets *b,
    const struct pcb_exact_query *q, unsigned port)
{
	uint32_t bucket;

	bucket = (q->key ^ port) & x->mask;
	return ((uint64_t)place(x, bucket, q->tuple, (uint16_t)port) -
	    b->len[bucket]);
}

static uint64_t
count_range(const struct pcb_exact *x, const struct pcb_buckets *b,
    const struct pcb_exact_query *q, unsigned lo, unsigned hi)
{
	const struct port_set *set;
	const uint16_t *list;
	uint64_t sum;
	unsigned p;
	uint32_t i;

	sum = pcb_buckets_range(b, q->key, lo, hi);
	if (q->dest == NULL)
		return (sum);
	if (q->dest->big) {
		set = &q->dest->u.map->set;
		for (p = port_set_next(set, lo, hi); p != PORT_NONE;
		    p = port_set_next(set, p + 1, hi))
			sum += saved(x, b, q, p);
		return (sum);
	}
	list = pcb_dest_list(q->dest);
	for (i = 0; i < q->dest->count; i++)
		if (list[i] >= lo && list[i] <= hi)
			sum += saved(x, b, q, list[i]);
	return (sum);
}

uint64_t
pcb_exact_visits(const struct pcb_exact *x, const struct pcb_buckets *b,
    const struct pcb_exact_query *q, unsigned lo, unsigned hi)
{
	struct pcb_dest_cache *c;
	uint64_t sum;
	uint32_t version;
	unsigned first, last, w;

	first = (lo + 63) / 64;
	last = (hi + 1) / 64;
	if (q->dest == NULL || !q->dest->big || x->mask < 63 || first >= last)
		return (count_range(x, b, q, lo, hi));
	c = q->dest->u.map->cache;
	if (c == NULL)
		c = q->dest->u.map->cache = g_new0(struct pcb_dest_cache, 1);
	sum = 0;
	if (lo < first * 64)
		sum += count_range(x, b, q, lo, first * 64 - 1);
	for (w = first; w < last; w++) {
		version = x->version[((q->key ^ w * 64) & x->mask) / 64];
		if (c->version[w] != version) {
			c->version[w] = version;
			c->visits[w] = (uint32_t)count_range(x, b, q, w * 64,
			    w * 64 + 63);
		}
		sum += c->visits[w];
	}
	if (last * 64 <= hi)
		sum += count_range(x, b, q, last * 64, hi);
	return (sum);
}
