/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The exact table of a layout whose lookup stops at the match: there the
 * place of a pcb in its bucket matters, so the index keeps these chains.
 */

#ifndef MODELS_PCB_EXACT_H
#define	MODELS_PCB_EXACT_H

#include <stddef.h>
#include <stdint.h>

#include "models/pcb/buckets.h"
#include "models/pcb/dest.h"
#include "models/pcb/pcb.h"

struct pcb_exact_link {
	uint32_t	next, prev;	/* pcbs; PCB_NONE */
};

struct pcb_exact {
	const struct pcb_pool *pool;
	struct pcb_exact_link *link;	/* link[nlinks], by pcb */
	uint32_t	nlinks;
	uint32_t	*head;		/* head[mask + 1]: pcb + 1, 0 none */
	uint32_t	*version;	/* of each bucket: changes */
	/*
	 * Of each block of 64 buckets; 0: nothing was ever there, and head and
	 * version of these buckets were never written.
	 */
	uint32_t	*block_version;
	uint64_t	*area_version;	/* .. of 64 blocks */
	uint32_t	mask;
};

void	pcb_exact_init(struct pcb_exact *, const struct pcb_pool *,
	    uint32_t nbuckets);
void	pcb_exact_fini(struct pcb_exact *);
size_t	pcb_exact_memory(const struct pcb_exact *);

void	pcb_exact_push(struct pcb_exact *, uint32_t pcb, uint32_t bucket);
void	pcb_exact_remove(struct pcb_exact *, uint32_t pcb, uint32_t bucket);

/* The first pcb of the bucket, or PCB_NONE. */
static inline uint32_t
pcb_exact_first(const struct pcb_exact *x, uint32_t bucket)
{

	return (x->block_version[bucket / 64] == 0 ? PCB_NONE :
	    x->head[bucket] - 1);
}

/* The pcb of this 4-tuple, or PCB_NONE. */
uint32_t pcb_exact_find(const struct pcb_exact *, uint32_t bucket,
	    const struct pcb *tuple);

/* Nodes up to and with the pcb of this 4-tuple, which is in the bucket. */
uint32_t pcb_exact_place(const struct pcb_exact *, uint32_t bucket,
	    const struct pcb *tuple);

/* The lookups of one destination. */
struct pcb_exact_query {
	const struct pcb *tuple;	/* laddr, faddr and fport of them */
	uint32_t	key;		/* XOR the port, mask: the bucket */
	struct pcb_dest *dest;		/* NULL: no port is connected to it */
};

/*
 * Nodes that exact lookups of all ports of [lo, hi] visit: up to the match
 * where the port is connected to the destination, the whole bucket where not.
 *
 * b		lengths of this table's buckets
 */
uint64_t pcb_exact_visits(const struct pcb_exact *,
	    const struct pcb_buckets *b, const struct pcb_exact_query *,
	    unsigned lo, unsigned hi);

#endif /* !MODELS_PCB_EXACT_H */
