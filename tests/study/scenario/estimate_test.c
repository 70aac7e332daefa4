/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Estimates: of a recording, the most that are open at a time; of the other
 * loads, what a run then holds.  On paper: what there is by each rule, what
 * others take of it, and whether it fits.
 */

#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "models/machine/assembly.h"
#include "models/machine/load.h"
#include "study/scenario/estimate.h"
#include "study/scenario/load.h"
#include "study/scenario/paper.h"
#include "study/scenario/scenario.h"

#define	N	500

/*
 * Counted one by one, when each of the first `n' opens; with those that were
 * closed here first, and stay for so long.
 */
static unsigned
most_held(const struct replay_conn *conns, unsigned n, simtime stay)
{
	unsigned i, j, held, most;
	simtime stays;

	most = 0;
	for (i = 0; i < n; i++) {
		held = 1;
		for (j = 0; j < i; j++) {
			stays = conns[j].closer == RECORDING_LOCAL ? stay : 0;
			held += conns[j].duration == SIM_NEVER ||
			    conns[j].time + conns[j].duration + stays >
			    conns[i].time;
		}
		most = MAX(most, held);
	}
	return (most);
}

static unsigned
most_open(const struct replay_conn *conns, unsigned n)
{

	return (most_held(conns, n, 0));
}

static void
replay_most_open(void)
{
	struct replay_conn conns[N];
	struct recording rec = { .n = N, .copy = recording_copy_array,
	    .arg = conns };
	struct load load = { .name = "replay", .takes = "" };
	struct workload_conf wc = { .load = &load, .recording = &rec,
	    .speed_ppm = 1000000, .repeat = 1, .stop = SIM_NEVER,
	    .closer = CLOSER_REMOTE };
	struct run_conf conf = { .duration = SIM_NEVER };
	struct estimate est;
	unsigned i, round;

	for (round = 0; round < 50; round++) {
		memset(conns, 0, sizeof(conns));
		for (i = 0; i < N; i++) {
			conns[i].time = (i > 0 ? conns[i - 1].time : 0) +
			    g_test_rand_int_range(0, 4) * SIM_MS;
			conns[i].duration = g_test_rand_int_range(0, 20) == 0 ?
			    SIM_NEVER : g_test_rand_int_range(0, 60) * SIM_MS;
		}
		rec.last = conns[N - 1].time;
		conf.duration = SIM_NEVER;
		estimate_workload(&conf, &wc, &est);
		g_assert_cmpfloat(est.connections, ==, N);
		g_assert_cmpfloat(est.open, ==, most_open(conns, N));
		g_assert_cmpfloat(est.held, ==, est.open);
		/* Of a run that ends half-way, the first half. */
		conf.duration = conns[N / 2].time;
		estimate_workload(&conf, &wc, &est);
		for (i = 0; i < N && conns[i].time < conf.duration; i++)
			;
		g_assert_cmpfloat(est.connections, ==, i);
		g_assert_cmpfloat(est.open, ==, most_open(conns, i));
	}
}

/* Some of equal lives, in order, between others that are not. */
static void
replay_most_held(void)
{
	static const struct recorded_part all = { .which = RECORDED_ALL };
	struct replay_conn conns[N];
	struct recording rec = { .n = N, .copy = recording_copy_array,
	    .arg = conns };
	struct recorded_stay stay;
	struct recorded_most most;
	unsigned i, others, round;

	for (round = 0; round < 40; round++) {
		memset(conns, 0, sizeof(conns));
		others = round % 4;
		stay = (struct recorded_stay){ .local = (double)SIM_MS *
		    g_test_rand_int_range(1, 50) };
		for (i = 0; i < N; i++) {
			conns[i].time = (i > 0 ? conns[i - 1].time : 0) +
			    g_test_rand_int_range(0, 4) * SIM_MS;
			conns[i].duration = g_test_rand_int_range(0, 3) <
			    (gint32)others ? g_test_rand_int_range(0, 90) *
			    SIM_MS : 30 * SIM_MS;
			if (g_test_rand_int_range(0, 2) == 0)
				conns[i].closer = RECORDING_LOCAL;
		}
		recorded_most(&rec, HUGE_VAL, &stay, &all, &most);
		g_assert_cmpuint(most.n, ==, N);
		g_assert_cmpint(most.last, ==, conns[N - 1].time);
		g_assert_cmpfloat(most.open, ==, most_open(conns, N));
		g_assert_cmpfloat(most.held, ==, most_held(conns, N,
		    (simtime)stay.local));
		g_assert_false(recorded_any(&rec, (double)conns[0].time));
		g_assert_true(recorded_any(&rec, (double)conns[0].time + 1));
	}
}

