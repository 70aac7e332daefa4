/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * RFC 6056, 3.3.4: double-hash.  See models/ports/rfc6056.h.
 */

#include "models/ports/rfc6056.h"

extern const struct allocator allocator_rfc6056_4;

const struct allocator allocator_rfc6056_4 = {
	.name = "rfc6056-4",
	.title = "ten counters, moved by a hash of the destination",
	.source = "RFC 6056, 3.3.4: double-hash",
	.left_out = "the list of ports to avoid",
	.state_size = sizeof(struct rfc6056),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = rfc6056_begin_4,
	.propose = rfc6056_propose_counted,
	.tried = rfc6056_tried_counted
};
