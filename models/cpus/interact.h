/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How interactive a thread is, and the priority that follows.
 *
 * Theory:	who sleeps more than it runs is interactive; history fades over
 *		some 5 s.  The score is 50 times run by slept, at most 50 for
 *		who runs more.  Below 30 the thread is in the interactive range
 *		at the place of its score; else in the batch range, by its
 *		share of a CPU over 10 s.  Waiting for a CPU or for a lock is
 *		neither running nor sleeping; spinning is running.
 *
 *		A child begins with its parent's history, of which it keeps up
 *		to a second; the parent pays a tick of stathz for each fork, and
 *		all that the child has run, what it inherited too, when that
 *		exits.  So whoever starts more than a few a second is no longer
 *		interactive, and nor are those that it starts.
 * Models:	sched_interact_score(), sched_interact_update(),
 *		sched_pctcpu_update(), sched_priority(), sched_fork(),
 *		sched_interact_fork(), sched_exit_thread(),
 *		sys/kern/sched_ule.c, FreeBSD 12.1 and 14.0.
 * Left out:	nice(1); rounding to ticks: here time is exact, but that a
 *		sleep shorter than a tick of hz is none; that a child's first
 *		slice is short.
 */

#ifndef MODELS_CPUS_INTERACT_H
#define	MODELS_CPUS_INTERACT_H

#include <stdint.h>

#include "models/cpus/prio.h"
#include "sim/time.h"

/* kern.sched.interact: scores below are interactive. */
#define	INTERACT_THRESHOLD	30
/* A tick of stathz, by which run time is counted. */
#define	INTERACT_TICK		(SIM_S / 127)

struct interact {
	simtime		ran, slept;
	/* CPU share: since when, until when, and how much of that. */
	simtime		first, last, used;
};

/* A program that somebody has started who slept for long. */
void	interact_init(struct interact *);

/* `parent' starts a program, whose history is `child' from its beginning. */
void	interact_fork(struct interact *parent, struct interact *child);
/* .. and one that it started has ended, having run for `ran' in all. */
void	interact_exit(struct interact *parent, simtime ran);

/* It has run, or slept of its own will, for `length' up to `now'. */
void	interact_ran(struct interact *, simtime now, simtime length);
void	interact_slept(struct interact *, simtime now, simtime length);

/* 0 (sleeps) to 50 (runs as much as it sleeps, or more). */
unsigned interact_score(const struct interact *);

/* The priority in user mode. */
uint8_t	interact_pri(const struct interact *, const struct prio_table *);

#endif /* !MODELS_CPUS_INTERACT_H */
