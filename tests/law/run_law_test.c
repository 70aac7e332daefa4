/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Laws of whole runs.
 *
 *	TIME_WAIT	without a cap N ports towards one destination serve
 *			N / (lifetime + round trips + 2 msl) connections a
 *			second, whatever is asked for; with a cap they
 *			are no limit, and so many stand in it
 *	saturation	searches that hold the lock for h, r a second: below
 *			r h = 1 the backlog stays, above it grows by (r h - 1)
 *			/ h calls a second
 *	unfreezing	a wave of r calls a second for T keeps the lock busy
 *			for r T h: the last call returns r T h after the
 *			first came
 *
 * They are conservation of flow and of work (Kleinrock 1975, 1.1), and hold
 * for each run up to its edges.
 */

#include "models/run.h"
#include "sim/hist.h"
#include "tests/law/law.h"
#include "tests/models/run_rig.h"

static const struct workload_conf *
others_only(struct run_rig *r, const char *load, unsigned rate)
{

	r->rate.rate = run_rig_hz(rate);
	r->wl[0] = r->wl[OTHERS];
	r->wl[0].load = load_find(load);
	r->conf.nworkloads = 1;
	return (&r->wl[0]);
}

/* ---- TIME_WAIT --------------------------------------------------------- */

/* Connections a second that `rate' asked for get, once the range is full. */
static struct law
timewait_rate(const char *stack, unsigned rate, const char **verdict)
{
	const struct timeline_row *row;
	struct run_result *res;
	struct run_rig r;
	struct law l = { 0 };
	uint64_t ok;
	unsigned i;
	size_t j;

	for (i = 0; i < 10; i++) {
		run_rig_init(&r, stack);
		others_only(&r, "poisson", rate);
		r.wl[0].closer = CLOSER_LOCAL;
		r.wl[0].lifetime.a = 100 * SIM_MS;
		r.conf.kernel.msl = SIM_S;
		r.conf.duration = 40 * SIM_S;
		r.conf.interval = SIM_S;
		r.conf.replication = i;
		res = run_simulate(&r.conf);
		for (j = 0, ok = 0; j < res->nrows; j++) {
			row = &res->rows[j];
			if (row->time > 10 * SIM_S)
				ok += row->connects_ok;
		}
		law_add(&l, (double)ok / 30);
		*verdict = res->count.eaddrnotavail > 0 ? "fails" : "is well";
		run_result_free(res);
	}
	return (l);
}

static void
test_timewait_without_cap(void)
{
	const char *verdict;
	struct law l;
	double want;

	/* 1,000 ports; 0.1 s open, two round trips of 1 ms, 2 msl = 2 s. */
	want = 1000 / (0.1 + 0.002 + 2);
	l = timewait_rate("freebsd-14", 800, &verdict);
	g_assert_cmpstr(verdict, ==, "fails");
	law_show("rate without a cap", &l, want);
	/*
	 * It is what the ports can serve at most, and all but reached: they
	 * come back in the bursts in which they were taken at first, so some
	 * of them wait for a caller.
	 */
	g_assert_cmpfloat(law_mean(&l), <, want);
	g_assert_cmpfloat(law_mean(&l), >, 0.97 * want);
	/* Below it all are served. */
	l = timewait_rate("freebsd-14", 400, &verdict);
	g_assert_cmpstr(verdict, ==, "is well");
	law_holds("rate below it", &l, 400);
	/* Planted: with the cap of 13 it is no limit. */
	l = timewait_rate("freebsd-12.2", 800, &verdict);
	g_assert_cmpstr(verdict, ==, "is well");
	law_holds("rate with a cap", &l, 800);
	law_is_caught("a cap", &l, want);
}

/* ---- saturation -------------------------------------------------------- */

