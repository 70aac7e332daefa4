/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A port that nobody has: chosen before the local address is known.
 *
 * Theory:	connect() binds to (*, port) first, so a port is free only if
 *		no pcb of any local address has it.
 * Models:	in_pcb_lport() called by in_pcbbind() of tcp_connect(),
 *		sys/netinet, FreeBSD 11.0 to 12.1.
 * Left out:	see models/ports/rover.c.
 */

#include "models/ports/rover.h"

extern const struct allocator allocator_rover;

const struct allocator allocator_rover = {
	.name = "rover",
	.title = "port first, address after: a port nobody has",
	.source = "in_pcb_lport(), ipport_tick(), sys/netinet/in_pcb.c, "
	    "tcp_connect(), sys/netinet/tcp_usrreq.c, FreeBSD 11.0 to 12.1",
	.left_out = "IP_PORTRANGE_HIGH and _LOW; UDP",
	.state_size = sizeof(struct port_rover),
	.connect_rule = PORT_RULE_LOCAL,
	.begin = port_rover_begin,
	.propose = port_rover_propose,
	.tried = port_rover_tried,
	.tick = port_rover_tick,
	.lastport = port_rover_lastport,
	.set_lastport = port_rover_set_lastport,
	.stoprandom = port_rover_stoprandom,
	.set_stoprandom = port_rover_set_stoprandom
};
