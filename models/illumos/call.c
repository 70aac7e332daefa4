/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The system calls of TCP sockets, as far as they choose and hold ports.
 *
 * Theory:	connect() of a socket without a port is bound on the way
 *		("quick connect"), before the source is known: a port is taken
 *		if somebody has a connection to the same destination on it,
 *		from whatever source, or is bound or listens there.  Its bound
 *		address stays *, so that it stands in the way of every bind()
 *		to that port.  The source comes after, and the 4-tuple is
 *		looked for where it is entered.  A connect() that fails then
 *		leaves state and foreign end as they were before, the port and
 *		the local address as they have become.
 * Models:	tcp_bind_check(), tcp_bind_select_lport(), tcp_bindi(), usr/
 *		src/uts/common/inet/tcp/tcp_bind.c; tcp_do_bind(),
 *		tcp_do_listen(), tcp_do_connect(), tcp_connect_ipv4(), inet/
 *		tcp/tcp.c; illumos-gate of 2020-12-24.
 * Left out:	IPv6, zones, labels, TCP_EXCLBIND, SO_REUSEPORT (not in that
 *		tree).
 */

#include <errno.h>

#include <glib.h>

#include "models/illumos/illumos.h"

#define	PORT_RESERVED	1024		/* smallest_nonpriv_port */
#define	LOOPBACK	0x0100007fu	/* 127.0.0.1 */

uint32_t
illumos_socket(struct net *n, unsigned opts, uint32_t uid, struct net_op *op)
{
	struct illumos_conn *c;
	uint32_t conn;

	(void)op;
	conn = illumos_conn_new(illumos_of(n));
	c = illumos_conn(illumos_of(n), conn);
	c->opts = (uint8_t)(opts & NET_REUSEADDR);
	c->uid = uid;
	return (conn);
}

void
illumos_setopt(struct net *n, uint32_t conn, enum net_sockopt opt, bool on)
{
	struct illumos_conn *c;

	c = illumos_conn(illumos_of(n), conn);
	if (on)
		c->opts |= (uint8_t)(opt & NET_REUSEADDR);
	else
		c->opts &= (uint8_t)~opt;
}

/* May it have the port that it asks for by name? */
static int
check_named(struct illumos *s, uint32_t conn, const struct pcb_question *q,
    uint16_t lport, struct net_op *op)
{
	const struct illumos_conn *c;

	c = illumos_conn(s, conn);
	if (c->uid != 0 && (lport < PORT_RESERVED ||
	    port_set_has(&s->epriv, lport)))
		return (EACCES);
	illumos_bind_remove(s, conn);
	op->total.porthash += port_sums_get(&s->heads.visits, lport);
	if (illumos_bind_find(s, q, lport, &op->total.portlist) == CONN_NIL)
		return (0);
	illumos_lport_in_vain(s);
	return (EADDRINUSE);
}

/* The port is the conn's. */
static void
enter_bound(struct illumos *s, uint32_t conn, uint16_t lport,
    struct net_op *op)
{

	illumos_conn(s, conn)->lport = lport;
	illumos_set_state(s, conn, ILLUMOS_BOUND);
	illumos_bind_insert(s, conn, &op->total);
}

