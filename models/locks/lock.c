/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What all kinds of lock share: queues, spinning, sleeping, lending.  See
 * lock.h for the theory.
 */

#include <string.h>

#include <glib.h>

#include "models/locks/lock.h"
#include "models/registry.h"
#include "sim/hist.h"
#include "sim/kassert.h"

/* Of a thread that keeps its CPU: better than any other. */
#define	PRI_KEEPS	0

void
lock_init(struct lock *lk, struct lockset *set, const char *name,
    const struct lock_class *class, unsigned id)
{

	*lk = (struct lock){ .name = name, .class = class, .id = id,
	    .set = set };
	TAILQ_INIT(&lk->spinners);
	TAILQ_INIT(&lk->sleepers);
}

void
lock_stats_init(struct lock *lk, struct lock_stats *st)
{

	*st = (struct lock_stats){ .hold = hist_new(), .wait = hist_new(),
	    .stall_start = SIM_NEVER };
	lk->stats = st;
}

void
lock_stats_fini(struct lock_stats *st)
{

	hist_free(st->hold);
	hist_free(st->wait);
}

/* ---- lending ----------------------------------------------------------- */

static void
lock_sleepers_insert(struct lock *lk, struct thread *t)
{
	struct thread *u;

	TAILQ_FOREACH_REVERSE(u, &lk->sleepers, thread_queue, wq)
		if (u->pri <= t->pri)
			break;
	if (u == NULL)
		TAILQ_INSERT_HEAD(&lk->sleepers, t, wq);
	else
		TAILQ_INSERT_AFTER(&lk->sleepers, u, t, wq);
}

/*
 * Lend `pri' to the owner, and on along the chain of owners who sleep on locks
 * themselves.  Readers are not known by name, so nobody lends to them.
 */
static void
lock_lend(struct lock *lk, uint8_t pri)
{
	struct sched *s;
	struct thread *o;

	s = lk->set->sched;
	for (;;) {
		o = lk->owner;
		if (o == NULL || o->pri <= pri)
			return;
		trace_emit(&s->trace, .time = sim_now(s->sim),
		    .kind = TRACE_LEND, .who = o->id, .what = lk->id,
		    .a = pri, .name = lk->name);
		if (o->state != THREAD_BLOCKED) {
			sched_set_pri(s, o, pri);
			return;
		}
		lk = o->waiting;
		KASSERT(lk != NULL, ("%s holds a lock, and sleeps for none",
		    o->name));
		TAILQ_REMOVE(&lk->sleepers, o, wq);
		o->pri = pri;
		lock_sleepers_insert(lk, o);
	}
}

/*
 * The best of its own priority and those of who sleeps for what it holds; or
 * one that nobody beats.
 */
static uint8_t
lock_lent_pri(const struct thread *t)
{
	const struct thread *u;
	uint8_t pri;
	unsigned i;

	pri = t->base_pri;
	if (t->waiting != NULL && t->waiting->class->keeps_cpu)
		return (PRI_KEEPS);
	for (i = 0; i < t->nheld; i++) {
		if (t->held[i]->class->keeps_cpu)
			return (PRI_KEEPS);
		if (t->held[i]->owner != t)
			continue;
		u = TAILQ_FIRST(&t->held[i]->sleepers);
		if (u != NULL && u->pri < pri)
			pri = u->pri;
	}
	return (pri);
}

/* ---- waiting ----------------------------------------------------------- */

static void
lock_waiters_changed(struct lock *lk)
{

	if (lk->stats == NULL)
		return;
	if (lk->stats->stall_start == SIM_NEVER && lock_held(lk) &&
	    lock_waiters(lk) > 0)
		lk->stats->stall_start = sim_now(lk->set->sched->sim);
	if (lock_waiters(lk) > lk->stats->stall_waiters)
		lk->stats->stall_waiters = lock_waiters(lk);
	lk->set->waiting(lk->set->arg, lk);
	trace_emit(&lk->set->sched->trace,
	    .time = sim_now(lk->set->sched->sim), .kind = TRACE_WAITERS,
	    .what = lk->id, .a = lock_waiters(lk), .name = lk->name);
}

/* How long a bounded spin is in all, ps. */
static simtime
lock_bound(const struct lock *lk)
{

	return ((simtime)lk->set->backoff.bound * lk->set->backoff.pause);
}

