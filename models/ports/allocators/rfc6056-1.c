/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * RFC 6056, 3.3.1: simple port randomization.  See models/ports/rfc6056.h.
 */

#include "models/ports/rfc6056.h"

extern const struct allocator allocator_rfc6056_1;

const struct allocator allocator_rfc6056_1 = {
	.name = "rfc6056-1",
	.title = "a random port, then one after the other",
	.source = "RFC 6056, 3.3.1: simple port randomization",
	.left_out = "the list of ports to avoid",
	.state_size = sizeof(struct rfc6056),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = rfc6056_begin_1,
	.propose = rfc6056_propose_all,
	.tried = rfc6056_tried
};
