/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The tables, the allocator and the sysctls of one simulated kernel.
 */

#include <glib.h>

#include "models/freebsd/core.h"
#include "models/pcb/layout.h"
#include "models/stacks/stack.h"
#include "sim/kassert.h"

static uint32_t
round_down(uint32_t n)
{

	while ((n & (n - 1)) != 0)
		n &= n - 1;
	return (n);
}

/* The allocator's arc4random(): the caller's, written down. */
static uint32_t
net_draw(void *arg)
{
	struct net *n;
	uint32_t value;

	n = arg;
	value = n->draw(n->draw_arg);
	if (n->op->ndraws < NET_MAXDRAWS)
		n->op->draws[n->op->ndraws] = value;
	n->op->ndraws++;
	return (value);
}

struct net *
net_new(const struct net_conf *conf)
{
	struct net_conf c;
	struct net *n;

	KASSERT(conf->hashsize > 0 && conf->porthashsize > 0,
	    ("hash sizes %u, %u", conf->hashsize, conf->porthashsize));
	c = *conf;
	c.hashsize = round_down(c.hashsize);
	c.porthashsize = round_down(c.porthashsize);
	if (c.porthashsize > 65536)
		c.porthashsize = 65536;
	n = g_new0(struct net, 1);
	n->stack = c.stack;
	n->layout = c.stack->layout;
	n->allocator = c.stack->allocator;
	n->state = g_malloc0(n->allocator->state_size);
	n->conf = (struct allocator_conf){ .first = c.first, .last = c.last,
	    .randomized = c.randomized, .randomcps = c.randomcps,
	    .randomtime = c.randomtime, .draw = net_draw, .draw_arg = n };
	n->unique = c.require_unique_port;
	n->draw = c.draw;
	n->draw_arg = c.draw_arg;
	n->hash_seed = (uint32_t)c.hash_seed;
	n->hash_mask = c.hashsize - 1;
	n->port_mask = c.porthashsize - 1;
	if (c.stack->has_lport_cache)
		n->known = port_cache_new();
	pcb_table_init(&n->table, n->layout, &c);
	net_addr_map_init(&n->laddrs);
	net_addr_map_init(&n->routes);
	return (n);
}

void
net_free(struct net *n)
{

	pcb_table_fini(&n->table);
	net_addr_map_fini(&n->laddrs);
	net_addr_map_fini(&n->routes);
	port_cache_free(n->known);
	g_free(n->state);
	g_free(n);
}

uint32_t
net_hashsize_auto(uint64_t maxsockets)
{
	uint64_t n;

	for (n = 1; n <= maxsockets / 4; n *= 2)
		continue;
	return (n < 512 ? 512 : (uint32_t)n);
}

void
net_laddr_add(struct net *n, uint32_t laddr)
{

	KASSERT(laddr != NET_ANY, ("local address *"));
	net_addr_map_set(&n->laddrs, laddr, 0);
	if (n->first_laddr == NET_ANY)
		n->first_laddr = n->primary = laddr;
}

bool
net_laddr_has(const struct net *n, uint32_t laddr)
{
	uint32_t unused;

	return (net_addr_map_get(&n->laddrs, laddr, &unused));
}

void
net_primary_set(struct net *n, uint32_t laddr)
{

	KASSERT(net_laddr_has(n, laddr), ("primary is not a local address"));
	n->primary = laddr;
}

void
net_route_set(struct net *n, uint32_t faddr, uint32_t laddr)
{

	net_addr_map_set(&n->routes, faddr, laddr);
}

struct pcb *
net_pcb(const struct net *n, uint32_t pcb)
{
	struct pcb *p;

	KASSERT(pcb < n->table.pool.used, ("no pcb %u", pcb));
	p = pcb_get(&n->table.pool, pcb);
	KASSERT((p->flags & PCB_FREE) == 0, ("pcb %u is free", pcb));
	return (p);
}

