/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scripts for gnuplot; see figure.h.
 *
 * Rules that all pictures keep: a variant is a panel and panels share both
 * axes; colours are those that the colour-blind tell apart, and each curve has
 * a dash or point type of its own, too, for grey print; the legend stands
 * beside the panel and covers no data; text of the user's is in single quotes.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/plot/figure.h"
#include "study/plot/gnuplot.h"
#include "study/plot/panel.h"
#include "study/text/number.h"

/* Height of a picture of one panel, pixels. */
#define	FIGURE_HEIGHT	640
/* There is room for so many lines of a legend; each more makes it higher. */
#define	FIGURE_KEY_LINES	2
#define	FIGURE_KEY_COLUMNS	2
/* .. of entries that are no longer; gnuplot puts one beside longer ones only
   if there is room by its own measure of a font. */
#define	FIGURE_KEY_LONG	24		/* characters */
#define	FIGURE_KEY_LINE	24		/* pixels */

/*
 * The foot of a logarithmic axis of times, ms.  What is shorter is drawn on
 * it; what has no length at all is not drawn: nobody waited, no tick was due.
 */
#define	FIGURE_FLOOR_MS	0.0001

/* "current", "current, utilities".  Free with g_free(). */
static char *
figure_curve_title(const struct plotdata *pd, unsigned i)
{
	const struct plotdata_curve *c;
	const char *name, *of;

	c = &g_array_index(pd->curves, struct plotdata_curve, i);
	name = pd->variants[c->variant].name;
	of = strchr(c->what, ':');
	return (of == NULL ? g_strdup(name) : g_strdup_printf("%s, %s", name,
	    of + 1));
}

static unsigned
figure_key_columns(const struct plotdata *pd)
{
	unsigned i;

	for (i = 0; i < pd->curves->len; i++) {
		g_autofree char *title = figure_curve_title(pd, i);

		if (g_utf8_strlen(title, -1) > FIGURE_KEY_LONG)
			return (1);
	}
	return (FIGURE_KEY_COLUMNS);
}

/* Pixels that the curves' legend takes beyond its room. */
static unsigned
figure_key_more(const struct plotdata *pd)
{
	unsigned columns, lines;

	columns = figure_key_columns(pd);
	lines = (pd->curves->len + columns - 1) / columns;
	return (lines <= FIGURE_KEY_LINES ? 0 : (lines - FIGURE_KEY_LINES) *
	    FIGURE_KEY_LINE);
}

/* One panel, whatever the variants. */
static struct panel_page
figure_page_latency(const struct plotdata *pd)
{

	return ((struct panel_page){ PANEL_WIDTH, FIGURE_HEIGHT +
	    figure_key_more(pd) });
}

/* ---- panels of two parts ----------------------------------------------- */

void
figure_halves(const struct plotdata *pd, const struct figure_halves *h,
    GString *s)
{
	struct panel_place place;
	unsigned i;

	for (i = 0; i < pd->nvariants; i++) {
		place = panel_place(pd, i);
		panel_begin(s, i, 0, h->what[0]);
		panel_add_box(s, &place, PANEL_HEAD, PANEL_HIGH);
		panel_add_name(s, pd, &pd->variants[i], h->find, true, &place);
		panel_add_frozen(s, &pd->variants[i]);
		panel_add_failure(s, pd, &pd->variants[i], h->failures);
		h->draw[0](pd, i, s);
		panel_begin(s, i, 1, h->what[1]);
		panel_add_box(s, &place, PANEL_HEAD + PANEL_HIGH + PANEL_GAP,
		    PANEL_LOW);
		panel_add_frozen(s, &pd->variants[i]);
		if (h->failures)
			panel_add_failure(s, pd, &pd->variants[i], false);
		h->draw[1](pd, i, s);
	}
}

/* ---- port-exhaustion --------------------------------------------------- */

/* A line of a plot command: which columns, what it is called, how it looks. */
static void
figure_ports_line(GString *s, unsigned *n, const char *data, unsigned block,
    const char *rest)
{

	g_string_append_printf(s, "%s'%s' index %u using %s", (*n)++ == 0 ?
	    "  plot " : ", \\\n    ", data, block, rest);
}

