/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The kernel's lists: connection hash, port hash, per-port list.
 *
 * Theory:	every link is a 32-bit index beside the shared pcb records.
 *		All insertions are at the head, except that a split layout
 *		keeps the unconnected pcbs with a specific local address before
 *		those with *.
 *
 *	port hash -> port head -> port head        connection hash
 *	               |                             |
 *	               v                             v
 *	              pcb -> pcb -> pcb             pcb -> pcb
 *
 *		In a layout of one level the pcbs of all ports of a bucket of
 *		the port hash are on one list, without port heads.
 * Models:	in_pcbinshash_internal(), in_pcbrehash_mbuf(), in_pcbremlists(),
 *		in_pcblookup_local(), in_pcblookup_hash_locked(), sys/netinet/
 *		in_pcb.c, FreeBSD 12.1 and 13.1; in_pcbinshash(),
 *		_in_pcbinshash_wild(), in_pcblookup_hash_exact(),
 *		in_pcblookup_hash_wild_locked(), FreeBSD 14.3; the one level
 *		of in_pcblookup_local() and in_pcbinshash(), main of 2025.
 * Left out:	IPv6, jails, credentials' prisons: with none of them every pcb
 *		passes those tests, so the lists and the counts are the same.
 */

#include <string.h>

#include <glib.h>

#include "models/pcb/local.h"
#include "models/pcb/walk.h"
#include "sim/kassert.h"

struct links {
	uint32_t	hnext, hprev;	/* connection bucket */
	uint32_t	pnext, pprev;	/* port's list */
};

struct pcb_walk {
	const struct pcb_layout *layout;
	const struct pcb_pool *pool;
	const struct pcb_groups *groups;
	struct links	*link;		/* link[nlinks], by pcb */
	uint32_t	nlinks;
	uint32_t	seed;
	uint32_t	mask, pmask;
	uint32_t	*exact;		/* bucket heads */
	uint32_t	*wild;		/* the same ones unless split */
	struct pcb_local local;		/* laddr_hashed */
	uint32_t	*porthash;	/* first port head, PORT_END: none */
	uint32_t	phd_next[65536];
	uint32_t	first[65536];	/* of each list; PCB_NONE: empty */
};

#define	PORT_END	65536u

static uint32_t *
heads_new(uint32_t n, uint32_t value)
{
	uint32_t *heads;
	uint32_t i;

	heads = g_new(uint32_t, n);
	for (i = 0; i < n; i++)
		heads[i] = value;
	return (heads);
}

struct pcb_walk *
pcb_walk_new(const struct pcb_layout *layout, const struct pcb_pool *pool,
    const struct pcb_groups *groups, const struct net_conf *conf)
{
	struct pcb_walk *w;
	unsigned i;

	w = g_new0(struct pcb_walk, 1);
	w->layout = layout;
	w->pool = pool;
	w->groups = groups;
	w->seed = (uint32_t)conf->hash_seed;
	w->mask = conf->hashsize - 1;
	w->pmask = conf->porthashsize - 1;
	w->exact = heads_new(conf->hashsize, PCB_NONE);
	w->wild = layout->split ? heads_new(conf->hashsize, PCB_NONE) :
	    w->exact;
	if (layout->laddr_hashed)
		pcb_local_init(&w->local, pool, conf->hashsize);
	w->porthash = heads_new(conf->porthashsize, PORT_END);
	for (i = 0; i < 65536; i++)
		w->first[i] = PCB_NONE;
	return (w);
}

void
pcb_walk_free(struct pcb_walk *w)
{

	if (w->wild != w->exact)
		g_free(w->wild);
	g_free(w->exact);
	g_free(w->porthash);
	pcb_local_fini(&w->local);
	g_free(w->link);
	g_free(w);
}

size_t
pcb_walk_memory(const struct pcb_walk *w)
{

	return (sizeof(*w) + w->nlinks * sizeof(*w->link) +
	    ((size_t)w->mask + 1) * (w->layout->split ? 2 : 1) *
	    sizeof(*w->exact) + ((size_t)w->pmask + 1) *
	    sizeof(*w->porthash) + pcb_local_memory(&w->local));
}

static uint32_t
exact_bucket(const struct pcb_walk *w, const struct port_query *q,
    uint16_t lport)
{

	return ((pcb_layout_key(w->layout, w->seed, q->laddr, q->faddr,
	    q->fport) ^ lport) & w->mask);
}

static uint32_t
wild_bucket(const struct pcb_walk *w, uint16_t lport)
{

	return ((pcb_layout_wild_key(w->layout, w->seed) ^ lport) & w->mask);
}

