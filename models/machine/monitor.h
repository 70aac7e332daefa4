/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is measured while the machine runs: attempts, searches, stalls, the
 * timeline.  Writes into the run_result.
 */

#ifndef MODELS_MACHINE_MONITOR_H
#define	MODELS_MACHINE_MONITOR_H

#include <stdint.h>

#include "models/locks/lock.h"
#include "models/machine/conn.h"
#include "models/machine/run.h"
#include "sim/sim.h"

struct machine;

/* Destinations whose free tuples are watched, at most. */
#define	MONITOR_MAXDESTS	64

struct monitor {
	unsigned	slot;		/* the next interval's end */
	unsigned	slot_warm;	/* the end of the warm-up */
	size_t		maxrows;
	size_t		maxstalls;
	struct timeline_row row;	/* the present interval */
	simtime		row_start;
	simtime		hash_busy;	/* at the start of the interval */
	double		spun;		/* CPU x ps, of ended intervals */
	unsigned	ndests;
	struct {
		uint32_t	faddr;
		uint16_t	fport;
	} dests[MONITOR_MAXDESTS];
};

void	monitor_init(struct machine *);

/* Watch the free tuples towards a destination. */
void	monitor_dest(struct machine *, uint32_t faddr, uint16_t fport);

/* An attempt to connect was decided, by this thread just now. */
void	monitor_attempt(struct machine *, const struct thread *);
/* A search for a port was made. */
void	monitor_search(struct machine *, const struct thread *);
/* The console served a tick, late by `lag'. */
void	monitor_console(struct machine *, simtime lag);
/* The population changed. */
void	monitor_pcbs(struct machine *);

/* For struct lockset. */
void	monitor_stalled(void *machine, const struct lock *, simtime start,
	    simtime length);
void	monitor_waiting(void *machine, const struct lock *);

/* The run is over: close what is open, fill in the sums. */
void	monitor_end(struct machine *);

#endif /* !MODELS_MACHINE_MONITOR_H */
