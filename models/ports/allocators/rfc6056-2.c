/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * RFC 6056, 3.3.2: another simple port randomization.  See
 * models/ports/rfc6056.h.
 */

#include "models/ports/rfc6056.h"

extern const struct allocator allocator_rfc6056_2;

const struct allocator allocator_rfc6056_2 = {
	.name = "rfc6056-2",
	.title = "a new random port for each try",
	.source = "RFC 6056, 3.3.2: another simple port randomization",
	.left_out = "the list of ports to avoid",
	.state_size = sizeof(struct rfc6056),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = rfc6056_begin_2,
	.propose = rfc6056_propose_drawn,
	.tried = rfc6056_tried
};
