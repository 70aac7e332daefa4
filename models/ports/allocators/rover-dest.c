/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A port that makes the 4-tuple unique: chosen after the local address.
 *
 * Theory:	connect() of an unbound socket takes the source address first;
 *		then a port is free unless just this connection exists, or an
 *		unconnected socket holds the port.
 * Models:	in_pcb_lport_dest() called by in_pcbconnect_setup(),
 *		sys/netinet/in_pcb.c, FreeBSD 12.2, 13.0 and 13.1 (r361228).
 * Left out:	see models/ports/rover.c.
 */

#include "models/ports/rover.h"

extern const struct allocator allocator_rover_dest;

const struct allocator allocator_rover_dest = {
	.name = "rover-dest",
	.title = "address first, then a port free for that destination",
	.source = "in_pcb_lport_dest(), in_pcbconnect_setup(), ipport_tick(),"
	    " sys/netinet/in_pcb.c, FreeBSD 12.2 to 13.5",
	.left_out = "IP_PORTRANGE_HIGH and _LOW; UDP",
	.state_size = sizeof(struct port_rover),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = port_rover_begin,
	.propose = port_rover_propose,
	.tried = port_rover_tried,
	.tick = port_rover_tick,
	.lastport = port_rover_lastport,
	.set_lastport = port_rover_set_lastport,
	.stoprandom = port_rover_stoprandom,
	.set_stoprandom = port_rover_set_stoprandom
};
