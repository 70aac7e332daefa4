/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sets of ports and destinations; see index.h.
 */

#include <string.h>

#include <glib.h>

#include "models/linux/index.h"
#include "models/linux/linux.h"
#include "sim/kassert.h"

#define	FIRST_DESTS	16u
/* From so many connections on a destination has a set, and sums. */
#define	SET_MIN		48u
#define	SUMS_MIN	1024u

struct linux_index *
linux_index_new(bool twice)
{
	struct linux_index *x;

	x = g_new0(struct linux_index, 1);
	x->twice = twice;
	net_addr_map_init(&x->numbers);
	x->dmask = FIRST_DESTS - 1;
	x->dhash = g_new(uint32_t, FIRST_DESTS);
	memset(x->dhash, 0xff, FIRST_DESTS * sizeof(*x->dhash));
	x->dunused = LINUX_NONE;
	return (x);
}

static void
sums_free(struct linux_dest_sums *sums)
{

	if (sums != NULL)
		port_bytes_fini(&sums->visits);
	g_free(sums);
}

static size_t
sums_memory(const struct linux_dest_sums *sums)
{

	return (sums == NULL ? 0 : sizeof(*sums) +
	    port_bytes_memory(&sums->visits));
}

void
linux_index_free(struct linux_index *x)
{
	uint32_t i;

	if (x == NULL)
		return;
	for (i = 0; i < x->nladdrs; i++)
		g_free(x->laddr[i]);
	for (i = 0; i < x->ndests; i++) {
		g_free(x->dest[i].taken);
		sums_free(x->dest[i].sums);
	}
	net_addr_map_fini(&x->numbers);
	g_free(x->laddr);
	g_free(x->dest);
	g_free(x->dhash);
	g_free(x);
}

size_t
linux_index_memory(const struct linux_index *x)
{
	size_t sum;
	uint32_t i;

	if (x == NULL)
		return (0);
	sum = sizeof(*x) + x->nladdrs * sizeof(struct port_set) +
	    x->numbers.size * sizeof(*x->numbers.pair) +
	    x->dsize * sizeof(*x->dest) +
	    ((size_t)x->dmask + 1) * sizeof(*x->dhash);
	for (i = 0; i < x->ndests; i++)
		sum += (x->dest[i].taken != NULL ? sizeof(struct port_set) :
		    0) + sums_memory(x->dest[i].sums);
	return (sum);
}

/* ---- ports and addresses ----------------------------------------------- */

/* Put a port into a set, or take it out, if it is not so already. */
static void
set_put(struct port_set *set, uint16_t place, bool in)
{

	if (in == port_set_has(set, place))
		return;
	if (in)
		port_set_add(set, place);
	else
		port_set_remove(set, place);
}

/* The number of an address' set; LINUX_NONE. */
static uint32_t
laddr_number(const struct linux_index *x, uint32_t laddr)
{
	uint32_t n;

	if (laddr == NET_ANY)
		return (x->nladdrs > 0 ? 0 : LINUX_NONE);
	return (net_addr_map_get(&x->numbers, laddr, &n) ? n : LINUX_NONE);
}

static uint32_t
laddr_new(struct linux_index *x, uint32_t laddr)
{

	if (x->nladdrs == x->size) {
		x->size = MAX(x->size * 2, 8);
		x->laddr = g_renew(struct port_set *, x->laddr, x->size);
	}
	x->laddr[x->nladdrs] = g_new0(struct port_set, 1);
	if (laddr != NET_ANY)
		net_addr_map_set(&x->numbers, laddr, x->nladdrs);
	return (x->nladdrs++);
}

void
linux_index_bucket(struct linux_index *x, uint32_t laddr, uint16_t port,
    bool there)
{
	uint32_t n;

	if (x == NULL)
		return;
	if (x->nladdrs == 0)
		laddr_new(x, NET_ANY);
	n = laddr_number(x, laddr);
	if (n == LINUX_NONE)
		n = laddr_new(x, laddr);
	set_put(x->laddr[n], linux_place(port), there);
}

