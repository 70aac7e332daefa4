/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A bind(2) of port 0 on an idle machine; see panic.h.
 *
 * Models:	the division by last - first of in_pcb_lport_dest(), FreeBSD
 *		14.0 and later; 14.0-STABLE was booted and did panic.
 */

#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "study/scenario/panic.h"

static uint32_t
panic_draw(void *arg)
{

	(void)arg;
	return (0);
}

bool
panic_foreseen(const struct run_conf *conf)
{
	const struct net_conf nc = { .search = NET_SEARCH_INDEX,
	    .first = conf->kernel.portrange_first,
	    .last = conf->kernel.portrange_last, .hashsize = 16,
	    .porthashsize = 16, .draw = panic_draw };
	struct net_op op;
	struct net *n;

	/* Nothing else divides. */
	if (nc.first != nc.last)
		return (false);
	n = stack_net(conf->stack, &nc);
	net_set(n, "randomized", conf->kernel.portrange_randomized);
	net_laddr_add(n, conf->host.laddrs[0]);
	net_bind(n, net_socket(n, 0, 0), NET_ANY, 0, &op);
	net_free(n);
	return (op.error == NET_EDIVZERO);
}
