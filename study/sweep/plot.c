/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Pictures of a sweep; see plot.h.
 */

#include <math.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/plot/figure.h"
#include "study/plot/gnuplot.h"
#include "study/plot/panel.h"
#include "study/plot/plot.h"
#include "study/run/amend.h"
#include "study/stat/stat.h"
#include "study/sweep/plot.h"
#include "study/text/csvtable.h"
#include "study/text/number.h"

#define	WIDTH		1000
#define	LEFT		150
#define	RIGHT		40
#define	HEAD		80		/* title and legend */
#define	NAME		40		/* a variant's name */
#define	CELL		38		/* height of a cell */
#define	FOOT		100		/* axis, its name, footer */
#define	LINES_HIGH	380

/* What is drawn unless somebody asks for something else. */
static const char *const default_metrics[] = { "eaddrnotavail",
    "hold_max_us", "stall_max_us", "console_max_ms", "frozen_s", NULL };

struct sweep_table {
	struct csvtable	*csv;
	int		variant, verdict;	/* columns */
	int		naxes;		/* columns 0 .. naxes - 1 */
	GPtrArray	*variants;	/* names, in order */
	GPtrArray	*values[2];	/* texts of each axis, in order */
};

/* ---- reading ----------------------------------------------------------- */

static guint
intern(GPtrArray *names, const char *name)
{
	guint i;

	for (i = 0; i < names->len; i++)
		if (strcmp(names->pdata[i], name) == 0)
			return (i);
	g_ptr_array_add(names, g_strdup(name));
	return (i);
}

static void
table_free(struct sweep_table *t)
{
	int i;

	csvtable_free(t->csv);
	g_ptr_array_free(t->variants, TRUE);
	for (i = 0; i < 2; i++)
		g_ptr_array_free(t->values[i], TRUE);
	g_free(t);
}

static struct sweep_table *
table_read(const char *path, GError **error)
{
	struct sweep_table *t;
	struct csvtable *csv;
	size_t row;
	int i;

	csv = csvtable_read_stream(path, error);
	if (csv == NULL)
		return (NULL);
	t = g_new0(struct sweep_table, 1);
	t->csv = csv;
	t->variants = g_ptr_array_new_with_free_func(g_free);
	for (i = 0; i < 2; i++)
		t->values[i] = g_ptr_array_new_with_free_func(g_free);
	t->variant = csvtable_find(csv, "variant");
	t->verdict = csvtable_find(csv, "verdict");
	t->naxes = t->variant;
	if (csvtable_comment(csv, "swept") == NULL || t->verdict < 0 ||
	    t->naxes < 1) {
		g_set_error(error, SWEEP_PLOT_ERROR, 0, "%s: is not what "
		    "`pcbsim sweep merge' prints", path);
		table_free(t);
		return (NULL);
	}
	if (t->naxes > 2) {
		g_set_error(error, SWEEP_PLOT_ERROR, 0, "%s: %d parameters "
		    "are swept; pictures are of one or two", path, t->naxes);
		table_free(t);
		return (NULL);
	}
	for (row = 0; row < csvtable_rows(csv); row++) {
		intern(t->variants, csvtable_text(csv, row, t->variant));
		for (i = 0; i < t->naxes; i++)
			intern(t->values[i], csvtable_text(csv, row, i));
	}
	return (t);
}

/* Does the row belong to this cell? */
static bool
row_in(const struct sweep_table *t, size_t row, guint variant, guint x,
    guint y)
{

	return (strcmp(csvtable_text(t->csv, row, t->variant),
	    t->variants->pdata[variant]) == 0 &&
	    strcmp(csvtable_text(t->csv, row, 0), t->values[0]->pdata[x]) ==
	    0 && (t->naxes < 2 || strcmp(csvtable_text(t->csv, row, 1),
	    t->values[1]->pdata[y]) == 0));
}

/* The replications of a cell; false if it has none. */
static bool
cell_sample(const struct sweep_table *t, int column, guint variant, guint x,
    guint y, struct stat_sample *s)
{
	g_autoptr(GArray) values = NULL;
	double v;
	size_t row;

	values = g_array_new(FALSE, FALSE, sizeof(double));
	for (row = 0; row < csvtable_rows(t->csv); row++)
		if (row_in(t, row, variant, x, y) &&
		    csvtable_number(t->csv, row, column, &v) && isfinite(v))
			g_array_append_val(values, v);
	if (values->len == 0)
		return (false);
	stat_sample_init(s, (const double *)(void *)values->data,
	    values->len);
	return (true);
}

