/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Flat tables: the pool, both tables, and the choice between walk and index.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/flat.h"
#include "models/pcb/pages.h"
#include "sim/grow.h"
#include "sim/kassert.h"

#define	FLAT_MIN	64		/* pcbs to begin with */

static uint32_t *
heads_new(uint32_t n)
{
	uint32_t *head;

	head = pcb_pages_renew(NULL, 0, n * sizeof(*head));
	memset(head, 0xff, n * sizeof(*head));		/* FLAT_NONE */
	return (head);
}

static void
numbers_free(uint32_t *v, uint32_t n)
{

	if (v != NULL)
		pcb_pages_free(v, n * sizeof(*v));
}

static void
tables_init(struct flat *f, uint32_t nbuckets, uint32_t nconn)
{

	f->nbuckets = nbuckets;
	f->nconn = nconn;
	if (flat_walks(f))
		f->head = heads_new(nbuckets);
	if (flat_indexes(f))
		flat_index_init(f);
	f->conn_head = heads_new(nconn);
	if (f->by_tuple)
		f->conn_length = pcb_pages_new0(nconn *
		    sizeof(*f->conn_length));
}

static void
tables_fini(struct flat *f)
{

	KASSERT(f->hashed == 0, ("%zu pcbs in the tables", f->hashed));
	numbers_free(f->head, f->nbuckets);
	if (flat_indexes(f))
		flat_index_fini(f);
	numbers_free(f->conn_head, f->nconn);
	numbers_free(f->conn_length, f->nconn);
}

void
flat_init(struct flat *f, enum net_search search, uint32_t nbuckets,
    uint32_t nconn, const uint32_t *port_hash)
{

	memset(f, 0, sizeof(*f));
	f->search = search;
	f->port_hash = port_hash;
	f->free = FLAT_NONE;
	f->by_tuple = flat_indexes(f) && port_hash == NULL;
	tables_init(f, nbuckets, nconn);
	port_addr_init(&f->addrs);
}

void
flat_fini(struct flat *f)
{
	uint32_t i;

	for (i = 0; i < f->used; i++)
		if ((f->pcb[i].flags & FLAT_FREE) == 0)
			flat_release(f, i);
	tables_fini(f);
	port_addr_fini(&f->addrs);
	pcb_pages_free(f->pcb, f->size * sizeof(*f->pcb));
	g_free(f->link);
	numbers_free(f->tuple_head, f->ntuples);
}

void
flat_resize(struct flat *f, uint32_t nbuckets, uint32_t nconn)
{

	tables_fini(f);
	tables_init(f, nbuckets, nconn);
}

size_t
flat_memory(const struct flat *f)
{
	size_t bytes;
	uint32_t i;

	bytes = f->size * sizeof(*f->pcb) + f->nconn * sizeof(uint32_t) +
	    (f->by_tuple ? f->nconn * sizeof(uint32_t) : 0) +
	    f->ntuples * sizeof(uint32_t) + port_addr_memory(&f->addrs);
	if (flat_walks(f))
		bytes += f->nbuckets * sizeof(*f->head) +
		    f->size * sizeof(*f->link);
	if (!flat_indexes(f))
		return (bytes);
	bytes += f->nused * (sizeof(*f->length) + sizeof(*f->specials)) +
	    2 * sizeof(struct port_sums) + 65536 * sizeof(*f->port_head);
	if (f->port_hash != NULL)
		bytes += (f->nused + 1) * sizeof(*f->bucket_first) +
		    65536 * (sizeof(*f->bucket_ports) + sizeof(*f->used_of));
	for (i = 0; i < f->nused; i++)
		bytes += f->specials[i].size * sizeof(uint32_t);
	return (bytes);
}

/* ---- pcbs -------------------------------------------------------------- */

struct flat_pcb *
flat_get(const struct flat *f, uint32_t pcb)
{

	KASSERT(pcb < f->used && (f->pcb[pcb].flags & FLAT_FREE) == 0,
	    ("no pcb %u", pcb));
	return (&f->pcb[pcb]);
}

uint32_t
flat_alloc(struct flat *f, unsigned opts, uint32_t uid)
{
	uint32_t old, pcb;

	if (f->free != FLAT_NONE) {
		pcb = f->free;
		f->free = f->pcb[pcb].next;
	} else {
		if (f->used == f->size) {
			old = f->size;
			f->size = grow_size(old, FLAT_MIN);
			f->pcb = pcb_pages_renew(f->pcb, old *
			    sizeof(*f->pcb), f->size * sizeof(*f->pcb));
			if (flat_walks(f))
				f->link = g_renew(struct flat_link, f->link,
				    f->size);
		}
		pcb = f->used++;
	}
	f->pcb[pcb] = (struct flat_pcb){ .uid = uid, .opts = (uint8_t)opts,
	    .born = ++f->stamp, .special = FLAT_NONE };
	f->live++;
	return (pcb);
}