const struct port_set *
linux_index_laddr(const struct linux_index *x, uint32_t laddr)
{
	uint32_t n;

	n = laddr_number(x, laddr);
	return (n == LINUX_NONE ? NULL : x->laddr[n]);
}

void
linux_index_port(struct linux_index *x, const struct linux_tables *t,
    uint16_t port)
{

	if (x == NULL)
		return;
	set_put(&x->any, linux_place(port), linux_port_used(t, port));
	set_put(&x->hidden, linux_place(port), linux_port_hidden(t, port));
}

/* ---- destinations ------------------------------------------------------ */

static uint32_t
dest_slot(const struct linux_index *x, uint32_t laddr, uint32_t faddr,
    uint16_t fport)
{
	uint64_t h;

	h = ((uint64_t)laddr << 32 | faddr) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ h >> 29 ^ fport) * UINT64_C(0xbf58476d1ce4e5b9);
	return ((uint32_t)(h >> 32) & x->dmask);
}

static uint32_t
dest_find(const struct linux_index *x, uint32_t laddr, uint32_t faddr,
    uint16_t fport)
{
	const struct linux_dest *d;
	uint32_t i;

	for (i = x->dhash[dest_slot(x, laddr, faddr, fport)];
	    i != LINUX_NONE; i = d->hnext) {
		d = &x->dest[i];
		if (d->laddr == laddr && d->faddr == faddr &&
		    d->fport == fport)
			break;
	}
	return (i);
}

static void
dest_hash_in(struct linux_index *x, uint32_t i)
{
	struct linux_dest *d;
	uint32_t slot;

	d = &x->dest[i];
	slot = dest_slot(x, d->laddr, d->faddr, d->fport);
	d->hnext = x->dhash[slot];
	x->dhash[slot] = i;
}

static void
dest_grow(struct linux_index *x)
{
	uint32_t i;

	x->dmask = x->dmask * 2 + 1;
	g_free(x->dhash);
	x->dhash = g_new(uint32_t, (size_t)x->dmask + 1);
	memset(x->dhash, 0xff, ((size_t)x->dmask + 1) * sizeof(*x->dhash));
	for (i = 0; i < x->ndests; i++)
		if (x->dest[i].count > 0)
			dest_hash_in(x, i);
}

static uint32_t
dest_new(struct linux_index *x, const struct linux_sock *s)
{
	uint32_t i;

	if (x->dlive > x->dmask)
		dest_grow(x);
	if (x->dunused != LINUX_NONE) {
		i = x->dunused;
		x->dunused = x->dest[i].hnext;
	} else {
		if (x->ndests == x->dsize) {
			x->dsize = MAX(x->dsize * 2, FIRST_DESTS);
			x->dest = g_renew(struct linux_dest, x->dest,
			    x->dsize);
		}
		i = x->ndests++;
	}
	x->dest[i] = (struct linux_dest){ .laddr = s->laddr,
	    .faddr = s->faddr, .fport = s->fport, .first = LINUX_NONE,
	    .wfirst = LINUX_NONE, .wlast = LINUX_NONE,
	    .unripe = LINUX_NONE };
	dest_hash_in(x, i);
	x->dlive++;
	return (i);
}

/* Nobody has it any more. */
static void
dest_done(struct linux_index *x, uint32_t i)
{
	struct linux_dest *d;
	uint32_t *at;

	d = &x->dest[i];
	for (at = &x->dhash[dest_slot(x, d->laddr, d->faddr, d->fport)];
	    *at != i; at = &x->dest[*at].hnext)
		continue;
	*at = d->hnext;
	g_free(d->taken);
	sums_free(d->sums);
	d->taken = NULL;
	d->sums = NULL;
	d->hnext = x->dunused;
	x->dunused = i;
	x->dlive--;
}

uint32_t
linux_index_visits(const struct linux_index *x, const struct linux_sock *s)
{

	return ((s->ahead + 1) *
	    (x->twice && s->state == LINUX_TIMEWAIT ? 2 : 1));
}

