/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SipHash-2-4, the keyed hash of OpenBSD's pcb tables.
 *
 * Source:	Aumasson and Bernstein, SipHash: a fast short-input PRF,
 *		INDOCRYPT 2012; its test vectors are those of the tests.
 */

#ifndef MODELS_OPENBSD_SIPHASH_H
#define	MODELS_OPENBSD_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t siphash24(const uint64_t key[2], const uint8_t *bytes, size_t len);

#endif /* !MODELS_OPENBSD_SIPHASH_H */