void
flat_release(struct flat *f, uint32_t pcb)
{
	struct flat_pcb *p;

	p = flat_get(f, pcb);
	if ((p->flags & FLAT_CONN) != 0)
		flat_conn_remove(f, pcb);
	if ((p->flags & FLAT_HASHED) != 0)
		flat_remove(f, pcb);
	p->flags = FLAT_FREE;
	p->next = f->free;
	f->free = pcb;
	f->live--;
}

/* ---- the port table ---------------------------------------------------- */

void
flat_insert(struct flat *f, uint32_t pcb, uint16_t under)
{
	struct flat_pcb *p;
	uint32_t bucket, next;

	p = flat_get(f, pcb);
	KASSERT((p->flags & FLAT_HASHED) == 0, ("pcb %u is hashed", pcb));
	p->flags |= FLAT_HASHED;
	p->under = under;
	f->stamp++;
	p->stamp_low = (uint32_t)f->stamp;
	p->stamp_high = (uint16_t)(f->stamp >> 32);
	f->hashed++;
	if (flat_walks(f)) {
		bucket = flat_bucket(f, under);
		next = f->head[bucket];
		f->link[pcb] = (struct flat_link){ next, FLAT_NONE };
		if (next != FLAT_NONE)
			f->link[next].prev = pcb;
		f->head[bucket] = pcb;
	}
	if (flat_indexes(f))
		flat_index_insert(f, pcb);
}

void
flat_remove(struct flat *f, uint32_t pcb)
{
	struct flat_pcb *p;
	struct flat_link l;

	p = flat_get(f, pcb);
	KASSERT((p->flags & FLAT_HASHED) != 0, ("pcb %u is not hashed", pcb));
	if (flat_indexes(f))
		flat_index_remove(f, pcb);
	if (flat_walks(f)) {
		l = f->link[pcb];
		if (l.prev == FLAT_NONE)
			f->head[flat_bucket(f, p->under)] = l.next;
		else
			f->link[l.prev].next = l.next;
		if (l.next != FLAT_NONE)
			f->link[l.next].prev = l.prev;
	}
	p->flags &= (uint8_t)~FLAT_HASHED;
	f->hashed--;
}

void
flat_change(struct flat *f, uint32_t pcb, const struct net_end *end)
{
	struct flat_pcb *p;
	bool connected;

	p = flat_get(f, pcb);
	connected = (p->flags & FLAT_CONN) != 0 && f->by_tuple;
	if (connected)
		flat_tuple_drop(f, pcb);
	if ((p->flags & FLAT_HASHED) != 0 && flat_indexes(f))
		flat_index_change(f, pcb, end);
	p->laddr = end->laddr;
	p->lport = end->lport;
	p->faddr = end->faddr;
	p->fport = end->fport;
	if (connected)
		flat_tuple_add(f, pcb);
}

/* ---- the connection table ---------------------------------------------- */

static void
conn_push(struct flat *f, uint32_t pcb, uint32_t bucket)
{
	struct flat_pcb *p;

	p = &f->pcb[pcb];
	p->conn_prev = FLAT_NONE;
	p->conn_next = f->conn_head[bucket];
	if (p->conn_next != FLAT_NONE)
		f->pcb[p->conn_next].conn_prev = pcb;
	f->conn_head[bucket] = pcb;
}

static void
conn_unlink(struct flat *f, const struct flat_pcb *p)
{

	if (p->conn_prev == FLAT_NONE)
		f->conn_head[p->conn_bucket] = p->conn_next;
	else
		f->pcb[p->conn_prev].conn_next = p->conn_next;
	if (p->conn_next != FLAT_NONE)
		f->pcb[p->conn_next].conn_prev = p->conn_prev;
}

void
flat_conn_insert(struct flat *f, uint32_t pcb, uint32_t bucket)
{
	struct flat_pcb *p;

	p = flat_get(f, pcb);
	KASSERT((p->flags & FLAT_CONN) == 0, ("pcb %u is hashed", pcb));
	p->flags |= FLAT_CONN;
	p->conn_bucket = bucket;
	conn_push(f, pcb, bucket);
	f->connected++;
	if (f->by_tuple) {
		f->conn_length[bucket]++;
		flat_tuple_add(f, pcb);
	}
}

void
flat_conn_remove(struct flat *f, uint32_t pcb)
{
	struct flat_pcb *p;

	p = flat_get(f, pcb);
	KASSERT((p->flags & FLAT_CONN) != 0, ("pcb %u is not hashed", pcb));
	if (f->by_tuple) {
		flat_tuple_drop(f, pcb);
		f->conn_length[p->conn_bucket]--;
	}
	conn_unlink(f, p);
	f->connected--;
	p->flags &= (uint8_t)~FLAT_CONN;
}

