/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is collected from the parts: the rows of the timeline, the locks, the
 * end of the warm-up and of the run.  What happens between is record.h's.
 */

#ifndef MODELS_MACHINE_MONITOR_H
#define	MODELS_MACHINE_MONITOR_H

#include <stdint.h>

#include "models/machine/occupancy.h"
#include "sim/time.h"

struct machine;
struct observers;
struct timewait;
struct workload;

#define	MONITOR_NSLOTS	2

/* Destinations whose free tuples are watched, at most. */
#define	MONITOR_MAXDESTS	64

/* The parts that it looks at; not initialised yet when it is. */
struct monitor_parts {
	struct observers *observers;
	const struct timewait *timewait;
	const struct workload *workloads;	/* workloads[nworkloads] */
};

struct monitor {
	struct machine	*machine;
	struct monitor_parts parts;
	struct occupancy occupancy;
	unsigned	slot;		/* the next interval's end */
	unsigned	slot_warm;	/* the end of the warm-up */
	size_t		maxrows;
	simtime		row_start;
	simtime		hash_busy;	/* at the start of the interval */
	double		spun;		/* CPU x ps, of ended intervals */
	unsigned	ndests;
	struct {
		uint32_t	faddr;
		uint16_t	fport;
	} dests[MONITOR_MAXDESTS];
};

void	monitor_init(struct monitor *, struct machine *,
	    const struct monitor_parts *);
void	monitor_fini(struct monitor *);

/* The run is over: close what is open, fill in the sums. */
void	monitor_end(struct monitor *);
/* See assembly_so_far(). */
void	monitor_so_far(const struct monitor *);

#endif /* !MODELS_MACHINE_MONITOR_H */
