/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bind buckets: who may have a port, and what a port's bucket remembers.
 *
 * Theory:	a bucket has two marks.  Both -1: only connect() chose this
 *		port, so that any connect() may share it, tuple by tuple.
 *		Otherwise it is bound: fastreuse > 0 says that all on it have
 *		SO_REUSEADDR and nobody listens, fastreuseport that a user's
 *		sockets have SO_REUSEPORT.  From 6.18 on the buckets of
 *		bhash2 have the same marks, and the port's are taken back
 *		when the last of those is left by who bound it.
 * Models:	inet_csk_get_port(), inet_csk_bind_conflict(),
 *		inet_bind_conflict(), inet_bhash2_addr_any_conflict(),
 *		inet_csk_update_fastreuse(), net/ipv4/inet_connection_sock.c;
 *		inet_bind_bucket_destroy(), inet_bind2_bucket_destroy(),
 *		__inet_inherit_port(), __inet_bhash2_update_saddr(),
 *		net/ipv4/inet_hashtables.c; Linux 6.1, 6.18.
 * Left out:	SO_REUSE of the kernel's own sockets, groups of
 *		SO_REUSEPORT with a program, devices, IPv6.
 */

#include <errno.h>

#include "models/linux/index.h"
#include "models/linux/linux.h"
#include "sim/kassert.h"

#define	REUSEPORT_ANY		1	/* whoever is on it */
#define	REUSEPORT_STRICT	2	/* only with the address remembered */

/* ---- conflicts --------------------------------------------------------- */

static bool
conflicts(const struct linux_sock *s, const struct linux_sock *o, bool relax,
    bool shares)
{
	bool shared;

	shared = (s->opts & NET_REUSEPORT) != 0 &&
	    (o->opts & NET_REUSEPORT) != 0 &&
	    (o->state == LINUX_TIMEWAIT || s->uid == o->uid);
	if ((s->opts & NET_REUSEADDR) != 0 && (o->opts & NET_REUSEADDR) != 0 &&
	    o->state != LINUX_LISTENING)
		return (!relax || (!shares && shared));
	return (!shares || !shared);
}

/* Does one of the bucket's owners? */
static bool
owners_conflict(const struct linux_net *l, uint32_t sock, uint32_t bucket,
    bool relax, bool shares, struct net_visits *v)
{
	const struct linux_sock *s;
	uint32_t o;

	s = &l->t.sock[sock];
	for (o = l->t.b2[bucket].owners; o != LINUX_NONE;
	    o = l->t.sock[o].next) {
		v->portlist++;
		if (o != sock && conflicts(s, &l->t.sock[o], relax, shares))
			return (true);
	}
	return (false);
}

bool
linux_bind_conflict(const struct linux_net *l, uint32_t sock, uint32_t laddr,
    uint16_t port, bool relax, bool shares, struct net_visits *v)
{
	uint32_t b;

	if (laddr != NET_ANY) {
		b = linux_bucket2_find(&l->t, NET_ANY, port);
		if (b != LINUX_NOBUCKET &&
		    owners_conflict(l, sock, b, relax, shares, v))
			return (true);
	}
	if (!linux_port_used(&l->t, port))
		return (false);
	v->porthash++;
	if (laddr != NET_ANY) {
		b = linux_bucket2_find(&l->t, laddr, port);
		return (b != LINUX_NOBUCKET &&
		    owners_conflict(l, sock, b, relax, shares, v));
	}
	for (b = l->t.port[port].first; b != LINUX_NOBUCKET;
	    b = l->t.b2[b].next)
		if (owners_conflict(l, sock, b, relax, shares, v))
			return (true);
	return (false);
}

/* Is the socket one of those that the port's SO_REUSEPORT mark is for? */
static bool
port_shares(const struct linux_port *p, const struct linux_sock *s)
{

	return (p->fastreuseport > 0 && (s->opts & NET_REUSEPORT) != 0 &&
	    p->fastuid == s->uid && (p->fastreuseport == REUSEPORT_ANY ||
	    p->fastaddr == s->laddr || p->fastaddr == NET_ANY));
}

/* ---- marks ------------------------------------------------------------- */

/* The socket joins the port, in bucket b, which may have no owner yet. */
static void
marks_update(struct linux_net *l, const struct linux_sock *s, uint32_t b,
    bool first)
{
	struct linux_port *p;
	bool reuse;

	p = &l->t.port[l->t.b2[b].port];
	reuse = (s->opts & NET_REUSEADDR) != 0 &&
	    s->state != LINUX_LISTENING;
	if (first)
		p->fastreuse = reuse;
	else if (!reuse)
		p->fastreuse = 0;
	if ((s->opts & NET_REUSEPORT) == 0)
		p->fastreuseport = 0;
	else if (first || !port_shares(p, s)) {
		p->fastreuseport = first ? REUSEPORT_ANY : REUSEPORT_STRICT;
		p->fastuid = s->uid;
		p->fastaddr = s->laddr;
	}
	l->t.b2[b].fastreuse = p->fastreuse;
	l->t.b2[b].fastreuseport = p->fastreuseport;
}

/* The socket's bucket on the port, made if need be. */
static uint32_t
bucket_get(struct linux_net *l, uint32_t laddr, uint16_t port, bool *first)
{
	uint32_t b;

	*first = !linux_port_used(&l->t, port);
	if (*first)
		l->t.port[port].fastreuse = l->t.port[port].fastreuseport = 0;
	b = linux_bucket2_find(&l->t, laddr, port);
	if (b == LINUX_NOBUCKET) {
		b = linux_bucket2_new(&l->t, laddr, port);
		linux_index_bucket(l->index, laddr, port, true);
	}
	return (b);
}

