/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What proposals remember of ports: which questions are known to be full, and
 * bitmaps; see models/proposals/full-cache.c and bitmap.c.
 *
 * Theory:	a pcb is told here once it is in the tables as it will stay,
 *		and before it leaves them or is connected.
 *
 *		Bitmaps: one of 8 KiB for each address, of the ports that it is
 *		on, and one of those that it holds unconnected; and one for
 *		each destination to which PCB_DEST_BIG connections or more go.
 *		A search in them looks at words of 64 ports and touches lines
 *		of 512, in as many bitmaps as its rule asks.  Decisions are
 *		those of the tables; only what is touched is counted otherwise.
 */

#include <glib.h>

#include "models/freebsd/freebsd.h"
#include "models/pcb/dest.h"
#include "models/ports/addr.h"

#define	BITMAP_BYTES	8192
#define	BITMAP_WORD	64u		/* ports */
#define	BITMAP_LINE	512u
/* A destination's record in a hash: its key, a count, two links. */
#define	DEST_BYTES	40
/* Of one hash more: a bucket, and two pointers in a pcb. */
#define	LIST_HEAD_BYTES	8
#define	LIST_ENTRY_BYTES 16

struct freebsd_memory {
	struct port_full *full;		/* NULL: not remembered */
	bool		bits;
	struct port_addr_table addrs;	/* numbers of local addresses, for */
	struct pcb_dest_table dests;	/* .. destinations */
};

struct freebsd_memory *
freebsd_memory_new(const struct freebsd *f)
{
	struct freebsd_memory *m;

	if (!freebsd_does(f, PROPOSAL_FULL_CACHE) &&
	    !freebsd_does(f, PROPOSAL_BITMAP))
		return (NULL);
	m = g_new0(struct freebsd_memory, 1);
	if (freebsd_does(f, PROPOSAL_FULL_CACHE))
		m->full = g_new0(struct port_full, 1);
	m->bits = freebsd_does(f, PROPOSAL_BITMAP);
	port_addr_init(&m->addrs);
	pcb_dest_init(&m->dests);
	return (m);
}

void
freebsd_memory_free(struct freebsd_memory *m)
{

	if (m == NULL)
		return;
	g_free(m->full);
	pcb_dest_fini(&m->dests);
	port_addr_fini(&m->addrs);
	g_free(m);
}

size_t
freebsd_memory_size(const struct freebsd_memory *m)
{

	return (m == NULL ? 0 : sizeof(*m) + pcb_dest_memory(&m->dests) +
	    port_addr_memory(&m->addrs) +
	    (m->full != NULL ? sizeof(*m->full) : 0));
}

size_t
freebsd_memory_bytes(const struct freebsd *f)
{
	const struct freebsd_memory *m = f->memory;
	size_t bytes;
	uint32_t i;

	bytes = 0;
	if (f->layout->laddr_hashed)
		bytes += LIST_HEAD_BYTES * ((size_t)f->hash_mask + 1) +
		    LIST_ENTRY_BYTES * f->table.hashed;
	if (m == NULL)
		return (bytes);
	bytes += m->full != NULL ? sizeof(*m->full) : 0;
	if (!m->bits)
		return (bytes);
	/* Those of every address, and of *. */
	bytes += 2 * BITMAP_BYTES * ((size_t)f->net.nladdrs + 1);
	bytes += (size_t)m->dests.live * DEST_BYTES;
	for (i = 0; i < m->dests.used; i++)
		bytes += m->dests.dest[i].count > 0 && m->dests.dest[i].big ?
		    BITMAP_BYTES : 0;
	return (bytes);
}

/* ---- pcbs -------------------------------------------------------------- */

void
freebsd_memory_entered(struct freebsd *f, uint32_t pcb)
{
	const struct pcb *p;

	p = freebsd_pcb(f, pcb);
	if (f->memory == NULL || !f->memory->bits || !pcb_connected(p))
		return;
	pcb_dest_add(&f->memory->dests, port_addr_number(&f->memory->addrs,
	    p->laddr), p->faddr, p->fport, p->lport);
}

