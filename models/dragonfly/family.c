/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The DragonFly family: its table of functions, its sysctls.
 */

#include <glib.h>

#include "models/dragonfly/dragonfly.h"
#include "models/dragonfly/family.h"
#include "models/ports/set.h"
#include "models/pcb/pages.h"

static struct net *
dragonfly_new(const struct net_conf *c)
{
	struct dragonfly *d;

	d = g_new0(struct dragonfly, 1);
	d->search = c->search;
	d->hashsize = c->hashsize;
	d->free = DPCB_NONE;
	dragonfly_table_init(d, 1);
	d->net.npcbs = &d->hashed;
	return (&d->net);
}

static void
dragonfly_free(struct net *n)
{
	struct dragonfly *d;

	d = dragonfly_of(n);
	dragonfly_table_fini(d);
	pcb_pages_free(d->pcb, d->size * sizeof(*d->pcb));
	g_free(d);
}

static void
set_cpus(struct net *n, uint64_t cpus)
{
	struct dragonfly *d;

	d = dragonfly_of(n);
	dragonfly_table_fini(d);
	dragonfly_table_init(d, MAX((unsigned)cpus, 1));
}

static void
set_cpu(struct net *n, uint64_t cpu)
{

	net_cpu_set(n, (unsigned)cpu);
}

static void
set_trycount(struct net *n, uint64_t tries)
{

	dragonfly_of(n)->trycount = (unsigned)tries;
}

static const struct net_knob knobs[] = {
	{ .name = "cpus", .max = NET_MAXCPUS, .early = true,
	    .set = set_cpus },
	{ .name = "cpu", .max = NET_MAXCPUS - 1, .set = set_cpu },
	{ .name = "trycount", .max = UINT16_MAX, .set = set_trycount },
	{ .name = NULL }
};

static void
dragonfly_end(const struct net *n, uint32_t pcb, struct net_end *end)
{
	const struct dragonfly_pcb *p;

	p = dragonfly_pcb(dragonfly_of_const(n), pcb);
	*end = (struct net_end){ .laddr = p->laddr, .lport = p->lport };
	/* What a failed connect() left behind is no connection. */
	if ((p->flags & DPCB_INCONN) != 0) {
		end->faddr = p->faddr;
		end->fport = p->fport;
	}
}

static unsigned
dragonfly_ports_busy(const struct net *n, uint16_t first, uint16_t last)
{

	return (port_set_count(&dragonfly_of_const(n)->heads.any, first,
	    last));
}

static unsigned
count_free(struct dragonfly *d, const struct pcb_question *q, uint16_t first,
    uint16_t last)
{
	unsigned n, p;
	uint64_t unpaid;

	if (d->search == NET_SEARCH_INDEX)
		return (pcb_memos_count(&d->by_port, q, first, last));
	n = 0;
	for (p = first; p <= last; p++)
		n += dragonfly_port_find(d, q, (uint16_t)p, &unpaid) ==
		    DPCB_NONE;
	return (n);
}

/* A memory of what was seen is no change of the tables. */
static struct dragonfly *
memory_of(const struct net *n)
{

	return ((struct dragonfly *)(uintptr_t)n);
}

static unsigned
dragonfly_ports_free(const struct net *n, uint16_t first, uint16_t last,
    uint32_t laddr)
{
	const struct pcb_question q = { .rule = DRAGONFLY_LOCAL,
	    .laddr = laddr };

	return (count_free(memory_of(n), &q, first, last));
}

static unsigned
dragonfly_tuples_free(const struct net *n, const struct port_query *pq)
{
	const struct pcb_question q = { .rule = DRAGONFLY_REMOTE,
	    .laddr = pq->laddr, .faddr = pq->faddr, .fport = pq->fport };

	return (count_free(memory_of(n), &q, pq->first, pq->last));
}

static void
dragonfly_ports_by_laddr(const struct net *n, uint16_t first, uint16_t last,
    const uint32_t *laddrs, unsigned nladdrs, unsigned *busy)
{
	const struct port_addr *a;
	unsigned i;

	for (i = 0; i < nladdrs; i++) {
		a = port_addr_find(&dragonfly_of_const(n)->addrs, laddrs[i]);
		busy[i] = a == NULL ? 0 : port_set_count(&a->any, first,
		    last);
	}
}

static size_t
dragonfly_plist(const struct net *n, uint16_t lport, uint32_t *out,
    size_t max)
{
	const struct dragonfly *d;
	size_t len;
	uint32_t i;

	d = dragonfly_of_const(n);
	len = 0;
	for (i = d->list[lport]; i != DPCB_NONE; i = d->pcb[i].pnext) {
		if (len < max)
			out[len] = i;
		len++;
	}
	return (len);
}

static size_t
dragonfly_phash(const struct net *n, uint16_t lport, uint16_t *out,
    size_t max)
{

	return (pcb_heads_list(&dragonfly_of_const(n)->heads, lport, out,
	    max));
}

static size_t
dragonfly_memory(const struct net *n)
{
	const struct dragonfly *d;

	d = dragonfly_of_const(n);
	return (sizeof(*d) - sizeof(d->net) + dragonfly_table_memory(d));
}

static void
dragonfly_check(const struct net *n)
{

	dragonfly_table_check(dragonfly_of_const(n));
}

const struct net_family net_family_dragonfly = {
	.name = "dragonfly",
	.new = dragonfly_new,
	.free = dragonfly_free,
	.socket = dragonfly_socket,
	.setopt = dragonfly_setopt,
	.bind = dragonfly_bind,
	.listen = dragonfly_listen,
	.connect = dragonfly_connect,
	.accept = dragonfly_accept,
	.close = dragonfly_close,
	.knobs = knobs,
	.pcb = dragonfly_end,
	.ports_busy = dragonfly_ports_busy,
	.ports_free = dragonfly_ports_free,
	.ports_by_laddr = dragonfly_ports_by_laddr,
	.tuples_free = dragonfly_tuples_free,
	.plist = dragonfly_plist,
	.phash = dragonfly_phash,
	.memory = dragonfly_memory,
	.check = dragonfly_check
};
