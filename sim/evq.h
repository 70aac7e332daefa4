/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Winner tree: a tournament over a fixed number of slots, each with the key
 * (time, sequence) of its one future event, or idle.
 *
 * Theory:	the leaves are the slots; each inner node holds the key that
 *		wins below it, so the root is the next event.  Changing a slot
 *		replays its matches on the way up.  Who is met on the way
 *		depends on the slot alone, so all siblings can be loaded at
 *		once: that is why nodes hold whole keys and not the number of
 *		a slot.  The earlier time is a minimum, one comparison a level
 *		on the critical path; whose it is follows beside it.  Only two
 *		events at the same time look at their sequence, in a branch
 *		that is hardly ever taken.
 *
 *		Overwriting is as cheap as scheduling, so there are no
 *		handles, no tombstones and no allocation.
 */

#ifndef SIM_EVQ_H
#define	SIM_EVQ_H

#include <stddef.h>
#include <stdint.h>

#include "sim/time.h"

/* Sequence numbers take the upper 48 bits of a tag, the slot the lower 16. */
#define	EVQ_SLOT_BITS	16
#define	EVQ_MAXSEQ	(UINT64_MAX >> EVQ_SLOT_BITS)
#define	EVQ_TAG(seq, slot)	((seq) << EVQ_SLOT_BITS | (slot))

/* Idle slots tie in time; with equal tags it does not matter who wins. */
#define	EVQ_IDLE_TAG	UINT64_MAX
#define	EVQ_EMPTY_TAG	(UINT64_MAX - 1)	/* a queue of none is idle */

/*
 * Node 1 is the root, i's children are 2i and 2i + 1, slots are the last.
 * There need not be a power of two of them: the first are a level nearer then.
 * Nothing is earlier than node 0, where a way up ends.
 */
struct evq {
	unsigned	nleaves;	/* >= 2 */
	simtime		*time;		/* time[2 * nleaves]; SIM_NEVER: idle */
	uint64_t	*tag;		/* tag[2 * nleaves]; in time's memory */
	uint64_t	*leaf_tag;	/* tag[nleaves], a slot's */
};

void	evq_init(struct evq *, unsigned nslots);
void	evq_fini(struct evq *);

/* The slot that is due first, if its time is not SIM_NEVER. */
static inline unsigned
evq_first(const struct evq *q)
{

	return (q->tag[1] & ((1u << EVQ_SLOT_BITS) - 1));
}

static inline simtime
evq_first_time(const struct evq *q)
{

	return (q->time[1]);
}

static inline uint64_t
evq_first_tag(const struct evq *q)
{

	return (q->tag[1]);
}

/* When a slot is due. */
static inline simtime
evq_time(const struct evq *q, unsigned slot)
{

	return (q->time[q->nleaves + slot]);
}

static inline uint64_t
evq_tag(const struct evq *q, unsigned slot)
{

	return (q->leaf_tag[slot]);
}

/*
 * For time SIM_NEVER, `tag' must be EVQ_IDLE_TAG.  Locals and plain choices
 * between them, so that compilers make conditional moves of them.  From node
 * `i' on, which is to have this key.
 */
static inline void
evq_climb(struct evq *q, size_t i, simtime time, uint64_t tag)
{
	simtime rival_time, *times;
	uint64_t rival, *tags;

	times = q->time;
	tags = q->tag;
	for (; i > 1; i >>= 1) {
		times[i] = time;
		tags[i] = tag;
		rival_time = times[i ^ 1];
		rival = tags[i ^ 1];
		if (__builtin_expect(rival_time == time, 0)) {
			tag = rival < tag ? rival : tag;
			continue;
		}
		tag = rival_time < time ? rival : tag;
		time = rival_time < time ? rival_time : time;
	}
	times[1] = time;
	tags[1] = tag;
}

static inline void
evq_set(struct evq *q, unsigned slot, simtime time, uint64_t tag)
{

	evq_climb(q, (size_t)q->nleaves + slot, time, tag);
}

/*
 * The same, of a slot that is idle or was due later: what is above is changed
 * only as far as it loses.  An event that is not among the next is done after
 * two or three levels, and no sibling is read.
 */
void	evq_insert(struct evq *, unsigned slot, simtime time, uint64_t tag);

/* An idle slot loses to whomever it meets first. */
static inline void
evq_clear(struct evq *q, unsigned slot)
{
	size_t i;

	i = (size_t)q->nleaves + slot;
	q->time[i] = SIM_NEVER;
	q->tag[i] = EVQ_IDLE_TAG;
	evq_climb(q, i >> 1, q->time[i ^ 1], q->tag[i ^ 1]);
}

#endif /* !SIM_EVQ_H */