/* In the way of others, or not. */
static void
dest_block(struct linux_index *x, struct linux_dest *d,
    const struct linux_sock *s, bool blocks)
{
	uint16_t place;
	int32_t visits;

	place = linux_place(s->lport);
	if (d->taken == NULL || port_set_has(d->taken, place) == blocks)
		return;
	set_put(d->taken, place, blocks);
	if (d->sums == NULL)
		return;
	visits = (int32_t)linux_index_visits(x, s);
	port_bytes_add(&d->sums->visits, place, blocks ? visits : -visits);
	if (s->state == LINUX_TIMEWAIT)
		set_put(&d->sums->waits, place, blocks);
}

/* It has become many: sets of those that it has. */
static void
dest_enlarge(struct linux_index *x, const struct linux_tables *t,
    struct linux_dest *d)
{
	uint32_t s;

	if (d->taken == NULL)
		d->taken = g_new0(struct port_set, 1);
	else {
		port_set_clear(d->taken);
		d->sums = g_new0(struct linux_dest_sums, 1);
	}
	for (s = d->first; s != LINUX_NONE; s = t->sock[s].dnext)
		dest_block(x, d, &t->sock[s], true);
	d->unripe = d->wfirst;
}

static void
waits_in(struct linux_tables *t, struct linux_dest *d, uint32_t sock)
{
	struct linux_sock *s;

	s = &t->sock[sock];
	s->wnext = LINUX_NONE;
	s->wprev = d->wlast;
	if (d->wlast != LINUX_NONE)
		t->sock[d->wlast].wnext = sock;
	else
		d->wfirst = sock;
	d->wlast = sock;
	if (d->unripe == LINUX_NONE)
		d->unripe = sock;
}

static void
waits_out(struct linux_tables *t, struct linux_dest *d, uint32_t sock)
{
	struct linux_sock *s;

	s = &t->sock[sock];
	if (d->unripe == sock)
		d->unripe = s->wnext;
	if (s->wnext != LINUX_NONE)
		t->sock[s->wnext].wprev = s->wprev;
	else
		d->wlast = s->wprev;
	if (s->wprev != LINUX_NONE)
		t->sock[s->wprev].wnext = s->wnext;
	else
		d->wfirst = s->wnext;
}

void
linux_index_enter(struct linux_index *x, struct linux_tables *t,
    uint32_t sock)
{
	struct linux_dest *d;
	struct linux_sock *s;
	uint32_t i;

	if (x == NULL)
		return;
	s = &t->sock[sock];
	i = dest_find(x, s->laddr, s->faddr, s->fport);
	if (i == LINUX_NONE)
		i = dest_new(x, s);
	d = &x->dest[i];
	s->dest = i;
	s->dprev = LINUX_NONE;
	s->dnext = d->first;
	if (s->dnext != LINUX_NONE)
		t->sock[s->dnext].dprev = sock;
	d->first = sock;
	if (s->state == LINUX_TIMEWAIT)
		waits_in(t, d, sock);
	d->count++;
	if ((d->taken == NULL && d->count >= SET_MIN) ||
	    (d->sums == NULL && d->count >= SUMS_MIN))
		dest_enlarge(x, t, d);
	else
		dest_block(x, d, s, true);
}

void
linux_index_leave(struct linux_index *x, struct linux_tables *t,
    uint32_t sock)
{
	struct linux_dest *d;
	struct linux_sock *s;

	if (x == NULL)
		return;
	s = &t->sock[sock];
	d = &x->dest[s->dest];
	dest_block(x, d, s, false);
	if (s->state == LINUX_TIMEWAIT)
		waits_out(t, d, sock);
	if (s->dnext != LINUX_NONE)
		t->sock[s->dnext].dprev = s->dprev;
	if (s->dprev != LINUX_NONE)
		t->sock[s->dprev].dnext = s->dnext;
	else
		d->first = s->dnext;
	if (--d->count == 0)
		dest_done(x, s->dest);
	s->dest = s->dnext = s->dprev = LINUX_NONE;
}

