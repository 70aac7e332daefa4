/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Local addresses by small dense numbers, and their ports.
 *
 * Theory:	addresses are few (one to some hundreds), pcbs many: a record
 *		of 25 KiB an address and a byte a port used there is little
 *		beside the pcbs, and a count is found without a search.
 * Limit:	65,535 local addresses.
 */

#include <glib.h>

#include "models/ports/addr.h"
#include "sim/kassert.h"

#define	SLOTS_MIN	16

void
port_addr_init(struct port_addr_table *t)
{

	*t = (struct port_addr_table){ .nslots = SLOTS_MIN };
	t->slot = g_new0(uint16_t, t->nslots);
	net_addr_map_init(&t->more);
	(void)port_addr_number(t, 0);
}

void
port_addr_fini(struct port_addr_table *t)
{
	unsigned c;
	uint32_t i;

	for (i = 0; i < t->used; i++) {
		for (c = 0; c < G_N_ELEMENTS(t->addr[i]->count); c++)
			g_free(t->addr[i]->count[c]);
		g_free(t->addr[i]);
	}
	g_free(t->addr);
	g_free(t->slot);
	net_addr_map_fini(&t->more);
}

size_t
port_addr_memory(const struct port_addr_table *t)
{

	return (t->used * sizeof(**t->addr) + t->size * sizeof(*t->addr) +
	    t->nslots * sizeof(*t->slot) +
	    t->chunks * PORT_ADDR_CHUNK +
	    t->more.size * sizeof(*t->more.pair));
}

/* The slot where it is, or the free one where it would go. */
static uint32_t
slot_of(const struct port_addr_table *t, uint32_t laddr)
{
	uint32_t i;

	i = (uint32_t)((laddr * UINT64_C(0x9e3779b97f4a7c15)) >> 32) &
	    (t->nslots - 1);
	while (t->slot[i] != 0 && t->addr[t->slot[i] - 1]->laddr != laddr)
		i = (i + 1) & (t->nslots - 1);
	return (i);
}

struct port_addr *
port_addr_find(const struct port_addr_table *t, uint32_t laddr)
{
	uint16_t n;

	n = t->slot[slot_of(t, laddr)];
	return (n == 0 ? NULL : t->addr[n - 1]);
}

uint16_t
port_addr_number(struct port_addr_table *t, uint32_t laddr)
{
	uint32_t i, s;

	s = slot_of(t, laddr);
	if (t->slot[s] != 0)
		return ((uint16_t)(t->slot[s] - 1));
	KASSERT(t->used < UINT16_MAX, ("%u local addresses", t->used));
	if (t->used == t->size) {
		t->size = t->size == 0 ? SLOTS_MIN : 2 * t->size;
		t->addr = g_renew(struct port_addr *, t->addr, t->size);
	}
	t->addr[t->used] = g_new0(struct port_addr, 1);
	t->addr[t->used]->laddr = laddr;
	t->addr[t->used]->number = (uint16_t)t->used;
	t->used++;
	if (2 * t->used > t->nslots) {
		g_free(t->slot);
		t->nslots *= 2;
		t->slot = g_new0(uint16_t, t->nslots);
		for (i = 0; i + 1 < t->used; i++)
			t->slot[slot_of(t, t->addr[i]->laddr)] =
			    (uint16_t)(i + 1);
		s = slot_of(t, laddr);
	}
	t->slot[s] = (uint16_t)t->used;
	return ((uint16_t)(t->used - 1));
}

/* Never 0: no pcb is on port 0. */
static uint32_t
more_key(uint16_t number, uint16_t port)
{

	return ((uint32_t)number << 16 | port);
}

static uint32_t
more_than_many(const struct port_addr_table *t, uint16_t number,
    uint16_t port)
{
	uint32_t n;

	return (net_addr_map_get(&t->more, more_key(number, port), &n) ? n :
	    0);
}

void
port_addr_more(struct port_addr_table *t, uint16_t number, uint16_t port)
{
	struct port_addr *a;
	uint8_t **chunk;
	uint8_t *n;

	a = t->addr[number];
	chunk = &a->count[port / PORT_ADDR_CHUNK];
	if (*chunk == NULL) {
		*chunk = g_new0(uint8_t, PORT_ADDR_CHUNK);
		t->chunks++;
	}
	n = &(*chunk)[port % PORT_ADDR_CHUNK];
	if (*n == PORT_ADDR_MANY) {
		net_addr_map_set(&t->more, more_key(number, port),
		    more_than_many(t, number, port) + 1);
		return;
	}
	if ((*n)++ == 0)
		port_set_add(&a->any, port);
}

void
port_addr_less(struct port_addr_table *t, uint16_t number, uint16_t port)
{
	struct port_addr *a;
	uint32_t more;
	uint8_t *n;

	a = t->addr[number];
	n = &a->count[port / PORT_ADDR_CHUNK][port % PORT_ADDR_CHUNK];
	KASSERT(*n > 0, ("address %u has none on port %u", number, port));
	if (*n == PORT_ADDR_MANY &&
	    (more = more_than_many(t, number, port)) > 0)
		net_addr_map_set(&t->more, more_key(number, port), more - 1);
	else if (--*n == 0)
		port_set_remove(&a->any, port);
}

uint32_t
port_addr_count(const struct port_addr_table *t, uint16_t number,
    uint16_t port)
{
	const uint8_t *chunk;

	chunk = t->addr[number]->count[port / PORT_ADDR_CHUNK];
	return (chunk == NULL ? 0 : chunk[port % PORT_ADDR_CHUNK] +
	    more_than_many(t, number, port));
}
