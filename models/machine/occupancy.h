/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Ports in use on each local address, over time: why an unbound connect()
 * finds none although no address is near its end.
 *
 * Theory:	a port counts on the address that a pcb on it has; one that is
 *		bound to no address counts on none.  At most OCCUPANCY_TIMES
 *		looks a run, at ends of intervals, at most OCCUPANCY_ROWS rows
 *		each: beyond that, addresses that follow one another share a
 *		row.
 */

#ifndef MODELS_MACHINE_OCCUPANCY_H
#define	MODELS_MACHINE_OCCUPANCY_H

#include <stddef.h>

#include "sim/time.h"

struct machine;

#define	OCCUPANCY_TIMES	120
#define	OCCUPANCY_ROWS	256

struct occupancy {
	unsigned	every;		/* a look every so many intervals */
	unsigned	since;		/* intervals since the last one */
	unsigned	group;		/* addresses a row */
	unsigned	*busy;		/* busy[nladdrs] */
	size_t		maxrows;
};

void	occupancy_init(struct occupancy *, const struct machine *);
void	occupancy_fini(struct occupancy *);

/* An interval is over. */
void	occupancy_interval(struct occupancy *, struct machine *);

#endif /* !MODELS_MACHINE_OCCUPANCY_H */