static bool
ends_at(const struct flat_pcb *p, const struct net_end *end)
{

	return (p->faddr == end->faddr && p->fport == end->fport &&
	    p->laddr == end->laddr && p->lport == end->lport);
}

/*
 * One that is there is looked for along the list, whichever the search: it is
 * near the head, since it was moved there when it was found before.  So is one
 * that is not, where lists are short.
 */
bool
flat_conn_lookup(struct flat *f, const struct net_end *end, uint32_t bucket,
    struct net_visits *v)
{
	uint32_t i;
	bool there;

	there = f->by_tuple && flat_index_connected(f, end);
	if (f->search == NET_SEARCH_INDEX && f->by_tuple && !there) {
		v->connhash += f->conn_length[bucket];
		return (false);
	}
	for (i = f->conn_head[bucket]; i != FLAT_NONE;
	    i = f->pcb[i].conn_next) {
		v->connhash++;
		if (ends_at(&f->pcb[i], end))
			break;
	}
	KASSERT(f->search != NET_SEARCH_BOTH || !f->by_tuple ||
	    there == (i != FLAT_NONE),
	    ("a tuple is there %d, by list %d", there, i != FLAT_NONE));
	if (i == FLAT_NONE)
		return (false);
	conn_unlink(f, &f->pcb[i]);
	conn_push(f, i, bucket);
	return (true);
}

/* ---- walk, index or both ----------------------------------------------- */

static bool
visits_equal(const struct net_visits *a, const struct net_visits *b)
{

	return (a->porthash == b->porthash && a->portlist == b->portlist &&
	    a->connhash == b->connhash);
}

uint32_t
flat_lookup(const struct flat *f, uint32_t laddr, uint16_t lport, bool wild,
    struct net_visits *v)
{
	struct net_visits by_walk;
	uint32_t a, b;

	if (f->search == NET_SEARCH_WALK)
		return (flat_walk_lookup(f, laddr, lport, wild, v));
	by_walk = *v;
	a = flat_index_lookup(f, laddr, lport, wild, v);
	if (f->search == NET_SEARCH_BOTH) {
		b = flat_walk_lookup(f, laddr, lport, wild, &by_walk);
		KASSERT(a == b && visits_equal(v, &by_walk),
		    ("port %u: index %u, walk %u", lport, a, b));
	}
	return (a);
}

void
flat_search(const struct flat *f, const struct flat_query *q,
    const struct flat_run *run, struct port_found *found)
{
	struct port_found by_walk;

	if (f->search == NET_SEARCH_WALK) {
		flat_walk_search(f, q, run, found);
		return;
	}
	flat_index_search(f, q, run, found);
	if (f->search == NET_SEARCH_BOTH) {
		flat_walk_search(f, q, run, &by_walk);
		KASSERT(found->found == by_walk.found &&
		    found->lport == by_walk.lport &&
		    found->iters == by_walk.iters &&
		    visits_equal(&found->visits, &by_walk.visits),
		    ("from %u: index %d %u, walk %d %u", run->start,
		    found->found, found->lport, by_walk.found,
		    by_walk.lport));
	}
}

/* ---- what is asked for timelines and scripts --------------------------- */

/* Walks have no sets: look at every pcb. */
static unsigned
walk_ports_free(const struct flat *f, const struct flat_query *q)
{
	struct net_visits unused = { 0 };
	unsigned n, p;

	n = 0;
	for (p = q->first; p <= q->last; p++)
		n += (q->skip == NULL || !port_set_has(q->skip, p)) &&
		    flat_walk_lookup(f, q->laddr, (uint16_t)p, q->wild,
		    &unused) == FLAT_NONE;
	return (n);
}

unsigned
flat_ports_free(const struct flat *f, const struct flat_query *q)
{
	const struct port_set *sets[3];
	const struct port_addr *a;
	unsigned n;

	if (!flat_indexes(f))
		return (walk_ports_free(f, q));
	n = 0;
	if (q->skip != NULL)
		sets[n++] = q->skip;
	a = port_addr_find(&f->addrs, q->laddr);
	if (!q->wild) {
		if (a != NULL)
			sets[n++] = &a->special;
	} else if (q->laddr == NET_ANY) {
		sets[n++] = &f->busy;
	} else {
		sets[n++] = &port_addr_get(&f->addrs, PORT_ADDR_ANY)->any;
		if (a != NULL)
			sets[n++] = &a->any;
	}
	return (port_set_count_free(sets, n, q->first, q->last));
}

