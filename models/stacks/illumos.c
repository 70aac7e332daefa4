/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * illumos: a port for the destination before the source is known; what was
 * bound, not what is connected, stands in the way of bind(2).
 *
 * Models:	usr/src/uts/common/inet/tcp/tcp_bind.c, tcp.c, inet/ip/
 *		ipclassifier.c, illumos-gate of 2020-12-24.
 * Left out:	see models/illumos/call.c, lport.c and table.c.
 */

#include <stddef.h>

#include "models/illumos/family.h"
#include "models/plans/illumos.h"
#include "models/stacks/stack.h"

extern const struct stack stack_illumos;

static const struct stack_sysctl sysctls[] = {
	{ "smallest_anon_port", "32768" },
	{ "largest_anon_port", "65535" },
	{ "tcp_random_anon_port", "1" },
	{ "_time_wait_interval", "60s" },
	{ "ipcl_conn_hash_size", "98299" },
	{ NULL, NULL }
};

const struct stack stack_illumos = {
	.name = "illumos",
	.title = "illumos: port by destination, source after; squeues",
	.source = "tcp_bindi(), tcp_connect_ipv4(), ipcl_conn_insert_v4(), "
	    "uts/common/inet, illumos-gate of 2020-12-24",
	.left_out = "IPv6, zones, labels, TCP_EXCLBIND, SO_REUSEPORT, UDP",
	.known = STACK_RECORDED,
	.recorded_ops = 58195,
	.family = &net_family_illumos,
	.sysctls = sysctls,
	.plan = &plan_illumos,
	.timewait = TIMEWAIT_CALLOUT,
	.nolocaltimewait = true
};
