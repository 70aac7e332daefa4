/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How a kernel lays out its pcb tables: all in which the stacks differ.
 */

#ifndef MODELS_PCB_LAYOUT_H
#define	MODELS_PCB_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

struct pcb_layout {
	const char	*name;
	const char	*source;	/* kernel functions and release */
	/*
	 * Connected and unconnected pcbs in two tables, the second sorted:
	 * specific local addresses before *.  Else all are in one.
	 */
	bool		split;
	/*
	 * A bucket of the port hash is one list of the pcbs of all its ports.
	 * Else it is a list of port heads, each with a list of its pcbs.
	 */
	bool		one_level;
	/* An exact match ends the walk of its bucket. */
	bool		stop_at_match;
	/* An accepted pcb is hashed twice: first as if it were bound only. */
	bool		accept_binds_first;
	/* An unbound connect is hashed first while its laddr is still *. */
	bool		connect_binds_any;
	/* A load-balancing group's members are not found before they listen,
	   and leave it when they connect. */
	bool		lb_pending;
	/*
	 * A search, which only wants to know whether anybody is in the way,
	 * ends a walk at the first who is.  With stop_at_match.
	 */
	bool		first_match;
	/* The local address is in the hash of connected pcbs. */
	bool		laddr_keyed;
	/*
	 * Who searches a port for one address walks a hash of (laddr, lport),
	 * two buckets of it, its own and that of *, as large as the connection
	 * hash.  Who names a port walks the port's list: its order decides who
	 * is found.
	 */
	bool		laddr_hashed;
	/*
	 * The part of the hash that the foreign address gives; the bucket is
	 * (key ^ fport ^ lport) & mask.
	 */
	uint32_t	(*key)(uint32_t faddr, uint32_t seed);
};

/* What a local address gives; 0: the address *. */
static inline uint32_t
pcb_layout_laddr_key(uint32_t laddr)
{

	return ((uint32_t)((laddr * UINT64_C(0x9e3779b97f4a7c15)) >> 32));
}

/* Key of a pcb that is not connected: XOR the local port to it and mask. */
static inline uint32_t
pcb_layout_wild_key(const struct pcb_layout *l, uint32_t seed)
{

	return (l->key(0, seed));
}

/* .. and of a connection. */
static inline uint32_t
pcb_layout_key(const struct pcb_layout *l, uint32_t seed, uint32_t laddr,
    uint32_t faddr, uint16_t fport)
{

	return (l->key(faddr, seed) ^ fport ^
	    (l->laddr_keyed ? pcb_layout_laddr_key(laddr) : 0));
}

#endif /* !MODELS_PCB_LAYOUT_H */
