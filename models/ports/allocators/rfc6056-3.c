/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * RFC 6056, 3.3.3: simple hash-based.  See models/ports/rfc6056.h.
 */

#include "models/ports/rfc6056.h"

extern const struct allocator allocator_rfc6056_3;

const struct allocator allocator_rfc6056_3 = {
	.name = "rfc6056-3",
	.title = "a counter, moved by a hash of the destination",
	.source = "RFC 6056, 3.3.3: simple hash-based",
	.left_out = "the list of ports to avoid",
	.state_size = sizeof(struct rfc6056),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = rfc6056_begin_3,
	.propose = rfc6056_propose_counted,
	.tried = rfc6056_tried_counted
};
