/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Remarks on a sweep; see remark.h.
 */

#include <math.h>

#include "models/machine/run.h"
#include "study/sweep/remark.h"
#include "study/sweep/words.h"
#include "study/text/number.h"

#define	REMARK_NAMES	3		/* variants that a title names */

/* Cells of a second parameter; one, if there is none. */
static guint
remark_rows(const struct sweep_table *t)
{

	return (t->naxes < 2 ? 1 : t->values[1]->len);
}

/* Of a variant: cells that freeze or are worse, of those there are. */
static guint
remark_frozen(const struct sweep_table *t, guint v, guint *all)
{
	guint bad, x, y;
	int verdict;

	*all = bad = 0;
	for (x = 0; x < t->values[0]->len; x++)
		for (y = 0; y < remark_rows(t); y++) {
			verdict = table_verdict(t, v, x, y);
			*all += verdict >= 0;
			bad += verdict >= VERDICT_FREEZES;
		}
	return (bad);
}

/* "current (freebsd-12.0) freezes, or worse, in 17 of 40 cells" */
static void
remark_count(const struct sweep_table *t, guint v, bool first, GString *s)
{
	guint all, bad;

	bad = remark_frozen(t, v, &all);
	words_variant(t, v, s);
	g_string_append_printf(s, first ? " freezes, or worse, in %u of %u "
	    "cells" : " in %u of %u", bad, all);
}

/* Each of a few variants; of many those that freeze, as a title has room. */
void
remark_verdicts(const struct sweep_table *t, GString *s)
{
	guint all, named, never, v;

	named = never = 0;
	for (v = 0; v < t->variants->len; v++) {
		if (t->variants->len > REMARK_NAMES && remark_frozen(t, v,
		    &all) == 0) {
			never++;
			continue;
		}
		if (named < REMARK_NAMES) {
			g_string_append(s, named > 0 ? ", " : "");
			remark_count(t, v, named == 0, s);
		}
		named++;
	}
	if (named > REMARK_NAMES)
		g_string_append_printf(s, ", %u more in some", named -
		    REMARK_NAMES);
	if (never == t->variants->len)
		g_string_append_printf(s, "none of %u variants freezes",
		    never);
	else if (never > 0)
		g_string_append_printf(s, "; %u of %u variants never", never,
		    t->variants->len);
}

static void
remark_place(const struct sweep_table *t, guint x, guint y, GString *s)
{

	words_axis_value(t, 0, x, s);
	if (t->naxes > 1) {
		g_string_append(s, ", ");
		words_axis_value(t, 1, y, s);
	}
}

/* Of a variant: the greatest mean, and its cell; -infinity: it has none. */
static double
remark_greatest(const struct sweep_table *t, int column, guint v, guint at[2])
{
	struct stat_sample sample;
	double most;
	guint x, y;

	most = -HUGE_VAL;
	for (x = 0; x < t->values[0]->len; x++)
		for (y = 0; y < remark_rows(t); y++)
			if (table_sample(t, column, v, x, y, &sample) &&
			    sample.mean > most) {
				most = sample.mean;
				at[0] = x;
				at[1] = y;
			}
	return (most);
}

/* The others of a few variants, or the one with the least of many. */
static void
remark_others(const struct sweep_table *t, int column, guint worst,
    GString *s)
{
	double least, most;
	guint at[2], best, v;

	least = HUGE_VAL;
	for (v = best = 0; v < t->variants->len; v++) {
		most = remark_greatest(t, column, v, at);
		if (v == worst || isinf(most))
			continue;
		if (most < least) {
			least = most;
			best = v;
		}
		if (t->variants->len > REMARK_NAMES)
			continue;
		g_string_append(s, "; ");
		words_value(t, column, most, s);
		g_string_append(s, " by ");
		words_variant(t, v, s);
	}
	if (t->variants->len > REMARK_NAMES && !isinf(least)) {
		g_string_append(s, "; least, ");
		words_value(t, column, least, s);
		g_string_append(s, ", by ");
		words_variant(t, best, s);
	}
}

