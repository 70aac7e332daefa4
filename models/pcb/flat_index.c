/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Flat tables, searched without walking; see flat.h.
 *
 * Theory:	what a run of taken candidates visits is the sum of their
 *		buckets' lengths, of which `own' are pcbs of the candidates,
 *		less what lies behind the specials that end a walk.  Where a
 *		port is its own hash, buckets repeat along the range, and the
 *		sum is whole rounds and a rest; where it is hashed, each port
 *		carries its bucket's length, and a change of a bucket changes
 *		those of its ports: few, since tables grow.
 *
 *		A special counts the pcbs of other ports ahead of it; those of
 *		its own are seen on the port's own list.  Specials are few.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/flat.h"
#include "sim/kassert.h"

/* ---- the shape of the tables ------------------------------------------- */

/* Number the buckets that ports are in, as these come. */
static void
number_buckets(struct flat *f)
{
	uint32_t *number;
	unsigned p;
	uint32_t b;

	number = g_new0(uint32_t, f->nbuckets);
	f->used_of = g_new(uint16_t, 65536);
	f->nused = 0;
	for (p = 0; p < 65536; p++) {
		b = flat_bucket(f, (uint16_t)p);
		if (number[b] == 0)
			number[b] = ++f->nused;
		f->used_of[p] = (uint16_t)(number[b] - 1);
	}
	g_free(number);
}

/* Which ports share a bucket. */
static void
buckets_of_ports(struct flat *f)
{
	uint32_t *next;
	unsigned p;
	uint32_t b;

	number_buckets(f);
	f->bucket_first = g_new0(uint32_t, f->nused + 1);
	f->bucket_ports = g_new(uint16_t, 65536);
	for (p = 0; p < 65536; p++)
		f->bucket_first[f->used_of[p] + 1]++;
	for (b = 0; b < f->nused; b++)
		f->bucket_first[b + 1] += f->bucket_first[b];
	next = g_memdup2(f->bucket_first, f->nused * sizeof(*next));
	for (p = 0; p < 65536; p++)
		f->bucket_ports[next[f->used_of[p]]++] = (uint16_t)p;
	g_free(next);
}

void
flat_index_init(struct flat *f)
{

	if (f->port_hash == NULL) {
		KASSERT(f->nbuckets <= 65536, ("%u buckets", f->nbuckets));
		f->nused = f->nbuckets;
		f->buckets = g_new0(struct port_sums, 1);
	} else {
		f->reach = g_new0(struct port_sums, 1);
		buckets_of_ports(f);
	}
	f->length = g_new0(uint32_t, f->nused);
	f->specials = g_new0(struct flat_specials, f->nused);
	f->own = g_new0(struct port_sums, 1);
	f->port_head = g_new(uint32_t, 65536);
	memset(f->port_head, 0xff, 65536 * sizeof(*f->port_head));
}

void
flat_index_fini(struct flat *f)
{
	uint32_t i;

	for (i = 0; i < f->nused; i++)
		g_free(f->specials[i].pcb);
	g_free(f->specials);
	g_free(f->length);
	g_free(f->own);
	g_free(f->port_head);
	g_clear_pointer(&f->buckets, g_free);
	g_clear_pointer(&f->reach, g_free);
	g_clear_pointer(&f->used_of, g_free);
	g_clear_pointer(&f->bucket_first, g_free);
	g_clear_pointer(&f->bucket_ports, g_free);
}

/* ---- what is counted --------------------------------------------------- */

static void
length_add(struct flat *f, uint16_t under, int32_t d)
{
	uint32_t bucket, i;

	bucket = flat_used(f, under);
	f->length[bucket] += (uint32_t)d;
	if (f->port_hash == NULL) {
		port_sums_add(f->buckets, (uint16_t)bucket, d);
		return;
	}
	for (i = f->bucket_first[bucket]; i < f->bucket_first[bucket + 1]; i++)
		port_sums_add(f->reach, f->bucket_ports[i], d);
}

