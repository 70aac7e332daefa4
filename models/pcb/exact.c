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
 *		a bitmap that is searched remembers what the lookup of each
 *		port visits, with sums over blocks of 64 ports, and the version
 *		of the bucket and of the block of buckets they were counted in;
 *		so do areas of 64 blocks.  An area that has changed since is
 *		gone through for the blocks that have, and such a block for the
 *		ports whose bucket has; only those are walked again.
 * Models:	in_pcblookup_hash_exact(), sys/netinet/in_pcb.c, FreeBSD 14.3.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/exact.h"
#include "models/pcb/pages.h"
#include "sim/kassert.h"

void
pcb_exact_init(struct pcb_exact *x, const struct pcb_pool *pool,
    uint32_t nbuckets)
{

	memset(x, 0, sizeof(*x));
	x->pool = pool;
	x->mask = nbuckets - 1;
	x->head = g_new(uint32_t, MAX(nbuckets, 64));
	x->version = g_new(uint32_t, MAX(nbuckets, 64));
	x->block_version = g_new0(uint32_t, nbuckets / 64 + 1);
	x->area_version = g_new0(uint64_t, nbuckets / 4096 + 1);
}

void
pcb_exact_fini(struct pcb_exact *x)
{

	pcb_pages_free(x->link, x->nlinks * sizeof(*x->link));
	g_free(x->head);
	g_free(x->version);
	g_free(x->block_version);
	g_free(x->area_version);
}

size_t
pcb_exact_memory(const struct pcb_exact *x)
{

	if (x->head == NULL)
		return (0);
	return (x->nlinks * sizeof(*x->link) +
	    ((size_t)x->mask + 1) * (sizeof(*x->head) + sizeof(*x->version)) +
	    (x->mask / 64 + 2) * sizeof(*x->block_version) +
	    (x->mask / 4096 + 2) * sizeof(*x->area_version));
}

/* The bucket is about to change; of a block at version 0 nothing is there. */
static void
change(struct pcb_exact *x, uint32_t bucket)
{

	if (x->block_version[bucket / 64] == 0) {
		memset(&x->head[bucket / 64 * 64], 0, 64 *
		    sizeof(x->head[0]));
		memset(&x->version[bucket / 64 * 64], 0, 64 *
		    sizeof(x->version[0]));
	}
	x->version[bucket]++;
	x->block_version[bucket / 64]++;
	KASSERT(x->block_version[bucket / 64] != 0, ("bucket %u: 2^32 changes",
	    bucket));
	x->area_version[bucket / 4096]++;
}

void
pcb_exact_push(struct pcb_exact *x, uint32_t idx, uint32_t bucket)
{
	struct pcb_exact_link *l;

	if (x->nlinks < x->pool->size) {
		x->link = pcb_pages_renew(x->link, x->nlinks *
		    sizeof(*x->link), x->pool->size * sizeof(*x->link));
		x->nlinks = x->pool->size;
	}
	change(x, bucket);
	l = &x->link[idx];
	l->prev = PCB_NONE;
	l->next = x->head[bucket] - 1;
	if (l->next != PCB_NONE)
		x->link[l->next].prev = idx;
	x->head[bucket] = idx + 1;
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
	change(x, bucket);
}

uint32_t
pcb_exact_find(const struct pcb_exact *x, uint32_t bucket,
    const struct pcb *tuple)
{
	const struct pcb *p;
	uint32_t i;

	for (i = pcb_exact_first(x, bucket); i != PCB_NONE;
	    i = x->link[i].next) {
		p = pcb_get(x->pool, i);
		if (p->lport == tuple->lport && p->laddr == tuple->laddr &&
		    p->faddr == tuple->faddr && p->fport == tuple->fport)
			break;
	}
	return (i);
}

