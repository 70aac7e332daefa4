/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD 16 with a mutex for each hash bucket: no lock covers a search.
 *
 * Models:	in_pcb.c, tcp_usrreq.c, tcp_syncache.c of sys/netinet, main of
 *		2026 after freebsd-main-2026-04, with bucket locks.
 * Left out:	as in freebsd-14.c.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/net/net.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_16;
extern const struct allocator allocator_counter_dest;

const struct stack stack_freebsd_16 = {
	.name = "freebsd-16",
	.known = STACK_RECORDED,
	.title = "FreeBSD 16: a mutex a bucket, no lock over the search",
	.source = "in_pcb_lport_dest(), in_pcbbind_setup(), in_pcbconnect(), "
	    "sys/netinet, main of 2026 with bucket locks",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.recorded_ops = 36269,
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_counter_dest,
		.layout = &pcb_layout_freebsd_15,
		.has_reuseport_lb = true,
		.lb_never_connects = true,
		.bound_walks_wild = true,
		.inaddr_wild = INADDR_WILD_OFF
	},
	.plan = &plan_freebsd_16,
	.timewait = TIMEWAIT_CALLOUT,
	.nolocaltimewait = true
};
