/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sets of ports by destination.
 *
 * Theory:	a search that meets a connected pcb of its own destination
 *		shares a bitmap with it from then on, in which both have their
 *		bits; the bit goes when its pcb is disconnected, the bitmap
 *		with its last bit.
 * Models:	lport_cache in in_pcb_lport_dest(), sys/netinet/in_pcb.c, a
 *		development branch of FreeBSD after 15 with bucket locks.
 * Left out:	that two groups of pcbs of one destination may have bitmaps of
 *		their own until a search meets both; here a destination has
 *		one, so a search may skip a few lookups that the kernel makes.
 *		That the other pcb's lock, or the memory, may not be had.
 */

#include <glib.h>

#include "models/ports/cache.h"

struct entry {
	struct port_cache_dest dest;
	struct port_set	*set;		/* NULL: free */
};

/* Linear probing; at most half full, a power of two. */
struct port_cache {
	struct entry	*entry;		/* entry[size] */
	uint32_t	size, used;
};

struct port_cache *
port_cache_new(void)
{
	struct port_cache *pc;

	pc = g_new0(struct port_cache, 1);
	pc->size = 16;
	pc->entry = g_new0(struct entry, pc->size);
	return (pc);
}

void
port_cache_free(struct port_cache *pc)
{
	uint32_t i;

	if (pc == NULL)
		return;
	for (i = 0; i < pc->size; i++)
		g_free(pc->entry[i].set);
	g_free(pc->entry);
	g_free(pc);
}

size_t
port_cache_memory(const struct port_cache *pc)
{

	return (pc == NULL ? 0 : sizeof(*pc) + pc->size *
	    sizeof(*pc->entry) + pc->used * sizeof(struct port_set));
}

static uint32_t
home(const struct port_cache *pc, const struct port_cache_dest *d)
{

	return (((d->laddr * 0x9e3779b1u ^ d->faddr) * 0x85ebca6bu ^
	    d->fport * 0xc2b2ae35u) >> 7 & (pc->size - 1));
}

/* The destination's entry, or the free one where it would go. */
static struct entry *
entry_of(const struct port_cache *pc, const struct port_cache_dest *d)
{
	struct entry *e;
	uint32_t i;

	for (i = home(pc, d);; i = (i + 1) & (pc->size - 1)) {
		e = &pc->entry[i];
		if (e->set == NULL || (e->dest.laddr == d->laddr &&
		    e->dest.faddr == d->faddr && e->dest.fport == d->fport))
			return (e);
	}
}

static void
grow(struct port_cache *pc)
{
	struct entry *old;
	uint32_t i, n;

	old = pc->entry;
	n = pc->size;
	pc->size *= 2;
	pc->entry = g_new0(struct entry, pc->size);
	for (i = 0; i < n; i++)
		if (old[i].set != NULL)
			*entry_of(pc, &old[i].dest) = old[i];
	g_free(old);
}

/* Close the gap, so that nobody behind it is lost. */
static void
entry_remove(struct port_cache *pc, struct entry *e)
{
	const uint32_t mask = pc->size - 1;
	uint32_t gap, i;

	g_free(e->set);
	e->set = NULL;
	pc->used--;
	gap = (uint32_t)(e - pc->entry);
	for (i = (gap + 1) & mask; pc->entry[i].set != NULL;
	    i = (i + 1) & mask) {
		if (((i - home(pc, &pc->entry[i].dest)) & mask) <
		    ((i - gap) & mask))
			continue;
		pc->entry[gap] = pc->entry[i];
		pc->entry[i].set = NULL;
		gap = i;
	}
}

const struct port_set *
port_cache_find(const struct port_cache *pc, const struct port_cache_dest *d)
{

	return (entry_of(pc, d)->set);
}

void
port_cache_add(struct port_cache *pc, const struct port_cache_dest *d,
    uint16_t lport)
{
	struct entry *e;

	e = entry_of(pc, d);
	if (e->set == NULL) {
		if (2 * (pc->used + 1) > pc->size) {
			grow(pc);
			e = entry_of(pc, d);
		}
		e->dest = *d;
		e->set = g_new0(struct port_set, 1);
		pc->used++;
	}
	if (!port_set_has(e->set, lport))
		port_set_add(e->set, lport);
}

void
port_cache_forget(struct port_cache *pc, const struct port_cache_dest *d,
    uint16_t lport)
{
	struct entry *e;

	e = entry_of(pc, d);
	if (e->set == NULL || !port_set_has(e->set, lport))
		return;
	port_set_remove(e->set, lport);
	if (e->set->count == 0)
		entry_remove(pc, e);
}
