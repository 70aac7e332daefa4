/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bitmaps of taken ports, shared by pcbs of one destination.
 *
 * Theory:	a bitmap is counted by the pcbs attached to it and goes with
 *		the last.  Two that meet are merged: the ports of the one with
 *		fewer pcbs are added to the other, and one pcb changes over;
 *		the rest stay where they are.  So there may be several bitmaps
 *		of one destination, and a port that came into a second one by a
 *		merge is cleared only in the first when its pcb goes: it stays
 *		taken there, until that bitmap is freed, though it is free.
 *
 *		Mended (a proposal): a bitmap that was merged stands for the
 *		other from then on, so that all of its pcbs have changed over at
 *		once; there is one a destination, and each port that goes is
 *		cleared in it.
 * Models:	lport_cache: in_pcb_cache_lport(), in_pcb_lport_cache_free(),
 *		and their calls in in_pcb_lport_dest(), in_pcbfree(),
 *		sys/netinet/in_pcb.c, a development branch of FreeBSD after
 *		the bucket locks.
 * Left out:	that the met pcb's lock, or the memory, may not be had: then
 *		the kernel learns nothing from it.
 */

#include <glib.h>

#include "models/ports/cache.h"
#include "sim/kassert.h"

#define	BITMAP_NONE	0u		/* bitmap[0] is not used */

struct bitmap {
	struct port_set	*set;		/* NULL: free, or merged */
	uint32_t	refs;		/* pcbs attached; free: the next one */
	uint32_t	merged;		/* the one that it stands for */
};

struct port_cache {
	bool		mended;
	struct bitmap	*bitmap;	/* bitmap[used] of [size] */
	uint32_t	size, used, free;
	uint32_t	live;
	uint32_t	*of;		/* of[npcbs]: a pcb's bitmap */
	uint32_t	npcbs;
};

struct port_cache *
port_cache_new(bool mended)
{
	struct port_cache *pc;

	pc = g_new0(struct port_cache, 1);
	pc->mended = mended;
	pc->used = 1;
	return (pc);
}

void
port_cache_free(struct port_cache *pc)
{
	uint32_t i;

	if (pc == NULL)
		return;
	for (i = 1; i < pc->used; i++)
		g_free(pc->bitmap[i].set);
	g_free(pc->bitmap);
	g_free(pc->of);
	g_free(pc);
}

size_t
port_cache_memory(const struct port_cache *pc)
{

	return (pc == NULL ? 0 : sizeof(*pc) + pc->size *
	    sizeof(*pc->bitmap) + pc->npcbs * sizeof(*pc->of) + pc->live *
	    sizeof(struct port_set));
}

/* ---- bitmaps ----------------------------------------------------------- */

static uint32_t
bitmap_new(struct port_cache *pc)
{
	uint32_t i;

	i = pc->free;
	if (i != BITMAP_NONE) {
		pc->free = pc->bitmap[i].refs;
	} else {
		if (pc->used >= pc->size) {
			pc->size = pc->size == 0 ? 16 : 2 * pc->size;
			pc->bitmap = g_renew(struct bitmap, pc->bitmap,
			    pc->size);
		}
		i = pc->used++;
	}
	pc->bitmap[i] = (struct bitmap){ .set = g_new0(struct port_set, 1) };
	pc->live++;
	return (i);
}

/* The bitmap that it stands for: itself, unless it was merged. */
static uint32_t
bitmap_root(const struct port_cache *pc, uint32_t i)
{

	while (pc->bitmap[i].merged != BITMAP_NONE)
		i = pc->bitmap[i].merged;
	return (i);
}

/* One pcb, or one that stands for it, less. */
static void
bitmap_release(struct port_cache *pc, uint32_t i)
{
	struct bitmap *b;
	uint32_t into;

	for (; i != BITMAP_NONE; i = into) {
		b = &pc->bitmap[i];
		if (--b->refs > 0)
			return;
		into = b->merged;
		pc->live -= b->set != NULL;
		g_free(b->set);
		*b = (struct bitmap){ .refs = pc->free };
		pc->free = i;
	}
}

static void
bitmap_add(struct port_cache *pc, uint32_t i, uint16_t lport)
{

	if (!port_set_has(pc->bitmap[i].set, lport))
		port_set_add(pc->bitmap[i].set, lport);
}

