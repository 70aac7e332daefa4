/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A scenario and results made by hand, so that what is written of a run can
 * be held against expectations without a simulator in between.
 *
 * fixture_small	two variants, a run of 2 s in 4 intervals; every
 *			figure is round, and written out in results_test.c
 * fixture_busy		two variants, 120 s in 600 intervals, in the shape of
 *			a real case: for looking at pictures
 */

#ifndef TESTS_STUDY_FIXTURE_H
#define	TESTS_STUDY_FIXTURE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "models/net/family.h"
#include "models/stacks/stack.h"
#include "sim/hist.h"
#include "study/run/experiment.h"

/* Its one knob is read by the new one alone, which names it. */
static const struct net_knob fixture_knobs[] = {
	{ .name = "require_unique_port", .max = 1 }, { .name = NULL }
};

static bool
fixture_reads(const void *variant, const char *knob)
{

	return (variant != NULL && strcmp(variant, knob) == 0);
}

static const struct net_family fixture_family = { .name = "by-hand",
    .knobs = fixture_knobs, .reads = fixture_reads };
static const struct stack fixture_old = { .name = "old-1",
    .source = "by hand, release 1", .left_out = "all else",
    .port_first = true, .family = &fixture_family };
static const struct stack fixture_new = { .name = "new-2",
    .source = "by hand, release 2",
    .variant = "require_unique_port", .family = &fixture_family };

static const struct workload_conf fixture_workloads[] = {
	{ .name = "web" }, { .name = "cron-jobs" }
};

static const struct observer_conf fixture_observer = { .name = "screen",
    .kind = OBSERVER_VT_ECHO, .deadline = 500 * SIM_MS };

static struct variant fixture_variants[] = {
	{ .name = "current", .conf = { .stack = &fixture_old, .seed = 42,
	    .duration = 2 * SIM_S, .nworkloads = 2,
	    .workloads = fixture_workloads,
	    .stall_threshold = SIM_MS,
	    .kernel = { .portrange_first = 10000, .portrange_last = 65535 },
	    .nobservers = 1, .observers = &fixture_observer } },
	{ .name = "proposed", .conf = { .stack = &fixture_new, .seed = 42,
	    .duration = 2 * SIM_S, .nworkloads = 2,
	    .workloads = fixture_workloads,
	    .stall_threshold = SIM_MS,
	    .kernel = { .portrange_first = 10000, .portrange_last = 65535 },
	    .nobservers = 1, .observers = &fixture_observer } }
};

#define	FIXTURE_DIGEST							\
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* Never freed with scenario_free(): it is nobody's. */
static inline void
fixture_scenario(struct scenario *sc)
{
	static char path[] = "some/where/by-hand.ini";
	static char name[] = "by-hand", title[] = "made by hand, \"round\"";
	static char question[] = "does a result say what was measured?";

	*sc = (struct scenario){ .path = path, .name = name, .title = title,
	    .question = question, .digest = FIXTURE_DIGEST, .seed = 42,
	    .replications = 1, .nvariants = 2, .variants = fixture_variants };
}

static inline struct run_result *
fixture_result(const struct run_conf *conf)
{
	struct run_result *r;
	unsigned i;

	r = g_new0(struct run_result, 1);
	r->complete = true;
	r->end = conf->duration;
	r->first_exhaustion = r->recover = SIM_NEVER;
	r->rho = -1;
	r->connect = hist_new();
	r->probes = hist_new();
	r->nobservers = 1;
	r->observers = g_new0(struct observer_result, 1);
	r->observers[0] = (struct observer_result){ .name = "screen",
	    .lag = hist_new(), .waited = "" };
	r->console = r->observers[0].lag;
	r->nlocks = 1;
	r->locks = g_new0(struct lock_result, 1);
	r->locks[0].name = "tcphash";
	r->locks[0].hold = r->hash_hold = hist_new();
	r->locks[0].wait = r->hash_wait = hist_new();
	r->nworkloads = conf->nworkloads;
	r->workloads = g_new0(struct workload_result, r->nworkloads);
	for (i = 0; i < r->nworkloads; i++) {
		r->workloads[i].name = conf->workloads[i].name;
		r->workloads[i].first_exhaustion = SIM_NEVER;
		r->workloads[i].connect = hist_new();
	}
	return (r);
}

