/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * DragonFly's pcb tables.
 *
 * Theory:	ports are split into classes, one a protocol thread; each class
 *		has a table of port heads with a prime number of buckets, each
 *		head a list of pcbs, newest first.  Ports of one bucket are so
 *		far apart as the least common multiple of the two numbers.
 *		Connected pcbs hang, besides, in the table of the CPU that
 *		their 4-tuple hashes to; there the local address is hashed,
 *		too.  What a listener accepts is in that table alone.
 * Models:	tcp_init(), sys/netinet/tcp_subr.c; phashinit(), sys/kern/
 *		kern_subr.c; in_pcbinsporthash(), in_pcbremporthash(),
 *		in_pcblookup_local(), in_pcblookup_localremote(),
 *		in_pcbinsconnhash(), in_pcblookup_pkthash(), sys/netinet/
 *		in_pcb.c; INP_PCBCONNHASH(), in_pcb.h; DragonFly of 2020-07-24.
 * Left out:	jails, IPv6, local groups; the lists of accepted pcbs, and that
 *		they move to the port table when the listener is closed.
 */

#include <string.h>

#include <glib.h>

#include "models/dragonfly/dragonfly.h"
#include "models/dragonfly/family.h"
#include "models/dragonfly/toeplitz.h"
#include "models/pcb/pages.h"
#include "sim/grow.h"
#include "sim/kassert.h"

unsigned
dragonfly_cpu(uint32_t faddr, uint16_t fport, uint32_t laddr, uint16_t lport,
    unsigned cpus)
{

	return (toeplitz_cpu(toeplitz_port(toeplitz_fold(faddr ^ laddr) ^
	    fport ^ lport), cpus));
}

/* ---- the port table's shape -------------------------------------------- */

/* The largest number of the list that is not above `elements'. */
static unsigned
prime_buckets(unsigned elements)
{
	static const unsigned primes[] = { 13, 31, 61, 127, 251, 509, 761,
	    1021, 1531, 2039, 2557, 3067, 3583, 4093, 4603, 5119, 5623, 6143,
	    6653, 7159, 7673, 8191, 12281, 16381, 24571, 32749 };
	unsigned i, n;

	n = 1;
	for (i = 0; i < G_N_ELEMENTS(primes) && primes[i] <= elements; i++)
		n = primes[i];
	return (n);
}

/* How far apart the ports of one bucket of one class are. */
static unsigned
bucket_step(const struct dragonfly *d)
{
	unsigned a, b, n, prime;

	prime = prime_buckets(MIN(d->hashsize, 65536 / d->cpus));
	for (a = prime, b = d->cpus; b != 0;) {
		n = a % b;
		a = b;
		b = n;
	}
	return (MIN(prime / a * d->cpus, 65536));
}

static void
order_places(struct dragonfly *d)
{
	unsigned class, n, p;

	n = 0;
	for (class = 0; class < d->cpus; class++)
		for (p = class; p < 65536; p += d->cpus) {
			d->place[p] = (uint16_t)n;
			d->port[n++] = (uint16_t)p;
		}
}

static bool
look_port(const void *arg, const struct pcb_question *q, unsigned port,
    uint64_t *visits)
{

	return (dragonfly_port_find(arg, q, (uint16_t)port, visits) ==
	    DPCB_NONE);
}

static bool
look_place(const void *arg, const struct pcb_question *q, unsigned place,
    uint64_t *visits)
{
	const struct dragonfly *d;

	d = arg;
	return (look_port(d, q, d->port[place], visits));
}

void
dragonfly_table_init(struct dragonfly *d, unsigned cpus)
{
	size_t n;

	KASSERT(d->hashed == 0, ("%zu pcbs", d->hashed));
	d->cpus = cpus;
	order_places(d);
	pcb_heads_init(&d->heads, bucket_step(d), false, d->place);
	memset(d->list, 0xff, sizeof(d->list));		/* DPCB_NONE */
	n = (size_t)cpus * d->hashsize * sizeof(*d->conn);
	d->conn = pcb_pages_renew(NULL, 0, n);
	memset(d->conn, 0xff, n);
	pcb_clock_init(&d->clock);
	pcb_clock_init(&d->clock_place);
	pcb_memos_init(&d->by_port, &d->clock, look_port, d);
	pcb_memos_init(&d->by_place, &d->clock_place, look_place, d);
	port_addr_init(&d->addrs);
}

