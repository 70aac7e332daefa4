/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The system calls of NetBSD's TCP sockets, as far as they choose and hold
 * ports.
 *
 * Theory:	connect() without a port binds first, to any address, and finds
 *		its source afterwards: a port that anybody has is taken, on
 *		whichever address.  With hash and doublehash the bind leaves
 *		the port for later, and is then made for the source; a socket
 *		that was bound to an address before cannot connect at all,
 *		because the bind that connect() begins with finds the address
 *		there.
 *
 *		A pcb is in the port table from socket() on, in the bucket of
 *		port 0 while it has none.  An accepted connection stays there:
 *		lookups for its port do not see it.
 * Models:	in_pcballoc(), in_pcbbind(), in_pcbbind_port(),
 *		in_pcbsetport(), in_pcbconnect(), in_pcbdetach(), sys/netinet/
 *		in_pcb.c 1.155; tcp_connect(), tcp_usrreq.c;
 *		syn_cache_get(), tcp_input.c; soconnect(), solisten(), sys/
 *		kern/uipc_socket.c; NetBSD-current of 2015-02, and 7.99.34 as it
 *		runs.
 * Left out:	IPv6 (with it an explicit bind walks the bucket once more),
 *		vestigial TIME_WAIT, multicast, kauth.
 */

#include <errno.h>

#include <glib.h>

#include "models/netbsd/netbsd.h"
#include "sim/kassert.h"

#define	PORT_RESERVED	1024		/* IPPORT_RESERVED */

uint32_t
netbsd_socket(struct net *n, unsigned opts, uint32_t uid, struct net_op *op)
{
	struct netbsd *nb;
	uint32_t pcb;

	(void)op;
	nb = netbsd_of(n);
	pcb = flat_alloc(&nb->table, opts, uid);
	flat_insert(&nb->table, pcb, 0);
	return (pcb);
}

void
netbsd_setopt(struct net *n, uint32_t pcb, enum net_sockopt opt, bool on)
{
	struct flat_pcb *p;

	p = flat_get(&netbsd_of(n)->table, pcb);
	if (on)
		p->opts |= (uint8_t)opt;
	else
		p->opts &= (uint8_t)~opt;
}

/* A port that the program asks for. */
static int
check_named(const struct netbsd *nb, const struct flat_pcb *p,
    uint32_t laddr, uint16_t lport, struct net_op *op)
{
	const struct flat_pcb *t;
	uint32_t held;
	bool wild;

	if (lport < PORT_RESERVED && p->uid != 0)
		return (EACCES);
	if (p->uid != 0) {
		held = flat_lookup(&nb->table, laddr, lport, true, &op->total);
		t = held == FLAT_NONE ? NULL : flat_get(&nb->table, held);
		if (t != NULL && t->uid != p->uid && (laddr != NET_ANY ||
		    t->laddr != NET_ANY || (t->opts & NET_REUSEPORT) == 0))
			return (EADDRINUSE);
	}
	wild = (p->opts & (NET_REUSEADDR | NET_REUSEPORT)) == 0;
	held = flat_lookup(&nb->table, laddr, lport, wild, &op->total);
	if (held == FLAT_NONE)
		return (0);
	t = flat_get(&nb->table, held);
	return ((p->opts & t->opts & NET_REUSEPORT) != 0 ? 0 : EADDRINUSE);
}

/* in_pcbbind_port(): to the head of its port's bucket, with that end. */
static int
bind_port(struct netbsd *nb, uint32_t pcb, struct net_end end,
    struct net_op *op)
{
	struct netbsd_choice c = { .end = end, .lport = end.lport };
	struct flat_pcb *p;
	int error;

	p = flat_get(&nb->table, pcb);
	if (end.lport != 0)
		error = check_named(nb, p, end.laddr, end.lport, op);
	else
		error = netbsd_choose(nb, &c, op);
	if (error != 0)
		return (error);
	if (end.lport == 0)
		p->flags = c.late ? p->flags | FLAT_LATE :
		    p->flags & (uint8_t)~FLAT_LATE;
	end.lport = c.lport;
	flat_remove(&nb->table, pcb);
	flat_change(&nb->table, pcb, &end);
	flat_insert(&nb->table, pcb, end.lport);
	return (0);
}

