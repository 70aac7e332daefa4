/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is measured of a run; see metric.h.
 *
 * Most metrics are a field of the result: the table says where it is and how
 * to read it.  The few that are not have a function.
 */

#include <math.h>
#include <string.h>

#include "models/stacks/stack.h"
#include "sim/hist.h"
#include "sim/kassert.h"
#include "study/run/metric.h"
#include "study/scenario/scenario.h"
#include "study/text/nearest.h"

enum metric_from {
	FROM_FUNCTION,
	FROM_U64,
	FROM_TIME,		/* a simtime; SIM_NEVER is none */
	FROM_DOUBLE,
	FROM_BOOL,
	FROM_QUANTILE,		/* of a histogram; none if it is empty */
	FROM_MEAN,		/* likewise */
	FROM_MAX		/* of a histogram; 0 if it is empty */
};

static void
take_variant(const struct metric_run *r, struct metric_value *v)
{

	v->text = r->variant;
}

static void
take_stack(const struct metric_run *r, struct metric_value *v)
{

	v->text = r->conf->stack->name;
}

static void
take_chooses(const struct metric_run *r, struct metric_value *v)
{

	v->text = r->conf->stack->port_first ? "port-first" : "tuple";
}

static void
take_replication(const struct metric_run *r, struct metric_value *v)
{

	v->count = r->conf->replication + 1;
}

static void
take_seed(const struct metric_run *r, struct metric_value *v)
{

	v->count = r->conf->seed;
}

static void
take_verdict(const struct metric_run *r, struct metric_value *v)
{

	v->text = verdict_name(r->res->verdict);
	v->count = r->res->verdict;
}

static void
take_errors(const struct metric_run *r, struct metric_value *v)
{
	const struct attempt_counts *c;

	c = &r->res->count;
	v->count = c->eaddrnotavail + c->eaddrinuse + c->enobufs + c->other;
}

static void
take_stalls(const struct metric_run *r, struct metric_value *v)
{

	v->count = r->res->nstalls + r->res->stalls_unlisted;
}

static void
take_ports_busy_end(const struct metric_run *r, struct metric_value *v)
{

	if (r->res->nrows == 0)
		v->none = true;
	else
		v->count = r->res->rows[r->res->nrows - 1].ports_busy;
}

static void
take_ports_busy_max(const struct metric_run *r, struct metric_value *v)
{
	size_t i;

	for (i = 0; i < r->res->nrows; i++)
		v->count = MAX(v->count, r->res->rows[i].ports_busy);
	v->none = r->res->nrows == 0;
}

