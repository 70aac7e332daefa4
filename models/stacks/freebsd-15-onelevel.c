/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD 15 before its bucket locks: 14's search in a one-level port hash.
 *
 * Models:	in_pcb.c, tcp_usrreq.c, tcp_syncache.c of sys/netinet, main of
 *		2025 (15), in the form that has one hash mutex.
 * Left out:	as in freebsd-14.c.  No recording of that kernel's decisions
 *		was at hand: this stack rests on its source alone.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_15_onelevel;
extern const struct allocator allocator_random_dest;

const struct stack stack_freebsd_15_onelevel = {
	.name = "freebsd-15-onelevel",
	.title = "FreeBSD 15 before bucket locks: one-level port hash",
	.source = "in_pcb_lport_dest(), in_pcbbind_setup(), in_pcbconnect(), "
	    "sys/netinet, main of 2025 before bucket locks",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_random_dest,
		.layout = &pcb_layout_freebsd_15
	},
	.plan = &plan_freebsd_15_onelevel,
	.timewait = TIMEWAIT_CALLOUT,
	.nolocaltimewait = true
};
