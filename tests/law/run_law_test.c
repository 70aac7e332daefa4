/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Laws of saturation, through whole runs: searches that fail hold the lock for
 * h each, r of them come a second.
 *
 *	below r h = 1	the machine is M/D/1, whoever is let in next: a call
 *			takes h + r h h / (2 (1 - r h))
 *	above		the backlog grows by (r h - 1) / h calls a second
 *	unfreezing	a wave of r calls a second for T keeps the lock busy
 *			for r T h: so long after its first call the last one
 *			returns.  The console is frozen no longer than that
 *			and until it has worked off what it missed; whether as
 *			long hangs on who gets the lock, which is no law
 *
 * Pollaczek 1930, Khinchine 1932; the others are conservation of work
 * (Kleinrock 1975, 1.1).
 */

#include <string.h>

#include "models/machine/assembly.h"
#include "models/machine/run.h"
#include "sim/hist.h"
#include "tests/law/law.h"
#include "tests/models/machine/run_rig.h"

#define	NREPLICATIONS	20
#define	START		SIM_S

struct wave {
	unsigned	rate;		/* calls a second */
	simtime		hold;
	simtime		span;		/* SIM_NEVER: to the end of the run */
};

/* All ports are held for good from the start; each call then fails after h. */
static void
wave_init(const struct wave *w, struct run_rig *r, unsigned replication)
{

	run_rig_init(r, "freebsd-12.0");
	run_rig_search(r, w->hold);
	r->rate.rate = run_rig_hz(w->rate);
	r->wl[CALLS].load = load_find("poisson");
	r->wl[CALLS].start = START;
	r->wl[CALLS].stop = w->span == SIM_NEVER ? SIM_NEVER :
	    START + w->span;
	r->conf.nworkloads = CALLS + 1;
	r->conf.duration = START + 100 * SIM_S;
	r->conf.interval = SIM_S;
	r->conf.replication = replication;
}

/* ---- the rate ---------------------------------------------------------- */

/* What calls took, and how many still wait at the end. */
static void
steady(const struct wave *w, struct law *took, struct law *backlog)
{
	struct run_result *res;
	struct run_rig r;
	unsigned i;

	memset(took, 0, sizeof(*took));
	memset(backlog, 0, sizeof(*backlog));
	for (i = 0; i < NREPLICATIONS; i++) {
		wave_init(w, &r, i);
		res = run_simulate(&r.conf);
		g_assert_cmpuint(res->count.ok, ==, RIG_NPORTS);
		g_assert_cmpuint(res->count.eaddrnotavail, >, 0);
		law_add(took, hist_mean(res->workloads[CALLS].connect) / 1e12);
		law_add(backlog, (double)res->count.unfinished);
		run_result_free(res);
	}
}

static double
md1(double r, double h)
{

	return (h + r * h * h / (2 * (1 - r * h)));
}

static void
test_below_saturation(void)
{
	struct wave w = { .hold = 10 * SIM_MS, .span = SIM_NEVER };
	struct law backlog, took;

	w.rate = 50;
	steady(&w, &took, &backlog);
	law_holds("a call at r h = 0.5", &took, md1(50, 0.01));
	w.rate = 80;
	steady(&w, &took, &backlog);
	law_holds("a call at r h = 0.8", &took, md1(80, 0.01));
	/* Little: those that are there at any time, the end for one. */
	law_show("there at the end", &backlog, 80 * md1(80, 0.01));
	g_assert_cmpfloat(fabs(law_z(&backlog, 80 * md1(80, 0.01))), <,
	    LAW_SE);
	/* Planted: a hold 3 % longer. */
	w.hold += 3 * w.hold / 100;
	steady(&w, &took, &backlog);
	law_is_caught("hold 3 % longer", &took, md1(80, 0.01));
}

static void
test_above_saturation(void)
{
	struct wave w = { .hold = 10 * SIM_MS, .span = SIM_NEVER };
	struct law backlog, took;

	/* (r h - 1) / h a second, for 100 s. */
	w.rate = 150;
	steady(&w, &took, &backlog);
	law_holds("backlog at r h = 1.5", &backlog, 100 * 0.5 / 0.01);
	w.rate = 120;
	steady(&w, &took, &backlog);
	law_holds("backlog at r h = 1.2", &backlog, 100 * 0.2 / 0.01);
	w.hold += 3 * w.hold / 100;
	steady(&w, &took, &backlog);
	law_is_caught("hold 3 % longer", &backlog, 100 * 0.2 / 0.01);
}

