/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Linux 6.18: a connect() looks at candidates without their locks; a port that
 * was bound opens again.
 *
 * Models:	inet_hashtables.c, inet_connection_sock.c, tcp_ipv4.c of
 *		net/ipv4, 6.18.15; and what a running 6.18.44 did
 *		(tests/golden/linux).
 * Left out:	IPv6, namespaces, devices, SO_REUSEPORT with a program, UDP.
 */

#include <stddef.h>

#include "models/plans/linux.h"
#include "models/stacks/stack.h"

extern const struct stack stack_linux_6_18;

static const struct stack_sysctl sysctls[] = {
	{ "net.ipv4.ip_local_port_range", "32768 60999" },
	{ "net.ipv4.ip_local_reserved_ports", "" },
	{ "net.ipv4.ip_autobind_reuse", "0" },
	{ "net.ipv4.tcp_tw_reuse", "2" },
	{ "net.ipv4.tcp_tw_reuse_delay", "1000" },
	{ "net.ipv4.tcp_timestamps", "1" },
	{ "net.ipv4.tcp_fin_timeout", "60" },
	{ "net.ipv4.tcp_syn_retries", "6" },
	{ "net.ipv4.tcp_syn_linear_timeouts", "4" },
	{ NULL, NULL }
};

const struct stack stack_linux_6_18 = {
	.name = "linux-6.18",
	.known = STACK_BOOTED,
	.title = "Linux 6.18: parities, looks without locks, a bound port "
	    "opens again",
	.source = "__inet_hash_connect(), inet_csk_get_port(), net/ipv4, "
	    "6.18.15; the running 6.18.44",
	.left_out = "IPv6, namespaces, devices, SO_REUSEPORT programs, UDP",
	.recorded_ops = 10258,
	.recorded_but = "which port, the secret's affair, and the counts: "
	    "errors, addresses, parity and sharing, with any secret",
	.family = &net_family_linux,
	.variant = &linux_6_18,
	.plan = &plan_linux,
	.sysctls = sysctls,
	.timewait = TIMEWAIT_CALLOUT
};
