/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * RFC 6056's algorithm 4 on FreeBSD 12.2's tables, rule and locks: what it
 * would do there, not what any kernel does.
 *
 * Models:	RFC 6056, 3.3.4; else as freebsd-12.2.c, but that TIME_WAIT
 *		has no cap.
 * Left out:	as there, and see models/ports/rfc6056.h.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_rfc6056_4;
extern const struct allocator allocator_rfc6056_4;

const struct stack stack_rfc6056_4 = {
	.name = "rfc6056-4",
	.known = STACK_READ,
	.title = "RFC 6056, 4: ten counters, moved by a hash of the "
	    "destination",
	.source = "RFC 6056, 3.3.4, on the tables of FreeBSD 12.2",
	.left_out = "the list of ports to avoid; IPv6, jails, UDP",
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_rfc6056_4,
		.layout = &pcb_layout_freebsd_12_2,
		.has_reuseport_lb = true,
		.uids_share = NET_REUSEPORT_LB
	},
	.plan = &plan_freebsd_12_2,
	.timewait = TIMEWAIT_CALLOUT
};
