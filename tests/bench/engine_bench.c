/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Speed of the engine: queues as a user of it would write them, beside the same
 * by hand, without an engine: that is the yardstick.
 *
 * mm1:		M/M/1 at load 0.9 with statistics; by hand with the clock in
 *		two variables.
 * lock:	N CPUs think (mean N x S), take one FIFO lock, hold it (mean S).
 *		The mean wait must be that of exact mean value analysis.
 *		By hand with a winner tree of packed keys, inlined.
 */

#include "models/machine/fifo.h"
#include "sim/hist.h"
#include "sim/sim.h"
#include "tests/bench/bench.h"

#define	ROUNDS	7

/* ---- M/M/1 ------------------------------------------------------------- */

#define	CUSTOMERS	10000000u

enum { ARRIVE, DEPART, NSLOTS };

static simtime
draw(struct rng *r, double mean)
{

	return ((simtime)(mean * rng_exp1(r) + 0.5));
}

static double
mm1_sim(unsigned customers, double *stay)
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
	start = bench_cpu();
	sim_at(s, ARRIVE, 0);
	for (n = 0; n < customers && sim_next(s, SIM_NEVER - 1, &ev);) {
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
	start = bench_cpu() - start;
	*stay = hist_mean(h) / 1e9;
	hist_free(h);
	fifo_fini(&line);
	sim_free(s);
	return (customers / start / 1e6);
}

static double
mm1_by_hand(unsigned customers, double *stay)
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
	start = bench_cpu();
	arrive = 0;
	depart = SIM_NEVER;
	for (n = 0; n < customers;) {
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
	start = bench_cpu() - start;
	*stay = hist_mean(h) / 1e9;
	hist_free(h);
	fifo_fini(&line);
	return (customers / start / 1e6);
}

