/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Both ways of searching behind one interface.
 *
 * Left out:	nothing; this file decides nothing.
 */

#include <string.h>

#include <glib.h>

#include "models/net/addr.h"
#include "models/pcb/index.h"
#include "models/pcb/layout.h"
#include "models/pcb/scan.h"
#include "models/pcb/table.h"
#include "models/pcb/walk.h"
#include "models/ports/addr.h"
#include "sim/kassert.h"

void
pcb_table_init(struct pcb_table *t, const struct pcb_layout *layout,
    const struct net_conf *conf)
{

	memset(t, 0, sizeof(*t));
	t->layout = layout;
	pcb_pool_init(&t->pool, conf->npcbs_hint);
	pcb_group_init(&t->groups, conf->porthashsize, layout->lb_pending);
	if (conf->search != NET_SEARCH_WALK)
		t->index = pcb_index_new(layout, &t->pool, &t->groups, conf);
	if (conf->search != NET_SEARCH_INDEX)
		t->walk = pcb_walk_new(layout, &t->pool, &t->groups, conf);
}

void
pcb_table_fini(struct pcb_table *t)
{

	if (t->index != NULL)
		pcb_index_free(t->index);
	if (t->walk != NULL)
		pcb_walk_free(t->walk);
	pcb_group_fini(&t->groups);
	pcb_pool_fini(&t->pool);
}

size_t
pcb_table_memory(const struct pcb_table *t)
{

	return (t->pool.size * sizeof(*t->pool.pcb) +
	    pcb_group_memory(&t->groups) +
	    (t->index == NULL ? 0 : pcb_index_memory(t->index)) +
	    (t->walk == NULL ? 0 : pcb_walk_memory(t->walk)));
}

/* The index' visits against the walk's. */
static void
agree(const char *what, uint16_t lport, const struct net_visits *x,
    const struct net_visits *w)
{

	KASSERT(x->wilds == w->wilds && x->wild == w->wild && x->stops ==
	    w->stops && x->new_heads == w->new_heads && x->crowded ==
	    w->crowded, ("%s, port %u: index %ju %ju %ju %ju %ju, walk %ju "
	    "%ju %ju %ju %ju", what, lport, (uintmax_t)x->wilds,
	    (uintmax_t)x->wild, (uintmax_t)x->stops, (uintmax_t)x->new_heads,
	    (uintmax_t)x->crowded, (uintmax_t)w->wilds, (uintmax_t)w->wild,
	    (uintmax_t)w->stops, (uintmax_t)w->new_heads,
	    (uintmax_t)w->crowded));
	KASSERT(x->porthash == w->porthash && x->portlist == w->portlist &&
	    x->connhash == w->connhash, ("%s, port %u: index visits "
	    "%ju %ju %ju, walk %ju %ju %ju", what, lport,
	    (uintmax_t)x->porthash, (uintmax_t)x->portlist,
	    (uintmax_t)x->connhash, (uintmax_t)w->porthash,
	    (uintmax_t)w->portlist, (uintmax_t)w->connhash));
}

static void
group_join(struct pcb_table *t, struct pcb *p)
{

	if ((p->opts & NET_REUSEPORT_LB) == 0)
		return;
	switch (pcb_group_join(&t->groups, p->laddr, p->lport,
	    (p->flags & PCB_LISTENING) != 0)) {
	case PCB_GROUP_REFUSED:
		return;
	case PCB_GROUP_BORN:
		if (t->index != NULL)
			pcb_index_group(t->index, p->laddr, p->lport, true);
		break;
	default:
		break;
	}
	p->flags |= PCB_INGROUP;
	if (p->laddr == NET_ANY)
		p->flags |= PCB_GROUPANY;
}

static void
group_leave(struct pcb_table *t, struct pcb *p)
{
	uint32_t laddr;

	if ((p->flags & PCB_INGROUP) == 0)
		return;
	laddr = (p->flags & PCB_GROUPANY) != 0 ? NET_ANY : p->laddr;
	if (pcb_group_leave(&t->groups, laddr, p->lport, (p->flags &
	    PCB_LISTENING) != 0) == PCB_GROUP_GONE && t->index != NULL)
		pcb_index_group(t->index, laddr, p->lport, false);
	p->flags &= (uint8_t)~(PCB_INGROUP | PCB_GROUPANY);
}