void
freebsd_memory_leaves(struct freebsd *f, uint32_t pcb, bool stays)
{
	struct port_full *full;
	const struct pcb *p;
	bool empty;

	p = freebsd_pcb(f, pcb);
	if (f->memory == NULL)
		return;
	if (f->memory->bits && pcb_connected(p))
		pcb_dest_remove(&f->memory->dests,
		    pcb_dest_number(&f->memory->dests,
		    port_addr_number(&f->memory->addrs, p->laddr), p->faddr,
		    p->fport), p->lport);
	full = f->memory->full;
	if (full == NULL)
		return;
	/* On a list that several ports share nobody can tell. */
	empty = !stays && (f->layout->one_level ||
	    pcb_table_list(&f->table, p->lport) == 1);
	if (pcb_connected(p) && (p->flags & PCB_INGROUP) == 0)
		port_full_left(full, p->laddr, p->faddr, p->fport, empty);
	else
		port_full_opened(full, (p->flags & PCB_GROUPANY) != 0 ?
		    NET_ANY : p->laddr, empty);
}

/* ---- searches ---------------------------------------------------------- */

bool
freebsd_memory_full(const struct freebsd *f, const struct port_query *q)
{

	return (f->memory != NULL && f->memory->full != NULL &&
	    port_full_is(f->memory->full, q));
}

uint32_t
freebsd_memory_version(const struct freebsd *f, const struct port_query *q)
{

	return (f->memory == NULL || f->memory->full == NULL ? 0 :
	    port_full_version(f->memory->full, q));
}

void
freebsd_memory_failed(struct freebsd *f, const struct port_query *q,
    uint32_t version)
{

	if (f->memory != NULL && f->memory->full != NULL)
		port_full_set(f->memory->full, q, version);
}

/* In how many bitmaps the rule looks; 0: in none, but in the tables. */
static unsigned
bitmaps(const struct freebsd *f, const struct port_query *q)
{
	const struct port_addr *a;
	const struct pcb_dest *d;

	switch (q->rule) {
	case PORT_RULE_UNCONNECTED:
		return (1);
	case PORT_RULE_LOCAL:
		return (q->laddr == NET_ANY ? 1 : 2);
	case PORT_RULE_TUPLE:
		break;
	}
	a = port_addr_find(&f->memory->addrs, q->laddr);
	d = a == NULL ? NULL : pcb_dest_find(&f->memory->dests, a->number,
	    q->faddr, q->fport);
	return (d != NULL && d->big ? 3 : 0);
}

bool
freebsd_memory_bits(const struct freebsd *f, const struct port_query *q)
{

	return (f->memory != NULL && f->memory->bits && bitmaps(f, q) > 0);
}

/* Pieces of such a size that the ports lo to hi lie in. */
static unsigned
pieces(unsigned lo, unsigned hi, unsigned size)
{

	return (hi / size - lo / size + 1);
}

static unsigned
run_pieces(const struct port_query *q, const struct port_run *run,
    unsigned tried, unsigned size)
{
	unsigned upper;

	if (tried == 0)
		return (0);
	if (run->step != 1)
		return (tried);
	upper = q->last - run->start + 1u;
	if (tried <= upper)
		return (pieces(run->start, run->start + tried - 1, size));
	return (pieces(run->start, q->last, size) +
	    pieces(q->first, q->first + (tried - upper) - 1, size));
}

void
freebsd_memory_count(const struct freebsd *f, const struct port_query *q,
    const struct port_run *run, struct port_found *found)
{
	unsigned tried;

	tried = (unsigned)found->iters;
	found->visits = (struct net_visits){ .connhash =
	    (uint64_t)bitmaps(f, q) * run_pieces(q, run, tried,
	    BITMAP_LINE) };
	found->passed = tried - run_pieces(q, run, tried, BITMAP_WORD);
}
