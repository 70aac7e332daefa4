/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The NetBSD family: its tables, its knobs.
 *
 * Models:	in_pcbinit(), sys/netinet/in_pcb.c 1.155; the sysctls of
 *		net.inet.ip, NetBSD-current of 2015-02.
 */

#include <glib.h>

#include "models/netbsd/family.h"
#include "models/netbsd/netbsd.h"
#include "sim/kassert.h"

static struct net *
netbsd_new(const struct net_conf *c)
{
	struct netbsd *nb;

	nb = g_new0(struct netbsd, 1);
	flat_init(&nb->table, c->search, c->porthashsize, c->hashsize, NULL);
	nb->lastport = MAX(c->first, c->last);
	nb->net.npcbs = &nb->table.hashed;
	return (&nb->net);
}

static void
netbsd_free(struct net *n)
{
	struct netbsd *nb;

	nb = netbsd_of(n);
	flat_fini(&nb->table);
	g_free(nb);
}

/* ---- knobs ------------------------------------------------------------- */

static void
set_algo(struct net *n, uint64_t algo)
{

	netbsd_of(n)->algo = (enum netbsd_algo)algo;
}

static void
set_lastport(struct net *n, uint64_t next)
{
	struct netbsd *nb;

	nb = netbsd_of(n);
	nb->next[nb->algo] = (uint16_t)next;
}

static void
set_reserved(struct net *n, uint64_t port, uint64_t on)
{
	struct netbsd *nb;

	nb = netbsd_of(n);
	if (port_set_has(&nb->reserve, (unsigned)port) == (on != 0))
		return;
	if (on != 0)
		port_set_add(&nb->reserve, (uint16_t)port);
	else
		port_set_remove(&nb->reserve, (uint16_t)port);
}

static const struct net_knob knobs[] = {
	{ .name = "algo", .max = NETBSD_NALGOS - 1,
	    .words = netbsd_algo_names, .set = set_algo },
	{ .name = "lastport", .max = UINT16_MAX, .set = set_lastport },
	{ .name = "reserved", .max = 1, .set_at = set_reserved,
	    .max_at = UINT16_MAX },
	{ .name = NULL }
};

static unsigned
netbsd_lastport(const struct net *n)
{
	const struct netbsd *nb;

	nb = netbsd_of_const(n);
	return (nb->next[nb->algo]);
}

/* ---- state ------------------------------------------------------------- */

static void
netbsd_end(const struct net *n, uint32_t pcb, struct net_end *end)
{
	const struct flat_pcb *p;

	p = flat_get(&netbsd_of_const(n)->table, pcb);
	*end = (struct net_end){ .laddr = p->laddr, .faddr = p->faddr,
	    .lport = p->lport, .fport = p->fport };
}

static unsigned
netbsd_ports_free(const struct net *n, uint16_t first, uint16_t last,
    uint32_t laddr)
{
	const struct netbsd *nb;
	struct flat_query q;

	nb = netbsd_of_const(n);
	q = netbsd_query(nb, laddr);
	q.first = first;
	q.last = last;
	return (flat_ports_free(&nb->table, &q));
}

static unsigned
netbsd_ports_busy(const struct net *n, uint16_t first, uint16_t last)
{
	const struct flat_query q = { .laddr = NET_ANY, .wild = true,
	    .first = first, .last = last };

	return (last - first + 1u -
	    flat_ports_free(&netbsd_of_const(n)->table, &q));
}

static void
netbsd_ports_by_laddr(const struct net *n, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned nladdrs, unsigned *busy)
{

	flat_ports_by_laddr(&netbsd_of_const(n)->table, first, last, laddrs,
	    nladdrs, busy);
}

/* An unbound connect() knows its address with hash and doublehash only. */
static unsigned
netbsd_tuples_free(const struct net *n, const struct port_query *q)
{
	const struct netbsd *nb;

	nb = netbsd_of_const(n);
	return (netbsd_ports_free(n, q->first, q->last,
	    nb->algo == NETBSD_HASH || nb->algo == NETBSD_DOUBLEHASH ?
	    q->laddr : NET_ANY));
}

/*
 * Half a bucket: a tuple that is found goes to the front, so this is right
 * where connections take turns, and too much where few have all the traffic.
 */
static uint64_t
netbsd_inbound_visits(const struct net *n)
{
	const struct flat *f;

	f = &netbsd_of_const(n)->table;
	return (f->connected / f->nconn / 2 + 1);
}

static size_t
netbsd_plist(const struct net *n, uint16_t lport, uint32_t *out, size_t max)
{

	return (flat_plist(&netbsd_of_const(n)->table, lport, out, max));
}

static size_t
netbsd_phash(const struct net *n, uint16_t lport, uint16_t *out, size_t max)
{

	return (flat_phash(&netbsd_of_const(n)->table, lport, out, max));
}

static size_t
netbsd_memory(const struct net *n)
{
	const struct netbsd *nb;

	nb = netbsd_of_const(n);
	return (sizeof(*nb) - sizeof(nb->net) + flat_memory(&nb->table));
}

static void
netbsd_check(const struct net *n)
{

	flat_check(&netbsd_of_const(n)->table);
}

const struct net_family net_family_netbsd = {
	.name = "netbsd",
	.new = netbsd_new,
	.free = netbsd_free,
	.socket = netbsd_socket,
	.setopt = netbsd_setopt,
	.bind = netbsd_bind,
	.listen = netbsd_listen,
	.connect = netbsd_connect,
	.accept = netbsd_accept,
	.close = netbsd_close,
	.knobs = knobs,
	.porthash_counts_pcbs = true,
	.inbound_visits = netbsd_inbound_visits,
	.pcb = netbsd_end,
	.lastport = netbsd_lastport,
	.ports_busy = netbsd_ports_busy,
	.ports_free = netbsd_ports_free,
	.ports_by_laddr = netbsd_ports_by_laddr,
	.tuples_free = netbsd_tuples_free,
	.plist = netbsd_plist,
	.phash = netbsd_phash,
	.memory = netbsd_memory,
	.check = netbsd_check
};
