/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Choosing CPUs, stealing, balancing; see pick.h.
 */

#include <limits.h>
#include <string.h>

#include <glib.h>

#include "models/cpus/cpu.h"
#include "models/cpus/pick.h"
#include "sim/kassert.h"

/* A CPU steals from one with so many threads (kern.sched.steal_thresh). */
#define	STEAL_THRESH	2

unsigned
pick_random(struct sched *s)
{

	s->random = s->random * 69069 + 5;
	return (s->random >> 16);
}

/*
 * The CPU of least load, up to `max', where the best is worse than `pri' (-1:
 * any) and that `allowed' names (NULL: all); -1: none is.  Ties go to
 * `prefer', then by chance.
 */
static int
pick_lowest(struct sched *s, int pri, unsigned max, int prefer,
    const uint8_t *allowed)
{
	const struct cpu *c;
	unsigned i, n, ties;
	int best, load, lowest;

	best = -1;
	lowest = 0;
	for (i = 0, ties = 1; i < s->ncpus; i++) {
		c = &s->cpus[i];
		n = cpu_load(c);
		if (n > max || (allowed != NULL && !allowed[i]) ||
		    (int)cpu_low_pri(c) <= pri)
			continue;
		load = (int)n * 4 - ((int)i == prefer);
		if (best >= 0 && load == lowest) {
			if (pick_random(s) % ++ties != 0)
				continue;
		} else if (best >= 0 && load > lowest)
			continue;
		else
			ties = 1;
		best = (int)i;
		lowest = load;
	}
	return (best);
}

/* The CPU of highest load, `min' at least, that has somebody to give. */
static int
pick_highest(struct sched *s, unsigned min, const uint8_t *allowed)
{
	const struct cpu *c;
	unsigned highest, i, n, ties;
	int best;

	best = -1;
	highest = 0;
	for (i = 0, ties = 1; i < s->ncpus; i++) {
		c = &s->cpus[i];
		n = cpu_load(c);
		if (c->rq.movable == 0 || n < min || n < highest ||
		    (allowed != NULL && !allowed[i]))
			continue;
		if (best >= 0 && n == highest) {
			if (pick_random(s) % ++ties != 0)
				continue;
		} else
			ties = 1;
		best = (int)i;
		highest = n;
	}
	return (best);
}

unsigned
pick_other(struct sched *s, const struct thread *t, unsigned last,
    unsigned here)
{
	const struct cpu *mine;
	int cpu;

	cpu = pick_lowest(s, t->pri, UINT_MAX, (int)last, NULL);
	if (cpu < 0)
		cpu = pick_lowest(s, -1, UINT_MAX, (int)last, NULL);
	KASSERT(cpu >= 0, ("no CPU for %s", t->name));
	mine = &s->cpus[here];
	if (cpu_low_pri(mine) > t->pri && !cpu_is_idle(&s->cpus[cpu]) &&
	    cpu_load(mine) <= cpu_load(&s->cpus[cpu]) + 1)
		return (here);
	return ((unsigned)cpu);
}

unsigned
pick_idle(const struct sched *s, const struct thread *t)
{
	unsigned here, last;

	last = (unsigned)MAX(t->cpu, 0);
	here = pick_here(s, t);
	return (t->pri <= s->prio->max_ithd ? here : last);
}

struct thread *
pick_steal(struct sched *s, unsigned cpu)
{
	struct thread *t;
	int from;

	if (!s->steals || s->movable == 0)
		return (NULL);
	from = pick_highest(s, STEAL_THRESH, NULL);
	if (from < 0)
		return (NULL);
	KASSERT(from != (int)cpu, ("CPU %u steals from itself", cpu));
	t = runq_stealable(&s->cpus[from].rq);
	runq_remove(&s->cpus[from].rq, t);
	s->movable--;
	return (t);
}

void
pick_balance_begin(struct sched *s)
{

	memset(s->high, 1, s->ncpus);
}

struct thread *
pick_balance(struct sched *s, unsigned *to)
{
	struct thread *t;
	int high, low;

	if (s->movable == 0)
		return (NULL);
	high = pick_highest(s, STEAL_THRESH, s->high);
	if (high < 0)
		return (NULL);
	s->high[high] = 0;
	low = pick_lowest(s, -1, cpu_load(&s->cpus[high]) - 1, high, s->high);
	if (low < 0)
		return (NULL);
	t = runq_stealable(&s->cpus[high].rq);
	runq_remove(&s->cpus[high].rq, t);
	s->movable--;
	s->high[low] = 0;
	*to = (unsigned)low;
	return (t);
}
