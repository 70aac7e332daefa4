/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Looking at the local addresses now and then; see occupancy.h.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "models/machine/occupancy.h"
#include "models/net/net.h"

void
occupancy_init(struct occupancy *o, const struct machine *m)
{
	simtime intervals;

	*o = (struct occupancy){ 0 };
	intervals = (m->conf->duration - 1) / m->conf->interval + 1;
	o->every = (unsigned)((intervals - 1) / OCCUPANCY_TIMES + 1);
	o->group = (m->conf->host.nladdrs - 1) / OCCUPANCY_ROWS + 1;
	o->busy = g_new(unsigned, m->conf->host.nladdrs);
}

void
occupancy_fini(struct occupancy *o)
{

	g_free(o->busy);
}

/* The row of the addresses from number `i' on. */
static void
occupancy_row(struct occupancy *o, struct machine *m, unsigned i)
{
	struct occupancy_row *row;
	struct run_result *res;
	unsigned end;

	res = m->res;
	if (res->noccupancies == o->maxrows) {
		o->maxrows = MAX(2 * o->maxrows, 64);
		res->occupancies = g_renew(struct occupancy_row,
		    res->occupancies, o->maxrows);
	}
	end = MIN(i + o->group, m->conf->host.nladdrs);
	row = &res->occupancies[res->noccupancies++];
	*row = (struct occupancy_row){ .time = machine_now(m),
	    .laddr = m->conf->host.laddrs[i], .laddrs = end - i };
	for (; i < end; i++)
		row->ports_busy += o->busy[i];
}

void
occupancy_interval(struct occupancy *o, struct machine *m)
{
	unsigned i;

	if (++o->since < o->every && machine_now(m) < m->conf->duration)
		return;
	o->since = 0;
	net_ports_by_laddr(m->net, m->conf->host.laddrs,
	    m->conf->host.nladdrs, o->busy);
	for (i = 0; i < m->conf->host.nladdrs; i += o->group)
		occupancy_row(o, m, i);
}
