/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * At most 1,024 candidates a search.
 *
 * Theory:	a search that has tried so many random neighbours in vain is
 *		given up, though a free port may be left: a hold has a bound,
 *		and exhaustion comes early.  From where it gave up on a kernel
 *		with a rover goes on next time; one that draws starts anew.
 * Proposed:	the count of in_pcb_lport_dest() would begin at the least of
 *		last - first and 1,024.
 * Left out:	nothing.  It does not find a port whenever there is one.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct proposal proposal_cap;

const struct proposal proposal_cap = {
	.name = "cap",
	.title = "a search gives up after 1,024 candidates",
	.changes = "in_pcb_lport_dest(), sys/netinet/in_pcb.c",
	.on = PROPOSAL_ON_FREEBSD | PROPOSAL_ON_LINUX,
	.max_tries = 1024
};
