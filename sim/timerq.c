/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Monotone radix heap of timers; see timerq.h.
 */

#include <glib.h>

#include "sim/kassert.h"
#include "sim/timerq.h"

static inline unsigned
timerq_bucket_of(const struct timerq *q, simtime time)
{
	uint64_t differs;

	differs = (uint64_t)(time ^ q->last);
	return (differs == 0 ? 0 : 64 - (unsigned)__builtin_clzll(differs));
}

static void
timerq_grow(struct timerq_bucket *b)
{

	b->size = MAX(2 * b->size, 16);
	b->timer = g_renew(struct timer, b->timer, b->size);
}

static inline void
timerq_append(struct timerq *q, struct timer t)
{
	struct timerq_bucket *b;
	unsigned i;

	i = timerq_bucket_of(q, t.time);
	b = &q->bucket[i];
	if (__builtin_expect(b->count == b->size, 0))
		timerq_grow(b);
	/* Strictly: of equal times the first stays the first. */
	if (b->count == 0 || t.time < b->first_time) {
		b->first = b->count;
		b->first_time = t.time;
	}
	b->timer[b->count++] = t;
	q->filled |= (uint64_t)1 << i;
}

void
timerq_push(struct timerq *q, struct timer t)
{

	KASSERT(t.time >= q->last, ("timer at %jd, after %jd",
	    (intmax_t)t.time, (intmax_t)q->last));
	timerq_append(q, t);
	q->count++;
}

/* Empty the lowest bucket, in which the earliest is, into those below it. */
static void
timerq_spread(struct timerq *q, unsigned low)
{
	struct timerq_bucket *b;
	uint64_t i, n;

	b = &q->bucket[low];
	q->last = b->first_time;
	n = b->count;
	b->count = 0;
	q->filled &= ~((uint64_t)1 << low);
	for (i = 0; i < n; i++)
		timerq_append(q, b->timer[i]);
}

struct timer
timerq_pop(struct timerq *q)
{
	struct timer t;
	unsigned low;

	KASSERT(q->count > 0, ("no timer to pop"));
	low = (unsigned)__builtin_ctzll(q->filled);
	if (low > 0)
		timerq_spread(q, low);
	t = q->bucket[0].timer[q->front++];
	KASSERT(t.time == q->last, ("timer at %jd, taken at %jd",
	    (intmax_t)t.time, (intmax_t)q->last));
	if (q->front == q->bucket[0].count) {
		q->front = q->bucket[0].count = 0;
		q->filled &= ~(uint64_t)1;
	}
	q->count--;
	return (t);
}

void
timerq_fini(struct timerq *q)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(q->bucket); i++)
		g_free(q->bucket[i].timer);
}
