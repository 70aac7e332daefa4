/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How much work a run is; see effort.h.
 */

#include <math.h>
#include <string.h>

#include "models/cpus/costs.h"
#include "models/machine/occupancy.h"
#include "models/net/family.h"
#include "models/plans/plan.h"
#include "models/stacks/stack.h"
#include "study/scenario/effort.h"
#include "study/scenario/estimate.h"
#include "study/scenario/paper.h"

/* Instructions for one. */
#define	EFFORT_BASE	5e5		/* run: tables */
#define	EFFORT_OPEN	4e3		/* connection of the beginning */
#define	EFFORT_ACCEPTED	9e3		/* connection from outside */
#define	EFFORT_SEGMENT	700.0		/* inbound segment */
#define	EFFORT_PERIOD	3e3		/* period of an observer */
#define	EFFORT_NOISE	1.5e3		/* wake-up of a daemon */
#define	EFFORT_TICK	200.0		/* tick of a CPU, if it is periodic */
#define	EFFORT_ROW	2e3		/* row of the timeline, a workload */
#define	EFFORT_FAIL	3e3		/* connect that finds no port, */
#define	EFFORT_FAIL_CPU	40.0		/* .. for each CPU that may spin */
#define	EFFORT_STRETCH	1e3		/* of a search without one lock */
/* .. and to make ready, keep and tell a run, and each of its rows. */
#define	EFFORT_RESULT	2.5e7
#define	EFFORT_WRITTEN	1.2e5
#define	EFFORT_WRITTEN_LOAD 1.5e4	/* a workload */

/* The least that a call to connect() takes, ps. */
#define	EFFORT_CALL	((double)SIM_US / 3)

/*
 * .. and for a connection, from its socket until its pcb is gone; to set the
 * tables up; to count the free ports for a row of the timeline; and those of
 * each local address, each port, now and then.
 */
struct effort_family {
	const char	*name;
	double		conn, tables, row, tuple;
};

static const struct effort_family effort_families[] = {
	{ "xnu", 19e3, 0, 0, 0 },
	{ "netbsd", 17e3, 1e6, 83e3, 0.8 },
	{ "dragonfly", 24e3, 5e6, 33e3, 0.8 },
	{ "openbsd", 33e3, 18e6, 360e3, 2.6 },
	{ "illumos", 18e3, 8e6, 17e3, 0.8 },
	{ "linux", 27e3, 2e6, 100e3, 2.5 },
	{ "freebsd", 17e3, 0, 0, 0 }
};

static const struct effort_family *
effort_family(const struct stack *stack)
{
	unsigned i;

	for (i = 0; i + 1 < G_N_ELEMENTS(effort_families); i++)
		if (strcmp(effort_families[i].name, stack->family->name) == 0)
			break;
	return (&effort_families[i]);
}

/* How many in the whole run. */
static double
effort_times(const struct run_conf *conf, rate_uhz rate)
{

	return ((double)rate * 1e-18 * (double)conf->duration);
}

/* ---- what fails, and tries again --------------------------------------- */

/* FreeBSD 16: no lock covers a search, which goes on by stretches. */
static bool
effort_by_buckets(const struct run_conf *conf)
{
	const struct lock_plan *plan;

	plan = conf->stack->plan;
	return (strcmp(conf->stack->family->name, "freebsd") == 0 &&
	    plan->locks[plan->search].class == NULL);
}

/* Simulated time of a search that finds none of the ports to be free, ps. */
static double
effort_search(const struct run_conf *conf, double ports)
{
	const struct costs *c;

	c = conf->host.costs;
	return (EFFORT_CALL + (double)cost_at(c, COST_SEARCH, 1) + ports *
	    (double)cost_at(c, COST_LPORT_ITER, 1));
}

/*
 * Connects that find no port, of a workload for which there are too few, with
 * what others may have of them: who waits tries as often as it says, and not
 * faster than searches go, one after the other where they have one lock.
 */
static double
effort_failing(const struct run_conf *conf, const struct paper *p)
{
	const struct workload_conf *wc;
	double lasts, lost, most, search, share, waiting;

	wc = p->workload;
	if (p->fit == PAPER_FITS)
		return (0);
	share = 1 - p->there / (p->needed + p->others);
	lasts = (double)(MIN(wc->stop, conf->duration) - wc->start) * share;
	search = effort_search(conf, p->ports);
	most = lasts / search * (effort_by_buckets(conf) ? conf->host.cpus : 1);
	lost = p->est.connections * share * wc->tries;
	if (wc->retry == 0)
		return (MIN(lost, most));
	/* Clients; or what came, and is not given up yet. */
	waiting = wc->nrates == 0 && wc->recording == NULL ? wc->size :
	    wc->retry_for > 0 ? lost * MIN(1, (double)wc->retry_for / lasts) :
	    lost / 2;
	return (MIN(waiting * lasts / ((double)wc->retry + search), most));
}

