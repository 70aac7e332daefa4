/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The system calls of TCP sockets, as far as they choose and hold ports.
 *
 * Theory:	connect() finds its source first and writes the foreign end
 *		into the pcb before it looks for a port, so that the pcb enters
 *		the port table as it will be.  If it fails the local address
 *		is taken back, the foreign one is not: the next connect() finds
 *		the socket connected.  bind() of port 0 is blind to
 *		destinations.
 * Models:	in_pcbbind(), in_pcbbind_remote(), in_pcbladdr(), sys/netinet/
 *		in_pcb.c; tcp_usr_bind(), tcp_usr_listen(), tcp_connect(),
 *		tcp_connect_oncpu(), sys/netinet/tcp_usrreq.c;
 *		syncache_socket(), tcp_syncache.c; solisten(), soconnect(),
 *		sys/kern/uipc_socket.c; DragonFly of 2020-07-24.
 * Left out:	jails, IPv6, multicast; EALREADY (a connection is there at
 *		once); messages between CPUs.
 */

#include <errno.h>

#include <glib.h>

#include "models/dragonfly/dragonfly.h"

#define	PORT_RESERVED	1024		/* IPPORT_RESERVED */
#define	REUSE_ANY	(NET_REUSEADDR | NET_REUSEPORT)

uint32_t
dragonfly_socket(struct net *n, unsigned opts, uint32_t uid,
    struct net_op *op)
{
	struct dragonfly_pcb *p;
	uint32_t pcb;

	(void)op;
	pcb = dragonfly_pcb_new(dragonfly_of(n));
	p = dragonfly_pcb(dragonfly_of(n), pcb);
	p->opts = (uint8_t)(opts & REUSE_ANY);
	p->uid = uid;
	return (pcb);
}

void
dragonfly_setopt(struct net *n, uint32_t pcb, enum net_sockopt opt, bool on)
{
	struct dragonfly_pcb *p;

	p = dragonfly_pcb(dragonfly_of(n), pcb);
	if (on)
		p->opts |= (uint8_t)(opt & REUSE_ANY);
	else
		p->opts &= (uint8_t)~opt;
}

/* The pcb on the port, with what finding it visits; DPCB_NONE. */
static uint32_t
find(const struct dragonfly *d, const struct pcb_question *q, uint16_t lport,
    struct net_op *op)
{

	op->total.porthash += port_sums_get(&d->heads.visits, lport);
	return (dragonfly_port_find(d, q, lport, &op->total.portlist));
}

/* May it have the port that it asks for by name? */
static int
check_named(const struct dragonfly *d, const struct dragonfly_pcb *p,
    uint32_t laddr, uint16_t lport, struct net_op *op)
{
	struct pcb_question q = { .laddr = laddr, .rule = DRAGONFLY_LOCAL };
	const struct dragonfly_pcb *t;
	uint32_t held;

	if (lport < PORT_RESERVED && p->uid != 0)
		return (EACCES);
	if (p->uid != 0) {
		held = find(d, &q, lport, op);
		if (held != DPCB_NONE &&
		    dragonfly_pcb(d, held)->uid != p->uid)
			return (EADDRINUSE);
	}
	if ((p->opts & REUSE_ANY) != 0)
		q.rule = DRAGONFLY_EXACT;
	held = find(d, &q, lport, op);
	if (held == DPCB_NONE)
		return (0);
	t = dragonfly_pcb(d, held);
	return ((t->opts & p->opts & NET_REUSEPORT) != 0 ||
	    (t->flags & DPCB_ACCEPTED) != 0 ? 0 : EADDRINUSE);
}