static void
insert_both(struct pcb_table *t, uint32_t idx, struct net_visits *v)
{
	struct net_visits vw = { 0 }, vx = { 0 };

	pcb_index_insert(t->index, idx, &vx);
	pcb_walk_insert(t->walk, idx, &vw);
	agree("insert", pcb_get(&t->pool, idx)->lport, &vx, &vw);
	net_visits_add(v, &vx);
}

static struct pcb *
table_insert(struct pcb_table *t, uint32_t idx)
{
	struct pcb *p;

	p = pcb_get(&t->pool, idx);
	KASSERT((p->flags & (PCB_INHASH | PCB_FREE)) == 0 && p->lport != 0,
	    ("pcb %u inserted with flags %#x, port %u", idx, p->flags,
	    p->lport));
	p->flags |= PCB_INHASH;
	p->port_stamp = p->hash_stamp = ++t->pool.stamp;
	t->hashed++;
	return (p);
}

void
pcb_table_insert(struct pcb_table *t, uint32_t idx, struct net_visits *v)
{

	group_join(t, table_insert(t, idx));
	if (t->walk == NULL)
		pcb_index_insert(t->index, idx, v);
	else if (t->index == NULL)
		pcb_walk_insert(t->walk, idx, v);
	else
		insert_both(t, idx, v);
}

/* The index at once, the walk one after the other. */
static void
enter_both(struct pcb_table *t, uint32_t idx, const struct port_query *q,
    struct net_visits *v)
{
	struct net_visits vw = { 0 }, vx = { 0 };

	pcb_walk_insert(t->walk, idx, &vw);
	pcb_walk_unhash(t->walk, idx);
	pcb_index_enter(t->index, idx, q, &vx);
	agree("enter", pcb_get(&t->pool, idx)->lport, &vx, &vw);
	vw = (struct net_visits){ 0 };
	pcb_walk_hash(t->walk, idx, &vw);
	net_visits_add(v, &vx);
}

void
pcb_table_enter(struct pcb_table *t, uint32_t idx, const struct port_query *q,
    struct net_visits *v)
{

	if (t->index == NULL || t->index->first != NULL || t->layout->split ||
	    (pcb_get(&t->pool, idx)->opts & NET_REUSEPORT_LB) != 0) {
		pcb_table_insert(t, idx, v);
		pcb_table_rehash(t, idx, q->laddr, q->faddr, q->fport);
		return;
	}
	(void)table_insert(t, idx);
	t->pool.stamp++;
	if (t->walk == NULL)
		pcb_index_enter(t->index, idx, q, v);
	else
		enter_both(t, idx, q, v);
}

void
pcb_table_remove(struct pcb_table *t, uint32_t idx)
{
	struct pcb *p;

	p = pcb_get(&t->pool, idx);
	KASSERT((p->flags & PCB_INHASH) != 0, ("pcb %u is not hashed", idx));
	if (t->index != NULL)
		pcb_index_remove(t->index, idx);
	if (t->walk != NULL)
		pcb_walk_remove(t->walk, idx);
	group_leave(t, p);
	p->flags &= (uint8_t)~PCB_INHASH;
	t->hashed--;
}

void
pcb_table_rehash(struct pcb_table *t, uint32_t idx, uint32_t laddr,
    uint32_t faddr, uint16_t fport)
{
	struct net_visits none = { 0 };
	struct pcb *p;

	p = pcb_get(&t->pool, idx);
	KASSERT((p->flags & PCB_INHASH) != 0 && !pcb_connected(p) &&
	    faddr != NET_ANY, ("pcb %u rehashed with flags %#x", idx,
	    p->flags));
	if (t->layout->lb_pending)
		group_leave(t, p);
	if (t->index != NULL)
		pcb_index_unhash(t->index, idx);
	if (t->walk != NULL)
		pcb_walk_unhash(t->walk, idx);
	p->laddr = laddr;
	p->faddr = faddr;
	p->fport = fport;
	p->hash_stamp = ++t->pool.stamp;
	if (t->index != NULL)
		pcb_index_hash(t->index, idx, &none);
	if (t->walk != NULL)
		pcb_walk_hash(t->walk, idx, &none);
}

void
pcb_table_listen(struct pcb_table *t, uint32_t idx)
{
	struct pcb *p;

	p = pcb_get(&t->pool, idx);
	if ((p->flags & PCB_LISTENING) == 0 && t->layout->lb_pending &&
	    (p->flags & PCB_INGROUP) != 0)
		pcb_group_show(&t->groups, p->laddr, p->lport);
	p->flags |= PCB_LISTENING;
}

