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

#include "models/net/family.h"
#include "models/stacks/stack.h"
#include "study/scenario/effort.h"
#include "study/scenario/estimate.h"

/* Instructions for one. */
#define	EFFORT_BASE	2e6		/* run: tables */
#define	EFFORT_OPEN	4e3		/* connection of the beginning */
#define	EFFORT_SEGMENT	800.0		/* inbound segment */
#define	EFFORT_PERIOD	3e3		/* period of an observer */
#define	EFFORT_NOISE	2e3		/* wake-up of a daemon */
#define	EFFORT_TICK	400.0		/* tick of a CPU, if it is periodic */
#define	EFFORT_ROW	2e3		/* row of the timeline, a workload */

/*
 * .. and for a connection, from its socket until its pcb is gone; to set the
 * tables up, and of that for each port of each local address.
 */
struct effort_family {
	const char	*name;
	double		conn, tables, tuple;
};

static const struct effort_family effort_families[] = {
	{ "xnu", 18e3, 0, 0 },
	{ "netbsd", 14e3, 50e6, 80 },
	{ "dragonfly", 20e3, 20e6, 80 },
	{ "openbsd", 18e3, 220e6, 260 },
	{ "illumos", 20e3, 10e6, 80 },
	{ "linux", 16e3, 60e6, 250 },
	{ "freebsd", 11e3, 0, 0 }
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

/* What the tables take before the first connection. */
static double
effort_tables(const struct run_conf *conf)
{
	const struct effort_family *family;
	double ports;

	family = effort_family(conf->stack);
	ports = fabs((double)conf->kernel.portrange_last -
	    conf->kernel.portrange_first) + 1;
	return (EFFORT_BASE + family->tables + family->tuple * ports *
	    conf->host.nladdrs);
}

/* How many in the whole run. */
static double
effort_times(const struct run_conf *conf, rate_uhz rate)
{

	return ((double)rate * 1e-18 * (double)conf->duration);
}

double
effort_run(const struct run_conf *conf)
{
	struct estimate est;
	double open, sum;
	unsigned i;

	estimate_run(conf, &est);
	open = conf->inbound.open;
	for (i = 0; i < conf->nworkloads; i++)
		open += conf->workloads[i].open;
	sum = effort_tables(conf) + EFFORT_OPEN * open +
	    effort_family(conf->stack)->conn * est.connections +
	    EFFORT_SEGMENT * effort_times(conf, conf->inbound.segments) +
	    EFFORT_NOISE * effort_times(conf, conf->host.noise);
	for (i = 0; i < conf->nobservers; i++)
		sum += EFFORT_PERIOD * (double)conf->duration /
		    (double)MAX(conf->observers[i].period, 1);
	if (conf->kernel.periodic)
		sum += EFFORT_TICK * conf->kernel.hz * conf->host.cpus *
		    (double)conf->duration / (double)SIM_S;
	return (sum + EFFORT_ROW * (1 + conf->nworkloads) *
	    (double)conf->duration / (double)MAX(conf->interval, 1));
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
		sum += one * sc->replications;
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
	g_string_append_printf(s, "%.3g %s", effort_round(seconds /
	    units[i].s), units[i].name);
}
