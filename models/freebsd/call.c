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

#include "models/freebsd/freebsd.h"
#include "models/pcb/layout.h"
#include "sim/kassert.h"

#define	PORT_RESERVED	1024		/* IPPORT_RESERVED */
#define	REUSE_PORTS	(NET_REUSEPORT | NET_REUSEPORT_LB)
#define	REUSE_ANY	(NET_REUSEADDR | REUSE_PORTS)

/* The options that this release has. */
static uint8_t
options(const struct freebsd *f, unsigned opts)
{

	return ((uint8_t)(f->variant->has_reuseport_lb ? opts :
	    opts & ~(unsigned)NET_REUSEPORT_LB));
}

uint32_t
freebsd_socket(struct net *n, unsigned opts, uint32_t uid, struct net_op *op)
{
	struct freebsd *f;
	uint32_t pcb;

	(void)op;
	f = freebsd_of(n);
	pcb = pcb_alloc(&f->table.pool);
	freebsd_pcb(f, pcb)->opts = options(f, opts);
	freebsd_pcb(f, pcb)->uid = uid;
	return (pcb);
}

void
freebsd_setopt(struct net *n, uint32_t pcb, enum net_sockopt opt, bool on)
{
	struct freebsd *f;
	struct pcb *p;

	f = freebsd_of(n);
	p = freebsd_pcb(f, pcb);
	if (on)
		p->opts |= options(f, opt);
	else
		p->opts &= (uint8_t)~opt;
}

enum freebsd_range
freebsd_range_of(const struct pcb *p)
{

	if ((p->opts & NET_HIGHPORT) != 0)
		return (FREEBSD_RANGE_HIGH);
	return ((p->opts & NET_LOWPORT) != 0 ? FREEBSD_RANGE_LOW :
	    FREEBSD_RANGE_DEFAULT);
}

struct port_query
freebsd_local_query(const struct pcb *p, uint32_t laddr)
{
	struct port_query q = { .laddr = laddr };

	q.range = freebsd_range_of(p);
	q.rule = (p->opts & REUSE_ANY) == 0 ? PORT_RULE_LOCAL :
	    PORT_RULE_UNCONNECTED;
	return (q);
}

int
freebsd_check_named(struct freebsd *f, const struct pcb *p, uint32_t laddr,
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
		held = pcb_table_local(&f->table, &q, lport, &op->total);
		t = held < PCB_CONNECTED ? freebsd_pcb(f, held) : NULL;
		if (t != NULL && t->uid != p->uid &&
		    !(f->variant->uids_share != 0 && laddr == NET_ANY &&
		    t->laddr == NET_ANY && (t->opts & REUSE_PORTS) ==
		    f->variant->uids_share))
			return (EADDRINUSE);
	}
	q = freebsd_local_query(p, laddr);
	held = pcb_table_local(&f->table, &q, lport, &op->total);
	if (held == PCB_NONE)
		return (0);
	share = p->opts & REUSE_PORTS;
	if (held != PCB_CONNECTED && (freebsd_pcb(f, held)->opts & share) != 0)
		return (0);
	return (EADDRINUSE);
}

int
freebsd_check_bind(const struct freebsd *f, const struct pcb *p, uint32_t laddr)
{

	if (p->lport != 0 || p->laddr != NET_ANY)
		return (EINVAL);
	if (laddr != NET_ANY && !net_laddr_has(&f->net, laddr))
		return (EADDRNOTAVAIL);
	return (0);
}

bool
freebsd_leaves_port(const struct freebsd *f, const struct pcb *p,
    uint32_t laddr)
{

	return (freebsd_does(f, PROPOSAL_NOPORT) && laddr != NET_ANY &&
	    (p->opts & NET_NOPORT) != 0);
}

void
freebsd_enter_bound(struct freebsd *f, uint32_t pcb, uint32_t laddr,
    uint16_t lport, struct net_op *op)
{
	struct pcb *p;

	p = freebsd_pcb(f, pcb);
	p->laddr = laddr;
	p->lport = lport;
	pcb_table_insert(&f->table, pcb, &op->total);
	freebsd_memory_entered(f, pcb);
}