/* The worst verdict of a cell; -1 if it has none. */
static int
cell_verdict(const struct sweep_table *t, guint variant, guint x, guint y)
{
	const char *text;
	size_t row;
	int v, worst;

	worst = -1;
	for (row = 0; row < csvtable_rows(t->csv); row++) {
		if (!row_in(t, row, variant, x, y))
			continue;
		text = csvtable_text(t->csv, row, t->verdict);
		for (v = NVERDICTS - 1; v > worst; v--)
			if (strcmp(verdict_name((enum verdict)v), text) == 0)
				worst = v;
	}
	return (worst);
}

/* ---- the page ---------------------------------------------------------- */

static void
page_add(const struct sweep_table *t, GString *s, const char *title,
    double height)
{
	g_autoptr(GString) at = NULL, foot = NULL;
	const char *c;

	at = g_string_new(NULL);
	panel_add_number(at, "screen 0.5, screen ", 1 - 22 / height, "");
	panel_add_label(s, title, at->str, "center font ',17'");
	foot = g_string_new(csvtable_first(t->csv));
	c = csvtable_comment(t->csv, "sweep");
	g_string_append_printf(foot, ", sweep %s", c == NULL ? "?" : c);
	c = csvtable_comment(t->csv, "replications");
	g_string_append_printf(foot, ", replications %s", c == NULL ? "?" : c);
	c = csvtable_comment(t->csv, "digest");
	g_string_append_printf(foot, ", scenario digest %.12s", c == NULL ?
	    "?" : c);
	panel_add_footer(s, foot->str, height);
}

static void
box_add(GString *s, double height, double top, double high)
{
	const double x[2] = { (double)LEFT / WIDTH,
	    1 - (double)RIGHT / WIDTH };
	const double y[2] = { 1 - (top + high) / height, 1 - top / height };

	panel_add_margins(s, x, y);
}

/* Ticks at 0, 1, 2 ... that say the values of an axis. */
static void
ticks_add(GString *s, char axis, const GPtrArray *values, const char *name)
{
	guint i;

	g_string_append_printf(s, "  set %crange [-0.5:%u.5]\n  set %ctics (",
	    axis, values->len - 1, axis);
	for (i = 0; i < values->len; i++) {
		g_string_append(s, i > 0 ? ", " : "");
		gnuplot_add_text(s, values->pdata[i]);
		g_string_append_printf(s, " %u", i);
	}
	g_string_append(s, ") scale 0\n");
	g_string_append_printf(s, "  set %clabel ", axis);
	gnuplot_add_text(s, name);
	g_string_append_c(s, '\n');
}

/* ---- one parameter: lines ---------------------------------------------- */

static void
line_data(const struct sweep_table *t, int column, guint variant, GString *s)
{
	struct stat_sample sample;
	double half;
	guint x;

	g_string_append_printf(s, "  $v%u << EOD\n", variant);
	for (x = 0; x < t->values[0]->len; x++) {
		if (!cell_sample(t, column, variant, x, 0, &sample))
			continue;
		if (!stat_half_width(&sample, &half))
			half = 0;
		g_string_append_printf(s, "%u ", x);
		panel_add_number(s, "", sample.mean, " ");
		panel_add_number(s, "", sample.mean - half, " ");
		panel_add_number(s, "", sample.mean + half, "\n");
	}
	g_string_append(s, "EOD\n");
}

static void
lines_draw(const struct sweep_table *t, int column, GString *s, double height)
{
	static const char *const colours[] = { PANEL_RED, PANEL_BLUE,
	    PANEL_GREEN, PANEL_BLACK, "#cc79a7", "#e69f00", "#56b4e9" };
	const char *name;
	guint v;

	name = csvtable_name(t->csv, column);
	box_add(s, height, HEAD, LINES_HIGH);
	ticks_add(s, 'x', t->values[0], csvtable_name(t->csv, 0));
	g_string_append(s, "  set ylabel ");
	gnuplot_add_text(s, name);
	g_string_append(s, "\n  set yrange [0:*]\n  set key at graph 1, "
	    "graph 1.02 right bottom horizontal nobox font ',13'\n");
	g_string_append(s, "  plot ");
	for (v = 0; v < t->variants->len; v++) {
		g_string_append_printf(s, "%s$v%u using 1:3:4 with "
		    "filledcurves fillcolor rgb '%s' fillstyle transparent "
		    "solid 0.2 "
		    "notitle, $v%u using 1:2 with linespoints linewidth 2 "
		    "pointtype %u linecolor rgb '%s' title ", v > 0 ? ", " :
		    "", v, colours[v % G_N_ELEMENTS(colours)], v, 4 + v,
		    colours[v % G_N_ELEMENTS(colours)]);
		gnuplot_add_text(s, t->variants->pdata[v]);
	}
	g_string_append_c(s, '\n');
}