void
net_range(const struct net *n, uint16_t *first, uint16_t *last)
{

	*first = MIN(n->conf.first, n->conf.last);
	*last = MAX(n->conf.first, n->conf.last);
}

void
net_tick(struct net *n)
{

	if (n->stack->has_tick && n->allocator->tick != NULL)
		n->allocator->tick(n->state, &n->conf);
}

void
net_set_range(struct net *n, uint16_t first, uint16_t last)
{

	n->conf.first = first;
	n->conf.last = last;
}

void
net_set_randomized(struct net *n, bool on)
{

	n->conf.randomized = on;
}

void
net_set_stoprandom(struct net *n, unsigned seconds)
{

	if (n->allocator->set_stoprandom != NULL)
		n->allocator->set_stoprandom(n->state, seconds);
}

void
net_set_lastport(struct net *n, uint16_t lport)
{

	if (n->allocator->set_lastport != NULL)
		n->allocator->set_lastport(n->state, lport);
}

void
net_set_unique(struct net *n, bool on)
{

	n->unique = on;
}

uint32_t
net_pcb_laddr(const struct net *n, uint32_t pcb)
{

	return (net_pcb(n, pcb)->laddr);
}

uint16_t
net_pcb_lport(const struct net *n, uint32_t pcb)
{

	return (net_pcb(n, pcb)->lport);
}

uint32_t
net_pcb_faddr(const struct net *n, uint32_t pcb)
{

	return (net_pcb(n, pcb)->faddr);
}

uint16_t
net_pcb_fport(const struct net *n, uint32_t pcb)
{

	return (net_pcb(n, pcb)->fport);
}

unsigned
net_lastport(const struct net *n)
{

	return (n->allocator->lastport == NULL ? 0 :
	    n->allocator->lastport(n->state));
}

unsigned
net_stoprandom(const struct net *n)
{

	return (n->allocator->stoprandom == NULL ? 0 :
	    n->allocator->stoprandom(n->state));
}

size_t
net_npcbs(const struct net *n)
{

	return (n->table.hashed);
}

unsigned
net_ports_total(const struct net *n)
{
	uint16_t first, last;

	net_range(n, &first, &last);
	return (last - first + 1u);
}

unsigned
net_ports_busy(const struct net *n)
{
	uint16_t first, last;

	net_range(n, &first, &last);
	return (pcb_table_busy(&n->table, first, last));
}

unsigned
net_ports_free(const struct net *n, uint32_t laddr)
{
	struct port_query q = { .rule = PORT_RULE_LOCAL, .laddr = laddr };

	net_range(n, &q.first, &q.last);
	return (pcb_table_free(&n->table, &q));
}

void
net_ports_by_laddr(const struct net *n, const uint32_t *laddrs,
    unsigned nladdrs, unsigned *busy)
{
	uint16_t first, last;

	net_range(n, &first, &last);
	pcb_table_by_laddr(&n->table, first, last, laddrs, nladdrs, busy);
}

unsigned
net_tuples_free(const struct net *n, uint32_t laddr, uint32_t faddr,
    uint16_t fport)
{
	struct port_query q = { .rule = PORT_RULE_TUPLE, .laddr = laddr,
	    .faddr = faddr, .fport = fport };

	net_range(n, &q.first, &q.last);
	return (pcb_table_free(&n->table, &q));
}

size_t
net_plist(const struct net *n, uint16_t lport, uint32_t *out, size_t max)
{

	return (pcb_table_plist(&n->table, lport, out, max));
}

size_t
net_phash(const struct net *n, uint16_t lport, uint16_t *out, size_t max)
{

	return (pcb_table_phash(&n->table, lport, out, max));
}

size_t
net_memory(const struct net *n)
{

	return (sizeof(*n) + n->allocator->state_size +
	    (n->laddrs.size + n->routes.size) * sizeof(*n->laddrs.pair) +
	    pcb_table_memory(&n->table) + port_cache_memory(n->known));
}

void
net_check(const struct net *n)
{

	pcb_table_check(&n->table);
}
