/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lists of pcb-sized nodes; see nodes.h.
 */

#include <string.h>

#include <glib.h>

#include "sim/kassert.h"
#include "sim/rng.h"
#include "study/calibrate/map.h"
#include "study/calibrate/node.h"
#include "study/calibrate/nodes.h"

#define	NODES_BUCKETS	65536		/* of either hash */
#define	NODES_FIRST	10000		/* port */
#define	NODES_BATCH	8192		/* pcbs removed in one go, at most */
#define	NODES_FADDR	0x0a7100cbu	/* 203.0.113.10 */
#define	NODES_FPORT	443

struct calibrate_nodes {
	struct calibrate_map map;
	struct node	*node;		/* node[max], in the mapping */
	struct port_head *head;		/* head[PORTS] */
	struct port_head **ports;	/* ports[BUCKETS] */
	struct node	**chains;	/* chains[BUCKETS] */
	struct node	*list;
	uint64_t	max;
	uint64_t	population;
	unsigned	nports;		/* of the range, from NODES_FIRST */
	struct node_cred cred;
	struct node	**chosen;	/* chosen[nchosen] */
	unsigned	nchosen;
	struct rng	rng;
};

/* ---- memory ------------------------------------------------------------ */

size_t
calibrate_nodes_memory(uint64_t max)
{

	return ((size_t)max * sizeof(struct node) +
	    CALIBRATE_NODES_PORTS * sizeof(struct port_head) +
	    2 * NODES_BUCKETS * sizeof(void *) + 2 * CALIBRATE_MAP_LARGE);
}

struct calibrate_nodes *
calibrate_nodes_new(uint64_t max)
{
	struct calibrate_nodes *t;
	char *at;

	t = g_new0(struct calibrate_nodes, 1);
	t->max = max;
	if (!calibrate_map_init(&t->map, calibrate_nodes_memory(max))) {
		g_free(t);
		return (NULL);
	}
	at = calibrate_map_start(&t->map);
	t->ports = (struct port_head **)(void *)at;
	t->chains = (struct node **)(t->ports + NODES_BUCKETS);
	t->head = (struct port_head *)(t->chains + NODES_BUCKETS);
	t->node = (struct node *)(void *)(t->head + CALIBRATE_NODES_PORTS);
	t->cred.prison = t;
	t->chosen = g_new(struct node *, NODES_BATCH);
	rng_init(&t->rng, 1, 0, "calibrate");
	return (t);
}

void
calibrate_nodes_free(struct calibrate_nodes *t)
{

	if (t == NULL)
		return;
	calibrate_map_fini(&t->map);
	g_free(t->chosen);
	g_free(t);
}

bool
calibrate_nodes_large(const struct calibrate_nodes *t)
{

	return (t->map.large);
}

/* ---- lists ------------------------------------------------------------- */

static inline unsigned
chain_bucket(uint32_t faddr, uint16_t fport, uint16_t lport)
{

	return ((faddr ^ (faddr >> 16) ^ fport ^ lport) & (NODES_BUCKETS - 1));
}

static inline struct port_head *
head_find(const struct calibrate_nodes *t, uint16_t port)
{
	struct port_head *h;

	for (h = t->ports[port & (NODES_BUCKETS - 1)]; h != NULL; h = h->next)
		if (h->port == port)
			break;
	return (h);
}

/* Into all tables, at the head of each list. */
static void
node_insert(struct calibrate_nodes *t, struct node *n)
{

	n->head = head_find(t, n->lport);
	KASSERT(n->head != NULL, ("port %u has no head", n->lport));
	link_insert(&t->list, n, offsetof(struct node, list));
	link_insert(&t->chains[chain_bucket(n->faddr, n->fport, n->lport)], n,
	    offsetof(struct node, hash));
	link_insert(&n->head->pcbs, n, offsetof(struct node, port));
}

static void
node_remove(struct node *n)
{

	link_remove(n, offsetof(struct node, hash));
	link_remove(n, offsetof(struct node, port));
	link_remove(n, offsetof(struct node, list));
}

/* order[n] = 0 to n - 1, shuffled. */
static uint32_t *
nodes_shuffle(struct calibrate_nodes *t, uint64_t n)
{
	uint32_t *order;
	uint32_t swap;
	uint64_t i, k;

	order = g_new(uint32_t, n);
	for (i = 0; i < n; i++) {
		k = rng_below(&t->rng, i + 1);
		swap = k == i ? (uint32_t)i : order[k];
		order[k] = (uint32_t)i;
		order[i] = swap;
	}
	return (order);
}

void
calibrate_nodes_fill_heads(struct calibrate_nodes *t, unsigned ports)
{
	g_autofree uint32_t *order = NULL;
	struct port_head *h;
	unsigned i;

	KASSERT(ports > 0 && ports <= CALIBRATE_NODES_PORTS,
	    ("%u ports", ports));
	memset(t->ports, 0, NODES_BUCKETS * sizeof(t->ports[0]));
	memset(t->chains, 0, NODES_BUCKETS * sizeof(t->chains[0]));
	t->list = NULL;
	t->population = 0;
	t->nports = ports;
	order = nodes_shuffle(t, ports);
	for (i = 0; i < ports; i++) {
		h = &t->head[order[i]];
		memset(h, 0, sizeof(*h));
		h->port = (uint16_t)(NODES_FIRST + i);
		h->prev = &t->ports[h->port];
		*h->prev = h;
	}
}

