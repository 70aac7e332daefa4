/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A lock as the one station of a closed network: n threads, each on a CPU of
 * its own, think for an exponential time Z, wait for the lock, hold it for an
 * exponential time S.  Exact mean value analysis,
 *
 *	R(k) = S (1 + Q(k - 1)),  X(k) = k / (Z + R(k)),  Q(k) = X(k) R(k)
 *
 * Reiser and Lavenberg, JACM 27 (1980); the machine repair model.  X does not
 * depend on who of the waiters is next, so it holds for a lock that is handed
 * to nobody, too, as long as none of the free lock's time is lost: spinners
 * look without pause here, switches cost nothing.  The wait is the one that
 * the lock itself measures, R - S.
 */

#include <string.h>

#include "models/cpus/sched.h"
#include "models/locks/lock.h"
#include "sim/hist.h"
#include "sim/rng.h"
#include "sim/tally.h"
#include "tests/law/law.h"

extern const struct lock_class lock_class_mutex, lock_class_rwlock;

#define	NREPLICATIONS	10
#define	SPAN		(50 * SIM_S)
#define	MAXTHREADS	64
#define	THINK		(4 * SIM_MS)
#define	HOLD		(1 * SIM_MS)

enum phase { THINKING, HOLDING };

struct bench {
	struct sim	*sim;
	struct sched	sched;
	struct costs	costs;
	struct lockset	set;
	struct lock	lock;
	struct lock_stats stats;
	unsigned	nthreads;
	struct thread	thread[MAXTHREADS];
	enum phase	phase[MAXTHREADS];
	struct rng	rng;
	simtime		hold;
	uint64_t	cycles;
	struct tally	waiting;
};

/* What the lock's users saw, a replication each. */
struct seen {
	struct law	rate;		/* cycles a second of all threads */
	struct law	wait;		/* of an acquisition, s */
	double		little;		/* off Little's law, at most */
};

static void
on_stalled(void *arg, const struct lock *lk, simtime start, simtime length)
{

	(void)arg;
	(void)lk;
	(void)start;
	(void)length;
}

static void
on_waiting(void *arg, const struct lock *lk)
{
	struct bench *b;

	b = arg;
	tally_set(&b->waiting, sim_now(b->sim), lock_waiters(lk));
}

static void
bench_init(struct bench *b, const struct lock_class *class, unsigned n,
    unsigned replication)
{
	unsigned i;

	memset(b, 0, sizeof(*b));
	for (i = 0; i < NCOSTS; i++)
		b->costs.curve[i].npoints = 1;
	b->nthreads = n;
	b->hold = HOLD;
	b->sim = sim_new(SCHED_NSLOTS(n), 1);
	sched_init(&b->sched, b->sim, &b->costs, n, 0);
	b->sched.stopped = lock_thread_stopped;
	tally_init(&b->waiting, 0, 0);
	b->set = (struct lockset){ .sched = &b->sched, .arg = b,
	    .stalled = on_stalled, .waiting = on_waiting,
	    .backoff = { .base = 1, .max = 1, .pause = 1, .bound = 1 } };
	rng_init(&b->set.rng, 9, replication, "lock_delay");
	lock_init(&b->lock, &b->set, "law", class, 0);
	lock_stats_init(&b->lock, &b->stats);
	rng_init(&b->rng, 9, replication, "law");
	for (i = 0; i < n; i++) {
		thread_init(&b->thread[i], "law", i, PRI_RX, (int)i);
		sched_wake(&b->sched, &b->thread[i]);
	}
}

static void
bench_fini(struct bench *b)
{

	lock_stats_fini(&b->stats);
	sched_fini(&b->sched);
	sim_free(b->sim);
}

/* The thread has the lock: it holds it for a while. */
static void
bench_hold(struct bench *b, struct thread *t)
{

	b->phase[t->id] = HOLDING;
	t->charge = 0;
	sched_compute(&b->sched, t, (simtime)((double)b->hold *
	    rng_exp1(&b->rng)));
}

