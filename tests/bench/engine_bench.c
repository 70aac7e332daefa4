/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Speed of the engine, beside the structures it was chosen from, in one run:
 * each work is measured several times in turn with its rivals, and the median
 * is printed.  Columns: work,value,unit,target,held.
 *
 * hold:	take the earliest event, add one an exponential time later; as
 *		many times as events wait before it is timed.
 * mm1:		M/M/1 at load 0.9 with statistics, as a user would write it,
 *		and the same by hand with the clock in two variables.
 * lock:	N CPUs think (mean N x S), take one FIFO lock, hold it (mean S).
 *		The mean wait must be that of exact mean value analysis.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <glib.h>

#include "models/machine/fifo.h"
#include "sim/evq.h"
#include "sim/hist.h"
#include "sim/rng.h"
#include "sim/sim.h"
#include "sim/timerq.h"

#define	ROUNDS	5

static double
cpu_seconds(void)
{

	return ((double)clock() / CLOCKS_PER_SEC);
}

static int
compare_doubles(const void *a, const void *b)
{
	double x, y;

	x = *(const double *)a;
	y = *(const double *)b;
	return (x < y ? -1 : x > y);
}

static double
median(double *v)
{

	qsort(v, ROUNDS, sizeof(*v), compare_doubles);
	return (v[ROUNDS / 2]);
}

/* `better' is 1 if more is better, -1 if less is; target 0: for comparison. */
static void
tell(const char *work, double value, const char *unit, double target,
    int better)
{

	printf("%s,%.4g,%s,", work, value, unit);
	if (target == 0)
		printf(",\n");
	else
		printf("%g,%s\n", target, better * value >= better * target ?
		    "yes" : "no");
}

/* ---- hold -------------------------------------------------------------- */

/* The rival: a 4-ary heap of the same records. */
struct heap4 {
	struct timer	*t;
	uint64_t	n;
};

static bool
before(const struct timer *a, const struct timer *b)
{

	return (a->time < b->time || (a->time == b->time && a->seq < b->seq));
}

/* Replace the earliest by `t'. */
static void
heap4_replace(struct heap4 *h, struct timer t)
{
	uint64_t best, end, i, kid;

	for (i = 0;; i = best) {
		kid = 4 * i + 1;
		if (kid >= h->n)
			break;
		end = MIN(kid + 4, h->n);
		for (best = kid++; kid < end; kid++)
			if (before(&h->t[kid], &h->t[best]))
				best = kid;
		if (!before(&h->t[best], &t))
			break;
		h->t[i] = h->t[best];
	}
	h->t[i] = t;
}

static void
heap4_push(struct heap4 *h, struct timer t)
{
	uint64_t i, up;

	for (i = h->n++; i > 0; i = up) {
		up = (i - 1) / 4;
		if (!before(&t, &h->t[up]))
			break;
		h->t[i] = h->t[up];
	}
	h->t[i] = t;
}

/* A steady stream of gaps, the same for all; not part of what is measured. */
#define	NGAPS	(1u << 16)

static simtime *
gaps_new(void)
{
	struct rng r;
	simtime *gap;
	unsigned i;

	gap = g_new(simtime, NGAPS);
	rng_init(&r, 1, 0, "hold");
	for (i = 0; i < NGAPS; i++)
		gap[i] = 1 + (simtime)(rng_exp1(&r) * 1e9);
	return (gap);
}

static double
hold_evq(unsigned n, unsigned ops, const simtime *gap, simtime *sum)
{
	struct evq q;
	double start;
	simtime now;
	unsigned i, slot;

	evq_init(&q, n);
	for (i = 0; i < n; i++)
		evq_set(&q, i, gap[i % NGAPS], EVQ_TAG((uint64_t)i, i));
	for (i = 0, start = 0; i < n + ops; i++) {
		if (i == n)
			start = cpu_seconds();
		slot = evq_first(&q);
		now = evq_first_time(&q);
		*sum += now;
		evq_set(&q, slot, now + gap[i % NGAPS],
		    EVQ_TAG((uint64_t)n + i, slot));
	}
	start = cpu_seconds() - start;
	evq_fini(&q);
	return (start * 1e9 / ops);
}

static double
hold_timerq(unsigned n, unsigned ops, const simtime *gap, simtime *sum)
{
	struct timerq *q;
	struct timer t;
	double start;
	unsigned i;

	q = g_new0(struct timerq, 1);
	for (i = 0; i < n; i++)
		timerq_push(q, (struct timer){ gap[i % NGAPS], i, i });
	for (i = 0, start = 0; i < n + ops; i++) {
		if (i == n)
			start = cpu_seconds();
		t = timerq_pop(q);
		*sum += t.time;
		t.time += gap[i % NGAPS];
		t.seq = n + i;
		timerq_push(q, t);
	}
	start = cpu_seconds() - start;
	timerq_fini(q);
	g_free(q);
	return (start * 1e9 / ops);
}

