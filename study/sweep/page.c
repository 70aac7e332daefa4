/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The page of a sweep; see page.h.
 */

#include <math.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/plot/panel.h"
#include "study/report/svgchart.h"
#include "study/report/webpage.h"
#include "study/sweep/page.h"
#include "study/sweep/remark.h"
#include "study/sweep/words.h"
#include "study/text/markup.h"
#include "study/text/number.h"

static const char *
page_variant(const struct sweep_table *t, guint v)
{

	return (t->variants->pdata[v]);
}

/* Values of a second parameter; one, if there is none. */
static guint
page_rows(const struct sweep_table *t)
{

	return (t->naxes < 2 ? 1 : t->values[1]->len);
}

/* ---- tables ------------------------------------------------------------ */

/* Variants (by the second parameter) down, the first parameter across. */
static void
page_table_open(const struct sweep_table *t, const char *label, GString *out)
{
	g_autoptr(GPtrArray) titles = NULL;
	g_autoptr(GString) align = NULL, down = NULL;
	guint x;

	titles = g_ptr_array_new();
	align = g_string_new("l");
	g_ptr_array_add(titles, (gpointer)(uintptr_t)"Variant");
	if (t->naxes > 1) {
		down = g_string_new(NULL);
		words_axis_unit(t, 1, down);
		g_ptr_array_add(titles, down->str);
		g_string_append_c(align, 'r');
	}
	for (x = 0; x < t->values[0]->len; x++) {
		g_ptr_array_add(titles, t->values[0]->pdata[x]);
		g_string_append_c(align, 'r');
	}
	markup_table_open(out, label, (const char *const *)titles->pdata,
	    align->str);
}

static void
page_row_open(const struct sweep_table *t, guint v, guint y, GString *out)
{

	markup_of_variant(out, "tr", page_variant(t, v));
	markup_element(out, "th", "scope=\"row\"", page_variant(t, v));
	if (t->naxes > 1)
		markup_element(out, "td", "class=\"n\"",
		    t->values[1]->pdata[y]);
}

/* Who was frozen in some replication: "screen, ssh". */
static void
page_frozen(const struct sweep_table *t, guint v, guint x, guint y,
    GString *s)
{
	struct stat_sample sample;
	const char *name;
	int c, n;

	for (c = n = 0; (name = csvtable_name(t->csv, c)) != NULL; c++) {
		if (!g_str_has_suffix(name, "_frozen_s") ||
		    !table_sample(t, c, v, x, y, &sample) ||
		    !(sample.mean > 0))
			continue;
		g_string_append_printf(s, "%s%.*s", n++ > 0 ? ", " : ": ",
		    (int)(strlen(name) - strlen("_frozen_s")), name);
	}
}

static void
page_verdicts(const struct sweep_table *t, GString *out)
{
	g_autoptr(GString) across = g_string_new(NULL);
	guint v, x, y;
	int verdict;

	words_axis_unit(t, 0, across);
	g_string_append(out, "<h2>Verdicts, and who froze</h2>\n"
	    "<p class=\"dim\">The worst of all replications. Across: ");
	markup_text(out, across->str);
	g_string_append(out, ".</p>\n");
	page_table_open(t, "Verdicts", out);
	for (v = 0; v < t->variants->len; v++)
		for (y = 0; y < page_rows(t); y++) {
			page_row_open(t, v, y, out);
			for (x = 0; x < t->values[0]->len; x++) {
				g_autoptr(GString) s = g_string_new(NULL);

				verdict = table_verdict(t, v, x, y);
				if (verdict >= 0)
					g_string_append(s, verdict_name(
					    (enum verdict)verdict));
				page_frozen(t, v, x, y, s);
				markup_element(out, "td", verdict ==
				    VERDICT_OK ? "class=\"n good\"" :
				    "class=\"n bad\"", s->str);
			}
			g_string_append(out, "</tr>\n");
		}
	markup_table_close(out);
}

static void
page_cell(const struct sweep_table *t, int column, guint v, guint x, guint y,
    GString *out)
{
	struct stat_sample sample;
	double half;

	g_string_append(out, "<td class=\"n\">");
	if (table_sample(t, column, v, x, y, &sample)) {
		number_add_double(out, sample.mean);
		if (stat_half_width(&sample, &half) && half > 0) {
			g_string_append(out, " <span class=\"dim\">\302\261 ");
			number_add_double(out, half);
			g_string_append(out, "</span>");
		}
	}
	g_string_append(out, "</td>");
}

static void
page_metric_table(const struct sweep_table *t, int column, GString *out)
{
	guint v, x, y;

	page_table_open(t, csvtable_name(t->csv, column), out);
	for (v = 0; v < t->variants->len; v++)
		for (y = 0; y < page_rows(t); y++) {
			page_row_open(t, v, y, out);
			for (x = 0; x < t->values[0]->len; x++)
				page_cell(t, column, v, x, y, out);
			g_string_append(out, "</tr>\n");
		}
	markup_table_close(out);
}

/* ---- charts, of one parameter ------------------------------------------ */

