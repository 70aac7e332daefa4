/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The search by index: the decisions and the counts of the walk without
 * walking.  No list of pcbs is kept.
 */

#ifndef MODELS_PCB_INDEX_H
#define	MODELS_PCB_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/pcb/buckets.h"
#include "models/pcb/dest.h"
#include "models/pcb/exact.h"
#include "models/pcb/first.h"
#include "models/pcb/group.h"
#include "models/pcb/layout.h"
#include "models/pcb/pcb.h"
#include "models/pcb/special.h"
#include "models/ports/addr.h"
#include "models/net/rule.h"
#include "models/ports/set.h"
#include "models/ports/sums.h"

/* Open to scan.c, which only reads it. */
struct pcb_index {
	const struct pcb_layout *layout;
	const struct pcb_pool *pool;
	const struct pcb_groups *groups;
	uint32_t	seed;
	uint32_t	pmask;		/* port hash */
	struct port_set	any;		/* ports with a pcb */
	struct port_sums length;	/* pcbs on the list of a port */
	/*
	 * Where several ports share a list, shared[65536], pcbs of each; NULL:
	 * `length' tells.
	 */
	uint32_t	*shared;
	/*
	 * Port heads that a lookup of the port visits: up to its own, or the
	 * whole bucket where it has none; none in a layout of one level.
	 */
	struct port_sums heads;
	struct port_addr_table addrs;
	struct pcb_specials specials;
	struct pcb_buckets conn;	/* connected; all unless split */
	struct pcb_buckets wild;	/* unconnected, of a split layout */
	struct pcb_dest_table dests;
	struct pcb_exact exact;		/* layouts that stop at a match */
	struct pcb_buckets local;	/* by (laddr, lport): laddr_hashed */
	struct pcb_first *first;	/* first_match; else NULL */
};

/* The layout, the pool and the groups must outlive it. */
struct pcb_index *pcb_index_new(const struct pcb_layout *,
	    const struct pcb_pool *, const struct pcb_groups *,
	    const struct net_conf *);
void	pcb_index_free(struct pcb_index *);
size_t	pcb_index_memory(const struct pcb_index *);

/* See table.h; *v gets what the walk would visit. */
void	pcb_index_insert(struct pcb_index *, uint32_t pcb,
	    struct net_visits *v);
/* .. and what pcb_index_unhash() and pcb_index_hash() do then, at `q'. */
void	pcb_index_enter(struct pcb_index *, uint32_t pcb,
	    const struct port_query *q, struct net_visits *v);
void	pcb_index_remove(struct pcb_index *, uint32_t pcb);
void	pcb_index_unhash(struct pcb_index *, uint32_t pcb);
void	pcb_index_hash(struct pcb_index *, uint32_t pcb,
	    struct net_visits *v);
/* A load-balancing group is there now, or no more. */
void	pcb_index_group(struct pcb_index *, uint32_t laddr, uint16_t lport,
	    bool there);

uint32_t pcb_index_local(const struct pcb_index *, const struct port_query *,
	    uint16_t lport, struct net_visits *v);
bool	pcb_index_tuple(const struct pcb_index *, const struct port_query *,
	    uint16_t lport, bool wild, struct net_visits *v);

uint32_t pcb_index_connected(const struct pcb_index *,
	    const struct port_query *, uint16_t lport);

size_t	pcb_index_plist(const struct pcb_index *, uint16_t lport,
	    uint32_t *out, size_t max);
size_t	pcb_index_phash(const struct pcb_index *, uint16_t lport,
	    uint16_t *out, size_t max);

/* Panics where a count disagrees with the pcbs; O(pcbs + buckets). */
void	pcb_index_check(const struct pcb_index *);

/* Pcbs of the port itself. */
static inline uint32_t
pcb_index_own(const struct pcb_index *x, uint16_t lport)
{

	return (x->shared != NULL ? x->shared[lport] :
	    port_sums_get(&x->length, lport));
}

/* The ports of lport's list are q, q + step, ...: the first, and the step. */
static inline unsigned
pcb_index_ports(const struct pcb_index *x, uint16_t lport, unsigned *step)
{

	*step = x->layout->one_level ? x->pmask + 1 : 65536;
	return (lport % *step);
}

/* The table of the unconnected pcbs, and a port's bucket in it. */
static inline const struct pcb_buckets *
pcb_index_wild(const struct pcb_index *x)
{

	return (x->layout->split ? &x->wild : &x->conn);
}

static inline uint32_t
pcb_index_wild_bucket(const struct pcb_index *x, uint16_t lport)
{

	return ((pcb_layout_wild_key(x->layout, x->seed) ^ lport) &
	    x->conn.mask);
}

/* Its bucket among the connected, or among the others. */
static inline uint32_t
pcb_index_bucket(const struct pcb_index *x, const struct pcb *p)
{

	if (!pcb_connected(p))
		return (pcb_index_wild_bucket(x, p->lport));
	return ((pcb_layout_key(x->layout, x->seed, p->laddr, p->faddr,
	    p->fport) ^ p->lport) & x->conn.mask);
}

/* .. and in the hash of (laddr, lport). */
static inline uint32_t
pcb_index_local_bucket(const struct pcb_index *x, uint32_t laddr,
    uint16_t lport)
{

	return ((pcb_layout_laddr_key(laddr) ^ lport) & x->local.mask);
}

/*
 * Would pcb_index_local() find anybody?  With what a search for that visits,
 * which may be less.
 */
bool	pcb_index_taken(const struct pcb_index *, const struct port_query *,
	    uint16_t lport, struct net_visits *v);

/*
 * Pcbs that a search of the unconnected visits on the port, for
 * (q->laddr, lport) or (*, lport).
 */
uint32_t pcb_index_wild_nodes(const struct pcb_index *,
	    const struct port_query *, uint16_t lport);

#endif /* !MODELS_PCB_INDEX_H */