/* ---- held against runs ------------------------------------------------- */

/* A scenario of one variant; further lines may follow, in any group. */
static struct scenario *
load(const char *stack, const char *text)
{
	g_autofree char *all = NULL, *path = NULL;
	GError *error = NULL;
	struct scenario *sc;

	path = g_build_filename(g_get_tmp_dir(), "pcbsim-estimate-XXXXXX",
	    NULL);
	close(g_mkstemp(path));
	all = g_strdup_printf("[scenario]\nformat = 1\nname = e\n"
	    "duration = 40s\n[host]\nladdrs = 198.51.100.1*4\n"
	    "[variant:v]\nstack = %s\n[kernel]\n"
	    "net.inet.ip.portrange.first = 10000\n"
	    "net.inet.ip.portrange.last = 19999\n"
	    "net.inet.tcp.msl = 5s\n%s", stack, text);
	g_assert_true(g_file_set_contents(path, all, -1, &error));
	sc = scenario_load(path, NULL, 0, NULL, &error);
	g_assert_no_error(error);
	g_unlink(path);
	return (sc);
}

#define	WORKLOAD(name, load, bind, more)				\
	"[workload:" name "]\nload = " load "\nbind = " bind "\n"	\
	"faddrs = 203.0.113.1*8\nfport = 80\nthreads = 0\n" more

/* 500/s that live 1 s: 500 are open; and 5,000 more wait for 2 MSL of 10 s. */
#define	LOCAL	WORKLOAD("w", "poisson", "none", "rate = 500/s\n"	\
	"lifetime = constant(1s)\ncloser = local\n")
#define	REMOTE	WORKLOAD("w", "poisson", "none", "rate = 500/s\n"	\
	"lifetime = constant(1s)\ncloser = remote\n")

static const struct {
	const char	*name, *stack, *text;
	double		open, timewait, held;	/* by hand */
	bool		capped;
} runs[] = {
	{ "remote", "freebsd-14", REMOTE, 500, 0, 500, false },
	{ "local", "freebsd-14", LOCAL, 500, 5000, 5500, false },
	/* Half the range: 4,999. */
	{ "capped", "freebsd-12.2", LOCAL, 500, 4999, 5499, true },
	{ "capped_by_hand", "freebsd-12.2",
	    "net.inet.tcp.maxtcptw = 700\n" LOCAL, 500, 700, 1200, true },
	{ "burst", "freebsd-14", WORKLOAD("w", "burst", "none",
	    "size = 100\nevery = 1s\nlifetime = constant(1999ms)\n"
	    "closer = local\n"), 300, 1100, 1400, false },
	{ "too_late_to_wait", "freebsd-14", WORKLOAD("w", "burst", "none",
	    "size = 100\nlifetime = constant(1h)\ncloser = local\n"), 100,
	    0, 100, false },
	/* A slot is renewed when its connection is closed: 300/s. */
	{ "pool", "freebsd-14", WORKLOAD("w", "pool", "none",
	    "size = 300\nlifetime = exponential(1s)\ncloser = local\n"), 300,
	    3000, 3300, false },
	{ "closed", "freebsd-14", WORKLOAD("w", "closed", "none",
	    "size = 300\nlifetime = exponential(1s)\n"
	    "think = exponential(2s)\n"
	    "closer = local\n"), 300, 1000, 1300, false },
	{ "steady", "freebsd-14", WORKLOAD("w", "steady", "none",
	    "rate = 500/s\nlifetime = constant(1s)\ncloser = local\n"), 500,
	    5000, 5500, false },
	{ "total", "freebsd-14", WORKLOAD("w", "poisson", "none",
	    "rate = 500/s\nlifetime = constant(1h)\ntotal = 700\n"), 700, 0,
	    700, false },
	{ "open", "freebsd-14", WORKLOAD("w", "poisson", "none",
	    "rate = 500/s\nlifetime = exponential(1s)\nopen = 500\n"
	    "closer = remote\n"), 500, 0, 500, false },
	/* The machine itself is the peer: two ends, and no TIME_WAIT. */
	{ "to_itself", "freebsd-14", "[workload:w]\nload = poisson\n"
	    "bind = none\nrate = 100/s\nlifetime = constant(1s)\n"
	    "faddrs = 198.51.100.2\nfport = 80\ncloser = local\n"
	    "[kernel]\nnet.inet.tcp.nolocaltimewait = 1\n", 100, 0, 200,
	    false }
};

