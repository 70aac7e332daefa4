/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A pcb of the kernel's size, the head of a port's list, and the links of
 * both: what is walked against a clock (study/calibrate/nodes.h,
 * study/live/table.h).
 */

#ifndef STUDY_CALIBRATE_NODE_H
#define	STUDY_CALIBRATE_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define	CALIBRATE_NODES_SIZE	488	/* bytes of a pcb */
#define	NODE_IPV4		0x1	/* node.vflag */

struct node;
struct port_head;

struct node_link {
	struct node	*next;
	struct node	**prev;
};

/* What a visit reads of a credential: shared by all, so always at hand. */
struct node_cred {
	const void	*prison;
};

/* The fields that are read, on about the lines where the kernel has them. */
struct node {
	struct node_link hash;
	char		pad1[120];
	const struct node_cred *cred;
	uint8_t		vflag;
	char		pad2[71];
	uint16_t	fport;
	uint16_t	lport;
	uint32_t	faddr;
	uint32_t	laddr;
	uint16_t	zero;		/* always */
	char		pad3[106];
	struct node_link port;
	struct port_head *head;
	char		pad4[112];
	struct node_link list;
};

_Static_assert(sizeof(void *) != 8 ||
    sizeof(struct node) == CALIBRATE_NODES_SIZE, "a pcb has the kernel's size");

struct port_head {
	struct port_head *next;
	struct port_head **prev;
	struct node	*pcbs;
	uint16_t	port;
	char		pad[30];	/* to what malloc(9) gives for it */
};

static inline void
link_insert(struct node **head, struct node *n, size_t offset)
{
	struct node_link *l, *first;

	l = (struct node_link *)(void *)((char *)n + offset);
	l->next = *head;
	l->prev = head;
	if (*head != NULL) {
		first = (struct node_link *)(void *)((char *)*head + offset);
		first->prev = &l->next;
	}
	*head = n;
}

static inline void
link_remove(struct node *n, size_t offset)
{
	struct node_link *l, *after;

	l = (struct node_link *)(void *)((char *)n + offset);
	if (l->next != NULL) {
		after = (struct node_link *)(void *)((char *)l->next + offset);
		after->prev = l->prev;
	}
	*l->prev = l->next;
}

/* Where a search stands. */
struct node_walk {
	uint64_t	visits;
	const struct node *last;	/* visited of this candidate */
};

/*
 * Does anybody on a port's list hold it on any address, or on `laddr'?  The
 * best match decides, so the whole list is walked unless one fits exactly.
 */
static inline bool
node_list_holds(const struct node *n, const struct node_cred *cred,
    uint32_t laddr, struct node_walk *w)
{
	const struct node *match;
	int best, score;

	match = NULL;
	best = 9;
	for (; n != NULL; n = n->port.next) {
		w->visits++;
		w->last = n;
		if (n->cred->prison != cred->prison ||
		    (n->vflag & NODE_IPV4) == 0)
			continue;
		score = n->faddr != 0;
		if (n->laddr != 0 && laddr != 0 && n->laddr != laddr)
			continue;
		if ((n->laddr == 0) != (laddr == 0))
			score++;
		if (score >= best)
			continue;
		best = score;
		match = n;
		if (score == 0)
			break;
	}
	return (match != NULL);
}

#endif /* !STUDY_CALIBRATE_NODE_H */
