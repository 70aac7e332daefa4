/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who is the first on a port's list to be in the way: for a layout whose
 * searches end there (first_match), where the order of the lists decides what
 * is visited.
 *
 * Theory:	the lists themselves are kept, and walked; what a look at a
 *		port came to is remembered until its list changes (memo.h).
 */

#ifndef MODELS_PCB_FIRST_H
#define	MODELS_PCB_FIRST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/net/rule.h"
#include "models/pcb/exact.h"
#include "models/pcb/memo.h"

struct pcb_first {
	const struct pcb_pool *pool;
	struct pcb_exact lists;		/* by port & lists.mask */
	struct pcb_clock clock;		/* by port */
	struct pcb_memos memos;
};

/* nlists	of the port hash, each a list of all its ports; 65536: one a
 *		port */
struct pcb_first *pcb_first_new(const struct pcb_pool *, uint32_t nlists);
void	pcb_first_free(struct pcb_first *);
size_t	pcb_first_memory(const struct pcb_first *);

/* At the head of its port's list, and off it. */
void	pcb_first_enter(struct pcb_first *, uint32_t pcb);
void	pcb_first_leave(struct pcb_first *, uint32_t pcb);
/* Its address is another from now on. */
void	pcb_first_moved(struct pcb_first *, uint32_t pcb);

/* Is anybody in the way of (q->laddr, lport)?  Adds what is visited. */
bool	pcb_first_taken(const struct pcb_first *, const struct port_query *,
	    uint16_t lport, uint64_t *visits);

/*
 * What looking at the ports from lo on visits, up to the first that nobody is
 * in the way of, or to hi.
 */
uint64_t pcb_first_visits(struct pcb_first *, const struct port_query *,
	    unsigned lo, unsigned hi);

#endif /* !MODELS_PCB_FIRST_H */
