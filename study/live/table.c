/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Tables of real pcbs; see table.h.
 */

#include <string.h>

#include <glib.h>

#include "sim/kassert.h"
#include "sim/rng.h"
#include "study/calibrate/map.h"
#include "study/live/table.h"

#define	TABLE_PORTS	65536u

struct live_table {
	struct calibrate_map map;
	const struct pcb_layout *layout;
	uint32_t	seed;
	uint32_t	mask, pmask;
	struct port_head **ports;	/* ports[pmask + 1] */
	struct node	**exact;	/* exact[mask + 1] */
	struct node	**wild;		/* the same one unless split */
	struct port_head *head;		/* head[PORTS], shuffled ports */
	uint16_t	*head_of;	/* head_of[PORTS], idx of a port's */
	struct node	*node;		/* node[max] */
	struct node	*list;		/* of all */
	uint32_t	*free;		/* free[nfree], a stack */
	uint32_t	nfree;
	struct node_cred cred;
};

/* ---- memory ------------------------------------------------------------ */

static size_t
table_memory(uint64_t max, const struct net_conf *conf)
{

	return (max * sizeof(struct node) +
	    TABLE_PORTS * sizeof(struct port_head) +
	    (2 * (size_t)conf->hashsize + conf->porthashsize) *
	    sizeof(void *) + 2 * CALIBRATE_MAP_LARGE);
}

/* Memory is given out in an order of its own, as after hours of use. */
static void
table_shuffle(struct live_table *t, uint64_t max)
{
	struct rng rng;
	uint32_t i, k;

	rng_init(&rng, 1, 0, "live");
	t->free = g_new(uint32_t, max);
	t->nfree = (uint32_t)max;
	for (i = 0; i < max; i++) {
		k = (uint32_t)rng_below(&rng, i + 1);
		t->free[i] = i;
		t->free[i] = t->free[k];
		t->free[k] = i;
	}
	t->head_of = g_new(uint16_t, TABLE_PORTS);
	for (i = 0; i < TABLE_PORTS; i++) {
		k = (uint32_t)rng_below(&rng, i + 1);
		t->head_of[i] = (uint16_t)i;
		t->head_of[i] = t->head_of[k];
		t->head_of[k] = (uint16_t)i;
	}
}

struct live_table *
live_table_new(uint64_t max, const struct pcb_layout *layout,
    const struct net_conf *conf)
{
	struct live_table *t;
	char *at;

	t = g_new0(struct live_table, 1);
	if (!calibrate_map_init(&t->map, table_memory(max, conf))) {
		g_free(t);
		return (NULL);
	}
	t->layout = layout;
	t->seed = (uint32_t)conf->hash_seed;
	t->mask = conf->hashsize - 1;
	t->pmask = conf->porthashsize - 1;
	KASSERT((conf->hashsize & t->mask) == 0 &&
	    (conf->porthashsize & t->pmask) == 0, ("hashes of %u and %u",
	    conf->hashsize, conf->porthashsize));
	at = calibrate_map_start(&t->map);
	t->ports = (struct port_head **)(void *)at;
	t->exact = (struct node **)(void *)(t->ports + t->pmask + 1);
	t->wild = t->exact + (layout->split ? t->mask + 1 : 0);
	t->head = (struct port_head *)(void *)(t->exact + 2 *
	    ((size_t)t->mask + 1));
	t->node = (struct node *)(void *)(t->head + TABLE_PORTS);
	t->cred.prison = t;
	table_shuffle(t, max);
	return (t);
}

void
live_table_free(struct live_table *t)
{

	if (t == NULL)
		return;
	calibrate_map_fini(&t->map);
	g_free(t->free);
	g_free(t->head_of);
	g_free(t);
}

bool
live_table_large(const struct live_table *t)
{

	return (t->map.large);
}

struct node *
live_table_take(struct live_table *t)
{
	struct node *n;

	KASSERT(t->nfree > 0, ("no pcb is left"));
	n = &t->node[t->free[--t->nfree]];
	n->cred = &t->cred;
	n->vflag = NODE_IPV4;
	n->laddr = n->faddr = 0;
	n->lport = n->fport = 0;
	return (n);
}

void
live_table_give(struct live_table *t, struct node *n)
{

	t->free[t->nfree++] = (uint32_t)(n - t->node);
}

/* ---- lists ------------------------------------------------------------- */

static uint32_t
bucket(const struct live_table *t, uint32_t faddr, uint16_t fport,
    uint16_t lport)
{

	return ((pcb_layout_key(t->layout, t->seed, NET_ANY, faddr, fport) ^
	    lport) & t->mask);
}

static inline struct port_head *
head_find(const struct live_table *t, uint16_t lport)
{
	struct port_head *h;

	for (h = t->ports[lport & t->pmask]; h != NULL; h = h->next)
		if (h->port == lport)
			break;
	return (h);
}

static struct port_head *
head_insert(struct live_table *t, uint16_t lport)
{
	struct port_head *h;

	h = &t->head[t->head_of[lport]];
	h->port = lport;
	h->pcbs = NULL;
	h->prev = &t->ports[lport & t->pmask];
	h->next = *h->prev;
	if (h->next != NULL)
		h->next->prev = &h->next;
	*h->prev = h;
	return (h);
}

