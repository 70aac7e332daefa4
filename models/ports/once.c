/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Once through the whole range; see once.h.
 */

#include <glib.h>

#include "models/ports/once.h"

static uint32_t
draw(const struct allocator_conf *conf)
{

	return (conf->draw(conf->draw_arg));
}

void
port_once_set(struct port_once *o, unsigned start, unsigned step,
    unsigned ports)
{

	o->proposed = false;
	o->run = (struct port_run){ .start = (uint16_t)start,
	    .step = (uint16_t)step, .count = ports };
}

bool
port_once_propose(void *st, uint16_t first, uint16_t last,
    struct port_run *run)
{
	struct port_once *o;

	(void)first;
	(void)last;
	o = st;
	if (o->proposed)
		return (false);
	o->proposed = true;
	*run = o->run;
	return (true);
}

void
port_once_tried(void *st, uint16_t lport, bool found)
{

	(void)st;
	(void)lport;
	(void)found;
}

enum allocator_begin
port_once_stride(void *st, const struct allocator_conf *conf, uint16_t first,
    uint16_t last)
{
	unsigned ports, start, step;

	ports = last - first + 1u;
	start = draw(conf) % ports;
	step = 1;
	if (ports > 2) {
		/* N - 1 is coprime to N, so this ends. */
		step = 1 + draw(conf) % (ports - 1);
		while (!port_run_coprime(step, ports))
			step++;
	}
	port_once_set(st, first + start, step, ports);
	return (ALLOCATOR_OK);
}

enum allocator_begin
port_once_slices(void *st, const struct allocator_conf *conf, uint16_t first,
    uint16_t last)
{
	unsigned cpus, from, ports, slice, to;

	ports = last - first + 1u;
	cpus = MIN(MAX(conf->cpus, 1), ports);
	slice = conf->cpu % cpus;
	from = slice * ports / cpus;
	to = (slice + 1) * ports / cpus;
	port_once_set(st, first + from + draw(conf) % (to - from), 1, ports);
	return (ALLOCATOR_OK);
}