/* It is, or is not any more, ahead of the specials behind it. */
static void
ahead_add(struct flat *f, const struct flat_pcb *p, int32_t d)
{
	const struct flat_specials *s;
	struct flat_pcb *other;
	uint32_t i;

	s = &f->specials[flat_used(f, p->under)];
	for (i = 0; i < s->used; i++) {
		other = &f->pcb[s->pcb[i]];
		if (flat_stamp(other) < flat_stamp(p) &&
		    other->lport != p->lport)
			other->ahead += (uint32_t)d;
	}
}

/* Into the port's own list, which is in the order of the bucket. */
static void
own_link(struct flat *f, uint32_t pcb)
{
	struct flat_pcb *p;
	uint32_t next, prev;

	p = &f->pcb[pcb];
	prev = FLAT_NONE;
	for (next = f->port_head[p->lport]; next != FLAT_NONE &&
	    flat_stamp(&f->pcb[next]) > flat_stamp(p); next = f->pcb[next].next)
		prev = next;
	p->next = next;
	p->prev = prev;
	if (prev == FLAT_NONE)
		f->port_head[p->lport] = pcb;
	else
		f->pcb[prev].next = pcb;
	if (next != FLAT_NONE)
		f->pcb[next].prev = pcb;
}

static void
own_unlink(struct flat *f, const struct flat_pcb *p)
{

	if (p->prev == FLAT_NONE)
		f->port_head[p->lport] = p->next;
	else
		f->pcb[p->prev].next = p->next;
	if (p->next != FLAT_NONE)
		f->pcb[p->next].prev = p->prev;
}

/*
 * The first special of an address on a port, and how many pcbs of the port it
 * is behind; FLAT_NONE: none.
 */
static uint32_t
first_special(const struct flat *f, uint32_t laddr, uint16_t lport,
    uint32_t *before)
{
	uint32_t i;

	*before = 0;
	for (i = f->port_head[lport]; i != FLAT_NONE; i = f->pcb[i].next) {
		if (f->pcb[i].faddr == NET_ANY && f->pcb[i].laddr == laddr)
			break;
		++*before;
	}
	return (i);
}

static void
special_add(struct flat *f, uint32_t pcb)
{
	struct flat_specials *s;
	struct port_addr *a;
	struct flat_pcb *p;

	p = &f->pcb[pcb];
	KASSERT(!f->by_tuple || (p->flags & FLAT_CONN) == 0,
	    ("pcb %u is special, and connected", pcb));
	s = &f->specials[flat_used(f, p->under)];
	if (s->used == s->size) {
		s->size = s->size == 0 ? 4 : 2 * s->size;
		s->pcb = g_renew(uint32_t, s->pcb, s->size);
	}
	p->special = s->used;
	p->ahead = 0;
	s->pcb[s->used++] = pcb;
	a = port_addr_get(&f->addrs, p->laddr_idx);
	if (!port_set_has(&a->special, p->lport))
		port_set_add(&a->special, p->lport);
}

/* Is one of the bucket's of that address, on that port? */
static bool
special_has(const struct flat *f, const struct flat_specials *s,
    uint32_t laddr, uint16_t lport)
{
	uint32_t i;

	for (i = 0; i < s->used; i++)
		if (f->pcb[s->pcb[i]].lport == lport &&
		    f->pcb[s->pcb[i]].laddr == laddr)
			return (true);
	return (false);
}

/* It is out of the port's list already. */
static void
special_drop(struct flat *f, struct flat_pcb *p)
{
	struct flat_specials *s;
	uint32_t last;

	s = &f->specials[flat_used(f, p->under)];
	last = s->pcb[--s->used];
	s->pcb[p->special] = last;
	f->pcb[last].special = p->special;
	p->special = FLAT_NONE;
	if (!special_has(f, s, p->laddr, p->lport))
		port_set_remove(&port_addr_get(&f->addrs,
		    p->laddr_idx)->special, p->lport);
}

