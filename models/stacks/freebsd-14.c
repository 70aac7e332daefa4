/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * FreeBSD 14.3 and 14.4: as 14.0, but no uid shares a port with another.
 *
 * Models:	in_pcb.c, tcp_usrreq.c, tcp_syncache.c of sys/netinet,
 *		FreeBSD 14.3.
 * Left out:	IPv6 and dual-stack sockets, jails, MAC, BINDMULTI, multicast
 *		addresses, the none of them is in a
 *		scenario of plain IPv4 TCP clients and servers.
 */

#include <stddef.h>

#include "models/freebsd/variant.h"
#include "models/net/net.h"
#include "models/plans/freebsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_freebsd_14;
extern const struct allocator allocator_random_dest;

const struct stack stack_freebsd_14 = {
	.name = "freebsd-14",
	.releases = (const struct stack_release[]){
		{ "freebsd-14.3", STACK_RECORDED },
		{ "freebsd-14.4", STACK_INFERRED },
		{ NULL, STACK_INFERRED }
	},
	.known = STACK_RECORDED,
	.title = "FreeBSD 14.3, 14.4: address first, random; split tables",
	.source = "in_pcb_lport_dest(), in_pcbbind_setup(), in_pcbconnect(), "
	    "tcp_usr_listen(), sys/netinet, FreeBSD 14.3",
	.left_out = "IPv6, jails, BINDMULTI, multicast, IP_PORTRANGE, UDP",
	.recorded_ops = 20333,
	.recorded_but = "one visit where a socket bound to * enters a bucket, "
	    "which the recorder did not count",
	.family = &net_family_freebsd,
	.variant = &(const struct freebsd_variant){
		.allocator = &allocator_random_dest,
		.layout = &pcb_layout_freebsd_14,
		.has_reuseport_lb = true,
		.inaddr_wild = INADDR_WILD_ON
	},
	.plan = &plan_freebsd_14,
	.timewait = TIMEWAIT_CALLOUT,
	.nolocaltimewait = true
};
