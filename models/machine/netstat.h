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
 * Models:	tcp_pcblist(), sys/netinet/tcp_subr.c, FreeBSD 12.1.
 * Left out:	the order of the walk: it meets the pcbs that are in use by
 *		threads first, in the order of the threads, then the others.
 */

#ifndef MODELS_MACHINE_NETSTAT_H
#define	MODELS_MACHINE_NETSTAT_H

#include <stdbool.h>

#include "models/cpus/sched.h"

struct lock;
struct machine;
struct worker;

struct netstat {
	struct thread	thread;
	unsigned	slot;
	unsigned	workload;	/* how far the walk has come */
	struct worker	*worker;
	struct lock	*met;		/* a pcb's lock that it stopped at */
};

void	netstat_init(struct machine *);
void	netstat_fini(struct machine *);
/* Its sleep is over. */
void	netstat_wake(struct machine *);
/*
 * Go on with the walk; its thread runs.  False: it stopped at a pcb and is to
 * be called again once it has that pcb's lock.
 */
bool	netstat_walk(struct machine *, struct thread *);

#endif /* !MODELS_MACHINE_NETSTAT_H */