#define	FN(n, k, u, b, s, fn, d)					\
	{ .name = n, .unit = u, .doc = d, .kind = METRIC_##k,		\
	    .better = METRIC_##b, .unit_ps = s, .take = fn }
#define	OF(n, k, u, b, s, how, field, d)				\
	{ .name = n, .unit = u, .doc = d, .kind = METRIC_##k,		\
	    .better = METRIC_##b, .unit_ps = s, .from = FROM_##how,	\
	    .offset = offsetof(struct METRIC_OF, field) }
#define	QU(n, u, s, field, p, q, d)					\
	{ .name = n, .unit = u, .doc = d, .kind = METRIC_TIME,		\
	    .better = METRIC_LOWER, .unit_ps = s,			\
	    .from = FROM_QUANTILE,					\
	    .offset = offsetof(struct METRIC_OF, field),		\
	    .num = p, .den = q }

/* What a run has as a whole, and each of its workloads: of METRIC_OF. */
#define	BOTH_COUNTS							\
	OF("attempts", COUNT, "", NEUTRAL, 0, U64, count.attempts,	\
	    "bind() and connect() tried, retries too"),			\
	OF("ok", COUNT, "", HIGHER, 0, U64, count.ok,			\
	    "attempts that got a connection"),				\
	OF("eaddrnotavail", COUNT, "", LOWER, 0, U64, count.eaddrnotavail, \
	    "attempts that failed for want of a port"),			\
	OF("eaddrinuse", COUNT, "", LOWER, 0, U64, count.eaddrinuse,	\
	    "attempts that failed because their own choice was taken")
#define	BOTH_OTHER_COUNTS						\
	OF("other", COUNT, "", LOWER, 0, U64, count.other,		\
	    "attempts that failed with another error"),			\
	OF("unfinished", COUNT, "", LOWER, 0, U64, count.unfinished,	\
	    "attempts that were due and not decided when the run ended")
/* Of connections, not of attempts: each is counted once. */
#define	BOTH_FAILED							\
	OF("failed", COUNT, "", LOWER, 0, U64, count.failed,		\
	    "connections that got an error and were never opened")
#define	BOTH_WANTED							\
	OF("wanted", COUNT, "", NEUTRAL, 0, U64, count.wanted,		\
	    "connections due, each once: served + failed + waiting"),	\
	OF("served", COUNT, "", HIGHER, 0, U64, count.ok,		\
	    "connections that were opened"),				\
	OF("waiting", COUNT, "", LOWER, 0, U64, count.waiting,		\
	    "connections that had no answer yet when the run ended"),	\
	OF("enobufs", COUNT, "", LOWER, 0, U64, count.enobufs,		\
	    "attempts that failed because the kernel had no more sockets")
#define	BOTH_TIMES							\
	OF("first_exhaustion_s", TIME, "s", HIGHER, SIM_S, TIME,	\
	    first_exhaustion, "when the first EADDRNOTAVAIL was returned"), \
	QU("connect_p50_us", "us", SIM_US, connect, 1, 2,		\
	    "connect latency from when it was due: median"),		\
	QU("connect_p99_us", "us", SIM_US, connect, 99, 100,		\
	    "connect latency: 99 of 100 are not later"),		\
	QU("connect_p999_us", "us", SIM_US, connect, 999, 1000,		\
	    "connect latency: 999 of 1000 are not later"),		\
	QU("connect_max_us", "us", SIM_US, connect, 1, 1,		\
	    "connect latency: the latest")

#define	METRIC_OF	run_result
const struct metric metric_table[] = {
	FN("variant", TEXT, "", NEUTRAL, 0, take_variant,
	    "column of the comparison"),
	FN("stack", TEXT, "", NEUTRAL, 0, take_stack, "kernel's stack"),
	FN("replication", COUNT, "", NEUTRAL, 0, take_replication,
	    "1 for the first"),
	FN("seed", COUNT, "", NEUTRAL, 0, take_seed,
	    "of the scenario; streams derive from it and the replication"),
	BOTH_COUNTS,
	BOTH_TIMES,
	OF("searches", COUNT, "", NEUTRAL, 0, U64, searches,
	    "searches for a local port"),
	OF("probes_mean", DOUBLE, "", LOWER, 0, MEAN, probes,
	    "candidate ports looked at in a search, mean"),
	OF("probes_max", COUNT, "", LOWER, 0, MAX, probes,
	    "candidate ports looked at in a search, most"),
	OF("visits_max", COUNT, "", LOWER, 0, U64, visits_max,
	    "list nodes visited in one search, most"),
	OF("hold_max_us", TIME, "us", LOWER, SIM_US, MAX, hash_hold,
	    "longest hold of the hash lock"),
	OF("hold_busy_frac", DOUBLE, "", LOWER, 0, DOUBLE, hold_busy_frac,
	    "share of time in which the hash lock is held exclusively"),
	OF("stall_max_us", TIME, "us", LOWER, SIM_US, TIME, stall_max,
	    "longest interval in which somebody waits for one hold of a lock"),
	OF("spin_cpu_frac", DOUBLE, "", LOWER, 0, DOUBLE, spin_cpu_frac,
	    "share of all CPU time spent spinning for locks"),
	QU("console_p99_ms", "ms", SIM_MS, console, 99, 100,
	    "console lag: 99 of 100 ticks are not later"),
	OF("console_max_ms", TIME, "ms", LOWER, SIM_MS, MAX, console,
	    "console lag: the latest tick"),
	OF("frozen_s", TIME, "s", LOWER, SIM_S, TIME, frozen,
	    "time in which the console missed its deadline"),
	OF("unfreeze_s", TIME, "s", LOWER, SIM_S, TIME, unfreeze,
	    "longest time to unfreeze, freezes that are near as one"),
	OF("pcbs_max", COUNT, "", NEUTRAL, 0, U64, pcbs_max,
	    "pcbs in the tables, most"),
	FN("verdict", VERDICT, "", LOWER, 0, take_verdict,
	    "0 ok, 1 exhausted, 2 stalls, 3 freezes, 4 never-recovers"),
	BOTH_FAILED,
	BOTH_OTHER_COUNTS,
	OF("wait_max_us", TIME, "us", LOWER, SIM_US, TIME, wait_max,
	    "longest single wait for a lock"),
	FN("stalls", COUNT, "", LOWER, 0, take_stalls,
	    "stalls above scenario.stall-threshold"),
	OF("timewait_recycled", COUNT, "", LOWER, 0, U64, timewait_recycled,
	    "connections in TIME_WAIT closed early because of the cap"),
	OF("segments", COUNT, "", HIGHER, 0, U64, segments,
	    "inbound segments processed"),
	OF("segments_dropped", COUNT, "", LOWER, 0, U64, segments_dropped,
	    "inbound segments dropped: the receive queue was full"),
	FN("ports_busy_end", COUNT, "", NEUTRAL, 0, take_ports_busy_end,
	    "ports of the range that any pcb holds when the run ends"),
	FN("ports_busy_max", COUNT, "", NEUTRAL, 0, take_ports_busy_max,
	    "ports of the range that any pcb holds, most"),
	OF("frozen_at_end", COUNT, "", LOWER, 0, BOOL, frozen_at_end,
	    "1 if the console was still frozen when the run ended"),
	OF("end_s", TIME, "s", NEUTRAL, SIM_S, TIME, end,
	    "simulated time reached"),
	OF("complete", COUNT, "", HIGHER, 0, BOOL, complete,
	    "0 if the run was stopped early"),
	OF("connect_thread_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_THREAD], "mean of a connect's latency: waiting for a "
	    "thread of its program"),
	OF("connect_cpu_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_CPU], "likewise: waiting for a CPU, or being woken"),
	OF("connect_lock_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_LOCK], "likewise: waiting for locks"),
	OF("connect_search_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_SEARCH], "likewise: in its own search for a port"),
	OF("connect_work_us", TIME, "us", LOWER, SIM_US, TIME,
	    spent[CAUSE_WORK], "likewise: in the rest of its own work"),
	FN("chooses", TEXT, "", NEUTRAL, 0, take_chooses, "what a connect() "
	    "that is not bound chooses: port-first, or a tuple"),
	BOTH_WANTED,
	FN("errors", COUNT, "", LOWER, 0, take_errors,
	    "attempts that failed, whatever the error, retries too"),
	{ .name = NULL }
};
#undef METRIC_OF

#define	METRIC_OF	workload_result
const struct metric metric_workload_table[] = {
	BOTH_COUNTS,
	BOTH_OTHER_COUNTS,
	BOTH_TIMES,
	BOTH_FAILED,
	BOTH_WANTED,
	{ .name = NULL }
};
#undef METRIC_OF

/* ---- taking ------------------------------------------------------------ */

/* Of a histogram that may be missing: a stack without that lock. */
static void
metric_take_hist(const struct metric *m, const struct hist *h,
    struct metric_value *v)
{
	uint64_t n;

	n = h == NULL ? 0 : hist_count(h);
	switch (m->from) {
	case FROM_QUANTILE:
		v->none = n == 0;
		v->ps = n == 0 ? 0 : hist_quantile(h, m->num, m->den);
		break;
	case FROM_MEAN:
		v->none = n == 0;
		v->number = n == 0 ? 0 : hist_mean(h);
		break;
	default:
		v->ps = n == 0 ? 0 : hist_max(h);
		v->count = (uint64_t)v->ps;
		break;
	}
}

static void
metric_take_field(const struct metric *m, const void *base,
    struct metric_value *v)
{
	const void *p;

	p = (const char *)base + m->offset;
	switch (m->from) {
	case FROM_U64:
		v->count = *(const uint64_t *)p;
		break;
	case FROM_TIME:
		v->ps = *(const simtime *)p;
		v->none = v->ps == SIM_NEVER;
		break;
	case FROM_DOUBLE:
		v->number = *(const double *)p;
		break;
	case FROM_BOOL:
		v->count = *(const bool *)p;
		break;
	default:
		metric_take_hist(m, *(struct hist *const *)p, v);
		break;
	}
}

void
metric_take(const struct metric *m, const struct metric_run *r,
    struct metric_value *v)
{

	*v = (struct metric_value){ .kind = m->kind, .unit_ps = m->unit_ps };
	if (m->take != NULL)
		m->take(r, v);
	else
		metric_take_field(m, r->res, v);
}

void
metric_take_workload(const struct metric *m, const struct workload_result *w,
    struct metric_value *v)
{

	*v = (struct metric_value){ .kind = m->kind, .unit_ps = m->unit_ps };
	metric_take_field(m, w, v);
}

double
metric_number(const struct metric_value *v)
{

	if (v->none)
		return (HUGE_VAL);
	switch (v->kind) {
	case METRIC_TEXT:
		return (NAN);
	case METRIC_TIME:
		return ((double)v->ps / (double)v->unit_ps);
	case METRIC_DOUBLE:
		return (v->number);
	default:
		return ((double)v->count);
	}
}

double
metric_resolution(const struct metric *m, const double *values, unsigned n)
{
	double ps, sum;
	unsigned i;

	/* The last of all is known exactly, too. */
	if (m->from != FROM_QUANTILE || m->num >= m->den)
		return (0);
	for (i = 0, sum = 0; i < n; i++) {
		ps = values[i] * (double)m->unit_ps;
		sum += (double)hist_resolution((int64_t)(ps + 0.5));
	}
	return (sum / n / (double)m->unit_ps);
}

void
metric_write(const struct metric_value *v, struct csvout *c)
{

	if (v->none) {
		csvout_empty(c);
		return;
	}
	switch (v->kind) {
	case METRIC_TEXT:
	case METRIC_VERDICT:
		csvout_text(c, v->text);
		break;
	case METRIC_COUNT:
		csvout_count(c, v->count);
		break;
	case METRIC_TIME:
		csvout_time(c, v->ps, v->unit_ps);
		break;
	case METRIC_DOUBLE:
		csvout_double(c, v->number);
		break;
	}
}

/* ---- names ------------------------------------------------------------- */

char *
metric_workload_name(const char *workload, const struct metric *m)
{
	char *name;

	name = g_strconcat(workload, "_", m->name, NULL);
	return (g_strdelimit(name, "-", '_'));
}

static const struct metric *
metric_by_name(const struct metric *table, const char *name)
{
	const struct metric *m;

	for (m = table; m->name != NULL; m++)
		if (strcmp(m->name, name) == 0 && m->kind != METRIC_TEXT)
			return (m);
	return (NULL);
}

const struct metric *
metric_of_column(const char *name)
{
	const struct metric *m;

	for (m = metric_table; m->name != NULL; m++)
		if (strcmp(m->name, name) == 0)
			return (m);
	for (m = metric_workload_table; m->name != NULL; m++) {
		g_autofree char *end = NULL;

		end = g_strconcat("_", m->name, NULL);
		if (g_str_has_suffix(name, end) && strlen(name) > strlen(end))
			return (m);
	}
	return (NULL);
}

bool
metric_known(const char *name)
{
	const struct metric *m;

	m = metric_of_column(name);
	return (m != NULL && m->kind != METRIC_TEXT);
}

const struct metric *
metric_find(const struct run_conf *conf, const char *name, int *workload)
{
	const struct metric *m;
	unsigned i;

	*workload = -1;
	m = metric_by_name(metric_table, name);
	if (m != NULL)
		return (m);
	for (i = 0; i < conf->nworkloads; i++)
		for (m = metric_workload_table; m->name != NULL; m++) {
			g_autofree char *full = NULL;

			full = metric_workload_name(conf->workloads[i].name,
			    m);
			if (strcmp(full, name) == 0) {
				*workload = (int)i;
				return (m);
			}
		}
	return (NULL);
}

char *
metric_hint(const struct run_conf *conf, const char *name)
{
	g_autoptr(GPtrArray) names = NULL;
	const struct metric *m;
	unsigned i, v;

	names = g_ptr_array_new_with_free_func(g_free);
	for (m = metric_table; m->name != NULL; m++)
		if (m->kind != METRIC_TEXT)
			g_ptr_array_add(names, g_strdup(m->name));
	for (v = VERDICT_OK; v <= VERDICT_NEVER_RECOVERS; v++)
		g_ptr_array_add(names, g_strdup(verdict_name(v)));
	for (i = 0; i < conf->nworkloads; i++)
		for (m = metric_workload_table; m->name != NULL; m++)
			g_ptr_array_add(names, metric_workload_name(
			    conf->workloads[i].name, m));
	return (nearest_hint(name, (const char *const *)names->pdata,
	    names->len));
}

bool
metric_lookup(const struct metric_run *r, const char *name, double *value)
{
	const struct metric *m;
	struct metric_value v;
	int w;

	m = metric_find(r->conf, name, &w);
	if (m == NULL)
		return (false);
	if (w < 0)
		metric_take(m, r, &v);
	else
		metric_take_workload(m, &r->res->workloads[w], &v);
	*value = metric_number(&v);
	return (true);
}

bool
metric_check(const char *variant, const char *metric, double *value,
    void *scenario, GError **error)
{
	g_autofree const char **names = NULL;
	g_autofree char *hint = NULL;
	const struct scenario *sc;
	unsigned i;
	int w;

	sc = scenario;
	*value = 0;
	names = g_new(const char *, sc->nvariants);
	for (i = 0; i < sc->nvariants; i++) {
		names[i] = sc->variants[i].name;
		if (strcmp(names[i], variant) == 0)
			break;
	}
	if (i == sc->nvariants) {
		hint = nearest_hint(variant, names, sc->nvariants);
		g_set_error(error, METRIC_ERROR, METRIC_ERROR_VARIANT,
		    "no variant is called %s%s", variant, hint);
		return (false);
	}
	if (metric_find(&sc->variants[i].conf, metric, &w) == NULL) {
		hint = metric_hint(&sc->variants[i].conf, metric);
		g_set_error(error, METRIC_ERROR, METRIC_ERROR_NAME,
		    "there is no metric %s%s", metric, hint);
		return (false);
	}
	return (true);
}