static void
what_a_run_holds(const void *arg)
{
	struct run_result *res;
	struct estimate est;
	struct scenario *sc;
	struct run_conf conf;
	unsigned i;

	i = GPOINTER_TO_UINT(arg);
	sc = load(runs[i].stack, runs[i].text);
	scenario_conf(sc, 0, 0, &conf);
	estimate_run(&conf, &est);
	g_assert_cmpfloat_with_epsilon(est.open, runs[i].open,
	    runs[i].open * 0.01 + 0.01);
	g_assert_cmpfloat_with_epsilon(est.timewait, runs[i].timewait,
	    runs[i].timewait * 0.01 + 0.01);
	g_assert_cmpfloat_with_epsilon(est.held, runs[i].held,
	    runs[i].held * 0.01 + 0.01);
	g_assert_true(est.capped == runs[i].capped);
	/* At most: no run holds more, but for chance, nor much less. */
	res = run_simulate(&conf);
	g_assert_cmpuint(res->count.eaddrnotavail, ==, 0);
	g_test_message("held %ju, estimated %g", (uintmax_t)res->pcbs_max,
	    est.held);
	g_assert_cmpfloat((double)res->pcbs_max, <, est.held +
	    5 * sqrt(est.held));
	g_assert_cmpfloat((double)res->pcbs_max, >, est.held * 0.8);
	g_assert_cmpfloat((double)res->count.attempts, <,
	    est.connections * 1.05);
	/* A pool that goes in step misses up to a round. */
	g_assert_cmpfloat((double)res->count.attempts, >,
	    est.connections * 0.85);
	run_result_free(res);
	scenario_free(sc);
}

/* ---- why nothing is wanted --------------------------------------------- */

static void
zero_load_is_said(void)
{
	static const struct {
		const char	*text, *why;
	} none[] = {
		{ "rate = 0/s\n", "its rate is 0/s" },
		{ "rate = 5/s\nstart = 50s\n",
		    "it starts when the run is over" },
		{ "rate = 5/s\nstart = 5s\nstop = 5s\n",
		    "it stops before it starts" },
		{ "rate = 5/s; 10s: 0/s\nstart = 10s\n", "its rate is 0/s" },
		{ "rate = 5/s\nstart = 39s\n", NULL }
	};
	struct scenario *sc;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(none); i++) {
		g_autofree char *text = NULL;

		text = g_strconcat(WORKLOAD("w", "poisson", "none",
		    "lifetime = constant(1s)\n"), none[i].text, NULL);
		sc = load("freebsd-14", text);
		g_assert_cmpstr(estimate_none(&sc->variants[0].conf,
		    &sc->variants[0].conf.workloads[0]), ==, none[i].why);
		scenario_free(sc);
	}
}

