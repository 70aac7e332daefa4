/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The hash of (laddr, lport); see local.h.
 */

#include <glib.h>

#include "models/pcb/layout.h"
#include "models/pcb/local.h"

void
pcb_local_init(struct pcb_local *l, const struct pcb_pool *pool,
    uint32_t nbuckets)
{

	l->pool = pool;
	pcb_exact_init(&l->lists, pool, nbuckets);
}

void
pcb_local_fini(struct pcb_local *l)
{

	pcb_exact_fini(&l->lists);
}

size_t
pcb_local_memory(const struct pcb_local *l)
{

	return (pcb_exact_memory(&l->lists));
}

static uint32_t
bucket(const struct pcb_local *l, uint32_t laddr, uint16_t lport)
{

	return ((pcb_layout_laddr_key(laddr) ^ lport) & l->lists.mask);
}

static uint32_t
bucket_of(const struct pcb_local *l, uint32_t pcb)
{
	const struct pcb *p;

	p = pcb_get(l->pool, pcb);
	return (bucket(l, p->laddr, p->lport));
}

void
pcb_local_enter(struct pcb_local *l, uint32_t pcb)
{

	pcb_exact_push(&l->lists, pcb, bucket_of(l, pcb));
}

void
pcb_local_leave(struct pcb_local *l, uint32_t pcb)
{

	pcb_exact_remove(&l->lists, pcb, bucket_of(l, pcb));
}

uint32_t
pcb_local_best(const struct pcb_local *l, const struct port_query *q,
    uint16_t lport, uint64_t *visits)
{
	const uint32_t laddrs[] = { q->laddr, NET_ANY };
	struct pcb_best best = PCB_BEST_NONE;
	const struct pcb *p;
	uint32_t i, k;

	for (k = 0; k < G_N_ELEMENTS(laddrs); k++)
		for (i = pcb_exact_first(&l->lists, bucket(l, laddrs[k],
		    lport)); i != PCB_NONE; i = l->lists.link[i].next) {
			++*visits;
			p = pcb_get(l->pool, i);
			if (p->lport == lport && p->laddr == laddrs[k])
				pcb_best_is(&best, q, p, i);
		}
	return (best.pcb);
}
