/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lists of pcb-sized nodes; see calibrate_nodes.h.
 */

#include <sys/mman.h>
#include <sys/types.h>

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "sim/kassert.h"
#include "sim/rng.h"
#include "study/calibrate_nodes.h"

#define	NODES_BUCKETS	65536		/* of either hash */
#define	NODES_LARGE	(2UL << 20)	/* bytes of a large page */
#define	NODES_FIRST	10000		/* port */
#define	NODES_BATCH	8192		/* pcbs removed in one go, at most */
#define	NODES_FADDR	0x0a7100cbu	/* 203.0.113.10 */
#define	NODES_FPORT	443
#define	NODES_IPV4	0x1

struct node;
struct port_head;

struct node_link {
	struct node	*next;
	struct node	**prev;
};

/* What a visit reads of a credential: shared by all, so always at hand. */
struct node_cred {
	const void	*prison;
};

/* The fields that are read, on about the lines where the kernel has them. */
struct node {
	struct node_link hash;
	char		pad1[120];
	const struct node_cred *cred;
	uint8_t		vflag;
	char		pad2[71];
	uint16_t	fport;
	uint16_t	lport;
	uint32_t	faddr;
	uint32_t	laddr;
	char		pad3[108];
	struct node_link port;
	struct port_head *head;
	char		pad4[112];
	struct node_link list;
};

_Static_assert(sizeof(void *) != 8 ||
    sizeof(struct node) == CALIBRATE_NODES_SIZE, "a pcb has the kernel's size");

struct port_head {
	struct port_head *next;
	struct port_head **prev;
	struct node	*pcbs;
	uint16_t	port;
	char		pad[30];	/* to what malloc(9) gives for it */
};

struct calibrate_nodes {
	void		*map;		/* as it was mapped */
	size_t		map_size;
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
	bool		large;
};

/* ---- memory ------------------------------------------------------------ */

size_t
calibrate_nodes_memory(uint64_t max)
{

	return ((size_t)max * sizeof(struct node) +
	    CALIBRATE_NODES_PORTS * sizeof(struct port_head) +
	    2 * NODES_BUCKETS * sizeof(void *) + 2 * NODES_LARGE);
}

#ifdef __linux__
/* Bytes of this process in large pages, as the kernel counts them. */
static size_t
nodes_large_bytes(void)
{
	char line[256];
	unsigned long kib;
	FILE *f;

	f = fopen("/proc/self/smaps_rollup", "r");
	if (f == NULL)
		return (0);
	kib = 0;
	while (fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "AnonHugePages: %lu kB", &kib) == 1)
			break;
	(void)fclose(f);
	return ((size_t)kib * 1024);
}
#endif

#ifdef __FreeBSD__
/* Bytes of the mapping that lie in promoted pages. */
static size_t
nodes_super_bytes(const struct calibrate_nodes *t)
{
	size_t at, bytes;
	char state;

	bytes = 0;
	for (at = 0; at < t->map_size; at += NODES_LARGE)
		if (mincore((char *)t->map + at, 1, &state) == 0 &&
		    (state & MINCORE_SUPER) != 0)
			bytes += NODES_LARGE;
	return (bytes);
}
#endif

/* Map, ask for large pages, touch, and see whether they were given. */
static bool
nodes_map(struct calibrate_nodes *t)
{
	size_t large, others;
	int flags;

	flags = MAP_PRIVATE | MAP_ANON;
#ifdef MAP_ALIGNED_SUPER
	flags |= MAP_ALIGNED_SUPER;
#endif
	t->map_size = calibrate_nodes_memory(t->max);
	t->map = mmap(NULL, t->map_size, PROT_READ | PROT_WRITE, flags, -1, 0);
	if (t->map == MAP_FAILED)
		return (false);
	large = others = 0;
#ifdef __linux__
	(void)madvise(t->map, t->map_size, MADV_HUGEPAGE);
	others = nodes_large_bytes();
#endif
	memset(t->map, 0, t->map_size);
#ifdef __linux__
	large = nodes_large_bytes();
#elif defined(__FreeBSD__)
	large = nodes_super_bytes(t);
#endif
	large -= MIN(large, others);
	/* Its ends, less than two large pages, have small ones. */
	t->large = large > 0 &&
	    large >= (t->map_size - 2 * NODES_LARGE) / 10 * 9;
	return (true);
}

