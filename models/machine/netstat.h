/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Somebody who runs netstat now and then.
 *
 * Theory:	to 13.x the sysctl walks all pcbs with the info lock held
 *		exclusively, and stops at each pcb whose lock is held: at that
 *		of a connection that is being opened, for the whole search.
 *		It walks three times: to reference each, to copy each out
 *		(without the info lock), to let go of each, with it again.
 *		From 14 on once, and copies as it goes.
 * Models:	tcp_pcblist(), sys/netinet/tcp_subr.c, FreeBSD 12.1.
 * Left out:	the wait for a pcb's lock in the second and the third walk; the
 *		order of the walk: it meets the pcbs that are in use by
 *		threads first, in the order of the threads, then the others.
 */

#ifndef MODELS_MACHINE_NETSTAT_H
#define	MODELS_MACHINE_NETSTAT_H

#include "models/cpus/sched.h"

struct lock;
struct machine;
struct softclock;
struct worker;
struct workload;

#define	NETSTAT_NSLOTS	1

struct netstat {
	struct machine	*machine;
	struct softclock *softclock;
	const struct workload *workloads;	/* workloads[nworkloads] */
	struct thread	thread;
	unsigned	callout;	/* its sleep is over */
	unsigned	slot;
	unsigned	workload;	/* how far the walk has come */
	struct worker	*worker;
	struct lock	*met;		/* a pcb's lock that it stopped at */
};

/* Carries out ACT_WALK.  The workloads need not be initialised yet. */
void	netstat_init(struct netstat *, struct machine *, struct softclock *,
	    const struct workload *workloads);

#endif /* !MODELS_MACHINE_NETSTAT_H */
