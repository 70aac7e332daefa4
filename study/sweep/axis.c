/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * An axis of a sweep; see axis.h.
 */

#include <math.h>
#include <string.h>

#include "study/scenario/value.h"
#include "study/sweep/axis.h"
#include "study/text/number.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

typedef unsigned __int128 u128;

static void
point_free(void *arg)
{
	struct sweep_point *pt;

	pt = arg;
	g_free(pt->text);
	g_free(pt->label);
	g_free(pt->field);
	g_free(pt);
}

/* ---- one value --------------------------------------------------------- */

/*
 * A value in units of its finest one.
 *
 * size		[out] of the finest in the unit of the CSV: 10^-12 s, ...
 *
 * Returns:	false if it is not one number.
 */
static bool
point_number(const struct value *v, uint64_t *number, simtime *size)
{

	*number = v->number;
	*size = 1;
	if (v->is_word)
		return (false);
	switch (v->param->type) {
	case PARAM_COUNT:
	case PARAM_BOOL:
		return (true);
	case PARAM_DURATION:
		*size = SIM_S;
		return (true);
	case PARAM_RATE:
	case PARAM_FACTOR:
		*size = 1000000;
		return (true);
	case PARAM_PROFILE:
		*size = 1000000;
		if (v->n == 1)
			*number = ((const struct rate_step *)v->list)->rate;
		return (v->n == 1);
	default:
		return (false);
	}
}

static struct sweep_point *
point_new(const struct value *v)
{
	g_autoptr(GString) field = NULL;
	struct sweep_point *pt;
	uint64_t number;
	simtime size;

	pt = g_new0(struct sweep_point, 1);
	pt->text = g_strdup(v->text);
	pt->number = NAN;
	if (point_number(v, &number, &size) && number <= INT64_MAX) {
		field = g_string_new(NULL);
		number_add_ps(field, (simtime)number, size);
		pt->field = g_strdup(field->str);
		pt->number = (double)number / (double)size;
	} else if (v->param->type == PARAM_ADDRS && !v->is_word) {
		pt->number = v->n;
	} else if (v->param->type == PARAM_PORTS) {
		pt->number = v->n == 1 ? *(const uint16_t *)v->list : v->n;
	}
	return (pt);
}

static bool
axis_add(struct sweep_axis *ax, const char *text, const char *dir,
    GError **error)
{
	g_autoptr(GError) cause = NULL;
	struct value *v;

	if (ax->points->len == SWEEP_AXIS_MAXVALUES) {
		problem_set(error, "has more than %d values",
		    SWEEP_AXIS_MAXVALUES);
		return (false);
	}
	v = value_new(ax->param, text, dir, &cause);
	if (v == NULL) {
		g_autofree char *quoted = problem_quote(text);

		problem_set(error, "%s: %s%s", quoted, cause->message,
		    strchr(text, ',') != NULL && strchr(text, '(') == NULL ?
		    "; values are separated with ;" : "");
		problem_because(error, cause);
		return (false);
	}
	g_ptr_array_add(ax->points, point_new(v));
	value_free(v);
	return (true);
}

/* ---- ranges ------------------------------------------------------------ */

static bool
axis_has_ranges(const struct sweep_axis *ax)
{

	switch (ax->param->type) {
	case PARAM_COUNT:
	case PARAM_DURATION:
	case PARAM_RATE:
	case PARAM_PROFILE:
	case PARAM_FACTOR:
		return (true);
	default:
		return (false);
	}
}

/* A quantity of the axis's kind, whatever the parameter's range. */
static bool
range_parse(const struct sweep_axis *ax, const char *text, uint64_t *number,
    GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *quoted = NULL;
	simtime ps;
	bool ok;

	ps = 0;
	switch (ax->param->type) {
	case PARAM_DURATION:
		ok = unit_duration(text, &ps, &cause);
		*number = (uint64_t)ps;
		break;
	case PARAM_RATE:
	case PARAM_PROFILE:
		ok = unit_rate(text, number, &cause);
		break;
	case PARAM_FACTOR:
		ok = unit_factor(text, number, &cause);
		break;
	default:
		ok = unit_count(text, number, &cause);
		break;
	}
	if (ok)
		return (true);
	quoted = problem_quote(text);
	problem_set(error, "%s: %s", quoted, cause->message);
	return (false);
}

