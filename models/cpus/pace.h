/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * When what a CPU has to do is done: its slot is due then.
 *
 * Theory:	who computes or spins on a CPU that is one goes as the clock
 *		does; on virtual ones as share.h says, all at once and slower,
 *		or as turns.h says, one after the other.
 */

#ifndef MODELS_CPUS_PACE_H
#define	MODELS_CPUS_PACE_H

#include <stdbool.h>

#include "models/cpus/cpu.h"

/* Does it matter to one CPU what the others do? */
static inline bool
pace_shares(const struct sched *s)
{

	return (s->turns.n > 0 || share_shares(&s->share));
}

/* A thread is on CPU `c', which was free. */
void	pace_on(struct sched *, unsigned c);

/* CPU `c' computes: its slot is due when `work' ps (>= 0) are done. */
void	pace_work(struct sched *, unsigned c, simtime work);

/*
 * The same, if nothing else happens meanwhile: it is done, and the clock is
 * there.  False: pace_work() is to be used.
 */
bool	pace_work_on(struct sched *, unsigned c, simtime work);

/* Of the work of the thread that computes on `c', so much is not done. */
simtime	pace_left(struct sched *, unsigned c);

/* It is off its CPU; spun: it did not compute. */
void	pace_off(struct sched *, unsigned c, bool spun);

/* CPU `c' spins from now on, and computes again. */
void	pace_spin(struct sched *, unsigned c);
void	pace_unspin(struct sched *, unsigned c);

/*
 * The time in which a spinner on `c' counts its pauses; its slot is due at
 * `when' of it; and is it known when?
 */
simtime	pace_spin_now(struct sched *, unsigned c);
void	pace_look(struct sched *, unsigned c, simtime when);
bool	pace_looks(const struct sched *, unsigned c);

/* The slot of `c' was due, its thread acts. */
void	pace_acts(struct sched *, unsigned c);

/* What happens now may be a device's doing: whose turn it is loses it. */
void	pace_device(struct sched *);

/* s->slot_turn is due: a turn may end. */
void	pace_turn_due(struct sched *);

/*
 * Has a CPU its clock interrupt still before it?  When to ask again, at the
 * earliest; SIM_NEVER: it has taken what came.  By turns it does so in its own.
 */
simtime	pace_interrupted(struct sched *, unsigned cpu);

#endif /* !MODELS_CPUS_PACE_H */
