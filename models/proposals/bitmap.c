/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bitmaps of taken ports, by local address and by destination.
 *
 * Theory:	a search looks at 64 ports at once, in one bitmap for any
 *		address, in two for one address (its own, and *'s), in three for
 *		a destination: its ports, and those that somebody holds
 *		unconnected on that address or on *.  So a search that fails
 *		touches 109 cache lines of 512 ports each in each of them, where
 *		it walked lists.  A destination gets a bitmap at its 256th
 *		connection; before, lookups are few, and made as ever.
 * Proposed:	in_pcb_lport_dest() would scan words from its start on;
 *		in_pcbinshash(), in_pcbremhash() and in_pcbrehash() would set
 *		and clear bits, and count connections by destination.
 * Costs:	8 KiB for each of two bitmaps an address and one a destination
 *		of 256 connections or more; 40 bytes any other.  A candidate is
 *		a word of 64 ports here; each line is paid as dear as a pcb,
 *		which is too much for lines that follow one another.
 * Left out:	what setting a bit costs, and who shares the line.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct proposal proposal_bitmap;

const struct proposal proposal_bitmap = {
	.name = "bitmap",
	.title = "bitmaps of taken ports, by address and by destination",
	.changes = "in_pcb_lport_dest(), in_pcbinshash(), in_pcbremhash(), "
	    "in_pcbrehash(), sys/netinet/in_pcb.c",
	.left_out = "what setting and clearing bits costs",
	.on = PROPOSAL_ON_FREEBSD,
	.switches = PROPOSAL_BITMAP
};
