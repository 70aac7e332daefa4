/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The index recounted from the pcbs; see index.h.
 */

#include <glib.h>

#include "models/pcb/index.h"
#include "sim/kassert.h"

/* Per-port numbers recounted from the pcbs. */
static void
check_ports(const struct pcb_index *x)
{
	const struct pcb *p;
	uint32_t *len, *mine;
	uint64_t sum;
	uint32_t i;
	unsigned q, step;

	len = g_new0(uint32_t, 65536);
	mine = g_new0(uint32_t, 65536);
	for (i = 0; i < x->pool->used; i++) {
		p = pcb_get(x->pool, i);
		if ((p->flags & PCB_INHASH) == 0)
			continue;
		mine[p->lport]++;
		for (q = pcb_index_ports(x, p->lport, &step); q < 65536;
		    q += step)
			len[q]++;
	}
	sum = 0;
	for (q = 0; q < 65536; q++) {
		KASSERT(port_sums_get(&x->length, q) == len[q] &&
		    pcb_index_own(x, (uint16_t)q) == mine[q],
		    ("port %u: length %u of %u, own %u of %u", q,
		    port_sums_get(&x->length, q), len[q],
		    pcb_index_own(x, (uint16_t)q), mine[q]));
		KASSERT(port_set_has(&x->any, q) == (mine[q] > 0),
		    ("port %u: wrong in the set of busy ports", q));
		sum += len[q];
	}
	KASSERT(port_sums_range(&x->length, 0, 65535) == sum,
	    ("sum of list lengths is wrong"));
	g_free(len);
	g_free(mine);
}

/* Bucket lengths recounted; each pcb known to its address and destination. */
static void
check_buckets(const struct pcb_index *x)
{
	const struct pcb_dest *d;
	const struct pcb *p;
	uint32_t *len[2];
	uint64_t counted;
	uint32_t b, i, n;
	unsigned port;
	int w;

	n = x->conn.mask + 1;
	len[0] = g_new0(uint32_t, n);
	len[1] = g_new0(uint32_t, n);
	for (i = 0; i < x->pool->used; i++) {
		p = pcb_get(x->pool, i);
		if ((p->flags & PCB_INHASH) == 0)
			continue;
		w = x->layout->split && !pcb_connected(p);
		len[w][pcb_index_bucket(x, p)]++;
		KASSERT(port_addr_get(&x->addrs, p->laddr_idx)->laddr ==
		    p->laddr, ("pcb %u: wrong address", i));
		d = pcb_dest_find(&x->dests, p->laddr_idx, p->faddr,
		    p->fport);
		KASSERT(pcb_dest_has(d, p->lport) == pcb_connected(p),
		    ("pcb %u: wrong destination", i));
		KASSERT(pcb_connected(p) ? d == &x->dests.dest[p->special] :
		    p->special != PCB_NONE, ("pcb %u: wrong special", i));
	}
	counted = 0;
	for (i = 0; i < x->addrs.used; i++)
		for (port = 1; port < 65536; port++) {
			b = port_addr_count(&x->addrs, (uint16_t)i,
			    (uint16_t)port);
			KASSERT((b > 0) == port_set_has(&x->addrs.addr[i]->any,
			    port), ("address %u: port %u", i, port));
			counted += b;
		}
	for (port = 0; port < 65536; port++)
		counted -= pcb_index_own(x, (uint16_t)port);
	KASSERT(counted == 0, ("%jd pcbs too many by address",
	    (intmax_t)counted));
	for (b = 0; b < n; b++)
		KASSERT(pcb_buckets_len(&x->conn, b) == len[0][b] &&
		    (!x->layout->split || pcb_buckets_len(&x->wild, b) ==
		    len[1][b]), ("bucket %u: length", b));
	g_free(len[0]);
	g_free(len[1]);
}

/* Buckets by (laddr, lport) recounted. */
static void
check_local(const struct pcb_index *x)
{
	const struct pcb *p;
	uint32_t *len;
	uint32_t b, i;

	len = g_new0(uint32_t, x->local.mask + 1);
	for (i = 0; i < x->pool->used; i++) {
		p = pcb_get(x->pool, i);
		if ((p->flags & PCB_INHASH) != 0)
			len[pcb_index_local_bucket(x, p->laddr, p->lport)]++;
	}
	for (b = 0; b <= x->local.mask; b++)
		KASSERT(pcb_buckets_len(&x->local, b) == len[b],
		    ("bucket %u of (laddr, lport): length", b));
	g_free(len);
}

void
pcb_index_check(const struct pcb_index *x)
{

	check_ports(x);
	check_buckets(x);
	if (x->layout->laddr_hashed)
		check_local(x);
}
