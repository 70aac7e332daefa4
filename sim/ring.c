/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Ring of timers; see ring.h.
 */

#include <glib.h>

#include "sim/ring.h"

void
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
ring_fini(struct ring *r)
{

	g_free(r->timer);
}
