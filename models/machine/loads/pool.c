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
#include "models/machine/workload.h"

static void
pool_closed(struct workload *wl)
{

	workload_want_after(wl, 0);
}

static const struct load_ops pool_ops = {
	.first = workload_at_start,
	.arrive = workload_size_once,
	.closed = pool_closed
};

const struct load load_pool = {
	.name = "pool",
	.title = "keeps connections open, and opens again what ends",
	.needs = "size;lifetime;faddrs;fport",
	.takes = "total;open",
	.ops = &pool_ops
};
