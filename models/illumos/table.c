/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * illumos' bind hash and connection hash.
 *
 * Theory:	a bucket of the bind hash is a chain of the first conn of each
 *		of its ports, a new port at the end; the other conns of a port
 *		hang behind its first.  A new one goes in front, unless it is
 *		bound to * and the first is not: then behind all that are bound
 *		to an address.  The connection hash does not hash the local
 *		address; its walk stops at a match.
 *
 *		What counts is the bound address.  A connect() that chose its
 *		own source leaves * there, and so does accept().
 * Models:	tcp_bind_hash_insert(), tcp_bind_hash_remove(), the lookup in
 *		tcp_bindi(), usr/src/uts/common/inet/tcp/tcp_bind.c;
 *		ipcl_conn_insert_v4(), inet/ip/ipclassifier.c;
 *		IPCL_CONN_HASH(), inet/ipclassifier.h; illumos-gate of
 *		2020-12-24.
 * Left out:	IPv6, zones, labels, TCP_EXCLBIND, SO_REUSEPORT (not in that
 *		tree).
 */

#include <string.h>

#include <glib.h>

#include "models/illumos/illumos.h"
#include "models/pcb/pages.h"
#include "sim/grow.h"
#include "sim/kassert.h"

static bool
look(const void *arg, const struct pcb_question *q, unsigned port,
    uint64_t *visits)
{

	return (illumos_bind_find(arg, q, (uint16_t)port, visits) ==
	    CONN_NIL);
}

void
illumos_table_init(struct illumos *s, unsigned bindhash)
{
	size_t n;

	KASSERT(s->hashed == 0, ("%zu conns", s->hashed));
	pcb_heads_init(&s->heads, bindhash, true, NULL);
	memset(s->list, 0xff, sizeof(s->list));		/* CONN_NIL */
	n = s->hashsize * sizeof(*s->bucket);
	s->length = pcb_pages_new0(n);
	s->bucket = pcb_pages_renew(NULL, 0, n);
	memset(s->bucket, 0xff, n);
	pcb_clock_init(&s->clock);
	pcb_memos_init(&s->memos, &s->clock, look, s);
	port_addr_init(&s->addrs);
}

void
illumos_table_fini(struct illumos *s)
{

	port_addr_fini(&s->addrs);
	pcb_memos_fini(&s->memos);
	pcb_pages_free(s->tuple, s->ntuples * sizeof(*s->tuple));
	s->tuple = NULL;
	s->ntuples = 0;
	pcb_pages_free(s->length, s->hashsize * sizeof(*s->length));
	pcb_pages_free(s->bucket, s->hashsize * sizeof(*s->bucket));
	pcb_heads_fini(&s->heads);
}

size_t
illumos_table_memory(const struct illumos *s)
{

	return (s->size * sizeof(*s->conn) +
	    s->hashsize * (sizeof(*s->bucket) + sizeof(*s->length)) +
	    s->ntuples * sizeof(*s->tuple) + pcb_heads_memory(&s->heads) +
	    pcb_memos_memory(&s->memos) + port_addr_memory(&s->addrs));
}

/* ---- conns --------------------------------------------------------------- */

struct illumos_conn *
illumos_conn(const struct illumos *s, uint32_t conn)
{

	KASSERT(conn < s->used && s->conn[conn].state != ILLUMOS_FREE,
	    ("no conn %u", conn));
	return (&s->conn[conn]);
}

uint32_t
illumos_conn_new(struct illumos *s)
{
	uint32_t conn, old;

	conn = s->free;
	if (conn != CONN_NIL)
		s->free = s->conn[conn].bnext;
	else {
		if (s->used == s->size) {
			old = s->size;
			s->size = grow_size(old, 64);
			s->conn = pcb_pages_renew(s->conn, old *
			    sizeof(*s->conn), s->size * sizeof(*s->conn));
		}
		conn = s->used++;
	}
	memset(&s->conn[conn], 0, sizeof(s->conn[conn]));
	s->conn[conn].state = ILLUMOS_IDLE;
	return (conn);
}

void
illumos_conn_free(struct illumos *s, uint32_t conn)
{
	struct illumos_conn *c;

	c = illumos_conn(s, conn);
	KASSERT(!c->in_bind && !c->in_conn, ("conn %u is in a table", conn));
	c->state = ILLUMOS_FREE;
	c->bnext = s->free;
	s->free = conn;
}

/* A conn enters its first table, or has left its last. */
static void
count(struct illumos *s, const struct illumos_conn *c, int change)
{

	if (!c->in_bind && !c->in_conn)
		s->hashed += (size_t)change;
}

