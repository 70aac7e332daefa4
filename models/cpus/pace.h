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

/* For those below, of virtual CPUs. */
void	pace_on_shared(struct sched *, unsigned c);
void	pace_work_by_turns(struct sched *, unsigned c, simtime work);
simtime	pace_left_shared(struct sched *, unsigned c);
void	pace_off_shared(struct sched *, unsigned c, bool spun);
void	pace_acts_by_turns(struct sched *, unsigned c);

/* A thread is on CPU `c', which was free. */
static inline void
pace_on(struct sched *s, unsigned c)
{

	if (pace_shares(s))
		pace_on_shared(s, c);
}

/* `t' computes on CPU `c': its slot is due when `work' ps (>= 0) are done. */
static inline void
pace_work(struct sched *s, unsigned c, struct thread *t, simtime work)
{
	simtime end;

	if (s->turns.n > 0) {
		pace_work_by_turns(s, c, work);
		return;
	}
	end = sim_now(s->sim) + share_wall(&s->share, work);
	t->work_end = end;
	sim_at(s->sim, s->slot_cpu + c, end);
}

/*
 * The last instant up to which nothing else happens; in the past: something is
 * due now, or nothing is to be done at once.
 */
static inline simtime
pace_quiet_until(const struct sched *s)
{

	return (s->stepwise || s->turns.n > 0 ? -1 : sim_quiet_until(s->sim));
}

/* The CPU of `t' has computed, if that is over by `until', which is quiet. */
static inline bool
pace_work_on(struct sched *s, struct thread *t, simtime work, simtime until)
{
	simtime end;

	end = sim_now(s->sim) + share_wall(&s->share, work);
	if (end > until)
		return (false);
	sim_went_on(s->sim, end, 1);
	t->work_end = end;
	return (true);
}

/* Of the work of the thread, which computes, so much is not done. */
static inline simtime
pace_left(struct sched *s, const struct thread *t)
{
	simtime left;

	if (pace_shares(s) || !s->share.whole)
		return (pace_left_shared(s, (unsigned)t->cpu));
	left = t->work_end - sim_now(s->sim);
	return (left > 0 ? left : 0);
}

/* It is off its CPU; spun: it did not compute. */
static inline void
pace_off(struct sched *s, unsigned c, bool spun)
{

	sim_cancel(s->sim, s->slot_cpu + c);
	if (pace_shares(s))
		pace_off_shared(s, c, spun);
}

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
static inline void
pace_acts(struct sched *s, unsigned c)
{

	if (s->turns.n > 0)
		pace_acts_by_turns(s, c);
}

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