static uint32_t
place(const struct pcb_exact *x, uint32_t bucket, const struct pcb *tuple,
    uint16_t lport)
{
	const struct pcb *p;
	uint32_t i, n;

	n = 0;
	for (i = pcb_exact_first(x, bucket); i != PCB_NONE;
	    i = x->link[i].next) {
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
	    pcb_buckets_len(b, bucket));
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

/* Bring the cache of one block of ports up to date. */
static void
refresh(const struct pcb_exact *x, const struct pcb_buckets *b,
    const struct pcb_exact_query *q, unsigned block)
{
	struct pcb_dest_cache *c;
	uint32_t bucket, now, sum;
	unsigned p;

	c = q->dest->u.map->cache;
	now = x->block_version[((q->key ^ block * 64) & x->mask) / 64];
	if (c->block_version[block] == now)
		return;
	sum = 0;
	/* At version 0 there is no pcb, as the cache has it from the start. */
	for (p = block * 64; p < block * 64 + 64; p++) {
		bucket = (q->key ^ p) & x->mask;
		if (c->port_version[p] != x->version[bucket]) {
			c->port_version[p] = x->version[bucket];
			c->port_visits[p] =
			    port_set_has(&q->dest->u.map->set, p) ?
			    place(x, bucket, q->tuple, (uint16_t)p) :
			    pcb_buckets_len(b, bucket);
		}
		sum += c->port_visits[p];
	}
	c->block_visits[block] = sum;
	c->block_version[block] = now;
}

/* What the 4096 ports of an area visit; the table has as many buckets. */
static uint64_t
area_visits(const struct pcb_exact *x, const struct pcb_buckets *b,
    const struct pcb_exact_query *q, unsigned area)
{
	struct pcb_dest_cache *c;
	uint64_t now, sum;
	unsigned block;

	c = q->dest->u.map->cache;
	now = x->area_version[((q->key ^ area * 4096) & x->mask) / 4096];
	if (c->area_version[area] == now)
		return (c->area_visits[area]);
	sum = 0;
	for (block = area * 64; block < area * 64 + 64; block++) {
		refresh(x, b, q, block);
		sum += c->block_visits[block];
	}
	c->area_visits[area] = sum;
	c->area_version[area] = now;
	return (sum);
}

/* [lo, hi] of one block. */
static uint64_t
block_visits(const struct pcb_exact *x, const struct pcb_buckets *b,
    const struct pcb_exact_query *q, unsigned lo, unsigned hi)
{
	const struct pcb_dest_cache *c;
	uint64_t sum;

	c = q->dest->u.map->cache;
	refresh(x, b, q, lo / 64);
	if (hi - lo == 63)
		return (c->block_visits[lo / 64]);
	sum = 0;
	for (; lo <= hi; lo++)
		sum += c->port_visits[lo];
	return (sum);
}

/* Less than this of an area: only its blocks are brought up to date. */
#define	LITTLE	1024u

/* [lo, hi] of one area. */
static uint64_t
part_visits(const struct pcb_exact *x, const struct pcb_buckets *b,
    const struct pcb_exact_query *q, unsigned lo, unsigned hi)
{
	const struct pcb_dest_cache *c;
	uint64_t sum;
	unsigned end;
	bool much;

	much = x->mask >= 4095 && hi - lo >= LITTLE;
	if (much) {
		sum = area_visits(x, b, q, lo / 4096);
		if (hi - lo == 4095)
			return (sum);
	}
	sum = 0;
	c = q->dest->u.map->cache;
	for (; lo <= hi; lo = end + 1) {
		end = MIN(hi, lo | 63);
		if (much && end - lo == 63)
			sum += c->block_visits[lo / 64];
		else
			sum += block_visits(x, b, q, lo, end);
	}
	return (sum);
}

/* Versions only rise: if their sum is what it was, so is each. */
static uint64_t
range_version(const struct pcb_exact *x, const struct pcb_exact_query *q,
    unsigned lo, unsigned hi)
{
	uint64_t sum;
	unsigned area;

	sum = 0;
	for (area = lo / 4096; area <= hi / 4096; area++)
		sum += x->area_version[((q->key ^ area * 4096) & x->mask) /
		    4096];
	return (sum);
}

static uint64_t
range_visits(const struct pcb_exact *x, const struct pcb_buckets *b,
    const struct pcb_exact_query *q, unsigned lo, unsigned hi)
{
	unsigned end;
	uint64_t sum;

	sum = 0;
	for (; lo <= hi; lo = end + 1) {
		end = MIN(hi, lo | 4095);
		sum += part_visits(x, b, q, lo, end);
	}
	return (sum);
}

uint64_t
pcb_exact_visits(const struct pcb_exact *x, const struct pcb_buckets *b,
    const struct pcb_exact_query *q, unsigned lo, unsigned hi)
{
	struct pcb_dest_cache *c;
	struct pcb_dest_map *map;
	uint64_t now;

	if (q->dest == NULL || !q->dest->big || x->mask < 63)
		return (count_range(x, b, q, lo, hi));
	map = q->dest->u.map;
	if (map->cache == NULL)
		map->cache = g_new0(struct pcb_dest_cache, 1);
	if (x->mask < 4095 || hi - lo < LITTLE)
		return (range_visits(x, b, q, lo, hi));
	c = map->cache;
	now = range_version(x, q, lo, hi);
	if (c->kept.version != now || c->kept.lo != lo || c->kept.hi != hi) {
		c->kept.visits = range_visits(x, b, q, lo, hi);
		c->kept.version = now;
		c->kept.lo = lo;
		c->kept.hi = hi;
	}
	return (c->kept.visits);
}