void
calibrate_nodes_fill(struct calibrate_nodes *t, uint64_t population)
{
	g_autofree uint32_t *order = NULL;
	struct node *n;
	uint64_t i;

	KASSERT(population > 0 && population <= t->max,
	    ("%ju pcbs of %ju", (uintmax_t)population, (uintmax_t)t->max));
	calibrate_nodes_fill_heads(t, (unsigned)MIN(population,
	    CALIBRATE_NODES_PORTS));
	KASSERT(population % t->nports == 0,
	    ("%ju pcbs", (uintmax_t)population));
	order = nodes_shuffle(t, population);
	for (i = 0; i < population; i++) {
		n = &t->node[order[i]];
		n->cred = &t->cred;
		n->vflag = NODE_IPV4;
		n->laddr = 0x016433c6u + (uint32_t)(i / t->nports << 24);
		n->lport = (uint16_t)(NODES_FIRST + i % t->nports);
		n->faddr = NODES_FADDR;
		n->fport = NODES_FPORT;
		node_insert(t, n);
	}
	t->population = population;
}

/* ---- walks ------------------------------------------------------------- */

/* Does anybody hold the port? */
static __attribute__((noinline)) bool
port_is_taken(const struct calibrate_nodes *t, const struct node_cred *cred,
    uint32_t laddr, uint16_t lport, struct node_walk *w)
{
	const struct port_head *h;

	h = head_find(t, lport);
	return (h != NULL && node_list_holds(h->pcbs, cred, laddr, w));
}

/* Does anybody hold the tuple?  An exact match would end the walk. */
static __attribute__((noinline)) bool
tuple_is_taken(const struct calibrate_nodes *t, uint32_t laddr,
    uint16_t lport, struct node_walk *w)
{
	const struct node *n;

	for (n = t->chains[chain_bucket(NODES_FADDR, NODES_FPORT, lport)];
	    n != NULL; n = n->hash.next) {
		w->visits++;
		w->last = n;
		if ((n->vflag & NODE_IPV4) != 0 && n->faddr == NODES_FADDR &&
		    n->laddr == laddr && n->fport == NODES_FPORT &&
		    n->lport == lport)
			return (true);
	}
	return (false);
}

/*
 * The candidate that was just tried.  Reading it from the pcb visited last
 * gives the same port, but makes the next candidate wait for it.
 */
static inline unsigned
walk_lport(const struct node_walk *w, bool ahead, unsigned lport)
{

	return (ahead || w->last == NULL ? lport : w->last->lport);
}

unsigned
calibrate_nodes_search(struct calibrate_nodes *t, unsigned want, bool ahead,
    uint64_t *visits)
{
	struct node_walk w = { .visits = 0 };
	unsigned count, found, last, lport;

	last = NODES_FIRST + t->nports - 1;
	lport = NODES_FIRST + (unsigned)rng_below(&t->rng, t->nports);
	found = 0;
	for (count = t->nports; count > 0 && found < want; count--) {
		if (++lport > last)
			lport = NODES_FIRST;
		w.last = NULL;
		if (!port_is_taken(t, &t->cred, 0, (uint16_t)lport, &w))
			found++;
		lport = walk_lport(&w, ahead, lport);
	}
	*visits += w.visits;
	return (found);
}

unsigned
calibrate_nodes_heads(struct calibrate_nodes *t)
{
	const struct port_head *h;
	unsigned count, found, last, lport;

	last = NODES_FIRST + t->nports - 1;
	lport = NODES_FIRST + (unsigned)rng_below(&t->rng, t->nports);
	found = 0;
	for (count = t->nports; count > 0; count--) {
		if (++lport > last)
			lport = NODES_FIRST;
		h = head_find(t, (uint16_t)lport);
		if (h == NULL)
			continue;
		found++;
		lport = h->port;	/* the next waits for it */
	}
	return (found);
}

unsigned
calibrate_nodes_search_chains(struct calibrate_nodes *t, bool ahead,
    uint64_t *visits)
{
	struct node_walk w = { .visits = 0 };
	unsigned count, found, last, lport;

	last = NODES_FIRST + t->nports - 1;
	lport = NODES_FIRST + (unsigned)rng_below(&t->rng, t->nports);
	found = 0;
	for (count = t->nports; count > 0; count--) {
		if (++lport > last)
			lport = NODES_FIRST;
		w.last = NULL;
		if (!tuple_is_taken(t, 1, (uint16_t)lport, &w))
			found++;
		lport = walk_lport(&w, ahead, lport);
	}
	*visits += w.visits;
	return (found);
}

/* ---- in and out -------------------------------------------------------- */

/* A prefix of a shuffle of all, without shuffling all: Floyd's sample. */
unsigned
calibrate_nodes_choose(struct calibrate_nodes *t)
{
	g_autoptr(GHashTable) seen = NULL;
	uint64_t i, k;

	t->nchosen = (unsigned)MIN(t->population / 2, NODES_BATCH);
	seen = g_hash_table_new(NULL, NULL);
	for (i = 0; i < t->nchosen; i++) {
		k = rng_below(&t->rng, t->population - t->nchosen + i + 1);
		if (!g_hash_table_add(seen, GUINT_TO_POINTER(k + 1))) {
			k = t->population - t->nchosen + i;
			(void)g_hash_table_add(seen, GUINT_TO_POINTER(k + 1));
		}
		t->chosen[i] = &t->node[k];
	}
	return (t->nchosen);
}

void
calibrate_nodes_remove(struct calibrate_nodes *t)
{
	unsigned i;

	for (i = 0; i < t->nchosen; i++)
		node_remove(t->chosen[i]);
}

void
calibrate_nodes_insert(struct calibrate_nodes *t)
{
	unsigned i;

	for (i = 0; i < t->nchosen; i++)
		node_insert(t, t->chosen[i]);
}
