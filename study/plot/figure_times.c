/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scripts for gnuplot: how late each observer is, and the states of pcbs; see
 * figure.h.
 */

#include <math.h>
#include <string.h>

#include "study/plot/figure.h"
#include "study/plot/gnuplot.h"
#include "study/plot/panel.h"
#include "study/text/number.h"

/* ---- observer-lags ----------------------------------------------------- */

/* An observer's colour, and a point of its own for grey print. */
static const char *const times_colours[] = { PANEL_RED, PANEL_BLUE,
    PANEL_GREEN, PANEL_BLACK, PANEL_ORANGE, PANEL_SKY, "#cc79a7",
    PANEL_GREY_LINE };

#define	TIMES_COLOUR(i)	times_colours[(i) % G_N_ELEMENTS(times_colours)]

bool
figure_has_observers(const struct plotdata *pd)
{

	return (pd->nobservers > 0);
}

/* One that all share, or none. */
static double
lags_deadline(const struct plotdata *pd)
{
	unsigned i;

	for (i = 1; i < pd->nobservers; i++)
		if (pd->observers[i].deadline_ms !=
		    pd->observers[0].deadline_ms)
			return (NAN);
	return (pd->observers[0].deadline_ms);
}

/* A line this near to the top, as a ratio, has its label below it. */
#define	LAGS_NEAR	4

static void
lags_add_deadline(GString *s, double deadline_ms, double top_ms)
{
	g_autoptr(GString) at = NULL, text = NULL;

	if (!isfinite(deadline_ms))
		return;
	panel_add_number(s, "  set arrow from graph 0, first ", deadline_ms,
	    "");
	panel_add_number(s, " to graph 1, first ", deadline_ms, " nohead "
	    "linewidth 1 dashtype 4 linecolor rgb '" PANEL_BLACK "' back\n");
	text = g_string_new("deadline ");
	number_add_time(text, deadline_ms, SIM_MS);
	at = g_string_new("graph 0.01, first ");
	number_add_double(at, deadline_ms);
	/* Not into what stands above the panel. */
	panel_add_label(s, text->str, at->str, deadline_ms * LAGS_NEAR >
	    top_ms ? "left offset 0,-0.8 front boxed font ',13'" :
	    "left offset 0,0.7 front boxed font ',13'");
}

static void
lags_high(const struct plotdata *pd, unsigned i, GString *s)
{
	g_autoptr(GString) what = NULL;
	double top;
	unsigned o;

	top = panel_decade(fmax(pd->lag_max_ms, fmin(lags_deadline(pd),
	    1e6)));
	panel_add_time_axis(s, pd, false, false);
	panel_add_log_time(s, 'y', 1e3, 0.01, top);
	lags_add_deadline(s, lags_deadline(pd), top);
	g_string_append(s, "  set ylabel 'late by' offset 1,0\n");
	what = g_string_new(NULL);
	panel_add_interval(what, "the latest of each ", pd->interval_s *
	    plotdata_every(pd, pd->nobservers));
	g_string_append(what, ", >10 us");
	panel_add_label(s, what->str, "graph 0, graph 1.06",
	    "left front font ',13'");
	for (o = 0; o < pd->nobservers; o++) {
		g_string_append_printf(s, "%s'%s' index %u using 1:($%u > 0.01 "
		    "? $%u : NaN) title ", o == 0 ?
		    "  plot " : ", \\\n    ", o == 0 ? "lags.dat" : "", i,
		    o + 2, o + 2);
		gnuplot_add_text(s, pd->observers[o].name);
		g_string_append_printf(s, " with points pointtype %u "
		    "pointsize 0.5 linecolor rgb '%s'", o + 4,
		    TIMES_COLOUR(o));
	}
	g_string_append_c(s, '\n');
}

/* A lane an observer, filled while it was frozen. */
static void
lags_lane(const struct plotdata *pd, const struct plotdata_variant *v,
    unsigned o, unsigned *object, GString *s)
{
	const struct plotdata_span *span;
	unsigned i;

	for (i = 0; i < v->frozen_of[o]->len; i++) {
		span = &g_array_index(v->frozen_of[o], struct plotdata_span,
		    i);
		g_string_append_printf(s, "  set object %u rectangle from ",
		    ++*object);
		panel_add_number(s, "first ", span->from, "");
		g_string_append_printf(s, ", first %u.15 to ",
		    pd->nobservers - 1 - o);
		panel_add_number(s, "first ", span->to, "");
		g_string_append_printf(s, ", first %u.85 front fillcolor rgb "
		    "'%s' fillstyle solid 1 noborder\n",
		    pd->nobservers - 1 - o, TIMES_COLOUR(o));
	}
}