static void
bench_go(struct bench *b, struct thread *t)
{

	if (t->waiting != NULL) {
		if (lock_retry(t))
			bench_hold(b, t);
		return;
	}
	if (t->op != 0 && b->phase[t->id] == HOLDING) {
		lock_release(&b->lock, t);
		b->cycles++;
		t->op = 0;
	}
	if (t->op == 0) {
		t->op = 1;
		b->phase[t->id] = THINKING;
		sched_compute(&b->sched, t, (simtime)((double)THINK *
		    rng_exp1(&b->rng)));
	} else if (lock_acquire(&b->lock, t, false))
		bench_hold(b, t);
}

static void
bench_run(const struct lock_class *class, unsigned n, simtime hold,
    struct seen *seen)
{
	struct sim_event ev;
	struct thread *t;
	struct bench b;
	double wait;
	unsigned r;

	memset(seen, 0, sizeof(*seen));
	for (r = 0; r < NREPLICATIONS; r++) {
		bench_init(&b, class, n, r);
		b.hold = hold;
		while (sim_next(b.sim, SPAN, &ev)) {
			if (ev.slot >= n)
				continue;
			t = sched_cpu_due(&b.sched, ev.slot);
			if (t != NULL)
				bench_go(&b, t);
		}
		law_add(&seen->rate, (double)b.cycles /
		    ((double)SPAN / 1e12));
		/* The histogram holds those that waited; the others 0. */
		wait = hist_mean(b.stats.wait) / 1e12 *
		    (double)hist_count(b.stats.wait) /
		    (double)b.stats.acquisitions;
		law_add(&seen->wait, wait);
		if (wait > 0)
			seen->little = MAX(seen->little, law_little_off(
			    tally_mean(&b.waiting, SPAN),
			    (double)b.stats.acquisitions /
			    ((double)SPAN / 1e12), wait));
		bench_fini(&b);
	}
}

/* Cycles a second, and the wait of one without its hold. */
static double
mva(unsigned n, double think, double hold, double *wait)
{
	double q, r, x;
	unsigned k;

	*wait = 0;
	for (k = 1, q = x = 0; k <= n; k++) {
		r = hold * (1 + q);
		x = k / (think + r);
		q = x * r;
		*wait = r - hold;
	}
	return (x);
}

static void
test_machine_repair(gconstpointer class)
{
	static const unsigned threads[] = { 1, 2, 4, 8, 16, 64 };
	struct seen seen;
	double rate, wait;
	unsigned i, n;

	for (i = 0; i < G_N_ELEMENTS(threads); i++) {
		g_autofree char *what = NULL;

		n = threads[i];
		what = g_strdup_printf("%u threads", n);
		bench_run(class, n, HOLD, &seen);
		rate = mva(n, 4e-3, 1e-3, &wait);
		law_holds(what, &seen.rate, rate);
		/* Alone it never waits. */
		if (n == 1)
			g_assert_cmpfloat(law_mean(&seen.wait), ==, 0);
		else
			law_holds("wait", &seen.wait, wait);
		g_test_message("Little: %.2g off, at most", seen.little);
		g_assert_cmpfloat(seen.little, <, LAW_LITTLE);
	}
	rate = mva(8, 4e-3, 1e-3, &wait);
	bench_run(class, 8, HOLD + 3 * HOLD / 100, &seen);
	law_is_caught("3 % more hold", &seen.rate, rate);
	law_is_caught("3 % more hold, wait", &seen.wait, wait);
	bench_run(class, 9, HOLD, &seen);
	law_is_caught("one thread more", &seen.rate, rate);
	law_is_caught("one thread more, wait", &seen.wait, wait);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/law/machine_repair/mutex", &lock_class_mutex,
	    test_machine_repair);
	g_test_add_data_func("/law/machine_repair/rwlock", &lock_class_rwlock,
	    test_machine_repair);
	return (g_test_run());
}
