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

/*
 * Node 1 is the root, i's children are 2i and 2i + 1, slots are the last.
 * There need not be a power of two of them: the first are a level nearer then.
 */
struct evq {
	unsigned	nleaves;	/* >= 2 */
	simtime		*time;		/* time[2 * nleaves]; SIM_NEVER: idle */
	uint64_t	*tag;		/* tag[2 * nleaves]; in time's memory */
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

/* When a slot is due. */
static inline simtime
evq_time(const struct evq *q, unsigned slot)
{

	return (q->time[q->nleaves + slot]);
}

static inline uint64_t
evq_seq(const struct evq *q, unsigned slot)
{

	return (q->tag[q->nleaves + slot] >> EVQ_SLOT_BITS);
}

/* The earliest time of all slots but this one. */
static inline simtime
evq_others_time(const struct evq *q, unsigned slot)
{
	simtime first, rival;
	size_t i;

	first = SIM_NEVER;
	for (i = (size_t)q->nleaves + slot; i > 1; i >>= 1) {
		rival = q->time[i ^ 1];
		first = rival < first ? rival : first;
	}
	return (first);
}

/*
 * For time SIM_NEVER, `tag' must be EVQ_IDLE_TAG.  Locals and plain choices
 * between them, so that compilers make conditional moves of them.
 */
static inline void
evq_put(struct evq *q, unsigned slot, simtime time, uint64_t tag)
{
	simtime rival_time, *times;
	uint64_t rival, *tags;
	size_t i;

	times = q->time;
	tags = q->tag;
	for (i = (size_t)q->nleaves + slot; i > 1; i >>= 1) {
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
evq_set(struct evq *q, unsigned slot, simtime time, uint64_t seq)
{

	evq_put(q, slot, time, EVQ_TAG(seq, slot));
}

static inline void
evq_clear(struct evq *q, unsigned slot)
{

	evq_put(q, slot, SIM_NEVER, EVQ_IDLE_TAG);
}

#endif /* !SIM_EVQ_H */
