/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The hash of established sockets, TIME_WAIT included.
 *
 * Models:	__inet_check_established(), inet_ehash_nolisten(),
 *		inet_unhash(), net/ipv4/inet_hashtables.c;
 *		inet_twsk_hashdance(), net/ipv4/inet_timewait_sock.c;
 *		tcp_twsk_unique(), net/ipv4/tcp_ipv4.c; Linux 6.1, 6.18.
 * Left out:	the kernel's hash is jhash: here is another with the same
 *		inputs; it is keyed, so that no two kernels have the same
 *		chains.  A TIME_WAIT that never saw the peer's FIN.
 */

#include "models/linux/index.h"
#include "models/linux/linux.h"
#include "sim/kassert.h"

#define	LOOPBACK_NET	127		/* 127.0.0.0/8 */

static uint32_t
mix(uint64_t x)
{

	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	return ((uint32_t)(x >> 32));
}

static uint32_t
chain_of(const struct linux_net *l, const struct linux_tuple *u)
{
	uint64_t h;

	h = mix(((uint64_t)u->laddr << 32 | u->faddr) ^ l->t.secret);
	if (l->variant->linear_hash)
		return ((mix(h << 16 | u->fport) + u->lport) & l->t.hmask);
	return (mix(h << 32 | (uint32_t)u->lport << 16 | u->fport) &
	    l->t.hmask);
}

static struct linux_tuple
tuple_of(const struct linux_sock *s)
{

	return ((struct linux_tuple){ .laddr = s->laddr, .faddr = s->faddr,
	    .lport = s->lport, .fport = s->fport });
}

/* All from `from' on are so many further back. */
static void
shift(struct linux_net *l, uint32_t from, int by)
{
	uint32_t s;

	for (s = from; s != LINUX_NONE; s = l->t.sock[s].hnext) {
		l->t.sock[s].ahead += (uint32_t)by;
		linux_index_ahead(l->index, &l->t, s, by);
	}
}

static void
chain_in(struct linux_net *l, uint32_t sock)
{
	const struct linux_tuple u = tuple_of(&l->t.sock[sock]);
	const uint32_t chain = chain_of(l, &u);
	struct linux_sock *s;

	s = &l->t.sock[sock];
	shift(l, l->t.chain[chain], 1);
	s->ahead = 0;
	s->hprev = LINUX_NONE;
	s->hnext = l->t.chain[chain];
	if (s->hnext != LINUX_NONE)
		l->t.sock[s->hnext].hprev = sock;
	l->t.chain[chain] = sock;
}

static void
chain_out(struct linux_net *l, uint32_t sock)
{
	struct linux_sock *s;
	struct linux_tuple u;

	s = &l->t.sock[sock];
	if (s->hnext != LINUX_NONE)
		l->t.sock[s->hnext].hprev = s->hprev;
	if (s->hprev != LINUX_NONE)
		l->t.sock[s->hprev].hnext = s->hnext;
	else {
		u = tuple_of(s);
		l->t.chain[chain_of(l, &u)] = s->hnext;
	}
	shift(l, s->hnext, -1);
	s->hnext = s->hprev = LINUX_NONE;
}

void
linux_hash_enter(struct linux_net *l, uint32_t sock)
{

	l->t.sock[sock].state = LINUX_CONNECTED;
	chain_in(l, sock);
	linux_index_enter(l->index, &l->t, sock);
}

void
linux_hash_leave(struct linux_net *l, uint32_t sock)
{

	linux_index_leave(l->index, &l->t, sock);
	chain_out(l, sock);
	l->t.sock[sock].state = LINUX_CLOSED;
}

void
linux_hash_timewait(struct linux_net *l, uint32_t sock)
{
	struct linux_sock *s;
	uint32_t b;

	s = &l->t.sock[sock];
	KASSERT(s->state == LINUX_CONNECTED, ("socket %u: state %u", sock,
	    s->state));
	/* The TIME_WAIT is another object, new on both lists. */
	linux_index_leave(l->index, &l->t, sock);
	chain_out(l, sock);
	chain_in(l, sock);
	b = s->bucket;
	linux_owner_remove(&l->t, sock);
	linux_owner_add(&l->t, b, sock);
	s->state = LINUX_TIMEWAIT;
	s->since = (uint64_t)l->now_ms;
	s->stamped = l->timestamps;
	linux_index_enter(l->index, &l->t, sock);
}

static bool
on_loopback(uint32_t addr)
{

	/* Addresses are in network order, hosts little-endian. */
	return ((addr & 0xff) == LOOPBACK_NET);
}

bool
linux_timewait_reusable(const struct linux_net *l,
    const struct linux_sock *s, bool named)
{

	if (!s->stamped)
		return (false);
	if (named)
		return (true);
	if (l->tw_reuse == 0 || (l->tw_reuse == LINUX_REUSE_LOOPBACK &&
	    !on_loopback(s->laddr) && !on_loopback(s->faddr)))
		return (false);
	if (l->variant->reuse_by_ms)
		return (l->now_ms > (int64_t)s->since +
		    (int64_t)l->tw_reuse_delay);
	return (l->now_ms / 1000 > (int64_t)s->since / 1000);
}

uint32_t
linux_hash_find(const struct linux_net *l, const struct linux_tuple *u,
    struct net_visits *v)
{
	const struct linux_sock *o;
	uint32_t s;

	for (s = l->t.chain[chain_of(l, u)]; s != LINUX_NONE; s = o->hnext) {
		o = &l->t.sock[s];
		v->connhash++;
		if (o->lport == u->lport && o->laddr == u->laddr &&
		    o->faddr == u->faddr && o->fport == u->fport)
			break;
	}
	return (s);
}

void
linux_recycle(struct linux_net *l, uint32_t tw, struct net_op *op)
{

	linux_bind_leave(l, tw);
	linux_sock_release(&l->t, tw);
	op->recycled = tw + 1;
}

/* ---- audit ------------------------------------------------------------- */

static size_t
check_chain(const struct linux_net *l, uint32_t chain)
{
	const struct linux_sock *o;
	struct linux_tuple u;
	uint32_t before, n, s;

	before = LINUX_NONE;
	n = 0;
	for (s = l->t.chain[chain]; s != LINUX_NONE; s = o->hnext) {
		o = &l->t.sock[s];
		u = tuple_of(o);
		KASSERT(chain_of(l, &u) == chain && o->hprev == before &&
		    o->ahead == n, ("socket %u in chain %u", s, chain));
		before = s;
		n++;
	}
	return (n);
}

void
linux_hash_check(const struct linux_net *l)
{
	size_t hashed;
	uint32_t i;

	hashed = 0;
	for (i = 0; i < l->t.nsocks; i++)
		hashed += l->t.sock[i].state == LINUX_CONNECTED ||
		    l->t.sock[i].state == LINUX_TIMEWAIT;
	for (i = 0; i <= l->t.hmask; i++)
		hashed -= check_chain(l, i);
	KASSERT(hashed == 0, ("%zu sockets out of the hash", hashed));
}
