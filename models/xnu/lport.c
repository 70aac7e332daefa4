/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The search for a port.
 *
 * Theory:	one rover for all addresses, stepped before each look: up, or
 *		down where the range is given with its first port above its
 *		last.  As many candidates as the range has ports, each once.  A
 *		restricted port is a candidate that nobody looks up.  So a
 *		search is a few runs: from one restricted port to the next.
 *		A random start sets the rover first, to anything but the
 *		port before which it would step onto `first'; it takes the low
 *		16 bits of a draw, so low remainders are a little likelier.
 * Models:	the second half of in_pcbbind(), bsd/netinet/in_pcb.c,
 *		xnu-11417.101.15 (2025-05-01).
 * Left out:	IP_PORTRANGE_HIGH and _LOW, whose rovers are others; ports that
 *		a Skywalk flow has reserved (netns); SOF_BINDRANDOMPORT.
 */

#include <errno.h>

#include <glib.h>

#include "models/xnu/xnu.h"

static void
visits_add(struct net_visits *to, const struct net_visits *v)
{

	to->porthash += v->porthash;
	to->portlist += v->portlist;
	to->connhash += v->connhash;
}

/* Where the rover steps to. */
static uint16_t
first_candidate(const struct xnu *x, const struct port_query *q, bool down)
{
	uint16_t next;

	next = (uint16_t)(down ? x->lastport - 1 : x->lastport + 1);
	if (next < q->first || next > q->last)
		return (down ? q->last : q->first);
	return (next);
}

/* Candidates from the run's start up to the next restricted port, if any. */
static unsigned
unrestricted(const struct xnu *x, const struct port_query *q,
    const struct port_run *run)
{
	unsigned n, p;

	if (run->down) {
		p = port_set_prev(&x->restricted, q->first, run->start);
		n = run->start - q->first + 1u;
		if (p != PORT_NONE)
			n = run->start - p;
		else if ((p = port_set_prev(&x->restricted, q->first,
		    q->last)) != PORT_NONE)
			n += q->last - p;
		else
			n += q->last - run->start;
	} else {
		p = port_set_next(&x->restricted, run->start, q->last);
		n = q->last - run->start + 1u;
		if (p != PORT_NONE)
			n = p - run->start;
		else if ((p = port_set_next(&x->restricted, q->first,
		    q->last)) != PORT_NONE)
			n += p - q->first;
		else
			n += run->start - q->first;
	}
	return (MIN(n, run->count));
}

/* The port n candidates on. */
static uint16_t
candidate(const struct port_query *q, const struct port_run *run, unsigned n)
{
	struct port_run far;

	if (n == 0)
		return (run->start);
	far = *run;
	far.step = (uint16_t)n;
	return (port_run_after(q, &far, run->start));
}

/* Look at them, one after the other, until one is free. */
static bool
try_run(struct xnu *x, const struct port_query *q, struct port_run *run,
    struct net_op *op)
{
	struct port_found found;
	struct port_run part;

	while (run->count > 0) {
		part = *run;
		part.count = unrestricted(x, q, run);
		if (part.count == 0) {
			/* A restricted one. */
			x->lastport = run->start;
			op->iters++;
			part.count = 1;
		} else {
			pcb_table_search(&x->table, q, &part, &found);
			x->lastport = found.lport;
			op->iters += found.iters;
			visits_add(&op->search, &found.visits);
			visits_add(&op->total, &found.visits);
			if (found.found)
				return (true);
		}
		run->start = candidate(q, run, part.count);
		run->count -= part.count;
	}
	return (false);
}

int
xnu_lport(struct xnu *x, uint32_t laddr, uint16_t *lport, struct net_op *op)
{
	struct port_query q = { .rule = PORT_RULE_LOCAL, .laddr = laddr };
	struct port_run run = { .step = 1 };
	uint16_t v;

	run.down = x->net.first > x->net.last;
	net_range(&x->net, &q.first, &q.last);
	if (x->random && q.first != q.last) {
		v = (uint16_t)net_draw(&x->net);
		v %= q.last - q.first;
		x->lastport = (uint16_t)(run.down ? q.last - v : q.first + v);
	}
	run.start = first_candidate(x, &q, run.down);
	run.count = q.last - q.first + 1u;
	if (!try_run(x, &q, &run, op))
		return (EADDRNOTAVAIL);
	*lport = x->lastport;
	return (0);
}
