/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * CPUs, preemption and slices; see sched.h for the theory.
 */

#include <glib.h>

#include "models/cpus/pick.h"
#include "models/cpus/sched.h"
#include "sim/kassert.h"

/* A slice is 12 ticks of stathz, by the load, 2 at least. */
#define	SLICE_TICKS	12
#define	SLICE_DIVISOR	6

void
sched_init(struct sched *s, struct sim *sim, const struct costs *costs,
    unsigned ncpus, unsigned slot)
{
	unsigned i;

	KASSERT(ncpus > 0, ("no CPU"));
	s->sim = sim;
	s->costs = costs;
	s->prio = &prio_others;
	s->ncpus = ncpus;
	s->cpus = g_new0(struct cpu, ncpus);
	s->high = g_new0(uint8_t, ncpus);
	for (i = 0; i < ncpus; i++)
		runq_init(&s->cpus[i].rq, s->prio);
	s->self = -1;
	s->movable = 0;
	s->steals = s->balances = true;
	s->random = 0;
	s->slot_cpu = slot;
	s->slot_slice = slot + ncpus;
	s->slot_balance = slot + 2 * ncpus;
	s->slot_turn = s->slot_balance + 1;
	tally_init(&s->spinning, sim_now(sim), 0);
	share_init(&s->share, 0, 0, 0, 1);
	s->turns = (struct turns){ 0 };
}

void
sched_set_prio(struct sched *s, const struct prio_table *prio)
{
	unsigned i;

	s->prio = prio != NULL ? prio : &prio_others;
	for (i = 0; i < s->ncpus; i++)
		s->cpus[i].rq.prio = s->prio;
}

void
sched_fini(struct sched *s)
{

	g_free(s->cpus);
	g_free(s->high);
	turns_fini(&s->turns);
}

/* ---- time that threads use --------------------------------------------- */

/* Of so many users on one CPU, the waiting ones included. */
static simtime
sched_slice(const struct cpu *c)
{
	unsigned load;

	load = c->rq.users;
	if (load >= SLICE_DIVISOR)
		return (SLICE_TICKS / SLICE_DIVISOR * INTERACT_TICK);
	return (SLICE_TICKS / MAX(load, 1) * INTERACT_TICK);
}

/* A user's thread has run until now. */
static void
sched_ran(struct sched *s, struct thread *t)
{
	simtime length, now;

	now = sim_now(s->sim);
	length = now - t->since;
	t->since = now;
	t->slice_used += length;
	t->unscored += length;
	interact_ran(&t->interact, now, length);
	if (t->unscored >= INTERACT_TICK) {
		t->unscored = 0;
		t->user_pri = interact_pri(&t->interact, s->prio);
	}
}

/* If others wait for this CPU the slice of the thread on it ends some time. */
static void
sched_slice_start(struct sched *s, unsigned c)
{
	const struct thread *t;
	simtime now, slice;

	t = s->cpus[c].cur;
	if (t == NULL || !t->user || s->cpus[c].slice_end ||
	    sim_due(s->sim, s->slot_slice + c) != SIM_NEVER)
		return;
	now = sim_now(s->sim);
	slice = sched_slice(&s->cpus[c]);
	/* Slices that ended while nobody waited changed nothing. */
	sim_at(s->sim, s->slot_slice + c, now + slice -
	    (t->slice_used + now - t->since) % slice);
}

/* That of an interrupt thread, which is put on CPU `c' or stays there. */
static void
sched_slice_ithd(struct sched *s, struct thread *t, unsigned c)
{

	if (!t->ithd || s->prio->demotes == 0)
		return;
	t->since = sim_now(s->sim);
	sim_at(s->sim, s->slot_slice + c, t->since +
	    SLICE_TICKS * INTERACT_TICK - t->slice_used);
}

/* ---- onto a CPU and off ------------------------------------------------ */

/*
 * Put `t' on the free CPU `c'.  Who slept pays for its wake-up: `wakeup' is
 * COST_WAKE on a CPU that was idle, COST_SWITCH on one that others used.
 */
static void
sched_dispatch(struct sched *s, struct thread *t, unsigned c,
    enum cost wakeup)
{
	struct cpu *cpu;
	simtime now;