static void
bench_mm1(void)
{
	struct bench_row row = { .unit = "M customers/s",
	    .sense = BENCH_LEAST, .target = 20, .yard = "a loop by hand",
	    .yard_unit = "M customers/s", .ratio = 0.6, .rival = "Cimba",
	    .recorded = 7.8 };
	double hand, ours, stay[2];
	unsigned r;

	for (r = 0; r < ROUNDS; r++) {
		ours = mm1_sim(CUSTOMERS, &stay[0]);
		hand = mm1_by_hand(CUSTOMERS, &stay[1]);
		bench_add(&row, ours, hand, bench_rival("mm1 %u", CUSTOMERS /
		    10));
		if (stay[0] != stay[1] || fabs(stay[0] - 10) > 0.5) {
			fprintf(stderr, "mm1: mean stay %g and %g, not 10\n",
			    stay[0], stay[1]);
			exit(1);
		}
	}
	bench_tell(&row, "M/M/1 on the engine");
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
	start = bench_cpu();
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
	start = bench_cpu() - start;
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

/* Packed: the time in the upper bits, the slot in the lower ten. */
#define	HAND_BITS	10
#define	HAND_SLOT	((1u << HAND_BITS) - 1)

static inline void
hand_set(uint64_t *tree, unsigned leaves, unsigned slot, simtime when)
{
	uint64_t key, other;
	unsigned i;

	key = (uint64_t)when << HAND_BITS | slot;
	for (i = leaves + slot; i > 1; i /= 2) {
		tree[i] = key;
		other = tree[i ^ 1];
		key = key < other ? key : other;
	}
	tree[1] = key;
}

/* The same by hand: no engine, no clock, no slots of a user's. */
static double
lock_by_hand(unsigned ncpus, unsigned acquisitions, double *wait)
{
	struct fifo line = { 0 };
	struct hist *h;
	struct rng *r;
	double start;
	simtime now, *wanted;
	uint64_t tree[2 << HAND_BITS];
	unsigned cpu, i, leaves, n, owner;

	h = hist_new();
	r = g_new(struct rng, ncpus);
	wanted = g_new(simtime, ncpus);
	memset(tree, 0xff, sizeof(tree));
	for (leaves = 2; leaves < ncpus; leaves *= 2)
		continue;
	for (i = 0; i < ncpus; i++) {
		rng_init(&r[i], 1, i, "cpu");
		hand_set(tree, leaves, i, draw(&r[i], 1e6 * ncpus));
	}
	owner = ncpus;
	start = bench_cpu();
	for (n = 0; n < acquisitions;) {
		cpu = (unsigned)(tree[1] & HAND_SLOT);
		now = (simtime)(tree[1] >> HAND_BITS);
		if (cpu != owner) {
			if (owner != ncpus) {
				wanted[cpu] = now;
				fifo_put(&line, cpu);
				hand_set(tree, leaves, cpu, SIM_NEVER >>
				    HAND_BITS);
				continue;
			}
			owner = cpu;
			n++;
			hist_add(h, 0);
			hand_set(tree, leaves, cpu, now + draw(&r[cpu], 1e6));
			continue;
		}
		hand_set(tree, leaves, cpu, now + draw(&r[cpu], 1e6 * ncpus));
		owner = ncpus;
		if (fifo_count(&line) == 0)
			continue;
		owner = (unsigned)fifo_take(&line);
		n++;
		hist_add(h, now - wanted[owner]);
		hand_set(tree, leaves, owner, now + draw(&r[owner], 1e6));
	}
	start = bench_cpu() - start;
	*wait = hist_mean(h) / 1e6;
	hist_free(h);
	fifo_fini(&line);
	g_free(r);
	g_free(wanted);
	return (acquisitions / start / 1e6);
}

static void
lock_check(const char *who, unsigned ncpus, double wait)
{

	if (fabs(wait / lock_mva(ncpus) - 1) <= 0.02)
		return;
	fprintf(stderr, "lock: mean wait %s %g, not %g\n", who, wait,
	    lock_mva(ncpus));
	exit(1);
}

static void
bench_lock(void)
{
	static const struct {
		unsigned n;
		double	target;		/* M/s */
		const char *rival;	/* the best that is recorded */
		double	recorded;
	} sizes[] = { { 2, 40, "Cimba", 7.0 },
	    { 16, 25, "ns-3", 5.2 }, { 256, 18, "ns-3", 3.9 } };
	double hand, ours, rival, wait[2];
	unsigned i, r;

	for (i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct bench_row row = { .unit = "M acquisitions/s",
		    .sense = BENCH_LEAST, .target = sizes[i].target,
		    .yard = "a loop by hand", .yard_unit = "M acquisitions/s",
		    .rival = sizes[i].rival, .recorded = sizes[i].recorded };

		for (r = 0; r < ROUNDS; r++) {
			ours = lock_run(sizes[i].n, ACQUISITIONS, &wait[0]);
			hand = lock_by_hand(sizes[i].n, ACQUISITIONS,
			    &wait[1]);
			rival = bench_rival("lock %u %u", sizes[i].n,
			    ACQUISITIONS / 4);
			if (!isnan(rival))
				row.rival = "Cimba";
			bench_add(&row, ours, hand, rival);
			lock_check("on the engine", sizes[i].n, wait[0]);
			lock_check("by hand", sizes[i].n, wait[1]);
		}
		bench_tell(&row, "FIFO lock %u CPUs", sizes[i].n);
	}
}

/*
 * engine_bench [mm1 | lock]: some rows, or all; list, of these.  engine_bench
 * alone WORK N TIMES, for tests/bench/instructions_test.sh: nothing else.
 */
int
main(int argc, char **argv)
{
	double wait;
	unsigned n, times;

	if (argc == 5 && strcmp(argv[1], "alone") == 0) {
		n = (unsigned)strtoul(argv[3], NULL, 10);
		times = (unsigned)strtoul(argv[4], NULL, 10);
		if (strcmp(argv[2], "lock") == 0)
			(void)lock_run(n, times, &wait);
		else if (strcmp(argv[2], "lock-by-hand") == 0)
			(void)lock_by_hand(n, times, &wait);
		else if (strcmp(argv[2], "mm1") == 0)
			(void)mm1_sim(times, &wait);
		else if (strcmp(argv[2], "mm1-by-hand") == 0)
			(void)mm1_by_hand(times, &wait);
		return (0);
	}
	if (argc == 2 && strcmp(argv[1], "list") == 0)
		puts("mm1\nlock");
	if (argc < 2 || strcmp(argv[1], "mm1") == 0)
		bench_mm1();
	if (argc < 2 || strcmp(argv[1], "lock") == 0)
		bench_lock();
	return (0);
}
