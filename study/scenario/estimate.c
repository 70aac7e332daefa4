/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a run will be like; see estimate.h.
 */

#include <math.h>
#include <string.h>

#include <glib.h>

#include "models/machine/load.h"
#include "models/machine/timewait.h"
#include "models/stacks/stack.h"
#include "sim/dist.h"
#include "study/scenario/addr_set.h"
#include "study/scenario/estimate.h"

/* What socket, connect and close take at least, ps. */
#define	ESTIMATE_WORK	(10 * (double)SIM_US)

/* ---- TIME_WAIT --------------------------------------------------------- */

static bool
estimate_skips_local(const struct run_conf *conf)
{

	return (conf->kernel.nolocaltimewait == SYSCTL_ON ||
	    (conf->kernel.nolocaltimewait == SYSCTL_AUTO &&
	    conf->stack->nolocaltimewait));
}

/* The share of peers that are this machine itself. */
static double
estimate_local(const struct run_conf *conf, const struct workload_conf *wc)
{
	struct addr_set local;
	double share;

	addr_set_init(&local, conf->host.laddrs, conf->host.nladdrs);
	share = addr_set_share(&local, wc->faddrs, wc->nfaddrs);
	addr_set_fini(&local);
	return (share);
}

double
estimate_timewait(const struct run_conf *conf, const struct workload_conf *wc)
{
	double local;

	if (wc->closer != CLOSER_LOCAL)
		return (0);
	/* Of a recording each peer would have to be looked at. */
	local = estimate_skips_local(conf) && wc->recording == NULL ?
	    estimate_local(conf, wc) : 0;
	return (2 * (double)conf->kernel.msl * (1 - local));
}

void
estimate_stay(const struct run_conf *conf, const struct workload_conf *wc,
    struct recorded_stay *stay)
{
	double scale;

	scale = 1e6 / (double)wc->speed_ppm;
	stay->local = 2 * (double)conf->kernel.msl / scale;
	stay->unsaid = estimate_timewait(conf, wc) / scale;
}

double
estimate_timewait_max(const struct run_conf *conf)
{

	if (conf->stack->timewait != TIMEWAIT_CAPPED)
		return (HUGE_VAL);
	return ((double)(conf->kernel.maxtcptw != 0 ? conf->kernel.maxtcptw :
	    timewait_auto_max(conf->kernel.portrange_first,
	    conf->kernel.portrange_last, conf->host.maxsockets)));
}

/* Nobody keeps more in TIME_WAIT than the kernel does. */
static void
estimate_cap(const struct run_conf *conf, struct estimate *est)
{
	double max;

	if (est->timewait <= 0)
		return;
	max = estimate_timewait_max(conf);
	if (est->timewait <= max)
		return;
	est->capped = true;
	est->timewait = max;
	est->held = MIN(est->held, est->open + max);
}

/* ---- loads ------------------------------------------------------------- */

/* The shortest life there is, ps. */
static double
estimate_least(const struct dist *lifetime)
{

	switch (lifetime->kind) {
	case DIST_CONSTANT:
	case DIST_UNIFORM:
	case DIST_PARETO:
		return ((double)lifetime->a);
	case DIST_EMPIRICAL:
		return ((double)lifetime->table[0]);
	default:
		return (0);
	}
}

/*
 * Little's law, for connections that live and then wait `tw', ps.  Those that
 * begin within the last of the `span' ps, too late to end in it, never wait.
 */
static void
estimate_little(struct estimate *est, double rate,
    const struct dist *lifetime, double tw, double span)
{
	double ending, mean;

	if (rate <= 0)
		return;
	mean = dist_mean(lifetime);
	ending = MAX(0, span - estimate_least(lifetime));
	est->open = MIN(est->connections, rate * mean);
	est->timewait = MIN(est->connections, rate * MIN(tw, ending));
	est->held = MIN(est->connections, est->open + est->timewait);
}

/* When the workload's arrivals end. */
static simtime
estimate_end(const struct run_conf *conf, const struct workload_conf *wc)
{

	return (MIN(wc->stop, conf->duration));
}

/* Arrivals of a profile in [start, stop), and its highest rate there. */
static void
estimate_profile(const struct run_conf *conf, const struct workload_conf *wc,
    double tw, struct estimate *est)
{
	simtime end, from, to;
	double peak;
	unsigned i;

	end = estimate_end(conf, wc);
	peak = 0;
	for (i = 0; i < wc->nrates; i++) {
		from = MAX(wc->rates[i].from, wc->start);
		to = i + 1 < wc->nrates ? MIN(wc->rates[i + 1].from, end) :
		    end;
		if (from >= to)
			continue;
		est->connections += (double)wc->rates[i].rate * 1e-18 *
		    (double)(to - from);
		peak = MAX(peak, (double)wc->rates[i].rate * 1e-18);
	}
	est->rate = peak * (double)SIM_S;
	estimate_little(est, peak, &wc->lifetime, tw,
	    (double)(conf->duration - wc->start));
}

