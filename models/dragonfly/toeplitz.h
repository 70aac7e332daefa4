/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The Toeplitz hash of a connection, by which DragonFly (and the network card)
 * gives connections to CPUs.
 */

#ifndef MODELS_DRAGONFLY_TOEPLITZ_H
#define	MODELS_DRAGONFLY_TOEPLITZ_H

#include <stdint.h>

/* The parts of the hash are XORed.  Addresses are raw, ports host order. */
uint32_t toeplitz_port(uint16_t port);

/* The port that adds as much as an address; several may be XORed first. */
static inline uint16_t
toeplitz_fold(uint32_t addr)
{

	/* The first octet is the low byte. */
	addr ^= addr >> 16;
	return ((uint16_t)(addr << 8 | (addr >> 8 & 0xff)));
}

static inline uint32_t
toeplitz_addr(uint32_t addr)
{

	return (toeplitz_port(toeplitz_fold(addr)));
}

/* The CPU of a hash. */
static inline unsigned
toeplitz_cpu(uint32_t hash, unsigned cpus)
{

	return ((hash & 127) % cpus);
}

#endif /* !MODELS_DRAGONFLY_TOEPLITZ_H */
