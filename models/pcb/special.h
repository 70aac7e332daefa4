/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Specials: the unconnected pcbs (listening, or bound only).  A lookup may
 * stop at one of them, so their places in the lists are kept; they are few.
 */

#ifndef MODELS_PCB_SPECIAL_H
#define	MODELS_PCB_SPECIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/pcb/pcb.h"

#define	SPECIAL_END	0u		/* chains hold number + 1 */

struct pcb_special {
	uint32_t	pcb;
	uint32_t	port_next;	/* on its port, newest first */
	uint32_t	port_ahead;	/* nodes before it, its port's list */
	uint32_t	bucket_next;	/* in its bucket, in the walk's order */
	uint32_t	bucket_ahead;	/* nodes before it; unless split */
};

struct pcb_specials {
	const struct pcb_pool *pool;
	bool		split;		/* unconnected pcbs have a table */
	struct pcb_special *special;	/* special[size], [0] is not used */
	uint32_t	size, used, free;
	/* Heads of chains, each of meaning only where its bit is set. */
	uint32_t	*port_head;	/* port_head[65536] */
	uint64_t	port_any[65536 / 64];
	uint32_t	*bucket_head;	/* bucket_head[nbuckets] */
	uint64_t	*bucket_any;
	uint32_t	nbuckets;
};

void	pcb_special_init(struct pcb_specials *, const struct pcb_pool *,
	    bool split, uint32_t nbuckets);
void	pcb_special_fini(struct pcb_specials *);
size_t	pcb_special_memory(const struct pcb_specials *);

/*
 * The pcb, unconnected, enters at the head of its port's list and in its
 * bucket.  Returns the nodes that a split layout visits to find its place.
 */
uint32_t pcb_special_add(struct pcb_specials *, uint32_t pcb,
	    uint32_t bucket);
void	pcb_special_drop(struct pcb_specials *, uint32_t pcb,
	    uint32_t bucket);

/*
 * Another pcb enters at the head of the list that `port' is on, or one leaves
 * it; its own port may be another of that list.
 */
void	pcb_special_port_enter(struct pcb_specials *, uint16_t port);
void	pcb_special_port_leave(struct pcb_specials *, const struct pcb *,
	    uint16_t port);
void	pcb_special_bucket_enter(struct pcb_specials *, uint32_t bucket);
void	pcb_special_bucket_leave(struct pcb_specials *, const struct pcb *,
	    uint32_t bucket);

/* The first on the port (with that laddr), or NULL. */
const struct pcb_special *pcb_special_first(const struct pcb_specials *,
	    uint16_t port);
const struct pcb_special *pcb_special_with(const struct pcb_specials *,
	    uint16_t port, uint32_t laddr);

/*
 * Along the bucket to the first with (laddr, port); NULL if there is none.
 * nodes	[out] visited up to and with it; not set where there is none
 */
const struct pcb_special *pcb_special_in_bucket(const struct pcb_specials *,
	    uint32_t bucket, uint16_t port, uint32_t laddr, uint32_t *nodes);

#endif /* !MODELS_PCB_SPECIAL_H */