/* `size' connections at once, every so often. */
static void
estimate_bursts(const struct run_conf *conf, const struct workload_conf *wc,
    double tw, struct estimate *est)
{
	double bursts, every, mean, span;

	bursts = 1;
	every = HUGE_VAL;
	if (wc->every > 0) {
		every = (double)wc->every;
		bursts = (double)((estimate_end(conf, wc) - wc->start - 1) /
		    wc->every + 1);
	}
	mean = dist_mean(&wc->lifetime);
	est->connections = wc->size * bursts;
	/* One that has just begun, and those that are not over. */
	est->open = MIN(est->connections, wc->size * (1 + mean / every));
	span = (double)(conf->duration - wc->start) -
	    estimate_least(&wc->lifetime);
	if (tw > 0 && span > 0)
		est->timewait = MIN(est->connections, wc->size *
		    (1 + MIN(tw, span) / every));
	est->held = MIN(est->connections, est->open + est->timewait);
}

/* `size' connections held, each renewed when its program has closed it. */
static void
estimate_held(const struct run_conf *conf, const struct workload_conf *wc,
    double tw, struct estimate *est)
{
	double cycle, ending, span;

	/* A cycle takes some work: nothing is renewed faster. */
	cycle = dist_mean(&wc->lifetime) + dist_mean(&wc->think) +
	    ESTIMATE_WORK;
	span = (double)(conf->duration - wc->start);
	ending = MAX(0, span - estimate_least(&wc->lifetime));
	est->connections = wc->size * (1 + (double)(estimate_end(conf, wc) -
	    wc->start) / cycle);
	est->open = MIN(est->connections, wc->size);
	est->timewait = MIN(est->connections, wc->size * MIN(tw, ending) /
	    cycle);
	est->held = MIN(est->connections, est->open + est->timewait);
}

/* What it has when the run begins, and no more than it wants in all. */
static void
estimate_bounds(const struct workload_conf *wc, struct estimate *est)
{

	if (wc->total != 0) {
		est->connections = MIN(est->connections, (double)wc->total);
		est->open = MIN(est->open, est->connections);
		est->timewait = MIN(est->timewait, est->connections);
		est->held = MIN(est->held, est->connections);
	}
	est->open = MAX(est->open, wc->open);
	est->held = MAX(est->held, wc->open);
}

/* The records are there: only what a repetition cuts off is rough. */
static void
estimate_replay(const struct run_conf *conf, const struct workload_conf *wc,
    const struct recording *rec, struct estimate *est)
{
	static const struct recorded_part all = { .which = RECORDED_ALL };
	struct recorded_most most;
	struct recorded_stay stay;
	double lasts, scale, span;

	scale = 1e6 / (double)wc->speed_ppm;
	lasts = (double)(estimate_end(conf, wc) - wc->start);
	estimate_stay(conf, wc, &stay);
	recorded_most(rec, lasts / scale, &stay, &all, &most);
	if (most.n == 0)
		return;
	est->open = most.open;
	est->held = most.held;
	if (stay.unsaid > 0 || est->held > est->open)
		est->timewait = est->held;
	span = MAX((double)most.last * scale, (double)SIM_MS);
	est->connections = (double)most.n * MAX(1, MIN((double)wc->repeat,
	    lasts / span));
}

static void
estimate_add(struct estimate *est, const struct estimate *one)
{

	est->connections += one->connections;
	est->open += one->open;
	est->timewait += one->timewait;
	est->held += one->held;
	est->capped |= one->capped;
}

void
estimate_workload(const struct run_conf *conf, const struct workload_conf *wc,
    struct estimate *est)
{
	struct estimate in = { 0 };
	double tw;

	*est = (struct estimate){ 0 };
	if (estimate_end(conf, wc) <= wc->start)
		return;
	tw = estimate_timewait(conf, wc);
	/* What a load is shows in the keys that it takes. */
	if (wc->recording != NULL)
		estimate_replay(conf, wc, wc->recording, est);
	else if (wc->nrates > 0)
		estimate_profile(conf, wc, tw, est);
	else if (strstr(wc->load->takes, "every") != NULL)
		estimate_bursts(conf, wc, tw, est);
	else
		estimate_held(conf, wc, tw, est);
	estimate_bounds(wc, est);
	/* To this machine itself: both ends are in its tables. */
	est->held += est->open * estimate_local(conf, wc);
	if (wc->recorded_in != NULL) {
		estimate_replay(conf, wc, wc->recorded_in, &in);
		estimate_add(est, &in);
	}
	estimate_cap(conf, est);
}