	cpu = &s->cpus[c];
	KASSERT(cpu->cur == NULL, ("CPU %u is taken", c));
	now = sim_now(s->sim);
	cpu->cur = t;
	t->on_since = now;
	cpu->resched = cpu->slice_end = false;
	t->state = THREAD_RUNNING;
	t->cpu = (int)c;
	t->dispatching = true;
	pace_on(s, c);
	pace_work(s, c, t, t->woken ? cost_at(s->costs, wakeup, 0) : 0);
	t->woken = false;
	if (t->user) {
		t->since = now;
		/* It slept in the kernel, holds no lock, and returns first. */
		if (t->woke)
			t->base_pri = t->pri = t->user_pri;
		t->woke = false;
		if (cpu->rq.count > 0)
			sched_slice_start(s, c);
	} else
		sched_slice_ithd(s, t, c);
	trace_emit(&s->trace, .time = now, .kind = TRACE_RUN, .who = t->id,
	    .what = c, .name = t->name);
}

static void
sched_enqueue(struct sched *s, struct thread *t, unsigned c, bool head)
{

	t->state = THREAD_READY;
	runq_add(&s->cpus[c].rq, t, head);
	s->movable += t->bound < 0;
}

static void
sched_dequeue(struct sched *s, struct thread *t)
{

	runq_remove(&s->cpus[t->cpu].rq, t);
	s->movable -= t->bound < 0;
}

/* .. if anybody waits. */
static void
sched_choose(struct sched *s, unsigned c)
{
	struct thread *t;

	t = runq_best(&s->cpus[c].rq);
	if (t != NULL)
		sched_dequeue(s, t);
	else
		t = pick_steal(s, c);
	if (t != NULL)
		sched_dispatch(s, t, c, COST_SWITCH);
}

/* Give the free CPU `c' to the best that waits for it, or steal one. */
static inline void
sched_next(struct sched *s, unsigned c)
{

	if (s->cpus[c].rq.count > 0 || s->movable > 0)
		sched_choose(s, c);
}

/* It does not spin any more. */
static void
sched_spun(struct sched *s, struct thread *t, simtime now)
{

	tally_add(&s->spinning, now, -1);
	t->used.spun += now - t->spin_since;
}

/* Take the thread off its CPU; what it had not computed yet stays to do. */
static inline void
sched_off(struct sched *s, struct thread *t)
{
	unsigned c;
	simtime now;

	c = (unsigned)t->cpu;
	now = sim_now(s->sim);
	t->used.ran += now - t->on_since;
	if (t->state == THREAD_SPINNING)
		sched_spun(s, t, now);
	else if (!t->dispatching)
		t->work_left = pace_left(s, t);
	if (t->user) {
		sched_ran(s, t);
		sim_cancel(s->sim, s->slot_slice + c);
	} else if (t->ithd) {
		t->slice_used += now - t->since;
		sim_cancel(s->sim, s->slot_slice + c);
	}
	s->cpus[c].cur = NULL;
	t->dispatching = false;
	pace_off(s, c, t->state == THREAD_SPINNING);
}

/* Locks want to know, if it waits for one or holds one. */
static inline void
sched_stopped(struct sched *s, struct thread *t)
{

	if (t->in_spinners || t->nheld > 0)
		s->stopped(s, t);
}

/* READY again, ahead of its equals if it was preempted. */
static void
sched_preempt(struct sched *s, struct thread *t, bool head)
{
	unsigned c;

	c = (unsigned)t->cpu;
	sched_off(s, t);
	sched_enqueue(s, t, c, head && !s->prio->preempted_last);
	trace_emit(&s->trace, .time = sim_now(s->sim), .kind = TRACE_PREEMPT,
	    .who = t->id, .what = c);
	sched_stopped(s, t);
}

/* May one of priority `pri' take the CPU from one of `cur' at once? */
static bool
sched_should_preempt(const struct sched *s, uint8_t pri, uint8_t cur,
    bool remote)
{

	if (pri >= cur)
		return (false);
	if (pri <= s->prio->preempt)
		return (true);
	return (remote && pri <= s->prio->max_interact &&
	    cur > s->prio->max_interact);
}

/*
 * Put a thread that is READY into the queue of `c', by the CPU itself or
 * (remote) by another: does that CPU change hands?
 */
static void
sched_add(struct sched *s, struct thread *t, unsigned c, bool head,
    bool remote)
{
	struct thread *cur;
	uint8_t against;
	bool preempts;

	cur = s->cpus[c].cur;
	against = remote && s->prio->heeds_queue ? cpu_low_pri(&s->cpus[c]) :
	    cur != NULL ? cur->pri : PRI_NONE;
	t->cpu = (int)c;
	sched_enqueue(s, t, c, head);
	if (cur == NULL) {
		sched_next(s, c);
		return;
	}
	if (!remote && t->pri < cur->pri)
		s->cpus[c].resched = true;
	preempts = sched_should_preempt(s, t->pri, against, remote);
	if (preempts || (s->cpus[c].resched && cur->in_user)) {
		sched_preempt(s, cur, preempts || !s->prio->yields_last);
		sched_next(s, c);
	} else if (s->cpus[c].rq.users > 0)
		sched_slice_start(s, c);
}

