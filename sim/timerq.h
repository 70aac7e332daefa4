/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Many timers in any order: a monotone radix heap.
 *
 * Theory:	no timer is ever added before the last one taken, so a timer
 *		may lie in a bucket chosen by the highest digit (four bits) in
 *		which its time differs from that one's, and by that digit.
 *		Taking the earliest moves the timers of one bucket, once, each
 *		to a lower digit: a timer moves at most 15 times in its life,
 *		a few times in practice, and always in sequence, so that the
 *		cost hardly grows from a thousand timers to ten million.
 *
 *		A bucket is a chain of blocks.  One that was read to its end
 *		is the next that is written to, so it is in a cache still, and
 *		a bucket keeps one block, not what it once held.  While one is
 *		read the next is fetched: memory takes as long as a hundred
 *		timers do.
 *
 *		The earliest is known without being taken (the clock must see
 *		it): each bucket remembers its earliest timer, and the lowest
 *		bucket in use has the earliest of all.
 *
 *		Timers of equal time always share a bucket and keep their
 *		order in it, so they come out in the order of their sequence.
 */

#ifndef SIM_TIMERQ_H
#define	SIM_TIMERQ_H

#include <stddef.h>
#include <stdint.h>

#include "sim/time.h"

struct timer {
	simtime		time;
	uint64_t	seq;		/* or tag: the user's, kept */
	uint64_t	payload;
};

#define	TIMERQ_BITS	4
#define	TIMERQ_DIGITS	16
#define	TIMERQ_VALUES	(1u << TIMERQ_BITS)

/*
 * Timers in a block: of a queue of few 256 bytes with its head, so that a
 * thousand queues do not take a page for each bucket; of one of many 8 KiB.
 */
#define	TIMERQ_FEW	10
#define	TIMERQ_MANY	340
#define	TIMERQ_CROWD	2048		/* from so many timers on: of many */

struct timerq_block {
	struct timerq_block *next;
	uint64_t	size;		/* TIMERQ_FEW or TIMERQ_MANY */
	struct timer	timer[];	/* timer[size] */
};

/* Blocks of one size. */
struct timerq_pool {
	struct timerq_block *spare;	/* chain of those given back */
	char		*fresh, *end;	/* memory of those never used */
	uint32_t	nblocks;	/* in all slabs */
};

/* Blocks that were asked for at once. */
struct timerq_slab {
	struct timerq_slab *next;
	uint64_t	align;
	char		blocks[];
};

/* All NULL: empty.  Every block but the tail is full. */
struct timerq_bucket {
	struct timerq_block *head, *tail;
	struct timer	*free, *end;	/* what of the tail is not used */
	struct timer	*first;		/* the earliest */
	simtime		first_time;
};

struct timerq {
	struct timerq_bucket bucket[TIMERQ_DIGITS][TIMERQ_VALUES];
	uint32_t	digits;		/* bit d: values[d] is not 0 */
	uint32_t	values[TIMERQ_DIGITS];	/* bit v: bucket[d][v] in use */
	/*
	 * A bucket of digit 0 has timers of one time only.  Of the head of
	 * the lowest those before this index have been taken.
	 */
	uint64_t	front;
	uint64_t	count;
	struct timerq_pool few, many;
	struct timerq_slab *slabs;
	simtime		last;		/* time of the last one taken */
};

/*
 * Add a timer; its time is not before that of the last one taken.  All zero
 * is an empty queue.
 */
void	timerq_push(struct timerq *, struct timer);
/* The earliest; only if there is one. */
struct timer timerq_pop(struct timerq *);
void	timerq_fini(struct timerq *);

/* The earliest, or NULL; borrowed until the next change. */
static inline const struct timer *
timerq_first(const struct timerq *q)
{
	const struct timerq_bucket *b;
	unsigned digit;

	if (q->count == 0)
		return (NULL);
	digit = (unsigned)__builtin_ctz(q->digits);
	b = &q->bucket[digit][__builtin_ctz(q->values[digit])];
	return (digit == 0 ? &b->head->timer[q->front] : b->first);
}

#endif /* !SIM_TIMERQ_H */
