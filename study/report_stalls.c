/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The longest stalls of a result; see report_stalls.h.
 */

#include <string.h>

#include "sim/time.h"
#include "study/markup.h"
#include "study/number.h"
#include "study/report_stalls.h"

static double
report_stalls_length(const struct csvtable *t, size_t row)
{
	double v;

	return (csvtable_number(t, row, csvtable_find(t, "length_us"), &v) ?
	    v : 0);
}

/* The longest first; the earlier row of equals. */
static int
report_stalls_compare(const void *a, const void *b, void *table)
{
	size_t x, y;
	double lx, ly;

	x = *(const size_t *)a;
	y = *(const size_t *)b;
	lx = report_stalls_length(table, x);
	ly = report_stalls_length(table, y);
	if (lx != ly)
		return (lx > ly ? -1 : 1);
	return (x < y ? -1 : x > y);
}

GArray *
report_stalls(const struct dossier *d, unsigned variant, unsigned *all)
{
	struct csvtable *t;
	GArray *rows;
	size_t row;

	t = d->pd->stalls;
	rows = g_array_new(FALSE, FALSE, sizeof(size_t));
	for (row = 0; row < csvtable_rows(t); row++)
		if (strcmp(csvtable_text(t, row, 0),
		    d->pd->variants[variant].name) == 0)
			g_array_append_val(rows, row);
	*all = rows->len;
	g_array_sort_with_data(rows, report_stalls_compare, t);
	if (rows->len > REPORT_STALLS)
		g_array_set_size(rows, REPORT_STALLS);
	return (rows);
}

/* ---- the table --------------------------------------------------------- */

static void
report_stalls_number(GString *out, const struct csvtable *t, size_t row,
    const char *column, simtime unit)
{
	double v;

	g_string_append(out, "<td class=\"n\">");
	if (csvtable_number(t, row, csvtable_find(t, column), &v)) {
		if (unit > 0)
			number_add_duration(out, (simtime)(v * (double)unit +
			    0.5));
		else
			number_add_count(out, (uint64_t)v);
	}
	g_string_append(out, "</td>");
}

static void
report_stalls_row(const struct dossier *d, unsigned v, size_t row,
    GString *out)
{
	static const char *const texts[] = { "lock", "holder", "doing" };
	const struct csvtable *t;
	size_t i;

	t = d->pd->stalls;
	g_string_append(out, "<tr data-variant=\"");
	markup_text(out, d->pd->variants[v].name);
	g_string_append(out, "\">");
	markup_element(out, "th", "scope=\"row\"", d->pd->variants[v].name);
	report_stalls_number(out, t, row, "length_us", SIM_US);
	report_stalls_number(out, t, row, "start_s", SIM_S);
	for (i = 0; i < G_N_ELEMENTS(texts); i++)
		markup_element(out, "td", "", csvtable_text(t, row,
		    csvtable_find(t, texts[i])));
	report_stalls_number(out, t, row, "iterations", 0);
	report_stalls_number(out, t, row, "visits", 0);
	report_stalls_number(out, t, row, "waiters", 0);
	g_string_append(out, "</tr>\n");
}

void
report_stalls_html(const struct dossier *d, GString *out)
{
	static const char *const titles[] = { "Variant", "Length", "Start",
	    "Lock", "Held by", "Doing", "Iterations", "Visits", "Waiting" };
	unsigned all, i, v;
	bool right;

	g_string_append(out, "<h2>Longest stalls</h2>\n<p class=\"dim\">Which "
	    "lock others waited for, who held it, and what it did "
	    "meanwhile. All are in stalls.csv.</p>\n<div class=\"scroll\" "
	    "tabindex=\"0\" role=\"region\" aria-label=\"Longest stalls\">"
	    "<table>\n<thead><tr>");
	for (i = 0; i < G_N_ELEMENTS(titles); i++) {
		right = i == 1 || i == 2 || i > 5;
		markup_element(out, "th", right ? "scope=\"col\" class=\"n\"" :
		    "scope=\"col\"", titles[i]);
	}
	g_string_append(out, "</tr></thead>\n<tbody>\n");
	for (v = 0; v < d->pd->nvariants; v++) {
		g_autoptr(GArray) rows = NULL;

		rows = report_stalls(d, v, &all);
		for (i = 0; i < rows->len; i++)
			report_stalls_row(d, v, g_array_index(rows, size_t, i),
			    out);
		if (all > 0)
			continue;
		g_string_append(out, "<tr data-variant=\"");
		markup_text(out, d->pd->variants[v].name);
		g_string_append(out, "\">");
		markup_element(out, "th", "scope=\"row\"",
		    d->pd->variants[v].name);
		g_string_append(out, "<td colspan=\"8\">no stall above the "
		    "threshold</td></tr>\n");
	}
	g_string_append(out, "</tbody>\n</table></div>\n");
}
