/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Steady load: one connection every 1/rate, the first at `start': what a load
 * generator that keeps a rate does, or a health check.  Nothing of it is
 * random, so that a limit found with it is the paper's, not chance's.
 */

#include "models/machine/load.h"
#include "models/machine/profile.h"
#include "models/machine/workload.h"

static simtime
steady_first(struct workload *wl)
{

	if (profile_rate(wl->conf, wl->conf->start) > 0)
		return (wl->conf->start);
	return (profile_next_steady(wl->conf, &wl->way, wl->conf->start));
}

static simtime
steady_arrive(struct workload *wl)
{

	workload_want(wl);
	return (profile_next_steady(wl->conf, &wl->way, workload_now(wl)));
}

static const struct load_ops steady_ops = {
	.first = steady_first,
	.arrive = steady_arrive,
	.rates = true
};

const struct load load_steady = {
	.name = "steady",
	.title = "open: one every 1/rate, the rate may follow a profile",
	.needs = "rate;lifetime;faddrs;fport",
	.takes = "total;open",
	.ops = &steady_ops
};
