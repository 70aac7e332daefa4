/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bursts: `size' connections due at the same instant, once or every so often:
 * a proxy that restarts, a cron job on the full minute.
 */

#include "models/machine/load.h"
#include "models/machine/machine.h"
#include "models/machine/workload.h"

static simtime
burst_first(struct workload *wl)
{

	return (wl->conf->start);
}

static simtime
burst_arrive(struct machine *m, struct workload *wl)
{
	unsigned i;

	wl->arrived++;
	for (i = 0; i < wl->conf->size; i++)
		workload_want(wl);
	return (wl->conf->every > 0 ? machine_now(m) + wl->conf->every :
	    SIM_NEVER);
}

static const struct load_ops burst_ops = {
	.first = burst_first,
	.arrive = burst_arrive
};

const struct load load_burst = {
	.name = "burst",
	.title = "open: many connections at once, once or periodically",
	.needs = "size;lifetime;faddrs;fport",
	.takes = "every",
	.ops = &burst_ops
};
