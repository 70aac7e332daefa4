/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The longest stalls of a result; see stalls.h.
 */

#include <string.h>

#include "sim/time.h"
#include "study/report/lead.h"
#include "study/report/stalls.h"
#include "study/report/why.h"
#include "study/text/markup.h"
#include "study/text/number.h"

struct report_stall {
	size_t		row;
	double		length;
};

/* The longest first; the earlier row of equals. */
static int
report_stalls_compare(const void *a, const void *b)
{
	const struct report_stall *x, *y;

	x = a;
	y = b;
	if (x->length != y->length)
		return (x->length > y->length ? -1 : 1);
	return (x->row < y->row ? -1 : x->row > y->row);
}

GArray *
report_stalls(const struct dossier *d, unsigned variant, unsigned *all)
{
	g_autoptr(GArray) stalls = NULL;
	struct report_stall s;
	struct csvtable *t;
	GArray *rows;
	unsigned i;

	t = d->pd->stalls;
	stalls = g_array_new(FALSE, FALSE, sizeof(s));
	for (s.row = 0; s.row < csvtable_rows(t); s.row++) {
		if (strcmp(csvtable_field(t, s.row, "variant"),
		    d->pd->variants[variant].name) != 0 || why_is_row(t, s.row))
			continue;
		s.length = csvtable_value(t, s.row, "length_us");
		g_array_append_val(stalls, s);
	}
	*all = stalls->len;
	g_array_sort(stalls, report_stalls_compare);
	rows = g_array_new(FALSE, FALSE, sizeof(s.row));
	for (i = 0; i < stalls->len && i < REPORT_STALLS; i++)
		g_array_append_val(rows, g_array_index(stalls,
		    struct report_stall, i).row);
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
			number_add_time(out, v, unit);
		else
			number_add_amount(out, v);
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
	markup_of_variant(out, "tr", d->pd->variants[v].name);
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

	g_string_append(out, "<h2>Longest stalls</h2>\n<p class=\"dim\">Which "
	    "lock others waited for, who held it, and what it did "
	    "meanwhile. All are in stalls.csv.</p>\n");
	markup_table_open(out, "Longest stalls", titles, "lrrlllrrr");
	for (v = 0; v < d->pd->nvariants; v++) {
		g_autoptr(GArray) rows = NULL;

		rows = report_stalls(d, v, &all);
		for (i = 0; i < rows->len; i++)
			report_stalls_row(d, v, g_array_index(rows, size_t, i),
			    out);
		if (all > 0)
			continue;
		markup_of_variant(out, "tr", d->pd->variants[v].name);
		markup_element(out, "th", "scope=\"row\"",
		    d->pd->variants[v].name);
		g_string_append_printf(out, "<td colspan=\"8\">%s</td></tr>\n",
		    dossier_ran(d, v) ? "no stall above the threshold" :
		    VERDICT_NOT_RUN);
	}
	markup_table_close(out);
}
