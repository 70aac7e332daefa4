/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Everybody else: the daemons of a machine, each of which wakes now and then
 * for a moment of CPU.
 *
 * Theory:	who wakes takes a CPU from whoever is worse, and a search for a
 *		port may be put off in the middle; a CPU that was idle and runs
 *		a thread looks for others to steal when it goes idle again.  So
 *		a machine on which nothing else happens is a special one.
 *		Wake-ups are Poisson over all daemons, one of them for each
 *		CPU; each computes an exponential time in user mode.  One that
 *		is not done yet is not woken again.
 * Models:	no program: cron, syslogd, ntpd, shells, timers of servers.
 * Left out:	interrupts of devices, the clock's, and the locks that daemons
 *		take.
 */

#ifndef MODELS_MACHINE_NOISE_H
#define	MODELS_MACHINE_NOISE_H

#include "models/cpus/thread.h"
#include "sim/rng.h"
#include "sim/sim.h"

struct machine;

#define	NOISE_NSLOTS	1

struct noise {
	struct machine	*machine;
	struct thread	*daemons;	/* daemons[n] */
	unsigned	n;
	unsigned	slot;		/* the next wake-up */
	struct rng	rng;
};

void	noise_init(struct noise *, struct machine *);
void	noise_fini(struct noise *);

#endif /* !MODELS_MACHINE_NOISE_H */