static void
sched_place(struct sched *s, struct thread *t, bool head)
{
	unsigned c, here;

	c = pick_cpu(s, t);
	if (cpu_is_idle(&s->cpus[c])) {
		sched_dispatch(s, t, c, COST_WAKE);
		return;
	}
	here = pick_here(s, t);
	sched_add(s, t, c, head, c != here);
}

void
sched_wake(struct sched *s, struct thread *t)
{
	simtime now;

	KASSERT(t->state == THREAD_IDLE || t->state == THREAD_BLOCKED,
	    ("waking %s in state %d", t->name, t->state));
	/*
	 * An interrupt's own dispatch is part of what a segment costs; a
	 * user thread, and anybody who slept on a lock, pays for a switch.
	 */
	t->woken = t->state == THREAD_BLOCKED || t->user;
	if (t->user && t->state == THREAD_IDLE) {
		now = sim_now(s->sim);
		/* Before its first wake-up it was not there to sleep. */
		if (!t->newborn)
			interact_slept(&t->interact, now, now - t->since);
		t->user_pri = interact_pri(&t->interact, s->prio);
		t->unscored = t->slice_used = 0;
		t->woke = true;
		if (t->newborn)
			t->base_pri = t->user_pri;
		/* A kernel's is that which who wakes it gave it. */
		if (t->newborn && t->pri >= s->prio->min_interact)
			t->pri = t->user_pri;
		t->newborn = false;
	} else if (t->ithd && t->state == THREAD_IDLE) {
		t->base_pri = t->pri = t->user_pri;
		t->slice_used = 0;
	}
	t->state = THREAD_READY;
	sched_place(s, t, false);
}

void
sched_stop(struct sched *s, struct thread *t, enum thread_state state)
{
	unsigned c;
	bool here;

	/* Whom it woke may have put it off its CPU on its way to sleep. */
	here = t->state != THREAD_READY;
	KASSERT(!here || thread_on_cpu(t), ("%s is not on a CPU", t->name));
	c = (unsigned)t->cpu;
	if (here)
		sched_off(s, t);
	else
		sched_dequeue(s, t);
	t->work_left = 0;
	t->state = state;
	if (t->user && state == THREAD_IDLE) {
		t->in_user = false;
		t->since = sim_now(s->sim);
		t->base_pri = t->pri = MIN(t->user_pri, s->prio->min_batch);
	}
	if (!here)
		return;
	trace_emit(&s->trace, .time = sim_now(s->sim), .kind = TRACE_STOP,
	    .who = t->id, .what = c);
	sched_next(s, c);
	sched_stopped(s, t);
}

/* It leaves its CPU for a while, if somebody else is to have it. */
static void
sched_give_way(struct sched *s, struct thread *t)
{
	struct cpu *cpu;
	bool head;

	cpu = &s->cpus[t->cpu];
	head = !cpu->slice_end && !s->prio->yields_last;
	if (cpu->slice_end)
		t->slice_used = 0;
	cpu->resched = cpu->slice_end = false;
	if (cpu->rq.count == 0)
		return;
	sched_preempt(s, t, head);
	sched_next(s, (unsigned)t->cpu);
}

void
sched_userret(struct sched *s, struct thread *t)
{

	KASSERT(t->user && t->state == THREAD_RUNNING,
	    ("%s returns to user mode", t->name));
	if (t->dispatching)
		return;
	sched_ran(s, t);
	t->base_pri = t->pri = t->user_pri;
	if (s->cpus[t->cpu].resched)
		sched_give_way(s, t);
}

void
sched_compute(struct sched *s, struct thread *t, simtime work)
{

	KASSERT(t->state == THREAD_RUNNING, ("%s does not run", t->name));
	t->work_left = 0;
	pace_work(s, (unsigned)t->cpu, t, work);
}

/*
 * What sched_wake(), its CPU's slot, sched_compute() and sched_stop() come to
 * if nobody else has to do with it.
 */