static uint32_t *
bucket_of(const struct pcb_walk *w, const struct pcb *p)
{
	const struct port_query q = { .laddr = p->laddr, .faddr = p->faddr,
	    .fport = p->fport };

	return (pcb_connected(p) ? &w->exact[exact_bucket(w, &q, p->lport)] :
	    &w->wild[wild_bucket(w, p->lport)]);
}

/* The number of the list that the port's pcbs are on. */
static uint32_t
list_of(const struct pcb_walk *w, uint16_t lport)
{

	return (w->layout->one_level ? lport & w->pmask : lport);
}

/* The port's head, looked for along its chain. */
static bool
find_phd(const struct pcb_walk *w, uint16_t lport, struct net_visits *v)
{
	uint32_t phd;

	if (w->layout->one_level)
		return (true);
	for (phd = w->porthash[lport & w->pmask]; phd != PORT_END;
	    phd = w->phd_next[phd]) {
		v->porthash++;
		if (phd == lport)
			return (true);
	}
	return (false);
}

/* Insert into a bucket behind `prev', PCB_NONE: at the head. */
static void
bucket_insert(struct pcb_walk *w, uint32_t *head, uint32_t prev, uint32_t idx)
{
	struct links *l;

	l = &w->link[idx];
	l->hprev = prev;
	l->hnext = prev == PCB_NONE ? *head : w->link[prev].hnext;
	if (prev == PCB_NONE)
		*head = idx;
	else
		w->link[prev].hnext = idx;
	if (l->hnext != PCB_NONE)
		w->link[l->hnext].hprev = idx;
}

/* A pcb with * goes before the first of its kind. */
static uint32_t
wild_place(const struct pcb_walk *w, uint32_t head, bool bound,
    struct net_visits *v)
{
	uint32_t i, prev;

	prev = PCB_NONE;
	/* The first is looked at for jails, whoever comes. */
	v->connhash += head != PCB_NONE;
	if (bound)
		return (prev);
	for (i = head; i != PCB_NONE; i = w->link[i].hnext) {
		v->connhash++;
		if (pcb_get(w->pool, i)->laddr == NET_ANY)
			break;
		prev = i;
	}
	return (prev);
}

void
pcb_walk_hash(struct pcb_walk *w, uint32_t idx, struct net_visits *v)
{
	const struct pcb *p;
	uint32_t *head;
	uint32_t prev;

	p = pcb_get(w->pool, idx);
	head = bucket_of(w, p);
	prev = PCB_NONE;
	v->crowded += *head != PCB_NONE;
	if (w->layout->split && !pcb_connected(p))
		prev = wild_place(w, *head, p->laddr != NET_ANY, v);
	bucket_insert(w, head, prev, idx);
	if (w->layout->laddr_hashed)
		pcb_local_enter(&w->local, idx);
}

void
pcb_walk_unhash(struct pcb_walk *w, uint32_t idx)
{
	const struct pcb *p;
	struct links *l;

	p = pcb_get(w->pool, idx);
	if (w->layout->laddr_hashed)
		pcb_local_leave(&w->local, idx);
	l = &w->link[idx];
	if (l->hnext != PCB_NONE)
		w->link[l->hnext].hprev = l->hprev;
	if (l->hprev != PCB_NONE)
		w->link[l->hprev].hnext = l->hnext;
	else
		*bucket_of(w, p) = l->hnext;
}

void
pcb_walk_insert(struct pcb_walk *w, uint32_t idx, struct net_visits *v)
{
	struct links *l;
	uint32_t list;
	uint16_t lport;

	if (w->nlinks < w->pool->size) {
		w->nlinks = w->pool->size;
		w->link = g_renew(struct links, w->link, w->nlinks);
	}
	lport = pcb_get(w->pool, idx)->lport;
	if (!find_phd(w, lport, v)) {
		v->new_heads++;
		w->phd_next[lport] = w->porthash[lport & w->pmask];
		w->porthash[lport & w->pmask] = lport;
	}
	list = list_of(w, lport);
	l = &w->link[idx];
	l->pprev = PCB_NONE;
	l->pnext = w->first[list];
	if (l->pnext != PCB_NONE)
		w->link[l->pnext].pprev = idx;
	w->first[list] = idx;
	pcb_walk_hash(w, idx, v);
}

