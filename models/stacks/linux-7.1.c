/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Linux 7.1: 6.18 with a step width.
 *
 * Models:	as linux-6.18.c; net.ipv4.ip_local_port_step_width as commit
 *		7da62262ec96 (net-next of 2026-03-11) has it.
 * Left out:	as linux-6.18.c.  No other change of port choice between the
 *		two was found; no recording of 7.1 was at hand.
 */

#include <stddef.h>

#include "models/plans/linux.h"
#include "models/stacks/stack.h"

extern const struct stack stack_linux_7_1;

static const struct stack_sysctl sysctls[] = {
	{ "net.ipv4.ip_local_port_range", "32768 60999" },
	{ "net.ipv4.ip_local_reserved_ports", "" },
	{ "net.ipv4.ip_local_port_step_width", "0" },
	{ "net.ipv4.ip_autobind_reuse", "0" },
	{ "net.ipv4.tcp_tw_reuse", "2" },
	{ "net.ipv4.tcp_tw_reuse_delay", "1000" },
	{ "net.ipv4.tcp_timestamps", "1" },
	{ "net.ipv4.tcp_fin_timeout", "60" },
	{ "net.ipv4.tcp_syn_retries", "6" },
	{ "net.ipv4.tcp_syn_linear_timeouts", "4" },
	{ NULL, NULL }
};

const struct stack stack_linux_7_1 = {
	.name = "linux-7.1",
	.known = STACK_READ,
	.title = "Linux 7.1: as 6.18, with "
	    "net.ipv4.ip_local_port_step_width",
	.source = "as 6.18, and commit 7da62262ec96, net-next of 2026-03-11",
	.left_out = "IPv6, namespaces, devices, SO_REUSEPORT programs, UDP",
	.family = &net_family_linux,
	.variant = &linux_7_1,
	.plan = &plan_linux,
	.sysctls = sysctls,
	.timewait = TIMEWAIT_CALLOUT
};
