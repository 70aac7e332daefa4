/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Data of the two pictures that are maps; see data.h.
 */

#include <math.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/plot/data.h"
#include "study/text/number.h"

/* ---- connects.dat ------------------------------------------------------ */

/* Rows of connects.dat: of a variant at most, of all about. */
#define	CONNECTS_ROWS	120
#define	CONNECTS_ALL	400

/* What is done most lies at the foot. */
static const enum connect_cause connects_order[NCAUSES] = { CAUSE_WORK,
    CAUSE_SEARCH, CAUSE_LOCK, CAUSE_CPU, CAUSE_THREAD };

unsigned
plotdata_cause(unsigned place)
{

	return (connects_order[place]);
}

double
plotdata_connects_step(const struct plotdata *pd)
{
	double n;

	if (!(pd->interval_s > 0))
		return (1);
	n = ceil(pd->end_s / pd->interval_s / fmin(CONNECTS_ROWS,
	    CONNECTS_ALL / fmax(pd->nvariants, 1)));
	return (fmax(n, 1) * pd->interval_s);
}

/* Connects of one row of connects.dat: as many of this latency. */
struct connects_some {
	double		latency, count;
};

struct connects_row {
	GArray		*some;		/* of struct connects_some */
	double		of[NCAUSES];
	double		all;
};

static gint
connects_compare(gconstpointer a, gconstpointer b)
{
	const struct connects_some *x, *y;

	x = a;
	y = b;
	return (x->latency < y->latency ? -1 : x->latency > y->latency);
}

/* The latency that this share does not exceed. */
static double
connects_quantile(const struct connects_row *r, double share)
{
	const struct connects_some *some;
	double seen;
	unsigned i;

	seen = 0;
	for (i = 0; i < r->some->len; i++) {
		some = &g_array_index(r->some, struct connects_some, i);
		seen += some->count;
		if (seen >= share * r->all)
			return (some->latency);
	}
	return (NAN);
}

static void
connects_end_row(struct connects_row *r, double time, GString *s)
{
	double below;
	unsigned i;

	number_add_double(s, time);
	g_array_sort(r->some, connects_compare);
	plotdata_add(s, connects_quantile(r, 0.5));
	plotdata_add(s, connects_quantile(r, 0.99));
	plotdata_add(s, connects_quantile(r, 1));
	for (i = 0, below = 0; i < NCAUSES; i++) {
		below += r->of[connects_order[i]];
		plotdata_add(s, r->all > 0 ? 100 * below / r->all : NAN);
	}
	g_string_append_c(s, '\n');
	g_array_set_size(r->some, 0);
	memset(r->of, 0, sizeof(r->of));
	r->all = 0;
}

static void
connects_add(struct connects_row *r, const struct csvtable *t, size_t row)
{
	struct connects_some some;
	const char *cause;
	unsigned i;

	cause = csvtable_field(t, row, "cause");
	some.latency = plotdata_number(t, row, "latency_us");
	some.count = csvtable_value(t, row, "count");
	if (isnan(some.latency) || !(some.count > 0))
		return;
	for (i = 0; i < NCAUSES; i++)
		if (strcmp(cause, connect_cause_name(i)) == 0)
			r->of[i] += some.count;
	g_array_append_val(r->some, some);
	r->all += some.count;
}

static void
connects_block(const struct plotdata *pd, const char *variant, GString *s)
{
	struct connects_row r = { .all = 0 };
	double end, step, time;
	size_t row;

	plotdata_block(s, variant, "time_s median_us p99_us longest_us "
	    "percent of each cause, on one another");
	r.some = g_array_new(FALSE, FALSE, sizeof(struct connects_some));
	step = plotdata_connects_step(pd);
	end = step;
	PLOTDATA_ROWS(row, pd->connects, variant) {
		time = plotdata_number(pd->connects, row, "time_s");
		for (; time > end * (1 + 1e-9) && end < pd->end_s; end += step)
			connects_end_row(&r, end, s);
		connects_add(&r, pd->connects, row);
	}
	connects_end_row(&r, end, s);
	g_array_unref(r.some);
}

