/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who starts a workload's programs, and what the scheduler holds against them.
 *
 * Theory:	where every connection is a program (no threads, no clients that
 *		come again) each program is a child of one of `launchers'
 *		processes: cron, a monitor, a shell's loop.  It begins with that
 *		one's history and hands it what it ran when it ends
 *		(models/cpus/interact.h).  With none, each has a shell of its
 *		own, which has slept for long.
 *
 *		A thread here is whoever needs one: of a program that sleeps
 *		before it tries again the history is kept meanwhile.
 * Models:	do_fork(), which calls sched_fork(), sys/kern/kern_fork.c;
 *		exit1(), which calls sched_exit() for the parent, kern_exit.c;
 *		FreeBSD 12.1.
 * Left out:	what a launcher runs beside its forks.  The history of a program
 *		with an open connection, of which there may be millions: one
 *		that closes has that of whom its thread was last.  One that a
 *		timer ends hands nothing on.
 */

#ifndef MODELS_MACHINE_LAUNCHER_H
#define	MODELS_MACHINE_LAUNCHER_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/interact.h"

struct sched;
struct thread;

/* A process that sleeps. */
struct launcher {
	struct interact	history;	/* up to .. */
	simtime		since;
	uint8_t		pri;		/* with which it will wake */
};

struct launchers {
	struct launcher	*launcher;	/* launcher[n] */
	unsigned	n;
	bool		programs;	/* false: there are none to start */
	struct launcher	**paused;	/* paused[npaused], by connection; NULL:
					   that one is not */
	uint32_t	npaused;
	const struct sched *sched;	/* what they are scheduled by */
};

void	launchers_init(struct launchers *, bool programs, unsigned n,
	    const struct sched *);
void	launchers_fini(struct launchers *);

/*
 * Of each of these the thread is on its CPU when it leaves a program, idle when
 * it takes up one, and NULL if a timer did what it would have done.
 */

/* The idle thread is the program of connection `conn' from now on. */
void	launchers_fork(struct launchers *, uint32_t conn, struct thread *);
/* That program sleeps, and its thread is free; it goes on in another. */
void	launchers_pause(struct launchers *, uint32_t conn,
	    const struct thread *);
void	launchers_resume(struct launchers *, uint32_t conn, struct thread *);
/* It ends. */
void	launchers_exit(struct launchers *, uint32_t conn,
	    const struct thread *);

#endif /* !MODELS_MACHINE_LAUNCHER_H */
