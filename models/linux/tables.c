/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sockets and bind buckets; see tables.h.
 */

#include <string.h>

#include <glib.h>

#include "models/linux/tables.h"
#include "models/pcb/pages.h"
#include "sim/grow.h"
#include "sim/kassert.h"

#define	PORTS		65536u
#define	FIRST_SOCKS	64u
#define	FIRST_BUCKETS	64u

void
linux_tables_init(struct linux_tables *t, uint32_t hashsize, uint64_t secret)
{

	*t = (struct linux_tables){ .unused = LINUX_NONE,
	    .hmask = hashsize - 1, .secret = secret };
	t->port = g_new0(struct linux_port, PORTS);
	t->chain = pcb_pages_renew(NULL, 0, hashsize * sizeof(*t->chain));
	memset(t->chain, 0xff, hashsize * sizeof(*t->chain));
	t->b2mask = FIRST_BUCKETS - 1;
	t->b2hash = g_new0(uint32_t, FIRST_BUCKETS);
	t->nb2 = 1;
}

void
linux_tables_fini(struct linux_tables *t)
{
	const size_t chains = (size_t)t->hmask + 1;

	pcb_pages_free(t->sock, t->size * sizeof(*t->sock));
	g_free(t->port);
	pcb_pages_free(t->b2, t->b2size * sizeof(*t->b2));
	pcb_pages_free(t->b2hash, ((size_t)t->b2mask + 1) *
	    sizeof(*t->b2hash));
	pcb_pages_free(t->chain, chains * sizeof(*t->chain));
}

size_t
linux_tables_memory(const struct linux_tables *t)
{

	return (t->size * sizeof(*t->sock) + PORTS * sizeof(*t->port) +
	    t->b2size * sizeof(*t->b2) +
	    ((size_t)t->b2mask + 1) * sizeof(*t->b2hash) +
	    ((size_t)t->hmask + 1) * sizeof(*t->chain));
}

/* ---- sockets ----------------------------------------------------------- */

uint32_t
linux_sock_alloc(struct linux_tables *t)
{
	struct linux_sock *s;
	uint32_t i, old;

	if (t->unused != LINUX_NONE) {
		i = t->unused;
		t->unused = t->sock[i].next;
	} else {
		if (t->nsocks == t->size) {
			old = t->size;
			t->size = grow_size(old, FIRST_SOCKS);
			t->sock = pcb_pages_renew(t->sock, old *
			    sizeof(*t->sock), t->size * sizeof(*t->sock));
		}
		i = t->nsocks++;
	}
	s = &t->sock[i];
	*s = (struct linux_sock){ .state = LINUX_CLOSED,
	    .bucket = LINUX_NOBUCKET, .next = LINUX_NONE,
	    .prev = LINUX_NONE, .hnext = LINUX_NONE, .hprev = LINUX_NONE,
	    .dest = LINUX_NONE, .dnext = LINUX_NONE, .dprev = LINUX_NONE };
	return (i);
}

void
linux_sock_release(struct linux_tables *t, uint32_t sock)
{
	struct linux_sock *s;

	s = &t->sock[sock];
	KASSERT(s->bucket == LINUX_NOBUCKET && s->dest == LINUX_NONE,
	    ("socket %u is in tables", sock));
	s->state = LINUX_UNUSED;
	s->next = t->unused;
	t->unused = sock;
}

/* ---- buckets of bhash2 ------------------------------------------------- */

static uint32_t
b2_slot(const struct linux_tables *t, uint32_t laddr, uint16_t port)
{
	uint64_t h;

	h = ((uint64_t)laddr << 16 | port) * UINT64_C(0x9e3779b97f4a7c15);
	return ((uint32_t)(h >> 32) & t->b2mask);
}

uint32_t
linux_bucket2_find(const struct linux_tables *t, uint32_t laddr,
    uint16_t port)
{
	uint32_t b;

	for (b = t->b2hash[b2_slot(t, laddr, port)]; b != LINUX_NOBUCKET;
	    b = t->b2[b].hnext)
		if (t->b2[b].port == port && t->b2[b].owners != LINUX_NONE &&
		    t->sock[t->b2[b].owners].laddr == laddr)
			break;
	return (b);
}

static void
b2_hash_in(struct linux_tables *t, uint32_t b, uint32_t laddr)
{
	uint32_t slot;

	slot = b2_slot(t, laddr, t->b2[b].port);
	t->b2[b].hnext = t->b2hash[slot];
	t->b2hash[slot] = b;
}

static void
b2_grow(struct linux_tables *t)
{
	uint32_t b, port;

	pcb_pages_free(t->b2hash, ((size_t)t->b2mask + 1) *
	    sizeof(*t->b2hash));
	t->b2mask = t->b2mask * 2 + 1;
	t->b2hash = pcb_pages_new0(((size_t)t->b2mask + 1) *
	    sizeof(*t->b2hash));
	for (port = 0; port < PORTS; port++)
		for (b = t->port[port].first; b != LINUX_NOBUCKET;
		    b = t->b2[b].next)
			b2_hash_in(t, b, t->sock[t->b2[b].owners].laddr);
}

