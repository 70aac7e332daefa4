/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The system calls of TCP sockets, as far as they choose and hold ports.
 *
 * Theory:	a connect() of an unbound socket goes one of two ways.  By
 *		local end: bind to (*, port) first, then find the source
 *		address, then see whether the 4-tuple is free.  By 4-tuple:
 *		the source address first, then a port for which the 4-tuple is
 *		free.  All else is the same in the stacks but for details that
 *		struct pcb_layout names.
 * Models:	in_pcbbind_setup(), in_pcb_lport(), in_pcbconnect_setup(),
 *		sys/netinet/in_pcb.c; tcp_connect(), tcp_usr_listen(), sys/
 *		netinet/tcp_usrreq.c; syncache_socket(), sys/netinet/
 *		tcp_syncache.c; soconnect(), sys/kern/uipc_socket.c; FreeBSD
 *		12.0, 12.2/13.0 and 14.3.
 * Left out:	jails, multicast and broadcast addresses, BINDMULTI, the
 *		options of TIME_WAIT pcbs; ENOBUFS and EAGAIN for want of
 *		memory.
 */

#include <errno.h>

#include <glib.h>

#include "models/freebsd/core.h"
#include "models/pcb/layout.h"
#include "models/stacks/stack.h"
#include "sim/kassert.h"

#define	PORT_RESERVED	1024		/* IPPORT_RESERVED */
#define	REUSE_ANY	(NET_REUSEADDR | NET_REUSEPORT | NET_REUSEPORT_LB)

uint32_t
net_socket(struct net *n, unsigned opts, uint32_t uid)
{
	uint32_t pcb;

	pcb = pcb_alloc(&n->table.pool);
	net_pcb(n, pcb)->opts = (uint8_t)opts;
	net_pcb(n, pcb)->uid = uid;
	return (pcb);
}

void
net_setopt(struct net *n, uint32_t pcb, enum net_sockopt opt, bool on)
{
	struct pcb *p;

	p = net_pcb(n, pcb);
	if (on)
		p->opts |= (uint8_t)opt;
	else
		p->opts &= (uint8_t)~opt;
}

struct port_query
net_local_query(const struct pcb *p, uint32_t laddr)
{
	struct port_query q = { .laddr = laddr };

	q.rule = (p->opts & REUSE_ANY) == 0 ? PORT_RULE_LOCAL :
	    PORT_RULE_UNCONNECTED;
	return (q);
}

int
net_check_named(struct net *n, const struct pcb *p, uint32_t laddr,
    uint16_t lport, struct net_op *op)
{
	struct port_query q;
	const struct pcb *t;
	uint32_t held;
	uint8_t share;

	if (lport < PORT_RESERVED && p->uid != 0)
		return (EACCES);
	if (p->uid != 0) {
		q = (struct port_query){ .rule = PORT_RULE_LOCAL,
		    .laddr = laddr };
		held = pcb_table_local(&n->table, &q, lport, &op->total);
		t = held < PCB_CONNECTED ? net_pcb(n, held) : NULL;
		if (t != NULL && t->uid != p->uid &&
		    !(n->layout->lb_shares_uids && laddr == NET_ANY &&
		    t->laddr == NET_ANY && (t->opts & NET_REUSEPORT) == 0 &&
		    (t->opts & NET_REUSEPORT_LB) != 0))
			return (EADDRINUSE);
	}
	q = net_local_query(p, laddr);
	held = pcb_table_local(&n->table, &q, lport, &op->total);
	if (held == PCB_NONE)
		return (0);
	share = p->opts & (NET_REUSEPORT | NET_REUSEPORT_LB);
	if (held != PCB_CONNECTED && (net_pcb(n, held)->opts & share) != 0)
		return (0);
	return (EADDRINUSE);
}

int
net_check_bind(const struct net *n, const struct pcb *p, uint32_t laddr)
{

	if (p->lport != 0 || p->laddr != NET_ANY)
		return (EINVAL);
	if (laddr != NET_ANY && !net_laddr_has(n, laddr))
		return (EADDRNOTAVAIL);
	return (0);
}