/* ---- on paper ---------------------------------------------------------- */

#define	BOUND	WORKLOAD("b", "poisson", "laddr", "laddrs = all\n"	\
	"rate = 500/s\nlifetime = constant(10s)\ncloser = remote\n")

static const struct {
	const char	*name, *stack, *text;
	double		needed, there, others;	/* of workload w */
	enum paper_fit	fit;
} sheets[] = {
	{ "unbound_port_first", "freebsd-12.0", REMOTE, 500, 10000, 0,
	    PAPER_FITS },
	{ "unbound_tuple", "freebsd-12.2", REMOTE, 500, 80000, 0,
	    PAPER_FITS },
	{ "unbound_made_port_first", "freebsd-12.2",
	    "net.inet.tcp.require_unique_port = 1\n" REMOTE, 500, 10000, 0,
	    PAPER_FITS },
	{ "no_knob_of_12_0", "freebsd-14", LOCAL, 5500, 80000, 0,
	    PAPER_FITS },
	{ "bound", "freebsd-12.0", WORKLOAD("w", "poisson", "laddr",
	    "laddrs = all\nrate = 500/s\nlifetime = constant(10s)\n"
	    "closer = remote\n"), 5000, 40000, 0, PAPER_FITS },
	{ "bound_to_two", "freebsd-12.0", WORKLOAD("w", "poisson", "laddr",
	    "laddrs = 198.51.100.2*2\nrate = 3k/s\n"
	    "lifetime = constant(10s)\ncloser = remote\n"), 30000, 20000, 0,
	    PAPER_SHORT },
	{ "bound_and_reused", "freebsd-12.0", WORKLOAD("w", "poisson",
	    "laddr", "laddrs = 198.51.100.2\nsockopts = reuseaddr\n"
	    "rate = 500/s\nlifetime = constant(10s)\ncloser = remote\n"),
	    5000, 80000, 0, PAPER_FITS },
	/* Any pcb takes a port, so 10,000 others may take them all. */
	{ "others_take_ports", "freebsd-12.0", REMOTE
	    WORKLOAD("b", "poisson", "laddr", "laddrs = all\n"
	    "rate = 1k/s\nlifetime = constant(10s)\ncloser = remote\n"),
	    500, 10000, 10000, PAPER_ALONE },
	/* A quarter of 5,000 is on the primary address. */
	{ "others_take_tuples", "freebsd-12.2", REMOTE BOUND, 500, 80000,
	    1250, PAPER_FITS },
	{ "others_elsewhere", "freebsd-12.2", REMOTE
	    "[workload:b]\nload = poisson\nbind = none\nrate = 500/s\n"
	    "lifetime = constant(10s)\nfaddrs = 192.0.2.9\nfport = 80\n",
	    500, 80000, 0, PAPER_FITS },
	/* As many as want to in the run: 40 s x 500/s. */
	{ "no_more_than_there_are", "freebsd-12.2", WORKLOAD("w", "poisson",
	    "laddr", "laddrs = 198.51.100.2\nrate = 500/s\n"
	    "lifetime = constant(1h)\n"), 20000, 10000, 0, PAPER_SHORT }
};

static void
on_paper(const void *arg)
{
	struct paper papers[PAPER_MAX], *p;
	struct scenario *sc;
	unsigned i;

	i = GPOINTER_TO_UINT(arg);
	sc = load(sheets[i].stack, sheets[i].text);
	g_assert_cmpuint(paper_workload(&sc->variants[0].conf, 0, papers), ==,
	    1);
	p = &papers[0];
	g_assert_cmpfloat_with_epsilon(p->needed, sheets[i].needed, 1);
	g_assert_cmpfloat(p->there, ==, sheets[i].there);
	g_assert_cmpfloat_with_epsilon(p->others, sheets[i].others, 1);
	g_assert_cmpint(p->fit, ==, sheets[i].fit);
	scenario_free(sc);
}

