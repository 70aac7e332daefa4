/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A random stride through the range: Linux 7.1's step width, as wide as the
 * range, on FreeBSD's tables.
 *
 * Theory:	linear probing from a random start takes the port behind a block
 *		of taken ones as often as the block is long, so blocks grow and
 *		searches get long before the range is full.  With a stride that
 *		is random, too, a search at a share f of free ports takes 1 / f
 *		candidates, and every free port is as likely as any other.
 * Proposed:	the loop of in_pcb_lport_dest() would add a stride, drawn beside
 *		the start, instead of one.
 * Left out:	nothing; a search that fails visits what it visited.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct allocator allocator_stride;
extern const struct proposal proposal_stride;

const struct proposal proposal_stride = {
	.name = "stride",
	.title = "a random stride, coprime to the range, from a random start",
	.changes = "in_pcb_lport_dest(), sys/netinet/in_pcb.c",
	.on = PROPOSAL_ON_FREEBSD,
	.allocator = &allocator_stride
};
