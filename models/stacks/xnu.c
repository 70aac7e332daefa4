/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * XNU, the kernel of macOS: chooses ports as FreeBSD 12.0 does, one after the
 * other, in a range of 16,384; and input waits for the search.
 *
 * Models:	bsd/netinet/in_pcb.c, tcp_usrreq.c, tcp_subr.c, tcp_timer.c,
 *		xnu-11417.101.15 (2025-05-01; 11417.121.6 is the same there).
 * Left out:	see models/xnu/call.c and lport.c, models/plans/xnu.c.
 */

#include <stddef.h>

#include "models/plans/xnu.h"
#include "models/stacks/stack.h"
#include "models/xnu/family.h"

extern const struct stack stack_xnu;

static const struct stack_sysctl sysctls[] = {
	{ "net.inet.ip.portrange.first", "49152" },
	{ "net.inet.ip.portrange.last", "65535" },
	{ "net.inet.tcp.randomize_ports", "0" },
	{ "net.inet.tcp.msl", "15s" },
	{ "net.inet.tcp.tcbhashsize", "4096" },
	{ NULL, NULL }
};

const struct stack stack_xnu = {
	.name = "xnu",
	.title = "XNU (macOS): port first, address after; input waits too",
	.source = "in_pcbbind(), in_pcblookup_local(), tcp_connect(), "
	    "bsd/netinet, xnu-11417.101.15",
	.left_out = "IPv6, Skywalk and NECP, multicast, IP_PORTRANGE, "
	    "SOF_BINDRANDOMPORT, UDP",
	.known = STACK_RECORDED,
	.recorded_ops = 52047,
	.family = &net_family_xnu,
	.port_first = true,
	.plan = &plan_xnu,
	.sysctls = sysctls,
	.timewait = TIMEWAIT_CALLOUT
};