/*
 * What a connect of this variant chooses from, and nothing else: without a
 * bind the ports of all addresses, or of the tuple; bound, those of the
 * address.
 */
static void
figure_ports_high(const struct plotdata *pd, unsigned i, GString *s)
{
	const struct plotdata_variant *v;
	unsigned n;

	v = &pd->variants[i];
	panel_add_time_axis(s, pd, false, false);
	panel_add_number(s, "  set yrange [0:", panel_round_up(pd->ports),
	    "]\n");
	panel_add_number(s, "  set ylabel 'ports (of ", pd->ports,
	    ")' offset 1,0\n");
	n = 0;
	figure_ports_line(s, &n, "timeline.dat", i, "1:2 title 'used on any "
	    "address' with lines linewidth 2 dashtype 2 linecolor rgb '"
	    PANEL_GREY_LINE "'");
	if (v->unbound != NULL && v->port_first)
		figure_ports_line(s, &n, "timeline.dat", i, "1:3 title "
		    "'free if unbound' with lines linewidth 3 dashtype 1 "
		    "linecolor rgb '" PANEL_RED "'");
	if (v->unbound != NULL && !v->port_first)
		figure_ports_line(s, &n, "timeline.dat", i, "1:4 title "
		    "'free if unbound' with linespoints pointinterval 60 "
		    "pointtype 6 linewidth 2 dashtype 1 linecolor rgb '"
		    PANEL_RED "'");
	if (v->bound != NULL && v->address_rows > 0)
		figure_ports_line(s, &n, "fullest.dat", i, "1:2 title "
		    "'free if bound' with linespoints pointinterval 20 "
		    "pointtype 4 linewidth 2 linecolor rgb '" PANEL_BLUE "'");
	g_string_append_c(s, '\n');
}

static void
figure_ports_low(const struct plotdata *pd, unsigned i, GString *s)
{
	g_autoptr(GString) what = NULL;

	panel_add_time_axis(s, pd, true, panel_is_foot(pd, i));
	panel_add_number(s, "  set yrange [0:",
	    pd->failed_max > 0 ? panel_round_up(pd->failed_max) : 1, "]\n");
	g_string_append(s, "  set ytics 0,");
	number_add_double(s, pd->failed_max > 0 ?
	    panel_round_up(pd->failed_max) / 2 : 1);
	g_string_append(s, "\n  set ylabel 'failed' offset 1,0\n"
	    "  unset key\n");
	what = g_string_new(NULL);
	panel_add_interval(what, "attempts that failed, in each ",
	    pd->interval_s * pd->every);
	panel_add_label(s, what->str, "graph 0, graph 1.14", "left front");
	g_string_append_printf(s, "  plot 'timeline.dat' index %u using 1:5 "
	    "notitle with impulses linewidth 1.5 linecolor rgb '" PANEL_RED
	    "'\n", i);
}

static void
figure_ports(const struct plotdata *pd, GString *s)
{
	static const struct figure_halves halves = { { "ports", "failures" },
	    finding_ports, { figure_ports_high, figure_ports_low }, true };

	figure_halves(pd, &halves, s);
}

/* ---- lock-stalls ------------------------------------------------------- */

static double
figure_top_ms(const struct plotdata *pd)
{

	/* Room for a line of text above all data. */
	return (panel_decade(fmax(pd->stall_max_ms, 0.001)) * 10);
}

static void
figure_add_longest(GString *s, const struct plotdata *pd,
    const struct plotdata_variant *v)
{
	g_autoptr(GString) at = NULL, text = NULL;
	double end;

	end = v->stall_start_s + v->stall_length_s;
	if (v->stall_length_s == 0)
		return;
	text = g_string_new("the longest, ");
	number_add_time(text, v->stall_length_s, SIM_S);
	panel_add_number(s, "  set arrow from first ", end,
	    ", graph 0.9");
	panel_add_number(s, " to first ", end, "");
	panel_add_number(s, ", first ", v->stall_length_s * 1e3, " head "
	    "filled size screen 0.01,20 linewidth 1.5 linecolor rgb '"
	    PANEL_BLACK "' front\n");
	at = g_string_new("first ");
	number_add_double(at, end);
	g_string_append(at, ", graph 0.94");
	panel_add_label(s, text->str, at->str, end <
	    0.5 * pd->end_s ? "left offset -0.5,0 front boxed" :
	    "right offset 0.5,0 front boxed");
}

