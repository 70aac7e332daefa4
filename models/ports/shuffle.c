/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A keyed order of ports; see shuffle.h.
 */

#include <glib.h>

#include "models/ports/shuffle.h"

#define	ROUNDS		4

static uint64_t
draw64(const struct allocator_conf *conf)
{
	uint64_t high;

	high = conf->draw(conf->draw_arg);
	return (high << 32 | conf->draw(conf->draw_arg));
}

/* Through the network once: two halves of `bits' bits each. */
static unsigned
network(const struct siphash_key *key, uint32_t word[5], unsigned n,
    unsigned bits)
{
	unsigned left, mask, r, right, t;

	mask = (1u << bits) - 1;
	left = n >> bits;
	right = n & mask;
	for (r = 0; r < ROUNDS; r++) {
		word[4] = r << 16 | right;
		t = left ^ ((unsigned)siphash24_words(key, word, 5) & mask);
		left = right;
		right = t;
	}
	return (left << bits | right);
}

unsigned
port_shuffle_place(const struct siphash_key *key, const struct port_query *q,
    uint32_t lap, unsigned n, unsigned ports)
{
	uint32_t word[5];
	unsigned bits;

	for (bits = 1; 1u << 2 * bits < ports; bits++)
		continue;
	word[0] = q->laddr;
	word[1] = q->faddr;
	word[2] = q->fport;
	word[3] = lap;
	/* A permutation's cycle comes back to n, which is in the range. */
	do
		n = network(key, word, n, bits);
	while (n >= ports);
	return (n);
}

enum allocator_begin
port_shuffle_begin(void *st, const struct allocator_conf *conf,
    uint16_t first, uint16_t last)
{
	struct port_shuffle *s;
	unsigned ports;

	s = st;
	if (!s->seeded) {
		s->key.k0 = draw64(conf);
		s->key.k1 = draw64(conf);
	}
	s->seeded = true;
	ports = last - first + 1u;
	port_once_stride(&s->once, conf, first, last);
	s->once.run.start = (uint16_t)(first + port_shuffle_place(&s->key,
	    conf->query, (uint32_t)(s->counter / ports),
	    (unsigned)(s->counter % ports), ports));
	s->counter++;
	return (ALLOCATOR_OK);
}

size_t
port_shuffle_bytes(const void *st)
{
	const struct port_shuffle *s;

	s = st;
	return (sizeof(s->key) + sizeof(s->counter));
}
