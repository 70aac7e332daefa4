/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the pictures show; see data.h.
 */

#include <sys/stat.h>

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/plot/data.h"
#include "study/run/provenance.h"
#include "study/text/number.h"

/* More curves than this cannot be told apart. */
#define	PLOTDATA_MAXCURVES	6

/* More variants than any scenario has. */
#define	PLOTDATA_MAXVARIANTS	1000

double
plotdata_number(const struct csvtable *t, size_t row, const char *name)
{
	double v;

	if (!csvtable_number(t, row, csvtable_find(t, name), &v))
		return (NAN);
	return (v);
}

/* ---- reading ----------------------------------------------------------- */

static struct csvtable *
plotdata_table(const char *dir, const char *name, const char *columns,
    GError **error)
{
	g_autofree char *path = NULL;
	struct csvtable *t;

	path = g_build_filename(dir, name, NULL);
	t = csvtable_read(path, error);
	if (t == NULL)
		return (NULL);
	if (!csvtable_has(t, columns, error)) {
		csvtable_free(t);
		return (NULL);
	}
	csvtable_chain(t, "variant", "replication", "1");
	return (t);
}

/*
 * Each variant's first replication.  They are as many as people can look at,
 * and each is there once: all that follows counts on it.
 */
static bool
plotdata_variants(struct plotdata *pd, const char *dir, GError **error)
{
	g_autoptr(GHashTable) seen = NULL;
	struct plotdata_variant *v;
	const struct csvtable *t;
	size_t row;

	t = pd->summary;
	seen = g_hash_table_new(g_str_hash, g_str_equal);
	pd->variants = g_new0(struct plotdata_variant, MIN(csvtable_rows(t),
	    PLOTDATA_MAXVARIANTS));
	for (row = 0; row < csvtable_rows(t); row++) {
		if (strcmp(csvtable_field(t, row, "replication"), "1") != 0)
			continue;
		if (!g_hash_table_add(seen, (char *)csvtable_field(t, row,
		    "variant")) || pd->nvariants == PLOTDATA_MAXVARIANTS) {
			g_set_error(error, CSVTABLE_ERROR, 4, "%s/summary.csv:"
			    "%u: replication 1 of '%s' is there twice, or one "
			    "variant of more than %d", dir,
			    csvtable_line(t, row), csvtable_field(t, row,
			    "variant"), PLOTDATA_MAXVARIANTS);
			return (false);
		}
		v = &pd->variants[pd->nvariants++];
		v->name = csvtable_field(t, row, "variant");
		v->stack = csvtable_field(t, row, "stack");
		v->port_first = strcmp(csvtable_field(t, row, "chooses"),
		    "port-first") == 0;
		v->first_failure_s = plotdata_number(t, row,
		    "first_exhaustion_s");
		v->row = row;
		v->frozen = g_array_new(FALSE, FALSE,
		    sizeof(struct plotdata_span));
	}
	return (true);
}

/* ---- observers --------------------------------------------------------- */

/* "screen" of "screen_lag_ms"; NULL: it is no such column. */
static char *
plotdata_observer_name(const char *column)
{

	if (!g_str_has_suffix(column, "_lag_ms"))
		return (NULL);
	return (g_strndup(column, strlen(column) - strlen("_lag_ms")));
}

static void
plotdata_add_observer(struct plotdata *pd, char *name, char *lag)
{
	g_autofree char *key = NULL;
	struct plotdata_observer *o;
	const char *deadline;

	o = &pd->observers[pd->nobservers++];
	o->lag = lag;
	o->frozen = g_strconcat(name, "_frozen_s", NULL);
	/* The first one's figures are the run's own. */
	if (csvtable_find(pd->summary, o->frozen) < 0) {
		g_free(o->frozen);
		o->frozen = g_strdup("frozen_s");
	}
	key = g_strconcat(name, "_deadline_ms", NULL);
	deadline = csvtable_comment(pd->timeline, key);
	o->deadline_ms = deadline == NULL ? pd->deadline_ms :
	    g_ascii_strtod(deadline, NULL);
	o->name = g_strdelimit(name, "_", '-');
}

