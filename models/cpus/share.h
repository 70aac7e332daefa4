/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How fast CPUs compute, and spin, that are not there alone: virtual ones on
 * fewer cores; and what clock interrupts take.
 *
 * Theory:	of n CPUs that compute on fewer cores each has an equal part of
 *		them, so a stretch of work takes n / cores times as long.  One
 *		that is idle has halted.  One that spins gives its turn away
 *		with each pause, and has its next when all that compute have
 *		had theirs; if nobody computes a pause is only a pause.  So a
 *		spinner's own time, in which it counts its pauses, goes slowly
 *		while somebody computes.  Clock interrupts take their part of
 *		all cores, whatever runs.
 * Models:	rr_cpu_thread_fn(), accel/tcg/tcg-accel-ops-rr.c, and
 *		helper_pause(), target/i386/tcg, QEMU 7.2: one core; periodic
 *		ticks of kern.hz.
 * Left out:	the turns of those that compute: they are short against what is
 *		worth waiting for, if they come.  Where they do not: turns.h.
 */

#ifndef MODELS_CPUS_SHARE_H
#define	MODELS_CPUS_SHARE_H

#include <stdbool.h>

#include "sim/time.h"

struct share {
	unsigned	cores;		/* 0: as many as CPUs */
	double		ticks;		/* part that clock interrupts take */
	simtime		turn, pause;	/* turn 0: a pause gives nothing away */
	unsigned	computing;	/* CPUs that compute now */
	simtime		since;		/* when that changed, */
	simtime		spun;		/* .. and spinners' time then */
	bool		apart;		/* no CPU minds what others do, */
	bool		whole;		/* .. and work takes what it takes */
};

/*
 * cores	0: each CPU is one
 * busy		part of all cores that interrupts take, 0 <= busy < 1
 * turn		0: spinners' time is time
 * pause	how long one is that gives nothing away
 */
void	share_init(struct share *, unsigned cores, double busy, simtime turn,
	    simtime pause);

/* Does it matter to one CPU what the others do? */
static inline bool
share_shares(const struct share *sh)
{

	return (!sh->apart);
}

/* `more' CPUs compute from now on: 1 or -1. */
void	share_change(struct share *, simtime now, int more);

/* Wall time for work on what is shared, or interrupted. */
simtime	share_stretched(const struct share *, simtime work);

/* Wall time for so much work, now; and how much work was done in it. */
static inline simtime
share_wall(const struct share *sh, simtime work)
{

	return (sh->whole ? work : share_stretched(sh, work));
}
simtime	share_work(const struct share *, simtime wall);

/* Spinners' time; and wall time for so much of it. */
simtime	share_spin_now(const struct share *, simtime now);
simtime	share_spin_wall(const struct share *, simtime spin);

/* Wall time that was left of work, of spinning, before the last change: now. */
simtime	share_work_again(const struct share *, simtime left, int more);
simtime	share_spin_again(const struct share *, simtime left, int more);

#endif /* !MODELS_CPUS_SHARE_H */
