/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Ports by address; see map.h.
 *
 * Neighbours in time of the same shade are one rectangle, so that a page of
 * many addresses stays small.
 */

#include <math.h>

#include "study/report/map.h"
#include "study/report/svgchart.h"
#include "study/text/markup.h"
#include "study/text/number.h"

/* What a shade stands for: shares up to here, percent. */
static const double map_upto[SVGCHART_SHADES] = { 0.1, 0.3, 1, 3, 10, 30,
    99.999, 100 };
static const char *const map_words[SVGCHART_SHADES] = { "up to 0.1 %",
    "0.3 %", "1 %", "3 %", "10 %", "30 %", "less than all", "all" };

/* One variant's part of addresses.csv. */
struct map {
	const struct plotdata_variant *v;
	GArray		*rows;		/* size_t: rows of the table, by time,
					   then address */
};

static double
map_percent(const struct dossier *d, const struct map *m, size_t row)
{

	return (100 * plotdata_address_share(d->pd, m->v, row));
}

static void
map_read(const struct dossier *d, const struct plotdata_variant *v,
    struct map *m)
{
	size_t row;

	*m = (struct map){ .v = v };
	m->rows = g_array_new(FALSE, FALSE, sizeof(row));
	PLOTDATA_ROWS(row, d->pd->addresses, v->name)
		g_array_append_val(m->rows, row);
}

/* How many looks at the addresses there are. */
static unsigned
map_looks(const struct map *m)
{

	return (m->v->address_rows == 0 ? 0 : m->rows->len /
	    m->v->address_rows);
}

static unsigned
map_shade(double percent)
{
	unsigned i;

	for (i = 0; i + 1 < SVGCHART_SHADES && percent > map_upto[i]; i++)
		continue;
	return (i);
}

/* The table's row of look `column' at address `line'. */
static size_t
map_row(const struct map *m, unsigned column, unsigned line)
{

	return (g_array_index(m->rows, size_t, column * m->v->address_rows +
	    line));
}

static double
map_time(const struct dossier *d, const struct map *m, unsigned column)
{

	return (plotdata_number(d->pd->addresses, map_row(m, column, 0),
	    "time_s"));
}

/* Looks [from, to) at one address, all of a shade. */
static void
map_cell(const struct dossier *d, const struct map *m, struct svgchart *c,
    unsigned line, const unsigned span[2], unsigned shade)
{
	const struct csvtable *t;
	g_autoptr(GString) s = NULL;
	double x[2], y[2];
	size_t row;

	t = d->pd->addresses;
	row = map_row(m, span[0], line);
	x[0] = span[0] == 0 ? 0 : map_time(d, m, span[0] - 1);
	x[1] = map_time(d, m, span[1] - 1);
	y[0] = line;
	y[1] = line + 1;
	s = g_string_new(csvtable_text(t, row, csvtable_find(t, "laddr")));
	if (plotdata_number(t, row, "laddrs") > 1)
		g_string_append_printf(s, " and the %s after it",
		    csvtable_text(t, row, csvtable_find(t, "laddrs")));
	g_string_append(s, ", ");
	number_add_double(s, x[0]);
	g_string_append(s, " s to ");
	number_add_double(s, x[1]);
	g_string_append_printf(s, " s: %s%s", shade == 0 || shade + 2 >=
	    SVGCHART_SHADES ? "" : "up to ", map_words[shade]);
	svgchart_cell(c, x, y, shade, s->str);
}

static void
map_line(const struct dossier *d, const struct map *m, struct svgchart *c,
    unsigned line)
{
	unsigned columns, i, now, shade, span[2];

	columns = map_looks(m);
	span[0] = 0;
	shade = map_shade(map_percent(d, m, map_row(m, 0, line)));
	for (i = 1; i <= columns; i++) {
		now = i == columns ? SVGCHART_SHADES :
		    map_shade(map_percent(d, m, map_row(m, i, line)));
		if (now == shade)
			continue;
		span[1] = i;
		map_cell(d, m, c, line, span, shade);
		span[0] = i;
		shade = now;
	}
}

/* What hovering and the arrow keys tell: the extremes of each look. */
static void
map_extremes(const struct dossier *d, const struct map *m,
    struct svgchart *c)
{
	g_autofree double *least = NULL, *most = NULL, *time = NULL;
	struct svgchart_series s = { .unseen = true };
	unsigned i, line;
	double percent;

	s.n = map_looks(m);
	least = g_new(double, s.n);
	most = g_new(double, s.n);
	time = g_new(double, s.n);
	for (i = 0; i < s.n; i++) {
		time[i] = map_time(d, m, i);
		least[i] = HUGE_VAL;
		most[i] = 0;
		for (line = 0; line < m->v->address_rows; line++) {
			percent = map_percent(d, m, map_row(m, i, line));
			least[i] = fmin(least[i], percent);
			most[i] = fmax(most[i], percent);
		}
		least[i] = round(least[i] * 100) / 100;
		most[i] = round(most[i] * 100) / 100;
	}
	s.x = time;
	s.name = "fullest address, % of its ports";
	s.y = most;
	svgchart_series(c, &s);
	s.name = "emptiest address, %";
	s.y = least;
	svgchart_series(c, &s);
}

static void
map_variant(const struct dossier *d, const struct plotdata_variant *v,
    GString *out)
{
	struct svgchart c = { .out = out, .height = 160 };
	g_autoptr(GString) text = NULL;
	struct map m;
	unsigned line;

	map_read(d, v, &m);
	text = g_string_new(NULL);
	g_string_append_printf(text, "%s (%s): the fullest address uses ",
	    v->name, v->stack);
	number_add_double(text, round(v->address_most * 1e4) / 1e2);
	g_string_append(text, " % of its ports");
	markup_of_variant(out, "figure", v->name);
	markup_element(out, "h3", "", text->str);
	g_string_append_c(out, '\n');
	c.x = (struct svgchart_scale){ "simulated time", SVGCHART_SECONDS,
	    false, 0, d->pd->end_s };
	c.y = (struct svgchart_scale){ "local addresses", SVGCHART_COUNT,
	    false, 0, MAX(v->address_rows, 1) };
	svgchart_open(&c, text->str);
	for (line = 0; line < v->address_rows; line++)
		map_line(d, &m, &c, line);
	if (v->address_rows > 0)
		map_extremes(d, &m, &c);
	svgchart_close(&c);
	g_string_append(out, "</figure>\n");
	g_array_unref(m.rows);
}

static void
map_key(GString *out)
{
	unsigned i;

	g_string_append(out, "<p class=\"key\">");
	for (i = 0; i < SVGCHART_SHADES; i++) {
		g_string_append_printf(out, "<span><svg viewBox=\"0 0 28 10\" "
		    "aria-hidden=\"true\"><rect class=\"m%u\" width=\"28\" "
		    "height=\"10\"/></svg>", i);
		markup_text(out, map_words[i]);
		g_string_append(out, "</span>\n");
	}
	g_string_append(out, "</p>\n");
}

void
report_map_html(const struct dossier *d, GString *out)
{
	unsigned i;

	if (d->pd->addresses == NULL)
		return;
	g_string_append(out, "<h2>Ports in use on each address</h2>\n"
	    "<p class=\"dim\">The search of a kernel that chooses the port "
	    "first looks at the ports that <em>any</em> address uses (above), "
	    "however few of them each one uses. Addresses are counted from "
	    "the foot.</p>\n");
	map_key(out);
	for (i = 0; i < d->pd->nvariants; i++)
		map_variant(d, &d->pd->variants[i], out);
}