void
pcb_walk_remove(struct pcb_walk *w, uint32_t idx)
{
	struct links *l;
	uint32_t *phd;
	uint16_t lport;

	pcb_walk_unhash(w, idx);
	lport = pcb_get(w->pool, idx)->lport;
	l = &w->link[idx];
	if (l->pnext != PCB_NONE)
		w->link[l->pnext].pprev = l->pprev;
	if (l->pprev != PCB_NONE)
		w->link[l->pprev].pnext = l->pnext;
	else
		w->first[list_of(w, lport)] = l->pnext;
	if (w->layout->one_level || w->first[lport] != PCB_NONE)
		return;
	for (phd = &w->porthash[lport & w->pmask]; *phd != lport;
	    phd = &w->phd_next[*phd])
		KASSERT(*phd != PORT_END, ("no head of port %u", lport));
	*phd = w->phd_next[lport];
}

/* The first unconnected pcb with this laddr, along the bucket. */
static uint32_t
unconnected(const struct pcb_walk *w, uint32_t laddr, uint16_t lport,
    struct net_visits *v)
{
	const struct pcb *p;
	uint32_t i;

	for (i = w->wild[wild_bucket(w, lport)]; i != PCB_NONE;
	    i = w->link[i].hnext) {
		v->connhash++;
		p = pcb_get(w->pool, i);
		if (!pcb_connected(p) && p->laddr == laddr &&
		    p->lport == lport)
			return (i);
	}
	return (PCB_NONE);
}

uint32_t
pcb_walk_local(const struct pcb_walk *w, const struct port_query *q,
    uint16_t lport, bool search, struct net_visits *v)
{
	struct pcb_best best = PCB_BEST_NONE;
	const struct pcb *p;
	uint32_t i;

	if (q->rule == PORT_RULE_UNCONNECTED)
		return (unconnected(w, q->laddr, lport, v));
	if (search && w->layout->laddr_hashed && q->laddr != NET_ANY)
		return (pcb_local_best(&w->local, q, lport, &v->portlist));
	if (!find_phd(w, lport, v))
		return (PCB_NONE);
	for (i = w->first[list_of(w, lport)]; i != PCB_NONE;
	    i = w->link[i].pnext) {
		v->portlist++;
		p = pcb_get(w->pool, i);
		if (p->lport != lport || !pcb_best_is(&best, q, p, i))
			continue;
		if (best.score == 0 || (search && w->layout->first_match)) {
			v->stops++;
			break;
		}
	}
	return (best.pcb);
}

bool
pcb_walk_tuple(const struct pcb_walk *w, const struct port_query *q,
    uint16_t lport, bool wild, struct net_visits *v)
{
	const struct pcb *p;
	uint32_t i;
	bool found;

	found = false;
	for (i = w->exact[exact_bucket(w, q, lport)];
	    i != PCB_NONE; i = w->link[i].hnext) {
		v->connhash++;
		p = pcb_get(w->pool, i);
		if (p->faddr == q->faddr && p->fport == q->fport &&
		    p->lport == lport && p->laddr == q->laddr) {
			found = true;
			if (w->layout->stop_at_match)
				break;
		}
	}
	if (found || !wild)
		return (found);
	if (pcb_group_answers(w->groups, q->laddr, lport))
		return (true);
	v->wilds++;
	for (i = w->wild[wild_bucket(w, lport)]; i != PCB_NONE;
	    i = w->link[i].hnext) {
		v->connhash++;
		v->wild++;
		p = pcb_get(w->pool, i);
		if (!pcb_connected(p) && p->lport == lport &&
		    (p->laddr == q->laddr || p->laddr == NET_ANY)) {
			found = true;
			if (w->layout->first_match)
				break;
		}
	}
	return (found);
}

uint32_t
pcb_walk_connected(const struct pcb_walk *w, const struct port_query *q,
    uint16_t lport)
{
	const struct pcb *p;
	uint32_t i;

	for (i = w->exact[exact_bucket(w, q, lport)];
	    i != PCB_NONE; i = w->link[i].hnext) {
		p = pcb_get(w->pool, i);
		if (p->faddr == q->faddr && p->fport == q->fport &&
		    p->lport == lport && p->laddr == q->laddr)
			break;
	}
	return (i);
}

uint32_t
pcb_walk_wild(const struct pcb_walk *w, uint16_t lport)
{
	uint32_t i, n;

	n = 0;
	for (i = w->wild[wild_bucket(w, lport)]; i != PCB_NONE;
	    i = w->link[i].hnext)
		n++;
	return (n);
}