uint32_t
linux_bucket2_new(struct linux_tables *t, uint32_t laddr, uint16_t port)
{
	struct linux_bucket2 *b2;
	uint32_t b, old;

	if (t->b2live > t->b2mask)
		b2_grow(t);
	if (t->b2unused != LINUX_NOBUCKET) {
		b = t->b2unused;
		t->b2unused = t->b2[b].hnext;
	} else {
		if (t->nb2 >= t->b2size) {
			old = t->b2size;
			t->b2size = grow_size(old, FIRST_BUCKETS);
			t->b2 = pcb_pages_renew(t->b2, old *
			    sizeof(*t->b2), t->b2size * sizeof(*t->b2));
		}
		b = t->nb2++;
	}
	b2 = &t->b2[b];
	*b2 = (struct linux_bucket2){ .port = port, .owners = LINUX_NONE,
	    .next = t->port[port].first };
	if (b2->next != LINUX_NOBUCKET)
		t->b2[b2->next].prev = b;
	t->port[port].first = b;
	b2_hash_in(t, b, laddr);
	t->b2live++;
	return (b);
}

void
linux_bucket2_free(struct linux_tables *t, uint32_t b, uint32_t laddr)
{
	struct linux_bucket2 *b2;
	uint32_t *at;

	b2 = &t->b2[b];
	KASSERT(b2->owners == LINUX_NONE, ("bucket %u has owners", b));
	for (at = &t->b2hash[b2_slot(t, laddr, b2->port)]; *at != b;
	    at = &t->b2[*at].hnext)
		continue;
	*at = b2->hnext;
	if (b2->next != LINUX_NOBUCKET)
		t->b2[b2->next].prev = b2->prev;
	if (b2->prev != LINUX_NOBUCKET)
		t->b2[b2->prev].next = b2->next;
	else
		t->port[b2->port].first = b2->next;
	b2->hnext = t->b2unused;
	t->b2unused = b;
	t->b2live--;
}

void
linux_owner_add(struct linux_tables *t, uint32_t bucket, uint32_t sock)
{
	struct linux_bucket2 *b2;
	struct linux_sock *s;

	s = &t->sock[sock];
	KASSERT(s->bucket == LINUX_NOBUCKET, ("socket %u is bound", sock));
	b2 = &t->b2[bucket];
	s->bucket = bucket;
	s->prev = LINUX_NONE;
	s->next = b2->owners;
	if (s->next != LINUX_NONE)
		t->sock[s->next].prev = sock;
	b2->owners = sock;
}

void
linux_owner_remove(struct linux_tables *t, uint32_t sock)
{
	struct linux_sock *s;

	s = &t->sock[sock];
	if (s->next != LINUX_NONE)
		t->sock[s->next].prev = s->prev;
	if (s->prev != LINUX_NONE)
		t->sock[s->prev].next = s->next;
	else
		t->b2[s->bucket].owners = s->next;
	s->bucket = LINUX_NOBUCKET;
	s->next = s->prev = LINUX_NONE;
}

/* ---- audit ------------------------------------------------------------- */

static void
check_port(const struct linux_tables *t, uint16_t port, size_t *owners,
    uint32_t *live)
{
	const struct linux_bucket2 *b2;
	uint32_t b, laddr, s;

	for (b = t->port[port].first; b != LINUX_NOBUCKET; b = b2->next) {
		b2 = &t->b2[b];
		KASSERT(b2->port == port, ("bucket %u is of port %u", b,
		    b2->port));
		KASSERT(b2->owners != LINUX_NONE, ("bucket %u is empty", b));
		laddr = t->sock[b2->owners].laddr;
		KASSERT(linux_bucket2_find(t, laddr, port) == b,
		    ("bucket %u is not found", b));
		++*live;
		for (s = b2->owners; s != LINUX_NONE; s = t->sock[s].next) {
			KASSERT(t->sock[s].bucket == b &&
			    t->sock[s].lport == port &&
			    t->sock[s].laddr == laddr,
			    ("socket %u in bucket %u", s, b));
			++*owners;
		}
	}
}

void
linux_tables_check(const struct linux_tables *t)
{
	size_t bound, owners;
	uint32_t i, live;

	owners = 0;
	live = 0;
	for (i = 0; i < PORTS; i++)
		check_port(t, (uint16_t)i, &owners, &live);
	KASSERT(live == t->b2live, ("%u buckets", live));
	bound = 0;
	for (i = 0; i < t->nsocks; i++)
		bound += t->sock[i].bucket != LINUX_NOBUCKET &&
		    t->sock[i].state != LINUX_UNUSED;
	KASSERT(bound == t->bound && bound == owners, ("%zu bound sockets",
	    bound));
}
