/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sockets, peers, addresses to bind to; see ends.h.
 */

#include "models/machine/ends.h"
#include "models/machine/machine.h"
#include "models/net/net.h"
#include "sim/rng.h"

#define	ENDS_UID	1001	/* whose a workload's programs are */
#define	ENDS_RESERVED	1024	/* root's are the ports below */

uint32_t
ends_socket(const struct machine *m, const struct workload_conf *wc)
{
	const struct portrange *pr;
	struct net *n;
	unsigned opts;
	uint32_t pcb;
	bool root;

	n = m->net;
	pr = &wc->portrange;
	opts = wc->sockopts;
	if (pr->kind == PORTRANGE_HIGH)
		opts |= NET_HIGHPORT;
	else if (pr->kind == PORTRANGE_LOW)
		opts |= NET_LOWPORT;
	if (wc->bind == BIND_NOPORT)
		opts |= NET_NOPORT;
	root = pr->kind == PORTRANGE_LOW ||
	    (pr->kind == PORTRANGE_OWN && pr->first < ENDS_RESERVED);
	pcb = net_socket(n, opts, root ? 0 : ENDS_UID);
	if (pcb != NET_NOPCB && pr->kind == PORTRANGE_OWN &&
	    wc->bind != BIND_LADDR_LPORT)
		net_setopt_range(n, pcb, pr->first, pr->last);
	return (pcb);
}

void
ends_peer(const struct machine *m, const struct workload_conf *wc,
    struct rng *rng, struct conn *c)
{

	c->faddr = wc->faddrs[rng_below(rng, wc->nfaddrs)];
	c->loopback = net_laddr_has(m->net, c->faddr);
	c->fport = wc->nfports == 1 ? wc->fports[0] :
	    wc->fports[rng_below(rng, wc->nfports)];
}

void
ends_draw(const struct machine *m, const struct workload_conf *wc,
    struct rng *rng, struct conn *c, uint64_t nth)
{
	uint16_t first, last;
	uint64_t turn;

	ends_peer(m, wc, rng, c);
	c->binds = wc->bind != BIND_NONE;
	portrange_of(m->conf, wc, &first, &last);
	turn = wc->laddrs_full ? nth / (last - first + 1u) : nth;
	if (bind_has_laddr(wc->bind))
		c->laddr = wc->laddrs[turn % wc->nladdrs];
	if (wc->bind != BIND_LADDR_LPORT)
		return;
	/* The program counts ports itself, the same for each laddr. */
	c->lport = (uint16_t)(first + (wc->laddrs_full ? nth :
	    nth / wc->nladdrs) % (last - first + 1u));
}