/* What a value is on the axis: itself, or its place if one is no number. */
static double *
page_places(const struct sweep_table *t)
{
	double *at;
	char *end;
	guint x;

	at = g_new(double, t->values[0]->len);
	for (x = 0; x < t->values[0]->len; x++) {
		at[x] = g_ascii_strtod(t->values[0]->pdata[x], &end);
		if (*end != '\0' || !isfinite(at[x]) ||
		    (x > 0 && !(at[x] > at[x - 1])))
			break;
	}
	if (x < t->values[0]->len)
		for (x = 0; x < t->values[0]->len; x++)
			at[x] = x + 1;
	return (at);
}

static void
page_chart(const struct sweep_table *t, int column, GString *out)
{
	g_autofree double *at = NULL, *mean = NULL;
	g_autoptr(GString) across = g_string_new(NULL);
	struct svgchart c = { .out = out, .height = 200 };
	struct stat_sample sample;
	guint n, v, x;
	double most;

	n = t->values[0]->len;
	at = page_places(t);
	mean = g_new(double, t->variants->len * n);
	most = 0;
	for (v = 0; v < t->variants->len; v++)
		for (x = 0; x < n; x++) {
			mean[v * n + x] = table_sample(t, column, v, x, 0,
			    &sample) ? sample.mean : NAN;
			most = fmax(most, mean[v * n + x]);
		}
	words_axis_unit(t, 0, across);
	c.x = (struct svgchart_scale){ across->str,
	    SVGCHART_COUNT, false, fmin(at[0], 0), at[n - 1] > 0 ?
	    at[n - 1] : 1 };
	c.y = (struct svgchart_scale){ "", SVGCHART_COUNT, false, 0,
	    most > 0 ? panel_round_up(most) : 1 };
	g_string_append(out, "<figure>\n");
	svgchart_open(&c, csvtable_name(t->csv, column));
	for (v = 0; v < t->variants->len; v++) {
		struct svgchart_series s = { .name = page_variant(t, v),
		    .variant = page_variant(t, v), .colour = v,
		    .dashed = v >= 6, .x = at, .y = mean + v * n, .n = n };

		svgchart_series(&c, &s);
	}
	svgchart_close(&c);
	g_string_append(out, "</figure>\n");
}

static void
page_key(const struct sweep_table *t, GString *out)
{
	guint v;

	g_string_append(out, "<p class=\"key\">");
	for (v = 0; v < t->variants->len; v++) {
		markup_of_variant(out, "span", page_variant(t, v));
		g_string_append_printf(out, "<svg viewBox=\"0 0 28 10\" "
		    "aria-hidden=\"true\"><path class=\"line c%u%s\" d=\"M0 "
		    "5L28 5\"/></svg>", v % 6, v >= 6 ? " dashed" : "");
		markup_text(out, page_variant(t, v));
		g_string_append(out, "</span>\n");
	}
	g_string_append(out, "</p>\n");
}

/* ---- the whole --------------------------------------------------------- */

static void
page_choice(const struct sweep_table *t, GString *out)
{
	guint v;

	g_string_append(out, "<fieldset id=\"choice\" hidden><legend>Show"
	    "</legend>\n");
	for (v = 0; v < t->variants->len; v++) {
		g_string_append(out, "<label><input type=\"checkbox\" checked "
		    "data-toggle=\"");
		markup_text(out, page_variant(t, v));
		g_string_append(out, "\"> ");
		markup_text(out, page_variant(t, v));
		g_string_append(out, "</label>\n");
	}
	g_string_append(out, "<button type=\"button\" id=\"whole\" hidden>"
	    "Charts: show all</button></fieldset>\n");
}

static void
page_head(const struct sweep_table *t, GString *out)
{
	g_autoptr(GString) found = NULL, remark = NULL;
	const char *digest;

	found = g_string_new(NULL);
	remark_verdicts(t, found);
	markup_element(out, "p", "id=\"finding\"", found->str);
	g_string_append_c(out, '\n');
	if (t->naxes == 2) {
		remark = g_string_new(NULL);
		remark_not_monotonic(t, remark);
		markup_element(out, "p", "", remark->str);
	}
	digest = csvtable_comment(t->csv, "digest");
	g_string_append(out, "<p class=\"dim\">");
	markup_text(out, csvtable_first(t->csv));
	g_string_append(out, ", scenario digest ");
	markup_text(out, digest == NULL ? "?" : digest);
	g_string_append(out, "</p>\n");
}

char *
page_html(const struct sweep_table *t, const int *metrics)
{
	g_autofree char *title = NULL;
	const char *sweep;
	GString *out;

	out = g_string_new(NULL);
	sweep = csvtable_comment(t->csv, "sweep");
	title = g_strconcat(sweep == NULL ? "sweep" : sweep, " - pcbsim",
	    NULL);
	webpage_open(out, title);
	markup_element(out, "h1", "", sweep == NULL ? "sweep" : sweep);
	page_head(t, out);
	page_choice(t, out);
	page_verdicts(t, out);
	if (t->naxes == 1)
		page_key(t, out);
	for (; *metrics >= 0; metrics++) {
		g_autoptr(GString) most = g_string_new(NULL);

		remark_most(t, *metrics, most);
		g_string_append(out, "<h2>");
		markup_text(out, csvtable_name(t->csv, *metrics));
		g_string_append(out, ": ");
		markup_text(out, most->str);
		g_string_append(out, "</h2>\n");
		if (t->naxes == 1 && t->values[0]->len > 0)
			page_chart(t, *metrics, out);
		page_metric_table(t, *metrics, out);
	}
	webpage_close(out);
	return (g_string_free(out, FALSE));
}
