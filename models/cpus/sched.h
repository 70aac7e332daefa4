/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * CPUs and the threads that run on them, by kernel priority.
 *
 * Theory:	each CPU has a queue of its own.  A thread that wakes is put on
 *		the CPU that pick_cpu() chooses, and stays there: an idle CPU
 *		steals, one that never goes idle does not, and once in a second
 *		or so queues are balanced.  Who is better than the thread on
 *		that CPU takes it at once if its priority is the kernel's, or
 *		if it is interactive, that one is not, and another CPU woke it
 *		(an interrupt is sent there, inside the kernel or not).  Else
 *		it waits until that thread sleeps, or returns to user mode with
 *		a better one in the queue or its slice at an end.  So an owner
 *		of a lock may be put off in the middle of its hold.
 *
 *		A user's thread keeps inside the kernel the priority with which
 *		it entered; on its return it has the one of its score.  One that
 *		sleeps in the kernel comes back with the best of the batch range
 *		at least.
 *
 *		A thread never runs inside another's event: being put on a CPU
 *		makes that CPU's slot due, and the machine takes it from there.
 *
 * Models:	sched_add(), sched_switch(), sched_shouldpreempt(),
 *		sched_setpreempt(), tdq_notify(), sched_preempt(),
 *		sched_thread_priority(), sched_sleep(), sched_wakeup(),
 *		sched_userret(), sched_clock(), tdq_slice(),
 *		sys/kern/sched_ule.c; ast(), sys/kern/subr_trap.c; FreeBSD
 *		12.1, with kern.sched.static_boost, preempt_thresh and slice as
 *		they are.
 * Left out:	groups of CPUs (all share their caches), critical sections, the
 *		microseconds of an interrupt between CPUs.  When what was lent
 *		is given back, who waits here and is better takes over at once;
 *		in the kernel at the next sched_add() of that CPU, interrupt
 *		from another, or end of a slice.
 */

#ifndef MODELS_CPUS_SCHED_H
#define	MODELS_CPUS_SCHED_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/cpu.h"
#include "models/cpus/pace.h"
#include "sim/kassert.h"

/* Slots needed for n CPUs, from `slot' on. */
#define	SCHED_NSLOTS(n)	(2 * (n) + 2)

void	sched_init(struct sched *, struct sim *, const struct costs *,
	    unsigned ncpus, unsigned slot);
void	sched_fini(struct sched *);

/* The priorities of a release, NULL: of 12.x; before anybody runs. */
void	sched_set_prio(struct sched *, const struct prio_table *);

/* What happens now is no thread's doing, but a timer's or the wire's. */
static inline void
sched_interrupt(struct sched *s)
{

	s->self = -1;
}

/* IDLE or BLOCKED -> READY, and onto a CPU if one is to be had. */
void	sched_wake(struct sched *, struct thread *);

/* RUNNING -> IDLE or BLOCKED; its CPU takes the next thread. */
void	sched_stop(struct sched *, struct thread *, enum thread_state);

/*
 * The user's thread on a CPU is back in user mode: it has the priority of its
 * score, and may have to leave its CPU.
 */
void	sched_userret(struct sched *, struct thread *);

/* RUNNING: compute for `work' ps (>= 0), then the CPU's slot is due. */
void	sched_compute(struct sched *, struct thread *, simtime work);

/*
 * The last instant up to which nothing else happens, if only the thread that
 * acts goes on; in the past: that is not known.
 */
static inline simtime
sched_quiet_until(const struct sched *s)
{

	return (pace_quiet_until(s));
}

/*
 * The same as sched_compute(), if that is over by `until' or before: it has
 * computed, and goes on.  False: sched_compute() is to be used.
 */
static inline bool
sched_compute_on(struct sched *s, struct thread *t, simtime work,
    simtime until)
{

	KASSERT(t->work_left == 0, ("%s has to compute", t->name));
	return (pace_work_on(s, t, work, until));
}

/*
 * A thread of the kernel's that is IDLE is woken by an interrupt, computes for
 * `work' ps (> 0) and is IDLE again: at once, with the clock moved on, if
 * nothing else happens meanwhile and its CPU is idle.
 *
 * Returns:	false, and nothing is changed: sched_wake() it.
 */
bool	sched_pass(struct sched *, struct thread *, simtime work);

/* RUNNING -> SPINNING, and back. */
void	sched_spin(struct sched *, struct thread *);
void	sched_unspin(struct sched *, struct thread *);

/* SPINNING, or just put off: the time in which it counts its pauses. */
static inline simtime
sched_spin_now(struct sched *s, const struct thread *t)
{

	return (pace_spin_now(s, (unsigned)t->cpu));
}

/* SPINNING: look at the lock at `when', of its time. */
void	sched_look(struct sched *, struct thread *, simtime when);

/* SPINNING: is it known when it looks next? */
static inline bool
sched_looks(const struct sched *s, const struct thread *t)
{

	return (pace_looks(s, (unsigned)t->cpu));
}

/* Change the effective priority; may move it to another CPU, or onto one. */
void	sched_set_pri(struct sched *, struct thread *, uint8_t pri);

/*
 * The slot of `cpu' is due.  Returns the thread that may take its next step
 * (it has computed what it had to, or must look at its lock), or NULL.
 */
static inline struct thread *
sched_cpu_due(struct sched *s, unsigned cpu)
{
	struct thread *t;

	s->self = (int)cpu;
	t = s->cpus[cpu].cur;
	KASSERT(t != NULL, ("CPU %u is due and idle", cpu));
	pace_acts(s, cpu);
	if (t->state != THREAD_RUNNING || !t->dispatching)
		return (t);
	t->dispatching = false;
	if (t->work_left > 0) {
		sched_compute(s, t, t->work_left);
		return (NULL);
	}
	t->work_end = sim_now(s->sim);
	return (t);
}

/* A slice of `cpu' has ended. */
void	sched_slice_due(struct sched *, unsigned cpu);

/* Queues are balanced from now on; it is time to do so. */
void	sched_balance_start(struct sched *);
void	sched_balance_due(struct sched *);

#endif /* !MODELS_CPUS_SCHED_H */
