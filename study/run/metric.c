/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Taking what is measured of a run, and its names; see metric.h.
 */

#include <math.h>
#include <string.h>

#include "sim/hist.h"
#include "sim/kassert.h"
#include "study/run/metric.h"
#include "study/scenario/scenario.h"
#include "study/text/nearest.h"
#include "study/text/number.h"

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
		v->ps = n == 0 ? 0 : m->num == 0 ? hist_min(h) :
		    hist_quantile(h, m->num, m->den);
		v->count = (uint64_t)v->ps;
		break;
	case FROM_MEAN:
		v->none = n == 0;
		v->number = n == 0 ? 0 : hist_mean(h);
		v->ps = (simtime)(v->number + 0.5);
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
		v->none = isnan(v->number);
		break;
	case FROM_TEXT:
		v->text = *(const char *const *)p;
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

void
metric_take_observer(const struct metric *m, const struct observer_result *o,
    struct metric_value *v)
{

	*v = (struct metric_value){ .kind = m->kind, .unit_ps = m->unit_ps };
	metric_take_field(m, o, v);
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
	double sum;
	unsigned i;

	/* The first and the last of all are known exactly. */
	if (m->from != FROM_QUANTILE || m->num >= m->den || m->num == 0)
		return (0);
	for (i = 0, sum = 0; i < n; i++)
		sum += (double)hist_resolution(number_to_time(values[i],
		    m->unit_ps));
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
metric_own_name(const char *owner, const struct metric *m)
{
	char *name;

	name = g_strconcat(owner, "_", m->name, NULL);
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

bool
metric_observer_own(const char *observer, const struct metric *m)
{
	g_autofree char *name = metric_own_name(observer, m);

	return (metric_by_name(metric_table, name) == NULL);
}

/* Of a name that ends in that of a metric of the table. */
static const struct metric *
metric_by_end(const struct metric *table, const char *name)
{
	const struct metric *m;

	for (m = table; m->name != NULL; m++) {
		g_autofree char *end = NULL;

		end = g_strconcat("_", m->name, NULL);
		if (g_str_has_suffix(name, end) && strlen(name) > strlen(end))
			return (m);
	}
	return (NULL);
}

const struct metric *
metric_of_column(const char *name)
{
	const struct metric *m;

	for (m = metric_table; m->name != NULL; m++)
		if (strcmp(m->name, name) == 0)
			return (m);
	for (m = metric_measures_table; m->name != NULL; m++)
		if (strcmp(m->name, name) == 0)
			return (m);
	m = metric_by_end(metric_workload_table, name);
	return (m != NULL ? m : metric_by_end(metric_observer_table, name));
}

bool
metric_known(const char *name)
{
	const struct metric *m;

	m = metric_of_column(name);
	return (m != NULL && m->kind != METRIC_TEXT);
}

/* How much of a name a word is, as metric_own_name() has it; 0: it is not. */
static size_t
metric_begins(const char *name, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++)
		if (name[i] != (word[i] == '-' ? '_' : word[i]))
			return (0);
	return (i);
}

/*
 * The metric of `table' that `owner' has by that name.  Of a thousand owners
 * nearly all are known by their own name not to.
 */
static const struct metric *
metric_of(const struct metric *table, const char *owner, const char *name)
{
	const struct metric *m;
	size_t n;

	n = metric_begins(name, owner);
	if (n == 0 || name[n] != '_')
		return (NULL);
	name += n + 1;
	for (m = table; m->name != NULL; m++) {
		n = metric_begins(name, m->name);
		if (n > 0 && name[n] == '\0' && m->kind != METRIC_TEXT)
			return (m);
	}
	return (NULL);
}

const struct metric *
metric_find(const struct run_conf *conf, const char *name,
    struct metric_owner *owner)
{
	const struct metric *m;
	unsigned i;

	*owner = (struct metric_owner){ metric_table, 0 };
	m = metric_by_name(metric_table, name);
	if (m == NULL && conf->measures)
		m = metric_by_name(metric_measures_table, name);
	if (m != NULL)
		return (m);
	for (i = 0; i < conf->nworkloads; i++) {
		*owner = (struct metric_owner){ metric_workload_table, i };
		m = metric_of(owner->table, conf->workloads[i].name, name);
		if (m != NULL)
			return (m);
	}
	for (i = 0; i < conf->nobservers; i++) {
		*owner = (struct metric_owner){ metric_observer_table, i };
		m = metric_of(owner->table, conf->observers[i].name, name);
		if (m != NULL)
			return (m);
	}
	return (NULL);
}

static void
metric_add_names(GPtrArray *names, const struct metric *table,
    const char *owner)
{
	const struct metric *m;

	for (m = table; m->name != NULL; m++)
		if (m->kind != METRIC_TEXT)
			g_ptr_array_add(names, owner == NULL ?
			    g_strdup(m->name) : metric_own_name(owner, m));
}

char *
metric_hint(const struct run_conf *conf, const char *name)
{
	g_autoptr(GPtrArray) names = NULL;
	unsigned i, v;

	names = g_ptr_array_new_with_free_func(g_free);
	metric_add_names(names, metric_table, NULL);
	if (conf->measures)
		metric_add_names(names, metric_measures_table, NULL);
	for (v = VERDICT_OK; v < NVERDICTS; v++)
		g_ptr_array_add(names, g_strdup(verdict_name(v)));
	for (i = 0; i < conf->nworkloads; i++)
		metric_add_names(names, metric_workload_table,
		    conf->workloads[i].name);
	for (i = 0; i < conf->nobservers; i++)
		metric_add_names(names, metric_observer_table,
		    conf->observers[i].name);
	return (nearest_hint(name, (const char *const *)names->pdata,
	    names->len));
}

bool
metric_lookup(const struct metric_run *r, const char *name, double *value)
{
	struct metric_owner owner;
	const struct metric *m;
	struct metric_value v;

	m = metric_find(r->conf, name, &owner);
	if (m == NULL)
		return (false);
	if (owner.table == metric_workload_table)
		metric_take_workload(m, &r->res->workloads[owner.idx], &v);
	else if (owner.table == metric_observer_table)
		metric_take_observer(m, &r->res->observers[owner.idx], &v);
	else
		metric_take(m, r, &v);
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
	struct metric_owner owner;
	unsigned i;

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
	if (metric_find(&sc->variants[i].conf, metric,
	    &owner) == NULL) {
		hint = metric_by_name(metric_measures_table, metric) != NULL ?
		    g_strdup(" without scenario.measures = 1") :
		    metric_hint(&sc->variants[i].conf, metric);
		g_set_error(error, METRIC_ERROR, METRIC_ERROR_NAME,
		    "there is no metric %s%s", metric, hint);
		return (false);
	}
	return (true);
}
