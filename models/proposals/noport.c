/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Binding without a port for FreeBSD: Linux' IP_BIND_ADDRESS_NO_PORT.
 *
 * Theory:	a program that binds to an address with port 0 gets a port that
 *		no connection of that address has, though it wants one that no
 *		connection of that address to its destination has.  With the
 *		option bind() takes the address only; connect() knows the
 *		destination and looks for a free tuple.  N ports then serve N
 *		connections to each destination, not N in all.
 * Proposed:	in_pcbbind_setup() would leave inp_lport 0, and enter the pcb
 *		into no table; in_pcbconnect_setup() finds the port as for any
 *		socket that has none.  listen() still binds.
 * Left out:	getsockname() says port 0 until then, which programs must
 *		expect; a second bind() is EINVAL.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct proposal proposal_noport;

const struct proposal proposal_noport = {
	.name = "noport",
	.title = "an address is bound without a port, where a socket "
	    "asks for it",
	.changes = "in_pcbbind_setup(), in_pcbconnect_setup(), "
	    "sys/netinet/in_pcb.c; ip_ctloutput(), sys/netinet/ip_output.c",
	.left_out = "that programs learn their port late",
	.on = PROPOSAL_ON_FREEBSD,
	.switches = PROPOSAL_NOPORT
};
