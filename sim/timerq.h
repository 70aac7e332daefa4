/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Many timers in any order: a monotone radix heap.
 *
 * Theory:	no timer is ever added before the last one taken, so a timer
 *		may lie in the bucket of the highest bit in which its time
 *		differs from that one's.  Taking the earliest moves the timers
 *		of one bucket, once, each to a lower bucket: a timer moves at
 *		most 63 times in its life, two or three in practice, and
 *		always in sequence, so that the cost hardly grows from a
 *		thousand timers to ten million.
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
	uint64_t	seq;
	uint64_t	payload;
};

struct timerq_bucket {
	struct timer	*timer;		/* timer[size] */
	uint64_t	count, size;
	uint64_t	first;		/* index of the earliest, if any */
	simtime		first_time;
};

struct timerq {
	struct timerq_bucket bucket[64];
	uint64_t	filled;		/* bit b: bucket[b] is not empty */
	uint64_t	front;		/* of bucket 0: already taken */
	uint64_t	count;
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

	if (q->count == 0)
		return (NULL);
	b = &q->bucket[__builtin_ctzll(q->filled)];
	return (&b->timer[b == q->bucket ? q->front : b->first]);
}

#endif /* !SIM_TIMERQ_H */
