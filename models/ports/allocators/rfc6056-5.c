/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * RFC 6056, 3.3.5: random increments.  See models/ports/rfc6056.h.
 */

#include "models/ports/rfc6056.h"

extern const struct allocator allocator_rfc6056_5;

const struct allocator allocator_rfc6056_5 = {
	.name = "rfc6056-5",
	.title = "a counter that steps by 1 to 500",
	.source = "RFC 6056, 3.3.5: random increments",
	.left_out = "the list of ports to avoid",
	.state_size = sizeof(struct rfc6056),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = rfc6056_begin_5,
	.propose = rfc6056_propose_stepped,
	.tried = rfc6056_tried
};
