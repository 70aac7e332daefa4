/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD 11.x: chooses ports as 12.0 does; rwlocks, which readers hold.
 *
 * Models:	in_pcb.c, tcp_usrreq.c, tcp_syncache.c of sys/netinet,
 *		FreeBSD 11.0.
 * Left out:	IPv6 and dual-stack sockets, jails, MAC, BINDMULTI, multicast
 *		addresses, the high and low port ranges: none of them is in a
 *		scenario of plain IPv4 TCP clients and servers.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/net/net.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_11;
extern const struct allocator allocator_rover;

const struct stack stack_freebsd_11 = {
	.name = "freebsd-11",
	.releases = (const struct stack_release[]){
		{ "freebsd-11", STACK_BOOTED },
		{ "freebsd-11.0", STACK_BOOTED },
		{ "freebsd-11.1", STACK_INFERRED },
		{ "freebsd-11.2", STACK_INFERRED },
		{ "freebsd-11.3", STACK_INFERRED },
		{ "freebsd-11.4", STACK_INFERRED },
		{ NULL, STACK_INFERRED }
	},
	.known = STACK_BOOTED,
	.title = "FreeBSD 11: port first, address after; rwlocks",
	.source = "in_pcb_lport(), in_pcbbind_setup(), in_pcbconnect_setup(), "
	    "tcp_connect(), sys/netinet, FreeBSD 11.0",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.recorded_ops = 36265,
	.booted = "11.0-RELEASE-p1",
	.booted_ops = 20292,
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_rover,
		.layout = &pcb_layout_freebsd_11,
		.uids_share = NET_REUSEPORT,
		.has_tick = true
	},
	.port_first = true,
	.plan = &plan_freebsd_11,
	.timewait = TIMEWAIT_CAPPED
};
