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
#include "study/sweep/drawn.h"
#include "study/sweep/page.h"
#include "study/sweep/plot.h"
#include "study/sweep/remark.h"
#include "study/sweep/sheet.h"
#include "study/sweep/table.h"
#include "study/sweep/words.h"
#include "study/text/number.h"

#define	REMARK_LINE	24
#define	HEAT_LEAST	0.1		/* the lightest that is not nothing */

/* In place of a column: maps of what several columns say. */
#define	PICTURE_VERDICTS	(-1)
#define	PICTURE_WHO		(-2)

/* ---- the page ---------------------------------------------------------- */

static void
page_add(const struct sweep_table *t, GString *s, const char *found,
    const char *title, const char *remark, double height)
{
	const struct panel_page page = { PANEL_WIDTH, height };
	g_autoptr(GString) foot = NULL;
	const char *c;

	panel_add_title(s, found, title, &page);
	if (*remark != '\0')
		panel_add_note(s, remark, 2 * REMARK_LINE + 20, &page);
	foot = g_string_new(csvtable_first(t->csv));
	c = csvtable_comment(t->csv, "sweep");
	g_string_append_printf(foot, ", sweep %s", c == NULL ? "?" : c);
	c = csvtable_comment(t->csv, "replications");
	g_string_append_printf(foot, ", replications %s", c == NULL ? "?" : c);
	c = csvtable_comment(t->csv, "digest");
	g_string_append_printf(foot, ", scenario digest %.12s", c == NULL ?
	    "?" : c);
	panel_add_footer(s, foot->str, &page);
}

/* What is across and, of two parameters, upwards. */
static void
axes_add(const struct sweep_table *t, GString *s, double up, double height)
{
	g_autoptr(GString) at = NULL, what = NULL;

	what = g_string_new(t->naxes == 2 ? "across: " : NULL);
	words_axis_unit(t, 0, what);
	if (t->naxes == 2) {
		g_string_append(what, "; upwards: ");
		words_axis_unit(t, 1, what);
	}
	at = g_string_new(NULL);
	panel_add_number(at, "screen 0.5, screen ", up / height, "");
	panel_add_label(s, what->str, at->str, "center font ',13'");
}

/* Ticks at 0, 1, 2 ... that say the values of an axis. */
static void
ticks_add(GString *s, char axis, const GPtrArray *values, bool slant)
{
	guint i;

	g_string_append_printf(s, "  set %crange [-0.5:%u.5]\n  set %ctics (",
	    axis, values->len - 1, axis);
	for (i = 0; i < values->len; i++) {
		g_string_append(s, i > 0 ? ", " : "");
		gnuplot_add_text(s, values->pdata[i]);
		g_string_append_printf(s, " %u", i);
	}
	g_string_append(s, slant ? ") scale 0 rotate by 30 right font ',11'\n" :
	    ") scale 0 norotate font ',11'\n");
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
		if (!table_sample(t, column, variant, x, 0, &sample))
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
	g_autoptr(GString) name = g_string_new(NULL);
	const struct sheet sh = sheet_of(t);
	const struct metric *m;
	guint v;

	m = words_metric(t, column);
	sheet_add_box(&sh, 0, s, height);
	ticks_add(s, 'x', t->values[0], sh.slant);
	g_string_append(s, "  set ylabel ");
	gnuplot_add_text(s, m == NULL || *m->unit == '\0' ?
	    csvtable_name(t->csv, column) : m->unit);
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
		g_string_truncate(name, 0);
		words_variant(t, v, name);
		gnuplot_add_text(s, name->str);
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
	g_string_append_printf(s, " at %u,%u center font ',11' textcolor rgb "
	    "'%s' front\n", x, y, ink);
}

/* From white to dark blue, by a share of 0 to 1; white is nothing at all. */
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

			if (!table_sample(t, column, v, x, y, &sample))
				continue;
			share = 0;
			if (sample.mean > 0)
				share = high <= low ? 1 : HEAT_LEAST + (1 -
				    HEAT_LEAST) * log(sample.mean / low) /
				    log(high / low);
			heat_colour(share, fill);
			number_add_short(text, sample.mean);
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
			verdict = table_verdict(t, v, x, y);
			if (verdict >= 0)
				cell_add(s, x, y, id++, looks[verdict].fill,
				    looks[verdict].ink,
				    looks[verdict].letter);
		}
}

