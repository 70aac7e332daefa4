/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * As rover-dest, but with a random start on every call.
 *
 * Models:	in_pcb_lport_dest(), sys/netinet/in_pcb.c, FreeBSD 14.0 to
 *		14.3.  A range of one port with randomized = 1 divides by zero
 *		there, and is reported as that.
 * Left out:	see models/ports/rover.c.
 */

#include "models/ports/rover.h"

extern const struct allocator allocator_random_dest;

const struct allocator allocator_random_dest = {
	.name = "random-dest",
	.title = "as rover-dest, from a random start every time",
	.source = "in_pcb_lport_dest(), sys/netinet/in_pcb.c, FreeBSD 14.3",
	.left_out = "IP_PORTRANGE_HIGH and _LOW; UDP",
	.state_size = sizeof(struct port_rover),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = port_rover_begin_random,
	.propose = port_rover_propose,
	.tried = port_rover_tried,
	.lastport = port_rover_lastport,
	.set_lastport = port_rover_set_lastport
};
