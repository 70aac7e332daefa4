/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A number a port, and sums of them over any range of ports.
 *
 * The numbers of a block of 64 whose sum is 0 may never have been written: a
 * run of a few connections need not clear 65,536 of them.
 */

#ifndef MODELS_PORTS_SUMS_H
#define	MODELS_PORTS_SUMS_H

#include <stdint.h>
#include <string.h>

#include "models/ports/blocks.h"

struct port_sums {
	uint32_t	v[65536];	/* read by port_sums_get() */
	struct port_blocks blocks;
	/* One range whose sum is kept: lo and n ports from there; 0: none. */
	uint32_t	lo, n;
	uint64_t	kept;
};

/* All are 0. */
static inline void
port_sums_clear(struct port_sums *s)
{

	memset(&s->blocks, 0, sizeof(s->blocks));
	s->lo = s->n = 0;
	s->kept = 0;
}

static inline uint32_t
port_sums_get(const struct port_sums *s, unsigned port)
{

	return (s->blocks.s64[port / 64] == 0 ? 0 : s->v[port]);
}

/* No number may become negative. */
static inline void
port_sums_add(struct port_sums *s, uint16_t port, int32_t d)
{

	if (s->blocks.s64[port / 64] == 0)
		memset(&s->v[port / 64 * 64], 0, 64 * sizeof(s->v[0]));
	s->v[port] += (uint32_t)d;
	port_blocks_add(&s->blocks, port, d);
	if ((uint32_t)port - s->lo < s->n)
		s->kept += (uint64_t)(int64_t)d;
}

/* Sum over [lo, hi]; about 140 additions at worst. */
uint64_t port_sums_range(const struct port_sums *, unsigned lo, unsigned hi);

/* The same, which will be asked for again: it is kept, instead of another. */
uint64_t port_sums_keep(struct port_sums *, unsigned lo, unsigned hi);

#endif /* !MODELS_PORTS_SUMS_H */
