/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The files that an experiment leaves; see results.h.
 */

#include <math.h>
#include <string.h>

#include "sim/hist.h"
#include "sim/kassert.h"
#include "study/run/blame_text.h"
#include "study/run/column.h"
#include "study/run/crew.h"
#include "study/run/lock_caller.h"
#include "study/run/moves.h"
#include "study/run/results.h"
#include "study/run/results_rows.h"
#include "study/run/timeline_head.h"
#include "study/scenario/effective.h"
#include "study/scenario/replay.h"
#include "study/text/csvout.h"
#include "study/text/number.h"

/* ---- summary.csv ------------------------------------------------------- */

void
results_add_columns(const struct run_conf *conf, struct csvout *c)
{
	const struct metric *m;
	unsigned i;

	for (m = metric_table; m->name != NULL; m++)
		csvout_text(c, m->name);
	for (m = metric_measures_table; conf->measures && m->name != NULL; m++)
		csvout_text(c, m->name);
	for (i = 0; i < conf->nworkloads; i++)
		for (m = metric_workload_table; m->name != NULL; m++) {
			g_autofree char *name = NULL;

			name = metric_own_name(conf->workloads[i].name, m);
			csvout_text(c, name);
		}
	for (i = 0; i < conf->nobservers; i++)
		for (m = metric_observer_table; m->name != NULL; m++) {
			g_autofree char *name = NULL;

			if (!metric_observer_own(conf->observers[i].name, m))
				continue;
			name = metric_own_name(conf->observers[i].name, m);
			csvout_text(c, name);
		}
}

void
results_add_summary(const struct metric_run *r, struct csvout *c)
{
	const struct metric *m;
	struct metric_value v;
	unsigned i;

	for (m = metric_table; m->name != NULL; m++) {
		metric_take(m, r, &v);
		metric_write(&v, c);
	}
	for (m = metric_measures_table; r->conf->measures && m->name != NULL;
	    m++) {
		metric_take(m, r, &v);
		metric_write(&v, c);
	}
	for (i = 0; i < r->res->nworkloads; i++)
		for (m = metric_workload_table; m->name != NULL; m++) {
			metric_take_workload(m, &r->res->workloads[i], &v);
			metric_write(&v, c);
		}
	for (i = 0; i < r->res->nobservers; i++)
		for (m = metric_observer_table; m->name != NULL; m++) {
			if (!metric_observer_own(r->res->observers[i].name, m))
				continue;
			metric_take_observer(m, &r->res->observers[i], &v);
			metric_write(&v, c);
		}
}

static void
results_summary_row(const struct metric_run *r, struct csvout *c)
{

	results_add_summary(r, c);
	csvout_end(c);
}

void
results_write_summary(const struct experiment *e, FILE *f)
{
	struct csvout c;

	results_begin(e, f, NULL);
	csvout_init(&c, f);
	/* A variant overrides parameters; it cannot add a workload. */
	results_add_columns(&e->confs[0], &c);
	csvout_end(&c);
	csvout_fini(&c);
	results_each(e, f, results_summary_row);
}

/* ---- timeline.csv ------------------------------------------------------ */

static void
results_timeline_rows(const struct metric_run *r, struct csvout *c)
{
	const struct timeline_row *t;
	unsigned k;
	size_t i;

	for (i = 0; i < r->res->nrows; i++) {
		t = &r->res->rows[i];
		results_row_begin(r, c);
		csvout_time(c, t->time, SIM_S);
		csvout_count(c, t->pcbs);
		csvout_count(c, t->ports_busy);
		csvout_count(c, t->ports_free_any);
		csvout_count(c, t->tuples_free);
		csvout_count(c, t->connects_ok);
		csvout_count(c, t->connects_failed);
		csvout_double(c, t->hash_hold_frac);
		csvout_count(c, t->hash_waiters_max);
		csvout_double(c, t->spin_cpus_mean);
		csvout_time(c, t->stall_max, SIM_US);
		csvout_time(c, t->lag_max[0], SIM_MS);
		csvout_count(c, t->timewaits);
		csvout_count(c, t->timewaits_over);
		for (k = 0; k < r->res->nobservers; k++)
			csvout_time(c, t->lag_max[k], SIM_MS);
		csvout_end(c);
	}
}

