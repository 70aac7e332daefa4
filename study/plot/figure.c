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
#define	FIGURE_HEIGHT	580
/* There is room for so many lines of a legend; each more makes it higher. */
#define	FIGURE_KEY_LINES	2
#define	FIGURE_KEY_COLUMNS	2
#define	FIGURE_KEY_LINE	24		/* pixels */

/*
 * The foot of a logarithmic axis of times, ms.  What is shorter is drawn on
 * it; what has no length at all is not drawn: nobody waited, no tick was due.
 */
#define	FIGURE_FLOOR_MS	0.0001

/* Pixels that a legend of so many entries takes beyond its room. */
static unsigned
figure_key_more(unsigned entries)
{
	unsigned lines;

	lines = (entries + FIGURE_KEY_COLUMNS - 1) / FIGURE_KEY_COLUMNS;
	return (lines <= FIGURE_KEY_LINES ? 0 : (lines - FIGURE_KEY_LINES) *
	    FIGURE_KEY_LINE);
}

static unsigned
figure_height_lag(const struct plotdata *pd)
{

	return (FIGURE_HEIGHT + figure_key_more(pd->nvariants));
}

static unsigned
figure_height_latency(const struct plotdata *pd)
{

	return (FIGURE_HEIGHT + figure_key_more(pd->curves->len));
}

/* ---- panels of two parts ----------------------------------------------- */

/* A variant's panel: over time something above, something else below. */
struct halves {
	const char	*what[2];	/* for the script's comments */
	void		(*draw[2])(const struct plotdata *, unsigned variant,
			    GString *);
	/* The first failure is told above, and marked below, too. */
	bool		failures;
};

static void
figure_halves(const struct plotdata *pd, const struct halves *h, GString *s)
{
	double height, top;
	unsigned i;

	height = panel_page_height(pd);
	for (i = 0; i < pd->nvariants; i++) {
		top = panel_top(i) + PANEL_HEAD;
		panel_begin(s, i, 0, h->what[0]);
		panel_add_box(s, height, top, PANEL_HIGH);
		panel_add_name(s, &pd->variants[i], true, height,
		    panel_top(i));
		panel_add_frozen(s, &pd->variants[i]);
		panel_add_failure(s, pd, &pd->variants[i], h->failures);
		h->draw[0](pd, i, s);
		panel_begin(s, i, 1, h->what[1]);
		panel_add_box(s, height, top + PANEL_HIGH + PANEL_GAP,
		    PANEL_LOW);
		panel_add_frozen(s, &pd->variants[i]);
		if (h->failures)
			panel_add_failure(s, pd, &pd->variants[i], false);
		h->draw[1](pd, i, s);
	}
}

/* ---- port-exhaustion --------------------------------------------------- */

static void
figure_ports_high(const struct plotdata *pd, unsigned i, GString *s)
{

	panel_add_time_axis(s, pd, false, false);
	panel_add_number(s, "  set yrange [0:", panel_round_up(pd->ports),
	    "]\n");
	panel_add_number(s, "  set ylabel 'ports (of ", pd->ports,
	    ")' offset 1,0\n");
	g_string_append_printf(s,
	    "  plot 'timeline.dat' index %u using 1:2 title 'busy on some "
	    "address' with lines linewidth 2 dashtype 2 linecolor rgb '"
	    PANEL_BLACK "', \\\n"
	    "    '' index %u using 1:3 title 'free on every address' "
	    "with lines linewidth 3 dashtype 1 linecolor rgb '" PANEL_RED
	    "', \\\n"
	    "    '' index %u using 1:4 title 'free to the "
	    "fullest peer' with linespoints pointinterval 60 pointtype 6 "
	    "linewidth 2 dashtype 1 linecolor rgb '" PANEL_BLUE "'\n",
	    i, i, i);
}

