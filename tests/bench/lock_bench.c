/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * N CPUs think (mean N x S), take one FIFO lock, hold it (mean S), as a user of
 * the engine would write it.  The mean wait must be that of exact mean value
 * analysis.  The yardstick is the same by hand (by_hand.h).
 */

#include "models/machine/fifo.h"
#include "sim/hist.h"
#include "sim/sim.h"
#include "tests/bench/bench.h"
#include "tests/bench/by_hand.h"

#define	ROUNDS	7

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
		sim_at(s, i, bench_draw(&r[i], 1e6 * ncpus));
	}
	owner = ncpus;
	start = bench_cpu();
	for (n = 0; n < acquisitions && sim_next(s, SIM_NEVER - 1, &ev);) {
		now = ev.time;
		cpu = ev.slot;
		if (cpu != owner) {
			if (owner != ncpus) {
				wanted[cpu] = now;
				fifo_put(&line, cpu);
				continue;
			}
			n++;
			hist_add(h, 0);
			end = now + bench_draw(&r[cpu], 1e6);
			if (!sim_run_on(s, cpu, end)) {
				owner = cpu;
				sim_at(s, cpu, end);
				continue;
			}
			/* Nobody came meanwhile. */
			now = end;
		}
		sim_at(s, cpu, now + bench_draw(&r[cpu], 1e6 * ncpus));
		owner = ncpus;
		if (fifo_count(&line) == 0)
			continue;
		owner = (unsigned)fifo_take(&line);
		n++;
		hist_add(h, now - wanted[owner]);
		sim_at(s, owner, now + bench_draw(&r[owner], 1e6));
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
			hand = by_hand_lock(sizes[i].n, ACQUISITIONS,
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

/* lock_bench [all]; list, of these; or alone engine|hand CPUS TIMES. */
int
main(int argc, char **argv)
{
	double wait;
	unsigned n, times;

	if (argc == 2 && strcmp(argv[1], "list") == 0)
		puts("all");
	else if (argc == 5) {
		n = (unsigned)strtoul(argv[3], NULL, 10);
		times = (unsigned)strtoul(argv[4], NULL, 10);
		(void)(strcmp(argv[2], "engine") == 0 ? lock_run :
		    by_hand_lock)(n, times, &wait);
	} else
		bench_lock();
	return (0);
}
