/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * One upward loop through the whole range, from behind the rover.
 *
 * Theory:	the rover is stepped before each try, so a search proposes one
 *		run of all ports that starts behind it; out of range means
 *		`first'.  A random start sets the rover first, to anything but
 *		`last': therefore `first' is never the first candidate.  More
 *		than randomcps searches in one tick stop random starts until
 *		randomtime quiet ticks have passed.  A random start with steps
 *		of one is linear probing: taken ports cluster.
 * Models:	in_pcb_lport(), ipport_tick(), sys/netinet/in_pcb.c, FreeBSD
 *		12.1; in_pcb_lport_dest(), FreeBSD 13.1 and 14.3.
 * Left out:	the high and the low range (IP_PORTRANGE), with rovers of
 *		their own; UDP, whose searches count against randomcps too.
 */

#include "models/ports/rover.h"

enum allocator_begin
port_rover_begin(void *st, const struct allocator_conf *conf, uint16_t first,
    uint16_t last)
{
	struct port_rover *r;

	r = st;
	r->proposed = false;
	r->allocs++;
	if (conf->randomized && r->stoprandom == 0 && first != last)
		r->lastport = (uint16_t)(first + conf->draw(conf->draw_arg) %
		    (uint32_t)(last - first));
	return (ALLOCATOR_OK);
}

enum allocator_begin
port_rover_begin_random(void *st, const struct allocator_conf *conf,
    uint16_t first, uint16_t last)
{
	struct port_rover *r;

	r = st;
	r->proposed = false;
	if (!conf->randomized)
		return (ALLOCATOR_OK);
	if (first == last)
		return (ALLOCATOR_DIVIDES_BY_ZERO);
	r->lastport = (uint16_t)(first + conf->draw(conf->draw_arg) %
	    (uint32_t)(last - first));
	return (ALLOCATOR_OK);
}

bool
port_rover_propose(void *st, uint16_t first, uint16_t last,
    struct port_run *run)
{
	struct port_rover *r;
	uint16_t start;

	r = st;
	if (r->proposed)
		return (false);
	r->proposed = true;
	start = (uint16_t)(r->lastport + 1);
	if (start < first || start > last)
		start = first;
	*run = (struct port_run){ .start = start, .step = 1,
	    .count = last - first + 1u };
	return (true);
}

void
port_rover_tried(void *st, uint16_t lport, bool found)
{
	struct port_rover *r;

	(void)found;
	r = st;
	r->lastport = lport;
}

void
port_rover_tick(void *st, const struct allocator_conf *conf)
{
	struct port_rover *r;

	r = st;
	if (r->allocs - r->allocs_at_tick > conf->randomcps)
		r->stoprandom = conf->randomtime;
	else if (r->stoprandom > 0)
		r->stoprandom--;
	r->allocs_at_tick = r->allocs;
}

unsigned
port_rover_lastport(const void *st)
{

	return (((const struct port_rover *)st)->lastport);
}

void
port_rover_set_lastport(void *st, uint16_t lport)
{

	((struct port_rover *)st)->lastport = lport;
}

unsigned
port_rover_stoprandom(const void *st)
{

	return (((const struct port_rover *)st)->stoprandom);
}

void
port_rover_set_stoprandom(void *st, unsigned seconds)
{

	((struct port_rover *)st)->stoprandom = seconds;
}
