/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A counter for each hash of a destination; see dest_counter.h.
 */

#include <glib.h>

#include "models/ports/dest_counter.h"

static uint64_t
draw64(const struct allocator_conf *conf)
{
	uint64_t high;

	high = conf->draw(conf->draw_arg);
	return (high << 32 | conf->draw(conf->draw_arg));
}

/* Its counter, and how far its ports are moved. */
static uint32_t *
counter_of(struct dest_counter *c, const struct port_query *q, unsigned ports,
    unsigned *moved)
{
	uint32_t word[3];
	uint64_t hash;

	word[0] = q->laddr;
	word[1] = q->faddr;
	word[2] = q->fport;
	hash = siphash24_words(&c->key, word, G_N_ELEMENTS(word));
	*moved = (unsigned)(hash >> 32) % ports;
	return (&c->counter[hash % DEST_COUNTERS]);
}

enum allocator_begin
dest_counter_begin(void *st, const struct allocator_conf *conf,
    uint16_t first, uint16_t last)
{
	struct dest_counter *c;
	unsigned moved, ports;
	uint32_t counter;

	c = st;
	if (!c->seeded) {
		c->key.k0 = draw64(conf);
		c->key.k1 = draw64(conf);
	}
	c->seeded = true;
	ports = last - first + 1u;
	counter = *counter_of(c, conf->query, ports, &moved);
	port_once_set(&c->once, first + (moved + counter) % ports, 1, ports);
	return (ALLOCATOR_OK);
}

void
dest_counter_took(void *st, const struct allocator_conf *conf,
    uint16_t first, uint16_t last, uint16_t lport)
{
	unsigned moved, ports;
	uint32_t *counter;

	ports = last - first + 1u;
	counter = counter_of(st, conf->query, ports, &moved);
	*counter = (lport - first + 1u + ports - moved) % ports;
}
