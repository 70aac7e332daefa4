/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * CPUs, run queues, preemption and slices; see sched.h for the theory.
 */

#include <glib.h>

#include "models/cpus/sched.h"
#include "sim/kassert.h"

/*
 * 12 ticks of stathz (127 Hz) in a slice, divided by the load, two at least.
 * Models: sched_slice and tdq_slice(), sys/kern/sched_ule.c, FreeBSD 12.1.
 */
#define	SLICE_MAX	(94 * SIM_MS)
#define	SLICE_MIN	(16 * SIM_MS)

static void
runq_init(struct runq *rq)
{
	unsigned i;

	for (i = 0; i < 256; i++)
		TAILQ_INIT(&rq->q[i]);
	for (i = 0; i < 4; i++)
		rq->filled[i] = 0;
	rq->count = 0;
}

static void
runq_add(struct runq *rq, struct thread *t, bool head)
{

	if (head)
		TAILQ_INSERT_HEAD(&rq->q[t->pri], t, rq);
	else
		TAILQ_INSERT_TAIL(&rq->q[t->pri], t, rq);
	rq->filled[t->pri / 64] |= (uint64_t)1 << (t->pri % 64);
	rq->count++;
}

static void
runq_remove(struct runq *rq, struct thread *t)
{

	TAILQ_REMOVE(&rq->q[t->pri], t, rq);
	if (TAILQ_EMPTY(&rq->q[t->pri]))
		rq->filled[t->pri / 64] &= ~((uint64_t)1 << (t->pri % 64));
	rq->count--;
}

static struct thread *
runq_best(const struct runq *rq)
{
	unsigned i;

	for (i = 0; i < 4; i++)
		if (rq->filled[i] != 0)
			return (TAILQ_FIRST(&rq->q[64 * i +
			    (unsigned)__builtin_ctzll(rq->filled[i])]));
	return (NULL);
}

void
sched_init(struct sched *s, struct sim *sim, const struct costs *costs,
    unsigned ncpus, unsigned slot)
{
	unsigned i;

	KASSERT(ncpus > 0, ("no CPU"));
	s->sim = sim;
	s->costs = costs;
	s->ncpus = ncpus;
	s->cpus = g_new0(struct cpu, ncpus);
	for (i = 0; i < ncpus; i++)
		runq_init(&s->cpus[i].bound);
	runq_init(&s->user);
	s->slot_cpu = slot;
	s->slot_slice = slot + ncpus;
	tally_init(&s->spinning, sim_now(sim), 0);
}

void
sched_fini(struct sched *s)
{

	g_free(s->cpus);
}

void
thread_init(struct thread *t, const char *name, unsigned id, enum pri pri,
    int bound)
{

	*t = (struct thread){ .name = name, .id = id, .base_pri = pri,
	    .pri = pri, .bound = bound, .cpu = -1, .state = THREAD_IDLE };
}

static struct runq *
sched_runq(struct sched *s, const struct thread *t)
{

	return (t->bound >= 0 ? &s->cpus[t->bound].bound : &s->user);
}

static simtime
sched_slice(const struct sched *s)
{
	simtime slice;

	slice = SLICE_MAX / (1 + s->user.count / s->ncpus);
	return (MAX(slice, SLICE_MIN));
}

/*
 * Put `t' on the free CPU `c'.  Who slept pays for its wake-up: `wakeup' is
 * COST_WAKE on a CPU that was idle, COST_SWITCH on one that others used.
 */
static void
sched_dispatch(struct sched *s, struct thread *t, unsigned c,
    enum cost wakeup)
{
	simtime cost, now;

	KASSERT(s->cpus[c].cur == NULL, ("CPU %u is taken", c));
	now = sim_now(s->sim);
	s->cpus[c].cur = t;
	t->state = THREAD_RUNNING;
	t->cpu = (int)c;
	t->dispatching = true;
	cost = t->woken ? cost_at(s->costs, wakeup, 0) : 0;
	t->woken = false;
	sim_at(s->sim, s->slot_cpu + c, now + cost);
	if (thread_is_user(t)) {
		t->slice_end = now + sched_slice(s);
		if (s->user.count > 0)
			sim_at(s->sim, s->slot_slice + c, t->slice_end);
	}
	trace_emit(&s->trace, .time = now, .kind = TRACE_RUN, .who = t->id,
	    .what = c, .name = t->name);
}

