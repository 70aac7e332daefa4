/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Linux' sysctls; see wire_ipv4.h.
 */

#include "models/net/family.h"
#include "models/stacks/stack.h"
#include "study/scenario/wire_ipv4.h"

/* What the kernel takes, where that is no mere number. */
static const char *
knob_allowed(enum run_knob knob)
{

	switch (knob) {
	case RUN_IP_LOCAL_PORT_RANGE:
		return ("; allowed: two ports, 1 to 65535, the lower one "
		    "first");
	case RUN_IP_LOCAL_RESERVED_PORTS:
		return ("; allowed: ports and ranges of them, 1 to 65535, "
		    "such as 8080,9000-9010");
	case RUN_TCP_TW_REUSE:
		return ("; allowed: 0, 1 or 2");
	default:
		return ("");
	}
}

void
wire_ipv4(struct settings *st, const char *variant, struct run_conf *conf)
{
	struct net_conf nc = { .search = NET_SEARCH_WALK, .hashsize = 1,
	    .porthashsize = 1, .first = 1, .last = 1 };
	const struct param *p;
	struct net *net;
	unsigned i;

	if (conf->stack == NULL || stack_default(conf->stack,
	    "net.ipv4.ip_local_port_range") == NULL)
		return;
	net = stack_net(conf->stack, &nc);
	for (i = 0; i < RUN_NKNOBS; i++) {
		g_autofree char *key = g_strconcat("net.ipv4.",
		    run_knob_name(i), NULL);

		p = param_find("kernel", key);
		if (stack_default(conf->stack, key) != NULL &&
		    conf->kernel.knobs[i] != NULL &&
		    !net_set_text(net, run_knob_name(i),
		    conf->kernel.knobs[i]))
			settings_problem(st, settings_entry(st, variant,
			    "kernel", p), "is no value that %s "
			    "takes%s", conf->stack->name, knob_allowed(i));
	}
	net_range(net, &conf->kernel.portrange_first,
	    &conf->kernel.portrange_last);
	net_free(net);
	/* TCP_TIMEWAIT_LEN, which no sysctl changes; FreeBSD's are not its. */
	conf->kernel.msl = 30 * SIM_S;
	conf->kernel.tcbhashsize = 0;
}
