/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The local address in the hashes.
 *
 * Theory:	a host with A addresses that calls one destination has A pcbs
 *		on each port, in one bucket of the connection hash and on one
 *		list of the port hash, since neither hash knows the local
 *		address.  With it a lookup of a tuple visits its own bucket, and
 *		a search by (laddr, lport) the bucket of the address and that of
 *		*, both of a second hash as large as the connection hash, as
 *		Linux' bhash2 is.  Who asks for any address still walks the
 *		port's list, and so does bind() of a named port, since there who
 *		is found first decides.
 * Proposed:	INP_PCBHASH() would take inp_laddr; in_pcbinshash() would enter
 *		each pcb into a hash by (laddr, lport), for
 *		in_pcblookup_local().
 * Costs:	a list head a bucket (8 bytes) and two pointers a pcb (16).
 * Left out:	what one insertion more costs; on the tables of 16, whose
 *		buckets have locks, buckets of connections are locked without
 *		the address, so a little more is waited for.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct proposal proposal_laddr_hash;

const struct proposal proposal_laddr_hash = {
	.name = "laddr-hash",
	.title = "the local address in the hashes of ports and connections",
	.changes = "in_pcbinshash(), in_pcb_hash(), in_pcbrehash(), "
	    "in_pcblookup_local(), sys/netinet/in_pcb.[ch]",
	.left_out = "what one insertion more costs",
	.on = PROPOSAL_ON_FREEBSD,
	.switches = PROPOSAL_KEY_LADDR | PROPOSAL_HASH_LADDR
};