/* Instructions of one of them. */
static double
effort_fail(const struct run_conf *conf, double ports)
{

	if (effort_by_buckets(conf))
		return (EFFORT_FAIL + EFFORT_STRETCH * ports /
		    MAX(conf->seek_stretch, 1));
	return (EFFORT_FAIL + EFFORT_FAIL_CPU * conf->host.cpus);
}

static double
effort_failures(const struct run_conf *conf)
{
	struct paper papers[PAPER_MAX];
	unsigned i, n;
	double sum;

	sum = 0;
	for (i = 0; i < conf->nworkloads; i++)
		for (n = paper_workload(conf, i, papers); n > 0; n--)
			sum += effort_failing(conf, &papers[n - 1]) *
			    effort_fail(conf, papers[n - 1].ports);
	return (sum);
}

/* ---- a run ------------------------------------------------------------- */

static double
effort_rows(const struct run_conf *conf)
{

	return ((double)conf->duration / (double)MAX(conf->interval, 1));
}

/* The rows of the timeline. */
static double
effort_timeline(const struct run_conf *conf)
{
	const struct effort_family *family;
	double ports, rows;

	family = effort_family(conf->stack);
	rows = effort_rows(conf);
	ports = fabs((double)conf->kernel.portrange_last -
	    conf->kernel.portrange_first) + 1;
	return (rows * (EFFORT_ROW * (1 + conf->nworkloads) + family->row) +
	    MIN(rows, OCCUPANCY_TIMES) * family->tuple * ports *
	    conf->host.nladdrs);
}

double
effort_run(const struct run_conf *conf)
{
	const struct effort_family *family;
	struct estimate est;
	double accepted, open, sum;
	unsigned i;

	estimate_run(conf, &est);
	family = effort_family(conf->stack);
	accepted = effort_times(conf, conf->inbound.accepts);
	open = conf->inbound.open;
	for (i = 0; i < conf->nworkloads; i++)
		open += conf->workloads[i].open;
	sum = EFFORT_BASE + family->tables + EFFORT_OPEN * open +
	    family->conn * MAX(0, est.connections - accepted) +
	    EFFORT_ACCEPTED * accepted + effort_failures(conf) +
	    EFFORT_SEGMENT * effort_times(conf, conf->inbound.segments) +
	    EFFORT_NOISE * effort_times(conf, conf->host.noise);
	for (i = 0; i < conf->nobservers; i++)
		sum += EFFORT_PERIOD * (double)conf->duration /
		    (double)MAX(conf->observers[i].period, 1);
	if (conf->kernel.periodic)
		sum += EFFORT_TICK * conf->kernel.hz * conf->host.cpus *
		    (double)conf->duration / (double)SIM_S;
	return (sum + effort_timeline(conf));
}

/* What comes of it, in memory and in files, beside the run. */
static double
effort_written(const struct run_conf *conf)
{

	return (EFFORT_RESULT + (EFFORT_WRITTEN + EFFORT_WRITTEN_LOAD *
	    conf->nworkloads) * effort_rows(conf));
}

double
effort_scenario(const struct scenario *sc, unsigned *variant)
{
	double most, one, sum;
	unsigned i;

	most = sum = 0;
	*variant = 0;
	for (i = 0; i < sc->nvariants; i++) {
		one = effort_run(&sc->variants[i].conf);
		sum += (one + effort_written(&sc->variants[i].conf)) *
		    sc->replications;
		if (one > most) {
			most = one;
			*variant = i;
		}
	}
	return (sum);
}

/* Two digits: more would be a lie. */
static double
effort_round(double x)
{
	double unit;

	if (!(x > 0))
		return (0);
	unit = pow(10, floor(log10(x)) - 1);
	return (round(x / unit) * unit);
}

void
effort_add(GString *s, double instructions)
{
	static const struct {
		double		s;
		const char	*name;
	} units[] = { { 86400 * 365.25, "years" }, { 86400, "days" },
	    { 3600, "h" }, { 60, "min" }, { 1, "s" }, { 1e-3, "ms" } };
	double seconds;
	unsigned i;

	seconds = effort_round(instructions / EFFORT_PER_S);
	for (i = 0; i + 1 < G_N_ELEMENTS(units); i++)
		if (seconds >= 2 * units[i].s)
			break;
	g_string_append_printf(s, "%.4g %s", effort_round(seconds /
	    units[i].s), units[i].name);
}
