/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The tables of scenario.measures = 1; see results.h.
 */

#include "study/run/results.h"
#include "study/run/results_rows.h"

/* ---- ports.csv, searches.csv ------------------------------------------- */

static void
results_port_rows(const struct metric_run *r, struct csvout *c)
{
	const struct measures_row *row;
	size_t i;

	for (i = 0; i < r->res->measures.nrows; i++) {
		row = &r->res->measures.rows[i];
		results_row_begin(r, c);
		csvout_count(c, row->port);
		csvout_count(c, row->ports);
		csvout_count(c, row->closed);
		csvout_count(c, row->uses);
		csvout_count(c, row->uses_max);
		csvout_end(c);
	}
}

void
results_write_ports(const struct experiment *e, FILE *f)
{

	results_begin(e, f, "ports.csv");
	results_each(e, f, results_port_rows);
}

static void
results_search_rows(const struct metric_run *r, struct csvout *c)
{
	const struct measures_load *l;
	double n;
	unsigned i;

	for (i = 0; i < MEASURES_NLOADS; i++) {
		l = &r->res->measures.load[i];
		if (l->searches == 0)
			continue;
		n = (double)l->searches;
		results_row_begin(r, c);
		csvout_double(c, measures_loads[i]);
		csvout_count(c, l->searches);
		csvout_count(c, l->failed);
		csvout_double(c, (double)l->candidates / n);
		csvout_count(c, l->candidates_max);
		csvout_double(c, (double)l->visits / n);
		csvout_double(c, (double)l->time / SIM_US / n);
		csvout_time(c, l->time_max, SIM_US);
		csvout_end(c);
	}
}

void
results_write_searches(const struct experiment *e, FILE *f)
{

	results_begin(e, f, "searches.csv");
	results_each(e, f, results_search_rows);
}
