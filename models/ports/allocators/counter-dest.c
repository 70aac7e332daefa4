/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Destination-aware as random-dest, for searches without a common lock: the
 * start is a candidate, and one port is never tried.
 *
 * Models:	in_pcb_lport_dest(), sys/netinet/in_pcb.c, main of 2025 with
 *		a mutex for each bucket.
 * Left out:	see models/ports/counter.c.
 */

#include "models/ports/counter.h"

extern const struct allocator allocator_counter_dest;

const struct allocator allocator_counter_dest = {
	.name = "counter-dest",
	.title = "as random-dest, N - 1 tries, no lock over the search",
	.source = "in_pcb_lport_dest(), sys/netinet/in_pcb.c, main of 2025 "
	    "(15) with bucket locks",
	.left_out = "IP_PORTRANGE_HIGH and _LOW; UDP",
	.state_size = sizeof(struct port_counter),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = port_counter_begin,
	.propose = port_counter_propose,
	.tried = port_counter_tried,
	.lastport = port_counter_lastport,
	.set_lastport = port_counter_set_lastport
};