/* Results of older builds have one, the console. */
static void
plotdata_find_observers(struct plotdata *pd)
{
	const char *column;
	unsigned n;
	char *name;
	int i;

	for (i = 0, n = 1; csvtable_name(pd->timeline, i) != NULL; i++)
		n++;
	pd->observers = g_new0(struct plotdata_observer, n);
	for (i = 0; (column = csvtable_name(pd->timeline, i)) != NULL; i++) {
		name = plotdata_observer_name(column);
		if (name != NULL)
			plotdata_add_observer(pd, name, g_strdup(column));
	}
	if (pd->nobservers == 0 && pd->deadline_ms > 0)
		plotdata_add_observer(pd, g_strdup("console"),
		    g_strdup("console_lag_max_ms"));
}

/*
 * A tick served at the end of a freeze tells how long it was; one that is
 * still waiting when an interval ends tells how long it has been.
 */
static void
plotdata_add_frozen(GArray *frozen, double time, double lag_s)
{
	struct plotdata_span *last, span;

	span.from = MAX(time - lag_s, 0);
	span.to = time;
	/* Later rows may tell of a freeze that began before earlier ones. */
	while (frozen->len > 0) {
		last = &g_array_index(frozen, struct plotdata_span,
		    frozen->len - 1);
		if (last->to < span.from)
			break;
		span.from = MIN(span.from, last->from);
		g_array_set_size(frozen, frozen->len - 1);
	}
	g_array_append_val(frozen, span);
}

/* Who was late at the end of this interval, beyond its deadline. */
static void
plotdata_scan_lags(struct plotdata *pd, struct plotdata_variant *v,
    size_t row, double time)
{
	const struct plotdata_observer *o;
	double lag;
	unsigned i;

	for (i = 0; i < pd->nobservers; i++) {
		o = &pd->observers[i];
		lag = plotdata_number(pd->timeline, row, o->lag);
		pd->lag_max_ms = fmax(pd->lag_max_ms, lag);
		if (!(lag > o->deadline_ms))
			continue;
		plotdata_add_frozen(v->frozen, time, lag / 1e3);
		plotdata_add_frozen(v->frozen_of[i], time, lag / 1e3);
	}
}

static void
plotdata_init_frozen(struct plotdata *pd, struct plotdata_variant *v)
{
	unsigned i;

	v->frozen_of = g_new(GArray *, pd->nobservers + 1);
	v->frozen_s_of = g_new(double, pd->nobservers + 1);
	for (i = 0; i < pd->nobservers; i++) {
		v->frozen_of[i] = g_array_new(FALSE, FALSE,
		    sizeof(struct plotdata_span));
		v->frozen_s_of[i] = plotdata_number(pd->summary, v->row,
		    pd->observers[i].frozen);
	}
}

static void
plotdata_scan_timeline(struct plotdata *pd, struct plotdata_variant *v)
{
	const struct csvtable *t;
	double time;
	size_t row;

	t = pd->timeline;
	v->none_free_s = HUGE_VAL;
	PLOTDATA_ROWS(row, t, v->name) {
		time = plotdata_number(t, row, "time_s");
		if (pd->interval_s == 0)
			pd->interval_s = time;
		pd->end_s = fmax(pd->end_s, time);
		v->ports = plotdata_number(t, row, "ports_busy") +
		    plotdata_number(t, row, "ports_free_any");
		pd->ports = fmax(pd->ports, v->ports);
		pd->failed_max = fmax(pd->failed_max, plotdata_number(t, row,
		    "connects_failed"));
		pd->stall_max_ms = fmax(pd->stall_max_ms, plotdata_number(t,
		    row, "stall_max_us") / 1e3);
		if (!(plotdata_number(t, row, "ports_free_any") > 0))
			v->none_free_s = fmin(v->none_free_s, time);
		v->pcbs_max = fmax(v->pcbs_max, plotdata_number(t, row,
		    "pcbs"));
		v->over_max = fmax(v->over_max, plotdata_number(t, row,
		    "timewaits_over"));
		v->timewaits_max = fmax(v->timewaits_max, plotdata_number(t,
		    row, "timewaits"));
		plotdata_scan_lags(pd, v, row, time);
	}
}

