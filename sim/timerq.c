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

static inline void
timerq_append(struct timerq *q, struct timer t)
{
	struct timerq_bucket *b;
	unsigned i;

	i = timerq_bucket_of(q, t.time);
	b = &q->bucket[i];
	if (b->count == b->size) {
		b->size = MAX(2 * b->size, 16);
		b->timer = g_renew(struct timer, b->timer, b->size);
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
	if (q->count++ == 0 || t.time < q->head.time)
		q->head = t;
}

/* Empty the bucket that holds the head into those below it. */
static void
timerq_spread(struct timerq *q)
{
	struct timerq_bucket *b;
	uint64_t i, n;
	unsigned low;

	low = timerq_bucket_of(q, q->head.time);
	q->last = q->head.time;
	if (low == 0)
		return;
	b = &q->bucket[low];
	n = b->count;
	b->count = 0;
	q->filled &= ~((uint64_t)1 << low);
	for (i = 0; i < n; i++)
		timerq_append(q, b->timer[i]);
}

/* Of bucket 0 the first; else the least of the lowest bucket in use. */
static void
timerq_find_head(struct timerq *q)
{
	const struct timerq_bucket *b;
	uint64_t best, i;

	b = &q->bucket[0];
	if (q->front < b->count) {
		q->head = b->timer[q->front];
		return;
	}
	b = &q->bucket[__builtin_ctzll(q->filled)];
	for (best = 0, i = 1; i < b->count; i++)
		if (b->timer[i].time < b->timer[best].time)
			best = i;
	q->head = b->timer[best];
}

struct timer
timerq_pop(struct timerq *q)
{
	struct timer t;

	KASSERT(q->count > 0, ("no timer to pop"));
	timerq_spread(q);
	t = q->bucket[0].timer[q->front++];
	KASSERT(t.seq == q->head.seq, ("the head is not the first"));
	if (q->front == q->bucket[0].count) {
		q->front = q->bucket[0].count = 0;
		q->filled &= ~(uint64_t)1;
	}
	if (--q->count > 0)
		timerq_find_head(q);
	return (t);
}

void
timerq_fini(struct timerq *q)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(q->bucket); i++)
		g_free(q->bucket[i].timer);
}