/* ---- who is frozen ----------------------------------------------------- */

/* "1 screen, 2 ssh": digits of the observers. */
static char *
who_legend(const struct sweep_table *t)
{
	const char *name;
	GString *s;
	unsigned i;
	int c;

	s = g_string_new("digits say who froze in some replication:");
	for (i = 0; (c = drawn_frozen(t, i)) >= 0; i++) {
		name = csvtable_name(t->csv, c);
		g_string_append_printf(s, "%s %u %.*s", i > 0 ? "," : "",
		    i + 1, (int)(strlen(name) - strlen("_frozen_s")), name);
	}
	return (g_string_free(s, FALSE));
}

static void
who_cells(const struct sweep_table *t, guint v, GString *s)
{
	struct stat_sample sample;
	unsigned frozen, i;
	char fill[8];
	guint id, x, y;
	int c;

	id = 1;
	for (x = 0; x < t->values[0]->len; x++)
		for (y = 0; y < t->values[1]->len; y++) {
			g_autoptr(GString) text = g_string_new(NULL);

			if (table_verdict(t, v, x, y) < 0)
				continue;
			for (i = frozen = 0; (c = drawn_frozen(t, i)) >= 0; i++)
				if (table_sample(t, c, v, x, y, &sample) &&
				    sample.mean > 0) {
					g_string_append_printf(text, "%u",
					    i + 1);
					frozen++;
				}
			if (frozen == 0)
				g_string_append_c(text, '-');
			heat_colour((double)frozen / MAX(i, 1), fill);
			cell_add(s, x, y, id++, fill, 2 * frozen > i ?
			    "#ffffff" : "#000000", text->str);
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
				if (!table_sample(t, column, v, x, y,
				    &sample) || sample.mean <= 0)
					continue;
				*low = MIN(*low, sample.mean);
				*high = MAX(*high, sample.mean);
			}
}

/* The name of a variant above its panel. */
static void
name_add(const struct sweep_table *t, const struct sheet *sh, guint v,
    GString *s, double height)
{
	g_autoptr(GString) at = NULL, name = NULL;
	g_autofree char *how = NULL;
	double left, top;

	sheet_at(sh, v, &left, &top);
	at = g_string_new(NULL);
	panel_add_number(at, "screen ", left / SHEET_WIDTH, ", screen ");
	panel_add_number(at, "", 1 - (top - 14) / height, "");
	name = g_string_new(NULL);
	sheet_name(t, sh, v, name);
	how = g_strdup_printf("left font ',%u'", sh->font);
	panel_add_label(s, name->str, at->str, how);
}