static void
bitmap_merge(struct port_cache *pc, uint32_t into, uint32_t from)
{
	const struct port_set *set;
	unsigned p;

	set = pc->bitmap[from].set;
	for (p = port_set_next(set, 0, 65535); p != PORT_NONE;
	    p = p == 65535 ? PORT_NONE : port_set_next(set, p + 1, 65535))
		bitmap_add(pc, into, (uint16_t)p);
}

/* ---- pcbs -------------------------------------------------------------- */

/* Room for the pcb in of[]. */
static void
pcb_room(struct port_cache *pc, uint32_t pcb)
{
	uint32_t i, n;

	if (pcb < pc->npcbs)
		return;
	n = MAX(64, MAX(pcb + 1, pc->npcbs + pc->npcbs / 2));
	pc->of = g_renew(uint32_t, pc->of, n);
	for (i = pc->npcbs; i < n; i++)
		pc->of[i] = BITMAP_NONE;
	pc->npcbs = n;
}

static void
pcb_attach(struct port_cache *pc, uint32_t pcb, uint32_t i)
{

	pc->of[pcb] = i;
	pc->bitmap[i].refs++;
}

const struct port_set *
port_cache_of(const struct port_cache *pc, uint32_t pcb)
{

	return (pcb >= pc->npcbs || pc->of[pcb] == BITMAP_NONE ? NULL :
	    pc->bitmap[bitmap_root(pc, pc->of[pcb])].set);
}

/* Both have one: the smaller stands for the larger, with all its pcbs. */
static void
meet_mended(struct port_cache *pc, uint32_t searcher, uint32_t met)
{
	uint32_t a, b, t;

	a = bitmap_root(pc, pc->of[searcher]);
	b = bitmap_root(pc, pc->of[met]);
	if (a == b)
		return;
	if (pc->bitmap[a].refs > pc->bitmap[b].refs) {
		t = a;
		a = b;
		b = t;
	}
	bitmap_merge(pc, b, a);
	g_free(pc->bitmap[a].set);
	pc->bitmap[a].set = NULL;
	pc->live--;
	pc->bitmap[a].merged = b;
	pc->bitmap[b].refs++;
}

/* Both have one: who moves, and what the other bitmap learns. */
static void
meet_merge(struct port_cache *pc, uint32_t searcher, uint32_t met)
{
	uint32_t from, into, moves;

	moves = pc->bitmap[pc->of[searcher]].refs >
	    pc->bitmap[pc->of[met]].refs ? met : searcher;
	from = pc->of[moves];
	into = pc->of[moves == met ? searcher : met];
	if (from == into)
		return;
	bitmap_merge(pc, into, from);
	pcb_attach(pc, moves, into);
	bitmap_release(pc, from);
}

void
port_cache_meet(struct port_cache *pc, uint32_t searcher, uint32_t met,
    uint16_t lport)
{

	pcb_room(pc, MAX(searcher, met));
	KASSERT(searcher != met, ("pcb %u meets itself", met));
	if (pc->of[searcher] == BITMAP_NONE && pc->of[met] == BITMAP_NONE) {
		pcb_attach(pc, met, bitmap_new(pc));
		bitmap_add(pc, pc->of[met], lport);
		pcb_attach(pc, searcher, pc->of[met]);
	} else if (pc->of[searcher] == BITMAP_NONE) {
		pcb_attach(pc, searcher, pc->of[met]);
	} else if (pc->of[met] == BITMAP_NONE) {
		bitmap_add(pc, bitmap_root(pc, pc->of[searcher]), lport);
		pcb_attach(pc, met, pc->of[searcher]);
	} else if (pc->mended) {
		meet_mended(pc, searcher, met);
	} else {
		meet_merge(pc, searcher, met);
	}
}

void
port_cache_took(struct port_cache *pc, uint32_t searcher, uint16_t lport)
{

	if (port_cache_of(pc, searcher) != NULL)
		bitmap_add(pc, bitmap_root(pc, pc->of[searcher]), lport);
}

void
port_cache_leave(struct port_cache *pc, uint32_t pcb, uint16_t lport)
{
	struct port_set *set;
	uint32_t i;

	if (port_cache_of(pc, pcb) == NULL)
		return;
	i = pc->of[pcb];
	set = pc->bitmap[bitmap_root(pc, i)].set;
	if (port_set_has(set, lport))
		port_set_remove(set, lport);
	pc->of[pcb] = BITMAP_NONE;
	bitmap_release(pc, i);
}
