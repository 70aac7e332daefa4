/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which CPU a thread goes to, and which thread a CPU takes from another.
 *
 * Theory:	a thread goes back to its last CPU if that is idle; else to the
 *		least loaded CPU where all are worse than it, else to the least
 *		loaded at all; but the CPU that woke it keeps it if it can have
 *		that one soon and no CPU is idle.  An interrupt thread prefers
 *		the CPU where its interrupt came: in 12.x to any, whoever worse
 *		is on it; from 14 on if it is idle, and else as if it had run
 *		there last.  Load is a number of threads, whatever they do: a
 *		CPU that spins counts as one thread.
 * Models:	sched_pickcpu(), cpu_search(), tdq_trysteal(), tdq_idled(),
 *		sched_balance(), sched_balance_group(), sched_balance_pair(),
 *		sys/kern/sched_ule.c, FreeBSD 12.1 and 14.0.
 * Left out:	groups of CPUs; affinity to caches beyond the last CPU.  An idle
 *		CPU looks for work when it goes idle, as there; that it looks
 *		again after an interrupt's thread ran on it is the same rule.
 */

#ifndef MODELS_CPUS_PICK_H
#define	MODELS_CPUS_PICK_H

#include <glib.h>

#include "models/cpus/cpu.h"

/*
 * The CPU that wakes it: whose thread acts, or whom the timer interrupts.  A
 * device interrupts the CPU that it was given, an interrupt thread's callouts
 * are CPU 0's; others sleep on their CPU's.
 */
static inline unsigned
pick_here(const struct sched *s, const struct thread *t)
{

	if (s->self >= 0)
		return ((unsigned)s->self);
	if (t->bound >= 0)
		return ((unsigned)t->bound);
	if (t->pri <= s->prio->max_ithd)
		return ((unsigned)MAX(t->home, 0));
	return ((unsigned)MAX(t->cpu, 0));
}

/*
 * For pick_cpu(): it may go anywhere, and the CPU where it would rather be,
 * `last', is not idle.
 */
unsigned pick_other(struct sched *, const struct thread *, unsigned last,
	    unsigned here);

/* The CPU for a thread that wakes, or is lent a better priority. */
static inline unsigned
pick_cpu(struct sched *s, const struct thread *t)
{
	unsigned here, last;

	if (t->bound >= 0)
		return ((unsigned)t->bound);
	last = (unsigned)MAX(t->cpu, 0);
	here = pick_here(s, t);
	if (s->self < 0 && t->pri <= s->prio->max_ithd) {
		if (!s->prio->idle_first && here != last &&
		    cpu_low_pri(&s->cpus[here]) > t->pri)
			return (here);
		/* Its interrupt's CPU, even if it may not have that one. */
		last = here;
	}
	if (cpu_is_idle(&s->cpus[last]))
		return (last);
	return (pick_other(s, t, last, here));
}

/*
 * The same for one that an interrupt wakes, and floats: that CPU, if it is
 * idle; else any that is not.
 */
unsigned pick_idle(const struct sched *, const struct thread *);

/*
 * Whom an idle CPU takes from the queue of one that has two threads or more;
 * NULL: nobody.  It is out of that queue then.
 */
struct thread *pick_steal(struct sched *, unsigned cpu);

/*
 * Whom CPU '*to' is to get from a queue that is longer than its own, out of
 * which it is then; NULL: no more.  A round begins with pick_balance_begin();
 * a CPU gives one thread a round, or gets one.
 */
void	pick_balance_begin(struct sched *);
struct thread *pick_balance(struct sched *, unsigned *to);

/* sched_random(): the kernel's own small generator. */
unsigned pick_random(struct sched *);

#endif /* !MODELS_CPUS_PICK_H */
