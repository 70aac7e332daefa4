/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The local address in the connection hash: the half of laddr-hash that takes
 * no memory.
 *
 * Theory:	a host with A addresses that calls one destination has A pcbs
 *		on each port in one bucket of the connection hash, since
 *		INP_PCBHASH() takes the foreign end and the local port alone.
 *		With the address in it a tuple's bucket holds its own and what
 *		chance puts there.
 * Proposed:	INP_PCBHASH() would take inp_laddr of a connected pcb; every
 *		lookup of a tuple knows it.
 * Left out:	as laddr-hash.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct proposal proposal_laddr_key;

const struct proposal proposal_laddr_key = {
	.name = "laddr-key",
	.title = "the local address in the hash of connections",
	.changes = "in_pcbinshash(), in_pcb_hash(), in_pcbrehash(), "
	    "in_pcblookup_hash_exact(), sys/netinet/in_pcb.[ch]",
	.on = PROPOSAL_ON_FREEBSD,
	.switches = PROPOSAL_KEY_LADDR
};
