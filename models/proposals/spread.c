/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Address and port together, over all local addresses: what the mail of 2019
 * asked for, and no kernel does.
 *
 * Theory:	a connect() that has neither begins at a random one of the local
 *		addresses, looks there for a port that makes the 4-tuple unique,
 *		and goes on to the next address only when all ports of this one
 *		are taken.  So A addresses of N ports are A * N tuples to each
 *		destination for programs that never bind.
 * Proposed:	in_pcbladdr() would offer addresses one by one, and
 *		in_pcbconnect_setup() would call in_pcb_lport_dest() for each;
 *		on Linux ip_route_connect() and __inet_hash_connect().
 * Left out:	which addresses go with a route (all do here; a destination that
 *		a route gives a source keeps that one), jails, scopes.  That a
 *		search that fails tries A times as many candidates is not left
 *		out: it does.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct proposal proposal_spread;

const struct proposal proposal_spread = {
	.name = "spread",
	.title = "address and port together, from all local addresses",
	.changes = "in_pcbladdr(), in_pcbconnect_setup(), "
	    "in_pcb_lport_dest(), sys/netinet/in_pcb.c; "
	    "tcp_v4_connect(), net/ipv4/tcp_ipv4.c",
	.left_out = "which addresses a route allows: all; jails, scopes",
	.on = PROPOSAL_ON_FREEBSD | PROPOSAL_ON_LINUX,
	.switches = PROPOSAL_SPREAD
};