/* What a run keeps of its rows. */
static inline void
fixture_looked(struct run_result *r)
{
	size_t i;

	r->looked = true;
	for (i = 0; i < r->nrows; i++) {
		r->ports_busy_end = r->rows[i].ports_busy;
		r->ports_busy_max = MAX(r->ports_busy_max,
		    r->ports_busy_end);
	}
}

/* ---- small ------------------------------------------------------------- */

static inline void
fixture_small_rows(struct run_result *r, bool old)
{
	unsigned i;

	r->nrows = 4;
	r->rows = g_new0(struct timeline_row, 4);
	for (i = 0; i < 4; i++)
		r->rows[i] = (struct timeline_row){
		    .time = (i + 1) * SIM_S / 2, .pcbs = 100 * (i + 1),
		    .ports_busy = 50 * (i + 1),
		    .ports_free_any = 55536 - 50 * (i + 1),
		    .tuples_free = 55500, .timewaits = i,
		    .timewaits_over = 3 - i,
		    .connects_ok = 10, .connects_failed = old ? i : 0,
		    .hash_hold_frac = 0.125, .hash_waiters_max = 2,
		    .spin_cpus_mean = 1.0 / 3,
		    .stall_max = old ? 1500 * SIM_US : 0,
		    .lag_max[0] = i == 2 && old ? 600 * SIM_MS :
		    SIM_MS / 4 };
	fixture_looked(r);
}

/* A cause in one interval, another in two; two addresses, one look. */
static inline void
fixture_small_maps(struct run_result *r, bool old)
{

	r->spent[CAUSE_THREAD] = SIM_US;
	r->spent[CAUSE_CPU] = 2 * SIM_US;
	r->spent[CAUSE_LOCK] = 3 * SIM_MS;
	r->spent[CAUSE_SEARCH] = 250;
	r->ncauses = 3;
	r->causes = g_new0(struct cause_row, 3);
	r->causes[0] = (struct cause_row){ SIM_S / 2, CAUSE_LOCK, 1250001, 9,
	    old ? 3 : 0 };
	r->causes[1] = (struct cause_row){ SIM_S, CAUSE_LOCK, SIM_MS, 1, 0 };
	r->causes[2] = (struct cause_row){ SIM_S, CAUSE_WORK, 4095, 36, 0 };
	r->noccupancies = 2;
	r->occupancies = g_new0(struct occupancy_row, 2);
	r->occupancies[0] = (struct occupancy_row){ 2 * SIM_S, 0x016433c6, 1,
	    200 };
	r->occupancies[1] = (struct occupancy_row){ 2 * SIM_S, 0x026433c6, 3,
	    old ? 7 : 0 };
}

/* What the run has of the first observer, it has, too. */
static inline void
fixture_freezes(struct run_result *r)
{

	r->observers[0].frozen = r->frozen;
	r->observers[0].unfreeze = r->unfreeze;
	r->observers[0].waited = "clock";
	r->observers[0].lag_from = SIM_S;
	r->observers[0].lag_max = 600 * SIM_MS;
	r->observers[0].why_share = 0.8125;
	r->observers[0].why = (struct blame){ .nlinks = 3, .links = {
	    { .who = "softclock", .doing = "timewait_expire",
	    .how = BLAME_NO_CPU },
	    { .who = "rx3", .doing = "accept", .how = BLAME_SPINS,
	    .lock = "tcphash", .waiters = 6 },
	    { .who = "cron", .doing = "connect", .how = BLAME_COMPUTES,
	    .iters = 55536, .visits = 76186 } } };
}

