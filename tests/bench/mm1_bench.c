/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * M/M/1 at load 0.9 with statistics, as a user of the engine would write it.
 * The yardstick is the same by hand, without an engine: the clock in two
 * variables.
 */

#include "models/machine/fifo.h"
#include "sim/hist.h"
#include "sim/sim.h"
#include "tests/bench/bench.h"

#define	ROUNDS	7

#define	CUSTOMERS	10000000u

enum { ARRIVE, DEPART, NSLOTS };

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
			sim_at(s, ARRIVE, ev.time + bench_draw(&ra, 1e9 / 0.9));
			fifo_put(&line, (uint64_t)ev.time);
			if (fifo_count(&line) == 1)
				sim_at(s, DEPART, ev.time +
				    bench_draw(&rs, 1e9));
		} else {
			hist_add(h, ev.time - (simtime)fifo_take(&line));
			n++;
			if (fifo_count(&line) > 0)
				sim_at(s, DEPART, ev.time +
				    bench_draw(&rs, 1e9));
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
				depart = arrive + bench_draw(&rs, 1e9);
			arrive += bench_draw(&ra, 1e9 / 0.9);
		} else {
			hist_add(h, depart - (simtime)fifo_take(&line));
			n++;
			depart = fifo_count(&line) > 0 ? depart +
			    bench_draw(&rs, 1e9) : SIM_NEVER;
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

/* mm1_bench [all]; list, of these; or alone engine|hand CUSTOMERS. */
int
main(int argc, char **argv)
{
	double stay;
	unsigned customers;

	if (argc == 2 && strcmp(argv[1], "list") == 0)
		puts("all");
	else if (argc == 4) {
		customers = (unsigned)strtoul(argv[3], NULL, 10);
		(void)(strcmp(argv[2], "engine") == 0 ? mm1_sim :
		    mm1_by_hand)(customers, &stay);
	} else
		bench_mm1();
	return (0);
}
