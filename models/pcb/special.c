/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Unconnected pcbs and their places in the lists.
 *
 * Theory:	all insertions but one kind are at the head, so a pcb's place
 *		is the number of later ones that are still there: one more
 *		with each that enters, one less with each that leaves and is
 *		newer.  Keeping that number costs a step a special of the same
 *		list, and nothing where there is none.  The wild table of a
 *		split layout holds nothing else and is sorted, so there the
 *		chain itself is kept in the walk's order.
 * Models:	the order of in_pcbinshash() and _in_pcbinshash_wild(),
 *		sys/netinet/in_pcb.c, FreeBSD 12.1 and 14.3.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/special.h"
#include "sim/kassert.h"

void
pcb_special_init(struct pcb_specials *x, const struct pcb_pool *pool,
    bool split, uint32_t nbuckets)
{

	memset(x, 0, sizeof(*x));
	x->pool = pool;
	x->split = split;
	x->used = 1;
	x->nbuckets = nbuckets;
	x->port_head = g_new(uint32_t, 65536);
	x->bucket_head = g_new(uint32_t, nbuckets);
	x->bucket_any = g_new0(uint64_t, nbuckets / 64 + 1);
}

void
pcb_special_fini(struct pcb_specials *x)
{

	g_free(x->special);
	g_free(x->port_head);
	g_free(x->bucket_head);
	g_free(x->bucket_any);
}

size_t
pcb_special_memory(const struct pcb_specials *x)
{

	return (x->size * sizeof(*x->special) +
	    65536 * sizeof(*x->port_head) +
	    x->nbuckets * sizeof(*x->bucket_head) +
	    (x->nbuckets / 64 + 1) * sizeof(*x->bucket_any));
}

static const struct pcb *
pcb_of(const struct pcb_specials *x, uint32_t s)
{

	return (pcb_get(x->pool, x->special[s].pcb));
}

static bool
bucket_empty(const struct pcb_specials *x, uint32_t bucket)
{

	return ((x->bucket_any[bucket / 64] >> bucket % 64 & 1) == 0);
}

/* The first on the port. */
static uint32_t
port_first(const struct pcb_specials *x, uint16_t port)
{

	return ((x->port_any[port / 64] >> port % 64 & 1) == 0 ? SPECIAL_END :
	    x->port_head[port]);
}

static uint32_t
special_new(struct pcb_specials *x)
{
	uint32_t s;

	if (x->free != SPECIAL_END) {
		s = x->free;
		x->free = x->special[s].port_next;
		return (s);
	}
	if (x->used >= x->size) {
		x->size = x->size == 0 ? 64 : x->size + x->size / 2;
		x->special = g_renew(struct pcb_special, x->special,
		    x->size);
	}
	return (x->used++);
}

/* The link in the bucket's chain where a new one goes. */
static uint32_t *
bucket_place(struct pcb_specials *x, uint32_t bucket, bool bound,
    uint32_t *visits)
{
	uint32_t *link;

	link = &x->bucket_head[bucket];
	if (bucket_empty(x, bucket))
		*link = SPECIAL_END;
	*visits = 0;
	if (!x->split)
		return (link);
	*visits = *link != SPECIAL_END;
	if (bound)
		return (link);
	while (*link != SPECIAL_END) {
		++*visits;
		if (pcb_of(x, *link)->laddr == 0)
			break;
		link = &x->special[*link].bucket_next;
	}
	return (link);
}

uint32_t
pcb_special_add(struct pcb_specials *x, uint32_t idx, uint32_t bucket)
{
	struct pcb_special *sp;
	struct pcb *p;
	uint32_t *link;
	uint32_t s, visits;

	p = pcb_get(x->pool, idx);
	s = special_new(x);
	link = bucket_place(x, bucket, p->laddr != 0, &visits);
	sp = &x->special[s];
	*sp = (struct pcb_special){ .pcb = idx,
	    .port_next = port_first(x, p->lport), .bucket_next = *link };
	x->port_head[p->lport] = s;
	x->port_any[p->lport / 64] |= UINT64_C(1) << p->lport % 64;
	*link = s;
	x->bucket_any[bucket / 64] |= UINT64_C(1) << bucket % 64;
	p->special = s;
	return (visits);
}