static int
do_bind(struct dragonfly *d, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{
	struct pcb_question q = { .laddr = laddr };
	struct dragonfly_pcb *p;
	struct net_visits v = { 0 };
	int error;

	p = dragonfly_pcb(d, pcb);
	if (p->lport != 0 || p->laddr != NET_ANY)
		return (EINVAL);
	if (laddr != NET_ANY && !net_laddr_has(&d->net, laddr))
		return (EADDRNOTAVAIL);
	q.rule = (p->opts & REUSE_ANY) == 0 ? DRAGONFLY_LOCAL :
	    DRAGONFLY_EXACT;
	error = lport != 0 ? check_named(d, p, laddr, lport, op) :
	    dragonfly_lport_bind(d, &q, &lport, op);
	if (error != 0)
		return (error);
	p->laddr = laddr;
	p->lport = lport;
	dragonfly_port_insert(d, pcb, &v);
	op->total.porthash += v.porthash;
	/* A port that was searched is entered inside the loop. */
	if (op->iters > 0)
		op->search.porthash += v.porthash;
	return (0);
}

void
dragonfly_bind(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{

	op->error = do_bind(dragonfly_of(n), pcb, laddr, lport, op);
}

void
dragonfly_listen(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct dragonfly_pcb *p;
	struct dragonfly *d;

	d = dragonfly_of(n);
	p = dragonfly_pcb(d, pcb);
	if ((p->flags & DPCB_INCONN) != 0)
		op->error = EINVAL;
	else if (p->lport == 0)
		op->error = do_bind(d, pcb, NET_ANY, 0, op);
	if (op->error == 0)
		p->flags |= DPCB_LISTENING;
}

/* An unbound socket gets its port, the foreign end being written down. */
static int
bind_remote(struct dragonfly *d, uint32_t pcb, uint32_t laddr,
    struct net_op *op)
{
	struct pcb_question q = { .rule = DRAGONFLY_REMOTE, .laddr = laddr };
	struct dragonfly_pcb *p;
	struct net_visits v = { 0 };
	int error;

	p = dragonfly_pcb(d, pcb);
	q.faddr = p->faddr;
	q.fport = p->fport;
	error = dragonfly_lport_connect(d, &q, &p->lport, op);
	if (error != 0)
		return (error);
	p->laddr = laddr;
	dragonfly_port_insert(d, pcb, &v);
	op->search.porthash += v.porthash;
	op->total.porthash += v.porthash;
	return (0);
}

static int
do_connect(struct dragonfly *d, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	struct dragonfly_pcb *p;
	uint32_t laddr;
	int error;

	p = dragonfly_pcb(d, pcb);
	if (fport == 0)
		return (EADDRNOTAVAIL);
	if (faddr == NET_ANY)
		faddr = d->net.first_laddr;
	laddr = p->laddr;
	if (laddr == NET_ANY) {
		error = net_source(&d->net, faddr, &laddr);
		if (error != 0)
			return (error);
	}
	if (p->lport == 0 && d->net.first == d->net.last)
		return (NET_EDIVZERO);
	dragonfly_pcb_set(d, pcb, p->laddr, faddr, fport);
	if (p->lport == 0) {
		error = bind_remote(d, pcb, laddr, op);
		if (error != 0)
			return (error);
	}
	if (dragonfly_conn_find(d, faddr, fport, laddr, p->lport,
	    &op->total.connhash))
		return (EADDRINUSE);
	dragonfly_pcb_set(d, pcb, laddr, faddr, fport);
	dragonfly_conn_insert(d, pcb);
	return (0);
}

void
dragonfly_connect(struct net *n, uint32_t pcb, uint32_t faddr,
    uint16_t fport, struct net_op *op)
{
	const struct dragonfly_pcb *p;
	struct dragonfly *d;

	d = dragonfly_of(n);
	p = dragonfly_pcb(d, pcb);
	if ((p->flags & DPCB_LISTENING) != 0)
		op->error = EOPNOTSUPP;
	else if (p->faddr != NET_ANY)
		op->error = EISCONN;
	else
		op->error = do_connect(d, pcb, faddr, fport, op);
}

/* Input has looked for the tuple; that is paid for there. */
void
dragonfly_accept(struct net *n, uint32_t pcb, const struct net_end *end,
    struct net_op *op)
{
	struct dragonfly_pcb *p;
	struct dragonfly *d;
	uint64_t unpaid;

	d = dragonfly_of(n);
	unpaid = 0;
	if (dragonfly_conn_find(d, end->faddr, end->fport, end->laddr,
	    end->lport, &unpaid)) {
		op->error = EADDRINUSE;
		return;
	}
	p = dragonfly_pcb(d, pcb);
	p->lport = end->lport;
	p->flags |= DPCB_ACCEPTED;
	dragonfly_pcb_set(d, pcb, end->laddr, end->faddr, end->fport);
	dragonfly_conn_insert(d, pcb);
}

void
dragonfly_close(struct net *n, uint32_t pcb, struct net_op *op)
{
	const struct dragonfly_pcb *p;
	struct dragonfly *d;

	(void)op;
	d = dragonfly_of(n);
	p = dragonfly_pcb(d, pcb);
	if ((p->flags & DPCB_INCONN) != 0)
		dragonfly_conn_remove(d, pcb);
	if ((p->flags & DPCB_INPORT) != 0)
		dragonfly_port_remove(d, pcb);
	dragonfly_pcb_free(d, pcb);
}
