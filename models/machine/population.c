/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Connections before the run; see population.h.
 */

#include <errno.h>

#include "models/machine/ends.h"
#include "models/machine/loopback.h"
#include "models/machine/machine.h"
#include "models/machine/measuring.h"
#include "models/machine/population.h"
#include "models/machine/workload.h"
#include "models/net/net.h"
#include "sim/dist.h"

/* All system calls of a connection at once.  Returns errno. */
static int
population_connect(struct workload *wl, struct conn *c)
{
	struct net_op op;
	struct net *n;

	n = wl->machine->net;
	c->pcb = ends_socket(wl->machine, wl->conf);
	if (c->pcb == NET_NOPCB)
		return (ENOBUFS);
	op = (struct net_op){ 0 };
	if (c->binds)
		net_bind(n, c->pcb, c->laddr, c->lport, &op);
	if (op.error == 0)
		net_connect(n, c->pcb, c->faddr, c->fport, &op);
	if (op.error == 0)
		return (0);
	net_close(n, c->pcb, NULL);
	c->pcb = NET_NOPCB;
	return (op.error);
}

void
population_open(struct workload *wl)
{
	struct dist_rest *rest;
	struct machine *m;
	struct conn *c;
	uint32_t idx;
	unsigned i;
	int error;

	if (wl->conf->open == 0)
		return;
	m = wl->machine;
	rest = dist_rest_new(&wl->conf->lifetime);
	for (i = 0; i < wl->conf->open; i++) {
		/* The run that follows ends soon, too. */
		if ((i + 1) % MACHINE_STOP_EVENTS == 0 && machine_stops(m, 0))
			break;
		idx = conn_alloc(&m->conns);
		c = conn_get(&m->conns, idx);
		c->workload = (uint16_t)wl->idx;
		c->closer = (uint8_t)wl->conf->closer;
		ends_draw(wl->machine, wl->conf, &wl->rng_faddr, c,
		    wl->opened);
		error = population_connect(wl, c);
		if (error != 0) {
			record_not_open(&m->record, wl->idx, error);
			conn_release(&m->conns, idx);
			continue;
		}
		loopback_opened(wl->loopback, idx, true);
		c = conn_get(&m->conns, idx);
		c->open = true;
		measuring_opened(m, c);
		c->lifetime = dist_rest_draw(rest, &wl->rng_lifetime);
		machine_conn_lives(m, idx, c->lifetime, wl->slot_close);
		wl->opened++;
	}
	dist_rest_free(rest);
	/* They came one by one: no rush for the allocator to remember. */
	net_tick(m->net);
	net_set(m->net, "stoprandom", 0);
	record_pcbs(&m->record, net_npcbs(m->net));
}
