/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is told of a run's measures; see result.h.
 */

#include <glib.h>

#include "models/measures/none.h"
#include "models/measures/result.h"
#include "sim/hist.h"

static double
per_search(double sum, uint64_t searches)
{

	return (searches > 0 ? sum / (double)searches : MEASURE_NONE);
}

/* All searches, whatever load they met. */
static void
result_searches(const struct measures *m, struct measures_result *r)
{
	const struct measures_load *l;
	double time, visits;
	uint64_t n;
	unsigned i;

	for (i = 0, n = 0, time = visits = 0; i < MEASURES_NLOADS; i++) {
		l = &m->load[i];
		r->load[i] = *l;
		n += l->searches;
		visits += (double)l->visits;
		time += (double)l->time;
		r->search_max = MAX(r->search_max, l->time_max);
	}
	r->visits_mean = per_search(visits, n);
	r->search_us = per_search(time / SIM_US, n);
	l = &m->failed;
	r->fail_candidates = per_search((double)l->candidates, l->searches);
	r->fail_us = per_search((double)l->time / SIM_US, l->searches);
	r->fail_max = l->time_max;
}

static void
result_rows(const struct evenness *e, struct measures_result *r)
{
	struct measures_row *row;
	unsigned p, wide;

	wide = (e->last - e->first) / MEASURES_ROWS + 1u;
	r->rows = g_new0(struct measures_row, MEASURES_ROWS);
	for (p = e->first; p <= e->last; p++) {
		row = &r->rows[(p - e->first) / wide];
		if ((p - e->first) % wide == 0)
			row->port = (uint16_t)p;
		if (port_set_has(e->closed, p)) {
			row->closed++;
			continue;
		}
		row->ports++;
		row->uses += e->count[p];
		row->uses_max = MAX(row->uses_max, e->count[p]);
	}
	r->nrows = (e->last - e->first) / wide + 1u;
}

static struct hist *
hist_steal(struct hist **h)
{
	struct hist *stolen;

	stolen = *h;
	*h = hist_new();
	return (stolen);
}

void
measures_result(struct measures *m, struct measures_result *r)
{

	r->taken = true;
	result_searches(m, r);
	r->evenness = evenness_entropy(&m->evenness);
	r->spread = evenness_spread(&m->evenness);
	r->peak = evenness_peak(&m->evenness);
	r->reached = evenness_reached(&m->evenness);
	r->behind_closed = evenness_behind(&m->evenness);
	r->behind_taken = measures_behind(m);
	r->held_max = measures_held_max(m);
	result_rows(&m->evenness, r);
	r->tuple_time = hist_steal(&m->reuse.tuples.time);
	r->tuple_conns = hist_steal(&m->reuse.tuples.conns);
	r->port_time = hist_steal(&m->reuse.ports.time);
	r->port_conns = hist_steal(&m->reuse.ports.conns);
	r->tuples_watched = 1 / (double)(UINT64_C(1) << m->reuse.halvings);
	r->bits = trail_bits(&m->trail);
	r->within_1 = trail_within(&m->trail, 1);
	r->within_16 = trail_within(&m->trail, 16);
	r->within_256 = trail_within(&m->trail, 256);
	r->leak = trail_leak(&m->trail);
	r->r2 = trail_r2(&m->trail);
	r->steps = m->trail.steps;
	r->dest_fairness = measures_dest_fairness(m);
	r->addr_fairness = measures_addr_fairness(m);
}

void
measures_result_fini(struct measures_result *r)
{

	g_free(r->rows);
	if (!r->taken)
		return;
	hist_free(r->tuple_time);
	hist_free(r->tuple_conns);
	hist_free(r->port_time);
	hist_free(r->port_conns);
}
