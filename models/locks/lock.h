/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Adaptive locks: who gets them, who spins, who sleeps, who is lent whose
 * priority.
 *
 * Theory:	an attempt either takes the lock at once, or spins while the
 *		owner is on a CPU (burning its own), or sleeps in the lock's
 *		turnstile and lends its priority.  A release hands the lock to
 *		nobody: it wakes sleepers and lets spinners look; whoever
 *		tries first when the lock is free has it.  A spinner looks
 *		only between two back-off delays, so it notices late; when
 *		exactly is models/locks/backoff.h's.
 *
 *		What differs between kinds of lock is a lock_class: how an
 *		attempt fares, and whom a release wakes.
 *
 * Models:	sys/kern/kern_mutex.c, kern_rwlock.c, subr_turnstile.c,
 *		FreeBSD 12.1.
 * Left out:	recursion, upgrades and downgrades (nobody here uses them),
 *		WITNESS, the starvation probe.
 */

#ifndef MODELS_LOCKS_LOCK_H
#define	MODELS_LOCKS_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/locks/backoff.h"
#include "models/locks/use.h"
#include "sim/hist.h"
#include "sim/rng.h"
#include "sim/time.h"

struct monitor;

enum lock_try {
	LOCK_GRANTED,
	LOCK_SPIN,		/* as long as the owner is on a CPU */
	LOCK_SPIN_BOUNDED,	/* for a while (rwlock held by readers) */
	LOCK_SLEEP
};

struct lock_class {
	const char	*name;		/* "mutex" */
	const char	*title;
	const char	*source;
	enum cost	shared_cost;	/* acquire and release, uncontended */
	enum cost	exclusive_cost;
	/* Who holds it, or spins for it, is not put off its CPU. */
	bool		keeps_cpu;
	/* May `t' have it?  Changes nothing. */
	enum lock_try	(*attempt)(const struct lock *,
			    const struct thread *t, bool shared);
	/*
	 * The lock was released with sleepers.  Wake the exclusive sleepers,
	 * the shared ones, or both?
	 */
	void		(*wakes)(const struct lock *, bool *exclusive,
			    bool *shared);
};

/* A lock, or one of many alike, as a kernel names it. */
struct lock_kind {
	const char	*name;		/* "tcphash" */
	const struct lock_class *class;	/* NULL: this kernel has none */
	const char	*title;		/* what it guards */
};

/* What is measured of a lock; the engine measures, not the lock. */
struct lock_stats {
	struct hist	*hold;		/* exclusive */
	struct hist	*wait;		/* of contested acquisitions */
	uint64_t	acquisitions, contested, spins, sleeps;
	simtime		busy;		/* exclusively held, ps, ended ones */
	simtime		stall_start;	/* first waiter of this hold */
	unsigned	stall_waiters;	/* at most, in this hold */
	struct lock_use	*uses;		/* uses[LOCK_USES]; NULL: not asked */
};

struct lock {
	const char	*name;		/* "tcphash" */
	const struct lock_class *class;
	unsigned	id;
	struct thread	*owner;		/* exclusive */
	struct thread	*last;		/* latest to get it, for reports */
	unsigned	readers;
	struct thread_queue spinners;
	struct thread_queue sleepers;	/* by priority, FIFO among equals */
	unsigned	nspinners;
	unsigned	nsleepers;
	unsigned	nsleepers_excl;
	struct thread	*write_spinner;	/* the one bounded writer */
	simtime		held_since;
	struct lock_stats *stats;	/* NULL: nobody asks */
	struct lockset	*set;
};

/* The locks of one machine share these. */
struct lockset {
	struct sched	*sched;
	struct lock_backoff backoff;
	struct rng	rng;		/* phases of spinners */
	bool		stepwise;	/* no short ways */
	void		*arg;
	/* A hold ended (or: `now', one goes on) in which others waited. */
	void		(*stalled)(void *arg, const struct lock *,
			    simtime start, simtime length);
	/* The number of waiters changed. */
	void		(*waiting)(void *arg, const struct lock *);
};

void	lock_init(struct lock *, struct lockset *, const char *name,
	    const struct lock_class *, unsigned id);
void	lock_stats_init(struct lock *, struct lock_stats *);
void	lock_stats_fini(struct lock_stats *);

/*
 * The running thread wants the lock.  True: it has it.  False: it spins or
 * sleeps; once it may try again its CPU's slot is due, and lock_retry() goes
 * on.
 */
bool	lock_acquire(struct lock *, struct thread *, bool shared);
bool	lock_retry(struct thread *);

/*
 * The running thread takes the lock shared, unless somebody has it exclusively:
 * waiting writers do not matter.  It never waits.
 *
 * Models:	__rw_try_rlock(), sys/kern/kern_rwlock.c, FreeBSD 11.0.
 */
bool	lock_try_shared(struct lock *, struct thread *);

/* The running thread gives it back; may put that thread off its CPU. */
void	lock_release(struct lock *, struct thread *);

static inline unsigned
lock_waiters(const struct lock *lk)
{

	return (lk->nspinners + lk->nsleepers);
}

static inline bool
lock_held(const struct lock *lk)
{

	return (lk->owner != NULL || lk->readers > 0);
}

/* ---- short ways, for locks of classes that do not keep the CPU ---------- */

static inline bool
lock_is_free(const struct lock *lk)
{

	return (!lock_held(lk) && lock_waiters(lk) == 0);
}

/*
 * What lock_acquire() comes to if the lock is free: every class grants that
 * (tests/models/locks/lock_test.c).  Where nobody keeps a trace.
 */
static inline void
lock_take(struct lock *lk, struct thread *t, bool shared, simtime now)
{
	struct lock_stats *st;

	KASSERT(t->nheld < THREAD_MAXHELD, ("%s holds too much", t->name));
	lk->held_since = now;
	st = lk->stats;
	if (st != NULL) {
		st->stall_waiters = 0;
		st->stall_start = SIM_NEVER;
		st->acquisitions++;
		if (st->uses != NULL)
			st->uses[lock_use_index(t->op, shared)].acquisitions++;
	}
	if (shared) {
		lk->readers = 1;
		t->nshared++;
	} else
		lk->owner = t;
	lk->last = t;
	t->held[t->nheld++] = lk;
}

/* An exclusive hold has ended. */
static inline void
lock_held_for(struct lock_stats *st, unsigned op, simtime held)
{

	st->busy += held;
	hist_add(st->hold, held);
	if (st->uses != NULL)
		lock_use_add(&st->uses[lock_use_index(op, false)].hold, held);
}

/*
 * What lock_release() comes to if nobody has waited since the running thread
 * took the lock exclusively, as the last of those that it holds.
 *
 * Returns:	false, and nothing is changed: use lock_release().
 */
static inline bool
lock_give(struct lock *lk, struct thread *t, simtime now)
{
	struct lock_stats *st;

	st = lk->stats;
	if (lk->owner != t || t->held[t->nheld - 1] != lk ||
	    lock_waiters(lk) > 0 || t->pri != t->base_pri ||
	    (st != NULL && st->stall_start != SIM_NEVER))
		return (false);
	if (st != NULL)
		lock_held_for(st, t->op, now - lk->held_since);
	t->nheld--;
	lk->owner = NULL;
	return (true);
}

/* For struct sched: a thread left its CPU. */
void	lock_thread_stopped(struct sched *, struct thread *);

/* NULL if there is none of that name. */
const struct lock_class *lock_class_find(const char *name);

#endif /* !MODELS_LOCKS_LOCK_H */