/* ---- the bind hash ------------------------------------------------------- */

static void
addr_enter(struct illumos *s, struct illumos_conn *c)
{

	c->laddr_idx = port_addr_number(&s->addrs, c->laddr);
	port_addr_more(&s->addrs, c->laddr_idx, c->lport);
}

/* The conn that a new one on its port goes behind; CONN_NIL: in front. */
static uint32_t
place(const struct illumos *s, const struct illumos_conn *c)
{
	uint32_t i, prev;

	prev = CONN_NIL;
	if (c->bound != NET_ANY)
		return (prev);
	for (i = s->list[c->lport]; i != CONN_NIL &&
	    s->conn[i].bound != NET_ANY; i = s->conn[i].bnext)
		prev = i;
	return (prev);
}

void
illumos_bind_insert(struct illumos *s, uint32_t conn, struct net_visits *v)
{
	struct illumos_conn *c;

	c = illumos_conn(s, conn);
	/* The first conns of other ports, before the own. */
	v->porthash += port_sums_get(&s->heads.visits, c->lport);
	if (port_set_has(&s->heads.any, c->lport))
		v->porthash--;
	else
		pcb_heads_add(&s->heads, c->lport);
	c->bprev = place(s, c);
	c->bnext = c->bprev == CONN_NIL ? s->list[c->lport] :
	    s->conn[c->bprev].bnext;
	if (c->bnext != CONN_NIL)
		s->conn[c->bnext].bprev = conn;
	if (c->bprev != CONN_NIL)
		s->conn[c->bprev].bnext = conn;
	else
		s->list[c->lport] = conn;
	s->on[c->lport]++;
	s->wild[c->lport] += c->bound == NET_ANY;
	addr_enter(s, c);
	count(s, c, 1);
	c->in_bind = true;
	pcb_clock_tick(&s->clock, c->lport);
}

void
illumos_bind_remove(struct illumos *s, uint32_t conn)
{
	struct illumos_conn *c;

	c = illumos_conn(s, conn);
	if (!c->in_bind)
		return;
	if (c->bnext != CONN_NIL)
		s->conn[c->bnext].bprev = c->bprev;
	if (c->bprev != CONN_NIL)
		s->conn[c->bprev].bnext = c->bnext;
	else
		s->list[c->lport] = c->bnext;
	s->on[c->lport]--;
	s->wild[c->lport] -= c->bound == NET_ANY;
	if (s->list[c->lport] == CONN_NIL)
		pcb_heads_remove(&s->heads, c->lport);
	port_addr_less(&s->addrs, c->laddr_idx, c->lport);
	c->in_bind = false;
	count(s, c, -1);
	pcb_clock_tick(&s->clock, c->lport);
}

void
illumos_set_state(struct illumos *s, uint32_t conn, enum illumos_state state)
{
	struct illumos_conn *c;

	c = illumos_conn(s, conn);
	c->state = (uint8_t)state;
	if (c->in_bind)
		pcb_clock_tick(&s->clock, c->lport);
}

void
illumos_set_laddr(struct illumos *s, uint32_t conn, uint32_t laddr)
{
	struct illumos_conn *c;

	c = illumos_conn(s, conn);
	if (c->in_bind)
		port_addr_less(&s->addrs, c->laddr_idx, c->lport);
	KASSERT(!c->in_conn, ("conn %u is in the connection hash", conn));
	c->laddr = laddr;
	if (c->in_bind)
		addr_enter(s, c);
}

void
illumos_set_bound(struct illumos *s, uint32_t conn, uint32_t bound)
{
	struct illumos_conn *c;

	c = illumos_conn(s, conn);
	KASSERT(bound == NET_ANY || bound == c->laddr,
	    ("conn %u is bound elsewhere than it is", conn));
	if (c->in_bind)
		s->wild[c->lport] += (uint32_t)(bound == NET_ANY) -
		    (c->bound == NET_ANY);
	c->bound = bound;
}

/* Does the conn make its port taken? */
static bool
blocks(const struct illumos_conn *c, const struct pcb_question *q)
{

	if (q->rule == ILLUMOS_BIND_REUSE)
		return (c->bound == q->laddr && (c->state == ILLUMOS_BOUND ||
		    c->state == ILLUMOS_LISTEN));
	if (q->rule == ILLUMOS_QUICK && c->state > ILLUMOS_LISTEN &&
	    (c->faddr != q->faddr || c->fport != q->fport))
		return (false);
	if (c->bound != q->laddr && c->bound != NET_ANY &&
	    q->laddr != NET_ANY)
		return (false);
	return (c->state >= ILLUMOS_BOUND);
}

