/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Chains of port heads, and the number of nodes on the way to each.
 *
 * Theory:	a port with a head is reached after those before it, a port
 *		without one after the whole chain.  A head that enters in
 *		front puts every port of its bucket one node further; one that
 *		enters at the end only those that have none.
 */

#include <glib.h>

#include "models/pcb/heads.h"
#include "sim/kassert.h"

void
pcb_heads_init(struct pcb_heads *h, unsigned step, bool at_end,
    const uint16_t *place)
{
	unsigned i;

	KASSERT(step >= 1 && step <= 65536, ("ports %u apart", step));
	*h = (struct pcb_heads){ .step = step, .at_end = at_end,
	    .place = place };
	for (i = 0; i < 65536; i++)
		h->first[i] = PCB_HEADS_END;
	if (place != NULL)
		h->by_place = g_new0(struct port_sums, 1);
}

void
pcb_heads_fini(struct pcb_heads *h)
{

	g_free(h->by_place);
}

size_t
pcb_heads_memory(const struct pcb_heads *h)
{

	return (h->by_place != NULL ? sizeof(*h->by_place) : 0);
}

static void
further(struct pcb_heads *h, unsigned port, int32_t d)
{

	port_sums_add(&h->visits, (uint16_t)port, d);
	if (h->by_place != NULL)
		port_sums_add(h->by_place, h->place[port], d);
}

void
pcb_heads_add(struct pcb_heads *h, uint16_t port)
{
	uint32_t *link;
	uint32_t before;
	unsigned p;

	port_set_add(&h->any, port);
	before = 0;
	link = &h->first[port % h->step];
	while (h->at_end && *link != PCB_HEADS_END) {
		link = &h->next[*link];
		before++;
	}
	h->next[port] = *link;
	*link = port;
	for (p = port % h->step; p < 65536; p += h->step)
		if (p != port && (!h->at_end || !port_set_has(&h->any, p)))
			further(h, p, 1);
	further(h, port, (int32_t)(before + 1 - port_sums_get(&h->visits,
	    port)));
}

void
pcb_heads_remove(struct pcb_heads *h, uint16_t port)
{
	uint32_t *link;
	uint32_t place, rest;
	unsigned p;

	place = port_sums_get(&h->visits, port);
	for (link = &h->first[port % h->step]; *link != port;
	    link = &h->next[*link])
		KASSERT(*link != PCB_HEADS_END, ("no head of port %u", port));
	*link = h->next[port];
	port_set_remove(&h->any, port);
	rest = 0;
	for (p = port % h->step; p < 65536; p += h->step) {
		if (p == port)
			continue;
		rest += port_set_has(&h->any, p);
		if (!port_set_has(&h->any, p) ||
		    port_sums_get(&h->visits, p) > place)
			further(h, p, -1);
	}
	further(h, port, (int32_t)(rest - place));
}

bool
pcb_heads_walk(const struct pcb_heads *h, uint16_t port, uint64_t *visits)
{
	uint32_t p;

	for (p = h->first[port % h->step]; p != PCB_HEADS_END;
	    p = h->next[p]) {
		++*visits;
		if (p == port)
			return (true);
	}
	return (false);
}

size_t
pcb_heads_list(const struct pcb_heads *h, uint16_t port, uint16_t *out,
    size_t max)
{
	size_t n;
	uint32_t p;

	n = 0;
	for (p = h->first[port % h->step]; p != PCB_HEADS_END;
	    p = h->next[p]) {
		if (n < max)
			out[n] = (uint16_t)p;
		n++;
	}
	return (n);
}

void
pcb_heads_check(const struct pcb_heads *h)
{
	uint64_t sum, visits;
	unsigned p;

	sum = 0;
	for (p = 0; p < 65536; p++) {
		visits = 0;
		KASSERT(pcb_heads_walk(h, (uint16_t)p, &visits) ==
		    port_set_has(&h->any, p), ("head of port %u", p));
		KASSERT(visits == port_sums_get(&h->visits, p),
		    ("port %u: %ju heads, not %u", p, (uintmax_t)visits,
		    port_sums_get(&h->visits, p)));
		sum += visits;
	}
	KASSERT(pcb_heads_sum(h, 0, 65535) == sum &&
	    pcb_heads_sum_places(h, 0, 65535) == sum,
	    ("sums of %ju heads", (uintmax_t)sum));
}