void
dragonfly_table_fini(struct dragonfly *d)
{

	port_addr_fini(&d->addrs);
	pcb_memos_fini(&d->by_port);
	pcb_memos_fini(&d->by_place);
	pcb_pages_free(d->conn, (size_t)d->cpus * d->hashsize *
	    sizeof(*d->conn));
	pcb_heads_fini(&d->heads);
}

size_t
dragonfly_table_memory(const struct dragonfly *d)
{

	return (d->size * sizeof(*d->pcb) +
	    (size_t)d->cpus * d->hashsize * sizeof(*d->conn) +
	    pcb_heads_memory(&d->heads) + pcb_memos_memory(&d->by_port) +
	    pcb_memos_memory(&d->by_place) + port_addr_memory(&d->addrs));
}

/* ---- pcbs --------------------------------------------------------------- */

struct dragonfly_pcb *
dragonfly_pcb(const struct dragonfly *d, uint32_t pcb)
{

	KASSERT(pcb < d->used && (d->pcb[pcb].flags & DPCB_FREE) == 0,
	    ("no pcb %u", pcb));
	return (&d->pcb[pcb]);
}

uint32_t
dragonfly_pcb_new(struct dragonfly *d)
{
	uint32_t old, pcb;

	pcb = d->free;
	if (pcb != DPCB_NONE)
		d->free = d->pcb[pcb].pnext;
	else {
		if (d->used == d->size) {
			old = d->size;
			d->size = grow_size(old, 64);
			d->pcb = pcb_pages_renew(d->pcb, old *
			    sizeof(*d->pcb), d->size * sizeof(*d->pcb));
		}
		pcb = d->used++;
	}
	memset(&d->pcb[pcb], 0, sizeof(d->pcb[pcb]));
	return (pcb);
}

void
dragonfly_pcb_free(struct dragonfly *d, uint32_t pcb)
{
	struct dragonfly_pcb *p;

	p = dragonfly_pcb(d, pcb);
	KASSERT((p->flags & (DPCB_INPORT | DPCB_INCONN)) == 0,
	    ("pcb %u is in a table", pcb));
	p->flags = DPCB_FREE;
	p->pnext = d->free;
	d->free = pcb;
}

/* A pcb has entered its first table, or left its last. */
static void
count(struct dragonfly *d, const struct dragonfly_pcb *p, int change)
{

	if ((p->flags & (DPCB_INPORT | DPCB_INCONN)) == 0)
		d->hashed += (size_t)change;
}

/* ---- the port table ----------------------------------------------------- */

static void
changed(struct dragonfly *d, uint16_t port)
{

	pcb_clock_tick(&d->clock, port);
	pcb_clock_tick(&d->clock_place, d->place[port]);
}

static void
addr_enter(struct dragonfly *d, struct dragonfly_pcb *p)
{

	p->laddr_idx = port_addr_number(&d->addrs, p->laddr);
	port_addr_more(&d->addrs, p->laddr_idx, p->lport);
}

void
dragonfly_port_insert(struct dragonfly *d, uint32_t pcb, struct net_visits *v)
{
	struct dragonfly_pcb *p;

	p = dragonfly_pcb(d, pcb);
	v->porthash += port_sums_get(&d->heads.visits, p->lport);
	if (!port_set_has(&d->heads.any, p->lport))
		pcb_heads_add(&d->heads, p->lport);
	p->pprev = DPCB_NONE;
	p->pnext = d->list[p->lport];
	if (p->pnext != DPCB_NONE)
		d->pcb[p->pnext].pprev = pcb;
	d->list[p->lport] = pcb;
	d->on[p->lport]++;
	addr_enter(d, p);
	count(d, p, 1);
	p->flags |= DPCB_INPORT;
	changed(d, p->lport);
}