void
results_write_timeline(const struct experiment *e, FILE *f)
{
	g_autofree char *head = NULL;
	const struct run_conf *conf;
	unsigned i;

	results_begin(e, f, NULL);
	conf = &e->confs[0];
	timeline_head_write(e, f);
	head = column_head("timeline.csv");
	fputs(head, f);
	for (i = 0; i < conf->nobservers; i++) {
		g_autofree char *name = g_strdup(conf->observers[i].name);

		fprintf(f, ",%s_lag_ms", g_strdelimit(name, "-", '_'));
	}
	fputc('\n', f);
	results_each(e, f, results_timeline_rows);
}

/* ---- stalls.csv -------------------------------------------------------- */

/* The longest wait of an observer, and whom it waited for. */
static void
results_chain_row(const struct metric_run *r, const struct observer_result *o,
    struct csvout *c)
{
	const struct blame_link *end;
	g_autoptr(GString) chain = NULL;
	const char *lock;
	unsigned waiters;

	end = &o->why.links[o->why.nlinks - 1];
	lock = blame_text_lock(&o->why, &waiters);
	chain = g_string_new(NULL);
	blame_text_add(chain, &o->why);
	results_row_begin(r, c);
	csvout_time(c, o->lag_from, SIM_S);
	csvout_time(c, o->lag_max, SIM_US);
	csvout_text(c, lock);
	csvout_text(c, end->who);
	csvout_text(c, end->doing);
	csvout_count(c, end->iters);
	csvout_count(c, end->visits);
	csvout_count(c, waiters);
	csvout_text(c, o->name);
	csvout_double(c, round(o->why_share * 1000) / 1000);
	csvout_text(c, chain->str);
	csvout_end(c);
}

static void
results_stall_rows(const struct metric_run *r, struct csvout *c)
{
	const struct stall *s;
	size_t i;

	for (i = 0; i < r->res->nstalls; i++) {
		s = &r->res->stalls[i];
		results_row_begin(r, c);
		csvout_time(c, s->start, SIM_S);
		csvout_time(c, s->length, SIM_US);
		csvout_text(c, s->lock);
		csvout_text(c, s->holder);
		csvout_text(c, s->doing);
		csvout_count(c, s->iterations);
		csvout_count(c, s->visits);
		csvout_count(c, s->waiters);
		csvout_text(c, "");
		csvout_text(c, "");
		csvout_text(c, "");
		csvout_end(c);
	}
	for (i = 0; i < r->res->nobservers; i++)
		if (r->res->observers[i].why.nlinks > 0)
			results_chain_row(r, &r->res->observers[i], c);
}

void
results_write_stalls(const struct experiment *e, FILE *f)
{
	g_autofree char *head = NULL, *text = NULL;
	uint64_t unlisted;
	unsigned i;

	unlisted = 0;
	for (i = 0; i < e->nruns; i++)
		if (e->results[i] != NULL)
			unlisted += e->results[i]->stalls_unlisted;
	results_begin(e, f, NULL);
	if (unlisted > 0) {
		text = g_strdup_printf("%ju more stalls, beyond the first %d "
		    "of a run", (uintmax_t)unlisted, RUN_MAXSTALLS);
		provenance_write_line(f, "unlisted", text);
	}
	head = column_head("stalls.csv");
	fprintf(f, "%s\n", head);
	results_each(e, f, results_stall_rows);
}

/* ---- latency.csv ------------------------------------------------------- */

/*
 * Share of the values that are not above this bucket, exact to nine decimals:
 * enough to tell the last of 200 million from all.
 */
