/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Monotone radix heap of timers; see timerq.h.
 */

#include <string.h>

#include <glib.h>

#include "sim/kassert.h"
#include "sim/timerq.h"

/* Buckets below this many timers are not worth the memory of a large one. */
#define	TIMERQ_REUSE	1024

/*
 * A bucket that is empty is not wanted again before its digit comes round,
 * while the next one grows: give it the memory.
 */
static void
timerq_retire(struct timerq *q, struct timerq_bucket *b)
{
	struct timer *timer;
	uint64_t size;

	if (b->size <= q->spare_size)
		return;
	timer = q->spare;
	size = q->spare_size;
	q->spare = b->timer;
	q->spare_size = b->size;
	b->timer = timer;
	b->size = size;
}

static void
timerq_grow(struct timerq *q, struct timerq_bucket *b)
{

	if (b->size >= TIMERQ_REUSE && q->spare_size > b->size) {
		memcpy(q->spare, b->timer, b->count * sizeof(*b->timer));
		g_free(b->timer);
		b->timer = q->spare;
		b->size = q->spare_size;
		q->spare = NULL;
		q->spare_size = 0;
		return;
	}
	b->size = MAX(2 * b->size, 16);
	b->timer = g_renew(struct timer, b->timer, b->size);
}

static inline void
timerq_append(struct timerq *q, const struct timer *t)
{
	struct timerq_bucket *b;
	unsigned digit, value;

	/* Equal times differ, if you like, in the lowest bit. */
	digit = (63 - (unsigned)__builtin_clzll((uint64_t)(t->time ^
	    q->last) | 1)) / TIMERQ_BITS;
	value = (unsigned)(t->time >> digit * TIMERQ_BITS) &
	    (TIMERQ_VALUES - 1);
	b = &q->bucket[digit][value];
	if (__builtin_expect(b->count == b->size, 0))
		timerq_grow(q, b);
	/* Strictly: of equal times the first stays the first. */
	if (b->count == 0 || t->time < b->first_time) {
		b->first = b->count;
		b->first_time = t->time;
	}
	b->timer[b->count++] = *t;
	q->values[digit] |= 1u << value;
	q->digits |= 1u << digit;
}

void
timerq_push(struct timerq *q, struct timer t)
{

	KASSERT(t.time >= q->last, ("timer at %jd, after %jd",
	    (intmax_t)t.time, (intmax_t)q->last));
	timerq_append(q, &t);
	q->count++;
}

/* The lowest bucket is empty now. */
static void
timerq_empty(struct timerq *q, struct timerq_bucket *b, unsigned digit)
{

	b->count = 0;
	q->values[digit] &= q->values[digit] - 1;
	if (q->values[digit] == 0)
		q->digits &= ~(1u << digit);
}

/* Take the earliest of a bucket, move the others to the digits below. */
static struct timer
timerq_spread(struct timerq *q, struct timerq_bucket *b, unsigned digit)
{
	struct timer t;
	uint64_t first, i, n;

	n = b->count;
	first = b->first;
	t = b->timer[first];
	q->last = t.time;
	timerq_empty(q, b, digit);
	for (i = 0; i < first; i++)
		timerq_append(q, &b->timer[i]);
	for (i++; i < n; i++)
		timerq_append(q, &b->timer[i]);
	if (n >= TIMERQ_REUSE)
		timerq_retire(q, b);
	return (t);
}

struct timer
timerq_pop(struct timerq *q)
{
	struct timerq_bucket *b;
	struct timer t;
	unsigned digit;

	KASSERT(q->count > 0, ("no timer to pop"));
	q->count--;
	digit = (unsigned)__builtin_ctz(q->digits);
	b = &q->bucket[digit][__builtin_ctz(q->values[digit])];
	if (digit > 0)
		return (timerq_spread(q, b, digit));
	t = b->timer[q->front++];
	q->last = t.time;
	if (q->front == b->count) {
		q->front = 0;
		timerq_empty(q, b, 0);
	}
	return (t);
}

void
timerq_fini(struct timerq *q)
{
	unsigned digit, value;

	for (digit = 0; digit < TIMERQ_DIGITS; digit++)
		for (value = 0; value < TIMERQ_VALUES; value++)
			g_free(q->bucket[digit][value].timer);
	g_free(q->spare);
}