static int
do_bind(struct netbsd *nb, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{
	const struct net_end end = { .laddr = laddr, .lport = lport };
	const struct flat_pcb *p;

	p = flat_get(&nb->table, pcb);
	if (nb->net.first_laddr == NET_ANY)
		return (EADDRNOTAVAIL);
	if (p->lport != 0 || p->laddr != NET_ANY)
		return (EINVAL);
	if (laddr != NET_ANY && !net_laddr_has(&nb->net, laddr))
		return (EADDRNOTAVAIL);
	return (bind_port(nb, pcb, end, op));
}

void
netbsd_bind(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{

	op->error = do_bind(netbsd_of(n), pcb, laddr, lport, op);
}

void
netbsd_listen(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct flat_pcb *p;
	struct netbsd *nb;

	nb = netbsd_of(n);
	p = flat_get(&nb->table, pcb);
	if ((p->flags & FLAT_CONN) != 0)
		op->error = EINVAL;
	else if (p->lport == 0)
		op->error = do_bind(nb, pcb, NET_ANY, 0, op);
	if (op->error == 0)
		p->flags |= FLAT_LISTENING;
}

/* INPCBHASH_CONNECT: sums in host order. */
static uint32_t
conn_bucket(const struct netbsd *nb, const struct net_end *end)
{

	return ((GUINT32_FROM_BE(end->faddr) + end->fport +
	    GUINT32_FROM_BE(end->laddr) + end->lport) &
	    (nb->table.nconn - 1));
}

/* in_pcbconnect(): a port may be there already, or be due now. */
static int
connect_to(struct netbsd *nb, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	struct net_end end = { .faddr = faddr, .fport = fport };
	const struct flat_pcb *p;
	uint32_t laddr;
	int error;

	if (fport == 0)
		return (EADDRNOTAVAIL);
	if (faddr == NET_ANY)
		end.faddr = nb->net.first_laddr;
	p = flat_get(&nb->table, pcb);
	laddr = p->laddr;
	if (laddr == NET_ANY) {
		error = net_source(&nb->net, end.faddr, &laddr);
		if (error != 0)
			return (error);
	}
	end.laddr = laddr;
	end.lport = p->lport;
	if (flat_conn_lookup(&nb->table, &end, conn_bucket(nb, &end),
	    &op->total))
		return (EADDRINUSE);
	/* The third time, where tcp_connect() has put it off. */
	if (p->laddr == NET_ANY && p->lport == 0) {
		error = do_bind(nb, pcb, NET_ANY, 0, op);
		if (error != 0)
			return (error);
	}
	end.lport = p->lport;
	if ((p->flags & FLAT_LATE) != 0) {
		end.lport = 0;
		error = bind_port(nb, pcb, end, op);
		if (error != 0)
			return (error);
		end.lport = p->lport;
	} else
		flat_change(&nb->table, pcb, &end);
	flat_conn_insert(&nb->table, pcb, conn_bucket(nb, &end));
	return (0);
}

void
netbsd_connect(struct net *n, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	const struct flat_pcb *p;
	struct netbsd *nb;

	nb = netbsd_of(n);
	p = flat_get(&nb->table, pcb);
	if ((p->flags & FLAT_LISTENING) != 0)
		op->error = EOPNOTSUPP;
	else if ((p->flags & FLAT_CONN) != 0)
		op->error = EISCONN;
	else if (p->lport == 0)
		op->error = do_bind(nb, pcb, NET_ANY, 0, op);
	if (op->error == 0)
		op->error = connect_to(nb, pcb, faddr, fport, op);
}

/* The port table is left as it is: see Theory. */
void
netbsd_accept(struct net *n, uint32_t pcb, const struct net_end *end,
    struct net_op *op)
{
	struct netbsd *nb;

	nb = netbsd_of(n);
	if (flat_conn_lookup(&nb->table, end, conn_bucket(nb, end),
	    &op->total)) {
		op->error = EADDRINUSE;
		return;
	}
	flat_change(&nb->table, pcb, end);
	flat_conn_insert(&nb->table, pcb, conn_bucket(nb, end));
}

void
netbsd_close(struct net *n, uint32_t pcb, struct net_op *op)
{

	(void)op;
	flat_release(&netbsd_of(n)->table, pcb);
}
