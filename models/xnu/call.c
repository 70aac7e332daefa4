/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The system calls of TCP sockets, as far as they choose and hold ports.
 *
 * Theory:	a connect() of an unbound socket is bound to (*, port) first
 *		and finds its source after.  While the port is chosen the local
 *		address is *, so any pcb on a port makes it taken, whoever it
 *		talks to from wherever: the defect of 2019.  A connect() that
 *		fails later leaves the socket bound.
 * Models:	in_pcbbind(), in_pcblookup_local(), in_pcbladdr(),
 *		in_pcbinshash(), in_pcbrehash(), bsd/netinet/in_pcb.c;
 *		tcp_connect(), tcp_usr_listen(), bsd/netinet/tcp_usrreq.c,
 *		xnu-11417.101.15 (2025-05-01).
 * Left out:	IPv6, multicast, Skywalk flows and NECP, SO_REUSESHAREUID,
 *		notices of conflicts; the T/TCP option, with which alone
 *		tcp_connect() takes a TIME_WAIT pcb's tuple; that the world is
 *		looked at again after the socket's lock was let go
 *		(ECONNABORTED); EAGAIN for want of memory.
 */

#include <errno.h>

#include <glib.h>

#include "models/xnu/xnu.h"
#include "sim/kassert.h"

#define	PORT_RESERVED	1024		/* IPPORT_RESERVED */
#define	REUSE_ANY	(NET_REUSEADDR | NET_REUSEPORT)

uint32_t
xnu_socket(struct net *n, unsigned opts, uint32_t uid, struct net_op *op)
{
	struct xnu *x;
	uint32_t pcb;

	(void)op;
	x = xnu_of(n);
	pcb = pcb_alloc(&x->table.pool);
	/* There is no load balancing here. */
	xnu_pcb(x, pcb)->opts = (uint8_t)(opts & REUSE_ANY);
	xnu_pcb(x, pcb)->uid = uid;
	return (pcb);
}

void
xnu_setopt(struct net *n, uint32_t pcb, enum net_sockopt opt, bool on)
{
	struct pcb *p;

	p = xnu_pcb(xnu_of(n), pcb);
	if (on)
		p->opts |= (uint8_t)(opt & REUSE_ANY);
	else
		p->opts &= (uint8_t)~opt;
}

/*
 * The pcb that a wildcard lookup finds, which the table knows to be a
 * connected one: the first with the best score.
 */
static const struct pcb *
connected_holder(const struct xnu *x, uint32_t laddr, uint16_t lport)
{
	const struct pcb *best, *p;
	uint32_t *list;
	size_t i, n;
	int best_score, score;

	n = pcb_table_plist(&x->table, lport, NULL, 0);
	list = g_new(uint32_t, n);
	(void)pcb_table_plist(&x->table, lport, list, n);
	best = NULL;
	best_score = 3;
	for (i = 0; i < n; i++) {
		p = xnu_pcb(x, list[i]);
		score = pcb_connected(p);
		if (p->laddr != laddr) {
			if (p->laddr != NET_ANY && laddr != NET_ANY)
				continue;
			score++;
		}
		if (score < best_score) {
			best = p;
			best_score = score;
		}
	}
	g_free(list);
	return (best);
}