static void
lock_spin(struct lock *lk, struct thread *t, bool bounded)
{
	struct sched *s;
	simtime now;

	s = lk->set->sched;
	TAILQ_INSERT_TAIL(&lk->spinners, t, wq);
	t->in_spinners = true;
	lk->nspinners++;
	t->spin_bounded = bounded;
	if (bounded && !t->wait_shared)
		lk->write_spinner = t;
	if (lk->stats != NULL)
		lk->stats->spins++;
	trace_emit(&s->trace, .time = sim_now(s->sim), .kind = TRACE_SPIN,
	    .who = t->id, .what = lk->id, .name = lk->name);
	sched_spin(s, t);
	t->looked = now = sched_spin_now(s, t);
	if (bounded)
		sched_look(s, t, now + MAX(lock_bound(lk) - t->bounded, 0));
	lock_waiters_changed(lk);
}

/* It looks at the lock, or leaves its CPU: how far it has come by now. */
static void
lock_spun(const struct lock *lk, struct thread *t)
{
	simtime now;

	now = sched_spin_now(lk->set->sched, t);
	if (t->spin_bounded)
		t->bounded += now - t->looked;
	else
		t->delay = backoff_reached(&lk->set->backoff, t->delay,
		    now - t->looked);
	t->looked = now;
}

static void
lock_unspin(struct lock *lk, struct thread *t)
{

	TAILQ_REMOVE(&lk->spinners, t, wq);
	t->in_spinners = false;
	lk->nspinners--;
	if (lk->write_spinner == t)
		lk->write_spinner = NULL;
}

static void
lock_sleep(struct lock *lk, struct thread *t)
{
	struct sched *s;
	bool first;

	s = lk->set->sched;
	first = s->prio->lends_first;
	t->asleep = true;
	t->sleep_since = sim_now(s->sim);
	lock_sleepers_insert(lk, t);
	lk->nsleepers++;
	if (!t->wait_shared)
		lk->nsleepers_excl++;
	if (lk->stats != NULL)
		lk->stats->sleeps++;
	trace_emit(&s->trace, .time = sim_now(s->sim), .kind = TRACE_SLEEP,
	    .who = t->id, .what = lk->id, .name = lk->name);
	if (first)
		lock_lend(lk, t->pri);
	sched_stop(s, t, THREAD_BLOCKED);
	lock_waiters_changed(lk);
	if (!first)
		lock_lend(lk, t->pri);
}

/*
 * The lock changed: every spinner that may profit looks in its own time.  One
 * whose next look is known already keeps to it.
 */
static void
lock_poke(struct lock *lk)
{
	struct sched *s;
	struct thread *t;
	simtime now;

	s = lk->set->sched;
	TAILQ_FOREACH(t, &lk->spinners, wq) {
		now = sched_spin_now(s, t);
		if (t->spin_bounded || lk->class->keeps_cpu)
			sched_look(s, t, now + lk->set->backoff.pause);
		else if (!sched_looks(s, t))
			sched_look(s, t, backoff_next_look(&lk->set->backoff,
			    t->delay, t->looked, now, &lk->set->rng));
	}
}

void
lock_thread_stopped(struct sched *s, struct thread *t)
{
	unsigned i;

	(void)s;
	/* Put off its CPU while it spun: goes on there when it is back. */
	if (t->in_spinners) {
		lock_spun(t->waiting, t);
		lock_unspin(t->waiting, t);
		t->put_off = true;
		lock_waiters_changed(t->waiting);
	}
	for (i = 0; i < t->nheld; i++)
		if (t->held[i]->owner == t)
			lock_poke(t->held[i]);
}

/* ---- acquire and release ----------------------------------------------- */

static struct lock_use *
lock_use_of(const struct lock *lk, const struct thread *t, bool shared)
{

	if (lk->stats == NULL || lk->stats->uses == NULL)
		return (NULL);
	KASSERT(t->op < LOCK_USE_OPS, ("operation %u", t->op));
	return (&lk->stats->uses[lock_use_index(t->op, shared)]);
}

/* It has the lock: how long that took, awake and asleep. */
static void
lock_use_granted(const struct lock *lk, const struct thread *t, simtime now)
{
	struct lock_use *use;
	simtime waited;

	use = lock_use_of(lk, t, t->wait_shared);
	if (use == NULL)
		return;
	use->acquisitions++;
	if (!t->contested)
		return;
	waited = now - t->wait_since;
	lock_use_add(&use->wait, waited);
	if (waited > t->slept)
		lock_use_add(&use->spin, waited - t->slept);
	if (t->slept > 0)
		lock_use_add(&use->block, t->slept);
}