/* ---- two parameters: cells --------------------------------------------- */

static void
cell_add(GString *s, guint x, guint y, guint id, const char *fill,
    const char *ink, const char *text)
{

	g_string_append_printf(s, "  set object %u rectangle from %g,%g to "
	    "%g,%g behind fillcolor rgb '%s' fillstyle solid 1 border "
	    "linecolor rgb '#ffffff'\n", id, x - 0.5, y - 0.5, x + 0.5,
	    y + 0.5, fill);
	g_string_append(s, "  set label ");
	gnuplot_add_text(s, text);
	g_string_append_printf(s, " at %u,%u center font ',13' textcolor rgb "
	    "'%s' front\n", x, y, ink);
}

/* Three digits, and never an exponent. */
static void
cell_number(GString *s, double v)
{
	double scale;

	if (v <= 0) {
		g_string_append_c(s, '0');
		return;
	}
	scale = pow(10, 2 - floor(log10(v)));
	v = round(v * scale) / scale;
	if (v >= 1000)
		number_add_count(s, (uint64_t)v);
	else
		number_add_double(s, v);
}

/* From white to dark blue, by a share of 0 to 1. */
static void
heat_colour(double share, char fill[8])
{

	g_snprintf(fill, 8, "#%02x%02x%02x", (int)(255 - 247 * share),
	    (int)(255 - 207 * share), (int)(255 - 148 * share));
}

static void
heat_cells(const struct sweep_table *t, int column, guint v, double low,
    double high, GString *s)
{
	struct stat_sample sample;
	char fill[8];
	double share;
	guint id, x, y;

	id = 1;
	for (x = 0; x < t->values[0]->len; x++)
		for (y = 0; y < t->values[1]->len; y++) {
			g_autoptr(GString) text = g_string_new(NULL);

			if (!cell_sample(t, column, v, x, y, &sample))
				continue;
			share = high <= low ? 0 : log(MAX(sample.mean, low) /
			    low) / log(high / low);
			heat_colour(share, fill);
			cell_number(text, sample.mean);
			cell_add(s, x, y, id++, fill, share > 0.5 ?
			    "#ffffff" : "#000000", text->str);
		}
}

static void
phase_cells(const struct sweep_table *t, guint v, GString *s)
{
	/* Light to dark, so that they can be told apart in grey. */
	static const struct {
		const char	*fill, *ink, *letter;
	} looks[NVERDICTS] = {
		[VERDICT_OK] = { "#f2f2f2", "#505050", "ok" },
		[VERDICT_FAILS] = { "#f7f0a0", "#000000", "x" },
		[VERDICT_EXHAUSTED] = { "#f0e442", "#000000", "E" },
		[VERDICT_STALLS] = { "#e69f00", "#000000", "S" },
		[VERDICT_FREEZES] = { "#c33c00", "#ffffff", "F" },
		[VERDICT_NEVER_RECOVERS] = { "#000000", "#ffffff", "N" },
		[VERDICT_PANICS] = { "#5b2a86", "#ffffff", "P" }
	};
	guint id, x, y;
	int verdict;

	id = 1;
	for (x = 0; x < t->values[0]->len; x++)
		for (y = 0; y < t->values[1]->len; y++) {
			verdict = cell_verdict(t, v, x, y);
			if (verdict >= 0)
				cell_add(s, x, y, id++, looks[verdict].fill,
				    looks[verdict].ink,
				    looks[verdict].letter);
		}
}

/* The least and the greatest mean above zero. */
static void
heat_range(const struct sweep_table *t, int column, double *low,
    double *high)
{
	struct stat_sample sample;
	guint v, x, y;

	*low = HUGE_VAL;
	*high = 0;
	for (v = 0; v < t->variants->len; v++)
		for (x = 0; x < t->values[0]->len; x++)
			for (y = 0; y < t->values[1]->len; y++) {
				if (!cell_sample(t, column, v, x, y,
				    &sample) || sample.mean <= 0)
					continue;
				*low = MIN(*low, sample.mean);
				*high = MAX(*high, sample.mean);
			}
}