/* Of a recording: bound and unbound apart, each at its fullest end. */
static void
on_paper_recorded(void)
{
	static const struct replay_conn conns[] = {
		{ 1 * SIM_S, 9 * SIM_S, 0, 11, 80, 0, false, 0 },
		{ 2 * SIM_S, 9 * SIM_S, 0, 12, 80, 0, false, 0 },
		{ 3 * SIM_S, 9 * SIM_S, 0, 11, 80, 0, false, 0 },
		{ 4 * SIM_S, 1 * SIM_S, 5, 11, 80, 0, true, 0 },
		{ 5 * SIM_S, 9 * SIM_S, 0, 11, 81, 0, false, 0 },
		{ 6 * SIM_S, 9 * SIM_S, 5, 12, 80, 0, true, 0 },
		{ 15 * SIM_S, 9 * SIM_S, 0, 11, 80, 0, false, 0 }
	};
	struct replay_conn said[G_N_ELEMENTS(conns)];
	unsigned i;
	struct recording rec = { .n = G_N_ELEMENTS(conns), .last = 15 * SIM_S,
	    .copy = recording_copy_array, .arg = conns };
	struct workload_conf wc;
	struct paper p[PAPER_MAX];
	struct scenario *sc;
	struct run_conf conf;

	sc = load("freebsd-12.2", LOCAL);
	conf = sc->variants[0].conf;
	wc = conf.workloads[0];
	wc.nrates = 0;
	wc.recording = &rec;
	wc.speed_ppm = 1000000;
	wc.repeat = 1;
	conf.workloads = &wc;
	g_assert_cmpuint(paper_workload(&conf, 0, p), ==, 2);
	/* The first of the bound ones is in TIME_WAIT when the other comes. */
	g_assert_true(p[0].bound);
	g_assert_cmpfloat(p[0].needed, ==, 2);
	g_assert_false(p[0].fullest);
	/* Three towards 11:80, all still there at 15 s. */
	g_assert_false(p[1].bound);
	g_assert_cmpfloat(p[1].needed, ==, 3);
	g_assert_true(p[1].fullest);
	g_assert_cmpfloat(p[1].there, ==, 10000);
	wc.closer = CLOSER_REMOTE;
	g_assert_cmpuint(paper_workload(&conf, 0, p), ==, 2);
	g_assert_cmpfloat(p[0].needed, ==, 1);
	g_assert_cmpfloat(p[1].needed, ==, 2);
	/* What the recording says of each counts more. */
	memcpy(said, conns, sizeof(said));
	rec.arg = said;
	for (i = 0; i < G_N_ELEMENTS(said); i++)
		said[i].closer = i == 2 ? RECORDING_RESET : RECORDING_LOCAL;
	g_assert_cmpuint(paper_workload(&conf, 0, p), ==, 2);
	g_assert_cmpfloat(p[0].needed, ==, 2);
	/* The one that was reset is gone at 12 s. */
	g_assert_cmpfloat(p[1].needed, ==, 2);
	scenario_free(sc);
}

int
main(int argc, char **argv)
{
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/estimate/replay_most_open", replay_most_open);
	g_test_add_func("/estimate/replay_most_held", replay_most_held);
	for (i = 0; i < G_N_ELEMENTS(runs); i++) {
		g_autofree char *name = NULL;

		name = g_strconcat("/estimate/run/", runs[i].name, NULL);
		g_test_add_data_func(name, GUINT_TO_POINTER(i),
		    what_a_run_holds);
	}
	g_test_add_func("/estimate/zero_load_is_said", zero_load_is_said);
	for (i = 0; i < G_N_ELEMENTS(sheets); i++) {
		g_autofree char *name = NULL;

		name = g_strconcat("/paper/", sheets[i].name, NULL);
		g_test_add_data_func(name, GUINT_TO_POINTER(i), on_paper);
	}
	g_test_add_func("/paper/recorded", on_paper_recorded);
	return (g_test_run());
}
