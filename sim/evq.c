/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Winner tree: setting up, and the short way; see evq.h.
 */

#include <glib.h>

#include "sim/evq.h"

void
evq_init(struct evq *q, unsigned nslots)
{
	unsigned i;

	q->nleaves = nslots < 2 ? 2 : nslots;
	q->time = g_malloc_n(2 * q->nleaves, sizeof(*q->time) +
	    sizeof(*q->tag));
	q->tag = (uint64_t *)(q->time + 2 * q->nleaves);
	for (i = 0; i < 2 * q->nleaves; i++) {
		q->time[i] = SIM_NEVER;
		q->tag[i] = EVQ_IDLE_TAG;
	}
	q->time[0] = -1;
	q->leaf_tag = q->tag + q->nleaves;
}

void
evq_insert(struct evq *q, unsigned slot, simtime time, uint64_t tag)
{
	simtime *times;
	uint64_t *tags;
	size_t i;

	times = q->time;
	tags = q->tag;
	i = (size_t)q->nleaves + slot;
	do {
		times[i] = time;
		tags[i] = tag;
		i >>= 1;
	} while (time < times[i] || __builtin_expect(time == times[i] &&
	    tag < tags[i], 0));
}

void
evq_fini(struct evq *q)
{

	g_free(q->time);
}
