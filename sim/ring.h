/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Timers that are added in the order of their times (a constant delay): a
 * queue in an array that grows and is never copied otherwise.
 */

#ifndef SIM_RING_H
#define	SIM_RING_H

#include <stddef.h>
#include <stdint.h>

#include "sim/kassert.h"
#include "sim/timerq.h"

/* All zero is an empty ring. */
struct ring {
	struct timer	*timer;		/* timer[size] */
	uint64_t	size;		/* a power of two, or 0 */
	uint64_t	head, tail;	/* ever taken, ever put */
};

void	ring_fini(struct ring *);
/* For ring_put(): make room for more. */
void	ring_grow(struct ring *);

static inline uint64_t
ring_count(const struct ring *r)
{

	return (r->tail - r->head);
}

/* Add a timer; its time is not before the last one's that is still in. */
static inline void
ring_put(struct ring *r, struct timer t)
{

	if (ring_count(r) == r->size)
		ring_grow(r);
	KASSERT(ring_count(r) == 0 ||
	    r->timer[(r->tail - 1) & (r->size - 1)].time <= t.time,
	    ("ring out of order at %jd", (intmax_t)t.time));
	r->timer[r->tail++ & (r->size - 1)] = t;
}

/* The oldest; only if there is one. */
static inline struct timer
ring_take(struct ring *r)
{

	KASSERT(ring_count(r) > 0, ("no timer to take"));
	return (r->timer[r->head++ & (r->size - 1)]);
}

/* The oldest, or NULL; borrowed until the next change. */
static inline const struct timer *
ring_first(const struct ring *r)
{

	return (r->head == r->tail ? NULL :
	    &r->timer[r->head & (r->size - 1)]);
}

#endif /* !SIM_RING_H */