static inline struct run_result *
fixture_small(const struct run_conf *conf)
{
	struct run_result *r;
	bool old;

	old = conf->stack == &fixture_old;
	r = fixture_result(conf);
	r->count = (struct attempt_counts){ .wanted = 46,
	    .failed = old ? 6 : 0, .waiting = old ? 0 : 6,
	    .attempts = 46, .ok = 40, .eaddrnotavail = old ? 6 : 0,
	    .unfinished = old ? 0 : 6 };
	hist_add(r->connect, 100 * SIM_NS);
	hist_add(r->connect, 250);
	r->searches = 3;
	hist_add(r->probes, 1);
	hist_add(r->probes, 3);
	r->visits_max = old ? 1000000 : 12;
	r->workloads[0].count = r->count;
	r->workloads[0].count.unfinished = 0;
	if (old) {
		r->first_exhaustion = 600 * SIM_MS;
		r->recover = 250 * SIM_MS;
		r->rho = 0.5;
		r->lapsed = 3;
		r->workloads[0].busy_max = 12 * SIM_MS;
		r->workloads[0].accepted = 5;
		r->workloads[0].accept_refused = 1;
		r->workloads[0].accept_max = 7 * SIM_MS;
		r->workloads[0].first_exhaustion = 600 * SIM_MS;
		hist_add(r->hash_hold, 128);
		hist_add(r->console, 600 * SIM_MS);
		r->hold_busy_frac = 0.5;
		r->stall_max = 1500 * SIM_US;
		r->frozen = r->unfreeze = 600 * SIM_MS;
		fixture_freezes(r);
		r->verdict = VERDICT_FREEZES;
		r->nstalls = 2;
		r->stalls = g_new0(struct stall, 2);
		r->stalls[0] = (struct stall){ 700 * SIM_MS, 1500 * SIM_US,
		    "tcphash", "cron, \"daily\"", "connect", 55536, 1000000,
		    3 };
		r->stalls[1] = (struct stall){ SIM_S, 1250001, "tcp", "rx3",
		    "tcp_close", 0, 7, 1 };
	}
	fixture_small_rows(r, old);
	fixture_small_maps(r, old);
	return (r);
}

/* ---- busy -------------------------------------------------------------- */

/* A number that looks random and is the same each time. */
static inline double
fixture_noise(unsigned i)
{
	uint64_t z;

	z = (i + 1) * 0x9e3779b97f4a7c15U;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z ^= z >> 27;
	return ((double)(z >> 11) / 9007199254740992.0);
}

static inline void
fixture_busy_row(struct run_result *r, unsigned i, bool old)
{
	struct timeline_row *row;
	double full, t;
	bool out;

	t = (i + 1) * 0.2;
	full = MIN(1, 1 - exp(-t / 14));
	out = old && t > 58;
	row = &r->rows[i];
	row->time = (i + 1) * SIM_S / 5;
	row->pcbs = (uint64_t)(t * 2000);
	row->ports_busy = (unsigned)(55536 * (out ? 1 : full * 0.99));
	row->ports_free_any = 55536 - row->ports_busy;
	row->tuples_free = 55536 - (unsigned)(t * 12);
	row->connects_ok = 400;
	row->connects_failed = out ? (uint64_t)(fixture_noise(i) * 6) : 0;
	row->hash_hold_frac = out ? 0.4 + 0.6 * fixture_noise(i) :
	    0.002 + 0.01 * full * fixture_noise(i);
	row->hash_waiters_max = out ? 9 : 1;
	row->stall_max = out ? (simtime)((0.05 + 0.1 * fixture_noise(i)) *
	    (double)SIM_S) : (simtime)(20e6 * fixture_noise(i));
	row->lag_max[0] = (simtime)((double)row->stall_max * 4 +
	    1e8 * fixture_noise(i + 1000));
	if (out && i % 50 > 30)
		row->lag_max[0] = (i % 50 - 30) * SIM_S / 5;
	r->stall_max = MAX(r->stall_max, row->stall_max);
	r->count.ok += row->connects_ok;
	r->count.eaddrnotavail += row->connects_failed;
	hist_add(r->console, row->lag_max[0]);
	if (out && row->stall_max > SIM_MS)
		r->stalls[r->nstalls++] = (struct stall){ row->time - SIM_S / 5,
		    row->stall_max, "tcphash", i % 3 ? "utilities" : "nginx",
		    i % 3 ? "connect" : "bind", 55536, 2700000 + i, 9 };
}

