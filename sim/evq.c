/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Winner tree: setting up; see evq.h.
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
}

void
evq_fini(struct evq *q)
{

	g_free(q->time);
}
