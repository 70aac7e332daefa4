/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Closed load: `size' clients, each of which opens a connection, keeps it for
 * a lifetime, thinks, and opens the next.  When the machine slows down, so do
 * they: which is why a closed load cannot show an overload.
 */

#include "models/machine/load.h"
#include "models/machine/machine.h"
#include "models/machine/workload.h"
#include "sim/dist.h"

static simtime
closed_first(struct workload *wl)
{

	return (wl->conf->start);
}

static simtime
closed_arrive(struct machine *m, struct workload *wl)
{
	unsigned i;

	(void)m;
	wl->arrived++;
	for (i = 0; i < wl->conf->size; i++)
		workload_want(wl);
	return (SIM_NEVER);
}

static void
closed_over(struct machine *m, struct workload *wl)
{

	sim_timer_add(m->sim, wl->slot_think, machine_now(m) +
	    dist_draw(&wl->conf->think, &wl->rng_think), 0);
}

static const struct load_ops closed_ops = {
	.first = closed_first,
	.arrive = closed_arrive,
	.over = closed_over
};

const struct load load_closed = {
	.name = "closed",
	.title = "closed: clients that connect, stay, think, and come again",
	.needs = "size;lifetime;think;faddrs;fport",
	.takes = "",
	.ops = &closed_ops
};
