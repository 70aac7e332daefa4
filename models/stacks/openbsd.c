/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * OpenBSD: source before port, random at every call, tables that grow, and a
 * mutex that spins.
 *
 * Models:	in_pcb.c 1.320, tcp_usrreq.c of sys/netinet, OpenBSD of 2025-07.
 * Left out:	IPv6, rdomains, IP_PORTRANGE, SO_BINDANY; what tables cost to
 *		grow.
 */

#include <stddef.h>

#include "models/openbsd/family.h"
#include "models/plans/openbsd.h"
#include "models/stacks/stack.h"

extern const struct stack stack_openbsd;

static const struct stack_sysctl sysctls[] = {
	{ "net.inet.ip.portfirst", "1024" },
	{ "net.inet.ip.portlast", "49151" },
	{ "net.inet.tcp.tcbhashsize", "128" },
	{ NULL, NULL }
};

const struct stack stack_openbsd = {
	.name = "openbsd",
	.known = STACK_RECORDED,
	.title = "OpenBSD: address first, whatever the destination",
	.source = "in_pcbbind_locked(), in_pcbpickport(), in_pcbconnect(), "
	    "in_pcbresize(), sys/netinet, OpenBSD of 2025-07",
	.left_out = "IPv6, rdomains, IP_PORTRANGE, SO_BINDANY, UDP",
	.recorded_ops = 72894,
	.family = &net_family_openbsd,
	.sysctls = sysctls,
	.plan = &plan_openbsd,
	.timewait = TIMEWAIT_CALLOUT
};
