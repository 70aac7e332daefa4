/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD 16 with bucket locks, and a memory of taken ports per destination.
 *
 * Models:	as freebsd-16.c, and lport_cache (default 1) of a development
 *		branch after it.
 * Left out:	as in freebsd-14.c.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/net/net.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_16_lportcache;
extern const struct allocator allocator_counter_dest;

const struct stack stack_freebsd_16_lportcache = {
	.name = "freebsd-16-lportcache",
	.known = STACK_RECORDED,
	.title = "freebsd-16 that remembers taken ports per destination",
	.source = "in_pcb_lport_dest(), in_pcbbind_setup(), in_pcbconnect(), "
	    "sys/netinet, main of 2026 with bucket locks; "
	    "net.inet.ip.portrange.lport_cache of a branch after it",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.recorded_ops = 36269,
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_counter_dest,
		.layout = &pcb_layout_freebsd_15,
		.has_reuseport_lb = true,
		.lb_never_connects = true,
		.bound_walks_wild = true,
		.inaddr_wild = INADDR_WILD_OFF,
		.has_lport_cache = true
	},
	.plan = &plan_freebsd_16,
	.timewait = TIMEWAIT_CALLOUT,
	.nolocaltimewait = true
};
