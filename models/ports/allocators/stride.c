/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A random port, then a random stride that has no factor in common with the
 * size of the range.
 *
 * Proposed:	no kernel's; see models/ports/once.h.
 */

#include "models/ports/once.h"

extern const struct allocator allocator_stride;

const struct allocator allocator_stride = {
	.name = "stride",
	.title = "random start, random stride coprime to the range",
	.source = "proposed; Linux 7.1's stride with the widest step width, "
	    "without parities",
	.state_size = sizeof(struct port_once),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = port_once_stride,
	.propose = port_once_propose,
	.tried = port_once_tried
};
