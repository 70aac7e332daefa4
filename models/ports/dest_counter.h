/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A counter for each hash of a destination, and where the search begins.
 *
 * Theory:	RFC 6056's algorithm 4 with as many counters as Linux has, so
 *		that destinations do not tell of one another: a search begins
 *		at a keyed hash of (laddr, faddr, fport) plus the counter, tries
 *		every port once, and leaves the counter behind the port that it
 *		took.  One whose search fails stays.
 */

#ifndef MODELS_PORTS_DEST_COUNTER_H
#define	MODELS_PORTS_DEST_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

#include "models/net/siphash.h"
#include "models/ports/once.h"

#define	DEST_COUNTERS	65536u

struct dest_counter {
	struct port_once once;		/* first */
	bool		seeded;
	struct siphash_key key;
	uint32_t	counter[DEST_COUNTERS];
};

enum allocator_begin dest_counter_begin(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last);
void	dest_counter_took(void *, const struct allocator_conf *,
	    uint16_t first, uint16_t last, uint16_t lport);

#endif /* !MODELS_PORTS_DEST_COUNTER_H */