static void
lags_low(const struct plotdata *pd, unsigned i, GString *s)
{
	unsigned o, object;

	panel_add_time_axis(s, pd, true, panel_is_foot(pd, i));
	g_string_append_printf(s, "  unset object\n  unset grid\n"
	    "  set yrange [0:%u]\n  unset ytics\n  set ytics nomirror (",
	    pd->nobservers);
	for (o = 0; o < pd->nobservers; o++) {
		g_string_append(s, o > 0 ? ", " : "");
		gnuplot_add_text(s, pd->observers[o].name);
		g_string_append_printf(s, " %u.5", pd->nobservers - 1 - o);
	}
	g_string_append(s, ") font ',13'\n  unset ylabel\n  unset key\n");
	panel_add_label(s, "frozen, later than its deadline",
	    "graph 0, graph 1.14", "left front font ',13'");
	for (o = 0, object = 0; o < pd->nobservers; o++)
		lags_lane(pd, &pd->variants[i], o, &object, s);
	g_string_append(s, "  plot NaN notitle\n");
}

void
figure_lags(const struct plotdata *pd, GString *s)
{
	static const struct figure_halves halves = { { "lags", "freezes" },
	    finding_frozen, { lags_high, lags_low }, false };

	figure_halves(pd, &halves, s);
}

/* ---- pcb-states -------------------------------------------------------- */

static double
pcbs_most(const struct plotdata *pd)
{
	double most;
	unsigned i;

	for (i = 0, most = 1; i < pd->nvariants; i++)
		most = fmax(most, pd->variants[i].pcbs_max);
	return (panel_round_up(most));
}

/* Upon one another: what stands longest at the foot. */
static void
pcbs_high(const struct plotdata *pd, unsigned i, GString *s)
{

	panel_add_time_axis(s, pd, false, false);
	panel_add_number(s, "  set yrange [0:", pcbs_most(pd), "]\n");
	/* Numbers of six digits would push it off the page. */
	g_string_append(s, "  set ylabel 'pcbs' offset 1.3,0\n");
	g_string_append_printf(s, "  plot 'timeline.dat' index %u using "
	    "1:($9+$10+$11) title 'TIME_WAIT over' with "
	    "filledcurves x1 linecolor rgb '" PANEL_RED "' fillstyle solid "
	    "0.9, \\\n    '' index %u using 1:($9+$10) title 'TIME_WAIT' with "
	    "filledcurves x1 linecolor rgb '" PANEL_ORANGE "' fillstyle "
	    "solid 0.9, \\\n    '' index %u using 1:9 title 'connected' with "
	    "filledcurves x1 linecolor rgb '" PANEL_SKY "' fillstyle solid "
	    "0.9\n", i, i, i);
}

static void
pcbs_low(const struct plotdata *pd, unsigned i, GString *s)
{
	double most;
	unsigned k;

	for (k = 0, most = 0; k < pd->nvariants; k++)
		most = fmax(most, pd->variants[k].over_max);
	most = most > 0 ? panel_round_up(most) : 1;
	panel_add_time_axis(s, pd, true, panel_is_foot(pd, i));
	panel_add_number(s, "  set yrange [0:", most, "]\n");
	panel_add_number(s, "  set ytics 0,", most > 1 ? most / 2 : 1, "\n");
	g_string_append(s, "  unset ylabel\n  unset key\n");
	panel_add_label(s, "of these: TIME_WAIT is over, and nobody has freed "
	    "it yet", "graph 0, graph 1.14", "left front font ',13'");
	g_string_append_printf(s, "  plot 'timeline.dat' index %u using 1:11 "
	    "notitle with filledcurves x1 linecolor rgb '" PANEL_RED
	    "' fillstyle solid 0.9\n", i);
}

void
figure_pcbs(const struct plotdata *pd, GString *s)
{
	static const struct figure_halves halves = { { "states", "over" },
	    finding_pcbs, { pcbs_high, pcbs_low }, false };

	figure_halves(pd, &halves, s);
}
