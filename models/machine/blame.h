/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who waits for whom: a chain from the thread that keeps somebody waiting to
 * the one that is at the bottom of it, at one moment.
 *
 * Theory:	a thread that waits for a lock waits for who holds it; one that
 *		has no CPU for who is on the CPU in whose queue it stands; one
 *		that sent a message for who is to answer.  The chain ends at a
 *		thread that computes: what it does is why all of them wait.  It
 *		may also come back to a thread that it has: the holder of a
 *		lock has no CPU because somebody spins there for that lock.
 */

#ifndef MODELS_MACHINE_BLAME_H
#define	MODELS_MACHINE_BLAME_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"

#define	BLAME_MAXLINKS	8
#define	BLAME_MAXCHAINS	8

enum blame_how {
	BLAME_COMPUTES,		/* on its CPU; the end of the chain */
	BLAME_SPINS,		/* for `lock' */
	BLAME_SLEEPS,		/* .. on it */
	BLAME_NO_CPU,		/* the next is on its CPU */
	BLAME_ASKED,		/* the next is to answer */
	BLAME_IDLE,		/* it waits for a timer or for the wire */
	BLAME_NHOWS
};

struct blame_link {
	const char	*who;		/* a thread: "rx3" */
	const char	*doing;		/* "accept" */
	enum blame_how	how;
	const char	*lock;		/* SPINS, SLEEPS: its name */
	unsigned	waiters;	/* .. who wait for it */
	uint64_t	iters;		/* of its search: ports, */
	uint64_t	visits;		/* .. list nodes */
};

struct blame {
	unsigned	nlinks;		/* 0: there is none */
	bool		again;		/* the last one waits for one above */
	bool		lost;		/* what was for the first one was lost,
					   and comes again */
	struct blame_link links[BLAME_MAXLINKS];
};

/* "computes", "spins", ... */
const char *blame_how_name(enum blame_how);

/*
 * The chain that begins with this thread, now.  Names are borrowed.
 *
 * all		threads of the machine
 */
void	blame_look(const struct sched *, const struct thread_list *all,
	    const struct thread *, struct blame *);

/* Are they the same but for the numbers of threads and what they count? */
bool	blame_alike(const struct blame *, const struct blame *);

#endif /* !MODELS_MACHINE_BLAME_H */
