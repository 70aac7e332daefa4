/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Arrivals; see arrival.h.
 */

#include <glib.h>

#include "models/machine/arrival.h"
#include "models/machine/load.h"
#include "models/machine/machine.h"
#include "models/machine/workload.h"

static bool
arrival_comes(const struct workload *wl, simtime when)
{

	return (when < MIN(wl->conf->stop, wl->machine->conf->duration) &&
	    !workload_has_all(wl));
}

static void
arrival_at(struct workload *wl, simtime when)
{

	if (arrival_comes(wl, when))
		sim_at(wl->machine->sim, wl->slot_arrival, when);
}

static void
arrival_due(void *workload, const struct sim_event *ev)
{
	struct workload *wl;

	(void)ev;
	wl = workload;
	wl->arrived++;
	arrival_at(wl, wl->conf->load->ops->arrive(wl));
}

void
arrival_init(struct workload *wl)
{

	wl->slot_arrival = machine_slot(wl->machine, arrival_due, wl);
	arrival_at(wl, wl->conf->load->ops->first(wl));
}

bool
arrival_vary(struct workload *wl, const struct workload_conf *wc)
{
	simtime when;

	if (!wl->conf->load->ops->rates || wc->load != wl->conf->load ||
	    wl->arrived > 0 ||
	    sim_due(wl->sim, wl->slot_arrival) == SIM_NEVER)
		return (false);
	wl->conf = wc;
	wl->way = 0;
	workload_stream(wl, &wl->rng_arrival, "arrivals");
	when = wc->load->ops->first(wl);
	if (arrival_comes(wl, when))
		sim_move(wl->machine->sim, wl->slot_arrival, when);
	else
		sim_cancel(wl->machine->sim, wl->slot_arrival);
	return (true);
}