/* 50 looks at ten addresses; a dot of each cause now and then. */
static inline void
fixture_busy_maps(struct run_result *r)
{
	unsigned i;

	r->causes = g_new0(struct cause_row, 600);
	for (i = 0; i < 600; i += 1 + i % 3)
		r->causes[r->ncauses++] = (struct cause_row){
		    r->rows[i].time, (enum connect_cause)(i % NCAUSES),
		    (simtime)(1e6 * exp(10 * fixture_noise(i))), 1 + i % 90,
		    0 };
	r->noccupancies = 500;
	r->occupancies = g_new0(struct occupancy_row, 500);
	for (i = 0; i < 500; i++)
		r->occupancies[i] = (struct occupancy_row){
		    r->rows[12 * (i / 10) + 11].time, 0x016433c6 +
		    (i % 10 << 24), 1, i * 20 + (i % 10) * 50 };
}

static inline struct run_result *
fixture_busy(const struct run_conf *conf)
{
	struct run_result *r;
	unsigned i;
	bool old;

	old = conf->stack == &fixture_old;
	r = fixture_result(conf);
	r->nrows = 600;
	r->rows = g_new0(struct timeline_row, 600);
	r->stalls = g_new0(struct stall, 600);
	for (i = 0; i < 600; i++)
		fixture_busy_row(r, i, old);
	fixture_looked(r);
	r->count.attempts = r->count.ok + r->count.eaddrnotavail;
	r->count.wanted = r->count.attempts;
	r->count.failed = r->count.eaddrnotavail;
	for (i = 0; i < 20000; i++) {
		struct workload_result *w = &r->workloads[i % 20 == 0];
		simtime lat = (simtime)(3e6 - 8e6 * log(fixture_noise(i)));

		if (old && i % 7 == 0)
			lat += (simtime)(-8e10 * log(fixture_noise(i + 9)));
		hist_add(r->connect, lat);
		hist_add(w->connect, lat);
		hist_add(r->probes, old ? 1 + i % 300 : 1);
		hist_add(r->hash_hold, old ? lat / 2 : 300000);
	}
	r->searches = 20000;
	fixture_busy_maps(r);
	r->spent[CAUSE_THREAD] = SIM_MS;
	r->spent[CAUSE_LOCK] = 3 * SIM_MS;
	r->spent[CAUSE_CPU] = SIM_MS / 10;
	if (old) {
		r->first_exhaustion = 58 * SIM_S + 217 * SIM_MS;
		r->visits_max = 2776800;
		r->hold_busy_frac = 0.34;
		r->frozen = 20 * SIM_S;
		r->unfreeze = 4 * SIM_S;
		fixture_freezes(r);
		r->spin_cpu_frac = 0.21;
		r->verdict = VERDICT_FREEZES;
	} else {
		r->visits_max = 3;
		r->hold_busy_frac = 0.004;
		r->spin_cpu_frac = 0.0001;
		r->verdict = VERDICT_OK;
	}
	return (r);
}

/* ---- an experiment ----------------------------------------------------- */

/*
 * Both variants of a scenario, `sc->replications' of each.  Free with
 * experiment_free().
 *
 * result	makes that of each run; NULL: experiment_run() is to
 */
static inline struct experiment *
fixture_experiment(struct scenario *sc,
    struct run_result *(*result)(const struct run_conf *))
{
	struct experiment *e;
	unsigned i;

	e = g_new0(struct experiment, 1);
	e->sc = sc;
	e->nruns = sc->nvariants * sc->replications;
	e->confs = g_new0(struct run_conf, e->nruns);
	e->results = g_new0(struct run_result *, e->nruns);
	e->permille = g_new0(gint, e->nruns);
	for (i = 0; i < e->nruns; i++) {
		e->confs[i] = sc->variants[i / sc->replications].conf;
		e->confs[i].replication = i % sc->replications;
		if (result != NULL)
			e->results[i] = result(&e->confs[i]);
	}
	return (e);
}

#endif /* !TESTS_STUDY_FIXTURE_H */