void
remark_most(const struct sweep_table *t, int column, GString *s)
{
	guint at[2], here[2], v, worst;
	double most, own;

	most = -HUGE_VAL;
	at[0] = at[1] = worst = 0;
	for (v = 0; v < t->variants->len; v++) {
		own = remark_greatest(t, column, v, here);
		if (own > most) {
			most = own;
			worst = v;
			at[0] = here[0];
			at[1] = here[1];
		}
	}
	if (isinf(most)) {
		g_string_append(s, "no value");
		return;
	}
	if (most == 0) {
		g_string_append(s, "0 everywhere");
		return;
	}
	g_string_append(s, "at most ");
	words_value(t, column, most, s);
	g_string_append(s, ", by ");
	words_variant(t, worst, s);
	g_string_append(s, " at ");
	remark_place(t, at[0], at[1], s);
	remark_others(t, column, worst, s);
}

/* ---- not monotonic ----------------------------------------------------- */

/* From one cell to the next along an axis. */
struct remark_step {
	guint		variant, from[2], to[2];
	int		axis;
	int		better;		/* by so many verdicts */
};

/* Is this step for the better, by more than any before? */
static void
remark_try(const struct sweep_table *t, guint v, const guint from[2],
    int axis, struct remark_step *most, guint *n)
{
	struct remark_step step = { .variant = v, .axis = axis,
	    .from = { from[0], from[1] }, .to = { from[0], from[1] } };
	int after, before;

	if (++step.to[axis] == t->values[axis]->len)
		return;
	before = table_verdict(t, v, from[0], from[1]);
	after = table_verdict(t, v, step.to[0], step.to[1]);
	if (after < 0 || before <= after)
		return;
	++*n;
	step.better = before - after;
	if (step.better > most->better)
		*most = step;
}

static void
remark_verdict_at(const struct sweep_table *t, guint v, const guint at[2],
    GString *s)
{

	g_string_append(s, verdict_name((enum verdict)table_verdict(t, v,
	    at[0], at[1])));
}

/* What searches look at on both sides, if the table has it. */
static void
remark_why(const struct sweep_table *t, const struct remark_step *step,
    GString *s)
{
	struct stat_sample after, before;
	int column;

	column = csvtable_find(t->csv, "probes_mean");
	if (column < 0 || !table_sample(t, column, step->variant,
	    step->from[0], step->from[1], &before) || !table_sample(t, column,
	    step->variant, step->to[0], step->to[1], &after)) {
		g_string_append(s, " (probes_mean, which may tell why, is not "
		    "in the table)");
		return;
	}
	g_string_append(s, ": a search looks at ");
	number_add_amount(s, before.mean);
	g_string_append(s, " ports there, and at ");
	number_add_amount(s, after.mean);
	g_string_append(s, " here, in the mean");
}

void
remark_not_monotonic(const struct sweep_table *t, GString *s)
{
	struct remark_step most = { .better = 0 };
	guint at[2], n, v;
	int axis;

	n = 0;
	for (v = 0; v < t->variants->len; v++)
		for (at[0] = 0; at[0] < t->values[0]->len; at[0]++)
			for (at[1] = 0; at[1] < t->values[1]->len; at[1]++)
				for (axis = 0; axis < 2; axis++)
					remark_try(t, v, at, axis, &most, &n);
	if (n == 0)
		return;
	g_string_append_printf(s, "Better with more, in %u %s. Most, %s, ", n,
	    n == 1 ? "place" : "places",
	    (const char *)t->variants->pdata[most.variant]);
	remark_place(t, most.from[0], most.from[1], s);
	g_string_append_printf(s, " to %s: ", (const char *)
	    t->values[most.axis]->pdata[most.to[most.axis]]);
	remark_verdict_at(t, most.variant, most.from, s);
	g_string_append(s, ", then ");
	remark_verdict_at(t, most.variant, most.to, s);
	remark_why(t, &most, s);
}