static void
plotdata_scan_stalls(const struct plotdata *pd, struct plotdata_variant *v)
{
	const struct csvtable *t;
	double length;
	size_t row;

	t = pd->stalls;
	PLOTDATA_ROWS(row, t, v->name) {
		if (*csvtable_field(t, row, "observer") != '\0')
			continue;
		length = plotdata_number(t, row, "length_us") / 1e6;
		if (!(length > v->stall_length_s))
			continue;
		v->stall_length_s = length;
		v->stall_start_s = plotdata_number(t, row, "start_s");
		v->stall_holder = csvtable_field(t, row, "holder");
		v->stall_doing = csvtable_field(t, row, "doing");
		v->stall_lock = csvtable_field(t, row, "lock");
	}
}

/* One curve a workload, if they can be told apart; else one for all. */
static void
plotdata_curves(struct plotdata *pd)
{
	struct plotdata_curve curve;
	const struct csvtable *t;
	const char *last;
	GArray *all, *some;
	size_t row;
	unsigned i;
	int what;

	t = pd->latency;
	what = csvtable_find(t, "what");
	all = g_array_new(FALSE, FALSE, sizeof(curve));
	some = g_array_new(FALSE, FALSE, sizeof(curve));
	for (i = 0; i < pd->nvariants; i++) {
		last = "";
		curve.variant = i;
		curve.workload = 0;
		PLOTDATA_ROWS(row, t, pd->variants[i].name) {
			curve.what = csvtable_text(t, row, what);
			if (strcmp(curve.what, last) == 0)
				continue;
			last = curve.what;
			if (strcmp(last, "connect") == 0) {
				g_array_append_val(all, curve);
			} else if (g_str_has_prefix(last, "connect:")) {
				curve.workload++;
				g_array_append_val(some, curve);
			}
		}
	}
	if (some->len <= all->len || some->len > PLOTDATA_MAXCURVES) {
		pd->curves = all;
		g_array_free(some, TRUE);
	} else {
		pd->curves = some;
		g_array_free(all, TRUE);
	}
}

/* How its programs connect; results of older builds: unbound, perhaps. */
static void
plotdata_bound(const struct plotdata *pd, struct plotdata_variant *v)
{
	g_autofree char *bound = NULL, *unbound = NULL;

	bound = g_strconcat("bound:", v->name, NULL);
	unbound = g_strconcat("unbound:", v->name, NULL);
	v->bound = csvtable_comment(pd->timeline, bound);
	v->unbound = csvtable_comment(pd->timeline, unbound);
	if (v->bound == NULL && v->unbound == NULL)
		v->unbound = "";
}

struct plotdata *
plotdata_read_timeline(const char *dir, GError **error)
{
	struct plotdata *pd;
	const char *deadline;
	unsigned i;

	pd = g_new0(struct plotdata, 1);
	pd->every = 1;
	pd->timeline = plotdata_table(dir, "timeline.csv", "variant,"
	    "replication,time_s,ports_busy,ports_free_any,tuples_free,"
	    "connects_failed,hash_hold_frac,stall_max_us,"
	    "console_lag_max_ms", error);
	if (pd->timeline != NULL)
		pd->summary = plotdata_table(dir, "summary.csv", "variant,"
		    "stack,replication,first_exhaustion_s,frozen_s,"
		    "chooses", error);
	if (pd->summary == NULL) {
		plotdata_free(pd);
		return (NULL);
	}
	deadline = csvtable_comment(pd->timeline, "console_deadline_ms");
	pd->deadline_ms = deadline == NULL ? HUGE_VAL :
	    g_ascii_strtod(deadline, NULL);
	pd->incomplete = csvtable_comment(pd->timeline, "INCOMPLETE") != NULL;
	if (!plotdata_variants(pd, dir, error)) {
		plotdata_free(pd);
		return (NULL);
	}
	plotdata_find_observers(pd);
	for (i = 0; i < pd->nvariants; i++) {
		plotdata_init_frozen(pd, &pd->variants[i]);
		plotdata_bound(pd, &pd->variants[i]);
		plotdata_scan_timeline(pd, &pd->variants[i]);
	}
	return (pd);
}

struct plotdata *
plotdata_read(const char *dir, GError **error)
{
	struct plotdata *pd;
	unsigned i;

	pd = plotdata_read_timeline(dir, error);
	if (pd == NULL)
		return (NULL);
	pd->stalls = plotdata_table(dir, "stalls.csv", "variant,"
	    "replication,start_s,length_us,lock,holder,doing", error);
	if (pd->stalls != NULL)
		pd->latency = plotdata_table(dir, "latency.csv", "variant,"
		    "replication,what,value_us,count,cumulative", error);
	if (pd->latency == NULL) {
		plotdata_free(pd);
		return (NULL);
	}
	for (i = 0; i < pd->nvariants; i++)
		plotdata_scan_stalls(pd, &pd->variants[i]);
	plotdata_curves(pd);
	return (pd);
}

