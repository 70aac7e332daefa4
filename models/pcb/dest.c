/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Destinations, hashed; their ports in a short list first, in a bitmap later.
 *
 * Theory:	a proxy has few destinations with thousands of ports each,
 *		and a server thousands with one port each.  The first kind
 *		wants a bitmap (8 KiB, 32 bytes a port at worst), the second
 *		no memory beyond its record.  Going back from the bitmap to a
 *		list waits until a quarter is left, so that a destination
 *		near the limit does not go to and fro.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/dest.h"
#include "sim/kassert.h"

#define	SLOTS_MIN	64
#define	FEW		4

void
pcb_dest_init(struct pcb_dest_table *t)
{

	memset(t, 0, sizeof(*t));
	t->free = PCB_DEST_NONE;
	t->nslots = SLOTS_MIN;
	t->slot = g_new(uint32_t, t->nslots);
	memset(t->slot, 0xff, t->nslots * sizeof(*t->slot));
}

static void
ports_free(struct pcb_dest_table *t, struct pcb_dest *d)
{

	if (d->big) {
		t->memory -= sizeof(*d->u.map);
		g_free(d->u.map->cache);
		g_free(d->u.map);
	} else if (d->cap > 0) {
		t->memory -= d->cap * sizeof(*d->u.list);
		g_free(d->u.list);
	}
	d->big = false;
	d->cap = 0;
}

void
pcb_dest_fini(struct pcb_dest_table *t)
{
	uint32_t i;

	for (i = 0; i < t->used; i++)
		if (t->dest[i].count > 0)
			ports_free(t, &t->dest[i]);
	g_free(t->dest);
	g_free(t->slot);
}

size_t
pcb_dest_memory(const struct pcb_dest_table *t)
{
	size_t caches;
	uint32_t i;

	caches = 0;
	for (i = 0; i < t->used; i++)
		if (t->dest[i].count > 0 && t->dest[i].big &&
		    t->dest[i].u.map->cache != NULL)
			caches += sizeof(struct pcb_dest_cache);
	return (t->size * sizeof(*t->dest) + t->nslots * sizeof(*t->slot) +
	    t->memory + caches);
}

static uint32_t
hash(uint16_t laddr_idx, uint32_t faddr, uint16_t fport)
{
	uint64_t x;

	/*
	 * What differs between destinations is often the last octet, which is
	 * the highest: fold it down, or the product's middle never sees it.
	 */
	x = (uint64_t)faddr << 32 | (uint32_t)laddr_idx << 16 | fport;
	x = (x ^ x >> 32) * UINT64_C(0x9e3779b97f4a7c15);
	return ((uint32_t)((x ^ x >> 29) >> 32));
}

/* The slot where it is, or the free one where it would go. */
static uint32_t
slot_of(const struct pcb_dest_table *t, uint16_t laddr_idx, uint32_t faddr,
    uint16_t fport)
{
	const struct pcb_dest *d;
	uint32_t i;

	i = hash(laddr_idx, faddr, fport) & (t->nslots - 1);
	for (; t->slot[i] != PCB_DEST_NONE; i = (i + 1) & (t->nslots - 1)) {
		d = &t->dest[t->slot[i]];
		if (d->faddr == faddr && d->fport == fport &&
		    d->laddr_idx == laddr_idx)
			break;
	}
	return (i);
}

struct pcb_dest *
pcb_dest_find(const struct pcb_dest_table *t, uint16_t laddr_idx,
    uint32_t faddr, uint16_t fport)
{
	uint32_t i;

	i = t->slot[slot_of(t, laddr_idx, faddr, fport)];
	return (i == PCB_DEST_NONE ? NULL : &t->dest[i]);
}

uint32_t
pcb_dest_number(const struct pcb_dest_table *t, uint16_t laddr_idx,
    uint32_t faddr, uint16_t fport)
{
	uint32_t i;

	i = t->slot[slot_of(t, laddr_idx, faddr, fport)];
	KASSERT(i != PCB_DEST_NONE, ("no such destination"));
	return (i);
}

const uint16_t *
pcb_dest_list(const struct pcb_dest *d)
{

	return (d->cap == 0 ? d->u.few : d->u.list);
}

bool
pcb_dest_has(const struct pcb_dest *d, unsigned port)
{
	const uint16_t *p;
	uint32_t i;

	if (d == NULL)
		return (false);
	if (d->big)
		return (port_set_has(&d->u.map->set, port));
	p = pcb_dest_list(d);
	for (i = 0; i < d->count; i++)
		if (p[i] == port)
			return (true);
	return (false);
}

static void
slots_grow(struct pcb_dest_table *t)
{
	struct pcb_dest *d;
	uint32_t i;

	t->nslots *= 2;
	t->slot = g_renew(uint32_t, t->slot, t->nslots);
	memset(t->slot, 0xff, t->nslots * sizeof(*t->slot));
	for (i = 0; i < t->used; i++) {
		d = &t->dest[i];
		if (d->count > 0)
			t->slot[slot_of(t, d->laddr_idx, d->faddr,
			    d->fport)] = i;
	}
}

