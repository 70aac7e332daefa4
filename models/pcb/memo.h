/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What looking at candidates came to, remembered until their lists change:
 * the search by index for kernels whose lookup ends at the first match, so
 * that the order of a list decides what is visited.
 *
 * Theory:	a candidate is looked at by walking its list, as the kernel
 *		does.  What that visited, and whether the candidate is free,
 *		stays true until something on the list changes; a clock counts
 *		these changes, for each candidate, for each block of 64 and
 *		for each of 4096.  A search that meets a block as it was, with
 *		nothing free in it, passes over it with one comparison.  So
 *		the search that fails a second time costs 16 comparisons, and
 *		after some changes in between these few candidates.
 *
 *		Candidates are known by their place, 0 to 65535, in the order
 *		in which they are tried: the port, or where a kernel tries
 *		every n-th port, wherever those are neighbours.
 */

#ifndef MODELS_PCB_MEMO_H
#define	MODELS_PCB_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define	PCB_PLACE_NONE	65536u

/* When the lists of candidates changed; begins at 1. */
struct pcb_clock {
	uint32_t	place[65536];
	uint32_t	block[1024];	/* of 64 places */
	uint32_t	area[16];	/* of 4096 */
	uint64_t	all;
};

void	pcb_clock_init(struct pcb_clock *);

static inline void
pcb_clock_tick(struct pcb_clock *c, unsigned place)
{

	c->place[place]++;
	c->block[place / 64]++;
	c->area[place / 4096]++;
	c->all++;
}

/* What is asked of a candidate; all fields are compared. */
struct pcb_question {
	uint32_t	laddr, faddr;
	uint16_t	fport;
	uint8_t		rule;		/* the family's */
};

/* Look at one candidate; adds the nodes of its list to *visits. */
typedef bool pcb_look(const void *arg, const struct pcb_question *,
	    unsigned place, uint64_t *visits);

struct pcb_memo;

struct pcb_memos {
	const struct pcb_clock *clock;
	pcb_look	*look;		/* is it free? */
	const void	*arg;
	struct pcb_memo	*recent;	/* latest first */
	unsigned	count;
	size_t		areas, fulls;	/* that are remembered */
};

/* The clock must outlive it. */
void	pcb_memos_init(struct pcb_memos *, const struct pcb_clock *,
	    pcb_look *, const void *arg);
void	pcb_memos_fini(struct pcb_memos *);
size_t	pcb_memos_memory(const struct pcb_memos *);

/*
 * The first free candidate of [lo, hi], or PCB_PLACE_NONE; adds what looking
 * at it and at all before it visits.
 */
unsigned pcb_memos_first(struct pcb_memos *, const struct pcb_question *,
	    unsigned lo, unsigned hi, uint64_t *visits);

/* What a range came to that had nothing free. */
struct pcb_full {
	unsigned	lo, hi;
	uint64_t	portlist;	/* nodes of lists */
	uint64_t	porthash;	/* .. and on the way to them */
};

/*
 * Is it known, without looking, that full's [lo, hi] has nothing free?  Then it
 * gets what that visits.
 *
 * slot		numbers the ranges that a family asks about, from 0
 */
bool	pcb_memos_full(struct pcb_memos *, const struct pcb_question *,
	    unsigned slot, struct pcb_full *full);

/* It has none, as the tables are now. */
void	pcb_memos_is_full(struct pcb_memos *, const struct pcb_question *,
	    unsigned slot, const struct pcb_full *);

/* How many of [lo, hi] are free. */
unsigned pcb_memos_count(struct pcb_memos *, const struct pcb_question *,
	    unsigned lo, unsigned hi);

#endif /* !MODELS_PCB_MEMO_H */