static void
results_share(struct csvout *c, uint64_t part, uint64_t all)
{
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	KASSERT(all < UINT64_MAX / 1000000000, ("%ju values", (uintmax_t)all));
	/* Rounded down: only the last bucket is 1. */
	number_add_ps(s, (simtime)(part * 1000000000 / all), 1000000000);
	csvout_text(c, s->str);
}

static void
results_hist_rows(const struct metric_run *r, struct csvout *c,
    const char *what, const struct hist *h)
{
	uint64_t all, count, part;
	int64_t upper;
	unsigned idx;

	if (h == NULL)
		return;
	all = hist_count(h);
	part = 0;
	for (idx = 0; hist_next(h, &idx, &upper, &count);) {
		part += count;
		results_row_begin(r, c);
		csvout_text(c, what);
		csvout_time(c, MIN(upper, hist_max(h)), SIM_US);
		results_share(c, part, all);
		csvout_count(c, count);
		csvout_count(c, part);
		csvout_end(c);
	}
}

static void
results_latency_rows(const struct metric_run *r, struct csvout *c)
{
	const struct workload_result *w;
	unsigned i;

	results_hist_rows(r, c, "connect", r->res->connect);
	for (i = 0; i < r->res->nworkloads; i++) {
		g_autofree char *what = NULL;

		w = &r->res->workloads[i];
		what = g_strconcat("connect:", w->name, NULL);
		results_hist_rows(r, c, what, w->connect);
	}
	results_hist_rows(r, c, "hash_hold", r->res->hash_hold);
	results_hist_rows(r, c, "hash_wait", r->res->hash_wait);
	results_hist_rows(r, c, "console", r->res->console);
	for (i = 0; i < r->res->nobservers; i++) {
		g_autofree char *what = NULL;

		what = g_strconcat("lag:", r->res->observers[i].name, NULL);
		results_hist_rows(r, c, what, r->res->observers[i].lag);
	}
}

void
results_write_latency(const struct experiment *e, FILE *f)
{

	results_begin(e, f, "latency.csv");
	results_each(e, f, results_latency_rows);
}

/* ---- connects.csv ------------------------------------------------------ */

static void
results_connect_rows(const struct metric_run *r, struct csvout *c)
{
	const struct cause_row *row;
	size_t i;

	for (i = 0; i < r->res->ncauses; i++) {
		row = &r->res->causes[i];
		results_row_begin(r, c);
		csvout_time(c, row->time, SIM_S);
		csvout_text(c, connect_cause_name(row->cause));
		csvout_time(c, row->latency, SIM_US);
		csvout_count(c, row->count);
		csvout_count(c, row->failed);
		csvout_end(c);
	}
}

void
results_write_connects(const struct experiment *e, FILE *f)
{

	results_begin(e, f, "connects.csv");
	results_each(e, f, results_connect_rows);
}

/* ---- addresses.csv ----------------------------------------------------- */

static void
results_address_rows(const struct metric_run *r, struct csvout *c)
{
	const struct occupancy_row *row;
	char laddr[16];
	size_t i;

	for (i = 0; i < r->res->noccupancies; i++) {
		row = &r->res->occupancies[i];
		results_row_begin(r, c);
		csvout_time(c, row->time, SIM_S);
		csvout_text(c, net_addr_format(row->laddr, laddr));
		csvout_count(c, row->laddrs);
		csvout_count(c, row->ports_busy);
		csvout_end(c);
	}
}

void
results_write_addresses(const struct experiment *e, FILE *f)
{

	results_begin(e, f, "addresses.csv");
	results_each(e, f, results_address_rows);
}

/* ---- locks.csv --------------------------------------------------------- */

static void
results_lock_sum(struct csvout *c, const struct lock_use_sum *s)
{

	csvout_count(c, s->count);
	csvout_time(c, s->total, SIM_US);
	csvout_time(c, s->max, SIM_US);
}

