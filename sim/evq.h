/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Winner tree: a tournament over a fixed number of slots, each with the key
 * (time, sequence) of its one future event, or idle.
 *
 * Theory:	the leaves are the slots; each inner node names the slot that
 *		wins below it, so the root names the next event.  Changing a
 *		slot replays its matches on the way up: log2(n) comparisons,
 *		each against a sibling whose winner is already known.
 *		Overwriting is as cheap as scheduling, so there are no
 *		handles, no tombstones and no allocation.
 */

#ifndef SIM_EVQ_H
#define	SIM_EVQ_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/time.h"

struct evq_key {
	simtime		time;		/* SIM_NEVER: idle */
	uint64_t	seq;
};

struct evq {
	unsigned	nleaves;	/* power of two */
	struct evq_key	*key;		/* key[nleaves], by slot */
	uint32_t	*winner;	/* winner[1 .. nleaves - 1]: slots */
};

void	evq_init(struct evq *, unsigned nslots);
void	evq_fini(struct evq *);

/* The slot that is due first; check its key for SIM_NEVER. */
static inline unsigned
evq_first(const struct evq *q)
{

	return (q->winner[1]);
}

/*
 * Who wins a match is a coin toss, so the comparison and what follows from it
 * are arithmetic, not branches.
 */
static inline void
evq_set(struct evq *q, unsigned slot, simtime time, uint64_t seq)
{
	const struct evq_key *k;
	uint32_t best, rival;
	unsigned i;
	bool lost;

	q->key[slot] = (struct evq_key){ time, seq };
	best = slot;
	rival = slot ^ 1;
	for (i = (q->nleaves + slot) >> 1;; i >>= 1) {
		k = &q->key[rival];
		lost = (k->time < time) | ((k->time == time) & (k->seq < seq));
		best = lost ? rival : best;
		time = lost ? k->time : time;
		seq = lost ? k->seq : seq;
		q->winner[i] = best;
		if (i == 1)
			return;
		rival = q->winner[i ^ 1];
	}
}

#endif /* !SIM_EVQ_H */
