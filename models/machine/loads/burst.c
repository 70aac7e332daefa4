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
#include "models/machine/workload.h"

static simtime
burst_arrive(struct workload *wl)
{

	workload_want_many(wl, wl->conf->size);
	return (wl->conf->every > 0 ? workload_now(wl) + wl->conf->every :
	    SIM_NEVER);
}

static const struct load_ops burst_ops = {
	.first = workload_at_start,
	.arrive = burst_arrive
};

const struct load load_burst = {
	.name = "burst",
	.title = "open: many connections at once, once or periodically",
	.needs = "size;lifetime;faddrs;fport",
	.takes = "every;total;open",
	.ops = &burst_ops
};