static uint32_t
walk_local(const struct pcb_table *t, const struct port_query *q,
    uint16_t lport, struct net_visits *v)
{
	uint32_t found;

	found = pcb_walk_local(t->walk, q, lport, false, v);
	if (found != PCB_NONE && pcb_connected(pcb_get(&t->pool, found)))
		found = PCB_CONNECTED;
	return (found);
}

uint32_t
pcb_table_local(const struct pcb_table *t, const struct port_query *q,
    uint16_t lport, struct net_visits *v)
{
	struct net_visits vw = { 0 }, vx = { 0 };
	uint32_t fw, fx;

	if (t->walk == NULL)
		return (pcb_index_local(t->index, q, lport, v));
	if (t->index == NULL)
		return (walk_local(t, q, lport, v));
	fx = pcb_index_local(t->index, q, lport, &vx);
	fw = walk_local(t, q, lport, &vw);
	agree("local", lport, &vx, &vw);
	KASSERT(fx == fw, ("local, port %u: index finds %u, walk %u", lport,
	    fx, fw));
	net_visits_add(v, &vx);
	return (fx);
}

bool
pcb_table_exact(const struct pcb_table *t, const struct port_query *q,
    uint16_t lport, struct net_visits *v)
{
	struct net_visits vw = { 0 }, vx = { 0 };
	bool fw, fx;

	if (t->walk == NULL)
		return (pcb_index_tuple(t->index, q, lport, false, v));
	if (t->index == NULL)
		return (pcb_walk_tuple(t->walk, q, lport, false, v));
	fx = pcb_index_tuple(t->index, q, lport, false, &vx);
	fw = pcb_walk_tuple(t->walk, q, lport, false, &vw);
	agree("exact", lport, &vx, &vw);
	KASSERT(fx == fw, ("exact, port %u: index finds %d, walk %d", lport,
	    fx, fw));
	net_visits_add(v, &vx);
	return (fx);
}

uint32_t
pcb_table_connected(const struct pcb_table *t, const struct port_query *q,
    uint16_t lport)
{
	uint32_t fw, fx;

	fx = t->index == NULL ? PCB_NONE : pcb_index_connected(t->index, q,
	    lport);
	fw = t->walk == NULL ? PCB_NONE : pcb_walk_connected(t->walk, q,
	    lport);
	KASSERT(t->index == NULL || t->walk == NULL || fx == fw,
	    ("connected, port %u: index finds %u, walk %u", lport, fx, fw));
	return (t->index == NULL ? fw : fx);
}

void
pcb_table_wild(const struct pcb_table *t, uint16_t lport, struct net_visits *v)
{
	struct net_visits vw = { 0 }, vx = { 0 };

	if (t->index != NULL)
		vx.connhash = pcb_buckets_len(pcb_index_wild(t->index),
		    pcb_index_wild_bucket(t->index, lport));
	if (t->walk != NULL)
		vw.connhash = pcb_walk_wild(t->walk, lport);
	if (t->index != NULL && t->walk != NULL)
		agree("wild", lport, &vx, &vw);
	net_visits_add(v, t->index != NULL ? &vx : &vw);
}

void
pcb_table_search(const struct pcb_table *t, const struct port_query *q,
    const struct port_run *run, struct port_found *f)
{
	struct port_found fw;

	KASSERT(q->first <= q->last && run->start >= q->first &&
	    run->start <= q->last && run->step > 0 && run->count > 0,
	    ("run from %u step %u of %u in %u-%u", run->start, run->step,
	    run->count, q->first, q->last));
	if (t->index == NULL) {
		pcb_walk_search(t->walk, q, run, f);
		return;
	}
	pcb_scan_run(t->index, q, run, f);
	if (t->walk == NULL)
		return;
	pcb_walk_search(t->walk, q, run, &fw);
	KASSERT(f->found == fw.found && f->lport == fw.lport &&
	    f->iters == fw.iters, ("search, rule %d: index %d port %u after "
	    "%ju, walk %d port %u after %ju", (int)q->rule, f->found,
	    f->lport, (uintmax_t)f->iters, fw.found, fw.lport,
	    (uintmax_t)fw.iters));
	agree("search", f->lport, &f->visits, &fw.visits);
}

