/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The system calls of TCP sockets, as far as they choose and hold ports.
 *
 * Theory:	connect() knows its source before its port.  A port that was
 *		bound stays, and the tuple must be free.  Where connect()
 *		fails, a port that bind(A, 0) chose is given back, and an
 *		address that connect() chose.
 * Models:	__inet_bind(), inet_listen(), __inet_stream_connect(),
 *		net/ipv4/af_inet.c; tcp_v4_connect(), net/ipv4/tcp_ipv4.c;
 *		tcp_set_state(), net/ipv4/tcp.c; inet_csk_listen_start(),
 *		net/ipv4/inet_connection_sock.c; Linux 6.1, 6.18.
 * Left out:	memory (ENOBUFS, ENOMEM), multicast, SO_BINDTODEVICE,
 *		IP_FREEBIND, IP_TRANSPARENT, programs (BPF) that choose.
 */

#include <errno.h>

#include <glib.h>

#include "models/linux/linux.h"
#include "sim/kassert.h"

#define	LOOPBACK	0x0100007fu	/* 127.0.0.1 as in_addr_t */
#define	MAX_JUMP	8		/* a connect's random increments */

struct linux_sock *
linux_sock(const struct linux_net *l, uint32_t sock)
{

	KASSERT(sock < l->t.nsocks && l->t.sock[sock].state != LINUX_UNUSED,
	    ("no socket %u", sock));
	return (&l->t.sock[sock]);
}

static bool
is_loopback(uint32_t addr)
{

	return ((addr & 0xff) == (LOOPBACK & 0xff));
}

static void
visits_add(struct net_visits *to, const struct net_visits *v)
{

	to->porthash += v->porthash;
	to->portlist += v->portlist;
	to->connhash += v->connhash;
}

uint32_t
linux_socket(struct net *n, unsigned opts, uint32_t uid, struct net_op *op)
{
	struct linux_net *l;
	uint32_t sock;

	(void)op;
	l = linux_of(n);
	sock = linux_sock_alloc(&l->t);
	l->t.sock[sock].opts = (uint8_t)opts;
	l->t.sock[sock].uid = uid;
	return (sock);
}

void
linux_setopt(struct net *n, uint32_t pcb, enum net_sockopt opt, bool on)
{
	struct linux_sock *s;

	s = linux_sock(linux_of(n), pcb);
	if (on)
		s->opts |= (uint64_t)opt;
	else
		s->opts &= ~(uint64_t)opt;
}

void
linux_setopt_range(struct net *n, uint32_t pcb, uint16_t first,
    uint16_t last)
{
	struct linux_sock *s;

	s = linux_sock(linux_of(n), pcb);
	KASSERT(s->state != LINUX_TIMEWAIT, ("socket %u waits", pcb));
	s->low = first;
	s->high = last;
}

/*
 * The socket's range of ports.  An end of its own that is outside of the
 * system's does not count.  True: it has one.
 */
static bool
range_of(const struct linux_net *l, const struct linux_sock *s, uint16_t *low,
    uint16_t *high)
{
	uint16_t first, last;

	net_range(&l->net, &first, &last);
	*low = s->low >= first && s->low <= last ? s->low : first;
	*high = s->high >= first && s->high <= last ? s->high : last;
	return (s->low != 0 || s->high != 0);
}

/* ---- the search, and its end ------------------------------------------- */

void
linux_search_took(struct linux_net *l, struct linux_search *s,
    const struct linux_found *f, struct net_op *op)
{
	struct linux_sock *o;
	uint32_t jump, w;

	if (!s->connects) {
		linux_bind_enter(l, s->sock, f->lport);
		return;
	}
	jump = linux_random_below(l, MAX_JUMP);
	linux_perturb_add(l, s->port_offset, (MAX(f->nth, jump) + 1) *
	    s->pass.step);
	s->tuple.lport = f->lport;
	w = linux_port_used(&l->t, f->lport) ? linux_hash_find(l, &s->tuple,
	    &(struct net_visits){ 0 }) : LINUX_NONE;
	if (w != LINUX_NONE)
		linux_hash_leave(l, w);
	o = &l->t.sock[s->sock];
	o->faddr = s->tuple.faddr;
	o->fport = s->tuple.fport;
	linux_connect_enter(l, s->sock, f->lport);
	linux_hash_enter(l, s->sock);
	if (w != LINUX_NONE)
		linux_recycle(l, w, op);
}

/* Candidates until one is free: 0, or `error'. */
static int
search(struct linux_net *l, struct linux_search *s, int error,
    struct net_op *op)
{
	struct linux_found f;
	bool more;

