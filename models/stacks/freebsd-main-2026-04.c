/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD main from 2026-04-12 to its bucket locks: 15, but socket(2) takes the
 * hash mutex.
 *
 * Models:	in_pcb.c, tcp_usrreq.c, tcp_syncache.c of sys/netinet, main
 *		from 2026-04-12 on, three forks of it.
 * Left out:	as in freebsd-14.c.  Nothing was recorded from it: its
 *		decisions are 15's, which were; its locks were read.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/net/net.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_main_2026_04;
extern const struct allocator allocator_random_dest;

const struct stack stack_freebsd_main_2026_04 = {
	.name = "freebsd-main-2026-04",
	.known = STACK_READ,
	.title = "freebsd-15, with socket(2) under the hash mutex",
	.source = "in_pcb_lport_dest(), in_pcbbind_setup(), in_pcbconnect(), "
	    "sys/netinet, main after 2026-04-12",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_random_dest,
		.layout = &pcb_layout_freebsd_15,
		.has_reuseport_lb = true,
		.lb_never_connects = true,
		.inaddr_wild = INADDR_WILD_OFF
	},
	.plan = &plan_freebsd_main_2026_04,
	.timewait = TIMEWAIT_CALLOUT,
	.nolocaltimewait = true
};