void
net_enter_bound(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{
	struct pcb *p;

	p = net_pcb(n, pcb);
	p->laddr = laddr;
	p->lport = lport;
	pcb_table_insert(&n->table, pcb, &op->total);
}

static int
do_bind(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{
	struct port_query q;
	const struct pcb *p;
	int error;

	p = net_pcb(n, pcb);
	error = net_check_bind(n, p, laddr);
	if (error != 0)
		return (error);
	if (lport != 0) {
		error = net_check_named(n, p, laddr, lport, op);
	} else {
		q = net_local_query(p, laddr);
		error = net_lport(n, &q, &lport, op);
	}
	if (error == 0)
		net_enter_bound(n, pcb, laddr, lport, op);
	return (error);
}

void
net_bind(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{

	*op = (struct net_op){ 0 };
	op->error = do_bind(n, pcb, laddr, lport, op);
}

void
net_listen(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct pcb *p;

	*op = (struct net_op){ 0 };
	p = net_pcb(n, pcb);
	if (pcb_connected(p))
		op->error = EINVAL;
	else if (p->lport == 0)
		op->error = do_bind(n, pcb, NET_ANY, 0, op);
	if (op->error == 0)
		p->flags |= PCB_LISTENING;
}

/* The source address of a connect() to faddr. */
static int
net_source(const struct net *n, uint32_t faddr, uint32_t *laddr)
{

	if (net_addr_map_get(&n->routes, faddr, laddr))
		return (0);
	*laddr = n->primary;
	return (n->primary == NET_ANY ? ENETUNREACH : 0);
}

int
net_tuple_query(const struct net *n, const struct pcb *p, uint32_t faddr,
    uint16_t fport, struct port_query *q)
{

	if (fport == 0)
		return (EADDRNOTAVAIL);
	if (faddr == NET_ANY)
		faddr = n->first_laddr;
	*q = (struct port_query){ .rule = PORT_RULE_TUPLE, .laddr = p->laddr,
	    .faddr = faddr, .fport = fport };
	return (q->laddr == NET_ANY ? net_source(n, faddr, &q->laddr) : 0);
}

int
net_check_connect(const struct pcb *p)
{

	if ((p->flags & PCB_LISTENING) != 0)
		return (EOPNOTSUPP);
	return (pcb_connected(p) ? EISCONN : 0);
}

void
net_enter_connected(struct net *n, uint32_t pcb, const struct port_query *q,
    uint16_t lport, struct net_op *op)
{
	struct pcb *p;

	p = net_pcb(n, pcb);
	p->lport = lport;
	if (!n->layout->connect_binds_any)
		p->laddr = q->laddr;
	pcb_table_insert(&n->table, pcb, &op->total);
	pcb_table_rehash(&n->table, pcb, q->laddr, q->faddr, q->fport);
}

static int
do_connect(struct net *n, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	struct port_query q;
	const struct pcb *p;
	uint16_t lport;
	int error;

	p = net_pcb(n, pcb);
	if (p->lport == 0 &&
	    (n->allocator->connect_rule == PORT_RULE_LOCAL || (n->unique &&
	    n->stack->has_require_unique))) {
		error = do_bind(n, pcb, NET_ANY, 0, op);
		if (error != 0)
			return (error);
	}
	error = net_tuple_query(n, p, faddr, fport, &q);
	if (error != 0)
		return (error);
	if (p->lport != 0) {
		if (pcb_table_exact(&n->table, &q, p->lport, &op->total))
			return (EADDRINUSE);
		pcb_table_rehash(&n->table, pcb, q.laddr, q.faddr, fport);
		return (0);
	}
	error = net_lport(n, &q, &lport, op);
	if (error == 0)
		net_enter_connected(n, pcb, &q, lport, op);
	return (error);
}

void
net_connect(struct net *n, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{

	*op = (struct net_op){ 0 };
	op->error = net_check_connect(net_pcb(n, pcb));
	if (op->error == 0)
		op->error = do_connect(n, pcb, faddr, fport, op);
}

void
net_accept_on(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    uint32_t faddr, uint16_t fport, struct net_op *op)
{
	struct port_query q = { .rule = PORT_RULE_TUPLE, .laddr = laddr,
	    .faddr = faddr, .fport = fport };
	struct pcb *p;
	bool exists;

	*op = (struct net_op){ 0 };
	p = net_pcb(n, pcb);
	if (p->lport != 0 || lport == 0 || fport == 0 || laddr == NET_ANY ||
	    faddr == NET_ANY) {
		op->error = EINVAL;
		return;
	}
	p->laddr = laddr;
	p->lport = lport;
	if (n->layout->accept_binds_first) {
		pcb_table_insert(&n->table, pcb, &op->total);
		exists = pcb_table_exact(&n->table, &q, lport, &op->total);
		if (exists)
			pcb_table_remove(&n->table, pcb);
		else
			pcb_table_rehash(&n->table, pcb, laddr, faddr, fport);
	} else {
		exists = pcb_table_exact(&n->table, &q, lport, &op->total);
		if (!exists) {
			p->faddr = faddr;
			p->fport = fport;
			pcb_table_insert(&n->table, pcb, &op->total);
		}
	}
	if (exists) {
		p->laddr = NET_ANY;
		p->lport = 0;
		op->error = EADDRINUSE;
	}
}

void
net_accept(struct net *n, uint32_t laddr, uint16_t lport, uint32_t faddr,
    uint16_t fport, uint32_t *pcb, struct net_op *op)
{

	*pcb = net_socket(n, 0, 0);
	net_accept_on(n, *pcb, laddr, lport, faddr, fport, op);
	if (op->error != 0) {
		pcb_release(&n->table.pool, *pcb);
		*pcb = NET_NOPCB;
	}
}

void
net_close(struct net *n, uint32_t pcb, struct net_op *op)
{
	const struct pcb *p;

	if (op != NULL)
		*op = (struct net_op){ 0 };
	p = net_pcb(n, pcb);
	if (n->known != NULL && pcb_connected(p))
		net_lport_forget(n, p);
	if ((p->flags & PCB_INHASH) != 0)
		pcb_table_remove(&n->table, pcb);
	pcb_release(&n->table.pool, pcb);
}

const char *
net_error_name(int error, char buf[16])
{

	switch (error) {
	case 0:
		return ("OK");
	case EACCES:
		return ("EACCES");
	case EADDRINUSE:
		return ("EADDRINUSE");
	case EADDRNOTAVAIL:
		return ("EADDRNOTAVAIL");
	case EINVAL:
		return ("EINVAL");
	case EISCONN:
		return ("EISCONN");
	case ENETUNREACH:
		return ("ENETUNREACH");
	case EOPNOTSUPP:
		return ("EOPNOTSUPP");
	case NET_EDIVZERO:
		return ("EDIVZERO");
	default:
		g_snprintf(buf, 16, "E%d", error);
		return (buf);
	}
}