static void
figure_ports_low(const struct plotdata *pd, unsigned i, GString *s)
{

	panel_add_time_axis(s, pd, true, i + 1 == pd->nvariants);
	panel_add_number(s, "  set yrange [0:",
	    pd->failed_max > 0 ? panel_round_up(pd->failed_max) : 1, "]\n");
	g_string_append(s, "  set ytics 0,");
	number_add_double(s, pd->failed_max > 0 ?
	    panel_round_up(pd->failed_max) / 2 : 1);
	g_string_append(s, "\n  set ylabel 'failed' offset 1,0\n"
	    "  unset key\n");
	panel_add_label(s, "connects that failed in an interval",
	    "graph 0, graph 1.14", "left front");
	g_string_append_printf(s, "  plot 'timeline.dat' index %u using 1:5 "
	    "notitle with impulses linewidth 1.5 linecolor rgb '" PANEL_RED
	    "'\n", i);
}

static void
figure_ports(const struct plotdata *pd, GString *s)
{
	static const struct halves halves = { { "ports", "failures" },
	    { figure_ports_high, figure_ports_low }, true };

	figure_halves(pd, &halves, s);
}

/* ---- lock-stalls ------------------------------------------------------- */

static double
figure_top_ms(const struct plotdata *pd)
{
	double most;

	most = fmax(pd->stall_max_ms, pd->lag_max_ms);
	if (pd->deadline_ms < 1e9)
		most = fmax(most, pd->deadline_ms);
	/* Room for a line of text above all data. */
	return (panel_decade(most) * 10);
}

static void
figure_add_deadline(GString *s, const struct plotdata *pd)
{
	g_autoptr(GString) at = NULL;

	if (!(pd->deadline_ms < 1e9))
		return;
	panel_add_number(s, "  set arrow from graph 0, first ",
	    pd->deadline_ms, "");
	panel_add_number(s, " to graph 1, first ", pd->deadline_ms, " nohead "
	    "linewidth 1 dashtype 4 linecolor rgb '" PANEL_BLACK "' back\n");
	at = g_string_new("graph 0.01, first ");
	number_add_double(at, pd->deadline_ms);
	panel_add_label(s, "console deadline", at->str,
	    "left offset 0,-0.7 front boxed");
}

static void
figure_add_longest(GString *s, const struct plotdata *pd,
    const struct plotdata_variant *v)
{
	g_autoptr(GString) at = NULL, text = NULL;
	double end;

	end = v->stall_start_s + v->stall_length_s;
	if (v->stall_length_s == 0) {
		panel_add_label(s, "no stall above the threshold",
		    "graph 0.5, graph 0.5", "center front");
		return;
	}
	text = g_string_new("longest stall ");
	number_add_time(text, v->stall_length_s, SIM_S);
	g_string_append_printf(text, ": %s in %s holds %s", v->stall_holder,
	    v->stall_doing, v->stall_lock);
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

	panel_add_time_axis(s, pd, false, false);
	panel_add_log_time(s, 'y', 1e3, FIGURE_FLOOR_MS, figure_top_ms(pd));
	figure_add_deadline(s, pd);
	figure_add_longest(s, pd, &pd->variants[i]);
	g_string_append(s, "  set ylabel 'longest in interval' offset 1,0\n");
	g_string_append_printf(s,
	    "  plot 'timeline.dat' index %u using 1:($6 > 0 ? ($6 > 1e-4 ? "
	    "$6 : 1e-4) : NaN) title 'stall: somebody waits for a lock' "
	    "with points "
	    "pointtype 7 pointsize 0.6 linecolor rgb '" PANEL_RED "', \\\n"
	    "    '' index %u using 1:($8 > 0 ? ($8 > 1e-4 ? $8 : "
	    "1e-4) : NaN) title 'console lag' with linespoints "
	    "pointinterval 30 pointtype 6 linewidth 2 "
	    "linecolor rgb '" PANEL_BLUE "'\n", i, i);
}

static void
figure_stalls_low(const struct plotdata *pd, unsigned i, GString *s)
{

	panel_add_time_axis(s, pd, true, i + 1 == pd->nvariants);
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
	static const struct halves halves = { { "stalls", "the hash lock" },
	    { figure_stalls_high, figure_stalls_low }, false };

	figure_halves(pd, &halves, s);
}

/* ---- connect-latency, console-lag -------------------------------------- */

static const char *const figure_colours[] = { PANEL_RED, PANEL_BLUE,
    PANEL_GREEN, PANEL_BLACK };