/* Lookups of its port find it from now on. */
static void
learn(struct flat *f, uint32_t pcb, bool at_head)
{
	struct flat_pcb *p;

	p = &f->pcb[pcb];
	if (flat_lost(f, p))
		return;
	if (port_sums_get(f->own, p->lport) == 0)
		port_set_add(&f->busy, p->lport);
	port_sums_add(f->own, p->lport, 1);
	p->laddr_idx = port_addr_number(&f->addrs, p->laddr);
	port_addr_more(&f->addrs, p->laddr_idx, p->lport);
	own_link(f, pcb);
	if (p->faddr == NET_ANY) {
		KASSERT(at_head, ("pcb %u is special where it stands", pcb));
		special_add(f, pcb);
	}
}

static void
forget(struct flat *f, uint32_t pcb)
{
	struct flat_pcb *p;

	p = &f->pcb[pcb];
	if (flat_lost(f, p))
		return;
	own_unlink(f, p);
	if (p->special != FLAT_NONE)
		special_drop(f, p);
	port_addr_less(&f->addrs, p->laddr_idx, p->lport);
	port_sums_add(f->own, p->lport, -1);
	if (port_sums_get(f->own, p->lport) == 0)
		port_set_remove(&f->busy, p->lport);
}

void
flat_index_insert(struct flat *f, uint32_t pcb)
{

	length_add(f, f->pcb[pcb].under, 1);
	ahead_add(f, &f->pcb[pcb], 1);
	learn(f, pcb, true);
}

void
flat_index_remove(struct flat *f, uint32_t pcb)
{

	forget(f, pcb);
	ahead_add(f, &f->pcb[pcb], -1);
	length_add(f, f->pcb[pcb].under, -1);
}

void
flat_index_change(struct flat *f, uint32_t pcb, const struct net_end *end)
{
	struct flat_pcb *p;

	p = &f->pcb[pcb];
	forget(f, pcb);
	ahead_add(f, p, -1);
	p->laddr = end->laddr;
	p->lport = end->lport;
	p->faddr = end->faddr;
	p->fport = end->fport;
	ahead_add(f, p, 1);
	learn(f, pcb, false);
}

/* ---- lookups and searches ---------------------------------------------- */

/* Is nobody on the port who could match? */
static bool
nobody(const struct flat *f, uint32_t laddr, uint16_t lport, bool wild)
{
	const struct port_addr *a;

	if (wild && laddr == NET_ANY)
		return (!port_set_has(&f->busy, lport));
	a = port_addr_find(&f->addrs, laddr);
	if (!wild)
		return (a == NULL || !port_set_has(&a->special, lport));
	return ((a == NULL || !port_set_has(&a->any, lport)) &&
	    !port_set_has(&port_addr_get(&f->addrs, PORT_ADDR_ANY)->any,
	    lport));
}

uint32_t
flat_index_lookup(const struct flat *f, uint32_t laddr, uint16_t lport,
    bool wild, struct net_visits *v)
{
	unsigned best, differs;
	uint32_t i, match, own;

	if (nobody(f, laddr, lport, wild)) {
		own = port_sums_get(f->own, lport);
		v->portlist += own;
		v->porthash += f->length[flat_used(f, lport)] - own;
		return (FLAT_NONE);
	}
	best = 3;
	own = 0;
	match = FLAT_NONE;
	for (i = f->port_head[lport]; i != FLAT_NONE; i = f->pcb[i].next) {
		own++;
		differs = flat_differs(&f->pcb[i], laddr);
		if (differs >= best || (differs > 0 && !wild))
			continue;
		match = i;
		best = differs;
		if (best == 0)
			break;
	}
	v->portlist += own;
	v->porthash += best == 0 ? f->pcb[match].ahead :
	    f->length[flat_used(f, lport)] - own;
	return (match);
}

