/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * DragonFly: the address first, a random port for which the 4-tuple is free,
 * and a search in a protocol thread, which serves nobody meanwhile.
 *
 * Models:	sys/netinet/in_pcb.c of 2020-02-24, tcp_usrreq.c, tcp_subr.c,
 *		DragonFly master of 2020-07-24.
 * Left out:	see models/dragonfly/call.c, lport.c and table.c.
 */

#include <stddef.h>

#include "models/dragonfly/family.h"
#include "models/plans/dragonfly.h"
#include "models/stacks/stack.h"

extern const struct stack stack_dragonfly;

static const struct stack_sysctl sysctls[] = {
	{ "net.inet.ip.portrange.first", "1024" },
	{ "net.inet.ip.portrange.last", "5000" },
	{ "net.inet.ip.porthash_trycount", "auto" },
	{ "net.inet.tcp.msl", "30s" },
	{ "net.inet.tcp.tcbhashsize", "512" },
	{ NULL, NULL }
};

const struct stack stack_dragonfly = {
	.name = "dragonfly",
	.title = "DragonFly: a thread of the protocol searches, binds on CPU 0",
	.source = "in_pcbsetlport(), in_pcbbind_remote(), tcp_connect(), "
	    "sys/netinet, master of 2020-07-24",
	.left_out = "IPv6, jails, multicast, IP_PORTRANGE, UDP",
	.known = STACK_RECORDED,
	.recorded_ops = 57057,
	.family = &net_family_dragonfly,
	.sysctls = sysctls,
	.plan = &plan_dragonfly,
	.timewait = TIMEWAIT_CALLOUT
};
