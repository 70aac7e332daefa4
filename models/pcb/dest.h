/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Destinations: which local ports are connected from one local address to one
 * foreign address and port.
 */

#ifndef MODELS_PCB_DEST_H
#define	MODELS_PCB_DEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/ports/set.h"

#define	PCB_DEST_NONE	UINT32_MAX

/* A destination with this many ports keeps them in a bitmap. */
#define	PCB_DEST_BIG	256

/*
 * What lookups of a bitmap destination's ports visit, as last counted, and
 * when that was (exact.c); only for destinations that are searched.
 */
struct pcb_dest_cache {
	/* What the range that was asked for last visits. */
	struct {
		uint64_t	version;	/* sum of its areas' */
		uint64_t	visits;
		uint32_t	lo, hi;
	} kept;
	uint64_t	area_version[PORT_WORDS / 64];	/* 0: never */
	uint64_t	area_visits[PORT_WORDS / 64];	/* 4096 ports each */
	uint32_t	block_version[PORT_WORDS];	/* 0: never */
	uint32_t	block_visits[PORT_WORDS];	/* 64 ports each */
	uint32_t	port_version[65536];
	uint32_t	port_visits[65536];
};

struct pcb_dest_map {
	struct port_set	set;
	struct pcb_dest_cache *cache;	/* NULL, or the owner's */
};

struct pcb_dest {
	uint32_t	faddr;
	uint16_t	fport;
	uint16_t	laddr_idx;
	uint32_t	count;		/* ports; 0: free record */
	uint16_t	cap;		/* of the list; 0: inline */
	bool		big;		/* u.map */
	union {
		uint16_t	few[4];
		uint16_t	*list;
		struct pcb_dest_map *map;
		uint32_t	next;	/* free ones: chain */
	} u;
};

struct pcb_dest_table {
	struct pcb_dest	*dest;		/* dest[size] */
	uint32_t	size, used, free, live;
	uint32_t	*slot;		/* slot[nslots], linear probing */
	uint32_t	nslots;		/* a power of two */
	size_t		memory;		/* of lists and maps, bytes */
};

void	pcb_dest_init(struct pcb_dest_table *);
void	pcb_dest_fini(struct pcb_dest_table *);
size_t	pcb_dest_memory(const struct pcb_dest_table *);

/* The destination, or NULL where no port is connected to it. */
struct pcb_dest *pcb_dest_find(const struct pcb_dest_table *,
	    uint16_t laddr_idx, uint32_t faddr, uint16_t fport);

/* The number of one that there is. */
uint32_t pcb_dest_number(const struct pcb_dest_table *, uint16_t laddr_idx,
	    uint32_t faddr, uint16_t fport);

/* Is `port' connected to it?  d may be NULL. */
bool	pcb_dest_has(const struct pcb_dest *, unsigned port);

/* Its count ports, unless it is big; in no order. */
const uint16_t *pcb_dest_list(const struct pcb_dest *);

/*
 * Must not, must be there.
 *
 * Returns:	the destination's number, as long as it has a port: whoever
 *		keeps it spares its removal the way through the hash.
 */
uint32_t pcb_dest_add(struct pcb_dest_table *, uint16_t laddr_idx,
	    uint32_t faddr, uint16_t fport, uint16_t port);
void	pcb_dest_remove(struct pcb_dest_table *, uint32_t number,
	    uint16_t port);

#endif /* !MODELS_PCB_DEST_H */
