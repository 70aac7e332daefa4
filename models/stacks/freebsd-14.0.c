/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD 14.0 to 14.2: as 12.2, random on every call; exact and wild tables.
 *
 * Models:	in_pcb.c, tcp_usrreq.c, tcp_syncache.c of sys/netinet,
 *		14.0-STABLE of
 *		2024 and stable/14 of October 2024 (14.2).
 * Left out:	IPv6 and dual-stack sockets, jails, MAC, BINDMULTI, multicast
 *		addresses, the high and low port ranges: none of them is in a
 *		scenario of plain IPv4 TCP clients and servers.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/net/net.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_14_0;
extern const struct allocator allocator_random_dest;

const struct stack stack_freebsd_14_0 = {
	.name = "freebsd-14.0",
	.releases = (const struct stack_release[]){
		{ "freebsd-14.0", STACK_BOOTED },
		{ "freebsd-14.1", STACK_INFERRED },
		{ "freebsd-14.2", STACK_READ },
		{ NULL, STACK_INFERRED }
	},
	.known = STACK_BOOTED,
	.title = "FreeBSD 14.0 to 14.2: 14.3 with the uid rule of 12.2",
	.source = "in_pcb_lport_dest(), in_pcbbind_setup(), in_pcbconnect(), "
	    "tcp_usr_listen(), sys/netinet, 14.0-STABLE",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.booted = "14.0-STABLE",
	.booted_ops = 20138,
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_random_dest,
		.layout = &pcb_layout_freebsd_14,
		.has_reuseport_lb = true,
		.uids_share = NET_REUSEPORT_LB,
		.inaddr_wild = INADDR_WILD_ON
	},
	.plan = &plan_freebsd_14,
	.timewait = TIMEWAIT_CALLOUT,
	.nolocaltimewait = true,
	.late_knob = "connect_inaddr_wild",
	.late_since = "freebsd-14.2"
};