static void
range_print(const struct sweep_axis *ax, uint64_t number, GString *out)
{

	g_string_truncate(out, 0);
	switch (ax->param->type) {
	case PARAM_DURATION:
		unit_add_duration(out, (simtime)number);
		break;
	case PARAM_RATE:
	case PARAM_PROFILE:
		unit_add_rate(out, number);
		break;
	case PARAM_FACTOR:
		unit_add_factor(out, number);
		break;
	default:
		unit_add_count(out, number);
		break;
	}
}

struct range {
	uint64_t	first, last;
	uint64_t	step;		/* 0: `factor' */
	uint64_t	factor;		/* millionths */
};

/* "A..B step C" or "A..B *F"; `dots' is where the .. are. */
static bool
range_new(const struct sweep_axis *ax, const char *text, const char *dots,
    struct range *r, GError **error)
{
	g_autofree char *first = NULL, *last = NULL;
	const char *rest;

	*r = (struct range){ .step = 0 };
	rest = strstr(dots, " step ");
	if (rest == NULL)
		rest = strchr(dots, '*');
	if (rest == NULL) {
		problem_set(error, "%s: how far apart? allowed: A..B step C, "
		    "A..B *F", text);
		return (false);
	}
	first = g_strstrip(g_strndup(text, (gsize)(dots - text)));
	last = g_strstrip(g_strndup(dots + 2, (gsize)(rest - dots - 2)));
	if (!range_parse(ax, first, &r->first, error) ||
	    !range_parse(ax, last, &r->last, error))
		return (false);
	if (*rest == '*') {
		g_autofree char *factor = g_strstrip(g_strdup(rest + 1));

		if (!unit_factor(factor, &r->factor, error))
			return (false);
	} else {
		g_autofree char *step = g_strstrip(g_strdup(rest + 6));

		if (!range_parse(ax, step, &r->step, error))
			return (false);
	}
	if (r->first > r->last) {
		problem_set(error, "%s: the first is above the last", text);
		return (false);
	}
	/* A step of nothing, and a factor that leads nowhere. */
	if ((*rest == '*' && (r->factor <= 1000000 || r->first == 0)) ||
	    (*rest != '*' && r->step == 0)) {
		problem_set(error, "%s: never gets to the last; allowed: a "
		    "step above 0, or a factor above 1 from above 0", text);
		return (false);
	}
	return (true);
}

/* What comes behind `now', rounded to the finest unit; at least one more. */
static u128
range_next(const struct range *r, uint64_t now)
{
	u128 next;

	if (r->factor == 0)
		return ((u128)now + r->step);
	next = ((u128)now * r->factor + 500000) / 1000000;
	return (MAX(next, (u128)now + 1));
}

static bool
axis_add_range(struct sweep_axis *ax, const char *text, const char *dots,
    const char *dir, GError **error)
{
	g_autoptr(GString) value = g_string_new(NULL);
	struct range r;
	u128 now;

	if (!range_new(ax, text, dots, &r, error))
		return (false);
	for (now = r.first; now <= r.last; now = range_next(&r,
	    (uint64_t)now)) {
		range_print(ax, (uint64_t)now, value);
		if (!axis_add(ax, value->str, dir, error))
			return (false);
	}
	return (true);
}

/* ---- the axis ---------------------------------------------------------- */