void
linux_index_ahead(struct linux_index *x, const struct linux_tables *t,
    uint32_t sock, int by)
{
	const struct linux_sock *s;
	struct linux_dest *d;

	if (x == NULL)
		return;
	s = &t->sock[sock];
	d = &x->dest[s->dest];
	if (d->sums != NULL && port_set_has(d->taken, linux_place(s->lport)))
		port_bytes_add(&d->sums->visits, linux_place(s->lport),
		    by * (x->twice && s->state == LINUX_TIMEWAIT ? 2 : 1));
}

/* ---- TIME_WAIT that may be reused -------------------------------------- */

const struct linux_dest *
linux_index_dest(const struct linux_net *l, uint32_t laddr, uint32_t faddr,
    uint16_t fport)
{
	struct linux_dest *d;
	uint32_t i;

	i = dest_find(l->index, laddr, faddr, fport);
	if (i == LINUX_NONE)
		return (NULL);
	d = &l->index->dest[i];
	while (d->unripe != LINUX_NONE && linux_timewait_reusable(l,
	    &l->t.sock[d->unripe], false)) {
		dest_block(l->index, d, &l->t.sock[d->unripe], false);
		d->unripe = l->t.sock[d->unripe].wnext;
	}
	return (d);
}

bool
linux_index_blocks(const struct linux_net *l, uint32_t sock)
{
	const struct linux_sock *s;

	s = &l->t.sock[sock];
	return (s->state != LINUX_TIMEWAIT ||
	    !linux_timewait_reusable(l, s, false));
}

void
linux_index_unripen(struct linux_net *l)
{
	struct linux_dest *d;
	uint32_t i, s;

	if (l->index == NULL)
		return;
	for (i = 0; i < l->index->ndests; i++) {
		d = &l->index->dest[i];
		if (d->count == 0)
			continue;
		for (s = d->wfirst; s != LINUX_NONE; s = l->t.sock[s].wnext)
			dest_block(l->index, d, &l->t.sock[s], true);
		d->unripe = d->wfirst;
	}
}

/* ---- audit ------------------------------------------------------------- */

static void
check_dest(const struct linux_net *l, uint32_t i)
{
	const struct linux_dest *d;
	const struct linux_sock *o;
	uint32_t n, place, s;
	uint64_t visits;

	d = &l->index->dest[i];
	n = 0;
	visits = 0;
	for (s = d->first; s != LINUX_NONE; s = o->dnext) {
		o = &l->t.sock[s];
		place = linux_place(o->lport);
		n++;
		KASSERT(o->dest == i, ("socket %u of destination %u", s, i));
		if (d->sums == NULL || !port_set_has(d->taken, place))
			continue;
		visits += linux_index_visits(l->index, o);
		KASSERT(port_set_has(&d->sums->waits, place) ==
		    (o->state == LINUX_TIMEWAIT), ("socket %u waits", s));
	}
	KASSERT(n == d->count, ("destination %u: %u of %u", i, n, d->count));
	KASSERT(d->sums == NULL || visits == port_bytes_range(
	    &d->sums->visits, 0, 65535), ("destination %u: visits", i));
}

void
linux_index_check(const struct linux_net *l)
{
	const struct linux_index *x;
	uint32_t i, port;
	uint64_t sum;

	x = l->index;
	if (x == NULL)
		return;
	for (port = 0; port < 65536; port++) {
		KASSERT(port_set_has(&x->any, linux_place(port)) ==
		    linux_port_used(&l->t, (uint16_t)port),
		    ("port %u used", port));
		KASSERT(port_set_has(&x->hidden, linux_place(port)) ==
		    linux_port_hidden(&l->t, (uint16_t)port),
		    ("port %u hidden", port));
	}
	for (sum = i = 0; i < x->nladdrs; i++)
		sum += x->laddr[i]->count;
	KASSERT(sum == l->t.b2live, ("%ju buckets", (uintmax_t)sum));
	for (i = 0; i < x->ndests; i++)
		if (x->dest[i].count > 0)
			check_dest(l, i);
}
