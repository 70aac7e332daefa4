/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A counter for each hash of (laddr, faddr, fport), moved by another part of
 * it.
 *
 * Proposed:	no kernel's; see models/ports/dest_counter.h.
 */

#include "models/ports/dest_counter.h"

extern const struct allocator allocator_dest_counters;

const struct allocator allocator_dest_counters = {
	.name = "dest-counters",
	.title = "65,536 counters, by a hash of the destination",
	.source = "proposed; RFC 6056, 3.3.4, with Linux' number of counters",
	.state_size = sizeof(struct dest_counter),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = dest_counter_begin,
	.propose = port_once_propose,
	.tried = port_once_tried,
	.took = dest_counter_took
};