uint32_t
illumos_bind_walk(const struct illumos *s, const struct pcb_question *q,
    uint16_t lport, uint64_t *visits)
{
	uint32_t i;

	for (i = s->list[lport]; i != CONN_NIL; i = s->conn[i].bnext) {
		++*visits;
		if (blocks(&s->conn[i], q))
			break;
	}
	return (i);
}

/*
 * Nobody on the port is bound to the address, or to *: whichever the rule, none
 * is in the way.  Who is bound to an address has it.
 */
static bool
nobody(const struct illumos *s, uint32_t laddr, uint16_t lport)
{
	const struct port_addr *a;

	if (laddr == NET_ANY)
		return (s->on[lport] == 0);
	a = port_addr_find(&s->addrs, laddr);
	return (s->wild[lport] == 0 &&
	    (a == NULL || !port_set_has(&a->any, lport)));
}

uint32_t
illumos_bind_find(const struct illumos *s, const struct pcb_question *q,
    uint16_t lport, uint64_t *visits)
{
	uint64_t walked;
	uint32_t conn;

	if (s->search == NET_SEARCH_WALK || !nobody(s, q->laddr, lport))
		return (illumos_bind_walk(s, q, lport, visits));
	if (s->search == NET_SEARCH_BOTH) {
		walked = 0;
		conn = illumos_bind_walk(s, q, lport, &walked);
		KASSERT(conn == CONN_NIL && walked == s->on[lport],
		    ("port %u: walk finds %u after %ju of %u", lport, conn,
		    (uintmax_t)walked, s->on[lport]));
	}
	*visits += s->on[lport];
	return (CONN_NIL);
}

/* ---- the connection hash ------------------------------------------------- */

static uint16_t
swap16(uint16_t v)
{

	return ((uint16_t)(v << 8 | v >> 8));
}

static uint32_t
swap32(uint32_t v)
{

	return ((uint32_t)swap16((uint16_t)v) << 16 |
	    swap16((uint16_t)(v >> 16)));
}

static uint32_t *
bucket_of(const struct illumos *s, const struct illumos_conn *c)
{
	uint32_t ports;

	/* Both as they are in a segment, the foreign one first. */
	ports = (uint32_t)swap16(c->lport) << 16 | swap16(c->fport);
	return (&s->bucket[(swap32(c->faddr) ^ ports >> 24 ^ ports >> 16 ^
	    ports >> 8 ^ ports) % s->hashsize]);
}

static bool
same_tuple(const struct illumos_conn *a, const struct illumos_conn *b)
{

	return (a->faddr == b->faddr && a->laddr == b->laddr &&
	    a->fport == b->fport && a->lport == b->lport);
}

/* Along the bucket to the conn of that tuple, or to the end: false. */
static bool
tuple_walk(const struct illumos *s, const struct illumos_conn *c,
    uint64_t *visits)
{
	uint32_t i;

	for (i = *bucket_of(s, c); i != CONN_NIL; i = s->conn[i].cnext) {
		++*visits;
		if (same_tuple(&s->conn[i], c))
			return (true);
	}
	return (false);
}

static uint32_t *
tuple_head(const struct illumos *s, const struct illumos_conn *c)
{
	uint64_t h;

	h = ((uint64_t)c->laddr << 32 | c->faddr) *
	    UINT64_C(0x9e3779b97f4a7c15);
	h = (h >> 29 ^ h ^ ((uint64_t)c->lport << 16 | c->fport)) *
	    UINT64_C(0xbf58476d1ce4e5b9);
	return (&s->tuple[(h >> 32) & (s->ntuples - 1)]);
}

static void
tuple_add(struct illumos *s, uint32_t conn)
{
	uint32_t *head;

	head = tuple_head(s, &s->conn[conn]);
	s->conn[conn].tnext = *head;
	*head = conn;
}

/* As many chains as conns, or more. */
static void
tuples_grow(struct illumos *s)
{
	uint32_t i;

	i = s->ntuples;
	s->ntuples = MAX(2 * i, 64);
	s->tuple = pcb_pages_renew(s->tuple, i * sizeof(*s->tuple),
	    s->ntuples * sizeof(*s->tuple));
	memset(s->tuple, 0xff, s->ntuples * sizeof(*s->tuple));
	for (i = 0; i < s->used; i++)
		if (s->conn[i].in_conn)
			tuple_add(s, i);
}

static void
tuple_remove(struct illumos *s, uint32_t conn)
{
	uint32_t *link;

	for (link = tuple_head(s, &s->conn[conn]); *link != conn;
	    link = &s->conn[*link].tnext)
		KASSERT(*link != CONN_NIL, ("conn %u has no tuple", conn));
	*link = s->conn[conn].tnext;
}

