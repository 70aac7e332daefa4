/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Linux 6.1: each candidate of a connect() under its bucket's lock.
 *
 * Models:	inet_hashtables.c, inet_connection_sock.c, tcp_ipv4.c of
 *		net/ipv4, 6.1.176: the size of the buckets of established
 *		sockets is that of a machine with some GB of memory.
 * Left out:	IPv6, namespaces, devices, SO_REUSEPORT with a program, UDP.
 *		IP_LOCAL_PORT_RANGE came with 6.3; here it is as where it was
 *		taken back into 6.1, by twos.
 */

#include <stddef.h>

#include "models/plans/linux.h"
#include "models/stacks/stack.h"

extern const struct stack stack_linux_6_1;

static const struct stack_sysctl sysctls[] = {
	{ "net.ipv4.ip_local_port_range", "32768 60999" },
	{ "net.ipv4.ip_local_reserved_ports", "" },
	{ "net.ipv4.ip_autobind_reuse", "0" },
	{ "net.ipv4.tcp_tw_reuse", "2" },
	{ "net.ipv4.tcp_timestamps", "1" },
	{ "net.ipv4.tcp_fin_timeout", "60" },
	{ "net.ipv4.tcp_syn_retries", "6" },
	{ NULL, NULL }
};

const struct stack stack_linux_6_1 = {
	.name = "linux-6.1",
	.known = STACK_READ,
	.title = "Linux 6.1: parities, a lock a candidate, a bound port "
	    "stays closed",
	.source = "__inet_hash_connect(), inet_csk_get_port(), net/ipv4, "
	    "6.1.176",
	.left_out = "IPv6, namespaces, devices, SO_REUSEPORT programs, UDP",
	.family = &net_family_linux,
	.variant = &linux_6_1,
	.plan = &plan_linux,
	.sysctls = sysctls,
	.timewait = TIMEWAIT_CALLOUT
};