/* Give the free CPU `c' to the best thread that waits for it. */
static void
sched_pick(struct sched *s, unsigned c)
{
	struct thread *t, *u;

	t = runq_best(&s->cpus[c].bound);
	u = runq_best(&s->user);
	if (t == NULL || (u != NULL && u->pri < t->pri))
		t = u;
	if (t == NULL)
		return;
	runq_remove(sched_runq(s, t), t);
	sched_dispatch(s, t, c, COST_SWITCH);
}

/* Take the thread off its CPU; what it had not computed yet stays to do. */
static void
sched_off(struct sched *s, struct thread *t)
{
	simtime now;

	now = sim_now(s->sim);
	if (t->state == THREAD_SPINNING)
		tally_add(&s->spinning, now, -1);
	else if (!t->dispatching)
		t->work_left = MAX(t->work_end - now, 0);
	t->dispatching = false;
	s->cpus[t->cpu].cur = NULL;
	sim_cancel(s->sim, s->slot_cpu + (unsigned)t->cpu);
	sim_cancel(s->sim, s->slot_slice + (unsigned)t->cpu);
}

/* READY again, ahead of its equals if it did not use up its slice. */
static void
sched_preempt(struct sched *s, struct thread *t, bool head)
{
	unsigned c;

	c = (unsigned)t->cpu;
	sched_off(s, t);
	t->state = THREAD_READY;
	runq_add(sched_runq(s, t), t, head);
	trace_emit(&s->trace, .time = sim_now(s->sim), .kind = TRACE_PREEMPT,
	    .who = t->id, .what = c);
	s->stopped(s, t);
}

/* The CPU that `t' may go onto now, or -1. */
static int
sched_find_cpu(const struct sched *s, const struct thread *t)
{
	const struct thread *cur;
	int c, worst;

	if (t->bound >= 0) {
		cur = s->cpus[t->bound].cur;
		return (cur == NULL || (t->pri < cur->pri &&
		    t->pri <= PRI_PREEMPT) ? t->bound : -1);
	}
	if (t->cpu >= 0 && s->cpus[t->cpu].cur == NULL)
		return (t->cpu);
	worst = -1;
	for (c = 0; c < (int)s->ncpus; c++) {
		cur = s->cpus[c].cur;
		if (cur == NULL)
			return (c);
		if (cur->pri > t->pri && (worst < 0 ||
		    cur->pri > s->cpus[worst].cur->pri))
			worst = c;
	}
	return (t->pri <= PRI_PREEMPT ? worst : -1);
}

/* User threads must share from now on: slices begin to end. */
static void
sched_start_slices(struct sched *s)
{
	const struct thread *cur;
	simtime now;
	unsigned c;

	now = sim_now(s->sim);
	for (c = 0; c < s->ncpus; c++) {
		cur = s->cpus[c].cur;
		if (cur != NULL && thread_is_user(cur) &&
		    sim_due(s->sim, s->slot_slice + c) == SIM_NEVER)
			sim_at(s->sim, s->slot_slice + c,
			    MAX(cur->slice_end, now));
	}
}

static void
sched_place(struct sched *s, struct thread *t)
{
	enum cost wakeup;
	int c;

	wakeup = COST_WAKE;
	c = sched_find_cpu(s, t);
	if (c < 0) {
		t->state = THREAD_READY;
		runq_add(sched_runq(s, t), t, false);
		if (t->bound < 0)
			sched_start_slices(s);
		return;
	}
	if (s->cpus[c].cur != NULL) {
		sched_preempt(s, s->cpus[c].cur, true);
		wakeup = COST_SWITCH;
	}
	sched_dispatch(s, t, (unsigned)c, wakeup);
}

void
sched_wake(struct sched *s, struct thread *t)
{

	KASSERT(t->state == THREAD_IDLE || t->state == THREAD_BLOCKED,
	    ("waking %s in state %d", t->name, t->state));
	/*
	 * An interrupt's own dispatch is part of what a segment costs; a
	 * user thread, and anybody who slept on a lock, pays for a switch.
	 */
	t->woken = t->state == THREAD_BLOCKED || thread_is_user(t);
	t->state = THREAD_READY;
	sched_place(s, t);
}