/* True without it: results of older builds have none. */
static bool
plotdata_read_map(const char *dir, const char *name, const char *columns,
    struct csvtable **t, GError **error)
{
	g_autofree char *path = NULL;
	struct stat st;

	path = g_build_filename(dir, name, NULL);
	if (lstat(path, &st) != 0 && errno == ENOENT)
		return (true);
	*t = plotdata_table(dir, name, columns, error);
	return (*t != NULL);
}

bool
plotdata_read_connects(struct plotdata *pd, const char *dir, GError **error)
{

	return (plotdata_read_map(dir, "connects.csv", "variant,replication,"
	    "time_s,cause,latency_us,count", &pd->connects, error));
}

double
plotdata_address_share(const struct plotdata *pd,
    const struct plotdata_variant *v, size_t row)
{

	return (plotdata_number(pd->addresses, row, "ports_busy") /
	    (plotdata_number(pd->addresses, row, "laddrs") * v->ports));
}

static void
plotdata_scan_addresses(const struct plotdata *pd,
    struct plotdata_variant *v)
{
	const char *first, *time;
	size_t row;

	first = NULL;
	PLOTDATA_ROWS(row, pd->addresses, v->name) {
		v->address_most = fmax(v->address_most,
		    plotdata_address_share(pd, v, row));
		time = csvtable_field(pd->addresses, row, "time_s");
		if (first == NULL)
			first = time;
		v->address_rows += strcmp(time, first) == 0;
	}
}

bool
plotdata_read_addresses(struct plotdata *pd, const char *dir, GError **error)
{
	unsigned i;

	if (!plotdata_read_map(dir, "addresses.csv", "variant,replication,"
	    "time_s,laddr,laddrs,ports_busy", &pd->addresses, error))
		return (false);
	for (i = 0; pd->addresses != NULL && i < pd->nvariants; i++)
		plotdata_scan_addresses(pd, &pd->variants[i]);
	return (true);
}

static void
plotdata_free_variant(struct plotdata *pd, struct plotdata_variant *v)
{
	unsigned i;

	g_array_free(v->frozen, TRUE);
	for (i = 0; v->frozen_of != NULL && i < pd->nobservers; i++)
		g_array_free(v->frozen_of[i], TRUE);
	g_free(v->frozen_of);
	g_free(v->frozen_s_of);
}

void
plotdata_free(struct plotdata *pd)
{
	unsigned i;

	for (i = 0; i < pd->nvariants; i++)
		plotdata_free_variant(pd, &pd->variants[i]);
	for (i = 0; i < pd->nobservers; i++) {
		g_free(pd->observers[i].name);
		g_free(pd->observers[i].lag);
		g_free(pd->observers[i].frozen);
	}
	g_free(pd->observers);
	if (pd->curves != NULL)
		g_array_free(pd->curves, TRUE);
	csvtable_free(pd->timeline);
	csvtable_free(pd->summary);
	csvtable_free(pd->stalls);
	csvtable_free(pd->latency);
	csvtable_free(pd->connects);
	csvtable_free(pd->addresses);
	g_free(pd->variants);
	g_free(pd);
}

/* ---- data files -------------------------------------------------------- */

void
plotdata_block(GString *s, const char *of, const char *columns)
{

	g_string_append_printf(s, "%s# %s\n# %s\n", s->len > 0 ? "\n\n" : "",
	    of, columns);
}

void
plotdata_add(GString *s, double v)
{

	g_string_append_c(s, ' ');
	if (isnan(v))
		g_string_append(s, "NaN");
	else
		number_add_double(s, v);
}

void
plotdata_add_first(GString *s, const struct csvtable *t, size_t row,
    const char *column)
{
	const char *text;

	text = csvtable_field(t, row, column);
	g_string_append(s, isnan(plotdata_number(t, row, column)) ||
	    strpbrk(text, " \t") != NULL ? "NaN" : text);
}