	for (more = true; more; more = linux_search_next(l, s)) {
		linux_try(l, s, s->pass.count, &f);
		op->iters += f.tried;
		op->known += f.reserved;
		op->unlocked += f.unlocked;
		visits_add(&op->search, &f.visits);
		visits_add(&op->total, &f.visits);
		if (f.found) {
			linux_search_took(l, s, &f, op);
			return (0);
		}
	}
	linux_search_failed(l, s);
	return (error);
}

int
linux_search_named(struct linux_net *l, struct linux_search *s,
    struct net_op *op)
{
	struct linux_sock *o;
	uint32_t w;
	int error;

	o = &l->t.sock[s->sock];
	if (!s->connects) {
		error = linux_bind_named(l, s->sock, s->tuple.lport, op);
		if (error == 0)
			o->locks |= LINUX_PORT_LOCK;
		else
			linux_search_failed(l, s);
		return (error);
	}
	w = linux_hash_find(l, &s->tuple, &op->total);
	if (w != LINUX_NONE && (l->t.sock[w].state != LINUX_TIMEWAIT ||
	    !linux_timewait_reusable(l, &l->t.sock[w], true))) {
		linux_search_failed(l, s);
		return (EADDRNOTAVAIL);
	}
	if (w != LINUX_NONE)
		linux_hash_leave(l, w);
	o->faddr = s->tuple.faddr;
	o->fport = s->tuple.fport;
	linux_hash_enter(l, s->sock);
	if (w != LINUX_NONE)
		linux_recycle(l, w, op);
	return (0);
}

void
linux_search_failed(struct linux_net *l, struct linux_search *s)
{
	struct linux_sock *o;

	o = &l->t.sock[s->sock];
	if (!s->connects) {
		o->laddr = s->was;
		if (s->was == NET_ANY)
			o->locks &= ~(uint64_t)LINUX_ADDR_LOCK;
		return;
	}
	if (o->bucket != LINUX_NOBUCKET &&
	    (o->locks & LINUX_PORT_LOCK) == 0)
		linux_bind_leave(l, s->sock);
	if ((o->locks & LINUX_ADDR_LOCK) == 0)
		linux_bind_move(l, s->sock, NET_ANY);
}

/* ---- bind(2) and listen(2) --------------------------------------------- */

int
linux_bind_begin(struct linux_net *l, uint32_t sock, uint32_t laddr,
    uint16_t lport, struct linux_search *s)
{
	struct linux_sock *o;

	o = linux_sock(l, sock);
	if (laddr != NET_ANY && !is_loopback(laddr) &&
	    !net_laddr_has(&l->net, laddr))
		return (EADDRNOTAVAIL);
	if (lport != 0 && lport < l->unprivileged && o->uid != 0)
		return (EACCES);
	if (o->state != LINUX_CLOSED || o->lport != 0)
		return (EINVAL);
	*s = (struct linux_search){ .sock = sock, .was = NET_ANY,
	    .tuple = { .laddr = laddr, .lport = lport } };
	o->laddr = laddr;
	o->locks &= ~(uint64_t)LINUX_ADDR_LOCK;
	if (laddr != NET_ANY)
		o->locks |= LINUX_ADDR_LOCK;
	if (lport != 0)
		return (LINUX_NAMED);
	if ((o->opts & NET_NOPORT) != 0)
		return (0);
	range_of(l, o, &s->low, &s->high);
	linux_search_first(l, s);
	return (LINUX_SEARCHES);
}

void
linux_bind(struct net *n, uint32_t pcb, uint32_t laddr, uint16_t lport,
    struct net_op *op)
{
	struct linux_search s;
	struct linux_net *l;

	l = linux_of(n);
	op->error = linux_bind_begin(l, pcb, laddr, lport, &s);
	if (op->error == LINUX_SEARCHES)
		op->error = search(l, &s, EADDRINUSE, op);
	else if (op->error == LINUX_NAMED)
		op->error = linux_search_named(l, &s, op);
}

void
linux_listen(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct linux_search s;
	struct linux_net *l;
	struct linux_sock *o;

	l = linux_of(n);
	o = linux_sock(l, pcb);
	if (o->state == LINUX_LISTENING)
		return;
	if (o->state != LINUX_CLOSED) {
		op->error = EINVAL;
		return;
	}
	o->state = LINUX_LISTENING;
	if (o->lport != 0)
		op->error = linux_bind_named(l, pcb, o->lport, op);
	else {
		s = (struct linux_search){ .sock = pcb, .was = o->laddr,
		    .tuple = { .laddr = o->laddr } };
		range_of(l, o, &s.low, &s.high);
		linux_search_first(l, &s);
		op->error = search(l, &s, EADDRINUSE, op);
	}
	if (op->error != 0)
		o->state = LINUX_CLOSED;
}

/* ---- connect(2) -------------------------------------------------------- */

