/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A number a port, and sums of them over any range of ports.
 */

#ifndef MODELS_PORTS_SUMS_H
#define	MODELS_PORTS_SUMS_H

#include <stdint.h>

struct port_sums {
	uint32_t	v[65536];
	uint64_t	s64[1024];	/* of aligned blocks of 64 ports */
	uint64_t	s4096[16];
};

static inline void
port_sums_add(struct port_sums *s, uint16_t port, int32_t d)
{

	s->v[port] += (uint32_t)d;
	s->s64[port / 64] += (uint64_t)(int64_t)d;
	s->s4096[port / 4096] += (uint64_t)(int64_t)d;
}

/* Sum over [lo, hi]; about 270 additions at worst. */
uint64_t port_sums_range(const struct port_sums *, unsigned lo, unsigned hi);

#endif /* !MODELS_PORTS_SUMS_H */
