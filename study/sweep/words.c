/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Names for people; see words.h.
 */

#include <string.h>

#include "study/plot/finding.h"
#include "study/sweep/words.h"
#include "study/text/number.h"

/* ---- parameters -------------------------------------------------------- */

/* The units that a column of a parameter may end in (axis.c). */
static const struct {
	const char	*suffix, *unit;
} words_units[] = {
	{ "_per_s", "per s" }, { "_s", "s" }
};

/* The path without its unit, and the unit or "". */
static char *
words_path(const struct sweep_table *t, int axis, const char **unit)
{
	const char *name;
	size_t i;

	name = csvtable_name(t->csv, axis);
	*unit = "";
	for (i = 0; i < G_N_ELEMENTS(words_units); i++) {
		if (!g_str_has_suffix(name, words_units[i].suffix))
			continue;
		*unit = words_units[i].unit;
		return (g_strndup(name, strlen(name) -
		    strlen(words_units[i].suffix)));
	}
	return (g_strdup(name));
}

/* "workload:nginx.rate" is the rate of nginx; other paths are short. */
static void
words_add_path(const char *path, GString *s)
{
	const char *dot, *owner;

	owner = strchr(path, ':');
	dot = owner == NULL ? NULL : strchr(owner, '.');
	if (dot == NULL)
		g_string_append(s, path);
	else
		g_string_append_printf(s, "%s of %.*s", dot + 1,
		    (int)(dot - owner - 1), owner + 1);
}

static void
words_add_axis(const struct sweep_table *t, int axis, bool units, GString *s)
{
	g_autofree char *path = NULL;
	const char *unit;

	path = words_path(t, axis, &unit);
	words_add_path(path, s);
	if (units && *unit != '\0')
		g_string_append_printf(s, " (%s)", unit);
}

void
words_axis(const struct sweep_table *t, int axis, GString *s)
{

	words_add_axis(t, axis, false, s);
}

void
words_axis_unit(const struct sweep_table *t, int axis, GString *s)
{

	words_add_axis(t, axis, true, s);
}

void
words_axis_value(const struct sweep_table *t, int axis, guint value,
    GString *s)
{
	g_autofree char *path = NULL;
	const char *unit;

	path = words_path(t, axis, &unit);
	words_add_path(path, s);
	g_string_append_printf(s, " = %s%s%s",
	    (const char *)t->values[axis]->pdata[value], *unit == '\0' ? "" :
	    " ", unit);
}

/* ---- metrics ----------------------------------------------------------- */

const struct metric *
words_metric(const struct sweep_table *t, int column)
{

	return (metric_of_column(csvtable_name(t->csv, column)));
}

void
words_value(const struct sweep_table *t, int column, double v, GString *s)
{
	const struct metric *m;

	m = words_metric(t, column);
	if (m != NULL && m->kind == METRIC_TIME) {
		number_add_time(s, v, m->unit_ps);
		return;
	}
	number_add_short(s, v);
	if (v != 0 && m != NULL && *m->unit != '\0')
		g_string_append_printf(s, " %s", m->unit);
}

void
words_column(const struct sweep_table *t, int column, GString *s)
{
	const struct metric *m;
	const char *name;

	name = csvtable_name(t->csv, column);
	m = words_metric(t, column);
	if (m == NULL) {
		g_string_append(s, name);
		return;
	}
	/* A workload's or an observer's begins with whose it is. */
	if (strlen(name) > strlen(m->name))
		g_string_append_printf(s, "%.*s: ", (int)(strlen(name) -
		    strlen(m->name) - 1), name);
	g_string_append(s, m->doc);
	if (*m->unit != '\0')
		g_string_append_printf(s, ", %s", m->unit);
	if (m->better != METRIC_NEUTRAL)
		g_string_append(s, m->better == METRIC_LOWER ?
		    "; less is better" : "; more is better");
}

/* ---- variants ---------------------------------------------------------- */

void
words_variant(const struct sweep_table *t, guint variant, GString *s)
{
	const char *name, *stack;
	size_t row;
	int column;

	name = t->variants->pdata[variant];
	column = csvtable_find(t->csv, "stack");
	if (column < 0) {
		g_string_append(s, name);
		return;
	}
	for (row = 0; row < csvtable_rows(t->csv); row++)
		if (strcmp(csvtable_text(t->csv, row, t->variant), name) == 0)
			break;
	/* The parameter that is swept may be the stack. */
	stack = csvtable_text(t->csv, row, column);
	for (; row < csvtable_rows(t->csv); row++)
		if (strcmp(csvtable_text(t->csv, row, t->variant), name) ==
		    0 && strcmp(csvtable_text(t->csv, row, column), stack) !=
		    0)
			stack = name;
	finding_name(name, stack, s);
}
