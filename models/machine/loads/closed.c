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
#include "models/machine/workload.h"
#include "sim/dist.h"

static void
closed_closed(struct workload *wl)
{

	workload_want_after(wl, dist_draw(&wl->conf->think,
	    &wl->rng_think));
}

static const struct load_ops closed_ops = {
	.first = workload_at_start,
	.arrive = workload_size_once,
	.closed = closed_closed
};

const struct load load_closed = {
	.name = "closed",
	.title = "closed: clients that connect, stay, think, and come again",
	.needs = "size;lifetime;think;faddrs;fport",
	.takes = "total;open",
	.ops = &closed_ops
};