static void
lock_grant(struct lock *lk, struct thread *t)
{
	struct sched *s;
	simtime now;

	s = lk->set->sched;
	now = sim_now(s->sim);
	KASSERT(t->nheld < THREAD_MAXHELD, ("%s holds too much", t->name));
	if (!lock_held(lk)) {
		lk->held_since = now;
		if (lk->stats != NULL) {
			lk->stats->stall_waiters = lock_waiters(lk);
			lk->stats->stall_start = lock_waiters(lk) > 0 ? now :
			    SIM_NEVER;
		}
	}
	lock_use_granted(lk, t, now);
	if (t->contested)
		t->spent.locked += now - t->wait_since;
	if (t->wait_shared) {
		lk->readers++;
		t->nshared++;
	} else
		lk->owner = t;
	lk->last = t;
	t->held[t->nheld++] = lk;
	t->waiting = NULL;
	if (lk->stats != NULL) {
		lk->stats->acquisitions++;
		if (t->contested) {
			lk->stats->contested++;
			hist_add(lk->stats->wait, now - t->wait_since);
		}
	}
	trace_emit(&s->trace, .time = now, .kind = TRACE_ACQUIRE,
	    .who = t->id, .what = lk->id, .a = t->wait_shared,
	    .name = lk->name);
	/* Sleepers it left behind lend to the new owner. */
	if (!t->wait_shared && !TAILQ_EMPTY(&lk->sleepers))
		lock_lend(lk, TAILQ_FIRST(&lk->sleepers)->pri);
}

static bool
lock_attempt(struct lock *lk, struct thread *t)
{
	enum lock_try how;

	if (lk->class->keeps_cpu)
		sched_set_pri(lk->set->sched, t, PRI_KEEPS);
	how = lk->class->attempt(lk, t, t->wait_shared);
	if (how == LOCK_GRANTED) {
		lock_grant(lk, t);
		return (true);
	}
	if (!t->contested) {
		t->contested = true;
		t->put_off = false;
		t->delay = backoff_start(&lk->set->backoff);
		t->bounded = 0;
	}
	if (how == LOCK_SPIN_BOUNDED && t->bounded >= lock_bound(lk))
		how = LOCK_SLEEP;
	if (how == LOCK_SLEEP)
		lock_sleep(lk, t);
	else
		lock_spin(lk, t, how == LOCK_SPIN_BOUNDED);
	return (false);
}

bool
lock_acquire(struct lock *lk, struct thread *t, bool shared)
{
	struct sched *s;

	KASSERT(t->waiting == NULL, ("%s waits twice", t->name));
	s = lk->set->sched;
	t->wait_shared = shared;
	t->wait_since = sim_now(s->sim);
	t->contested = false;
	t->slept = 0;
	if (lock_is_free(lk) && !lk->class->keeps_cpu && !lk->set->stepwise &&
	    s->trace.sink == NULL) {
		lock_take(lk, t, shared, t->wait_since);
		return (true);
	}
	t->waiting = lk;
	return (lock_attempt(lk, t));
}

bool
lock_try_shared(struct lock *lk, struct thread *t)
{

	if (lk->owner != NULL)
		return (false);
	t->wait_shared = true;
	t->wait_since = sim_now(lk->set->sched->sim);
	t->contested = false;
	lock_grant(lk, t);
	return (true);
}

/*
 * Back on a CPU, in the middle of the delay in which it was put off: it looks
 * at the end of that, whatever the lock is now.
 */
static void
lock_spin_on(struct lock *lk, struct thread *t)
{
	struct sched *s;
	simtime now;

	s = lk->set->sched;
	t->put_off = false;
	lock_spin(lk, t, t->spin_bounded);
	now = sched_spin_now(s, t);
	if (lk->class->attempt(lk, t, t->wait_shared) != LOCK_SPIN)
		sched_look(s, t, now + (t->spin_bounded ?
		    lk->set->backoff.pause : backoff_left(&lk->set->backoff,
		    t->delay, &lk->set->rng)));
}