/* All ports are held for good from the start; each call then fails after h. */
static struct run_result *
failing_calls(unsigned rate, simtime hold, simtime stop, unsigned replication)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	run_rig_search(&r, hold);
	r.rate.rate = run_rig_hz(rate);
	r.wl[CALLS].load = load_find("poisson");
	r.wl[CALLS].start = SIM_S;
	r.wl[CALLS].stop = stop;
	r.conf.nworkloads = CALLS + 1;
	r.conf.duration = 101 * SIM_S;
	r.conf.interval = SIM_S;
	r.conf.replication = replication;
	res = run_simulate(&r.conf);
	return (res);
}

/* Calls that wait, at the end of 100 s. */
static struct law
backlog(unsigned rate, simtime hold)
{
	struct run_result *res;
	struct law l = { 0 };
	unsigned i;

	for (i = 0; i < 10; i++) {
		res = failing_calls(rate, hold, SIM_NEVER, i);
		g_assert_cmpuint(res->count.ok, ==, RIG_NPORTS);
		g_assert_cmpuint(res->count.eaddrnotavail, >, 0);
		law_add(&l, (double)res->count.unfinished);
		run_result_free(res);
	}
	return (l);
}

static void
test_saturation(void)
{
	const simtime hold = 10 * SIM_MS;
	struct law l;

	l = backlog(80, hold);
	law_show("backlog at r h = 0.8", &l, 0);
	g_assert_cmpfloat(law_mean(&l), <, 20);
	/* (r h - 1) / h a second, for 100 s. */
	l = backlog(150, hold);
	law_holds("backlog at r h = 1.5", &l, 100 * 0.5 / 0.01);
	l = backlog(120, hold);
	law_show("backlog at r h = 1.2", &l, 100 * 0.2 / 0.01);
	g_assert_cmpfloat(fabs(law_z(&l, 2000)), <, LAW_SE);
	/* Planted: a hold 3 % longer. */
	l = backlog(150, hold + hold / 33);
	law_is_caught("hold 3 % longer", &l, 100 * 0.5 / 0.01);
}

/* ---- unfreezing -------------------------------------------------------- */

/*
 * How long the last of the wave's calls took, per call of the wave: it returns
 * when all of the work is done.
 */
static struct law
unfreezing(unsigned rate, simtime hold, simtime span)
{
	struct run_result *res;
	struct law l = { 0 };
	double n, stop;
	unsigned i;
	size_t j;

	for (i = 0; i < 10; i++) {
		res = failing_calls(rate, hold, SIM_S + span, i);
		n = (double)res->count.eaddrnotavail;
		g_assert_cmpuint(res->count.unfinished, ==, 0);
		for (j = 0, stop = 0; j < res->nrows; j++)
			if (res->rows[j].connects_failed > 0)
				stop = (double)res->rows[j].time / 1e12;
		/* Rows are of a second: half of one is the best guess. */
		law_add(&l, (stop - 0.5 - 1) / n);
		run_result_free(res);
	}
	return (l);
}

static void
test_unfreezing(void)
{
	const simtime hold = 20 * SIM_MS;
	struct law l;

	/* 10 s of 200 a second, 20 ms each: 40 s until the lock is idle. */
	l = unfreezing(200, hold, 10 * SIM_S);
	law_show("lock time a call", &l, 0.020);
	g_assert_cmpfloat(fabs(law_mean(&l) / 0.020 - 1), <, 0.02);
	l = unfreezing(100, hold, 10 * SIM_S);
	law_show("lock time a call", &l, 0.020);
	g_assert_cmpfloat(fabs(law_mean(&l) / 0.020 - 1), <, 0.03);
	/* Planted: r h < 1 has no wave to work off. */
	l = unfreezing(30, hold, 10 * SIM_S);
	g_assert_cmpfloat(fabs(law_mean(&l) / 0.020 - 1), >, 0.03);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/law/timewait_without_cap",
	    test_timewait_without_cap);
	g_test_add_func("/law/saturation", test_saturation);
	g_test_add_func("/law/unfreezing", test_unfreezing);
	return (g_test_run());
}