static void
figure_stalls_high(const struct plotdata *pd, unsigned i, GString *s)
{
	g_autoptr(GString) title = NULL;

	panel_add_time_axis(s, pd, false, false);
	panel_add_log_time(s, 'y', 1e3, FIGURE_FLOOR_MS, figure_top_ms(pd));
	figure_add_longest(s, pd, &pd->variants[i]);
	g_string_append(s, "  set ylabel 'longest stall' offset 1.6,0\n"
	    "  set ytics add ('<100 ns' 0.0001)\n");
	title = g_string_new(NULL);
	panel_add_interval(title, "somebody waits for a lock: the longest of "
	    "each ", pd->interval_s * pd->every);
	g_string_append_printf(s,
	    "  plot 'timeline.dat' index %u using 1:($6 > 0 ? ($6 > 1e-4 ? "
	    "$6 : 1e-4) : NaN) title '%s' with points pointtype 7 pointsize "
	    "0.6 linecolor rgb '" PANEL_RED "'\n", i, title->str);
}

static void
figure_stalls_low(const struct plotdata *pd, unsigned i, GString *s)
{

	panel_add_time_axis(s, pd, true, panel_is_foot(pd, i));
	g_string_append(s, "  set yrange [0:105]\n  set ytics 0,50\n"
	    "  set ylabel '%' offset 1,0\n  unset key\n");
	panel_add_label(s, "share of time in which the hash lock is held "
	    "exclusively", "graph 0, graph 1.14", "left front");
	g_string_append_printf(s, "  plot 'timeline.dat' index %u using 1:7 "
	    "notitle with lines linewidth 2 linecolor rgb '" PANEL_GREEN
	    "'\n", i);
}

static void
figure_stalls(const struct plotdata *pd, GString *s)
{
	static const struct figure_halves halves = { { "stalls", "the hash "
	    "lock" }, finding_stalls, { figure_stalls_high,
	    figure_stalls_low }, false };

	figure_halves(pd, &halves, s);
}

/* ---- connect-latency --------------------------------------------------- */

static const char *const figure_colours[] = { PANEL_RED, PANEL_BLUE,
    PANEL_GREEN, PANEL_BLACK, PANEL_ORANGE, PANEL_SKY, "#cc79a7",
    PANEL_GREY_LINE };

/* One panel for all variants, and the legend above it. */
static void
figure_one_box(const struct plotdata *pd, GString *s)
{
	const struct panel_place place = { .page = figure_page_latency(pd) };

	panel_add_box(s, &place, PANEL_TOP + 54 + figure_key_more(pd),
	    FIGURE_HEIGHT - PANEL_TOP - 54 - PANEL_BOTTOM - 24);
}

static void
figure_one_key(const struct plotdata *pd, GString *s)
{

	g_string_append(s, "  set key at graph 1, graph 1.02 right bottom "
	    "horizontal nobox samplen 4 width 1");
	if (figure_key_more(pd) > 0 || figure_key_columns(pd) == 1)
		g_string_append_printf(s, " maxcols %u font ',14'",
		    figure_key_columns(pd));
	g_string_append_c(s, '\n');
}

/* How a variant's curve looks; a point every so many values. */
static void
figure_one_curve(GString *s, const char *title, unsigned variant,
    unsigned points, unsigned dash)
{

	gnuplot_add_text(s, title);
	g_string_append_printf(s, " with linespoints pointinterval %u "
	    "pointtype %u linewidth 2 dashtype %u linecolor rgb '%s'",
	    points, variant * 2 + 4, dash,
	    figure_colours[variant % G_N_ELEMENTS(figure_colours)]);
}