void
estimate_run(const struct run_conf *conf, struct estimate *est)
{
	struct estimate one;
	double rate, tw;
	unsigned i;

	*est = (struct estimate){ 0 };
	rate = (double)conf->inbound.accepts * 1e-18;
	est->connections = rate * (double)conf->duration;
	tw = conf->inbound.closer == CLOSER_LOCAL ?
	    2 * (double)conf->kernel.msl : 0;
	estimate_little(est, rate, &conf->inbound.lifetime, tw,
	    (double)conf->duration);
	est->open += conf->inbound.open;
	est->held += conf->inbound.open;
	for (i = 0; i < conf->nworkloads; i++) {
		estimate_workload(conf, &conf->workloads[i], &one);
		estimate_add(est, &one);
	}
	estimate_cap(conf, est);
}

/* Is there anything to replay?  Nobody has to count it for that. */
static bool
estimate_records(const struct run_conf *conf, const struct workload_conf *wc)
{
	double until;

	until = (double)(estimate_end(conf, wc) - wc->start) /
	    (1e6 / (double)wc->speed_ppm);
	return (recorded_any(wc->recording, until) ||
	    (wc->recorded_in != NULL && recorded_any(wc->recorded_in, until)));
}

const char *
estimate_none(const struct run_conf *conf, const struct workload_conf *wc)
{
	struct estimate est;

	if (wc->start >= conf->duration)
		return ("it starts when the run is over");
	if (estimate_end(conf, wc) <= wc->start)
		return ("it stops before it starts");
	if (wc->recording != NULL)
		return (estimate_records(conf, wc) ? NULL :
		    "its recording has none in this time");
	estimate_workload(conf, wc, &est);
	if (est.connections > 0)
		return (NULL);
	return (wc->nrates > 0 ? "its rate is 0/s" : "its size is 0");
}

/* NULL unless the workload is idle in every variant. */
static const char *
idle_everywhere(const struct scenario *sc, unsigned workload)
{
	const struct run_conf *conf;
	const char *why;
	unsigned v;

	for (v = 0, why = NULL; v < sc->nvariants; v++) {
		conf = &sc->variants[v].conf;
		why = estimate_none(conf, &conf->workloads[workload]);
		if (why == NULL)
			return (NULL);
	}
	return (why);
}

static bool
idle_variant(const struct run_conf *conf)
{
	unsigned i;

	for (i = 0; i < conf->nworkloads; i++)
		if (estimate_none(conf, &conf->workloads[i]) == NULL)
			return (false);
	return (conf->inbound.accepts == 0);
}

char *
estimate_elsewhere(const struct run_conf *conf, const struct workload_conf *wc)
{
	struct addr_set local;
	unsigned i, n;
	char text[16];

	/* A recording made over the loopback stands for other hosts'. */
	n = wc->recording == NULL ? wc->nfaddrs : 0;
	addr_set_init(&local, conf->host.laddrs, conf->host.nladdrs);
	for (i = 0; i < n; i++)
		if (g_str_has_prefix(net_addr_format(wc->faddrs[i], text),
		    "127.") && !addr_set_has(&local, wc->faddrs[i]))
			break;
	addr_set_fini(&local);
	if (i == n)
		return (NULL);
	return (g_strdup_printf("connects to %s, which is not in host.laddrs "
	    "and so is another host's", text));
}

GPtrArray *
estimate_idle(const struct scenario *sc)
{
	const struct run_conf *conf;
	GPtrArray *lines;
	const char *why;
	unsigned i;

	lines = g_ptr_array_new_with_free_func(g_free);
	conf = &sc->variants[0].conf;
	for (i = 0; i < conf->nworkloads; i++) {
		g_autofree char *elsewhere = NULL;

		why = idle_everywhere(sc, i);
		if (why != NULL)
			g_ptr_array_add(lines, g_strdup_printf("workload %s "
			    "wants no connection: %s", conf->workloads[i].name,
			    why));
		elsewhere = estimate_elsewhere(conf, &conf->workloads[i]);
		if (elsewhere != NULL)
			g_ptr_array_add(lines, g_strdup_printf("workload %s "
			    "%s", conf->workloads[i].name, elsewhere));
	}
	for (i = 0; i < sc->nvariants; i++)
		if (idle_variant(&sc->variants[i].conf))
			g_ptr_array_add(lines, g_strdup_printf("variant %s: "
			    "nobody wants a connection",
			    sc->variants[i].name));
	return (lines);
}
