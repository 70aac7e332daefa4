/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connection records in one growing array, freed ones chained for reuse.
 */

#include <glib.h>

#include "models/machine/conn.h"
#include "models/net/net.h"
#include "models/pcb/pages.h"
#include "sim/grow.h"
#include "sim/kassert.h"

void
conn_table_init(struct conn_table *ct)
{

	*ct = (struct conn_table){ .free = CONN_NONE };
}

void
conn_table_fini(struct conn_table *ct)
{

	pcb_pages_free(ct->conn, ct->size * sizeof(*ct->conn));
	g_free(ct->wanted);
}

static void
conn_grow(struct conn_table *ct)
{
	uint32_t old;

	KASSERT(ct->size < UINT32_MAX / 2, ("conn table full"));
	old = ct->size;
	ct->size = grow_size(ct->size, 1024);
	ct->conn = pcb_pages_renew(ct->conn, old * sizeof(*ct->conn),
	    ct->size * sizeof(*ct->conn));
	if (ct->wanted != NULL)
		ct->wanted = g_renew(simtime, ct->wanted, ct->size);
}

uint32_t
conn_alloc(struct conn_table *ct)
{
	uint32_t idx;

	if (ct->free != CONN_NONE) {
		idx = ct->free;
		ct->free = ct->conn[idx].serial;
	} else {
		if (ct->used == ct->size)
			conn_grow(ct);
		idx = ct->used++;
	}
	ct->conn[idx] = (struct conn){ .pcb = NET_NOPCB,
	    .serial = ct->serial++, .twin = CONN_NONE };
	return (idx);
}

void
conn_want(struct conn_table *ct, uint32_t idx, simtime when)
{

	if (ct->wanted == NULL)
		ct->wanted = g_new(simtime, ct->size);
	ct->wanted[idx] = when;
}

void
conn_release(struct conn_table *ct, uint32_t idx)
{

	KASSERT(ct->conn[idx].pcb == NET_NOPCB, ("conn %u has a pcb", idx));
	ct->conn[idx].serial = ct->free;
	ct->conn[idx].lifetime = -1;
	ct->free = idx;
}

bool
conn_is_over(const struct conn_table *ct, uint32_t idx, uint32_t serial)
{
	const struct conn *c;

	c = &ct->conn[idx];
	return (c->lifetime < 0 || ((c->serial ^ serial) & CONN_SERIALS) != 0);
}