char *
plotdata_connects(const struct plotdata *pd)
{
	GString *s;
	unsigned i;

	s = g_string_new(NULL);
	for (i = 0; i < pd->nvariants; i++)
		connects_block(pd, pd->variants[i].name, s);
	return (g_string_free(s, FALSE));
}

/* ---- fullest.dat ------------------------------------------------------- */

static void
fullest_add(GString *s, const char *time, double share, double ports)
{

	g_string_append(s, time);
	plotdata_add(s, round((1 - share) * ports));
	g_string_append_c(s, '\n');
}

static void
fullest_block(const struct plotdata *pd, const struct plotdata_variant *v,
    GString *s)
{
	const struct csvtable *t;
	const char *last, *time;
	double most;
	size_t row;

	plotdata_block(s, v->name, "time_s ports_free");
	t = pd->addresses;
	last = NULL;
	most = 0;
	if (t == NULL) {
		g_string_append(s, "NaN NaN\n");
		return;
	}
	PLOTDATA_ROWS(row, t, v->name) {
		time = csvtable_field(t, row, "time_s");
		if (last != NULL && strcmp(time, last) != 0) {
			fullest_add(s, last, most, v->ports);
			most = 0;
		}
		last = time;
		most = fmax(most, plotdata_address_share(pd, v, row));
	}
	/* A block of comments only would not count as one. */
	if (last == NULL)
		g_string_append(s, "NaN NaN\n");
	else
		fullest_add(s, last, most, v->ports);
}

char *
plotdata_fullest(const struct plotdata *pd)
{
	GString *s;
	unsigned i;

	s = g_string_new(NULL);
	for (i = 0; i < pd->nvariants; i++)
		fullest_block(pd, &pd->variants[i], s);
	return (g_string_free(s, FALSE));
}

/* ---- addresses.dat ----------------------------------------------------- */

/* Each row twice: an image of one row is none to gnuplot. */
static void
addresses_add(GString *s, unsigned column, unsigned row, double share)
{
	unsigned i;

	for (i = 0; i < 2; i++) {
		g_string_append_printf(s, "%u %u", column, 2 * row + i);
		plotdata_add(s, round(share * 1e4) / 1e2);
		g_string_append_c(s, '\n');
	}
}

static void
addresses_block(const struct plotdata *pd, const struct plotdata_variant *v,
    GString *s)
{
	const struct csvtable *t;
	const char *last, *time;
	unsigned column, line;
	size_t row;

	plotdata_block(s, v->name, "column row percent");
	t = pd->addresses;
	last = NULL;
	column = line = 0;
	PLOTDATA_ROWS(row, t, v->name) {
		time = csvtable_text(t, row, csvtable_find(t, "time_s"));
		if (last != NULL && strcmp(time, last) != 0) {
			column++;
			line = 0;
		}
		last = time;
		addresses_add(s, column, line++, plotdata_address_share(pd, v,
		    row));
	}
}

/* What timeline.csv says of the times that addresses.csv has. */
static void
addresses_any_block(const struct plotdata *pd,
    const struct plotdata_variant *v, GString *s)
{
	g_autoptr(GHashTable) times = NULL;
	const struct csvtable *t;
	unsigned column;
	size_t row;

	plotdata_block(s, v->name, "column row percent, of any address");
	t = pd->addresses;
	times = g_hash_table_new(g_str_hash, g_str_equal);
	PLOTDATA_ROWS(row, t, v->name)
		g_hash_table_add(times, (char *)csvtable_text(t, row,
		    csvtable_find(t, "time_s")));
	t = pd->timeline;
	column = 0;
	PLOTDATA_ROWS(row, t, v->name) {
		if (!g_hash_table_contains(times, csvtable_text(t, row,
		    csvtable_find(t, "time_s"))))
			continue;
		addresses_add(s, column++, 0, plotdata_number(t, row,
		    "ports_busy") / v->ports);
	}
}

char *
plotdata_addresses(const struct plotdata *pd)
{
	GString *s;
	unsigned i;

	s = g_string_new(NULL);
	for (i = 0; i < pd->nvariants; i++)
		addresses_block(pd, &pd->variants[i], s);
	for (i = 0; i < pd->nvariants; i++)
		addresses_any_block(pd, &pd->variants[i], s);
	return (g_string_free(s, FALSE));
}