bool
lock_retry(struct thread *t)
{
	struct lock *lk;
	enum lock_try how;
	simtime slept;

	lk = t->waiting;
	if (t->asleep) {
		slept = sim_now(lk->set->sched->sim) - t->sleep_since;
		t->slept += slept;
		t->used.blocked += slept;
	}
	t->asleep = false;
	if (t->put_off) {
		lock_spin_on(lk, t);
		return (false);
	}
	if (t->state != THREAD_SPINNING)
		return (lock_attempt(lk, t));
	how = lk->class->attempt(lk, t, t->wait_shared);
	if (how != LOCK_GRANTED)
		lock_spun(lk, t);
	/*
	 * Still taken, by an owner who runs: goes on spinning, at the pace
	 * that it has reached.  The next change makes it look again.
	 */
	if (how == LOCK_SPIN && !t->spin_bounded)
		return (false);
	if (how == LOCK_SPIN_BOUNDED && t->spin_bounded &&
	    t->bounded < lock_bound(lk)) {
		sched_look(lk->set->sched, t, t->looked + lock_bound(lk) -
		    t->bounded);
		return (false);
	}
	lock_unspin(lk, t);
	sched_unspin(lk->set->sched, t);
	if (how == LOCK_GRANTED) {
		lock_waiters_changed(lk);
		t->charge += lk->set->backoff.handoff;
		lock_grant(lk, t);
		return (true);
	}
	if (how != LOCK_SLEEP)
		lock_waiters_changed(lk);
	return (lock_attempt(lk, t));
}

/* Wake those sleepers whom the class names, best priority first. */
static void
lock_wake(struct lock *lk)
{
	struct thread_queue woken;
	struct thread *next, *t;
	bool exclusive, shared;

	exclusive = shared = true;
	lk->class->wakes(lk, &exclusive, &shared);
	TAILQ_INIT(&woken);
	for (t = TAILQ_FIRST(&lk->sleepers); t != NULL; t = next) {
		next = TAILQ_NEXT(t, wq);
		if (!(t->wait_shared ? shared : exclusive))
			continue;
		TAILQ_REMOVE(&lk->sleepers, t, wq);
		TAILQ_INSERT_TAIL(&woken, t, wq);
		lk->nsleepers--;
		if (!t->wait_shared)
			lk->nsleepers_excl--;
	}
	while ((t = TAILQ_FIRST(&woken)) != NULL) {
		TAILQ_REMOVE(&woken, t, wq);
		sched_wake(lk->set->sched, t);
	}
}

/* The last holder is gone. */
static void
lock_unheld(struct lock *lk, simtime now)
{
	struct lock_stats *st;

	st = lk->stats;
	if (st == NULL)
		return;
	if (lk->owner != NULL)
		lock_held_for(st, lk->owner->op, now - lk->held_since);
	if (st->stall_start != SIM_NEVER)
		lk->set->stalled(lk->set->arg, lk, st->stall_start,
		    now - st->stall_start);
	st->stall_start = SIM_NEVER;
}

void
lock_release(struct lock *lk, struct thread *t)
{
	struct sched *s;
	unsigned i;
	bool shared;

	s = lk->set->sched;
	/* Most is given back first that was taken last. */
	for (i = t->nheld; i > 0 && t->held[i - 1] != lk; i--)
		continue;
	KASSERT(i > 0, ("%s does not hold %s", t->name, lk->name));
	for (; i < t->nheld; i++)
		t->held[i - 1] = t->held[i];
	t->nheld--;
	shared = lk->owner != t;
	if (shared) {
		KASSERT(lk->readers > 0, ("%s has no reader", lk->name));
		lk->readers--;
		t->nshared--;
	}
	trace_emit(&s->trace, .time = sim_now(s->sim), .kind = TRACE_RELEASE,
	    .who = t->id, .what = lk->id, .name = lk->name);
	if (lk->readers == 0)
		lock_unheld(lk, sim_now(s->sim));
	if (!shared)
		lk->owner = NULL;
	if (!lock_held(lk) && lock_waiters(lk) > 0) {
		lock_poke(lk);
		if (s->prio->gives_back_first && lk->nsleepers > 0 &&
		    t->pri != t->base_pri)
			sched_set_pri(s, t, lock_lent_pri(t));
		if (lk->nsleepers > 0)
			lock_wake(lk);
	}
	if (t->pri != t->base_pri)
		sched_set_pri(s, t, lock_lent_pri(t));
}

const struct lock_class *
lock_class_find(const char *name)
{
	const struct lock_class *const *p;

	for (p = registry_lock_classes; *p != NULL; p++)
		if (strcmp((*p)->name, name) == 0)
			return (*p);
	return (NULL);
}
