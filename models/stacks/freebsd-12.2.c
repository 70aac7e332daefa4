/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD 12.2, 13.0 and 13.1: source address first, then the port (r361228).
 *
 * Models:	in_pcb.c, tcp_usrreq.c, tcp_syncache.c of sys/netinet,
 *		FreeBSD 13.0.
 * Left out:	IPv6 and dual-stack sockets, jails, MAC, BINDMULTI, multicast
 *		addresses, the high and low port ranges: none of them is in a
 *		scenario of plain IPv4 TCP clients and servers.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/net/net.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_12_2;
extern const struct allocator allocator_rover_dest;

const struct stack stack_freebsd_12_2 = {
	.name = "freebsd-12.2",
	.releases = (const struct stack_release[]){
		{ "freebsd-12.2", STACK_BOOTED },
		{ "freebsd-12.3", STACK_INFERRED },
		{ "freebsd-12.4", STACK_INFERRED },
		{ "freebsd-13", STACK_RECORDED },
		{ "freebsd-13.0", STACK_RECORDED },
		{ "freebsd-13.1", STACK_READ },
		{ "freebsd-13.2", STACK_INFERRED },
		{ "freebsd-13.3", STACK_READ },
		{ "freebsd-13.4", STACK_INFERRED },
		{ "freebsd-13.5", STACK_INFERRED },
		{ NULL, STACK_INFERRED }
	},
	.known = STACK_BOOTED,
	.title = "FreeBSD 12.2 to 13.5: address first, then a port for it",
	.source = "in_pcb_lport_dest(), in_pcbbind_setup(), "
	    "in_pcbconnect_setup(), tcp_connect(), sys/netinet, "
	    "FreeBSD 12.2 and 13.0",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.recorded_ops = 20488,
	.booted = "12.2-RELEASE",
	.booted_ops = 20292,
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_rover_dest,
		.layout = &pcb_layout_freebsd_12_2,
		.has_reuseport_lb = true,
		.uids_share = NET_REUSEPORT_LB,
		.has_tick = true,
		.has_require_unique = true
	},
	.plan = &plan_freebsd_12_2,
	.timewait = TIMEWAIT_CAPPED
};