struct calibrate_nodes *
calibrate_nodes_new(uint64_t max)
{
	struct calibrate_nodes *t;
	uintptr_t at;

	t = g_new0(struct calibrate_nodes, 1);
	t->max = max;
	if (!nodes_map(t)) {
		g_free(t);
		return (NULL);
	}
	at = ((uintptr_t)t->map + NODES_LARGE - 1) & ~(NODES_LARGE - 1);
	t->ports = (struct port_head **)at;
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
	(void)munmap(t->map, t->map_size);
	g_free(t->chosen);
	g_free(t);
}

bool
calibrate_nodes_large(const struct calibrate_nodes *t)
{

	return (t->large);
}

/* ---- lists ------------------------------------------------------------- */

static inline void
link_insert(struct node **head, struct node *n, size_t offset)
{
	struct node_link *l, *first;

	l = (struct node_link *)(void *)((char *)n + offset);
	l->next = *head;
	l->prev = head;
	if (*head != NULL) {
		first = (struct node_link *)(void *)((char *)*head + offset);
		first->prev = &l->next;
	}
	*head = n;
}

static inline void
link_remove(struct node *n, size_t offset)
{
	struct node_link *l, *after;

	l = (struct node_link *)(void *)((char *)n + offset);
	if (l->next != NULL) {
		after = (struct node_link *)(void *)((char *)l->next + offset);
		after->prev = l->prev;
	}
	*l->prev = l->next;
}

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
		n->vflag = NODES_IPV4;
		n->laddr = 0x016433c6u + (uint32_t)(i / t->nports << 24);
		n->lport = (uint16_t)(NODES_FIRST + i % t->nports);
		n->faddr = NODES_FADDR;
		n->fport = NODES_FPORT;
		node_insert(t, n);
	}
	t->population = population;
}

/* ---- walks ------------------------------------------------------------- */

/* Where a search stands. */
struct walk {
	uint64_t	visits;
	const struct node *last;	/* visited of this candidate */
};

/*
 * Does anybody hold the port on any address?  The best match decides, so the
 * whole list is walked.
 */
static __attribute__((noinline)) bool
port_is_taken(const struct calibrate_nodes *t, const struct node_cred *cred,
    uint32_t laddr, uint16_t lport, struct walk *w)
{
	const struct node *match, *n;
	struct port_head *h;
	int best, score;

	h = head_find(t, lport);
	if (h == NULL)
		return (false);
	match = NULL;
	best = 9;
	for (n = h->pcbs; n != NULL; n = n->port.next) {
		w->visits++;
		w->last = n;
		if (n->cred->prison != cred->prison ||
		    (n->vflag & NODES_IPV4) == 0)
			continue;
		score = n->faddr != 0;
		if (n->laddr != 0 && laddr != 0 && n->laddr != laddr)
			continue;
		if ((n->laddr == 0) != (laddr == 0))
			score++;
		if (score >= best)
			continue;
		best = score;
		match = n;
		if (score == 0)
			break;
	}
	return (match != NULL);
}

/* Does anybody hold the tuple?  An exact match would end the walk. */
static __attribute__((noinline)) bool
tuple_is_taken(const struct calibrate_nodes *t, uint32_t laddr,
    uint16_t lport, struct walk *w)
{
	const struct node *n;

	for (n = t->chains[chain_bucket(NODES_FADDR, NODES_FPORT, lport)];
	    n != NULL; n = n->hash.next) {
		w->visits++;
		w->last = n;
		if ((n->vflag & NODES_IPV4) != 0 && n->faddr == NODES_FADDR &&
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
walk_lport(const struct walk *w, bool ahead, unsigned lport)
{

	return (ahead || w->last == NULL ? lport : w->last->lport);
}

unsigned
calibrate_nodes_search(struct calibrate_nodes *t, unsigned want, bool ahead,
    uint64_t *visits)
{
	struct walk w = { .visits = 0 };
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
calibrate_nodes_search_chains(struct calibrate_nodes *t, bool ahead,
    uint64_t *visits)
{
	struct walk w = { .visits = 0 };
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
