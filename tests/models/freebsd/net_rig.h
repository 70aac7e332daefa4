/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A kernel's sockets without time, small enough to count on one's fingers: a
 * range of ports, some local addresses, and arc4random() drawing what the test
 * says.  Calls that are not the point of a test must succeed.
 */

#ifndef TESTS_MODELS_FREEBSD_NET_RIG_H
#define	TESTS_MODELS_FREEBSD_NET_RIG_H

#include <glib.h>

#include "models/net/net.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "sim/rng.h"

#define	RIG_FIRST	10000
#define	RIG_UID		1001

struct net_rig {
	struct net	*net;
	unsigned	nports;		/* from RIG_FIRST on */
	uint32_t	draw;		/* arc4random() returns this, */
	bool		random;		/* or the next of `rng' */
	struct rng	rng;
};

static inline uint32_t
net_rig_addr(const char *text)
{
	uint32_t a;

	g_assert_true(net_addr_parse(text, &a));
	return (a);
}

/* The i-th local address; the 0th is the primary. */
static inline uint32_t
net_rig_laddr(unsigned i)
{

	return (net_addr_add(net_rig_addr("198.51.100.1"), i));
}

static inline uint32_t
net_rig_faddr(unsigned i)
{

	return (net_addr_add(net_rig_addr("203.0.113.10"), i));
}

static inline uint32_t
net_rig_draw(void *arg)
{
	struct net_rig *r;

	r = arg;
	return (r->random ? rng_u32(&r->rng) : r->draw);
}

/* Random starts; r->draw is 0 until the test changes it. */
static inline void
net_rig_init(struct net_rig *r, const char *stack, unsigned nports,
    unsigned nladdrs)
{
	const struct stack *s = stack_find(stack);
	struct net_conf conf = {
	    .search = nports > 10000 ? NET_SEARCH_INDEX : NET_SEARCH_BOTH,
	    .first = RIG_FIRST, .last = (uint16_t)(RIG_FIRST + nports - 1),
	    .hashsize = 65536, .porthashsize = 65536, .draw = net_rig_draw,
	    .draw_arg = r, .hash_seed = 0x1234 };
	unsigned i;

	g_assert_nonnull(s);
	*r = (struct net_rig){ .net = stack_net(s, &conf), .nports = nports };
	rng_init(&r->rng, 1, 0, "net_rig");
	for (i = 0; i < nladdrs; i++)
		net_laddr_add(r->net, net_rig_laddr(i));
}

/* Searches go in order; the next one tries `lport' first (not on 15). */
static inline void
net_rig_next(struct net_rig *r, uint16_t lport)
{

	net_set(r->net, "randomized", false);
	net_set(r->net, "lastport", (uint16_t)(lport - 1));
}

/*
 * A connection from (laddr, lport), both by name, so that no search takes part;
 * SO_REUSEADDR lets it in beside other connections of that port.
 */
static inline uint32_t
net_rig_hold(struct net_rig *r, uint32_t laddr, uint16_t lport,
    uint32_t faddr)
{
	struct net_op op;
	uint32_t pcb;

	pcb = net_socket(r->net, NET_REUSEADDR, RIG_UID);
	net_bind(r->net, pcb, laddr, lport, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_connect(r->net, pcb, faddr, 443, &op);
	g_assert_cmpint(op.error, ==, 0);
	return (pcb);
}

/* Each port of the range held once, by local address `laddr'. */
static inline void
net_rig_hold_all(struct net_rig *r, uint32_t laddr, uint32_t faddr)
{
	unsigned i;

	for (i = 0; i < r->nports; i++)
		net_rig_hold(r, laddr, (uint16_t)(RIG_FIRST + i), faddr);
}

/* A range whose ports are all held by one local address, towards one peer. */
static inline void
net_rig_init_full(struct net_rig *r, const char *stack, unsigned nports,
    unsigned nladdrs, unsigned holder)
{

	net_rig_init(r, stack, nports, nladdrs);
	net_rig_hold_all(r, net_rig_laddr(holder), net_rig_faddr(0));
}

/* connect() of a fresh unbound socket, which stays. */
static inline uint32_t
net_rig_unbound(struct net_rig *r, uint32_t faddr, struct net_op *op)
{
	uint32_t pcb;

	pcb = net_socket(r->net, 0, RIG_UID);
	net_connect(r->net, pcb, faddr, 443, op);
	return (pcb);
}

/* bind(laddr, 0) of a fresh socket, which stays. */
static inline uint32_t
net_rig_bind(struct net_rig *r, uint32_t laddr, struct net_op *op)
{
	uint32_t pcb;

	pcb = net_socket(r->net, 0, RIG_UID);
	net_bind(r->net, pcb, laddr, 0, op);
	return (pcb);
}

/* A listener on (*, lport). */
static inline uint32_t
net_rig_listen(struct net_rig *r, uint16_t lport)
{
	struct net_op op;
	uint32_t pcb;

	pcb = net_socket(r->net, 0, RIG_UID);
	net_bind(r->net, pcb, NET_ANY, lport, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_listen(r->net, pcb, &op);
	g_assert_cmpint(op.error, ==, 0);
	return (pcb);
}

static inline void
net_rig_fini(struct net_rig *r)
{

	net_check(r->net);
	net_free(r->net);
}

#endif /* !TESTS_MODELS_FREEBSD_NET_RIG_H */
