/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who is in the way of (laddr, lport), and how much: the kernel's score; and a
 * hash of (laddr, lport) for those who have one (laddr_hashed).
 *
 * Models:	the scores of in_pcblookup_local(), sys/netinet/in_pcb.c,
 *		FreeBSD 11 to 16; the hash is no kernel's but, as bhash2,
 *		Linux'.
 */

#ifndef MODELS_PCB_LOCAL_H
#define	MODELS_PCB_LOCAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/net/rule.h"
#include "models/pcb/exact.h"

/* The best of those that were looked at. */
struct pcb_best {
	uint32_t	pcb;
	int		score;		/* 0: none is better */
};

#define	PCB_BEST_NONE	{ PCB_NONE, 3 }

/* Is it in the way?  If it is better than the best so far, it is the best. */
static inline bool
pcb_best_is(struct pcb_best *b, const struct port_query *q,
    const struct pcb *p, uint32_t idx)
{
	int score;

	score = pcb_connected(p);
	if (p->laddr != q->laddr) {
		if (p->laddr != NET_ANY && q->laddr != NET_ANY)
			return (false);
		score++;
	}
	if (score < b->score)
		*b = (struct pcb_best){ idx, score };
	return (true);
}

struct pcb_local {
	const struct pcb_pool *pool;
	struct pcb_exact lists;		/* lists.head == NULL: not used */
};

void	pcb_local_init(struct pcb_local *, const struct pcb_pool *,
	    uint32_t nbuckets);
void	pcb_local_fini(struct pcb_local *);
size_t	pcb_local_memory(const struct pcb_local *);
void	pcb_local_enter(struct pcb_local *, uint32_t pcb);
void	pcb_local_leave(struct pcb_local *, uint32_t pcb);

/*
 * The best pcb on (q->laddr, lport), q->laddr not *, or PCB_NONE: in the bucket
 * of the address, then in that of *, both whole.
 */
uint32_t pcb_local_best(const struct pcb_local *, const struct port_query *,
	    uint16_t lport, uint64_t *visits);

#endif /* !MODELS_PCB_LOCAL_H */
