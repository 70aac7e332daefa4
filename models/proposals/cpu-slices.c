/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A part of the range for each CPU, first: DragonFly's port classes without its
 * tables a CPU.
 *
 * Theory:	two CPUs that search at the same time look at different ports,
 *		so where buckets have locks of their own they do not meet; a
 *		CPU whose part is full goes on into the next.  Where one lock
 *		covers the search it is an order of trying like any other.
 * Proposed:	in_pcb_lport_dest() would draw its start in the part of curcpu.
 * Left out:	tables a CPU, which is what DragonFly has classes for.
 */

#include <stddef.h>

#include "models/net/proposal.h"

extern const struct allocator allocator_cpu_slices;
extern const struct proposal proposal_cpu_slices;

const struct proposal proposal_cpu_slices = {
	.name = "cpu-slices",
	.title = "a search begins in its CPU's own part of the range",
	.changes = "in_pcb_lport_dest(), sys/netinet/in_pcb.c",
	.left_out = "tables of each CPU's own",
	.on = PROPOSAL_ON_FREEBSD,
	.allocator = &allocator_cpu_slices
};
