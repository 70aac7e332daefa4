/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Real threads on a real lock; see run.h.
 */

#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>

#include <errno.h>
#include <stdatomic.h>
#include <time.h>

#include <glib.h>

#include "study/calibrate/cpu.h"
#include "study/calibrate/runs.h"
#include "study/live/lock.h"
#include "study/live/net.h"
#include "study/live/run.h"
#include "study/text/problem.h"

#define	LIVE_LEAD	(50 * SIM_MS)	/* until all threads are there */
#define	LIVE_NAP	(50 * SIM_US)
#define	LIVE_TICK	(100 * SIM_MS)
#define	LIVE_LOOKS	1000		/* at the clock, at the turnstile */

/* Where a thread waits for its turn. */
struct live_seat {
	_Alignas(LIVE_LINE) atomic_bool asleep;
	GMutex		lock;
	GCond		cond;
};

/* Before the first operation: are all threads there? */
enum live_gate {
	LIVE_WAIT,
	LIVE_GO,
	LIVE_LEAVE		/* one was not to be had */
};

struct live_shared {
	const struct live_ops *ops;
	struct live_net	*net;
	struct live_outcome *out;
	struct calibrate_cpu cpus;
	simtime		start;		/* of the run, on the clock */
	simtime		clock_worked;	/* cost of a look at it */
	struct live_lock lock;
	_Alignas(LIVE_LINE) atomic_int gate;	/* enum live_gate */
	_Alignas(LIVE_LINE) atomic_size_t turn;	/* who may ask next */
	_Alignas(LIVE_LINE) atomic_uint unbound;
	atomic_uchar	*done;		/* done[ops.n] */
	struct live_seat *seats;	/* seats[ops.nthreads] */
};

struct live_thread {
	struct live_shared *shared;
	unsigned	idx;
	GThread		*thread;
};

/* ---- time -------------------------------------------------------------- */

static void
live_sleep_until(simtime when)
{
	struct timespec ts;

	/* Even a sleep of no time at all costs a timer. */
	if (when <= calibrate_runs_clock())
		return;
	ts.tv_sec = (time_t)(when / SIM_S);
	ts.tv_nsec = (long)(when % SIM_S / SIM_NS);
	(void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL);
}

/* What this thread has had of CPUs. */
static simtime
live_worked(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return ((simtime)ts.tv_sec * SIM_S + (simtime)ts.tv_nsec * SIM_NS);
}

/* What one look at a clock adds to what is timed. */
static simtime
live_clock_cost(simtime (*clock)(void))
{
	struct calibrate_runs runs;
	simtime began;
	unsigned i, k;

	calibrate_runs_init(&runs);
	for (i = 0; i < 7; i++) {
		began = clock();
		for (k = 0; k < LIVE_LOOKS; k++)
			(void)clock();
		calibrate_runs_add(&runs, clock() - began, LIVE_LOOKS);
	}
	return (calibrate_runs_min(&runs));
}

/* ---- a thread ---------------------------------------------------------- */

static void
live_wait_turn(struct live_shared *s, size_t i)
{
	struct live_seat *seat;
	unsigned looks;

	for (looks = 0; looks < LIVE_LOOKS; looks++) {
		if (atomic_load(&s->turn) == i)
			return;
		live_lock_pause(1);
	}
	/* Who waits for long is in nobody's way: a holder may need the CPU. */
	seat = &s->seats[s->ops->op[i].thread];
	g_mutex_lock(&seat->lock);
	atomic_store(&seat->asleep, true);
	while (atomic_load(&s->turn) != i)
		g_cond_wait(&seat->cond, &seat->lock);
	atomic_store(&seat->asleep, false);
	g_mutex_unlock(&seat->lock);
}

/* Operation i is done: wake who is next, if it sleeps. */
static void
live_wake_next(struct live_shared *s, size_t i)
{
	struct live_seat *seat;

	if (i + 1 >= s->ops->n)
		return;
	seat = &s->seats[s->ops->op[i + 1].thread];
	if (!atomic_load(&seat->asleep))
		return;
	g_mutex_lock(&seat->lock);
	g_cond_signal(&seat->cond);
	g_mutex_unlock(&seat->lock);
}

/* When the operation is due, on the clock. */
static simtime
live_due(const struct live_shared *s, const struct live_op *op)
{

	if (op->after == LIVE_NONE)
		return (s->start + op->due);
	while (!atomic_load_explicit(&s->done[op->after],
	    memory_order_acquire))
		live_sleep_until(calibrate_runs_clock() + LIVE_NAP);
	return (s->start + s->out[op->after].released + op->due);
}