void
pcb_special_drop(struct pcb_specials *x, uint32_t idx, uint32_t bucket)
{
	struct pcb *p;
	uint32_t *link;
	uint32_t s;

	p = pcb_get(x->pool, idx);
	s = p->special;
	p->special = PCB_NONE;
	for (link = &x->port_head[p->lport]; *link != s;
	    link = &x->special[*link].port_next)
		KASSERT(*link != SPECIAL_END, ("special %u off its port", s));
	*link = x->special[s].port_next;
	if (x->port_head[p->lport] == SPECIAL_END)
		x->port_any[p->lport / 64] &= ~(UINT64_C(1) << p->lport % 64);
	for (link = &x->bucket_head[bucket]; *link != s;
	    link = &x->special[*link].bucket_next)
		KASSERT(*link != SPECIAL_END, ("special %u off bucket", s));
	*link = x->special[s].bucket_next;
	if (x->bucket_head[bucket] == SPECIAL_END)
		x->bucket_any[bucket / 64] &= ~(UINT64_C(1) << bucket % 64);
	x->special[s].port_next = x->free;
	x->free = s;
}

void
pcb_special_port_enter(struct pcb_specials *x, uint16_t port)
{
	uint32_t s;

	for (s = port_first(x, port); s != SPECIAL_END;
	    s = x->special[s].port_next)
		x->special[s].port_ahead++;
}

void
pcb_special_port_leave(struct pcb_specials *x, const struct pcb *p,
    uint16_t port)
{
	uint32_t s;

	for (s = port_first(x, port); s != SPECIAL_END;
	    s = x->special[s].port_next)
		if (pcb_of(x, s)->port_stamp < p->port_stamp)
			x->special[s].port_ahead--;
}

void
pcb_special_bucket_enter(struct pcb_specials *x, uint32_t bucket)
{
	uint32_t s;

	if (bucket_empty(x, bucket))
		return;
	for (s = x->bucket_head[bucket]; s != SPECIAL_END;
	    s = x->special[s].bucket_next)
		x->special[s].bucket_ahead++;
}

void
pcb_special_bucket_leave(struct pcb_specials *x, const struct pcb *p,
    uint32_t bucket)
{
	uint32_t s;

	if (bucket_empty(x, bucket))
		return;
	for (s = x->bucket_head[bucket]; s != SPECIAL_END;
	    s = x->special[s].bucket_next)
		if (pcb_of(x, s)->hash_stamp < p->hash_stamp)
			x->special[s].bucket_ahead--;
}

const struct pcb_special *
pcb_special_first(const struct pcb_specials *x, uint16_t port)
{
	uint32_t s;

	s = port_first(x, port);
	return (s == SPECIAL_END ? NULL : &x->special[s]);
}

const struct pcb_special *
pcb_special_with(const struct pcb_specials *x, uint16_t port, uint32_t laddr)
{
	uint32_t s;

	for (s = port_first(x, port); s != SPECIAL_END;
	    s = x->special[s].port_next)
		if (pcb_of(x, s)->laddr == laddr)
			return (&x->special[s]);
	return (NULL);
}

const struct pcb_special *
pcb_special_in_bucket(const struct pcb_specials *x, uint32_t bucket,
    uint16_t port, uint32_t laddr, uint32_t *nodes)
{
	const struct pcb *p;
	uint32_t n, s;

	if (bucket_empty(x, bucket))
		return (NULL);
	n = 0;
	for (s = x->bucket_head[bucket]; s != SPECIAL_END;
	    s = x->special[s].bucket_next) {
		n++;
		p = pcb_of(x, s);
		if (p->lport == port && p->laddr == laddr) {
			*nodes = x->split ? n :
			    x->special[s].bucket_ahead + 1;
			return (&x->special[s]);
		}
	}
	return (NULL);
}