void
flat_ports_by_laddr(const struct flat *f, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned n, unsigned *busy)
{
	g_autofree struct port_set *set = NULL;
	const struct port_addr *a;
	const struct flat_pcb *p;
	unsigned k;
	uint32_t i;

	for (k = 0; k < n; k++) {
		busy[k] = 0;
		if (flat_indexes(f)) {
			a = port_addr_find(&f->addrs, laddrs[k]);
			if (a != NULL)
				busy[k] = port_set_count(&a->any, first, last);
			continue;
		}
		if (set == NULL)
			set = g_new(struct port_set, 1);
		port_set_clear(set);
		for (i = 0; i < f->used; i++) {
			p = &f->pcb[i];
			if ((p->flags & FLAT_HASHED) != 0 &&
			    !flat_lost(f, p) && p->laddr == laddrs[k] &&
			    !port_set_has(set, p->lport))
				port_set_add(set, p->lport);
		}
		busy[k] = port_set_count(set, first, last);
	}
}

struct place {
	uint64_t	stamp;
	uint32_t	pcb;
};

static int
place_compare(const void *a, const void *b)
{
	const struct place *x, *y;

	x = a;
	y = b;
	return (x->stamp < y->stamp ? 1 : x->stamp > y->stamp ? -1 : 0);
}

/* The pcbs of a bucket, head first; free with g_array_unref(). */
static GArray *
bucket_list(const struct flat *f, uint32_t bucket)
{
	struct place place;
	GArray *list;

	list = g_array_new(FALSE, FALSE, sizeof(struct place));
	for (place.pcb = 0; place.pcb < f->used; place.pcb++)
		if ((f->pcb[place.pcb].flags & (FLAT_HASHED | FLAT_FREE)) ==
		    FLAT_HASHED && flat_bucket(f, f->pcb[place.pcb].under) ==
		    bucket) {
			place.stamp = flat_stamp(&f->pcb[place.pcb]);
			g_array_append_val(list, place);
		}
	g_array_sort(list, place_compare);
	return (list);
}

size_t
flat_plist(const struct flat *f, uint16_t lport, uint32_t *out, size_t max)
{
	g_autoptr(GArray) list = NULL;
	size_t n;
	uint32_t pcb;
	guint i;

	list = bucket_list(f, flat_bucket(f, lport));
	for (i = 0, n = 0; i < list->len; i++) {
		pcb = g_array_index(list, struct place, i).pcb;
		if (f->pcb[pcb].lport != lport)
			continue;
		if (n < max)
			out[n] = pcb;
		n++;
	}
	return (n);
}

size_t
flat_phash(const struct flat *f, uint16_t lport, uint16_t *out, size_t max)
{
	g_autoptr(GArray) list = NULL, seen = NULL;
	uint16_t port;
	guint i, k;

	list = bucket_list(f, flat_bucket(f, lport));
	seen = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	for (i = 0; i < list->len; i++) {
		port = f->pcb[g_array_index(list, struct place, i).pcb].lport;
		for (k = 0; k < seen->len; k++)
			if (g_array_index(seen, uint16_t, k) == port)
				break;
		if (k < seen->len)
			continue;
		if (seen->len < max)
			out[seen->len] = port;
		g_array_append_val(seen, port);
	}
	return (seen->len);
}

void
flat_check(const struct flat *f)
{
	size_t conn, hashed, live;
	uint32_t i, k, n;

	conn = hashed = live = 0;
	for (i = 0; i < f->used; i++) {
		if ((f->pcb[i].flags & FLAT_FREE) != 0)
			continue;
		live++;
		hashed += (f->pcb[i].flags & FLAT_HASHED) != 0;
		conn += (f->pcb[i].flags & FLAT_CONN) != 0;
	}
	KASSERT(live == f->live && hashed == f->hashed &&
	    conn == f->connected, ("%zu pcbs, %zu hashed, %zu connected", live,
	    hashed, conn));
	for (k = 0; k < f->nconn; k++) {
		for (n = 0, i = f->conn_head[k]; i != FLAT_NONE; n++) {
			KASSERT(f->pcb[i].conn_bucket == k, ("pcb %u is in "
			    "bucket %u", i, k));
			i = f->pcb[i].conn_next;
		}
		KASSERT(!f->by_tuple || n == f->conn_length[k],
		    ("bucket %u has %u", k, n));
	}
	for (k = 0; flat_walks(f) && k < f->nbuckets; k++)
		for (i = f->head[k]; i != FLAT_NONE; i = f->link[i].next) {
			n = f->link[i].next;
			KASSERT(flat_bucket(f, f->pcb[i].under) == k &&
			    (n == FLAT_NONE || flat_stamp(&f->pcb[n]) <
			    flat_stamp(&f->pcb[i])),
			    ("pcb %u is out of place", i));
		}
	if (flat_indexes(f))
		flat_index_check(f);
}
