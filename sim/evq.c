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
	unsigned i, step;

	for (q->nleaves = 2; q->nleaves < nslots; q->nleaves *= 2)
		continue;
	q->key = g_new(struct evq_key, q->nleaves);
	q->winner = g_new(uint32_t, q->nleaves);
	for (i = 0; i < q->nleaves; i++)
		q->key[i] = (struct evq_key){ SIM_NEVER, UINT64_MAX };
	/* All idle: the leftmost slot below a node wins. */
	for (step = 2; step <= q->nleaves; step *= 2)
		for (i = 0; i < q->nleaves / step; i++)
			q->winner[q->nleaves / step + i] = i * step;
}

void
evq_fini(struct evq *q)
{

	g_free(q->key);
	g_free(q->winner);
}
