/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A counter for each destination, moved by a keyed hash: RFC 6056's algorithm
 * 4, as Linux has it but without random increments, on FreeBSD's tables.
 *
 * Theory:	ports to a destination follow one another, so a port comes back
 *		after a whole lap, later than by any other order; who does not
 *		know the key learns nothing about other destinations.  He who
 *		sees the destination's own ports knows the next.
 * Proposed:	in_pcb_lport_dest() would begin at hash(laddr, faddr, fport,
 *		secret) plus one of 65,536 counters of 4 bytes, and leave the
 *		counter behind the port that was taken.
 * Left out:	a new secret from time to time.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct allocator allocator_dest_counters;
extern const struct proposal proposal_dest_counters;

const struct proposal proposal_dest_counters = {
	.name = "dest-counters",
	.title = "a search goes on where the last one of its destination "
	    "ended",
	.changes = "in_pcb_lport_dest(), in_pcbinfo_init(), "
	    "sys/netinet/in_pcb.c",
	.left_out = "a new secret from time to time",
	.on = PROPOSAL_ON_FREEBSD,
	.allocator = &allocator_dest_counters
};
