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

bool
plotdata_is(const struct csvtable *t, size_t row, const char *variant)
{

	return (strcmp(csvtable_field(t, row, "variant"), variant) == 0 &&
	    strcmp(csvtable_field(t, row, "replication"),
	    "1") == 0);
}

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
	if (t == NULL || csvtable_has(t, columns, error))
		return (t);
	csvtable_free(t);
	return (NULL);
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
		if (!plotdata_is(t, row, csvtable_field(t, row, "variant")))
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
		v->frozen_s = plotdata_number(t, row, "frozen_s");
		v->frozen = g_array_new(FALSE, FALSE,
		    sizeof(struct plotdata_span));
	}
	return (true);
}

/*
 * A tick served at the end of a freeze tells how long it was; one that is
 * still waiting when an interval ends tells how long it has been.
 */
static void
plotdata_add_frozen(struct plotdata_variant *v, double time, double lag_s)
{
	struct plotdata_span *last, span;

	span.from = MAX(time - lag_s, 0);
	span.to = time;
	/* Later rows may tell of a freeze that began before earlier ones. */
	while (v->frozen->len > 0) {
		last = &g_array_index(v->frozen, struct plotdata_span,
		    v->frozen->len - 1);
		if (last->to < span.from)
			break;
		span.from = MIN(span.from, last->from);
		g_array_set_size(v->frozen, v->frozen->len - 1);
	}
	g_array_append_val(v->frozen, span);
}

static void
plotdata_scan_timeline(struct plotdata *pd, struct plotdata_variant *v)
{
	const struct csvtable *t;
	double lag, time;
	size_t row;

	t = pd->timeline;
	for (row = 0; row < csvtable_rows(t); row++) {
		if (!plotdata_is(t, row, v->name))
			continue;
		time = plotdata_number(t, row, "time_s");
		lag = plotdata_number(t, row, "console_lag_max_ms");
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
		pd->lag_max_ms = fmax(pd->lag_max_ms, lag);
		if (lag > pd->deadline_ms)
			plotdata_add_frozen(v, time, lag / 1e3);
	}
}

static void
plotdata_scan_stalls(const struct plotdata *pd, struct plotdata_variant *v)
{
	const struct csvtable *t;
	double length;
	size_t row;

	t = pd->stalls;
	for (row = 0; row < csvtable_rows(t); row++) {
		if (!plotdata_is(t, row, v->name) ||
		    *csvtable_field(t, row, "observer") != '\0')
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
		for (row = 0; row < csvtable_rows(t); row++) {
			curve.what = csvtable_text(t, row, what);
			if (strcmp(curve.what, last) == 0 ||
			    !plotdata_is(t, row, pd->variants[i].name))
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

struct plotdata *
plotdata_read_timeline(const char *dir, GError **error)
{
	struct plotdata *pd;
	const char *deadline;
	unsigned i;

	pd = g_new0(struct plotdata, 1);
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
	for (i = 0; i < pd->nvariants; i++)
		plotdata_scan_timeline(pd, &pd->variants[i]);
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
	for (row = 0; row < csvtable_rows(pd->addresses); row++) {
		if (!plotdata_is(pd->addresses, row, v->name))
			continue;
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

void
plotdata_free(struct plotdata *pd)
{
	unsigned i;

	for (i = 0; i < pd->nvariants; i++)
		g_array_free(pd->variants[i].frozen, TRUE);
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

char *
plotdata_timeline(const struct plotdata *pd)
{
	const struct csvtable *t;
	GString *s;
	size_t row;
	unsigned i;

	t = pd->timeline;
	s = g_string_new(NULL);
	for (i = 0; i < pd->nvariants; i++) {
		plotdata_block(s, pd->variants[i].name, "time_s ports_busy "
		    "ports_free_any tuples_free connects_failed stall_ms "
		    "hash_hold_percent console_lag_ms");
		for (row = 0; row < csvtable_rows(t); row++) {
			if (!plotdata_is(t, row, pd->variants[i].name))
				continue;
			plotdata_add_first(s, t, row, "time_s");
			plotdata_add(s, plotdata_number(t, row,
			    "ports_busy"));
			plotdata_add(s, plotdata_number(t, row,
			    "ports_free_any"));
			plotdata_add(s, plotdata_number(t, row,
			    "tuples_free"));
			plotdata_add(s, plotdata_number(t, row,
			    "connects_failed"));
			plotdata_add(s, plotdata_number(t, row,
			    "stall_max_us") / 1e3);
			plotdata_add(s, plotdata_number(t, row,
			    "hash_hold_frac") * 100);
			plotdata_add(s, plotdata_number(t, row,
			    "console_lag_max_ms"));
			g_string_append_c(s, '\n');
		}
	}
	return (g_string_free(s, FALSE));
}

/* How many values a curve counts. */
static double
plotdata_curve_count(const struct plotdata *pd,
    const struct plotdata_curve *c)
{
	const struct csvtable *t;
	double count;
	size_t row;
	int what;

	t = pd->latency;
	what = csvtable_find(t, "what");
	count = 0;
	for (row = 0; row < csvtable_rows(t); row++)
		if (strcmp(csvtable_text(t, row, what), c->what) == 0 &&
		    plotdata_is(t, row, pd->variants[c->variant].name))
			count = plotdata_number(t, row, "cumulative");
	return (count);
}

char *
plotdata_latency(const struct plotdata *pd)
{
	const struct plotdata_curve *c;
	const struct csvtable *t;
	GString *s;
	double all, before;
	size_t row;
	unsigned i;
	int what;

	t = pd->latency;
	what = csvtable_find(t, "what");
	s = g_string_new(NULL);
	for (i = 0; i < pd->curves->len; i++) {
		g_autofree char *of = NULL;

		c = &g_array_index(pd->curves, struct plotdata_curve, i);
		of = g_strdup_printf("%s %s", pd->variants[c->variant].name,
		    c->what);
		plotdata_block(s, of, "value_us share_not_below");
		all = plotdata_curve_count(pd, c);
		before = 0;
		for (row = 0; row < csvtable_rows(t); row++) {
			if (strcmp(csvtable_text(t, row, what), c->what) != 0 ||
			    !plotdata_is(t, row,
			    pd->variants[c->variant].name))
				continue;
			plotdata_add_first(s, t, row, "value_us");
			plotdata_add(s, (all - before) / all);
			g_string_append_c(s, '\n');
			before = plotdata_number(t, row, "cumulative");
		}
	}
	return (g_string_free(s, FALSE));
}
