/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Protocol control blocks: what the kernel keeps of a TCP socket, as far as
 * the choice of a local port looks at it.  A pcb is named by its index in a
 * pool; the index is used again once the pcb is freed.
 */

#ifndef MODELS_PCB_PCB_H
#define	MODELS_PCB_PCB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define	PCB_NONE	UINT32_MAX
#define	PCB_CONNECTED	(PCB_NONE - 1)	/* "some connected pcb" */

/* pcb.flags */
#define	PCB_INHASH	0x01	/* in the tables */
#define	PCB_LISTENING	0x02
#define	PCB_INGROUP	0x04	/* in a load-balancing group */
#define	PCB_GROUPANY	0x08	/* .. that it joined with laddr * */
#define	PCB_FREE	0x10	/* on the pool's free list */

struct pcb {
	uint64_t	port_stamp;	/* order of entry, its port's list */
	uint64_t	hash_stamp;	/* .. its connection bucket */
	uint32_t	laddr;		/* network order; 0: * */
	uint32_t	faddr;		/* 0: not connected */
	uint16_t	lport;		/* host order; 0: not bound */
	uint16_t	fport;
	uint32_t	uid;
	uint32_t	special;	/* the index' record of it
					   (special.c), or, connected, of its
					   destination; free pcbs: the next
					   free one */
	uint16_t	laddr_idx;	/* the index' number of laddr */
	uint8_t		opts;		/* set of enum net_sockopt */
	uint8_t		flags;
};

_Static_assert(sizeof(struct pcb) == 40, "a pcb has grown");

struct pcb_pool {
	struct pcb	*pcb;		/* pcb[size] */
	uint32_t	size;
	uint32_t	used;		/* ever; the rest is untouched memory */
	uint32_t	free;		/* first free one or PCB_NONE */
	uint32_t	live;
	uint64_t	stamp;		/* last stamp given */
};

void	pcb_pool_init(struct pcb_pool *, size_t hint);
void	pcb_pool_fini(struct pcb_pool *);

/* A pcb with every field zero.  May move the others. */
uint32_t pcb_alloc(struct pcb_pool *);
void	pcb_release(struct pcb_pool *, uint32_t idx);

static inline struct pcb *
pcb_get(const struct pcb_pool *pool, uint32_t idx)
{

	return (&pool->pcb[idx]);
}

static inline bool
pcb_connected(const struct pcb *p)
{

	return (p->faddr != 0);
}

#endif /* !MODELS_PCB_PCB_H */