void
dragonfly_port_remove(struct dragonfly *d, uint32_t pcb)
{
	struct dragonfly_pcb *p;

	p = dragonfly_pcb(d, pcb);
	if (p->pnext != DPCB_NONE)
		d->pcb[p->pnext].pprev = p->pprev;
	if (p->pprev != DPCB_NONE)
		d->pcb[p->pprev].pnext = p->pnext;
	else
		d->list[p->lport] = p->pnext;
	d->on[p->lport]--;
	if (d->list[p->lport] == DPCB_NONE)
		pcb_heads_remove(&d->heads, p->lport);
	port_addr_less(&d->addrs, p->laddr_idx, p->lport);
	p->flags &= (uint8_t)~DPCB_INPORT;
	count(d, p, -1);
	changed(d, p->lport);
}

void
dragonfly_pcb_set(struct dragonfly *d, uint32_t pcb, uint32_t laddr,
    uint32_t faddr, uint16_t fport)
{
	struct dragonfly_pcb *p;

	p = dragonfly_pcb(d, pcb);
	KASSERT((p->flags & DPCB_INCONN) == 0, ("pcb %u is connected", pcb));
	if ((p->flags & DPCB_INPORT) != 0 && laddr != p->laddr) {
		port_addr_less(&d->addrs, p->laddr_idx, p->lport);
		p->laddr = laddr;
		addr_enter(d, p);
	}
	p->laddr = laddr;
	p->faddr = faddr;
	p->fport = fport;
	if ((p->flags & DPCB_INPORT) != 0)
		changed(d, p->lport);
}

/* The first that the foreign end does not tell from a new connection. */
static uint32_t
find_remote(const struct dragonfly *d, const struct pcb_question *q,
    uint16_t lport, uint64_t *visits)
{
	const struct dragonfly_pcb *p;
	uint32_t i;

	for (i = d->list[lport]; i != DPCB_NONE; i = p->pnext) {
		++*visits;
		p = &d->pcb[i];
		if ((p->laddr == NET_ANY || p->laddr == q->laddr) &&
		    (p->faddr == NET_ANY || p->faddr == q->faddr) &&
		    (p->fport == 0 || p->fport == q->fport))
			break;
	}
	return (i);
}

/* The first with the best score, 0 the best of all. */
static uint32_t
find_local(const struct dragonfly *d, const struct pcb_question *q,
    uint16_t lport, uint64_t *visits)
{
	const struct dragonfly_pcb *p;
	uint32_t best, i;
	int best_score, score;

	best = DPCB_NONE;
	best_score = 3;
	for (i = d->list[lport]; i != DPCB_NONE; i = p->pnext) {
		++*visits;
		p = &d->pcb[i];
		score = p->faddr != NET_ANY;
		if (p->laddr != q->laddr) {
			if (p->laddr != NET_ANY && q->laddr != NET_ANY)
				continue;
			score++;
		}
		if (score > 0 && q->rule == DRAGONFLY_EXACT)
			continue;
		if (score < best_score) {
			best = i;
			best_score = score;
			if (score == 0)
				break;
		}
	}
	return (best);
}

uint32_t
dragonfly_port_walk(const struct dragonfly *d, const struct pcb_question *q,
    uint16_t lport, uint64_t *visits)
{

	return (q->rule == DRAGONFLY_REMOTE ?
	    find_remote(d, q, lport, visits) :
	    find_local(d, q, lport, visits));
}

/* Nobody on the port has the address, or *: whichever the rule, none is it. */
static bool
nobody(const struct dragonfly *d, uint32_t laddr, uint16_t lport)
{
	const struct port_addr *a;

	if (laddr == NET_ANY)
		return (d->on[lport] == 0);
	a = port_addr_find(&d->addrs, laddr);
	return ((a == NULL || !port_set_has(&a->any, lport)) &&
	    !port_set_has(&port_addr_get(&d->addrs, PORT_ADDR_ANY)->any,
	    lport));
}

uint32_t
dragonfly_port_find(const struct dragonfly *d, const struct pcb_question *q,
    uint16_t lport, uint64_t *visits)
{
	uint64_t walked;
	uint32_t pcb;

	if (d->search == NET_SEARCH_WALK || !nobody(d, q->laddr, lport))
		return (dragonfly_port_walk(d, q, lport, visits));
	if (d->search == NET_SEARCH_BOTH) {
		walked = 0;
		pcb = dragonfly_port_walk(d, q, lport, &walked);
		KASSERT(pcb == DPCB_NONE && walked == d->on[lport],
		    ("port %u: walk finds %u after %ju of %u", lport, pcb,
		    (uintmax_t)walked, d->on[lport]));
	}
	*visits += d->on[lport];
	return (DPCB_NONE);
}

