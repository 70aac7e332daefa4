/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Other addresses for those of a capture, so that it can be posted.
 *
 * Theory:	two addresses that share their first n bits, n >= 8, share just
 *		as many afterwards, so networks stay networks.  Each bit from
 *		the ninth on is flipped or not by a keyed hash (HMAC-SHA-256)
 *		of the bits before it; the first octet goes through a keyed
 *		permutation of 1 to 223 without 127, so that the result is a
 *		host's address.  One key maps an address the same way
 *		everywhere.
 * Source:	the scheme of Xu, Fan, Ammar and Moon, "Prefix-preserving IP
 *		address anonymization" (ICNP 2002), with another hash.
 * Limits:	who can guess which networks are in a capture, by their sizes
 *		or rates, learns where they went; ports and times are kept.
 */

#ifndef STUDY_CAPTURE_ANONYMISE_H
#define	STUDY_CAPTURE_ANONYMISE_H

#include <stddef.h>
#include <stdint.h>

struct anonymise;

/* key[len]; the same key gives the same addresses. */
struct anonymise *anonymise_new(const void *key, size_t len);
void	anonymise_free(struct anonymise *);

/* A host's address (addrs_is_host()), network order, and the result too. */
uint32_t anonymise_addr(struct anonymise *, uint32_t addr);

#endif /* !STUDY_CAPTURE_ANONYMISE_H */
