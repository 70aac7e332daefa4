/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which columns are drawn; see drawn.h.
 */

#include <math.h>
#include <string.h>

#include "study/sweep/drawn.h"

/*
 * What is drawn unless somebody asks for something else, and, of the observer
 * that is worst off, how late it was and for how long frozen.
 */
static const char *const default_metrics[] = { "eaddrnotavail",
    "hold_max_us", "stall_max_us" };

int
drawn_frozen(const struct sweep_table *t, unsigned i)
{
	const char *name;
	int c;

	for (c = 0; (name = csvtable_name(t->csv, c)) != NULL; c++)
		if (g_str_has_suffix(name, "_frozen_s") && i-- == 0)
			return (c);
	return (-1);
}

static double
column_sum(const struct sweep_table *t, int column)
{
	double sum, v;
	size_t row;

	for (row = 0, sum = 0; row < csvtable_rows(t->csv); row++)
		if (csvtable_number(t->csv, row, column, &v) && isfinite(v))
			sum += v;
	return (sum);
}

/* The column of what is called like another up to its end; -1: none is. */
static int
column_beside(const struct sweep_table *t, int column, const char *end,
    const char *other)
{
	g_autofree char *name = NULL;
	const char *is;

	is = csvtable_name(t->csv, column);
	name = g_strdup_printf("%.*s%s", (int)(strlen(is) - strlen(end)), is,
	    other);
	return (csvtable_find(t->csv, name));
}

/*
 * How late, and for how long frozen, whoever was frozen for longest was in all
 * runs together; of those that never were, who was latest.
 */
static void
drawn_worst(const struct sweep_table *t, GPtrArray *names)
{
	double frozen, late, most[2];
	int c, lag, worst;
	unsigned i;

	worst = -1;
	most[0] = most[1] = -1;
	for (i = 0; (c = drawn_frozen(t, i)) >= 0; i++) {
		lag = column_beside(t, c, "frozen_s", "max_ms");
		frozen = column_sum(t, c);
		late = lag < 0 ? 0 : column_sum(t, lag);
		if (frozen < most[0] || (frozen == most[0] &&
		    late <= most[1]))
			continue;
		worst = c;
		most[0] = frozen;
		most[1] = late;
	}
	lag = worst < 0 ? -1 : column_beside(t, worst, "frozen_s", "max_ms");
	if (worst < 0 || lag >= 0)
		g_ptr_array_add(names, g_strdup(worst < 0 ? "console_max_ms" :
		    csvtable_name(t->csv, lag)));
	g_ptr_array_add(names, g_strdup(worst < 0 ? "frozen_s" :
	    csvtable_name(t->csv, worst)));
}

GArray *
drawn_columns(const struct sweep_table *t, const char *const *metrics,
    GError **error)
{
	g_autoptr(GPtrArray) names = NULL;
	GArray *drawn;
	int column;
	guint i;

	names = g_ptr_array_new_with_free_func(g_free);
	for (; metrics != NULL && *metrics != NULL; metrics++)
		g_ptr_array_add(names, g_strdup(*metrics));
	if (names->len == 0) {
		for (i = 0; i < G_N_ELEMENTS(default_metrics); i++)
			g_ptr_array_add(names, g_strdup(default_metrics[i]));
		drawn_worst(t, names);
	}
	drawn = g_array_new(FALSE, FALSE, sizeof(int));
	for (i = 0; i < names->len; i++) {
		column = csvtable_need(t->csv, names->pdata[i], error);
		if (column < 0) {
			g_array_free(drawn, TRUE);
			return (NULL);
		}
		g_array_append_val(drawn, column);
	}
	return (drawn);
}

bool
drawn_has(const GArray *drawn, int column)
{
	guint i;

	for (i = 0; i < drawn->len; i++)
		if (g_array_index(drawn, int, i) == column)
			return (true);
	return (false);
}
