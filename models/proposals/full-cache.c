/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A question that failed is not asked again until a port frees.
 *
 * Theory:	what freezes a machine is the search that fails, again and
 *		again, with nothing changed in between.  A question is an
 *		address, or an address and a destination; one whose search has
 *		tried every port in vain is remembered, with a version that
 *		rises whenever a pcb that stands in its way lets go of a port.
 *		At the same version it fails at once.  The first failure costs
 *		what it cost.
 * Proposed:	in_pcb_lport_dest() would look into the table before its loop
 *		and enter the question behind it; in_pcbremhash(), and
 *		in_pcbrehash() of a pcb that was not connected, would step the
 *		counters.  On 16 the loop must try all ports, or it cannot know.
 *		See models/ports/full.h.
 * Costs:	25 KiB in all; two counters stepped a close.
 * Left out:	what stepping costs, and that CPUs share those lines.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct proposal proposal_full_cache;

const struct proposal proposal_full_cache = {
	.name = "full-cache",
	.title = "a search that failed is not tried again until a port frees",
	.changes = "in_pcb_lport_dest(), in_pcbremhash(), in_pcbrehash(), "
	    "sys/netinet/in_pcb.c",
	.left_out = "what stepping two counters a close costs",
	.on = PROPOSAL_ON_FREEBSD,
	.switches = PROPOSAL_FULL_CACHE
};
