/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Queueing laws, on the engine as a user of it would write the queue.
 *
 * M/M/1 (Kleinrock 1975, 3.2): mean time in system 1 / (mu - lambda).
 * M/D/1 (Pollaczek-Khinchine): mean wait rho / (2 mu (1 - rho)).
 * Each over independent replications; the mean must lie within five standard
 * errors, and a law with 10 % more service must not.
 */

#include <math.h>

#include <glib.h>

#include "models/fifo.h"
#include "sim/dist.h"
#include "sim/rng.h"
#include "sim/sim.h"
#include "sim/tally.h"

enum { ARRIVE, DEPART, NSLOTS };

struct answer {
	double	stay;		/* mean time in system, s */
	double	number;		/* time-weighted mean in system */
	double	rate;		/* customers served a second */
};

static struct answer
queue_run(double lambda, const struct dist *service, unsigned replication)
{
	struct answer a;
	struct fifo line = { 0 };
	struct rng arrivals, services;
	struct sim *s;
	struct sim_event ev;
	struct tally in;
	double sum;
	uint64_t served;

	s = sim_new(NSLOTS, 1);
	rng_init(&arrivals, 5, replication, "arrivals");
	rng_init(&services, 5, replication, "services");
	tally_init(&in, 0, 0);
	sum = 0;
	served = 0;
	sim_at(s, ARRIVE, 0);
	while (sim_next(s, 4000 * SIM_S, &ev)) {
		if (ev.slot == ARRIVE) {
			fifo_put(&line, (uint64_t)ev.time);
			tally_add(&in, ev.time, 1);
			if (fifo_count(&line) == 1)
				sim_at(s, DEPART, ev.time +
				    dist_draw(service, &services));
			sim_at(s, ARRIVE, ev.time + (simtime)(1e12 / lambda *
			    rng_exp1(&arrivals)));
			continue;
		}
		sum += (double)(ev.time - (simtime)fifo_take(&line));
		served++;
		tally_add(&in, ev.time, -1);
		if (fifo_count(&line) > 0)
			sim_at(s, DEPART, ev.time +
			    dist_draw(service, &services));
	}
	a.stay = sum / (double)served / 1e12;
	a.number = tally_mean(&in, sim_now(s));
	a.rate = (double)served / 4000;
	fifo_fini(&line);
	sim_free(s);
	return (a);
}

/* Standard errors between the mean of 20 replications and `want'. */
static double
stay_error(double lambda, const struct dist *service, double want)
{
	struct answer a;
	double mean, sq;
	unsigned i;

	for (i = 0, mean = sq = 0; i < 20; i++) {
		a = queue_run(lambda, service, i);
		mean += a.stay / 20;
		sq += a.stay * a.stay / 20;
		/* Little's law holds on each run, up to who is still in. */
		g_assert_cmpfloat(fabs(a.number / (a.rate * a.stay) - 1), <,
		    0.01);
	}
	return (fabs(mean - want) / sqrt((sq - mean * mean) / 19));
}

static void
test_mm1(void)
{
	static const struct dist service = { .kind = DIST_EXPONENTIAL,
	    .a = SIM_S / 100 };
	static const struct dist slower = { .kind = DIST_EXPONENTIAL,
	    .a = SIM_S / 110 };

	g_assert_cmpfloat(stay_error(50, &service, 1.0 / 50), <, 5);
	g_assert_cmpfloat(stay_error(80, &service, 1.0 / 20), <, 5);
	g_assert_cmpfloat(stay_error(80, &slower, 1.0 / 20), >, 5);
}

static void
test_md1(void)
{
	static const struct dist service = { .kind = DIST_CONSTANT,
	    .a = SIM_S / 100 };

	g_assert_cmpfloat(stay_error(50, &service, 0.01 + 0.5 / (2 * 100 *
	    0.5)), <, 5);
	g_assert_cmpfloat(stay_error(80, &service, 0.01 + 0.8 / (2 * 100 *
	    0.2)), <, 5);
	/* M/M/1's wait is twice that: told apart. */
	g_assert_cmpfloat(stay_error(80, &service, 1.0 / 20), >, 5);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/law/mm1", test_mm1);
	g_test_add_func("/law/md1", test_md1);
	return (g_test_run());
}
