/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Conclusions do not hang on the order of events at one instant: seed-2019, cut
 * short, comes to the same verdicts whatever that order, and its figures differ
 * between orders no more than between replications.  A model that does hang on
 * it is found out.
 */

#include <math.h>

#include <glib.h>

#include "models/machine/assembly.h"
#include "models/machine/run.h"
#include "sim/hist.h"
#include "sim/sim.h"
#include "study/run/experiment.h"
#include "study/scenario/load.h"

#define	N	6

/*
 * Paired t of two samples of N: the same arrivals in another order of ties.
 */
static double
paired_t(const double *x, const double *y)
{
	double d, mean, sq;
	unsigned i;

	for (i = 0, mean = sq = 0; i < N; i++) {
		d = y[i] - x[i];
		mean += d / N;
		sq += d * d / N;
	}
	sq -= mean * mean;
	return (mean == 0 ? 0 : fabs(mean) / sqrt(sq / (N - 1)));
}

/* How far replications lie apart. */
static double
spread(const double *x)
{
	double hi, lo;
	unsigned i;

	hi = lo = x[0];
	for (i = 1; i < N; i++) {
		hi = MAX(hi, x[i]);
		lo = MIN(lo, x[i]);
	}
	return (hi - lo);
}

static double
mean_of(const double *x)
{
	double mean;
	unsigned i;

	for (i = 0, mean = 0; i < N; i++)
		mean += x[i] / N;
	return (mean);
}

enum { FAILED, OK_CONNECTS, HOLD, VISITS, NFIGURES };

static const char *const names[NFIGURES] = {
	"failed", "connects", "longest hold", "most visits"
};

struct outcome {
	double		figure[NFIGURES][N];
	enum verdict	verdict[N];
};

static void
outcome_run(const struct run_conf *conf, unsigned i, struct outcome *o)
{
	struct run_result *res;

	res = run_simulate(conf);
	o->figure[FAILED][i] = (double)res->count.eaddrnotavail;
	o->figure[OK_CONNECTS][i] = (double)res->count.ok;
	o->figure[HOLD][i] = (double)hist_max(res->hash_hold);
	o->figure[VISITS][i] = (double)res->visits_max;
	o->verdict[i] = res->verdict;
	run_result_free(res);
}

static void
test_conclusions_stay(void)
{
	static const struct override cut[] = {
		{ "scenario.duration", "36s", "test" },
		{ "scenario.replications", "6", "test" } };
	struct scenario *sc;
	struct experiment *e;
	struct outcome other, shuffled;
	struct run_conf conf;
	double t;
	unsigned f, i, v;

	sc = scenario_load("scenarios/seed-2019.ini", cut, 2, NULL, NULL);
	g_assert_nonnull(sc);
	e = experiment_new(sc, NET_SEARCH_INDEX);
	for (v = 0; v < sc->nvariants; v++) {
		for (i = 0; i < N; i++) {
			conf = e->confs[v * N + i];
			outcome_run(&conf, i, &other);
			conf.shuffle_ties = 1000 + i;
			outcome_run(&conf, i, &shuffled);
			/* Well or frozen: the words of the report. */
			g_assert_cmpint(other.verdict[i] == VERDICT_OK, ==,
			    shuffled.verdict[i] == VERDICT_OK);
		}
		for (f = 0; f < NFIGURES; f++) {
			t = paired_t(other.figure[f], shuffled.figure[f]);
			g_test_message("%s, %s: %.6g, shuffled %.6g, t %.2f; "
			    "replications spread by %.4g",
			    sc->variants[v].name, names[f],
			    mean_of(other.figure[f]),
			    mean_of(shuffled.figure[f]), t,
			    spread(other.figure[f]));
			/* No shift that is proven and matters. */
			g_assert_true(t < 6 || fabs(mean_of(other.figure[f]) -
			    mean_of(shuffled.figure[f])) <
			    spread(other.figure[f]));
		}
	}
	experiment_free(e);
	scenario_free(sc);
}

/* Two events at each instant; the later one decides. */
static double
last_word(uint64_t shuffle)
{
	struct sim_event ev;
	struct sim *s;
	unsigned won, i, last;

	s = sim_new(2, 1);
	sim_shuffle_ties(s, shuffle);
	for (i = 0, won = 0; i < 1000; i++) {
		sim_at(s, 0, (i + 1) * SIM_MS);
		sim_at(s, 1, (i + 1) * SIM_MS);
		last = 0;
		while (sim_next(s, (i + 1) * SIM_MS + 1, &ev))
			last = ev.slot;
		won += last;
	}
	sim_free(s);
	return (won);
}

/* It wins always as scheduled, and about half the time if shuffled. */
static void
test_planted(void)
{
	double mean;
	unsigned i;

	g_assert_cmpfloat(last_word(0), ==, 1000);
	for (i = 0, mean = 0; i < 40; i++)
		mean += last_word(1 + i) / 40;
	g_test_message("the second wins %g of 1000", mean);
	g_assert_cmpfloat(mean, >, 200);
	g_assert_cmpfloat(mean, <, 800);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ties/conclusions_stay", test_conclusions_stay);
	g_test_add_func("/ties/planted", test_planted);
	return (g_test_run());
}
