/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The Toeplitz hash with a key of two bytes that repeat.
 *
 * Theory:	bit i of the input, counted from the front, adds the 32 bits
 *		of the key that begin at bit i.  The key 6d 5a 6d 5a ... has a
 *		period of 16 bits, so what a byte adds depends on whether its
 *		place is odd or even, and a hash is its halves twice.  So an
 *		address adds what a port would that has the XOR of its even
 *		octets and that of its odd ones.
 * Models:	toeplitz_cache_create(), sys/net/toeplitz.c; sys/net/
 *		toeplitz2.h; netisr_hashcpu(), sys/net/netisr2.h, DragonFly of
 *		2020-07-24.  The key is the default of net.toeplitz.keyseed0
 *		and keyseed1.
 */

#include "models/dragonfly/toeplitz.h"

#define	KEY	UINT64_C(0x6d5a6d5a6d5a6d5a)

/* What a byte adds at an even place, or at an odd one. */
static uint32_t
byte_hash(uint8_t byte, unsigned odd)
{
	uint32_t hash;
	unsigned b;

	hash = 0;
	for (b = 0; b < 8; b++)
		if ((byte >> (7 - b) & 1) != 0)
			hash ^= (uint32_t)(KEY << (odd * 8 + b) >> 32);
	return (hash);
}

uint32_t
toeplitz_port(uint16_t port)
{

	return (byte_hash((uint8_t)(port >> 8), 0) ^
	    byte_hash((uint8_t)port, 1));
}