static void
figure_latency(const struct plotdata *pd, GString *s)
{
	const struct plotdata_curve *c;
	unsigned i;

	figure_one_box(pd, s);
	g_string_append(s, "  set xlabel 'time from when the connect was due "
	    "to its outcome, or the end' offset 0,0.2\n"
	    "  set ylabel 'share that takes longer' offset 1,0\n");
	panel_add_log_time(s, 'x', 1, 1, 1e8);
	g_string_append(s, "  set xrange [*:*]\n  set logscale y\n"
	    "  set yrange [*:1.2]\n  set ytics ('all' 1, '10 %%' 0.1, "
	    "'1 %%' 0.01, '0.1 %%' 1e-3, '0.01 %%' 1e-4, '10 ppm' 1e-5, "
	    "'1 ppm' 1e-6, '0.1 ppm' 1e-7)\n");
	figure_one_key(pd, s);
	for (i = 0; i < pd->curves->len; i++) {
		g_autofree char *title = NULL;

		c = &g_array_index(pd->curves, struct plotdata_curve, i);
		title = figure_curve_title(pd, i);
		g_string_append_printf(s, "%s'%s' index %u using 1:2 title ",
		    i == 0 ? "  plot " : ", \\\n    ",
		    i == 0 ? "latency.dat" : "", i);
		figure_one_curve(s, title, c->variant, 40,
		    (unsigned)MAX(c->workload, 1));
	}
	if (pd->curves->len == 0)
		g_string_append(s, "  set label 'no connects' at graph 0.5, "
		    "graph 0.5 center\n  set xrange [1:10]\n"
		    "  set yrange [0.1:1]\n  plot NaN notitle");
	g_string_append_c(s, '\n');
}

/* ---- scripts ----------------------------------------------------------- */

const struct figure figure_table[] = {
	{ "port-exhaustion", NULL, "ports that are left, and connects that "
	    "fail, over time", finding_ports, figure_ports, panel_page },
	{ "lock-stalls", NULL, "who waits how long for a lock, over time",
	    finding_stalls, figure_stalls, panel_page },
	{ "connect-latency", NULL, "share of connects that take at least so "
	    "long", finding_latency, figure_latency,
	    figure_page_latency },
	{ "connect-causes", figure_has_causes, "how long connects take, "
	    "and what most of that goes to", finding_causes, figure_causes,
	    panel_page },
	{ "address-occupancy", figure_has_addresses, "ports in use on each "
	    "local address, and on any, over time", finding_addresses,
	    figure_addresses, panel_page },
	{ "observer-lags", figure_has_observers, "how late each observer is, "
	    "and when it is frozen", finding_frozen, figure_lags, panel_page },
	{ "pcb-states", NULL, "pcbs by their state, over time", finding_pcbs,
	    figure_pcbs, panel_page },
	{ .name = NULL }
};

void
figure_begin(GString *s, const char *name, const char *what, unsigned width,
    unsigned height)
{

	g_string_append_printf(s,
	    "# %s: %s.\n"
	    "# Draw it again with: gnuplot -d %s.gp\n"
	    "set encoding utf8\n"
	    "set tics nomirror\n"
	    "set border 3\n"
	    "set style textbox opaque noborder fillcolor rgb 'white' "
	    "margins 0.4,0.4\n"
	    "set grid ytics linetype 1 linewidth 1 linecolor rgb '#e0e0e0'\n"
	    "do for [kind in 'svg png'] {\n"
	    "  if (kind eq 'svg') {\n"
	    "    set terminal svg size %u,%u font 'sans,15' background rgb "
	    "'white' noenhanced\n"
	    "    set output '%s.svg'\n"
	    "  }\n"
	    "  if (kind eq 'png') {\n"
	    "    if (!strstrt(GPVAL_TERMINALS, 'pngcairo')) { break }\n"
	    "    set terminal pngcairo size %u,%u font 'sans,15' background "
	    "rgb 'white' noenhanced\n"
	    "    set output '%s.png'\n"
	    "  }\n"
	    "  set multiplot\n", name, what, name, width, height, name, width,
	    height, name);
	panel_add_reset(s);
}

void
figure_end(GString *s)
{

	g_string_append(s, "  unset multiplot\n  unset output\n}\n");
}

char *
figure_script(const struct figure *f, const struct plotdata *pd)
{
	const struct panel_page page = f->page(pd);
	GString *s;

	s = g_string_new(NULL);
	figure_begin(s, f->name, f->what, (unsigned)page.width,
	    (unsigned)page.height);
	panel_add_page(s, pd, f->find, &page);
	f->draw(pd, s);
	figure_end(s);
	return (g_string_free(s, FALSE));
}
