/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * NetBSD: a port before its address, one port hash of 128 buckets, one lock for
 * all of TCP/IP.
 *
 * Models:	in_pcb.c 1.155, portalgo.c 1.7, tcp_usrreq.c of sys/netinet,
 *		NetBSD-current of 2015-02-10; what a running 7.99.34 does
 *		otherwise.
 * Left out:	IPv6, vestigial TIME_WAIT, IP_PORTALGO of a socket, low ports,
 *		NET_MPSAFE.
 */

#include <stddef.h>

#include "models/netbsd/family.h"
#include "models/plans/netbsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_netbsd;

static const struct stack_sysctl sysctls[] = {
	{ "net.inet.ip.anonportmin", "49152" },
	{ "net.inet.ip.anonportmax", "65535" },
	{ "net.inet.ip.anonportalgo.selected", "bsd" },
	{ "net.inet.tcp.msl", "30s" },
	{ "net.inet.tcp.tcbhashsize", "128" },
	{ NULL, NULL }
};

const struct stack stack_netbsd = {
	.name = "netbsd",
	.known = STACK_RECORDED,
	.title = "NetBSD: port first, 128 buckets, EAGAIN",
	.source = "in_pcbbind_port(), in_pcbsetport(), in_pcbconnect(), "
	    "portalgo_randport(), sys/netinet, NetBSD of 2015-02",
	.left_out = "IPv6, vestigial TIME_WAIT, IP_PORTALGO, low ports, UDP",
	.recorded_ops = 76257,
	.family = &net_family_netbsd,
	.port_first = true,
	.sysctls = sysctls,
	.plan = &plan_netbsd,
	.timewait = TIMEWAIT_CALLOUT
};
