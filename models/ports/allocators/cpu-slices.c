/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A part of the range for each CPU.
 *
 * Proposed:	no kernel's; see models/ports/once.h.
 */

#include "models/ports/once.h"

extern const struct allocator allocator_cpu_slices;

const struct allocator allocator_cpu_slices = {
	.name = "cpu-slices",
	.title = "a random port of the CPU's part of the range, then up",
	.source = "proposed; after the port classes of DragonFly",
	.state_size = sizeof(struct port_once),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = port_once_slices,
	.propose = port_once_propose,
	.tried = port_once_tried
};
