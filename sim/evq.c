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
	unsigned i, slot;

	for (q->nleaves = 2; q->nleaves < nslots; q->nleaves *= 2)
		continue;
	q->node = g_new(struct evq_key, 2 * q->nleaves);
	/* All idle: the leftmost slot below a node wins. */
	for (i = 2 * q->nleaves; i-- > 0;) {
		for (slot = i; slot > 0 && slot < q->nleaves;)
			slot *= 2;
		q->node[i] = (struct evq_key){ SIM_NEVER,
		    EVQ_TAG(EVQ_MAXSEQ, slot & (q->nleaves - 1)) };
	}
}

void
evq_fini(struct evq *q)
{

	g_free(q->node);
}