static void
enter(struct linux_net *l, uint32_t sock, uint32_t b)
{

	l->t.sock[sock].lport = l->t.b2[b].port;
	linux_owner_add(&l->t, b, sock);
	l->t.bound++;
	linux_index_port(l->index, &l->t, l->t.b2[b].port);
}

void
linux_bind_enter(struct linux_net *l, uint32_t sock, uint16_t port)
{
	struct linux_sock *s;
	uint32_t b;
	bool first;

	s = &l->t.sock[sock];
	b = bucket_get(l, s->laddr, port, &first);
	marks_update(l, s, b, first);
	enter(l, sock, b);
}

void
linux_connect_enter(struct linux_net *l, uint32_t sock, uint16_t port)
{
	uint32_t b;
	bool first;

	b = bucket_get(l, l->t.sock[sock].laddr, port, &first);
	if (first)
		l->t.port[port].fastreuse = l->t.port[port].fastreuseport =
		    -1;
	if (l->t.b2[b].owners == LINUX_NONE)
		l->t.b2[b].fastreuse = l->t.b2[b].fastreuseport = -1;
	l->t.sock[sock].locks |= LINUX_CONNECT_BIND;
	enter(l, sock, b);
}

void
linux_accept_enter(struct linux_net *l, uint32_t sock, uint16_t port)
{
	uint32_t b;
	bool first;

	b = bucket_get(l, l->t.sock[sock].laddr, port, &first);
	if (first)
		marks_update(l, &l->t.sock[sock], b, true);
	enter(l, sock, b);
}

/* A socket has left bucket b, which is of that address. */
static void
bucket_left(struct linux_net *l, uint32_t b, uint32_t laddr)
{
	struct linux_bucket2 *b2;
	uint32_t s;

	b2 = &l->t.b2[b];
	if (b2->owners == LINUX_NONE) {
		linux_index_bucket(l->index, laddr, b2->port, false);
		linux_bucket2_free(&l->t, b, laddr);
		return;
	}
	if (!l->variant->recovers ||
	    (b2->fastreuse == -1 && b2->fastreuseport == -1))
		return;
	for (s = b2->owners; s != LINUX_NONE; s = l->t.sock[s].next)
		if ((l->t.sock[s].locks & LINUX_CONNECT_BIND) == 0)
			return;
	b2->fastreuse = b2->fastreuseport = -1;
}

/* .. and with that the port. */
static void
port_left(struct linux_net *l, uint16_t port)
{
	struct linux_port *p;
	uint32_t b;

	p = &l->t.port[port];
	if (!l->variant->recovers || p->first == LINUX_NOBUCKET ||
	    (p->fastreuse == -1 && p->fastreuseport == -1))
		return;
	for (b = p->first; b != LINUX_NOBUCKET; b = l->t.b2[b].next)
		if (l->t.b2[b].fastreuse != -1 ||
		    l->t.b2[b].fastreuseport != -1)
			return;
	p->fastreuse = p->fastreuseport = -1;
}

void
linux_bind_leave(struct linux_net *l, uint32_t sock)
{
	struct linux_sock *s;
	uint16_t port;
	uint32_t b;

	s = &l->t.sock[sock];
	port = s->lport;
	b = s->bucket;
	linux_owner_remove(&l->t, sock);
	s->lport = 0;
	s->locks &= ~(uint64_t)LINUX_CONNECT_BIND;
	l->t.bound--;
	bucket_left(l, b, s->laddr);
	port_left(l, port);
	linux_index_port(l->index, &l->t, port);
}

void
linux_bind_move(struct linux_net *l, uint32_t sock, uint32_t laddr)
{
	struct linux_sock *s;
	uint32_t b, from;
	bool first;

	s = &l->t.sock[sock];
	from = s->bucket;
	if (from == LINUX_NOBUCKET || laddr == s->laddr) {
		s->laddr = laddr;
		return;
	}
	/* The new bucket first, so that the port's is never empty. */
	b = bucket_get(l, laddr, s->lport, &first);
	linux_owner_remove(&l->t, sock);
	bucket_left(l, from, s->laddr);
	s->laddr = laddr;
	if (l->t.b2[b].owners == LINUX_NONE) {
		l->t.b2[b].fastreuse = l->t.b2[b].fastreuseport =
		    (s->locks & LINUX_CONNECT_BIND) != 0 ? -1 : 0;
	}
	linux_owner_add(&l->t, b, sock);
	linux_index_port(l->index, &l->t, s->lport);
}

/* ---- a port by name ---------------------------------------------------- */

int
linux_bind_named(struct linux_net *l, uint32_t sock, uint16_t port,
    struct net_op *op)
{
	const struct linux_port *p;
	struct linux_sock *s;
	uint32_t b;
	bool first;

	s = &l->t.sock[sock];
	p = &l->t.port[port];
	if (!(linux_port_used(&l->t, port) && ((p->fastreuse > 0 &&
	    (s->opts & NET_REUSEADDR) != 0 && s->state != LINUX_LISTENING) ||
	    port_shares(p, s))) &&
	    linux_bind_conflict(l, sock, s->laddr, port, true, true,
	    &op->total))
		return (EADDRINUSE);
	if (s->bucket == LINUX_NOBUCKET) {
		linux_bind_enter(l, sock, port);
		return (0);
	}
	/* listen() on the port that it has. */
	b = bucket_get(l, s->laddr, port, &first);
	marks_update(l, s, b, first);
	linux_index_port(l->index, &l->t, port);
	return (0);
}
