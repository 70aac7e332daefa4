/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Small numbers of ports; see bytes.h.
 */

#include <glib.h>

#include "models/ports/bytes.h"

void
port_bytes_fini(struct port_bytes *b)
{

	net_addr_map_fini(&b->more);
}

size_t
port_bytes_memory(const struct port_bytes *b)
{

	return (b->more.size * sizeof(*b->more.pair));
}

uint32_t
port_bytes_get(const struct port_bytes *b, uint16_t port)
{
	uint32_t more;

	if (b->v[port] < PORT_BYTES_MANY ||
	    !net_addr_map_get(&b->more, port + UINT32_C(1), &more))
		return (b->v[port]);
	return (PORT_BYTES_MANY + more);
}

void
port_bytes_add(struct port_bytes *b, uint16_t port, int32_t d)
{
	uint32_t old, v;

	old = port_bytes_get(b, port);
	v = old + (uint32_t)d;
	b->v[port] = (uint8_t)MIN(v, PORT_BYTES_MANY);
	if (MAX(old, v) > PORT_BYTES_MANY)
		net_addr_map_set(&b->more, port + UINT32_C(1),
		    MAX(v, PORT_BYTES_MANY) - PORT_BYTES_MANY);
	port_blocks_add(&b->blocks, port, d);
}

static uint64_t
some(const void *numbers, unsigned lo, unsigned end)
{
	const struct port_bytes *b = numbers;
	unsigned p;
	uint64_t sum;

	sum = 0;
	for (p = lo; p < end; p++)
		sum += b->v[p];
	if (b->more.used > 0)
		for (p = lo; p < end; p++)
			sum += port_bytes_get(b, (uint16_t)p) - b->v[p];
	return (sum);
}

uint64_t
port_bytes_range(const struct port_bytes *b, unsigned lo, unsigned hi)
{

	return (port_blocks_range(&b->blocks, lo, hi, some, b));
}
