/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Port heads in a hash of ports: a chain a bucket, one node a port that has a
 * pcb.  For kernels whose bucket of a port is the port modulo some number.
 *
 * The chains are there to be walked; beside them stands, for each port, what
 * walking to it visits, so that a run of ports is a sum.
 */

#ifndef MODELS_PCB_HEADS_H
#define	MODELS_PCB_HEADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/ports/set.h"
#include "models/ports/sums.h"

struct pcb_heads {
	unsigned	step;		/* ports of a bucket are so far apart */
	bool		at_end;		/* where a new one enters its chain */
	struct port_set	any;		/* ports with a head */
	uint32_t	first[65536];	/* of each chain, by its lowest port */
	uint32_t	next[65536];	/* by port */
	struct port_sums visits;	/* by port */
	/* The same by place, where places are not ports; else NULL. */
	struct port_sums *by_place;
	const uint16_t	*place;		/* place[65536] */
};

#define	PCB_HEADS_END	65536u

/*
 * step		1 to 65536
 * place	NULL, or an order of the ports for pcb_heads_sum_places(); it
 *		must outlive the heads
 */
void	pcb_heads_init(struct pcb_heads *, unsigned step, bool at_end,
	    const uint16_t *place);
void	pcb_heads_fini(struct pcb_heads *);
size_t	pcb_heads_memory(const struct pcb_heads *);

/* Must not, must have a head. */
void	pcb_heads_add(struct pcb_heads *, uint16_t port);
void	pcb_heads_remove(struct pcb_heads *, uint16_t port);

/* Along the chain: has the port a head?  Adds the nodes up to it. */
bool	pcb_heads_walk(const struct pcb_heads *, uint16_t port,
	    uint64_t *visits);

/* What walks to every port of [lo, hi], or to every place, visit. */
static inline uint64_t
pcb_heads_sum(const struct pcb_heads *h, unsigned lo, unsigned hi)
{

	return (port_sums_range(&h->visits, lo, hi));
}

static inline uint64_t
pcb_heads_sum_places(const struct pcb_heads *h, unsigned lo, unsigned hi)
{

	return (port_sums_range(h->by_place != NULL ? h->by_place :
	    &h->visits, lo, hi));
}

/* The ports of a bucket, first to last; see net_phash(). */
size_t	pcb_heads_list(const struct pcb_heads *, uint16_t port,
	    uint16_t *out, size_t max);

/* Panics where a sum disagrees with the chains. */
void	pcb_heads_check(const struct pcb_heads *);

#endif /* !MODELS_PCB_HEADS_H */
