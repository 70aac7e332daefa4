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
uint32_t toeplitz_addr(uint32_t addr);
uint32_t toeplitz_port(uint16_t port);

/* The CPU of a hash. */
static inline unsigned
toeplitz_cpu(uint32_t hash, unsigned cpus)
{

	return ((hash & 127) % cpus);
}

#endif /* !MODELS_DRAGONFLY_TOEPLITZ_H */
