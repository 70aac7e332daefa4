/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A pool: `size' connections are kept open; one that ends is opened again at
 * once.  What proxies do towards their upstreams with keepalive.
 */

#include "models/machine/load.h"
#include "models/machine/machine.h"
#include "models/machine/workload.h"

static simtime
pool_first(struct workload *wl)
{

	return (wl->conf->start);
}

static simtime
pool_arrive(struct machine *m, struct workload *wl)
{
	unsigned i;

	(void)m;
	wl->arrived++;
	for (i = 0; i < wl->conf->size; i++)
		workload_want(wl);
	return (SIM_NEVER);
}

static void
pool_over(struct machine *m, struct workload *wl)
{

	if (machine_now(m) < wl->conf->stop)
		workload_want(wl);
}

static const struct load_ops pool_ops = {
	.first = pool_first,
	.arrive = pool_arrive,
	.over = pool_over
};

const struct load load_pool = {
	.name = "pool",
	.title = "keeps connections open, and opens again what ends",
	.needs = "size;lifetime;faddrs;fport",
	.takes = "",
	.ops = &pool_ops
};
