/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Ring of timers; see ring.h.
 */

#include <glib.h>

#include "sim/kassert.h"
#include "sim/ring.h"

static void
ring_grow(struct ring *r)
{
	struct timer *grown;
	uint64_t i, size;

	size = MAX(2 * r->size, 64);
	grown = g_new(struct timer, size);
	for (i = r->head; i != r->tail; i++)
		grown[i & (size - 1)] = r->timer[i & (r->size - 1)];
	g_free(r->timer);
	r->timer = grown;
	r->size = size;
}

void
ring_put(struct ring *r, struct timer t)
{

	if (ring_count(r) == r->size)
		ring_grow(r);
	KASSERT(ring_count(r) == 0 ||
	    r->timer[(r->tail - 1) & (r->size - 1)].time <= t.time,
	    ("ring out of order at %jd", (intmax_t)t.time));
	r->timer[r->tail++ & (r->size - 1)] = t;
}

struct timer
ring_take(struct ring *r)
{

	KASSERT(ring_count(r) > 0, ("no timer to take"));
	return (r->timer[r->head++ & (r->size - 1)]);
}

void
ring_fini(struct ring *r)
{

	g_free(r->timer);
}
