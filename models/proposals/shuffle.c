/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a counter is good for, without what it gives away: models/ports/
 * shuffle.h.
 *
 * Theory:	a random start meets a port again as soon as chance has it; a
 *		counter does not, but whoever sees it knows the next.  A counter
 *		behind a secret permutation has the one's distance and the
 *		other's secrecy, in 24 bytes for all destinations.
 * Proposed:	in_pcb_lport_dest() would take a count, one for all CPUs or one
 *		of each CPU with its number in the high bits, permute it by a
 *		key that is drawn at boot, and step by a random stride where it
 *		steps by one.
 * Left out:	what four to eight SipHashes of 20 bytes take, some 100 ns a
 *		search: the search has no cost for them.  A line of cache that
 *		all CPUs write, if there is one count.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct allocator allocator_shuffle;
extern const struct proposal proposal_shuffle;

const struct proposal proposal_shuffle = {
	.name = "shuffle",
	.title = "a search begins at a port that this lap has not had, in a "
	    "secret order, and goes on by a stride",
	.changes = "in_pcb_lport_dest(), in_pcbinfo_init(), "
	    "sys/netinet/in_pcb.c",
	.left_out = "what the permutation takes, some 100 ns a search",
	.on = PROPOSAL_ON_FREEBSD,
	.allocator = &allocator_shuffle
};
