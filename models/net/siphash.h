/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SipHash-2-4 of a few 32-bit words: the keyed hash that kernels spread
 * connections, and starts of port searches, with.
 *
 * Theory:	J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input
 *		PRF", 2012; checked against the vector of its appendix A.
 */

#ifndef MODELS_NET_SIPHASH_H
#define	MODELS_NET_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

struct siphash_key {
	uint64_t	k0, k1;
};

/* Of bytes[n], in this order. */
uint64_t siphash24(const struct siphash_key *, const uint8_t *bytes,
	    size_t n);

/* Of word[n], each as four bytes, the lowest first. */
uint64_t siphash24_words(const struct siphash_key *, const uint32_t *word,
	    unsigned n);

#endif /* !MODELS_NET_SIPHASH_H */
