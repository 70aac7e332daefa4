/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD 12.0 and 12.1: the allocator of the 2019 report.
 *
 * Models:	in_pcb.c, tcp_usrreq.c, tcp_syncache.c of sys/netinet,
 *		FreeBSD 12.0.
 * Left out:	IPv6 and dual-stack sockets, jails, MAC, BINDMULTI, multicast
 *		addresses, the high and low port ranges: none of them is in a
 *		scenario of plain IPv4 TCP clients and servers.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/net/net.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_12_0;
extern const struct allocator allocator_rover;

const struct stack stack_freebsd_12_0 = {
	.name = "freebsd-12.0",
	.releases = (const struct stack_release[]){
		{ "freebsd-12.0", STACK_RECORDED },
		{ "freebsd-12.1", STACK_BOOTED },
		{ NULL, STACK_INFERRED }
	},
	.known = STACK_BOOTED,
	.title = "FreeBSD 12.0, 12.1: port first, address after",
	.source = "in_pcb_lport(), in_pcbbind_setup(), in_pcbconnect_setup(), "
	    "tcp_connect(), sys/netinet, FreeBSD 12.0",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.recorded_ops = 20488,
	.booted = "12.1-RELEASE",
	.booted_ops = 20292,
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_rover,
		.layout = &pcb_layout_freebsd_12_0,
		.has_reuseport_lb = true,
		.uids_share = NET_REUSEPORT_LB,
		.has_tick = true
	},
	.port_first = true,
	.plan = &plan_freebsd_12,
	.timewait = TIMEWAIT_CAPPED
};
