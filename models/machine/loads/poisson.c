/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Open load: connections arrive as a Poisson process whose rate may follow a
 * profile.  User sessions do so within an hour; machine-made connections are
 * burstier (Paxson and Floyd 1995), for which see burst and replay.
 */

#include "models/machine/load.h"
#include "models/machine/profile.h"
#include "models/machine/workload.h"

static simtime
poisson_first(struct workload *wl)
{

	return (profile_next_poisson(wl->conf, &wl->rng_arrival,
	    wl->conf->start));
}

static simtime
poisson_arrive(struct workload *wl)
{

	workload_want(wl);
	return (profile_next_poisson(wl->conf, &wl->rng_arrival,
	    workload_now(wl)));
}

static const struct load_ops poisson_ops = {
	.first = poisson_first,
	.arrive = poisson_arrive,
	.rates = true
};

const struct load load_poisson = {
	.name = "poisson",
	.title = "open: Poisson arrivals, the rate may follow a profile",
	.needs = "rate;lifetime;faddrs;fport",
	.takes = "total;open",
	.ops = &poisson_ops
};