static unsigned
walk_free(const struct pcb_table *t, const struct port_query *q)
{
	struct net_visits v = { 0 };
	unsigned n, p;

	n = 0;
	for (p = q->first; p <= q->last; p++)
		if (q->rule == PORT_RULE_TUPLE)
			n += !pcb_walk_tuple(t->walk, q, (uint16_t)p, true,
			    &v);
		else
			n += pcb_walk_local(t->walk, q, (uint16_t)p, true,
			    &v) == PCB_NONE;
	return (n);
}

unsigned
pcb_table_free(const struct pcb_table *t, const struct port_query *q)
{
	unsigned n, nw;

	if (t->index == NULL)
		return (walk_free(t, q));
	n = pcb_scan_free(t->index, q);
	if (t->walk != NULL) {
		nw = walk_free(t, q);
		KASSERT(n == nw, ("free ports: index %u, walk %u", n, nw));
	}
	return (n);
}

unsigned
pcb_table_busy(const struct pcb_table *t, uint16_t first, uint16_t last)
{
	unsigned n, p;

	if (t->index != NULL)
		return (port_set_count(&t->index->any, first, last));
	n = 0;
	for (p = first; p <= last; p++)
		n += pcb_walk_plist(t->walk, (uint16_t)p, NULL, 0) > 0;
	return (n);
}

static void
index_by_laddr(const struct pcb_index *x, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned n, unsigned *busy)
{
	const struct port_addr *a;
	unsigned i;

	for (i = 0; i < n; i++) {
		a = port_addr_find(&x->addrs, laddrs[i]);
		busy[i] = a == NULL ? 0 : port_set_count(&a->any, first,
		    last);
	}
}

/* One walk over the lists for all addresses. */
static void
walk_by_laddr(const struct pcb_table *t, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned n, unsigned *busy)
{
	struct net_addr_map numbers;
	uint32_t *list, i, number;
	unsigned *port, p;
	size_t len, max;

	max = 0;
	for (p = first; p <= last; p++) {
		len = pcb_walk_plist(t->walk, (uint16_t)p, NULL, 0);
		max = MAX(max, len);
	}
	list = g_new(uint32_t, max);
	port = g_new0(unsigned, n);	/* on which it was seen last */
	net_addr_map_init(&numbers);
	memset(busy, 0, n * sizeof(*busy));
	for (i = 0; i < n; i++)
		net_addr_map_set(&numbers, laddrs[i], i);
	for (p = first; p <= last; p++) {
		len = pcb_walk_plist(t->walk, (uint16_t)p, list, max);
		for (i = 0; i < len; i++) {
			if (!net_addr_map_get(&numbers, pcb_get(&t->pool,
			    list[i])->laddr, &number) || port[number] == p)
				continue;
			port[number] = p;
			busy[number]++;
		}
	}
	net_addr_map_fini(&numbers);
	g_free(port);
	g_free(list);
}

void
pcb_table_by_laddr(const struct pcb_table *t, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned n, unsigned *busy)
{
	unsigned *walked;

	if (t->index != NULL)
		index_by_laddr(t->index, first, last, laddrs, n, busy);
	else
		walk_by_laddr(t, first, last, laddrs, n, busy);
	if (t->index == NULL || t->walk == NULL)
		return;
	walked = g_new(unsigned, n);
	walk_by_laddr(t, first, last, laddrs, n, walked);
	KASSERT(memcmp(busy, walked, n * sizeof(*busy)) == 0,
	    ("busy ports by address: index and walk differ"));
	g_free(walked);
}

size_t
pcb_table_list(const struct pcb_table *t, uint16_t lport)
{

	return (t->index != NULL ? port_sums_get(&t->index->length, lport) :
	    pcb_walk_list(t->walk, lport));
}

size_t
pcb_table_plist(const struct pcb_table *t, uint16_t lport, uint32_t *out,
    size_t max)
{

	return (t->walk != NULL ? pcb_walk_plist(t->walk, lport, out, max) :
	    pcb_index_plist(t->index, lport, out, max));
}

size_t
pcb_table_phash(const struct pcb_table *t, uint16_t lport, uint16_t *out,
    size_t max)
{

	return (t->walk != NULL ? pcb_walk_phash(t->walk, lport, out, max) :
	    pcb_index_phash(t->index, lport, out, max));
}

void
pcb_table_check(const struct pcb_table *t)
{

	if (t->index != NULL)
		pcb_index_check(t->index);
	if (t->walk != NULL)
		pcb_walk_check(t->walk);
}