/* Of all of a family's range, which it will ask for again, or of a part. */
static uint64_t
sum_of(struct port_sums *s, unsigned lo, unsigned hi, bool all)
{

	return (all ? port_sums_keep(s, lo, hi) : port_sums_range(s, lo, hi));
}

/* The buckets' lengths of ports [lo, hi], added up. */
static uint64_t
reach_sum(const struct flat *f, unsigned lo, unsigned hi, bool all)
{
	unsigned n, rest;
	uint64_t sum;

	if (f->port_hash != NULL)
		return (sum_of(f->reach, lo, hi, all));
	n = f->nbuckets;
	sum = (hi - lo + 1) / n * (uint64_t)f->hashed;
	rest = (hi - lo + 1) % n;
	if (rest == 0)
		return (sum);
	lo &= n - 1;
	if (lo + rest <= n)
		return (sum + sum_of(f->buckets, lo, lo + rest - 1, all));
	return (sum + port_sums_range(f->buckets, lo, n - 1) +
	    port_sums_range(f->buckets, 0, lo + rest - n - 1));
}

/* One search on its way. */
struct scan {
	const struct flat *f;
	const struct flat_query *q;
	const struct port_set *sets[3];	/* a port in one of them is taken */
	unsigned	nsets;
	const struct port_set *special;	/* ports where a walk ends early */
	struct port_found *found;
};

static void
scan_init(struct scan *s, const struct flat *f, const struct flat_query *q,
    struct port_found *found)
{
	const struct port_addr *a;

	*s = (struct scan){ .f = f, .q = q, .found = found };
	if (q->skip != NULL)
		s->sets[s->nsets++] = q->skip;
	a = port_addr_find(&f->addrs, q->laddr);
	if (a != NULL)
		s->special = &a->special;
	if (!q->wild) {
		if (a != NULL)
			s->sets[s->nsets++] = &a->special;
	} else if (q->laddr == NET_ANY) {
		s->sets[s->nsets++] = &f->busy;
	} else {
		s->sets[s->nsets++] = &port_addr_get(&f->addrs,
		    PORT_ADDR_ANY)->any;
		if (a != NULL)
			s->sets[s->nsets++] = &a->any;
	}
}

/*
 * Takes off what of the candidates' buckets is not visited: behind a special,
 * which ends a walk, and where nobody looks.
 */
static void
take_off(const struct scan *s, unsigned lo, unsigned hi, uint64_t *all,
    uint64_t *own)
{
	const struct flat *f = s->f;
	const struct port_set *skip = s->q->skip;
	uint32_t before, pcb;
	unsigned p;

	if (s->special != NULL)
		for (p = port_set_next(s->special, lo, hi); p != PORT_NONE;
		    p = port_set_next(s->special, p + 1, hi)) {
			if (skip != NULL && port_set_has(skip, p))
				continue;
			pcb = first_special(f, s->q->laddr, (uint16_t)p,
			    &before);
			*all -= f->length[flat_used(f, (uint16_t)p)] -
			    (f->pcb[pcb].ahead + before + 1);
			*own -= port_sums_get(f->own, p) - (before + 1);
		}
	if (skip != NULL)
		for (p = port_set_next(skip, lo, hi); p != PORT_NONE;
		    p = port_set_next(skip, p + 1, hi)) {
			*all -= f->length[flat_used(f, (uint16_t)p)];
			*own -= port_sums_get(f->own, p);
		}
}

/* Candidates [lo, hi] were tried. */
static void
scan_count(struct scan *s, unsigned lo, unsigned hi)
{
	uint64_t all, own;
	bool whole;

	whole = lo == s->q->first && hi == s->q->last;
	all = reach_sum(s->f, lo, hi, whole);
	own = sum_of(s->f->own, lo, hi, whole);
	take_off(s, lo, hi, &all, &own);
	s->found->iters += hi - lo + 1;
	s->found->visits.portlist += own;
	s->found->visits.porthash += all - own;
}

