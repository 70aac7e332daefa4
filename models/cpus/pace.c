/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How fast CPUs go; see pace.h.
 */

#include <glib.h>

#include "models/cpus/pace.h"
#include "sim/kassert.h"

/* ---- turns ------------------------------------------------------------- */

static bool
pace_by_turns(const struct sched *s)
{

	return (s->turns.n > 0);
}

/* Something changes on a CPU now; when that is done, see whose turn it is. */
static struct turns *
pace_turns(struct sched *s)
{

	turns_advance(&s->turns, sim_now(s->sim));
	sim_at(s->sim, s->slot_turn, sim_now(s->sim));
	return (&s->turns);
}

void
pace_turn_due(struct sched *s)
{
	int acts;

	turns_advance(&s->turns, sim_now(s->sim));
	acts = turns_settle(&s->turns);
	if (acts >= 0)
		sim_at(s->sim, s->slot_cpu + (unsigned)acts, sim_now(s->sim));
	else
		sim_at(s->sim, s->slot_turn, turns_next(&s->turns));
}

void
pace_device(struct sched *s)
{

	if (pace_by_turns(s) && s->self < 0)
		turns_kick(pace_turns(s));
}

void
pace_acts_by_turns(struct sched *s, unsigned c)
{

	(void)pace_turns(s);
	if (s->turns.cpu[c].does == TURNS_SPINS)
		turns_looked(&s->turns, c);
}

simtime
pace_interrupted(struct sched *s, unsigned c)
{
	const struct turns *t;

	if (!pace_by_turns(s))
		return (SIM_NEVER);
	turns_advance(&s->turns, sim_now(s->sim));
	t = &s->turns;
	if (t->cpu[c].interrupt == 0)
		return (SIM_NEVER);
	return (t->holder == (int)c ? t->now + t->cpu[c].interrupt :
	    turns_next(t));
}

/* ---- shares ------------------------------------------------------------ */

/* A CPU begins to compute, or ceases to: the others go on at another pace. */
static void
pace_share(struct sched *s, int more)
{
	struct thread *t;
	simtime due, left, now;
	unsigned i;

	if (!pace_shares(s))
		return;
	now = sim_now(s->sim);
	share_change(&s->share, now, more);
	for (i = 0; i < s->ncpus; i++) {
		t = s->cpus[i].cur;
		due = sim_due(s->sim, s->slot_cpu + i);
		if (t == NULL || due == SIM_NEVER || due == now)
			continue;
		left = t->state == THREAD_SPINNING ?
		    share_spin_again(&s->share, due - now, more) :
		    share_work_again(&s->share, due - now, more);
		sim_at(s->sim, s->slot_cpu + i, now + left);
		if (t->state == THREAD_RUNNING && !t->dispatching)
			t->work_end = now + left;
	}
}

/* ---- either ------------------------------------------------------------ */

void
pace_on_shared(struct sched *s, unsigned c)
{

	(void)c;
	if (!pace_by_turns(s))
		pace_share(s, 1);
}

void
pace_work_by_turns(struct sched *s, unsigned c, simtime work)
{

	turns_compute(pace_turns(s), c, work);
}

simtime
pace_left_shared(struct sched *s, unsigned c)
{

	if (pace_by_turns(s)) {
		turns_advance(&s->turns, sim_now(s->sim));
		return (s->turns.cpu[c].left);
	}
	return (share_work(&s->share,
	    MAX(s->cpus[c].cur->work_end - sim_now(s->sim), 0)));
}

void
pace_off_shared(struct sched *s, unsigned c, bool spun)
{

	if (pace_by_turns(s))
		turns_halt(pace_turns(s), c);
	else if (!spun)
		pace_share(s, -1);
}

void
pace_spin(struct sched *s, unsigned c)
{

	if (pace_by_turns(s))
		turns_spin(pace_turns(s), c);
	else
		pace_share(s, -1);
}

void
pace_unspin(struct sched *s, unsigned c)
{

	sim_cancel(s->sim, s->slot_cpu + c);
	s->cpus[c].cur->work_end = sim_now(s->sim);
	if (pace_by_turns(s))
		turns_compute(pace_turns(s), c, 0);
	else
		pace_share(s, 1);
}

simtime
pace_spin_now(struct sched *s, unsigned c)
{

	if (!pace_by_turns(s))
		return (share_spin_now(&s->share, sim_now(s->sim)));
	turns_advance(&s->turns, sim_now(s->sim));
	return (s->turns.cpu[c].spun);
}

void
pace_look(struct sched *s, unsigned c, simtime when)
{

	if (pace_by_turns(s)) {
		turns_look(pace_turns(s), c, when);
		return;
	}
	sim_at(s->sim, s->slot_cpu + c, sim_now(s->sim) +
	    share_spin_wall(&s->share, when - pace_spin_now(s, c)));
}

bool
pace_looks(const struct sched *s, unsigned c)
{

	if (pace_by_turns(s))
		return (s->turns.cpu[c].left != SIM_NEVER);
	return (sim_due(s->sim, s->slot_cpu + c) != SIM_NEVER);
}