static int
do_bind(struct freebsd *f, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{
	struct port_query q;
	const struct pcb *p;
	int error;

	p = freebsd_pcb(f, pcb);
	error = freebsd_check_bind(f, p, laddr);
	if (error != 0)
		return (error);
	if (lport == 0 && freebsd_leaves_port(f, p, laddr)) {
		freebsd_pcb(f, pcb)->laddr = laddr;
		return (0);
	}
	if (lport != 0) {
		error = freebsd_check_named(f, p, laddr, lport, op);
	} else {
		q = freebsd_local_query(p, laddr);
		error = freebsd_lport(f, pcb, &q, &lport, op);
	}
	if (error == 0)
		freebsd_enter_bound(f, pcb, laddr, lport, op);
	return (error);
}

void
freebsd_bind(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{

	op->error = do_bind(freebsd_of(n), pcb, laddr, lport, op);
}

void
freebsd_listen(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct freebsd *f;
	struct pcb *p;
	uint32_t laddr;

	f = freebsd_of(n);
	p = freebsd_pcb(f, pcb);
	if (pcb_connected(p))
		op->error = EINVAL;
	else if (p->lport == 0) {
		laddr = p->laddr;
		p->laddr = NET_ANY;
		p->opts &= (uint8_t)~NET_NOPORT;
		op->error = do_bind(f, pcb, laddr, 0, op);
	}
	if (op->error == 0)
		pcb_table_listen(&f->table, pcb);
}

int
freebsd_tuple_query(const struct freebsd *f, const struct pcb *p,
    uint32_t faddr, uint16_t fport, struct port_query *q)
{

	if (fport == 0)
		return (EADDRNOTAVAIL);
	if (faddr == NET_ANY && !f->inaddr_wild)
		return (ENETUNREACH);
	if (faddr == NET_ANY)
		faddr = f->net.first_laddr;
	*q = (struct port_query){ .rule = PORT_RULE_TUPLE, .laddr = p->laddr,
	    .faddr = faddr, .fport = fport, .range = freebsd_range_of(p) };
	return (q->laddr == NET_ANY ? net_source(&f->net, faddr, &q->laddr) :
	    0);
}

int
freebsd_check_connect(const struct freebsd *f, const struct pcb *p)
{

	if ((p->flags & PCB_LISTENING) != 0)
		return (EOPNOTSUPP);
	if (pcb_connected(p))
		return (EISCONN);
	return (f->variant->lb_never_connects && (p->opts &
	    NET_REUSEPORT_LB) != 0 ? EOPNOTSUPP : 0);
}

void
freebsd_enter_connected(struct freebsd *f, uint32_t pcb,
    const struct port_query *q, uint16_t lport, struct net_op *op)
{
	struct pcb *p;

	p = freebsd_pcb(f, pcb);
	p->lport = lport;
	if (!f->layout->connect_binds_any)
		p->laddr = q->laddr;
	if (f->layout->split) {
		p->faddr = q->faddr;
		p->fport = q->fport;
		pcb_table_insert(&f->table, pcb, &op->total);
	} else
		pcb_table_enter(&f->table, pcb, q, &op->total);
	freebsd_memory_entered(f, pcb);
}

int
freebsd_connect_bound(struct freebsd *f, uint32_t pcb,
    const struct port_query *q, struct net_op *op)
{
	const uint16_t lport = freebsd_pcb(f, pcb)->lport;

	if (pcb_table_exact(&f->table, q, lport, &op->total))
		return (EADDRINUSE);
	if (f->variant->bound_walks_wild)
		pcb_table_wild(&f->table, lport, &op->total);
	freebsd_memory_leaves(f, pcb, true);
	pcb_table_rehash(&f->table, pcb, q->laddr, q->faddr, q->fport);
	freebsd_memory_entered(f, pcb);
	return (0);
}

bool
freebsd_binds_first(const struct freebsd *f, const struct pcb *p)
{

	/* Who has an address has left its port to connect(). */
	return (p->lport == 0 && p->laddr == NET_ANY &&
	    (f->connect_rule == PORT_RULE_LOCAL ||
	    (f->unique && f->variant->has_require_unique)));
}

static int
do_connect(struct freebsd *f, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	struct port_query q;
	const struct pcb *p;
	uint16_t lport;
	int error;

	p = freebsd_pcb(f, pcb);
	if (freebsd_binds_first(f, p)) {
		error = do_bind(f, pcb, NET_ANY, 0, op);
		if (error != 0)
			return (error);
	}
	error = freebsd_tuple_query(f, p, faddr, fport, &q);
	if (error != 0)
		return (error);
	if (p->lport != 0)
		return (freebsd_connect_bound(f, pcb, &q, op));
	error = freebsd_lport_connect(f, pcb, &q, &lport, op);
	if (error == 0)
		freebsd_enter_connected(f, pcb, &q, lport, op);
	return (error);
}

void
freebsd_connect(struct net *n, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	struct freebsd *f;

	f = freebsd_of(n);
	op->error = freebsd_check_connect(f, freebsd_pcb(f, pcb));
	if (op->error == 0)
		op->error = do_connect(f, pcb, faddr, fport, op);
}

void
freebsd_accept(struct net *n, uint32_t pcb, const struct net_end *end,
    struct net_op *op)
{
	struct port_query q = { .rule = PORT_RULE_TUPLE, .laddr = end->laddr,
	    .faddr = end->faddr, .fport = end->fport };
	struct freebsd *f;
	struct pcb *p;
	bool exists;

	f = freebsd_of(n);
	p = freebsd_pcb(f, pcb);
	p->laddr = end->laddr;
	p->lport = end->lport;
	if (f->layout->accept_binds_first) {
		pcb_table_insert(&f->table, pcb, &op->total);
		exists = pcb_table_exact(&f->table, &q, end->lport,
		    &op->total);
		if (exists)
			pcb_table_remove(&f->table, pcb);
		else
			pcb_table_rehash(&f->table, pcb, end->laddr,
			    end->faddr, end->fport);
	} else {
		exists = pcb_table_exact(&f->table, &q, end->lport,
		    &op->total);
		if (!exists) {
			p->faddr = end->faddr;
			p->fport = end->fport;
			pcb_table_insert(&f->table, pcb, &op->total);
		}
	}
	if (exists) {
		p->laddr = NET_ANY;
		p->lport = 0;
		op->error = EADDRINUSE;
	} else
		freebsd_memory_entered(f, pcb);
}

void
freebsd_close(struct net *n, uint32_t pcb, struct net_op *op)
{
	const struct pcb *p;
	struct freebsd *f;

	(void)op;
	f = freebsd_of(n);
	p = freebsd_pcb(f, pcb);
	if (f->known != NULL)
		port_cache_leave(f->known, pcb, p->lport);
	if ((p->flags & PCB_INHASH) != 0) {
		freebsd_memory_leaves(f, pcb, false);
		pcb_table_remove(&f->table, pcb);
	}
	pcb_release(&f->table.pool, pcb);
}
