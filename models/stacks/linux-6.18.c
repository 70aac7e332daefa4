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

#include "models/linux/variant.h"
#include "models/stacks/stack.h"

extern const struct stack stack_linux_6_18;

const struct stack stack_linux_6_18 = {
	.name = "linux-6.18",
	.known = STACK_BOOTED,
	.title = "Linux 6.18: parities, looks without locks, a bound port "
	    "opens again",
	.source = "__inet_hash_connect(), inet_csk_get_port(), net/ipv4, "
	    "6.18.15; the running 6.18.44",
	.left_out = "IPv6, namespaces, devices, SO_REUSEPORT programs, UDP",
	.family = &net_family_linux,
	.variant = &linux_6_18,
	.timewait = TIMEWAIT_CALLOUT
};
