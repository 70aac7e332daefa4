/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * lport_cache with its merge mended.
 *
 * Theory:	the branch's bitmaps of taken ports are shared by the pcbs of a
 *		destination.  Where two meet the smaller one's ports are added
 *		to the larger, and only one pcb changes over; when another of
 *		the smaller goes, its port stays taken in the larger.  Here the
 *		smaller bitmap points to the larger, so that all its pcbs have
 *		changed over: one bitmap a destination, with no port that is
 *		free.
 * Proposed:	in_pcb_cache_lport() would leave a pointer in the merged bitmap,
 *		with a reference on the other; whoever has it follows.
 * Costs:	8 KiB a destination that searches collided on, and a pointer a
 *		pcb, as in the branch.
 * Left out:	the lock that two bitmaps need while they merge.  On 11 to 12.2
 *		a lookup ends at the exact match, as 14's.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct proposal proposal_mended_cache;

const struct proposal proposal_mended_cache = {
	.name = "mended-cache",
	.title = "known ports of a destination, in one bitmap after a merge",
	.changes = "in_pcb_cache_lport(), in_pcb_lport_cache_free(), "
	    "in_pcb_lport_dest(), sys/netinet/in_pcb.c",
	.left_out = "the locks of two bitmaps that merge",
	.on = PROPOSAL_ON_FREEBSD,
	.switches = PROPOSAL_MENDED_CACHE
};
