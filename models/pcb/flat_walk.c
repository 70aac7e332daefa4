/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Flat tables, searched literally along the lists: the definition of what a
 * lookup finds and visits.
 *
 * Models:	in_pcblookup_port(), NetBSD; in_pcblookup_local_lock(),
 *		OpenBSD: the same but for the hash.
 */

#include "models/pcb/flat.h"

uint32_t
flat_walk_lookup(const struct flat *f, uint32_t laddr, uint16_t lport,
    bool wild, struct net_visits *v)
{
	const struct flat_pcb *p;
	unsigned best, differs;
	uint32_t i, match;

	best = 3;
	match = FLAT_NONE;
	for (i = f->head[flat_bucket(f, lport)]; i != FLAT_NONE;
	    i = f->link[i].next) {
		p = &f->pcb[i];
		if (p->lport != lport) {
			v->porthash++;
			continue;
		}
		v->portlist++;
		differs = flat_differs(p, laddr);
		if (differs >= best || (differs > 0 && !wild))
			continue;
		match = i;
		best = differs;
		if (best == 0)
			break;
	}
	return (match);
}

void
flat_walk_search(const struct flat *f, const struct flat_query *q,
    const struct flat_run *run, struct port_found *found)
{
	unsigned left;
	uint16_t port;

	*found = (struct port_found){ .lport = run->start };
	port = run->start;
	for (left = run->count; left > 0; left--) {
		found->iters++;
		found->lport = port;
		if ((q->skip == NULL || !port_set_has(q->skip, port)) &&
		    flat_walk_lookup(f, q->laddr, port, q->wild,
		    &found->visits) == FLAT_NONE) {
			found->found = true;
			return;
		}
		if (run->down)
			port = port == q->first ? q->last :
			    (uint16_t)(port - 1);
		else
			port = port == q->last ? q->first :
			    (uint16_t)(port + 1);
	}
}
