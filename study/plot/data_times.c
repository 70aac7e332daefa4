/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Data of the pictures of curves over time, and of latency; see data.h.
 */

#include <math.h>
#include <string.h>

#include "study/plot/data.h"

/* ---- timeline.dat ------------------------------------------------------ */

/* What becomes of a column where several rows are one. */
enum times_merge {
	TIMES_LAST,		/* states at the end */
	TIMES_SUM,
	TIMES_MEAN,
	TIMES_MOST
};

/* Columns of timeline.csv, as they are, and in other units. */
static const struct times_column {
	const char	*name;
	double		factor;
	enum times_merge merge;
} times_columns[] = {
	{ "ports_busy", 1, TIMES_LAST },
	{ "ports_free_any", 1, TIMES_LAST },
	{ "tuples_free", 1, TIMES_LAST },
	{ "connects_failed", 1, TIMES_SUM },
	{ "stall_max_us", 1e-3, TIMES_MOST },
	{ "hash_hold_frac", 100, TIMES_MEAN },
	{ "console_lag_max_ms", 1, TIMES_MOST },
	/* Results of older builds lack some of these. */
	{ "pcbs", 1, TIMES_LAST },
	{ "timewaits", 1, TIMES_LAST },
	{ "timewaits_over", 1, TIMES_LAST }
};

enum { TIMES_PCBS = 7, TIMES_WAITS, TIMES_OVER };

/* Rows of a variant in one picture of all; a row is some 150 bytes of SVG. */
#define	TIMES_ROWS	1180

unsigned
plotdata_every(const struct plotdata *pd, unsigned curves)
{
	double most, rows;

	rows = pd->interval_s > 0 ? pd->end_s / pd->interval_s : 1;
	most = fmax((double)TIMES_ROWS / (MAX(pd->nvariants, 1) *
	    MAX(curves, 1)), 24);
	return ((unsigned)fmax(ceil(rows / most - 1e-6), 1));
}

void
plotdata_merge(struct plotdata *pd, unsigned every)
{
	unsigned i, n;
	double failed;
	size_t row;

	pd->every = every;
	pd->failed_max = 0;
	for (i = 0; i < pd->nvariants; i++) {
		failed = 0;
		n = 0;
		PLOTDATA_ROWS(row, pd->timeline, pd->variants[i].name) {
			failed += csvtable_value(pd->timeline, row,
			    "connects_failed");
			pd->failed_max = fmax(pd->failed_max, failed);
			if (++n % every == 0)
				failed = 0;
		}
	}
}

static double
times_merged(enum times_merge how, double so_far, double v, unsigned every)
{

	switch (how) {
	case TIMES_LAST:
		return (v);
	case TIMES_SUM:
		return (so_far + v);
	case TIMES_MEAN:
		return (so_far + v / every);
	case TIMES_MOST:
		return (fmax(so_far, v));
	}
	return (NAN);
}

static void
times_add_row(const struct plotdata *pd, size_t row, const double *v,
    GString *s)
{
	double over, waits;
	size_t c;

	plotdata_add_first(s, pd->timeline, row, "time_s");
	for (c = 0; c < TIMES_PCBS; c++)
		plotdata_add(s, v[c]);
	waits = isnan(v[TIMES_WAITS]) ? 0 : v[TIMES_WAITS];
	over = isnan(v[TIMES_OVER]) ? 0 : v[TIMES_OVER];
	plotdata_add(s, fmax(v[TIMES_PCBS] - waits - over, 0));
	plotdata_add(s, waits);
	plotdata_add(s, over);
	g_string_append_c(s, '\n');
}

char *
plotdata_timeline(const struct plotdata *pd)
{
	double v[G_N_ELEMENTS(times_columns)] = { 0 };
	const struct times_column *c;
	unsigned i, k, n;
	GString *s;
	size_t row;

	s = g_string_new(NULL);
	for (i = 0; i < pd->nvariants; i++) {
		plotdata_block(s, pd->variants[i].name, "time_s ports_busy "
		    "ports_free_any tuples_free connects_failed stall_ms "
		    "hash_hold_percent console_lag_ms connected timewait "
		    "over");
		n = 0;
		PLOTDATA_ROWS(row, pd->timeline, pd->variants[i].name) {
			for (k = 0; k < G_N_ELEMENTS(v); k++) {
				c = &times_columns[k];
				v[k] = times_merged(c->merge, n == 0 ? 0 :
				    v[k], plotdata_number(pd->timeline, row,
				    c->name) * c->factor, pd->every);
			}
			if (++n < pd->every)
				continue;
			n = 0;
			times_add_row(pd, row, v, s);
		}
	}
	return (g_string_free(s, FALSE));
}

char *
plotdata_lags(const struct plotdata *pd)
{
	g_autofree double *most = NULL;
	unsigned every, i, n, o;
	GString *s;
	size_t row;

	s = g_string_new(NULL);
	every = plotdata_every(pd, pd->nobservers);
	most = g_new0(double, pd->nobservers + 1);
	for (i = 0; i < pd->nvariants; i++) {
		plotdata_block(s, pd->variants[i].name,
		    "time_s lag_ms of each observer");
		n = 0;
		PLOTDATA_ROWS(row, pd->timeline, pd->variants[i].name) {
			for (o = 0; o < pd->nobservers; o++)
				most[o] = fmax(n == 0 ? 0 : most[o],
				    plotdata_number(pd->timeline, row,
				    pd->observers[o].lag));
			if (++n < every)
				continue;
			n = 0;
			plotdata_add_first(s, pd->timeline, row, "time_s");
			for (o = 0; o < pd->nobservers; o++)
				plotdata_add(s, most[o]);
			g_string_append_c(s, '\n');
		}
	}
	return (g_string_free(s, FALSE));
}

/* ---- latency.dat ------------------------------------------------------- */

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
	PLOTDATA_ROWS(row, t, pd->variants[c->variant].name)
		if (strcmp(csvtable_text(t, row, what), c->what) == 0)
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
		PLOTDATA_ROWS(row, t, pd->variants[c->variant].name) {
			if (strcmp(csvtable_text(t, row, what), c->what) != 0)
				continue;
			plotdata_add_first(s, t, row, "value_us");
			plotdata_add(s, (all - before) / all);
			g_string_append_c(s, '\n');
			before = plotdata_number(t, row, "cumulative");
		}
	}
	return (g_string_free(s, FALSE));
}
