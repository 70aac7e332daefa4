/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * 4-ary heap of timers; see timerq.h.
 */

#include <stdbool.h>

#include <glib.h>

#include "sim/kassert.h"
#include "sim/timerq.h"

static inline bool
timer_before(const struct timer *a, const struct timer *b)
{

	if (__builtin_expect(a->time == b->time, 0))
		return (a->seq < b->seq);
	return (a->time < b->time);
}

void
timerq_push(struct timerq *q, struct timer t)
{
	uint64_t i, up;

	if (q->count == q->size) {
		q->size = MAX(2 * q->size, 64);
		q->heap = g_renew(struct timer, q->heap, q->size);
	}
	for (i = q->count++; i > 0; i = up) {
		up = (i - 1) / 4;
		if (!timer_before(&t, &q->heap[up]))
			break;
		q->heap[i] = q->heap[up];
	}
	q->heap[i] = t;
}

struct timer
timerq_pop(struct timerq *q)
{
	struct timer first, last;
	uint64_t best, end, i, kid;

	KASSERT(q->count > 0, ("no timer to pop"));
	first = q->heap[0];
	last = q->heap[--q->count];
	for (i = 0;; i = best) {
		kid = 4 * i + 1;
		if (kid >= q->count)
			break;
		end = MIN(kid + 4, q->count);
		for (best = kid++; kid < end; kid++)
			if (timer_before(&q->heap[kid], &q->heap[best]))
				best = kid;
		if (!timer_before(&q->heap[best], &last))
			break;
		q->heap[i] = q->heap[best];
	}
	q->heap[i] = last;
	return (first);
}

void
timerq_fini(struct timerq *q)
{

	g_free(q->heap);
}