static double
hold_heap4(unsigned n, unsigned ops, const simtime *gap, simtime *sum)
{
	struct heap4 h;
	struct timer t;
	double start;
	unsigned i;

	h.t = g_new(struct timer, n);
	h.n = 0;
	for (i = 0; i < n; i++)
		heap4_push(&h, (struct timer){ gap[i % NGAPS], i, i });
	for (i = 0, start = 0; i < n + ops; i++) {
		if (i == n)
			start = cpu_seconds();
		t = h.t[0];
		*sum += t.time;
		t.time += gap[i % NGAPS];
		t.seq = n + i;
		heap4_replace(&h, t);
	}
	start = cpu_seconds() - start;
	g_free(h.t);
	return (start * 1e9 / ops);
}

static void
bench_hold(void)
{
	static const struct {
		unsigned n;
		double	evq_target, timerq_target;
	} sizes[] = { { 16, 0, 0 }, { 256, 13, 0 }, { 1000, 16, 0 },
	    { 100000, 0, 70 }, { 1000000, 0, 70 } };
	double v[3][ROUNDS];
	simtime *gap, sum[3];
	char work[64];
	unsigned i, ops, r;

	gap = gaps_new();
	for (i = 0; i < G_N_ELEMENTS(sizes); i++) {
		memset(sum, 0, sizeof(sum));
		ops = 2000000;
		for (r = 0; r < ROUNDS; r++) {
			if (sizes[i].n < 1u << EVQ_SLOT_BITS)
				v[0][r] = hold_evq(sizes[i].n, ops, gap,
				    &sum[0]);
			v[1][r] = hold_timerq(sizes[i].n, ops, gap, &sum[1]);
			v[2][r] = hold_heap4(sizes[i].n, ops, gap, &sum[2]);
		}
		if ((sum[0] != 0 && sum[0] != sum[1]) || sum[1] != sum[2]) {
			fprintf(stderr, "hold: the orders differ\n");
			exit(1);
		}
		snprintf(work, sizeof(work), "hold winner tree %u",
		    sizes[i].n);
		if (sum[0] != 0)
			tell(work, median(v[0]), "ns", sizes[i].evq_target,
			    -1);
		snprintf(work, sizeof(work), "hold radix heap %u",
		    sizes[i].n);
		tell(work, median(v[1]), "ns", sizes[i].timerq_target, -1);
		snprintf(work, sizeof(work), "hold 4-ary heap %u",
		    sizes[i].n);
		tell(work, median(v[2]), "ns", 0, -1);
	}
	g_free(gap);
}

/* ---- M/M/1 ------------------------------------------------------------- */

#define	CUSTOMERS	10000000u

enum { ARRIVE, DEPART, NSLOTS };

static simtime
draw(struct rng *r, double mean)
{

	return ((simtime)(mean * rng_exp1(r) + 0.5));
}

static double
mm1_sim(double *stay)
{
	struct fifo line = { 0 };
	struct hist *h;
	struct rng ra, rs;
	struct sim *s;
	struct sim_event ev;
	double start;
	unsigned n;

	s = sim_new(NSLOTS, 1);
	h = hist_new();
	rng_init(&ra, 1, 0, "arrivals");
	rng_init(&rs, 1, 0, "services");
	start = cpu_seconds();
	sim_at(s, ARRIVE, 0);
	for (n = 0; n < CUSTOMERS && sim_next(s, SIM_NEVER - 1, &ev);) {
		if (ev.slot == ARRIVE) {
			sim_at(s, ARRIVE, ev.time + draw(&ra, 1e9 / 0.9));
			fifo_put(&line, (uint64_t)ev.time);
			if (fifo_count(&line) == 1)
				sim_at(s, DEPART, ev.time + draw(&rs, 1e9));
		} else {
			hist_add(h, ev.time - (simtime)fifo_take(&line));
			n++;
			if (fifo_count(&line) > 0)
				sim_at(s, DEPART, ev.time + draw(&rs, 1e9));
		}
	}
	start = cpu_seconds() - start;
	*stay = hist_mean(h) / 1e9;
	hist_free(h);
	fifo_fini(&line);
	sim_free(s);
	return (CUSTOMERS / start / 1e6);
}

static double
mm1_by_hand(double *stay)
{
	struct fifo line = { 0 };
	struct hist *h;
	struct rng ra, rs;
	simtime arrive, depart;
	double start;
	unsigned n;

	h = hist_new();
	rng_init(&ra, 1, 0, "arrivals");
	rng_init(&rs, 1, 0, "services");
	start = cpu_seconds();
	arrive = 0;
	depart = SIM_NEVER;
	for (n = 0; n < CUSTOMERS;) {
		if (arrive < depart) {
			fifo_put(&line, (uint64_t)arrive);
			if (fifo_count(&line) == 1)
				depart = arrive + draw(&rs, 1e9);
			arrive += draw(&ra, 1e9 / 0.9);
		} else {
			hist_add(h, depart - (simtime)fifo_take(&line));
			n++;
			depart = fifo_count(&line) > 0 ? depart +
			    draw(&rs, 1e9) : SIM_NEVER;
		}
	}
	start = cpu_seconds() - start;
	*stay = hist_mean(h) / 1e9;
	hist_free(h);
	fifo_fini(&line);
	return (CUSTOMERS / start / 1e6);
}