void
sched_stop(struct sched *s, struct thread *t, enum thread_state state)
{
	unsigned c;

	KASSERT(thread_on_cpu(t), ("%s is not on a CPU", t->name));
	c = (unsigned)t->cpu;
	sched_off(s, t);
	t->work_left = 0;
	t->state = state;
	trace_emit(&s->trace, .time = sim_now(s->sim), .kind = TRACE_STOP,
	    .who = t->id, .what = c);
	sched_pick(s, c);
	s->stopped(s, t);
}

void
sched_compute(struct sched *s, struct thread *t, simtime work)
{

	KASSERT(t->state == THREAD_RUNNING, ("%s does not run", t->name));
	t->work_left = 0;
	t->work_end = sim_now(s->sim) + work;
	sim_at(s->sim, s->slot_cpu + (unsigned)t->cpu, t->work_end);
}

bool
sched_compute_on(struct sched *s, struct thread *t, simtime work)
{
	simtime end;

	KASSERT(t->state == THREAD_RUNNING, ("%s does not run", t->name));
	end = sim_now(s->sim) + work;
	if (!sim_run_on(s->sim, s->slot_cpu + (unsigned)t->cpu, end))
		return (false);
	t->work_left = 0;
	t->work_end = end;
	return (true);
}

/*
 * A thread put off a CPU by an interrupt waits there for the microsecond that
 * it lasts; once the interrupt's thread spins, the idle CPUs steal.
 */
static void
sched_steal(struct sched *s)
{
	unsigned c;

	for (c = 0; c < s->ncpus && s->user.count > 0; c++)
		if (s->cpus[c].cur == NULL)
			sched_pick(s, c);
}

void
sched_spin(struct sched *s, struct thread *t)
{

	t->state = THREAD_SPINNING;
	t->work_left = 0;
	tally_add(&s->spinning, sim_now(s->sim), 1);
	sched_steal(s);
}

void
sched_unspin(struct sched *s, struct thread *t)
{

	t->state = THREAD_RUNNING;
	t->work_end = sim_now(s->sim);
	sim_cancel(s->sim, s->slot_cpu + (unsigned)t->cpu);
	tally_add(&s->spinning, sim_now(s->sim), -1);
}

void
sched_look(struct sched *s, struct thread *t, simtime when)
{

	KASSERT(t->state == THREAD_SPINNING, ("%s does not spin", t->name));
	sim_at(s->sim, s->slot_cpu + (unsigned)t->cpu, when);
}

void
sched_set_pri(struct sched *s, struct thread *t, uint8_t pri)
{
	struct thread *best;

	if (pri == t->pri)
		return;
	if (t->state == THREAD_READY) {
		runq_remove(sched_runq(s, t), t);
		t->pri = pri;
		sched_place(s, t);
		return;
	}
	t->pri = pri;
	if (!thread_on_cpu(t))
		return;
	/* What was lent is gone: somebody bound here may be better now. */
	best = runq_best(&s->cpus[t->cpu].bound);
	if (best != NULL && best->pri < t->pri && best->pri <= PRI_PREEMPT) {
		runq_remove(&s->cpus[t->cpu].bound, best);
		best->cpu = t->cpu;
		sched_preempt(s, t, true);
		sched_dispatch(s, best, (unsigned)best->cpu, COST_SWITCH);
	}
}

struct thread *
sched_cpu_due(struct sched *s, unsigned c)
{
	struct thread *t;

	t = s->cpus[c].cur;
	KASSERT(t != NULL, ("CPU %u is due and idle", c));
	if (t->state == THREAD_RUNNING && t->dispatching) {
		t->dispatching = false;
		if (t->work_left > 0) {
			sched_compute(s, t, t->work_left);
			return (NULL);
		}
		t->work_end = sim_now(s->sim);
	}
	return (t);
}

void
sched_slice_due(struct sched *s, unsigned c)
{
	struct thread *best, *t;

	t = s->cpus[c].cur;
	best = runq_best(&s->user);
	if (t == NULL || !thread_is_user(t))
		return;
	if (best == NULL || best->pri > t->pri) {
		t->slice_end = sim_now(s->sim) + sched_slice(s);
		if (best != NULL)
			sim_at(s->sim, s->slot_slice + c, t->slice_end);
		return;
	}
	sched_preempt(s, t, false);
	sched_pick(s, c);
}
