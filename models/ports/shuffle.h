/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The ports of a range in an order that nobody can guess, each once a lap.
 *
 * Theory:	one counter, stepped by every search, is put through a keyed
 *		permutation of the range that is another for each destination
 *		and each lap of the counter: the result is the first candidate.
 *		So to one destination no port begins a search twice within a
 *		lap, as with a counter; the next one is as hard to guess as a
 *		random one, but for those that the lap has had already; and what
 *		somebody sees at one destination tells him nothing of how far
 *		the counter went, as RFC 6056's algorithm 3 would.  Where the
 *		candidate is taken the search goes on by a random stride without
 *		a factor in common with the range: past one taken port at a
 *		time, 1 / (1 - a) candidates at a load a, every free port alike.
 *
 *		The permutation: a Feistel network of four rounds (Luby, Rackoff
 *		1988) on the least even number of bits that holds the range,
 *		SipHash its round function, walked until it is in the range
 *		(Black, Rogaway 2002): 1 to 4 times, 1.2 of 55,536 ports.
 */

#ifndef MODELS_PORTS_SHUFFLE_H
#define	MODELS_PORTS_SHUFFLE_H

#include <stdbool.h>
#include <stdint.h>

#include "models/net/siphash.h"
#include "models/ports/allocator.h"
#include "models/ports/once.h"

struct port_shuffle {
	struct port_once once;		/* the stride's run; its start ours */
	bool		seeded;
	struct siphash_key key;
	uint64_t	counter;
};

enum allocator_begin port_shuffle_begin(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last);
size_t	port_shuffle_bytes(const void *);

/*
 * The place of n < ports in the order of a destination and a lap.
 *
 * q	laddr, faddr and fport of it
 */
unsigned port_shuffle_place(const struct siphash_key *,
	    const struct port_query *q, uint32_t lap, unsigned n,
	    unsigned ports);

#endif /* !MODELS_PORTS_SHUFFLE_H */