static void
live_do(struct live_shared *s, size_t i)
{
	const struct live_op *op;
	struct live_outcome *out;
	simtime worked;
	bool shared;

	op = &s->ops->op[i];
	out = &s->out[i];
	shared = op->kind == LIVE_LOOKUP;
	/* A sleeper wakes late; who spun instead might be in a holder's way. */
	live_sleep_until(live_due(s, op));
	out->requested = calibrate_runs_clock() - s->start;
	live_wait_turn(s, i);
	live_lock_acquire(&s->lock, shared);
	out->granted = calibrate_runs_clock() - s->start;
	atomic_store(&s->turn, i + 1);
	worked = live_worked();
	live_net_do(s->net, op, out);
	out->worked = MAX(live_worked() - worked - s->clock_worked, 0);
	out->released = calibrate_runs_clock() - s->start;
	live_lock_release(&s->lock, shared);
	atomic_store_explicit(&s->done[i], 1, memory_order_release);
	live_wake_next(s, i);
}

static gpointer
live_thread(gpointer arg)
{
	struct live_shared *s;
	struct live_thread *t;
	size_t i;
	int cpu, gate;

	t = arg;
	s = t->shared;
	cpu = s->ops->cpu[t->idx];
	if (cpu >= 0 && !calibrate_cpu_bind(cpu == 0 ? s->cpus.first :
	    s->cpus.other))
		atomic_fetch_add(&s->unbound, 1);
#ifdef __linux__
	(void)prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
#endif
	while ((gate = atomic_load(&s->gate)) == LIVE_WAIT)
		live_sleep_until(calibrate_runs_clock() + LIVE_NAP);
	for (i = 0; gate == LIVE_GO && i < s->ops->n; i++)
		if (s->ops->op[i].thread == t->idx)
			live_do(s, i);
	return (NULL);
}

/* Times that the system took a CPU from one of our threads. */
static uint64_t
live_put_off(void)
{
	struct rusage ru;

	return (getrusage(RUSAGE_SELF, &ru) == 0 ? (uint64_t)ru.ru_nivcsw :
	    0);
}

/* ---- all of them ------------------------------------------------------- */

/* False: the system has not so many threads; then nothing was done. */
static bool
live_threads(struct live_shared *s, void (*tick)(void *, double), void *arg,
    GError **error)
{
	g_autoptr(GError) cause = NULL;
	struct live_thread threads[s->ops->nthreads];
	unsigned i, n;

	for (n = 0; n < s->ops->nthreads; n++) {
		threads[n] = (struct live_thread){ s, n, NULL };
		threads[n].thread = g_thread_try_new("live", live_thread,
		    &threads[n], &cause);
		if (threads[n].thread == NULL)
			break;
	}
	s->start = calibrate_runs_clock() + LIVE_LEAD;
	atomic_store(&s->gate, cause == NULL ? LIVE_GO : LIVE_LEAVE);
	while (tick != NULL && cause == NULL &&
	    atomic_load(&s->turn) < s->ops->n) {
		live_sleep_until(calibrate_runs_clock() + LIVE_TICK);
		tick(arg, MIN(1.0, (double)(calibrate_runs_clock() -
		    s->start) / (double)s->ops->duration));
	}
	for (i = 0; i < n; i++)
		g_thread_join(threads[i].thread);
	if (cause != NULL)
		problem_set_errno(error, EAGAIN, "the system gives %u of %u "
		    "threads: %s", n, s->ops->nthreads, cause->message);
	return (cause == NULL);
}

struct live_real *
live_run(const struct run_conf *conf, const struct live_ops *ops,
    void (*tick)(void *arg, double share), void *arg, GError **error)
{
	const struct live_backoff backoff = { ops->backoff_base,
	    ops->backoff_step, ops->backoff_max, ops->backoff_linear };
	struct live_shared *s;
	struct live_real *r;
	bool ok;

	s = g_aligned_alloc0(1, sizeof(*s), LIVE_LINE);
	s->ops = ops;
	s->net = live_net_new(conf, ops);
	if (s->net == NULL) {
		problem_set_errno(error, ENOMEM, "there is no memory for %ju "
		    "pcbs", (uintmax_t)ops->pcbs_max);
		g_aligned_free(s);
		return (NULL);
	}
	live_lock_init(&s->lock, &backoff);
	calibrate_cpu_init(&s->cpus);
	s->done = g_new0(atomic_uchar, ops->n);
	s->seats = g_aligned_alloc0(ops->nthreads + 1, sizeof(*s->seats),
	    LIVE_LINE);
	r = g_new0(struct live_real, 1);
	s->clock_worked = live_clock_cost(live_worked);
	/* Under the lock there are two looks at the one, one at the other. */
	r->clock = live_clock_cost(calibrate_runs_clock) +
	    2 * s->clock_worked;
	r->out = s->out = g_new0(struct live_outcome, ops->n);
	r->put_off = live_put_off();
	ok = live_threads(s, tick, arg, error);
	r->put_off = live_put_off() - r->put_off;
	r->large = live_net_large(s->net);
	r->bound = atomic_load(&s->unbound) == 0;
	live_net_free(s->net);
	g_free(s->done);
	g_aligned_free(s->seats);
	g_aligned_free(s);
	if (!ok)
		g_clear_pointer(&r, live_real_free);
	return (r);
}

void
live_real_free(struct live_real *r)
{

	if (r == NULL)
		return;
	g_free(r->out);
	g_free(r);
}
