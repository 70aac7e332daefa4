/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The XNU family: its tables, its sysctls.
 *
 * Models:	INP_PCBHASH(), INP_PCBPORTHASH() of bsd/netinet/in_pcb.h;
 *		in_pcblookup_hash(), bsd/netinet/in_pcb.c, xnu-11417.101.15
 *		(2025-05-01).  Table sizes are CONFIG_TCBHASHSIZE each: 4096.
 */

#include <glib.h>

#include "models/pcb/layout.h"
#include "models/xnu/family.h"
#include "models/xnu/xnu.h"
#include "sim/kassert.h"

/* The address is the raw in_addr_t of a little-endian machine. */
static uint32_t
key(uint32_t faddr, uint32_t seed)
{

	(void)seed;
	return (faddr ^ (faddr >> 16));
}

static const struct pcb_layout layout = {
	.name = "one-table",
	.source = "in_pcbinshash(), in_pcblookup_hash(), bsd/netinet/in_pcb.c, "
	    "xnu-11417.101.15",
	.stop_at_match = true,
	.key = key
};

struct pcb *
xnu_pcb(const struct xnu *x, uint32_t pcb)
{
	struct pcb *p;

	KASSERT(pcb < x->table.pool.used, ("no pcb %u", pcb));
	p = pcb_get(&x->table.pool, pcb);
	KASSERT((p->flags & PCB_FREE) == 0, ("pcb %u is free", pcb));
	return (p);
}

static struct net *
xnu_new(const struct net_conf *c)
{
	struct xnu *x;

	x = g_new0(struct xnu, 1);
	pcb_table_init(&x->table, &layout, c);
	x->net.npcbs = &x->table.hashed;
	return (&x->net);
}

static void
xnu_free(struct net *n)
{
	struct xnu *x;

	x = xnu_of(n);
	pcb_table_fini(&x->table);
	g_free(x);
}

static void
set_random(struct net *n, uint64_t on)
{

	xnu_of(n)->random = on != 0;
}

static void
set_lastport(struct net *n, uint64_t lport)
{

	xnu_of(n)->lastport = (uint16_t)lport;
}

static void
set_restricted(struct net *n, uint64_t port, uint64_t on)
{
	struct xnu *x;

	x = xnu_of(n);
	if (port_set_has(&x->restricted, (unsigned)port) == (on != 0))
		return;
	if (on != 0)
		port_set_add(&x->restricted, (uint16_t)port);
	else
		port_set_remove(&x->restricted, (uint16_t)port);
}

static const struct net_knob knobs[] = {
	{ .name = "randomized", .max = 1, .set = set_random },
	{ .name = "lastport", .max = UINT16_MAX, .set = set_lastport },
	{ .name = "reserved", .max = 1, .set_at = set_restricted,
	    .max_at = UINT16_MAX },
	{ .name = NULL }
};

static unsigned
xnu_lastport(const struct net *n)
{

	return (xnu_of_const(n)->lastport);
}

static void
xnu_end(const struct net *n, uint32_t pcb, struct net_end *end)
{
	const struct pcb *p;

	p = xnu_pcb(xnu_of_const(n), pcb);
	*end = (struct net_end){ .laddr = p->laddr, .faddr = p->faddr,
	    .lport = p->lport, .fport = p->fport };
}

static unsigned
xnu_ports_busy(const struct net *n, uint16_t first, uint16_t last)
{

	return (pcb_table_busy(&xnu_of_const(n)->table, first, last));
}

static unsigned
xnu_ports_free(const struct net *n, uint16_t first, uint16_t last,
    uint32_t laddr)
{
	const struct port_query q = { .rule = PORT_RULE_LOCAL, .laddr = laddr,
	    .first = first, .last = last };
	const struct xnu *x;
	unsigned free, p;

	x = xnu_of_const(n);
	free = pcb_table_free(&x->table, &q);
	/* Those that are restricted and held are not counted already. */
	for (p = port_set_next(&x->restricted, first, last); p != PORT_NONE;
	    p = port_set_next(&x->restricted, p + 1, last)) {
		struct net_visits unpaid = { 0 };

		free -= pcb_table_local(&x->table, &q, (uint16_t)p,
		    &unpaid) == PCB_NONE;
	}
	return (free);
}

static void
xnu_ports_by_laddr(const struct net *n, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned nladdrs, unsigned *busy)
{

	pcb_table_by_laddr(&xnu_of_const(n)->table, first, last, laddrs,
	    nladdrs, busy);
}

/* An unbound connect() does not ask for its tuple: it wants an unused port. */
static unsigned
xnu_tuples_free(const struct net *n, const struct port_query *q)
{

	return (xnu_ports_free(n, q->first, q->last, NET_ANY));
}

static size_t
xnu_plist(const struct net *n, uint16_t lport, uint32_t *out, size_t max)
{

	return (pcb_table_plist(&xnu_of_const(n)->table, lport, out, max));
}

static size_t
xnu_phash(const struct net *n, uint16_t lport, uint16_t *out, size_t max)
{

	return (pcb_table_phash(&xnu_of_const(n)->table, lport, out, max));
}

static size_t
xnu_memory(const struct net *n)
{
	const struct xnu *x;

	x = xnu_of_const(n);
	return (sizeof(*x) - sizeof(x->net) + pcb_table_memory(&x->table));
}

static void
xnu_check(const struct net *n)
{

	pcb_table_check(&xnu_of_const(n)->table);
}

const struct net_family net_family_xnu = {
	.name = "xnu",
	.new = xnu_new,
	.free = xnu_free,
	.socket = xnu_socket,
	.setopt = xnu_setopt,
	.bind = xnu_bind,
	.listen = xnu_listen,
	.connect = xnu_connect,
	.accept = xnu_accept,
	.close = xnu_close,
	.knobs = knobs,
	.pcb = xnu_end,
	.lastport = xnu_lastport,
	.ports_busy = xnu_ports_busy,
	.ports_free = xnu_ports_free,
	.ports_by_laddr = xnu_ports_by_laddr,
	.tuples_free = xnu_tuples_free,
	.plist = xnu_plist,
	.phash = xnu_phash,
	.memory = xnu_memory,
	.check = xnu_check
};
