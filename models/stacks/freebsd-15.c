/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD 15.0 and 15.1: 14's search and locks, in a one-level port hash.
 *
 * Models:	in_pcb.c, tcp_usrreq.c, tcp_syncache.c of sys/netinet, main of
 *		2025, the form of 15.0.
 * Left out:	as in freebsd-14.c.  No tree of a 15 was at hand: that main of
 *		2025 is its form is inferred from dates.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/net/net.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_15;
extern const struct allocator allocator_random_dest;

const struct stack stack_freebsd_15 = {
	.name = "freebsd-15",
	.releases = (const struct stack_release[]){
		{ "freebsd-15.0", STACK_RECORDED },
		{ "freebsd-15.1", STACK_INFERRED },
		{ NULL, STACK_INFERRED }
	},
	.known = STACK_RECORDED,
	.title = "FreeBSD 15: as 14.3, one-level port hash",
	.source = "in_pcb_lport_dest(), in_pcbbind_setup(), in_pcbconnect(), "
	    "sys/netinet, main of 2025",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.recorded_ops = 36269,
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_random_dest,
		.layout = &pcb_layout_freebsd_15,
		.has_reuseport_lb = true,
		.lb_never_connects = true,
		.inaddr_wild = INADDR_WILD_OFF
	},
	.plan = &plan_freebsd_15,
	.timewait = TIMEWAIT_CALLOUT,
	.nolocaltimewait = true
};
