/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Rules, asked of kernels; see paper_rule.h.
 */

#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/rng.h"
#include "study/scenario/paper_rule.h"

/* Two ports that nobody keeps back, and tries to fill them, by chance too. */
#define	RULE_FIRST	20000
#define	RULE_TRIES	16
#define	RULE_FPORT	80
/* So many that by chance alone no two of as many draws would be the same. */
#define	RULE_MANY	16

/* Not the same again: a kernel may draw until it likes what it gets. */
static uint32_t
rule_draw(void *arg)
{

	return (rng_u32(arg));
}

/* Idle tables with the primary address. */
static struct net *
rule_net(const struct run_conf *conf, uint16_t first, uint16_t last,
    struct rng *random)
{
	struct net_conf nc = { .search = NET_SEARCH_INDEX, .hashsize = 16,
	    .porthashsize = 16, .first = first, .last = last,
	    .draw = rule_draw, .draw_arg = random };
	const char *reserved;
	struct net *n;

	rng_init(random, 1, 1, "paper/rule");
	n = stack_net(conf->stack, &nc);
	net_laddr_add(n, conf->host.laddrs[0]);
	net_set(n, "randomized", conf->kernel.portrange_randomized);
	net_set(n, "require_unique_port", conf->kernel.require_unique_port);
	net_set(n, "algo", conf->kernel.anonportalgo);
	reserved = conf->kernel.knobs[RUN_IP_LOCAL_RESERVED_PORTS];
	if (reserved != NULL && first != RULE_FIRST)
		(void)net_set_text(n, run_knob_name(
		    RUN_IP_LOCAL_RESERVED_PORTS), reserved);
	return (n);
}

unsigned
paper_rule_ports(const struct run_conf *conf, const struct workload_conf *wc)
{
	struct rng random;
	uint16_t first, last;
	unsigned ports;
	struct net *n;

	portrange_of(conf, wc, &first, &last);
	/* Whoever names a port may have any. */
	if (wc->bind == BIND_LADDR_LPORT)
		return (last - first + 1u);
	n = rule_net(conf, first, last, &random);
	ports = net_ports_free(n, conf->host.laddrs[0]);
	net_free(n);
	return (ports);
}

/* One connection to `faddr' as the workload makes them, the nth; its error. */
static int
rule_connect(struct net *n, const struct run_conf *conf,
    const struct workload_conf *wc, bool bound, uint32_t faddr, unsigned nth)
{
	struct net_op op = { .error = 0 };
	uint32_t pcb;

	pcb = net_socket(n, wc->sockopts | (wc->bind == BIND_NOPORT ?
	    NET_NOPORT : 0), 1001);
	if (bound)
		net_bind(n, pcb, conf->host.laddrs[0], wc->bind ==
		    BIND_LADDR_LPORT ? (uint16_t)(RULE_FIRST + nth % 2) : 0,
		    &op);
	else if (wc->bind == BIND_ANY)
		net_bind(n, pcb, NET_ANY, 0, &op);
	if (op.error == 0)
		net_connect(n, pcb, faddr, RULE_FPORT, &op);
	if (op.error != 0)
		net_close(n, pcb, NULL);
	return (op.error);
}

/* Both ports are used up towards `faddr': what the last that tried got. */
static int
rule_fill(struct net *n, const struct run_conf *conf,
    const struct workload_conf *wc, bool bound, uint32_t faddr)
{
	unsigned i;
	int error;

	for (i = 0, error = 0; i < RULE_TRIES; i++)
		error = rule_connect(n, conf, wc, bound, faddr, i);
	return (error);
}

bool
paper_rule_blind(const struct run_conf *conf, const struct workload_conf *wc,
    bool bound)
{
	struct rng random;
	struct net *n;
	uint32_t faddr, laddr;
	unsigned i, ports;
	bool meets;

	if (wc->bind == BIND_LADDR_LPORT ||
	    (wc->sockopts & (NET_REUSEADDR | NET_REUSEPORT)) == 0)
		return (false);
	laddr = conf->host.laddrs[0];
	n = rule_net(conf, RULE_FIRST, RULE_FIRST + RULE_MANY - 1, &random);
	ports = net_ports_free(n, laddr);
	faddr = net_addr_add(laddr, 1);
	for (i = 0, meets = false; i < ports && !meets; i++)
		meets = rule_connect(n, conf, wc, bound, faddr, i) != 0;
	net_free(n);
	return (meets);
}

bool
paper_rule_peers(const struct run_conf *conf, const struct workload_conf *wc,
    bool bound)
{
	struct rng random;
	struct net *n;
	uint32_t faddr;
	unsigned i;
	bool meets;

	n = rule_net(conf, RULE_FIRST, RULE_FIRST + 1, &random);
	net_set(n, "randomized", false);
	faddr = net_addr_add(conf->host.laddrs[0], 1);
	(void)rule_fill(n, conf, wc, bound, faddr);
	for (i = 0, meets = false; i < RULE_TRIES && !meets; i++)
		meets = rule_connect(n, conf, wc, bound, net_addr_add(faddr,
		    1), i) == 0;
	net_free(n);
	return (meets);
}

const char *
paper_rule_error(const struct run_conf *conf, const struct workload_conf *wc,
    bool bound, char buf[16])
{
	struct rng random;
	struct net *n;
	int error;

	n = rule_net(conf, RULE_FIRST, RULE_FIRST + 1, &random);
	net_set(n, "randomized", false);
	error = rule_fill(n, conf, wc, bound, net_addr_add(
	    conf->host.laddrs[0], 1));
	net_free(n);
	return (net_error_name(error, buf));
}