static void
bench_mm1(void)
{
	double hand[ROUNDS], ours[ROUNDS], stay[2];
	unsigned r;

	for (r = 0; r < ROUNDS; r++) {
		ours[r] = mm1_sim(&stay[0]);
		hand[r] = mm1_by_hand(&stay[1]);
	}
	if (stay[0] != stay[1] || fabs(stay[0] - 10) > 0.5) {
		fprintf(stderr, "mm1: mean stay %g and %g, not 10\n", stay[0],
		    stay[1]);
		exit(1);
	}
	tell("mm1 on the engine", median(ours), "M customers/s", 20, 1);
	tell("mm1 by hand", median(hand), "M customers/s", 0, 1);
	tell("mm1 engine / by hand", median(ours) / median(hand), "ratio",
	    0.6, 1);
}

/* ---- one FIFO lock ----------------------------------------------------- */

#define	ACQUISITIONS	2000000u

static double
lock_run(unsigned ncpus, unsigned acquisitions, double *wait)
{
	struct fifo line = { 0 };
	struct hist *h;
	struct rng *r;
	struct sim *s;
	struct sim_event ev;
	double start;
	simtime end, now, *wanted;
	unsigned cpu, i, n, owner;

	s = sim_new(ncpus, 1);
	h = hist_new();
	r = g_new(struct rng, ncpus);
	wanted = g_new(simtime, ncpus);
	for (i = 0; i < ncpus; i++) {
		rng_init(&r[i], 1, i, "cpu");
		sim_at(s, i, draw(&r[i], 1e6 * ncpus));
	}
	owner = ncpus;
	start = cpu_seconds();
	for (n = 0; n < acquisitions && sim_next(s, SIM_NEVER - 1, &ev);) {
		now = ev.time;
		cpu = ev.slot;
		if (cpu != owner) {
			wanted[cpu] = now;
			if (owner != ncpus) {
				fifo_put(&line, cpu);
				continue;
			}
			n++;
			hist_add(h, 0);
			end = now + draw(&r[cpu], 1e6);
			if (!sim_run_on(s, cpu, end)) {
				owner = cpu;
				sim_at(s, cpu, end);
				continue;
			}
			/* Nobody came meanwhile. */
			now = end;
		}
		sim_at(s, cpu, now + draw(&r[cpu], 1e6 * ncpus));
		owner = ncpus;
		if (fifo_count(&line) == 0)
			continue;
		owner = (unsigned)fifo_take(&line);
		n++;
		hist_add(h, now - wanted[owner]);
		sim_at(s, owner, now + draw(&r[owner], 1e6));
	}
	start = cpu_seconds() - start;
	*wait = hist_mean(h) / 1e6;
	hist_free(h);
	fifo_fini(&line);
	sim_free(s);
	g_free(r);
	g_free(wanted);
	return (acquisitions / start / 1e6);
}

/*
 * Mean wait in units of a hold, exact: mean value analysis of a closed network
 * of one queue and one delay (Reiser and Lavenberg 1980).
 */
static double
lock_mva(unsigned ncpus)
{
	double queue, stay;
	unsigned k;

	for (k = 1, queue = stay = 0; k <= ncpus; k++) {
		stay = 1 + queue;
		queue = k / (ncpus + stay) * stay;
	}
	return (stay - 1);
}

static void
bench_lock(void)
{
	static const struct {
		unsigned n;
		double	target;
	} sizes[] = { { 2, 40 }, { 16, 25 }, { 256, 18 } };
	double v[ROUNDS], wait;
	char work[64];
	unsigned i, r;

	for (i = 0; i < G_N_ELEMENTS(sizes); i++) {
		for (r = 0; r < ROUNDS; r++)
			v[r] = lock_run(sizes[i].n, ACQUISITIONS, &wait);
		if (fabs(wait / lock_mva(sizes[i].n) - 1) > 0.02) {
			fprintf(stderr, "lock: mean wait %g, not %g\n", wait,
			    lock_mva(sizes[i].n));
			exit(1);
		}
		snprintf(work, sizeof(work), "FIFO lock %u CPUs", sizes[i].n);
		tell(work, median(v), "M acquisitions/s", sizes[i].target, 1);
	}
}

/*
 * For the guard of instructions (tests/bench/instructions_test.sh): the lock
 * alone, so many acquisitions.
 */
static int
lock_alone(const char *ncpus, const char *acquisitions)
{
	double wait;

	(void)lock_run((unsigned)strtoul(ncpus, NULL, 10),
	    (unsigned)strtoul(acquisitions, NULL, 10), &wait);
	printf("mean wait %g\n", wait);
	return (0);
}

int
main(int argc, char **argv)
{

	if (argc == 4 && strcmp(argv[1], "lock") == 0)
		return (lock_alone(argv[2], argv[3]));

	printf("work,value,unit,target,held\n");
	bench_hold();
	bench_mm1();
	bench_lock();
	return (0);
}