/* ---- connection tables -------------------------------------------------- */

static uint32_t *
conn_bucket(const struct dragonfly *d, uint32_t faddr, uint16_t fport,
    uint32_t laddr, uint16_t lport)
{
	uint32_t b;

	b = (faddr ^ (faddr >> 16) ^ laddr ^
	    (uint16_t)(lport ^ fport)) & (d->hashsize - 1);
	return (&d->conn[dragonfly_cpu(faddr, fport, laddr, lport, d->cpus) *
	    d->hashsize + b]);
}

bool
dragonfly_conn_find(const struct dragonfly *d, uint32_t faddr,
    uint16_t fport, uint32_t laddr, uint16_t lport, uint64_t *visits)
{
	const struct dragonfly_pcb *p;
	uint32_t i;

	for (i = *conn_bucket(d, faddr, fport, laddr, lport); i != DPCB_NONE;
	    i = p->cnext) {
		++*visits;
		p = &d->pcb[i];
		if (p->faddr == faddr && p->laddr == laddr &&
		    p->fport == fport && p->lport == lport)
			return (true);
	}
	return (false);
}

void
dragonfly_conn_insert(struct dragonfly *d, uint32_t pcb)
{
	struct dragonfly_pcb *p;
	uint32_t *head;

	p = dragonfly_pcb(d, pcb);
	head = conn_bucket(d, p->faddr, p->fport, p->laddr, p->lport);
	p->cprev = DPCB_NONE;
	p->cnext = *head;
	if (*head != DPCB_NONE)
		d->pcb[*head].cprev = pcb;
	*head = pcb;
	count(d, p, 1);
	p->flags |= DPCB_INCONN;
}

void
dragonfly_conn_remove(struct dragonfly *d, uint32_t pcb)
{
	struct dragonfly_pcb *p;

	p = dragonfly_pcb(d, pcb);
	if (p->cnext != DPCB_NONE)
		d->pcb[p->cnext].cprev = p->cprev;
	if (p->cprev != DPCB_NONE)
		d->pcb[p->cprev].cnext = p->cnext;
	else
		*conn_bucket(d, p->faddr, p->fport, p->laddr, p->lport) =
		    p->cnext;
	p->flags &= (uint8_t)~DPCB_INCONN;
	count(d, p, -1);
}

/* ---- audit ------------------------------------------------------------- */

void
dragonfly_table_check(const struct dragonfly *d)
{
	const struct dragonfly_pcb *p;
	uint32_t b, i, n, nconn, nport, prev;
	unsigned port;

	pcb_heads_check(&d->heads);
	nconn = nport = 0;
	for (port = 0; port < 65536; port++) {
		prev = DPCB_NONE;
		n = nport;
		for (i = d->list[port]; i != DPCB_NONE; i = p->pnext) {
			p = dragonfly_pcb(d, i);
			KASSERT(p->lport == port && p->pprev == prev &&
			    (p->flags & DPCB_INPORT) != 0,
			    ("pcb %u is wrong on port %u", i, port));
			prev = i;
			nport++;
		}
		KASSERT(port_set_has(&d->heads.any, port) ==
		    (prev != DPCB_NONE) && nport - n == d->on[port],
		    ("head of port %u, %u pcbs", port, d->on[port]));
	}
	for (b = 0; b < d->cpus * d->hashsize; b++)
		for (i = d->conn[b]; i != DPCB_NONE; i = p->cnext) {
			p = dragonfly_pcb(d, i);
			KASSERT((p->flags & DPCB_INCONN) != 0 &&
			    conn_bucket(d, p->faddr, p->fport, p->laddr,
			    p->lport) == &d->conn[b],
			    ("pcb %u is wrong in bucket %u", i, b));
			nconn++;
		}
	for (i = 0; i < d->used; i++) {
		if ((d->pcb[i].flags & DPCB_FREE) != 0)
			continue;
		nport -= (d->pcb[i].flags & DPCB_INPORT) != 0;
		nconn -= (d->pcb[i].flags & DPCB_INCONN) != 0;
	}
	KASSERT(nport == 0 && nconn == 0, ("%d, %d pcbs too many in tables",
	    (int)nport, (int)nconn));
}