/* The first candidate of [lo, hi] that is free, or PORT_NONE. */
static unsigned
seek(const struct scan *s, unsigned lo, unsigned hi, bool down)
{

	return (down ? port_set_last_free(s->sets, s->nsets, lo, hi) :
	    port_set_first_free(s->sets, s->nsets, lo, hi));
}

/* [lo, hi] was tried in this order up to `free', or whole. */
static void
count_up_to(struct scan *s, unsigned lo, unsigned hi, bool down,
    unsigned free)
{

	s->found->found = free != PORT_NONE;
	if (s->found->found && down)
		lo = free;
	else if (s->found->found)
		hi = free;
	s->found->lport = (uint16_t)(down ? lo : hi);
	scan_count(s, lo, hi);
}

/* All of the range, none of it free: one sum, not two. */
static bool
all_taken(struct scan *s, const struct flat_run *run)
{
	const struct flat_query *q = s->q;
	uint16_t end;

	if (run->count != q->last - q->first + 1u ||
	    seek(s, q->first, q->last, run->down) != PORT_NONE)
		return (false);
	scan_count(s, q->first, q->last);
	if (run->down)
		end = run->start == q->last ? q->first :
		    (uint16_t)(run->start + 1);
	else
		end = run->start == q->first ? q->last :
		    (uint16_t)(run->start - 1);
	s->found->lport = end;
	return (true);
}

void
flat_index_search(const struct flat *f, const struct flat_query *q,
    const struct flat_run *run, struct port_found *found)
{
	unsigned count, hi, left, lo;
	struct scan s;

	*found = (struct port_found){ .lport = run->start };
	scan_init(&s, f, q, found);
	if (all_taken(&s, run))
		return;
	lo = hi = run->start;
	for (left = run->count; left > 0; left -= count) {
		if (run->down) {
			count = MIN(left, hi - q->first + 1u);
			lo = hi - (count - 1);
		} else {
			count = MIN(left, q->last - lo + 1u);
			hi = lo + (count - 1);
		}
		count_up_to(&s, lo, hi, run->down, seek(&s, lo, hi,
		    run->down));
		if (found->found)
			return;
		lo = q->first;
		hi = q->last;
	}
}

/* ---- audit ------------------------------------------------------------- */

void
flat_index_check(const struct flat *f)
{
	g_autofree uint32_t *length = NULL, *own = NULL;
	const struct flat_pcb *p, *t;
	uint32_t ahead, i, k;

	length = g_new0(uint32_t, f->nused);
	own = g_new0(uint32_t, 65536);
	for (i = 0; i < f->used; i++) {
		p = &f->pcb[i];
		if ((p->flags & (FLAT_HASHED | FLAT_FREE)) != FLAT_HASHED)
			continue;
		length[flat_used(f, p->under)]++;
		if (flat_lost(f, p))
			continue;
		own[p->lport]++;
		KASSERT((p->special != FLAT_NONE) == (p->faddr == NET_ANY),
		    ("pcb %u is special", i));
		if (p->special == FLAT_NONE)
			continue;
		for (ahead = 0, k = 0; k < f->used; k++) {
			t = &f->pcb[k];
			ahead += (t->flags & (FLAT_HASHED | FLAT_FREE)) ==
			    FLAT_HASHED && flat_used(f, t->under) ==
			    flat_used(f, p->under) && flat_stamp(t) >
			    flat_stamp(p) && t->lport != p->lport;
		}
		KASSERT(ahead == p->ahead, ("pcb %u has %u ahead, not %u", i,
		    ahead, p->ahead));
	}
	for (i = 0; i < f->nused; i++)
		KASSERT(length[i] == f->length[i], ("bucket %u has %u pcbs, "
		    "not %u", i, length[i], f->length[i]));
	for (i = 0; i < 65536; i++)
		KASSERT(own[i] == port_sums_get(f->own, i) &&
		    (own[i] > 0) == port_set_has(&f->busy, i),
		    ("port %u has %u pcbs, not %u", i, own[i],
		    port_sums_get(f->own, i)));
}