/* ---- unfreezing -------------------------------------------------------- */

struct freeze {
	struct law	calls;		/* from the first to the last, s */
	struct law	excess;		/* of that over calls that came x h */
	struct law	console;	/* the result's `unfreeze', s */
	double		over_max;	/* of that over its bound, at most */
};

/*
 * At worst the console is not served while the lock is busy, for F; then it
 * works off the ticks that it missed, `work' each, while new ones come every
 * `period', until it is no later than its deadline.
 */
static double
console_bound(const struct run_conf *conf, double f)
{
	double deadline, share;

	deadline = (double)conf->observers[0].deadline / 1e12;
	share = (double)conf->observers[0].work /
	    (double)(conf->observers[0].period - conf->observers[0].work);
	return (f + (f - deadline) * share);
}

/* `hold' is what the law takes the wave's hold to be, s. */
static void
unfreezing(const struct wave *w, double hold, struct freeze *f)
{
	struct run_result *res;
	struct run_rig r;
	double over, stop, work;
	unsigned i;
	size_t j;

	memset(f, 0, sizeof(*f));
	f->over_max = -HUGE_VAL;
	for (i = 0; i < NREPLICATIONS; i++) {
		wave_init(w, &r, i);
		/* Receive threads want the lock, too, and need it for 0 ps. */
		/* One that floats finds a CPU, and meets no bound at all. */
		r.conf.kernel.pin_default_swi = true;
		r.conf.inbound.segments = run_rig_hz(1000);
		r.conf.inbound.accepts = run_rig_hz(1000);
		r.conf.inbound.lifetime.a = SIM_S;
		r.conf.interval = 10 * SIM_MS;
		res = run_simulate(&r.conf);
		work = (double)res->count.eaddrnotavail * hold;
		g_assert_cmpuint(res->count.unfinished, ==, 0);
		for (j = 0, stop = 0; j < res->nrows; j++)
			if (res->rows[j].connects_failed > 0)
				stop = (double)(res->rows[j].time - START) /
				    1e12;
		law_add(&f->calls, stop);
		law_add(&f->excess, stop - work);
		law_add(&f->console, (double)res->unfreeze / 1e12);
		over = (double)res->unfreeze / 1e12 -
		    console_bound(&r.conf, work);
		f->over_max = MAX(f->over_max, over);
		run_result_free(res);
	}
	law_show("first call to last, - calls x hold", &f->excess, 0);
	g_test_message("unfreeze %.2f +- %.2f s, at most %.2f s over its "
	    "bound", law_mean(&f->console), law_se(&f->console), f->over_max);
}

static void
test_unfreezing(void)
{
	struct wave w = { .rate = 200, .hold = 20 * SIM_MS,
	    .span = 10 * SIM_S };
	struct freeze f;

	/* 10 s of 200 a second, 20 ms each: 40 s until the lock is idle. */
	unfreezing(&w, 0.020, &f);
	law_holds("a wave of 200 a second", &f.calls, 200 * 10 * 0.020);
	/* Until the first call, 5 ms; a row of the timeline, half of 10 ms. */
	g_assert_cmpfloat(law_mean(&f.excess), >, 0);
	g_assert_cmpfloat(law_mean(&f.excess), <, 0.020);
	/* The bound is kept by all, and met by some, to a second of 43. */
	g_assert_cmpfloat(f.over_max, <=, 0.010);
	g_assert_cmpfloat(f.over_max, >, -1);

	/*
	 * Planted: a hold 3 % longer than the law is told.  It is the law that
	 * changes, and the run that stays: where another hold lets the console
	 * in between, its bound would be kept for nothing.
	 */
	unfreezing(&w, 0.020 / 1.03, &f);
	g_assert_cmpfloat(law_mean(&f.excess), >, 0.020);
	g_assert_cmpfloat(f.over_max, >, 0.010);

	/* No wave at r h < 1: the last call is done when it came. */
	w.rate = 30;
	unfreezing(&w, 0.020, &f);
	g_assert_cmpfloat(law_mean(&f.calls), <, 10.2);
	law_is_caught("no backlog", &f.calls, 30 * 10 * 0.020);
	g_assert_cmpfloat(law_mean(&f.console), <, 1);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/law/below_saturation", test_below_saturation);
	g_test_add_func("/law/above_saturation", test_above_saturation);
	g_test_add_func("/law/unfreezing", test_unfreezing);
	return (g_test_run());
}
