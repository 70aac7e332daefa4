/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A bench for locks: a handful of threads, each with a script of its own, on a
 * machine without a network.  All costs are 0 until a test says otherwise, so
 * that its times are round.
 */

#ifndef TESTS_MODELS_LOCKS_LOCK_RIG_H
#define	TESTS_MODELS_LOCKS_LOCK_RIG_H

#include <glib.h>

#include "models/cpus/sched.h"
#include "models/locks/lock.h"

extern const struct lock_class lock_class_mutex, lock_class_rwlock;
extern const struct lock_class lock_class_spin;

enum what { WORK, USER_WORK, RETURN, WAKE, LOCK, RLOCK, UNLOCK, DONE };

struct act {
	enum what	what;
	simtime		time;		/* WORK, inside the kernel or not */
	unsigned	lock;		/* index into rig.lock; WAKE: actor */
};

/* Lines of a script. */
#define	ACT_WORK(ps)	{ WORK, (ps), 0 }
#define	ACT_USER_WORK(ps)	{ USER_WORK, (ps), 0 }
#define	ACT_RETURN	{ RETURN, 0, 0 }	/* to user mode */
#define	ACT_WAKE(a)	{ WAKE, 0, (a) }
#define	ACT_LOCK(l)	{ LOCK, 0, (l) }
#define	ACT_RLOCK(l)	{ RLOCK, 0, (l) }
#define	ACT_UNLOCK(l)	{ UNLOCK, 0, (l) }
#define	ACT_DONE	{ DONE, 0, 0 }

#define	MAXACTORS	8

struct actor {
	struct thread	thread;
	const struct act *script;
	simtime		start;
	simtime		got[4];		/* when lock i was granted last */
	simtime		ended;
};

struct rig {
	struct sim	*sim;
	struct sched	sched;
	struct costs	costs;
	struct lockset	set;
	struct lock	lock[4];
	struct lock_stats stats[4];
	struct actor	actor[MAXACTORS];
	unsigned	nactors;
	unsigned	nstalls;
	simtime		stalled;
};

static inline void
rig_stalled(void *arg, const struct lock *lk, simtime start, simtime length)
{
	struct rig *r;

	(void)lk;
	(void)start;
	r = arg;
	r->nstalls++;
	r->stalled += length;
}

static inline void
rig_waiting(void *arg, const struct lock *lk)
{

	(void)arg;
	(void)lk;
}

static inline void
rig_init(struct rig *r, unsigned ncpus, const struct lock_class *class)
{
	unsigned i;

	*r = (struct rig){ 0 };
	for (i = 0; i < NCOSTS; i++)
		r->costs.curve[i].npoints = 1;
	r->sim = sim_new(SCHED_NSLOTS(ncpus) + MAXACTORS, 1);
	sched_init(&r->sched, r->sim, &r->costs, ncpus, 0);
	r->sched.stopped = lock_thread_stopped;
	r->set = (struct lockset){ .sched = &r->sched, .arg = r,
	    .stalled = rig_stalled, .waiting = rig_waiting,
	    .backoff = { .base = 1, .max = 4096, .pause = 50 * SIM_NS,
	    .bound = 100000 } };
	rng_init(&r->set.rng, 1, 0, "lock_delay");
	for (i = 0; i < 4; i++) {
		lock_init(&r->lock[i], &r->set, "test", class, i);
		lock_stats_init(&r->lock[i], &r->stats[i]);
	}
}

static inline void
rig_fini(struct rig *r)
{
	unsigned i;

	for (i = 0; i < 4; i++)
		lock_stats_fini(&r->stats[i]);
	sched_fini(&r->sched);
	sim_free(r->sim);
}

/* A thread that begins its script at `start', bound to `cpu' or (-1) not. */
static inline struct actor *
rig_actor(struct rig *r, const char *name, enum pri pri, int cpu,
    simtime start, const struct act *script)
{
	struct actor *a;

	a = &r->actor[r->nactors];
	thread_init(&a->thread, name, r->nactors, pri, cpu);
	/* Bound ones keep their priority, that lending may be seen. */
	a->thread.user &= cpu < 0;
	a->thread.actor = a;
	a->script = script;
	a->start = start;
	sim_at(r->sim, SCHED_NSLOTS(r->sched.ncpus) + r->nactors, start);
	r->nactors++;
	return (a);
}

static inline void
rig_go(struct rig *r, struct actor *a)
{
	const struct act *act;
	struct thread *t;

	t = &a->thread;
	if (t->waiting != NULL) {
		if (!lock_retry(t))
			return;
		a->got[t->held[t->nheld - 1]->id] = sim_now(r->sim);
	}
	while (t->state == THREAD_RUNNING && !t->dispatching &&
	    t->waiting == NULL) {
		act = a->script++;
		switch (act->what) {
		case WORK:
		case USER_WORK:
			t->in_user = act->what == USER_WORK;
			sched_compute(&r->sched, t, act->time);
			return;
		case RETURN:
			t->in_user = false;
			sched_userret(&r->sched, t);
			break;
		case WAKE:
			sched_wake(&r->sched, &r->actor[act->lock].thread);
			break;
		case LOCK:
		case RLOCK:
			if (lock_acquire(&r->lock[act->lock], t,
			    act->what == RLOCK))
				a->got[act->lock] = sim_now(r->sim);
			break;
		case UNLOCK:
			lock_release(&r->lock[act->lock], t);
			break;
		case DONE:
			a->ended = sim_now(r->sim);
			sched_stop(&r->sched, t, THREAD_IDLE);
			break;
		}
	}
}

static inline void
rig_run(struct rig *r, simtime until)
{
	struct sim_event ev;
	struct thread *t;
	unsigned n;

	n = r->sched.ncpus;
	while (sim_next(r->sim, until, &ev)) {
		sched_interrupt(&r->sched);
		if (ev.slot >= SCHED_NSLOTS(n)) {
			sched_wake(&r->sched,
			    &r->actor[ev.slot - SCHED_NSLOTS(n)].thread);
			continue;
		}
		if (ev.slot == r->sched.slot_balance) {
			sched_balance_due(&r->sched);
			continue;
		}
		if (ev.slot >= n) {
			sched_slice_due(&r->sched, ev.slot - n);
			continue;
		}
		t = sched_cpu_due(&r->sched, ev.slot);
		if (t != NULL)
			rig_go(r, t->actor);
	}
}

#endif /* !TESTS_MODELS_LOCKS_LOCK_RIG_H */