static void
cells_draw(const struct sweep_table *t, int column, GString *s,
    double height)
{
	g_autoptr(GString) at = NULL;
	double high, low, panel, top;
	guint v;

	low = high = 0;
	if (column >= 0)
		heat_range(t, column, &low, &high);
	panel = CELL * t->values[1]->len;
	at = g_string_new(NULL);
	for (v = 0; v < t->variants->len; v++) {
		top = HEAD + v * (NAME + panel + FOOT / 2) + NAME;
		box_add(s, height, top, panel);
		ticks_add(s, 'x', t->values[0], v + 1 < t->variants->len ?
		    "" : csvtable_name(t->csv, 0));
		ticks_add(s, 'y', t->values[1], csvtable_name(t->csv, 1));
		g_string_truncate(at, 0);
		panel_add_number(at, "screen ", (double)LEFT / WIDTH,
		    ", screen ");
		panel_add_number(at, "", 1 - (top - 14) / height, "");
		panel_add_label(s, t->variants->pdata[v], at->str,
		    "left font ',16'");
		if (column >= 0)
			heat_cells(t, column, v, low, high, s);
		else
			phase_cells(t, v, s);
		g_string_append(s, "  unset key\n  unset grid\n  plot NaN "
		    "notitle\n  unset label\n  unset object\n");
	}
}

/* ---- pictures ---------------------------------------------------------- */

/* The files of a picture are going to be made. */
static bool
picture_expect(struct amend *a, const char *name, GError **error)
{
	static const char *const suffixes[] = { "gp", "svg", "png" };
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		g_autofree char *file = NULL;

		file = g_strdup_printf("%s.%s", name, suffixes[i]);
		if (!amend_expect(a, file, error))
			return (false);
	}
	return (true);
}

/* column -1: the phase diagram. */
static bool
picture(const struct sweep_table *t, struct amend *a, int column,
    GError **error)
{
	g_autofree char *name = NULL, *title = NULL, *what = NULL;
	g_autoptr(GString) s = NULL;
	double height;
	guint v;

	what = g_strdup(column < 0 ? "verdict" : csvtable_name(t->csv,
	    column));
	name = g_strconcat("sweep-", what, NULL);
	title = column >= 0 ? g_strdup_printf("%s: mean of replications%s",
	    what, t->naxes == 1 ? ", band: 95 % interval" : "") :
	    g_strdup("worst verdict: ok, x fails, E exhausted, S stalls, "
	    "F freezes, N never recovers, P panics");
	height = t->naxes == 1 ? HEAD + LINES_HIGH + FOOT : HEAD +
	    t->variants->len * (NAME + CELL * (double)t->values[1]->len +
	    FOOT / 2.0) + FOOT / 2.0;
	s = g_string_new(NULL);
	if (t->naxes == 1)
		for (v = 0; v < t->variants->len; v++)
			line_data(t, column, v, s);
	figure_begin(s, name, what, WIDTH, (unsigned)height);
	page_add(t, s, title, height);
	if (t->naxes == 1)
		lines_draw(t, column, s, height);
	else
		cells_draw(t, column, s, height);
	figure_end(s);
	return (picture_expect(a, name, error) &&
	    plot_draw_script(amend_partial(a), name, s->str, error));
}

bool
sweep_plot(const char *csv, const char *dir, const char *const *metrics,
    char **remark, GError **error)
{
	struct sweep_table *t;
	struct amend *a;
	int column;
	bool ok;

	*remark = NULL;
	t = table_read(csv, error);
	if (t == NULL)
		return (false);
	if (metrics == NULL || *metrics == NULL)
		metrics = default_metrics;
	a = amend_new(dir, error);
	ok = a != NULL;
	if (ok)
		*remark = amend_remark(a);
	if (ok && t->naxes == 2)
		ok = picture(t, a, -1, error);
	for (; ok && *metrics != NULL; metrics++) {
		column = csvtable_need(t->csv, *metrics, error);
		ok = column >= 0 && picture(t, a, column, error);
	}
	ok = ok && amend_commit(a, error);
	amend_free(a);
	table_free(t);
	return (ok);
}
