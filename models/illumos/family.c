/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The illumos family: its table of functions, its properties.
 */

#include <glib.h>

#include "models/illumos/family.h"
#include "models/illumos/illumos.h"
#include "models/pcb/pages.h"

#define	BINDHASH	1024		/* TCP_BIND_FANOUT_SIZE */

static struct net *
illumos_new(const struct net_conf *c)
{
	struct illumos *s;

	s = g_new0(struct illumos, 1);
	s->search = c->search;
	s->hashsize = c->hashsize;
	s->free = CONN_NIL;
	s->random = true;
	illumos_table_init(s, BINDHASH);
	s->net.npcbs = &s->hashed;
	return (&s->net);
}

static void
illumos_free(struct net *n)
{
	struct illumos *s;

	s = illumos_of(n);
	illumos_table_fini(s);
	pcb_pages_free(s->conn, s->size * sizeof(*s->conn));
	g_free(s);
}

static void
set_random(struct net *n, uint64_t on)
{

	illumos_of(n)->random = on != 0;
}

static void
set_next_port(struct net *n, uint64_t port)
{

	illumos_of(n)->next_port = (unsigned)port;
}

static void
set_bindhash(struct net *n, uint64_t buckets)
{
	struct illumos *s;

	s = illumos_of(n);
	illumos_table_fini(s);
	illumos_table_init(s, net_round_down(MAX((uint32_t)buckets, 1)));
}

static void
set_epriv(struct net *n, uint64_t port, uint64_t on)
{
	struct illumos *s;

	s = illumos_of(n);
	if (port_set_has(&s->epriv, (unsigned)port) == (on != 0))
		return;
	if (on != 0)
		port_set_add(&s->epriv, (uint16_t)port);
	else
		port_set_remove(&s->epriv, (uint16_t)port);
}

static const struct net_knob knobs[] = {
	{ .name = "randomized", .max = 1, .set = set_random },
	{ .name = "lastport", .max = UINT16_MAX, .set = set_next_port },
	{ .name = "bindhash", .max = 65536, .early = true,
	    .set = set_bindhash },
	{ .name = "reserved", .max = 1, .set_at = set_epriv,
	    .max_at = UINT16_MAX },
	{ .name = NULL }
};

static unsigned
illumos_lastport(const struct net *n)
{

	return (illumos_of_const(n)->next_port);
}

static void
illumos_end(const struct net *n, uint32_t conn, struct net_end *end)
{
	const struct illumos_conn *c;

	c = illumos_conn(illumos_of_const(n), conn);
	*end = (struct net_end){ .laddr = c->laddr, .faddr = c->faddr,
	    .lport = c->lport, .fport = c->fport };
}

static unsigned
illumos_ports_busy(const struct net *n, uint16_t first, uint16_t last)
{

	return (port_set_count(&illumos_of_const(n)->heads.any, first,
	    last));
}

static unsigned
count_free(const struct net *n, const struct pcb_question *q,
    uint16_t first, uint16_t last)
{
	struct illumos *s;
	unsigned free, p;
	uint64_t unpaid;

	/* A memory of what was seen is no change of the tables. */
	s = (struct illumos *)(uintptr_t)n;
	free = 0;
	if (s->search == NET_SEARCH_INDEX)
		free = pcb_memos_count(&s->memos, q, first, last);
	else
		for (p = first; p <= last; p++)
			free += illumos_bind_find(s, q, (uint16_t)p,
			    &unpaid) == CONN_NIL;
	for (p = port_set_next(&s->epriv, first, last); p != PORT_NONE;
	    p = port_set_next(&s->epriv, p + 1, last))
		free -= illumos_bind_find(s, q, (uint16_t)p, &unpaid) ==
		    CONN_NIL;
	return (free);
}

static unsigned
illumos_ports_free(const struct net *n, uint16_t first, uint16_t last,
    uint32_t laddr)
{
	const struct pcb_question q = { .rule = ILLUMOS_BIND,
	    .laddr = laddr };

	return (count_free(n, &q, first, last));
}

/* From whatever source. */
static unsigned
illumos_tuples_free(const struct net *n, const struct port_query *pq)
{
	const struct pcb_question q = { .rule = ILLUMOS_QUICK,
	    .laddr = NET_ANY, .faddr = pq->faddr, .fport = pq->fport };

	return (count_free(n, &q, pq->first, pq->last));
}

static void
illumos_ports_by_laddr(const struct net *n, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned nladdrs, unsigned *busy)
{
	const struct port_addr *a;
	unsigned i;

	for (i = 0; i < nladdrs; i++) {
		a = port_addr_find(&illumos_of_const(n)->addrs, laddrs[i]);
		busy[i] = a == NULL ? 0 : port_set_count(&a->any, first,
		    last);
	}
}

static size_t
illumos_plist(const struct net *n, uint16_t lport, uint32_t *out, size_t max)
{
	const struct illumos *s;
	size_t len;
	uint32_t i;

	s = illumos_of_const(n);
	len = 0;
	for (i = s->list[lport]; i != CONN_NIL; i = s->conn[i].bnext) {
		if (len < max)
			out[len] = i;
		len++;
	}
	return (len);
}

static size_t
illumos_phash(const struct net *n, uint16_t lport, uint16_t *out, size_t max)
{

	return (pcb_heads_list(&illumos_of_const(n)->heads, lport, out, max));
}

static size_t
illumos_memory(const struct net *n)
{
	const struct illumos *s;

	s = illumos_of_const(n);
	return (sizeof(*s) - sizeof(s->net) + illumos_table_memory(s));
}

static void
illumos_check(const struct net *n)
{

	illumos_table_check(illumos_of_const(n));
}

const struct net_family net_family_illumos = {
	.name = "illumos",
	.any_hashsize = true,
	.new = illumos_new,
	.free = illumos_free,
	.socket = illumos_socket,
	.setopt = illumos_setopt,
	.bind = illumos_bind,
	.listen = illumos_listen,
	.connect = illumos_connect,
	.accept = illumos_accept,
	.close = illumos_close,
	.knobs = knobs,
	/* First conns of other ports. */
	.porthash_counts_pcbs = true,
	.pcb = illumos_end,
	.lastport = illumos_lastport,
	.ports_busy = illumos_ports_busy,
	.ports_free = illumos_ports_free,
	.ports_by_laddr = illumos_ports_by_laddr,
	.tuples_free = illumos_tuples_free,
	.plist = illumos_plist,
	.phash = illumos_phash,
	.memory = illumos_memory,
	.check = illumos_check
};
