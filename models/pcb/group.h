/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Load-balancing groups: unconnected pcbs with SO_REUSEPORT_LB that share a
 * local address and port.  Only a search for a free 4-tuple looks at them.
 */

#ifndef MODELS_PCB_GROUP_H
#define	MODELS_PCB_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define	PCB_GROUP_MAX	256		/* INPCBLBGROUP_SIZMAX */

struct pcb_group {
	uint32_t	laddr;		/* 0: * */
	uint16_t	lport;
	uint16_t	count;		/* members */
	uint16_t	shown;		/* of these, found by lookups */
	uint32_t	next;		/* in the bucket, or free list */
};

struct pcb_groups {
	struct pcb_group *group;	/* group[size] */
	uint32_t	size, used, free;
	uint32_t	*head;		/* head[mask + 1]; NULL: no group yet */
	uint32_t	mask;
	bool		pending;	/* members are shown by listen(2) */
};

enum pcb_group_change {
	PCB_GROUP_SAME,
	PCB_GROUP_REFUSED,		/* full: not a member */
	PCB_GROUP_BORN,			/* its first member joined */
	PCB_GROUP_GONE			/* its last member left */
};

/*
 * porthashsize	a power of two
 * pending	a member is not found before it listens
 */
void	pcb_group_init(struct pcb_groups *, uint32_t porthashsize,
	    bool pending);
void	pcb_group_fini(struct pcb_groups *);
size_t	pcb_group_memory(const struct pcb_groups *);

/* listens: it has called listen(2), or leaves having done so. */
enum pcb_group_change pcb_group_join(struct pcb_groups *, uint32_t laddr,
	    uint16_t lport, bool listens);
enum pcb_group_change pcb_group_leave(struct pcb_groups *, uint32_t laddr,
	    uint16_t lport, bool listens);

/* A member listens from now on. */
void	pcb_group_show(struct pcb_groups *, uint32_t laddr, uint16_t lport);

/*
 * Does a lookup of (laddr, lport) end at a group?  The one of that address, if
 * there is one, answers alone, even if nobody in it listens.
 */
bool	pcb_group_answers(const struct pcb_groups *, uint32_t laddr,
	    uint16_t lport);

#endif /* !MODELS_PCB_GROUP_H */