static bool
tuple_there(const struct illumos *s, const struct illumos_conn *c,
    uint64_t *visits)
{
	uint64_t all, walked;
	uint32_t i;
	bool found, there;

	if (s->search == NET_SEARCH_WALK)
		return (tuple_walk(s, c, visits));
	for (i = s->ntuples == 0 ? CONN_NIL : *tuple_head(s, c);
	    i != CONN_NIL && !same_tuple(&s->conn[i], c);
	    i = s->conn[i].tnext)
		continue;
	there = i != CONN_NIL;
	all = s->length[bucket_of(s, c) - s->bucket];
	if (!there && s->search == NET_SEARCH_INDEX) {
		*visits += all;
		return (false);
	}
	/* How far it is to the tuple only the walk knows. */
	walked = 0;
	found = tuple_walk(s, c, &walked);
	KASSERT(found == there && (found || walked == all),
	    ("tuple of port %u: walk %d after %ju of %ju", c->lport, found,
	    (uintmax_t)walked, (uintmax_t)all));
	*visits += walked;
	return (found);
}

bool
illumos_conn_insert(struct illumos *s, uint32_t conn, uint64_t *visits)
{
	struct illumos_conn *c;
	uint32_t *head;

	c = illumos_conn(s, conn);
	if (tuple_there(s, c, visits))
		return (false);
	if (s->used > s->ntuples)
		tuples_grow(s);
	tuple_add(s, conn);
	head = bucket_of(s, c);
	s->length[head - s->bucket]++;
	c->cprev = CONN_NIL;
	c->cnext = *head;
	if (*head != CONN_NIL)
		s->conn[*head].cprev = conn;
	*head = conn;
	count(s, c, 1);
	c->in_conn = true;
	return (true);
}

void
illumos_conn_remove(struct illumos *s, uint32_t conn)
{
	struct illumos_conn *c;

	c = illumos_conn(s, conn);
	if (!c->in_conn)
		return;
	if (c->cnext != CONN_NIL)
		s->conn[c->cnext].cprev = c->cprev;
	if (c->cprev != CONN_NIL)
		s->conn[c->cprev].cnext = c->cnext;
	else
		*bucket_of(s, c) = c->cnext;
	tuple_remove(s, conn);
	s->length[bucket_of(s, c) - s->bucket]--;
	c->in_conn = false;
	count(s, c, -1);
}

/* ---- audit ------------------------------------------------------------- */

void
illumos_table_check(const struct illumos *s)
{
	const struct illumos_conn *c;
	uint32_t b, i, n, nbind, nconn, prev, wild;
	unsigned port;

	pcb_heads_check(&s->heads);
	nbind = nconn = 0;
	for (port = 0; port < 65536; port++) {
		prev = CONN_NIL;
		n = nbind;
		wild = 0;
		for (i = s->list[port]; i != CONN_NIL; i = c->bnext) {
			c = illumos_conn(s, i);
			KASSERT(c->lport == port && c->bprev == prev &&
			    c->in_bind, ("conn %u is wrong on port %u", i,
			    port));
			KASSERT(prev == CONN_NIL || c->bound == NET_ANY ||
			    s->conn[prev].bound != NET_ANY,
			    ("port %u is out of order", port));
			prev = i;
			nbind++;
			wild += c->bound == NET_ANY;
		}
		KASSERT(port_set_has(&s->heads.any, port) ==
		    (prev != CONN_NIL) && nbind - n == s->on[port] &&
		    wild == s->wild[port], ("head of port %u, %u conns",
		    port, s->on[port]));
	}
	for (b = 0; b < s->hashsize; b++) {
		prev = nconn;
		for (i = s->bucket[b]; i != CONN_NIL; i = c->cnext) {
			c = illumos_conn(s, i);
			KASSERT(c->in_conn && bucket_of(s, c) ==
			    &s->bucket[b], ("conn %u is wrong in bucket %u",
			    i, b));
			nconn++;
		}
		KASSERT(nconn - prev == s->length[b], ("bucket %u has %u "
		    "conns, not %u", b, nconn - prev, s->length[b]));
	}
	for (i = 0; i < s->used; i++) {
		c = &s->conn[i];
		if (c->state == ILLUMOS_FREE)
			continue;
		nbind -= c->in_bind;
		nconn -= c->in_conn;
	}
	KASSERT(nbind == 0 && nconn == 0, ("%d, %d conns too many in tables",
	    (int)nbind, (int)nconn));
}