/* Does a socket of another user refuse the port? */
static bool
foreign(struct xnu *x, const struct pcb *p, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{
	struct port_query q = { .rule = PORT_RULE_LOCAL, .laddr = laddr };
	const struct pcb *t;
	uint32_t held;

	held = pcb_table_local(&x->table, &q, lport, &op->total);
	if (held == PCB_NONE)
		return (false);
	t = held == PCB_CONNECTED ? connected_holder(x, laddr, lport) :
	    xnu_pcb(x, held);
	KASSERT(t != NULL, ("port %u is held by nobody", lport));
	return (t->uid != p->uid && (laddr != NET_ANY || t->laddr != NET_ANY));
}

/* May it have the port that it asks for by name? */
static int
check_named(struct xnu *x, const struct pcb *p, uint32_t laddr,
    uint16_t lport, struct net_op *op)
{
	struct port_query q = { .laddr = laddr };
	uint32_t held;

	/* Anybody may have it on *. */
	if (lport < PORT_RESERVED && laddr != NET_ANY && p->uid != 0)
		return (EACCES);
	if (port_set_has(&x->restricted, lport))
		return (EADDRINUSE);
	if (p->uid != 0 && foreign(x, p, laddr, lport, op))
		return (EADDRINUSE);
	q.rule = (p->opts & REUSE_ANY) == 0 ? PORT_RULE_LOCAL :
	    PORT_RULE_UNCONNECTED;
	held = pcb_table_local(&x->table, &q, lport, &op->total);
	if (held == PCB_NONE)
		return (0);
	/* With SO_REUSEPORT only an unconnected one can be found. */
	if (held != PCB_CONNECTED && (xnu_pcb(x, held)->opts & p->opts &
	    NET_REUSEPORT) != 0)
		return (0);
	return (EADDRINUSE);
}

static int
do_bind(struct xnu *x, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{
	struct pcb *p;
	int error;

	p = xnu_pcb(x, pcb);
	if (p->lport != 0 || p->laddr != NET_ANY)
		return (EINVAL);
	if (laddr != NET_ANY && !net_laddr_has(&x->net, laddr))
		return (EADDRNOTAVAIL);
	/* An automatic port has to be unused, whatever the options. */
	error = lport != 0 ? check_named(x, p, laddr, lport, op) :
	    xnu_lport(x, laddr, &lport, op);
	if (error != 0)
		return (error);
	p->laddr = laddr;
	p->lport = lport;
	pcb_table_insert(&x->table, pcb, &op->total);
	return (0);
}

void
xnu_bind(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{

	op->error = do_bind(xnu_of(n), pcb, laddr, lport, op);
}

void
xnu_listen(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct xnu *x;
	struct pcb *p;

	x = xnu_of(n);
	p = xnu_pcb(x, pcb);
	if (pcb_connected(p))
		op->error = EINVAL;
	else if (p->lport == 0)
		op->error = do_bind(x, pcb, NET_ANY, 0, op);
	if (op->error == 0)
		p->flags |= PCB_LISTENING;
}

static int
do_connect(struct xnu *x, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	struct port_query q = { .rule = PORT_RULE_TUPLE, .fport = fport };
	const struct pcb *p;
	int error;

	p = xnu_pcb(x, pcb);
	if (p->lport == 0) {
		error = do_bind(x, pcb, NET_ANY, 0, op);
		if (error != 0)
			return (error);
	}
	if (fport == 0)
		return (EADDRNOTAVAIL);
	q.faddr = faddr == NET_ANY ? x->net.first_laddr : faddr;
	q.laddr = p->laddr;
	if (q.laddr == NET_ANY) {
		error = net_source(&x->net, q.faddr, &q.laddr);
		if (error != 0)
			return (error);
	}
	if (pcb_table_exact(&x->table, &q, p->lport, &op->total))
		return (EADDRINUSE);
	pcb_table_rehash(&x->table, pcb, q.laddr, q.faddr, fport);
	return (0);
}

void
xnu_connect(struct net *n, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	const struct pcb *p;
	struct xnu *x;

	x = xnu_of(n);
	p = xnu_pcb(x, pcb);
	if ((p->flags & PCB_LISTENING) != 0)
		op->error = EOPNOTSUPP;
	else if (pcb_connected(p))
		op->error = EISCONN;
	else
		op->error = do_connect(x, pcb, faddr, fport, op);
}

/*
 * Input has looked for the tuple before and found none; that lookup is paid
 * for there.
 */
void
xnu_accept(struct net *n, uint32_t pcb, const struct net_end *end,
    struct net_op *op)
{
	struct port_query q = { .rule = PORT_RULE_TUPLE, .laddr = end->laddr,
	    .faddr = end->faddr, .fport = end->fport };
	struct net_visits unpaid = { 0 };
	struct xnu *x;
	struct pcb *p;

	x = xnu_of(n);
	if (pcb_table_exact(&x->table, &q, end->lport, &unpaid)) {
		op->error = EADDRINUSE;
		return;
	}
	p = xnu_pcb(x, pcb);
	p->laddr = end->laddr;
	p->lport = end->lport;
	p->faddr = end->faddr;
	p->fport = end->fport;
	pcb_table_insert(&x->table, pcb, &op->total);
}

void
xnu_close(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct xnu *x;

	(void)op;
	x = xnu_of(n);
	if ((xnu_pcb(x, pcb)->flags & PCB_INHASH) != 0)
		pcb_table_remove(&x->table, pcb);
	pcb_release(&x->table.pool, pcb);
}
