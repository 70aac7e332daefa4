/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which 4-tuples there are, by a hash of our own; see flat.h.
 *
 * Theory:	a connection table of fixed size has long lists: whether a tuple
 *		is on one is looked up here, and what the walk along all of it
 *		visits is its length.
 */

#include <string.h>

#include "models/pcb/flat.h"
#include "models/pcb/pages.h"
#include "sim/kassert.h"

static uint32_t
tuple_slot(const struct flat *f, const struct net_end *end)
{
	uint64_t h;

	h = ((uint64_t)end->faddr << 32 | end->laddr) *
	    UINT64_C(0x9e3779b97f4a7c15);
	h ^= h >> 29;
	h = (h ^ ((uint64_t)end->lport << 16 | end->fport)) *
	    UINT64_C(0xbf58476d1ce4e5b9);
	return ((uint32_t)(h >> 32) & (f->ntuples - 1));
}

static struct net_end
end_of(const struct flat_pcb *p)
{

	return ((struct net_end){ .laddr = p->laddr, .faddr = p->faddr,
	    .lport = p->lport, .fport = p->fport });
}

static void
tuple_push(struct flat *f, uint32_t pcb)
{
	struct net_end end;
	uint32_t s;

	KASSERT(f->pcb[pcb].special == FLAT_NONE, ("pcb %u is special", pcb));
	end = end_of(&f->pcb[pcb]);
	s = tuple_slot(f, &end);
	f->pcb[pcb].tuple_next = f->tuple_head[s];
	f->tuple_head[s] = pcb;
}

static void
tuple_grow(struct flat *f)
{
	uint32_t i;

	if (f->ntuples > 0)
		pcb_pages_free(f->tuple_head, f->ntuples *
		    sizeof(*f->tuple_head));
	f->ntuples = f->ntuples == 0 ? 64 : 2 * f->ntuples;
	f->tuple_head = pcb_pages_renew(NULL, 0, f->ntuples *
	    sizeof(*f->tuple_head));
	memset(f->tuple_head, 0xff, f->ntuples * sizeof(*f->tuple_head));
	for (i = 0; i < f->used; i++)
		if ((f->pcb[i].flags & (FLAT_CONN | FLAT_FREE)) == FLAT_CONN)
			tuple_push(f, i);
}

void
flat_tuple_add(struct flat *f, uint32_t pcb)
{

	/* Growing takes in the new one, too. */
	if (f->connected > f->ntuples)
		tuple_grow(f);
	else
		tuple_push(f, pcb);
}

void
flat_tuple_drop(struct flat *f, uint32_t pcb)
{
	struct net_end end;
	uint32_t *i;

	end = end_of(&f->pcb[pcb]);
	for (i = &f->tuple_head[tuple_slot(f, &end)]; *i != pcb;
	    i = &f->pcb[*i].tuple_next)
		KASSERT(*i != FLAT_NONE, ("pcb %u has no tuple", pcb));
	*i = f->pcb[pcb].tuple_next;
}

bool
flat_index_connected(const struct flat *f, const struct net_end *end)
{
	const struct flat_pcb *p;
	uint32_t i;

	if (f->ntuples == 0)
		return (false);
	for (i = f->tuple_head[tuple_slot(f, end)]; i != FLAT_NONE;
	    i = p->tuple_next) {
		p = &f->pcb[i];
		if (p->faddr == end->faddr && p->fport == end->fport &&
		    p->laddr == end->laddr && p->lport == end->lport)
			return (true);
	}
	return (false);
}