static int
do_bind(struct illumos *s, uint32_t conn, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{
	struct pcb_question q = { .laddr = laddr };
	struct illumos_conn *c;
	int error;

	c = illumos_conn(s, conn);
	if (c->state >= ILLUMOS_BOUND)
		return (EINVAL);
	if (laddr != NET_ANY && !net_laddr_has(&s->net, laddr))
		return (EADDRNOTAVAIL);
	q.rule = c->opts == 0 ? ILLUMOS_BIND : ILLUMOS_BIND_REUSE;
	error = lport != 0 ? check_named(s, conn, &q, lport, op) :
	    illumos_lport(s, conn, &q, &lport, op);
	if (error != 0)
		laddr = NET_ANY;
	illumos_set_laddr(s, conn, laddr);
	illumos_set_bound(s, conn, laddr);
	if (error == 0)
		enter_bound(s, conn, lport, op);
	return (error);
}

void
illumos_bind(struct net *n, uint32_t conn, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{

	op->error = do_bind(illumos_of(n), conn, laddr, lport, op);
}

void
illumos_listen(struct net *n, uint32_t conn, struct net_op *op)
{
	const struct illumos_conn *c;
	struct illumos *s;

	s = illumos_of(n);
	c = illumos_conn(s, conn);
	if (c->state > ILLUMOS_LISTEN)
		op->error = EINVAL;
	else if (c->state == ILLUMOS_IDLE)
		op->error = do_bind(s, conn, NET_ANY, 0, op);
	if (op->error == 0)
		illumos_set_state(s, conn, ILLUMOS_LISTEN);
}

/* A port on the way, before the source is known. */
static int
quick_bind(struct illumos *s, uint32_t conn, struct net_op *op)
{
	const struct illumos_conn *c;
	struct pcb_question q;
	uint16_t lport;
	int error;

	c = illumos_conn(s, conn);
	q = (struct pcb_question){ .rule = ILLUMOS_QUICK, .laddr = c->laddr,
	    .faddr = c->faddr, .fport = c->fport };
	error = illumos_lport(s, conn, &q, &lport, op);
	if (error == 0)
		enter_bound(s, conn, lport, op);
	return (error);
}

/* The 4-tuple, with the source chosen. */
static int
enter_connected(struct illumos *s, uint32_t conn, bool quick,
    struct net_op *op)
{
	const struct illumos_conn *c;
	uint32_t laddr;
	uint64_t visits;
	bool entered;
	int error;

	c = illumos_conn(s, conn);
	laddr = c->laddr;
	if (laddr == NET_ANY) {
		error = net_source(&s->net, c->faddr, &laddr);
		if (error != 0)
			return (error);
		illumos_set_laddr(s, conn, laddr);
	}
	if (c->faddr == c->laddr && c->fport == c->lport)
		return (EADDRNOTAVAIL);
	visits = 0;
	entered = illumos_conn_insert(s, conn, &visits);
	op->total.connhash += visits;
	/* The recordings count it with the search, if there was one. */
	if (quick)
		op->search.connhash += visits;
	return (entered ? 0 : EADDRINUSE);
}

static int
do_connect(struct illumos *s, uint32_t conn, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	struct illumos_conn *c;
	enum illumos_state before;
	bool quick;
	int error;

	c = illumos_conn(s, conn);
	before = (enum illumos_state)c->state;
	quick = before == ILLUMOS_IDLE;
	c->faddr = faddr == NET_ANY ? LOOPBACK : faddr;
	c->fport = fport;
	error = quick ? quick_bind(s, conn, op) : 0;
	if (error == 0)
		error = enter_connected(s, conn, quick, op);
	if (error != 0) {
		c->faddr = NET_ANY;
		c->fport = 0;
	}
	illumos_set_state(s, conn, error == 0 ? ILLUMOS_CONNECTED : before);
	return (error);
}

void
illumos_connect(struct net *n, uint32_t conn, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	const struct illumos_conn *c;

	c = illumos_conn(illumos_of(n), conn);
	if (c->state == ILLUMOS_LISTEN)
		op->error = EOPNOTSUPP;
	else if (c->state > ILLUMOS_LISTEN)
		op->error = EISCONN;
	else if (fport == 0)
		op->error = EADDRNOTAVAIL;
	else
		op->error = do_connect(illumos_of(n), conn, faddr, fport, op);
}

void
illumos_accept(struct net *n, uint32_t conn, const struct net_end *end,
    struct net_op *op)
{
	struct illumos_conn *c;
	struct illumos *s;

	s = illumos_of(n);
	c = illumos_conn(s, conn);
	c->laddr = end->laddr;
	c->lport = end->lport;
	c->faddr = end->faddr;
	c->fport = end->fport;
	if (!illumos_conn_insert(s, conn, &op->total.connhash)) {
		c->laddr = c->faddr = NET_ANY;
		c->lport = c->fport = 0;
		op->error = EADDRINUSE;
		return;
	}
	illumos_set_state(s, conn, ILLUMOS_CONNECTED);
	illumos_bind_insert(s, conn, &op->total);
}

void
illumos_close(struct net *n, uint32_t conn, struct net_op *op)
{
	struct illumos *s;

	(void)op;
	s = illumos_of(n);
	illumos_conn_remove(s, conn);
	illumos_bind_remove(s, conn);
	illumos_conn_free(s, conn);
}