static bool
axis_parse(struct sweep_axis *ax, const char *text, const char *dir,
    GError **error)
{
	g_auto(GStrv) items = NULL;
	const char *dots;
	unsigned i;

	items = g_strsplit(text, strchr(text, '|') != NULL ? "|" : ";", -1);
	for (i = 0; items[i] != NULL; i++) {
		g_strstrip(items[i]);
		/* A list may end in its separator. */
		if (*items[i] == '\0' && i > 0 && items[i + 1] == NULL)
			break;
		dots = axis_has_ranges(ax) ? strstr(items[i], "..") : NULL;
		if (!(dots == NULL ? axis_add(ax, items[i], dir, error) :
		    axis_add_range(ax, items[i], dots, dir, error)))
			return (false);
	}
	if (ax->points->len == 0)
		problem_set(error, "is empty; allowed: values, with ; between "
		    "them");
	return (ax->points->len > 0);
}

/* Numbers and texts do not mix in a column; only numbers have a unit. */
static char *
axis_column(struct sweep_axis *ax)
{
	const char *suffix;
	guint i;

	for (i = 0; i < ax->points->len; i++)
		if (sweep_axis_point(ax, i)->field == NULL)
			return (g_strdup(ax->path));
	ax->numeric = true;
	switch (ax->param->type) {
	case PARAM_DURATION:
		suffix = "_s";
		break;
	case PARAM_RATE:
	case PARAM_PROFILE:
		suffix = "_per_s";
		break;
	default:
		suffix = "";
		break;
	}
	return (g_strconcat(ax->path, suffix, NULL));
}

struct sweep_axis *
sweep_axis_new(const char *path, const struct param *param, const char *text,
    const char *dir, GError **error)
{
	struct sweep_axis *ax;

	ax = g_new0(struct sweep_axis, 1);
	ax->path = g_strdup(path);
	ax->param = param;
	ax->points = g_ptr_array_new_with_free_func(point_free);
	if (!axis_parse(ax, text, dir, error)) {
		sweep_axis_free(ax);
		return (NULL);
	}
	ax->column = axis_column(ax);
	return (ax);
}

void
sweep_axis_free(struct sweep_axis *ax)
{

	g_ptr_array_unref(ax->points);
	g_free(ax->column);
	g_free(ax->where);
	g_free(ax->path);
	g_free(ax);
}

bool
sweep_axis_label(struct sweep_axis *ax, const char *text, GError **error)
{
	g_auto(GStrv) names = g_strsplit(text, ";", -1);
	struct sweep_point *pt;
	unsigned i, k, n;

	n = g_strv_length(names);
	if (n > 1 && *g_strstrip(names[n - 1]) == '\0')
		n--;
	if (n != ax->points->len) {
		problem_set(error, "%u names, but %s has %u values", n,
		    ax->path, ax->points->len);
		return (false);
	}
	for (i = 0; i < n; i++) {
		g_strstrip(names[i]);
		for (k = 0; k < i; k++)
			if (strcmp(names[k], names[i]) == 0)
				break;
		if (k < i || *names[i] == '\0') {
			problem_set(error, "'%s' %s", names[i], k < i ?
			    "stands there twice" : "is no name");
			return (false);
		}
		pt = ax->points->pdata[i];
		g_free(pt->label);
		pt->label = g_strdup(names[i]);
	}
	/* A name has no unit. */
	g_free(ax->column);
	ax->column = g_strdup(ax->path);
	return (true);
}

const struct sweep_point *
sweep_axis_point(const struct sweep_axis *ax, unsigned idx)
{

	return (ax->points->pdata[idx]);
}

const char *
sweep_point_name(const struct sweep_point *pt)
{

	return (pt->label != NULL ? pt->label : pt->text);
}

bool
sweep_axis_has_numbers(const struct sweep_axis *ax)
{
	guint i;

	for (i = 0; i < ax->points->len; i++)
		if (isnan(sweep_axis_point(ax, i)->number))
			return (false);
	return (true);
}

void
sweep_axis_write_column(const struct sweep_axis *ax, struct csvout *c)
{

	csvout_text(c, ax->column);
}

void
sweep_axis_write(const struct sweep_axis *ax, unsigned idx, struct csvout *c)
{
	const struct sweep_point *pt;

	pt = sweep_axis_point(ax, idx);
	if (pt->label != NULL)
		csvout_text(c, pt->label);
	else
		csvout_text(c, ax->numeric ? pt->field : pt->text);
}
