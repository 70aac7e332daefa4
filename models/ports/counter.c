/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where a search starts when no lock covers the whole of it.
 *
 * Theory:	the start itself is the first candidate; a random one is any
 *		port but the last.  Without randomization every call takes the
 *		counter's value and steps it by one, however many candidates
 *		it then tries, so calls one after the other go over the same
 *		taken ports again.  The loop ends one candidate early: the
 *		port before the start is never looked at.
 * Models:	in_pcb_lport_dest(), sys/netinet/in_pcb.c, main of 2025 with
 *		a mutex for each bucket.  A range of one port has no candidate
 *		at all, and with randomized = 1 divides by zero.
 * Left out:	see models/ports/rover.c.
 */

#include "models/ports/counter.h"

enum allocator_begin
port_counter_begin(void *st, const struct allocator_conf *conf,
    uint16_t first, uint16_t last)
{
	struct port_counter *c;

	c = st;
	c->proposed = false;
	if (conf->randomized) {
		if (first == last)
			return (ALLOCATOR_DIVIDES_BY_ZERO);
		c->start = (uint16_t)(first + conf->draw(conf->draw_arg) %
		    (uint32_t)(last - first));
		return (ALLOCATOR_OK);
	}
	if (c->lastport < first || c->lastport > last) {
		c->lastport = first;
		c->start = first;
	} else
		c->start = (uint16_t)c->lastport++;
	return (ALLOCATOR_OK);
}

bool
port_counter_propose(void *st, uint16_t first, uint16_t last,
    struct port_run *run)
{
	struct port_counter *c;

	c = st;
	if (c->proposed || first == last)
		return (false);
	c->proposed = true;
	*run = (struct port_run){ .start = c->start, .step = 1,
	    .count = last - first };
	return (true);
}

void
port_counter_tried(void *st, uint16_t lport, bool found)
{

	(void)st;
	(void)lport;
	(void)found;
}

unsigned
port_counter_lastport(const void *st)
{

	return (((const struct port_counter *)st)->lastport);
}

void
port_counter_set_lastport(void *st, uint16_t lport)
{

	((struct port_counter *)st)->lastport = lport;
}