/* The source of a connection; 0 or ENETUNREACH. */
static int
source_of(const struct linux_net *l, uint32_t faddr, uint32_t *laddr)
{
	uint32_t route;

	if (net_addr_map_get(&l->net.routes, faddr, &route))
		*laddr = route;
	else if (is_loopback(faddr))
		*laddr = LOOPBACK;
	else if (net_laddr_has(&l->net, faddr))
		*laddr = faddr;		/* the local table's source */
	else
		return (net_source(&l->net, faddr, laddr));
	return (0);
}

/* Where any local address will do: a random one, and then the others. */
static void
spread(struct linux_net *l, uint32_t faddr, struct linux_search *s,
    uint32_t *laddr)
{
	uint32_t route;

	if (l->proposal == NULL ||
	    (l->proposal->switches & PROPOSAL_SPREAD) == 0 ||
	    l->net.nladdrs < 2 || l->t.sock[s->sock].lport != 0 ||
	    net_addr_map_get(&l->net.routes, faddr, &route) ||
	    is_loopback(faddr) || net_laddr_has(&l->net, faddr))
		return;
	s->place = (uint16_t)linux_random_below(l, l->net.nladdrs);
	s->addrs_left = (uint16_t)(l->net.nladdrs - 1);
	*laddr = net_laddr_at(&l->net, s->place);
}

int
linux_connect_begin(struct linux_net *l, uint32_t sock, uint32_t faddr,
    uint16_t fport, struct linux_search *s)
{
	struct linux_sock *o;
	uint32_t laddr;
	int error;

	o = linux_sock(l, sock);
	if (o->state != LINUX_CLOSED)
		return (EISCONN);
	if (faddr == NET_ANY)
		faddr = o->laddr != NET_ANY ? o->laddr : LOOPBACK;
	laddr = o->laddr;
	*s = (struct linux_search){ .connects = true, .sock = sock };
	if (laddr == NET_ANY) {
		error = source_of(l, faddr, &laddr);
		if (error != 0)
			return (error);
		spread(l, faddr, s, &laddr);
		linux_bind_move(l, sock, laddr);
	}
	s->tuple = (struct linux_tuple){ .laddr = laddr, .faddr = faddr,
	    .fport = fport, .lport = o->lport };
	if (o->lport != 0)
		return (LINUX_NAMED);
	s->by_ones = range_of(l, o, &s->low, &s->high) &&
	    l->variant->range_by_ones;
	linux_search_first(l, s);
	return (LINUX_SEARCHES);
}

void
linux_connect(struct net *n, uint32_t pcb, uint32_t faddr, uint16_t fport,
    struct net_op *op)
{
	struct linux_search s;
	struct linux_net *l;

	l = linux_of(n);
	op->error = linux_connect_begin(l, pcb, faddr, fport, &s);
	if (op->error == LINUX_SEARCHES)
		op->error = search(l, &s, EADDRNOTAVAIL, op);
	else if (op->error == LINUX_NAMED)
		op->error = linux_search_named(l, &s, op);
}

/* ---- accept, TIME_WAIT, close ------------------------------------------ */

void
linux_accept(struct net *n, uint32_t pcb, const struct net_end *end,
    struct net_op *op)
{
	const struct linux_tuple u = { .laddr = end->laddr,
	    .faddr = end->faddr, .lport = end->lport, .fport = end->fport };
	struct linux_net *l;
	struct linux_sock *o;
	uint32_t w;

	l = linux_of(n);
	o = linux_sock(l, pcb);
	w = linux_hash_find(l, &u, &op->total);
	if (w != LINUX_NONE && l->t.sock[w].state != LINUX_TIMEWAIT) {
		op->error = EADDRINUSE;
		return;
	}
	if (w != LINUX_NONE)
		linux_hash_leave(l, w);
	o->laddr = end->laddr;
	o->faddr = end->faddr;
	o->fport = end->fport;
	linux_accept_enter(l, pcb, end->lport);
	linux_hash_enter(l, pcb);
	if (w != LINUX_NONE)
		linux_recycle(l, w, op);
}

void
linux_timewait(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct linux_net *l;

	l = linux_of(n);
	if (linux_sock(l, pcb)->state != LINUX_CONNECTED)
		op->error = ENOTCONN;
	else
		linux_hash_timewait(l, pcb);
}

void
linux_close(struct net *n, uint32_t pcb, struct net_op *op)
{
	struct linux_net *l;
	struct linux_sock *o;

	(void)op;
	l = linux_of(n);
	o = linux_sock(l, pcb);
	if (o->state == LINUX_CONNECTED || o->state == LINUX_TIMEWAIT)
		linux_hash_leave(l, pcb);
	if (o->bucket != LINUX_NOBUCKET)
		linux_bind_leave(l, pcb);
	linux_sock_release(&l->t, pcb);
}
