/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A counter through a keyed permutation, then a stride.
 *
 * Proposed:	no kernel's; see models/ports/shuffle.h.
 */

#include "models/ports/shuffle.h"

extern const struct allocator allocator_shuffle;

const struct allocator allocator_shuffle = {
	.name = "shuffle",
	.title = "each port once a lap in a secret order, then a stride",
	.source = "proposed",
	.state_size = sizeof(struct port_shuffle),
	.connect_rule = PORT_RULE_TUPLE,
	.begin = port_shuffle_begin,
	.propose = port_once_propose,
	.tried = port_once_tried,
	.bytes = port_shuffle_bytes
};