static void
results_lock_rows(const struct metric_run *r, struct csvout *c)
{
	const struct lock_use_result *u;
	unsigned i;

	for (i = 0; i < r->res->nuses; i++) {
		u = &r->res->uses[i];
		results_row_begin(r, c);
		csvout_text(c, u->lock);
		csvout_text(c, u->class);
		csvout_text(c, u->op);
		csvout_text(c, lock_caller_find(u->op, u->lock)->function);
		csvout_text(c, u->shared ? "shared" : "exclusive");
		csvout_count(c, u->use.acquisitions);
		results_lock_sum(c, &u->use.wait);
		results_lock_sum(c, &u->use.hold);
		results_lock_sum(c, &u->use.spin);
		results_lock_sum(c, &u->use.block);
		csvout_end(c);
	}
}

void
results_write_locks(const struct experiment *e, FILE *f)
{

	results_begin(e, f, "locks.csv");
	results_each(e, f, results_lock_rows);
}

/* ---- all of them ------------------------------------------------------- */

/* run.ini: comments are nothing to whoever reads it as a scenario. */
static void
results_write_effective(const struct experiment *e, FILE *f)
{
	g_autofree char *ini = NULL;

	results_begin(e, f, NULL);
	fputc('\n', f);
	ini = scenario_effective(e->sc);
	fputs(ini, f);
}

static bool
results_write_file(const struct experiment *e, struct output *o,
    const char *name, void (*write)(const struct experiment *, FILE *),
    GError **error)
{
	FILE *f;

	f = output_open(o, name, error);
	if (f == NULL)
		return (false);
	write(e, f);
	return (output_close(o, f, error));
}

static const struct results_table {
	const char	*name;
	void		(*write)(const struct experiment *, FILE *);
	bool		measures;	/* with those alone */
} results_tables[] = {
	{ "summary.csv", results_write_summary, false },
	{ "timeline.csv", results_write_timeline, false },
	{ "stalls.csv", results_write_stalls, false },
	{ "latency.csv", results_write_latency, false },
	{ "connects.csv", results_write_connects, false },
	{ "addresses.csv", results_write_addresses, false },
	{ "locks.csv", results_write_locks, false },
	{ "ports.csv", results_write_ports, true },
	{ "searches.csv", results_write_searches, true }
};

/* Tables that are written at a time. */
struct results_task {
	const struct experiment *e;
	FILE		*file[G_N_ELEMENTS(results_tables)]; /* NULL: not of
					   this experiment */
};

/* A crew_each(). */
static void
results_write_one(void *task, unsigned i)
{
	struct results_task *t;

	t = task;
	if (t->file[i] != NULL)
		results_tables[i].write(t->e, t->file[i]);
}

bool
results_write_tables(const struct experiment *e, struct output *o,
    unsigned threads, GError **error)
{
	const struct results_table *table;
	struct results_task t = { .e = e };
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(results_tables); i++) {
		table = &results_tables[i];
		if (table->measures && !e->confs[0].measures)
			continue;
		t.file[i] = output_open(o, table->name, error);
		if (t.file[i] == NULL)
			return (false);
	}
	crew_each(threads, G_N_ELEMENTS(results_tables), results_write_one,
	    &t);
	for (i = 0; i < G_N_ELEMENTS(results_tables); i++)
		if (t.file[i] != NULL && !output_close(o, t.file[i], error))
			return (false);
	return (true);
}

static void
results_write_moves(const struct experiment *e, FILE *f)
{

	moves_write(e, e->moves, f);
}

bool
results_write(const struct experiment *e, struct output *o, unsigned threads,
    GError **error)
{

	return (results_write_file(e, o, "run.ini", results_write_effective,
	    error) && results_write_tables(e, o, threads, error) &&
	    (e->moves == NULL || results_write_file(e, o, "moves.csv",
	    results_write_moves, error)));
}