void
pcb_walk_search(const struct pcb_walk *w, const struct port_query *q,
    const struct port_run *run, struct port_found *f)
{
	unsigned n;
	uint16_t port;
	bool taken;

	*f = (struct port_found){ .lport = run->start };
	port = run->start;
	for (n = 0; n < run->count; n++) {
		f->lport = port;
		f->iters++;
		if (q->rule == PORT_RULE_TUPLE)
			taken = pcb_walk_tuple(w, q, port, true, &f->visits);
		else
			taken = pcb_walk_local(w, q, port, true,
			    &f->visits) != PCB_NONE;
		if (!taken) {
			f->found = true;
			return;
		}
		port = port_run_after(q, run, port);
	}
}

size_t
pcb_walk_list(const struct pcb_walk *w, uint16_t lport)
{
	size_t n;
	uint32_t i;

	n = 0;
	for (i = w->first[list_of(w, lport)]; i != PCB_NONE;
	    i = w->link[i].pnext)
		n++;
	return (n);
}

size_t
pcb_walk_plist(const struct pcb_walk *w, uint16_t lport, uint32_t *out,
    size_t max)
{
	size_t n;
	uint32_t i;

	n = 0;
	for (i = w->first[list_of(w, lport)]; i != PCB_NONE;
	    i = w->link[i].pnext) {
		if (pcb_get(w->pool, i)->lport != lport)
			continue;
		if (n < max)
			out[n] = i;
		n++;
	}
	return (n);
}

/* The ports of a bucket of one level, in the order of their first pcbs. */
static size_t
phash_one_level(const struct pcb_walk *w, uint16_t lport, uint16_t *out,
    size_t max)
{
	uint8_t *seen;
	uint16_t port;
	size_t n;
	uint32_t i;

	seen = g_new0(uint8_t, 65536);
	n = 0;
	for (i = w->first[list_of(w, lport)]; i != PCB_NONE;
	    i = w->link[i].pnext) {
		port = pcb_get(w->pool, i)->lport;
		if (seen[port])
			continue;
		seen[port] = 1;
		if (n < max)
			out[n] = port;
		n++;
	}
	g_free(seen);
	return (n);
}

size_t
pcb_walk_phash(const struct pcb_walk *w, uint16_t lport, uint16_t *out,
    size_t max)
{
	size_t n;
	uint32_t phd;

	if (w->layout->one_level)
		return (phash_one_level(w, lport, out, max));
	n = 0;
	for (phd = w->porthash[lport & w->pmask]; phd != PORT_END;
	    phd = w->phd_next[phd]) {
		if (n < max)
			out[n] = (uint16_t)phd;
		n++;
	}
	return (n);
}

/* Every list's nodes belong there; returns how many there are. */
static uint32_t
check_buckets(const struct pcb_walk *w, uint32_t *heads)
{
	const struct pcb *p;
	uint32_t b, i, n, prev;

	n = 0;
	for (b = 0; b <= w->mask; b++) {
		prev = PCB_NONE;
		for (i = heads[b]; i != PCB_NONE; i = w->link[i].hnext) {
			p = pcb_get(w->pool, i);
			KASSERT((p->flags & PCB_INHASH) != 0 &&
			    w->link[i].hprev == prev &&
			    bucket_of(w, p) == &heads[b],
			    ("pcb %u is wrong in bucket %u", i, b));
			KASSERT(prev == PCB_NONE || w->layout->split ||
			    pcb_get(w->pool, prev)->hash_stamp >
			    p->hash_stamp, ("bucket %u out of order", b));
			prev = i;
			n++;
		}
	}
	return (n);
}

void
pcb_walk_check(const struct pcb_walk *w)
{
	const struct pcb *p;
	uint32_t i, list, n, prev, total;

	total = n = 0;
	for (i = 0; i < w->pool->used; i++)
		total += (pcb_get(w->pool, i)->flags & PCB_INHASH) != 0;
	for (list = 0; list < 65536; list++) {
		prev = PCB_NONE;
		for (i = w->first[list]; i != PCB_NONE;
		    i = w->link[i].pnext) {
			p = pcb_get(w->pool, i);
			KASSERT(list_of(w, p->lport) == list &&
			    w->link[i].pprev == prev &&
			    (prev == PCB_NONE || pcb_get(w->pool,
			    prev)->port_stamp > p->port_stamp),
			    ("pcb %u is wrong on list %u", i, list));
			prev = i;
			n++;
		}
	}
	KASSERT(n == total, ("%u of %u pcbs on port lists", n, total));
	n = check_buckets(w, w->exact);
	if (w->layout->split)
		n += check_buckets(w, w->wild);
	KASSERT(n == total, ("%u of %u pcbs in buckets", n, total));
}
