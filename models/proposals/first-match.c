/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A search stops at the first pcb that is in the way.
 *
 * Theory:	a search wants to know whether a port is free, and walks the
 *		whole of the port's list for the best match, which only bind()
 *		of a named port needs.  With 50 addresses on a port it visits 50
 *		pcbs where the first is enough for whoever asks for any address,
 *		and 25 in the mean where one address is asked for.
 * Proposed:	in_pcblookup_local() would have a flag for in_pcb_lport_dest(),
 *		and return when its score is good enough to be in the way;
 *		in_pcblookup_hash_locked() of 12.x would leave its loop at the
 *		exact match, as 14's does, and both at the first listener.
 * Left out:	nothing.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct proposal proposal_first_match;

const struct proposal proposal_first_match = {
	.name = "first-match",
	.title = "a search ends a walk at the first pcb in the way",
	.changes = "in_pcblookup_local(), in_pcblookup_hash_locked(), "
	    "in_pcb_lport_dest(), sys/netinet/in_pcb.c",
	.on = PROPOSAL_ON_FREEBSD,
	.switches = PROPOSAL_FIRST_MATCH
};
