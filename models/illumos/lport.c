/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The search for a port.
 *
 * Theory:	from a random port, or from the one after the last that was
 *		given, on; past the largest on at the smallest.  As many looks
 *		as the range has ports, and an extra privileged port is none of
 *		them: it is stepped over, so with such ports in the range some
 *		others are looked at twice.  A random port is the low 16 bits
 *		of a draw; where these are outside the range, which for the
 *		default range is every other time, their remainder by one less
 *		than the range has ports is taken.
 * Models:	tcp_update_next_port(), tcp_bindi(), usr/src/uts/common/inet/
 *		tcp/tcp_bind.c, illumos-gate of 2020-12-24.
 * Left out:	TCP_ANONPRIVBIND; multilevel ports of labelled systems.  If
 *		every port up to 65535 is privileged the kernel never comes
 *		back; here the search fails.
 */

#include <errno.h>

#include <glib.h>

#include "models/illumos/illumos.h"
#include "sim/kassert.h"

#define	PORT_RESERVED	1024		/* smallest_nonpriv_port */

/* What trying candidates came to. */
struct tried {
	bool		found;
	uint16_t	lport;
	uint64_t	iters;
	struct net_visits visits;
};

static void
visits_add(struct net_visits *to, const struct net_visits *v)
{

	to->porthash += v->porthash;
	to->portlist += v->portlist;
	to->connhash += v->connhash;
}

/* The candidate that `port' becomes: within the range, not privileged; or 0. */
static uint16_t
next_port(const struct illumos *s, uint16_t port)
{
	bool restart;
	unsigned n;

	restart = false;
	for (n = 0; n < 2 * 65536; n++) {
		if (port < s->net.first)
			port = s->net.first;
		if (port > s->net.last) {
			if (restart)
				return (0);
			restart = true;
			port = s->net.first;
		}
		if (port < PORT_RESERVED)
			port = PORT_RESERVED;
		if (!port_set_has(&s->epriv, port))
			return (port);
		port++;
	}
	return (0);
}

/* Where a search begins. */
static uint16_t
start_port(struct illumos *s)
{
	const uint32_t first = s->net.first, last = s->net.last;
	uint16_t port;

	port = (uint16_t)s->next_port;
	if (s->random) {
		port = (uint16_t)net_draw(&s->net);
		if (port < first || port > last)
			port = (uint16_t)(first + (first == last ? 0 :
			    port % (last - first)));
	}
	return (next_port(s, port));
}

void
illumos_lport_in_vain(struct illumos *s)
{

	(void)start_port(s);
}

/* Looks that a search may take. */
static unsigned
looks(const struct illumos *s)
{

	return (s->net.last > s->net.first ?
	    s->net.last - s->net.first + 1u : 1);
}

static void
search_walk(const struct illumos *s, const struct pcb_question *q,
    uint16_t port, struct tried *t)
{
	unsigned left;

	*t = (struct tried){ 0 };
	for (left = looks(s); left > 0 && port != 0; left--) {
		t->iters++;
		t->lport = port;
		t->found = !pcb_heads_walk(&s->heads, port,
		    &t->visits.porthash) || illumos_bind_walk(s, q, port,
		    &t->visits.portlist) == CONN_NIL;
		if (t->found)
			return;
		port = next_port(s, (uint16_t)(port + 1));
	}
}

/* Does a search look at each port of the range once? */
static bool
looks_once(const struct illumos *s)
{

	return (s->net.first >= PORT_RESERVED && s->net.first < s->net.last &&
	    port_set_next(&s->epriv, s->net.first, s->net.last) == PORT_NONE);
}

/* The range is known to be full. */
static bool
known_full(struct illumos *s, const struct pcb_question *q, uint16_t port,
    struct tried *t)
{
	struct pcb_full full = { .lo = s->net.first, .hi = s->net.last };

	if (!looks_once(s) || !pcb_memos_full(&s->memos, q, 0, &full))
		return (false);
	t->iters = looks(s);
	t->lport = port == s->net.first ? s->net.last : (uint16_t)(port - 1);
	t->visits.porthash = full.porthash;
	t->visits.portlist = full.portlist;
	return (true);
}

/* Runs of neighbours at once. */
static void
search_index(struct illumos *s, const struct pcb_question *q, uint16_t port,
    struct tried *t)
{
	struct pcb_full full;
	unsigned end, found, left, p;

	*t = (struct tried){ 0 };
	if (known_full(s, q, port, t))
		return;
	for (left = looks(s); left > 0 && port != 0;
	    left -= end - port + 1, port = next_port(s,
	    (uint16_t)(end + 1))) {
		end = port;
		if (port < s->net.last)
			end = MIN(s->net.last, port + left - 1);
		p = port_set_next(&s->epriv, port, end);
		if (p != PORT_NONE)
			end = p - 1;
		found = pcb_memos_first(&s->memos, q, port, end,
		    &t->visits.portlist);
		t->found = found != PCB_PLACE_NONE;
		if (t->found)
			end = found;
		t->lport = (uint16_t)end;
		t->iters += end - port + 1;
		t->visits.porthash += pcb_heads_sum(&s->heads, port, end);
		if (t->found)
			return;
	}
	if (!looks_once(s))
		return;
	full = (struct pcb_full){ .lo = s->net.first, .hi = s->net.last,
	    .porthash = t->visits.porthash,
	    .portlist = t->visits.portlist };
	pcb_memos_is_full(&s->memos, q, 0, &full);
}

int
illumos_lport(struct illumos *s, uint32_t conn, const struct pcb_question *q,
    uint16_t *lport, struct net_op *op)
{
	struct tried t, w;
	uint16_t start;

	start = start_port(s);
	if (start == 0)
		return (EADDRNOTAVAIL);
	illumos_bind_remove(s, conn);
	if (s->search == NET_SEARCH_WALK)
		search_walk(s, q, start, &t);
	else
		search_index(s, q, start, &t);
	if (s->search == NET_SEARCH_BOTH) {
		search_walk(s, q, start, &w);
		KASSERT(t.found == w.found && t.lport == w.lport &&
		    t.iters == w.iters && t.visits.porthash ==
		    w.visits.porthash && t.visits.portlist ==
		    w.visits.portlist, ("search: index %d port %u after %ju, "
		    "%ju, %ju, walk %d port %u after %ju, %ju, %ju", t.found,
		    t.lport, (uintmax_t)t.iters,
		    (uintmax_t)t.visits.porthash,
		    (uintmax_t)t.visits.portlist, w.found, w.lport,
		    (uintmax_t)w.iters, (uintmax_t)w.visits.porthash,
		    (uintmax_t)w.visits.portlist));
	}
	op->iters += t.iters;
	visits_add(&op->search, &t.visits);
	visits_add(&op->total, &t.visits);
	if (!t.found)
		return (EADDRNOTAVAIL);
	*lport = t.lport;
	s->next_port = t.lport + 1u;
	return (0);
}