/* One panel for all variants, and the legend above it. */
static void
figure_one_box(unsigned entries, GString *s)
{
	unsigned more;

	more = figure_key_more(entries);
	panel_add_box(s, FIGURE_HEIGHT + more, PANEL_TOP + 30 + more,
	    FIGURE_HEIGHT - PANEL_TOP - 30 - PANEL_BOTTOM - 24);
}

static void
figure_one_key(unsigned entries, GString *s)
{

	g_string_append(s, "  set key at graph 1, graph 1.02 right bottom "
	    "horizontal nobox samplen 4 width 1");
	if (figure_key_more(entries) > 0)
		g_string_append_printf(s, " maxcols %d font ',14'",
		    FIGURE_KEY_COLUMNS);
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
	const char *of;
	unsigned i;

	figure_one_box(pd->curves->len, s);
	g_string_append(s, "  set xlabel 'time from when the connect was due "
	    "to its outcome' offset 0,0.2\n"
	    "  set ylabel 'share of connects' offset 1,0\n");
	panel_add_log_time(s, 'x', 1, 1, 1e8);
	g_string_append(s, "  set xrange [*:*]\n  set logscale y\n"
	    "  set yrange [*:1.2]\n  set ytics ('all' 1, '10 %%' 0.1, "
	    "'1 %%' 0.01, '0.1 %%' 1e-3, '0.01 %%' 1e-4, '10 ppm' 1e-5, "
	    "'1 ppm' 1e-6, '0.1 ppm' 1e-7)\n");
	figure_one_key(pd->curves->len, s);
	for (i = 0; i < pd->curves->len; i++) {
		g_autofree char *title = NULL;

		c = &g_array_index(pd->curves, struct plotdata_curve, i);
		of = strchr(c->what, ':');
		title = of == NULL ? g_strdup(pd->variants[c->variant].name) :
		    g_strdup_printf("%s, %s", pd->variants[c->variant].name,
		    of + 1);
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

static void
figure_lag(const struct plotdata *pd, GString *s)
{
	unsigned i;

	figure_one_box(pd->nvariants, s);
	panel_add_time_axis(s, pd, true, true);
	panel_add_log_time(s, 'y', 1e3, FIGURE_FLOOR_MS, figure_top_ms(pd));
	figure_add_deadline(s, pd);
	g_string_append(s, "  set ylabel 'console lag, longest in interval' "
	    "offset 1,0\n");
	figure_one_key(pd->nvariants, s);
	for (i = 0; i < pd->nvariants; i++) {
		g_string_append_printf(s, "%s'%s' index %u using 1:($8 > 0 ? "
		    "($8 > 1e-4 ? $8 : 1e-4) : NaN) title ", i == 0 ?
		    "  plot " : ", \\\n    ", i == 0 ? "timeline.dat" : "", i);
		figure_one_curve(s, pd->variants[i].name, i, 30, i % 4 + 1);
	}
	g_string_append_c(s, '\n');
}

/* ---- scripts ----------------------------------------------------------- */

const struct figure figure_table[] = {
	{ "port-exhaustion", NULL, "ports that are left, and connects that "
	    "fail, over time", figure_ports, PANEL_WIDTH,
	    panel_page_height },
	{ "lock-stalls", NULL, "who waits how long for a lock, over time",
	    figure_stalls, PANEL_WIDTH, panel_page_height },
	{ "connect-latency", NULL, "share of connects that take at least so "
	    "long", figure_latency, PANEL_WIDTH,
	    figure_height_latency },
	{ "connect-causes", figure_has_causes, "how long each connect takes, "
	    "and what most of that goes to", figure_causes, PANEL_WIDTH,
	    panel_page_height },
	{ "address-occupancy", figure_has_addresses, "ports in use on each "
	    "local address, and on any, over time", figure_addresses,
	    PANEL_WIDTH, panel_page_height },
	{ "console-lag", NULL, "how late the terminal is, over time",
	    figure_lag, PANEL_WIDTH, figure_height_lag },
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
	GString *s;
	unsigned height;

	height = f->height(pd);
	s = g_string_new(NULL);
	figure_begin(s, f->name, f->what, f->width, height);
	panel_add_page(s, pd, height);
	f->draw(pd, s);
	figure_end(s);
	return (g_string_free(s, FALSE));
}