static struct pcb_dest *
dest_new(struct pcb_dest_table *t, uint16_t laddr_idx, uint32_t faddr,
    uint16_t fport)
{
	struct pcb_dest *d;
	uint32_t i;

	if (t->live + t->live / 2 >= t->nslots)
		slots_grow(t);
	if (t->free != PCB_DEST_NONE) {
		i = t->free;
		t->free = t->dest[i].u.next;
	} else {
		if (t->used == t->size) {
			t->size = t->size == 0 ? SLOTS_MIN :
			    t->size + t->size / 2;
			t->dest = g_renew(struct pcb_dest, t->dest, t->size);
		}
		i = t->used++;
	}
	t->slot[slot_of(t, laddr_idx, faddr, fport)] = i;
	t->live++;
	d = &t->dest[i];
	*d = (struct pcb_dest){ .faddr = faddr, .fport = fport,
	    .laddr_idx = laddr_idx };
	return (d);
}

/* Close the gap: later entries of the same probe sequence move up. */
static void
dest_delete(struct pcb_dest_table *t, struct pcb_dest *d)
{
	const struct pcb_dest *e;
	uint32_t hole, home, i, m;

	m = t->nslots - 1;
	hole = slot_of(t, d->laddr_idx, d->faddr, d->fport);
	KASSERT(&t->dest[t->slot[hole]] == d, ("destination not hashed"));
	for (i = (hole + 1) & m; t->slot[i] != PCB_DEST_NONE;
	    i = (i + 1) & m) {
		e = &t->dest[t->slot[i]];
		home = hash(e->laddr_idx, e->faddr, e->fport) & m;
		if (((i - home) & m) >= ((i - hole) & m)) {
			t->slot[hole] = t->slot[i];
			hole = i;
		}
	}
	t->slot[hole] = PCB_DEST_NONE;
	ports_free(t, d);
	d->u.next = t->free;
	t->free = (uint32_t)(d - t->dest);
	t->live--;
}

static void
make_big(struct pcb_dest_table *t, struct pcb_dest *d)
{
	struct pcb_dest_map *map;
	const uint16_t *p;
	uint32_t i;

	map = g_new0(struct pcb_dest_map, 1);
	p = pcb_dest_list(d);
	for (i = 0; i < d->count; i++)
		port_set_add(&map->set, p[i]);
	ports_free(t, d);
	d->big = true;
	d->u.map = map;
	t->memory += sizeof(*map);
}

static void
make_list(struct pcb_dest_table *t, struct pcb_dest *d)
{
	uint16_t *list;
	unsigned n, p;

	list = g_new(uint16_t, PCB_DEST_BIG);
	n = 0;
	for (p = port_set_next(&d->u.map->set, 0, 65535); p != PORT_NONE;
	    p = port_set_next(&d->u.map->set, p + 1, 65535))
		list[n++] = (uint16_t)p;
	KASSERT(n == d->count, ("bitmap of %u ports, count %u", n, d->count));
	ports_free(t, d);
	d->cap = PCB_DEST_BIG;
	d->u.list = list;
	t->memory += d->cap * sizeof(*list);
}

static void
list_grow(struct pcb_dest_table *t, struct pcb_dest *d)
{
	uint16_t *list;
	uint16_t cap;

	cap = d->cap == 0 ? 2 * FEW : (uint16_t)(2 * d->cap);
	list = g_new(uint16_t, cap);
	memcpy(list, pcb_dest_list(d), d->count * sizeof(*list));
	ports_free(t, d);
	d->cap = cap;
	d->u.list = list;
	t->memory += cap * sizeof(*list);
}

uint32_t
pcb_dest_add(struct pcb_dest_table *t, uint16_t laddr_idx, uint32_t faddr,
    uint16_t fport, uint16_t port)
{
	struct pcb_dest *d;

	d = pcb_dest_find(t, laddr_idx, faddr, fport);
	if (d == NULL)
		d = dest_new(t, laddr_idx, faddr, fport);
	else if (!d->big && d->count == PCB_DEST_BIG)
		make_big(t, d);
	else if (!d->big && d->count == (d->cap == 0 ? FEW : d->cap))
		list_grow(t, d);
	if (d->big)
		port_set_add(&d->u.map->set, port);
	else if (d->cap == 0)
		d->u.few[d->count] = port;
	else
		d->u.list[d->count] = port;
	d->count++;
	return ((uint32_t)(d - t->dest));
}

void
pcb_dest_remove(struct pcb_dest_table *t, uint32_t number, uint16_t port)
{
	struct pcb_dest *d;
	uint16_t *p;
	uint32_t i;

	KASSERT(number < t->used && t->dest[number].count > 0,
	    ("no destination %u", number));
	d = &t->dest[number];
	if (d->big) {
		port_set_remove(&d->u.map->set, port);
		if (--d->count == PCB_DEST_BIG / 4)
			make_list(t, d);
		return;
	}
	p = d->cap == 0 ? d->u.few : d->u.list;
	for (i = 0; i < d->count && p[i] != port; i++)
		continue;
	KASSERT(i < d->count, ("port %u is not connected there", port));
	p[i] = p[--d->count];
	if (d->count == 0)
		dest_delete(t, d);
}