bool
sched_pass(struct sched *s, struct thread *t, simtime work)
{
	struct cpu *cpu;
	unsigned c;

	KASSERT(!t->user && t->state == THREAD_IDLE && t->nheld == 0 &&
	    work > 0, ("%s does not pass", t->name));
	if (s->self >= 0 || pace_shares(s) ||
	    s->trace.sink != NULL || (s->steals && s->movable > 0))
		return (false);
	c = t->bound >= 0 ? (unsigned)t->bound : pick_idle(s, t);
	cpu = &s->cpus[c];
	if (cpu_load(cpu) > 0)
		return (false);
	work = share_wall(&s->share, work);
	/* Two events: it is on its CPU, and has computed. */
	if (!sim_pass(s->sim, sim_now(s->sim) + work, 2))
		return (false);
	cpu->resched = cpu->slice_end = false;
	t->cpu = s->self = (int)c;
	t->on_since = sim_now(s->sim) - work;
	t->used.ran += work;
	t->work_end = sim_now(s->sim);
	t->work_left = 0;
	t->woken = t->in_user = false;
	return (true);
}

void
sched_spin(struct sched *s, struct thread *t)
{

	t->state = THREAD_SPINNING;
	t->work_left = 0;
	t->spin_since = sim_now(s->sim);
	tally_add(&s->spinning, t->spin_since, 1);
	pace_spin(s, (unsigned)t->cpu);
}

void
sched_unspin(struct sched *s, struct thread *t)
{

	t->state = THREAD_RUNNING;
	sched_spun(s, t, sim_now(s->sim));
	pace_unspin(s, (unsigned)t->cpu);
}

void
sched_look(struct sched *s, struct thread *t, simtime when)
{

	KASSERT(t->state == THREAD_SPINNING, ("%s does not spin", t->name));
	pace_look(s, (unsigned)t->cpu, when);
}

void
sched_set_pri(struct sched *s, struct thread *t, uint8_t pri)
{
	struct thread *best;
	bool better;

	if (pri == t->pri)
		return;
	better = pri < t->pri;
	if (t->state == THREAD_READY) {
		sched_dequeue(s, t);
		t->pri = pri;
		if (better)
			sched_place(s, t, true);
		else
			sched_enqueue(s, t, (unsigned)t->cpu, false);
		return;
	}
	t->pri = pri;
	if (!thread_on_cpu(t) || better)
		return;
	/* What was lent is gone: somebody who waits here may be better now. */
	best = runq_best(&s->cpus[t->cpu].rq);
	if (best != NULL && sched_should_preempt(s, best->pri, t->pri,
	    false)) {
		sched_preempt(s, t, true);
		sched_next(s, (unsigned)t->cpu);
	}
}

/* An interrupt thread has had its slice: who is better now goes first. */
static void
sched_demote(struct sched *s, struct thread *t, unsigned c)
{
	const struct thread *best;
	unsigned pri;

	t->slice_used = 0;
	pri = (unsigned)t->base_pri + s->prio->demotes;
	if (pri < s->prio->max_ithd) {
		if (t->pri == t->base_pri)
			t->pri = (uint8_t)pri;
		t->base_pri = (uint8_t)pri;
	}
	best = runq_best(&s->cpus[c].rq);
	if (best == NULL || !runq_before(&s->cpus[c].rq, best, t)) {
		sched_slice_ithd(s, t, c);
		return;
	}
	t->since = sim_now(s->sim);
	sched_preempt(s, t, true);
	sched_next(s, c);
}

void
sched_slice_due(struct sched *s, unsigned c)
{
	struct thread *t;

	t = s->cpus[c].cur;
	if (t != NULL && t->ithd)
		sched_demote(s, t, c);
	if (t == NULL || !t->user)
		return;
	s->cpus[c].resched = s->cpus[c].slice_end = true;
	if (t->in_user && !t->dispatching) {
		sched_ran(s, t);
		t->base_pri = t->pri = t->user_pri;
		sched_give_way(s, t);
	}
}

/* ---- balance ----------------------------------------------------------- */

/* From half an interval of 127 ticks to one and a half. */
static void
sched_balance_next(struct sched *s)
{

	sim_at(s->sim, s->slot_balance, sim_now(s->sim) +
	    (simtime)(127 / 2 + pick_random(s) % 127) * INTERACT_TICK);
}

void
sched_balance_start(struct sched *s)
{

	if (s->balances && !s->prio->never_balances && s->ncpus > 1)
		sched_balance_next(s);
}

void
sched_balance_due(struct sched *s)
{

	struct thread *t;
	unsigned to;

	pick_balance_begin(s);
	/* CPU 0's clock does it. */
	while ((t = pick_balance(s, &to)) != NULL)
		sched_add(s, t, to, false, to != 0);
	sched_balance_next(s);
}
