/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a run will be like; see estimate.h.
 */

#include <string.h>

#include <glib.h>

#include "models/machine/load.h"
#include "sim/dist.h"
#include "study/scenario/estimate.h"

/* Little's law; a mean may be infinite. */
static double
estimate_open(double rate, const struct dist *lifetime, double connections)
{

	if (rate <= 0)
		return (0);
	return (MIN(connections, rate * dist_mean(lifetime)));
}

/* When the workload's arrivals end. */
static simtime
estimate_end(const struct run_conf *conf, const struct workload_conf *wc)
{

	return (MIN(wc->stop, conf->duration));
}

/* Arrivals of a profile in [start, stop), and its highest rate there. */
static void
estimate_profile(const struct workload_conf *wc, simtime end,
    struct estimate *est)
{
	simtime from, to;
	double peak;
	unsigned i;

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
	est->open = estimate_open(peak, &wc->lifetime, est->connections);
}

/* `size' connections at once, every so often. */
static void
estimate_bursts(const struct workload_conf *wc, simtime end,
    struct estimate *est)
{
	double bursts, alive;

	bursts = alive = 1;
	if (wc->every > 0) {
		bursts = (double)((end - wc->start - 1) / wc->every + 1);
		alive = 1 + dist_mean(&wc->lifetime) / (double)wc->every;
	}
	est->connections = wc->size * bursts;
	est->open = MIN(est->connections, wc->size * alive);
}

/* `size' connections held, each renewed when it ends. */
static void
estimate_held(const struct workload_conf *wc, simtime end,
    struct estimate *est)
{
	double cycle;

	/* A cycle is at least a round trip: nothing is renewed faster. */
	cycle = dist_mean(&wc->lifetime) + dist_mean(&wc->think) +
	    (double)MAX(wc->rtt, SIM_US);
	est->open = wc->size;
	est->connections = wc->size * (1 + (double)(end - wc->start) / cycle);
}

/* ---- recordings -------------------------------------------------------- */

/* When what is open ends, the first at the front: a binary heap. */
static void
ends_push(GArray *ends, simtime end)
{
	simtime *at;
	guint i;

	g_array_append_val(ends, end);
	at = (simtime *)(void *)ends->data;
	for (i = ends->len - 1; i > 0 && at[(i - 1) / 2] > end;
	    i = (i - 1) / 2)
		at[i] = at[(i - 1) / 2];
	at[i] = end;
}

static void
ends_pop(GArray *ends)
{
	simtime *at, last;
	guint child, i;

	at = (simtime *)(void *)ends->data;
	last = at[ends->len - 1];
	g_array_set_size(ends, ends->len - 1);
	for (i = 0; (child = 2 * i + 1) < ends->len; i = child) {
		if (child + 1 < ends->len && at[child + 1] < at[child])
			child++;
		if (at[child] >= last)
			break;
		at[i] = at[child];
	}
	if (ends->len > 0)
		at[i] = last;
}

/* The records are there: only what a repetition cuts off is rough. */
static void
estimate_replay(const struct workload_conf *wc, simtime end,
    struct estimate *est)
{
	struct recording_cursor cur = { .rec = wc->recording };
	g_autoptr(GArray) ends = NULL;
	const struct replay_conn *rc;
	double open, scale, span;
	simtime last;
	uint64_t n;

	scale = 1e6 / (double)wc->speed_ppm;
	ends = g_array_new(FALSE, FALSE, sizeof(simtime));
	open = last = 0;
	for (n = 0; n < wc->recording->n; n++) {
		rc = recording_at(&cur, n);
		if ((double)rc->time * scale >= (double)(end - wc->start))
			break;
		last = rc->time;
		for (; ends->len > 0 && g_array_index(ends, simtime, 0) <=
		    last; open--)
			ends_pop(ends);
		if (rc->duration != SIM_NEVER)
			ends_push(ends, rc->time + rc->duration);
		open++;
		est->open = MAX(est->open, open);
	}
	if (n == 0)
		return;
	span = MAX((double)last * scale, (double)SIM_MS);
	est->connections = (double)n * MAX(1, MIN((double)wc->repeat,
	    (double)(end - wc->start) / span));
}

void
estimate_workload(const struct run_conf *conf, const struct workload_conf *wc,
    struct estimate *est)
{
	simtime end;

	est->connections = est->open = 0;
	end = estimate_end(conf, wc);
	if (end <= wc->start)
		return;
	/* What a load is shows in the keys that it takes. */
	if (wc->recording != NULL)
		estimate_replay(wc, end, est);
	else if (wc->nrates > 0)
		estimate_profile(wc, end, est);
	else if (strstr(wc->load->takes, "every") != NULL)
		estimate_bursts(wc, end, est);
	else
		estimate_held(wc, end, est);
}

void
estimate_run(const struct run_conf *conf, struct estimate *est)
{
	struct estimate one;
	double accepted, rate;
	unsigned i;

	rate = (double)conf->inbound.accepts * 1e-18;
	accepted = rate * (double)conf->duration;
	est->connections = accepted;
	est->open = estimate_open(rate, &conf->inbound.lifetime, accepted);
	for (i = 0; i < conf->nworkloads; i++) {
		estimate_workload(conf, &conf->workloads[i], &one);
		est->connections += one.connections;
		est->open += one.open;
	}
}