static void
cells_draw(const struct sweep_table *t, int column, GString *s,
    double height)
{
	const struct sheet sh = sheet_of(t);
	double high, low;
	guint v;

	low = high = 0;
	if (column >= 0)
		heat_range(t, column, &low, &high);
	for (v = 0; v < t->variants->len; v++) {
		sheet_add_box(&sh, v, s, height);
		ticks_add(s, 'x', t->values[0], sh.slant);
		ticks_add(s, 'y', t->values[1], false);
		name_add(t, &sh, v, s, height);
		if (column >= 0)
			heat_cells(t, column, v, low, high, s);
		else if (column == PICTURE_WHO)
			who_cells(t, v, s);
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

/* What stands below what was found. */
static char *
picture_key(const struct sweep_table *t, int column)
{

	GString *s;

	if (column == PICTURE_WHO)
		return (who_legend(t));
	if (column == PICTURE_VERDICTS)
		return (g_strdup("a cell: the worst replication: ok, x fails, "
		    "E exhausted, S stalls, F freezes, N never recovers, "
		    "P panics"));
	s = g_string_new(NULL);
	words_column(t, column, s);
	g_string_append(s, t->naxes == 1 ? "; mean of replications, band: "
	    "95 % interval" : "; mean of replications");
	return (g_string_free(s, FALSE));
}

static bool
picture(const struct sweep_table *t, struct amend *a, int column,
    GError **error)
{
	g_autofree char *name = NULL, *title = NULL, *what = NULL;
	g_autoptr(GString) found = NULL, remark = NULL, s = NULL;
	struct sheet sh;
	double height;
	guint v;

	what = g_strdup(column == PICTURE_VERDICTS ? "verdict" :
	    column == PICTURE_WHO ? "who-froze" : csvtable_name(t->csv,
	    column));
	name = g_strconcat("sweep-", what, NULL);
	title = picture_key(t, column);
	found = g_string_new(NULL);
	if (column >= 0) {
		g_string_append_printf(found, "%s: ", what);
		remark_most(t, column, found);
	} else
		remark_verdicts(t, found);
	sh = sheet_of(t);
	height = sheet_page(&sh);
	remark = g_string_new(NULL);
	if (t->naxes == 2 && column == PICTURE_VERDICTS)
		remark_not_monotonic(t, remark);
	height += remark->len > 0 ? 2 * REMARK_LINE : 0;
	s = g_string_new(NULL);
	if (t->naxes == 1)
		for (v = 0; v < t->variants->len; v++)
			line_data(t, column, v, s);
	figure_begin(s, name, what, SHEET_WIDTH, (unsigned)height);
	page_add(t, s, found->str, title, remark->str, height);
	axes_add(t, s, SHEET_FOOT - 18 + (remark->len > 0 ? 2 * REMARK_LINE :
	    0), height);
	if (t->naxes == 1)
		lines_draw(t, column, s, height);
	else
		cells_draw(t, column, s, height);
	figure_end(s);
	return (picture_expect(a, name, error) &&
	    plot_draw_script(amend_partial(a), name, s->str, error));
}

static bool
sweep_pictures(const struct sweep_table *t, const GArray *drawn,
    struct amend *a, GError **error)
{
	unsigned i;
	bool ok;

	ok = t->naxes < 2 || (picture(t, a, PICTURE_VERDICTS, error) &&
	    (drawn_frozen(t, 0) < 0 || picture(t, a, PICTURE_WHO, error)));
	for (i = 0; ok && i < drawn->len; i++)
		ok = picture(t, a, g_array_index(drawn, int, i), error);
	return (ok);
}

/* What is on the page: what was drawn, and how long each observer froze. */
static bool
sweep_page(const struct sweep_table *t, const GArray *drawn, struct amend *a,
    GError **error)
{
	g_autoptr(GArray) metrics = NULL;
	g_autofree char *text = NULL;
	const int end = -1;
	unsigned i;
	int c;

	metrics = g_array_new(FALSE, FALSE, sizeof(int));
	g_array_append_vals(metrics, drawn->data, drawn->len);
	for (i = 0; (c = drawn_frozen(t, i)) >= 0; i++)
		if (!drawn_has(drawn, c))
			g_array_append_val(metrics, c);
	g_array_append_val(metrics, end);
	text = page_html(t, (const int *)(const void *)metrics->data);
	return (amend_text(a, "sweep.html", text, error));
}

bool
sweep_plot(const char *csv, const char *dir, const char *const *metrics,
    char **remark, GError **error)
{
	g_autoptr(GArray) drawn = NULL;
	struct sweep_table *t;
	struct amend *a;
	bool ok;

	*remark = NULL;
	t = table_read(csv, error);
	if (t == NULL)
		return (false);
	drawn = drawn_columns(t, metrics, error);
	a = drawn != NULL ? amend_new(dir, error) : NULL;
	ok = a != NULL;
	if (ok)
		*remark = amend_remark(a);
	ok = ok && sweep_page(t, drawn, a, error) && sweep_pictures(t, drawn,
	    a, error);
	ok = ok && amend_commit(a, error);
	if (a != NULL)
		amend_free(a);
	table_free(t);
	return (ok);
}
