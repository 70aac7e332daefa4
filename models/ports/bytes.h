/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A number a port that is small nearly always, and sums of them over any range:
 * a byte each, because every change reads one at a random place, and the bytes
 * of fifty destinations stay in a cache.  What a byte cannot hold is in a map.
 */

#ifndef MODELS_PORTS_BYTES_H
#define	MODELS_PORTS_BYTES_H

#include <stddef.h>
#include <stdint.h>

#include "models/net/addr.h"
#include "models/ports/blocks.h"

#define	PORT_BYTES_MANY	255		/* that many or more */

/* All zero: every number is 0. */
struct port_bytes {
	uint8_t		v[65536];	/* read by port_bytes_get() */
	struct port_blocks blocks;
	struct net_addr_map more;	/* port + 1 to what is beyond MANY */
};

void	port_bytes_fini(struct port_bytes *);
/* What it has beside itself. */
size_t	port_bytes_memory(const struct port_bytes *);

uint32_t port_bytes_get(const struct port_bytes *, uint16_t port);
/* No number may become negative. */
void	port_bytes_add(struct port_bytes *, uint16_t port, int32_t d);

/* Sum over [lo, hi]; about 140 additions at worst. */
uint64_t port_bytes_range(const struct port_bytes *, unsigned lo, unsigned hi);

#endif /* !MODELS_PORTS_BYTES_H */