static void
head_remove(struct port_head *h)
{

	if (h->next != NULL)
		h->next->prev = h->prev;
	*h->prev = h->next;
}

/* Where an unconnected pcb goes: those with * come last in a split layout. */
static struct node **
wild_place(struct node **head, bool bound, uint64_t *visits)
{
	struct node **at;

	if (bound) {
		*visits += *head != NULL;
		return (head);
	}
	for (at = head; *at != NULL; at = &(*at)->hash.next) {
		++*visits;
		if ((*at)->laddr == NET_ANY)
			break;
	}
	return (at);
}

static void
chain_insert(struct live_table *t, struct node *n, uint64_t *visits)
{
	struct node **at;
	uint32_t b;

	b = bucket(t, n->faddr, n->fport, n->lport);
	at = n->faddr != 0 ? &t->exact[b] : &t->wild[b];
	if (t->layout->split && n->faddr == 0)
		at = wild_place(at, n->laddr != NET_ANY, visits);
	link_insert(at, n, offsetof(struct node, hash));
}

void
live_table_insert(struct live_table *t, struct node *n, uint64_t *visits)
{

	n->head = head_find(t, n->lport);
	if (n->head == NULL)
		n->head = head_insert(t, n->lport);
	link_insert(&n->head->pcbs, n, offsetof(struct node, port));
	link_insert(&t->list, n, offsetof(struct node, list));
	chain_insert(t, n, visits);
}

void
live_table_remove(struct live_table *t, struct node *n)
{

	(void)t;
	link_remove(n, offsetof(struct node, hash));
	link_remove(n, offsetof(struct node, port));
	link_remove(n, offsetof(struct node, list));
	if (n->head->pcbs == NULL)
		head_remove(n->head);
}

void
live_table_rehash(struct live_table *t, struct node *n, uint32_t laddr,
    uint32_t faddr, uint16_t fport)
{
	uint64_t none;

	link_remove(n, offsetof(struct node, hash));
	n->laddr = laddr;
	n->faddr = faddr;
	n->fport = fport;
	none = 0;
	chain_insert(t, n, &none);
	KASSERT(none == 0, ("a connected pcb was hashed as another"));
}

/* ---- walks ------------------------------------------------------------- */

/* Does anybody hold the port? */
static __attribute__((noinline)) bool
port_is_taken(const struct live_table *t, const struct node_cred *cred,
    uint32_t laddr, uint16_t lport, struct node_walk *w)
{
	const struct port_head *h;

	h = head_find(t, lport);
	return (h != NULL && node_list_holds(h->pcbs, cred, laddr, w));
}

static bool
tuple_exists(const struct live_table *t, const struct port_query *q,
    uint16_t lport, struct node_walk *w)
{
	const struct node *n;
	bool found;

	found = false;
	for (n = t->exact[bucket(t, q->faddr, q->fport, lport)]; n != NULL;
	    n = n->hash.next) {
		w->visits++;
		w->last = n;
		if ((n->vflag & NODE_IPV4) != 0 && n->faddr == q->faddr &&
		    n->laddr == q->laddr && n->fport == q->fport &&
		    n->lport == lport) {
			found = true;
			if (t->layout->stop_at_match)
				break;
		}
	}
	return (found);
}

static __attribute__((noinline)) bool
tuple_is_taken(const struct live_table *t, const struct port_query *q,
    uint16_t lport, struct node_walk *w)
{
	const struct node *n;
	bool found;

	if (tuple_exists(t, q, lport, w))
		return (true);
	found = false;
	for (n = t->wild[bucket(t, NET_ANY, 0, lport)]; n != NULL;
	    n = n->hash.next) {
		w->visits++;
		w->last = n;
		if ((n->vflag & NODE_IPV4) != 0 && n->faddr == 0 &&
		    n->lport == lport &&
		    (n->laddr == q->laddr || n->laddr == NET_ANY))
			found = true;
	}
	return (found);
}

bool
live_table_local(const struct live_table *t, uint32_t laddr, uint16_t lport,
    uint64_t *visits)
{
	struct node_walk w = { .visits = 0 };
	bool taken;

	taken = port_is_taken(t, &t->cred, laddr, lport, &w);
	*visits += w.visits;
	return (taken);
}

bool
live_table_exact(const struct live_table *t, const struct port_query *q,
    uint16_t lport, uint64_t *visits)
{
	struct node_walk w = { .visits = 0 };
	bool found;

	found = tuple_exists(t, q, lport, &w);
	*visits += w.visits;
	return (found);
}

void
live_table_search(const struct live_table *t, const struct port_query *q,
    const struct port_run *run, struct port_found *f)
{
	struct node_walk w = { .visits = 0 };
	unsigned n;
	uint16_t lport;

	*f = (struct port_found){ .lport = run->start };
	lport = run->start;
	for (n = 0; n < run->count && !f->found; n++) {
		f->lport = lport;
		f->iters++;
		w.last = NULL;
		if (q->rule == PORT_RULE_TUPLE)
			f->found = !tuple_is_taken(t, q, lport, &w);
		else
			f->found = !port_is_taken(t, &t->cred, q->laddr,
			    lport, &w);
		/* Wait for what was read last, as calibrate does. */
		if (w.last != NULL)
			lport = (uint16_t)(lport + w.last->zero);
		lport = port_run_next(q, lport, run->step);
	}
	f->visits.portlist = w.visits;
}
