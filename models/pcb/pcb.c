/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The pool of pcbs: one growing array, freed ones chained for reuse, so that
 * a link between pcbs is four bytes and a pcb without links is forty.
 *
 * Models:	struct inpcb, sys/netinet/in_pcb.h, FreeBSD 12.1.
 * Left out:	everything of it that port choice does not look at.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/pages.h"
#include "models/pcb/pcb.h"
#include "sim/grow.h"
#include "sim/kassert.h"

#define	POOL_MIN	64

void
pcb_pool_init(struct pcb_pool *pool, size_t hint)
{

	*pool = (struct pcb_pool){ .free = PCB_NONE };
	KASSERT(hint < PCB_NONE, ("%zu pcbs expected", hint));
	pool->size = hint < POOL_MIN ? POOL_MIN : (uint32_t)hint;
	pool->pcb = pcb_pages_renew(NULL, 0, pool->size *
	    sizeof(*pool->pcb));
}

void
pcb_pool_fini(struct pcb_pool *pool)
{

	pcb_pages_free(pool->pcb, pool->size * sizeof(*pool->pcb));
}

uint32_t
pcb_alloc(struct pcb_pool *pool)
{
	uint32_t idx, size;

	if (pool->free != PCB_NONE) {
		idx = pool->free;
		pool->free = pool->pcb[idx].special;
	} else {
		if (pool->used == pool->size) {
			KASSERT(pool->size < PCB_NONE / 2, ("pool is full"));
			size = grow_size(pool->size, POOL_MIN);
			pool->pcb = pcb_pages_renew(pool->pcb, pool->size *
			    sizeof(*pool->pcb), size * sizeof(*pool->pcb));
			pool->size = size;
		}
		idx = pool->used++;
	}
	memset(&pool->pcb[idx], 0, sizeof(pool->pcb[idx]));
	pool->pcb[idx].special = PCB_NONE;
	pool->live++;
	return (idx);
}

void
pcb_release(struct pcb_pool *pool, uint32_t idx)
{
	struct pcb *p;

	p = pcb_get(pool, idx);
	KASSERT((p->flags & (PCB_INHASH | PCB_FREE)) == 0,
	    ("pcb %u freed with flags %#x", idx, p->flags));
	p->flags = PCB_FREE;
	p->special = pool->free;
	pool->free = idx;
	pool->live--;
}
