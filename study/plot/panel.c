/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Pieces of pictures; see panel.h.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/plot/gnuplot.h"
#include "study/plot/panel.h"
#include "study/text/number.h"

void
panel_add_number(GString *s, const char *before, double v,
    const char *after)
{

	g_string_append(s, before);
	number_add_double(s, v);
	g_string_append(s, after);
}

void
panel_add_label(GString *s, const char *text, const char *at,
    const char *how)
{

	g_string_append(s, "  set label ");
	gnuplot_add_text(s, text);
	g_string_append_printf(s, " at %s %s\n", at, how);
}

unsigned
panel_page_height(const struct plotdata *pd)
{

	return (PANEL_TOP + PANEL_EACH * pd->nvariants + PANEL_BOTTOM);
}

double
panel_top(unsigned variant)
{

	return (PANEL_TOP + PANEL_EACH * (double)variant);
}

void
panel_begin(GString *s, unsigned variant, unsigned part, const char *what)
{

	g_string_append_printf(s, "  # Variant %u%s%s.\n", variant + 1,
	    *what == '\0' ? "" : ": ", what);
	if (variant > 0 || part > 0)
		panel_add_reset(s);
}

void
panel_add_margins(GString *s, const double x[2], const double y[2])
{

	panel_add_number(s, "  set lmargin at screen ", x[0], "\n");
	panel_add_number(s, "  set rmargin at screen ", x[1], "\n");
	panel_add_number(s, "  set tmargin at screen ", y[1], "\n");
	panel_add_number(s, "  set bmargin at screen ", y[0], "\n");
}

void
panel_add_box(GString *s, double height, double top, double high)
{
	const double x[2] = { (double)PANEL_LEFT / PANEL_WIDTH,
	    1 - (double)PANEL_RIGHT / PANEL_WIDTH };
	const double y[2] = { 1 - (top + high) / height, 1 - top / height };

	panel_add_margins(s, x, y);
}

/* 10 to the power of e, as exactly as a literal. */
static double
panel_power(int e)
{
	double d;
	int i;

	for (i = 0, d = 1; i < abs(e); i++)
		d *= 10;
	return (e < 0 ? 1 / d : d);
}

void
panel_add_log_time(GString *s, char axis, double us, double from, double to)
{
	static const char *const names[] = { "1 ns", "10 ns", "100 ns",
	    "1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms", "1 s",
	    "10 s", "100 s", "1000 s" };
	size_t i;

	g_string_append_printf(s, "  set logscale %c\n", axis);
	g_string_append_printf(s, "  set %crange [", axis);
	/* A little lower, or rounding may lose the tick at the foot. */
	panel_add_number(s, "", from * 0.9999, ":");
	panel_add_number(s, "", to, "]\n");
	g_string_append_printf(s, "  set %ctics (", axis);
	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_string_append_printf(s, "%s'%s'", i > 0 ? ", " : "",
		    names[i]);
		panel_add_number(s, " ", panel_power((int)i - 3) / us, "");
	}
	g_string_append(s, ")\n");
}

double
panel_decade(double v)
{
	int e;

	for (e = -3; panel_power(e) < v; e++)
		;
	return (panel_power(e));
}

double
panel_round_up(double v)
{
	double d;

	d = panel_decade(v * 1.02) / 10;
	return (d * ceil(v * 1.02 / d));
}

void
panel_add_time_axis(GString *s, const struct plotdata *pd, bool numbers,
    bool name)
{

	panel_add_number(s, "  set xrange [0:", pd->end_s, "]\n");
	g_string_append_printf(s, "  set format x '%s'\n", numbers ? "%g" :
	    "");
	if (name)
		g_string_append(s, "  set xlabel 'simulated time (s)' "
		    "offset 0,0.4\n");
	else
		g_string_append(s, "  unset xlabel\n");
}

void
panel_add_frozen(GString *s, const struct plotdata_variant *v)
{
	const struct plotdata_span *span;
	unsigned i;

	for (i = 0; i < v->frozen->len; i++) {
		span = &g_array_index(v->frozen, struct plotdata_span, i);
		g_string_append_printf(s, "  set object %u rectangle from ",
		    i + 1);
		panel_add_number(s, "first ", span->from, ", graph 0 to ");
		panel_add_number(s, "first ", span->to, ", graph 1 behind "
		    "fillcolor rgb '" PANEL_GREY "' fillstyle solid 0.6 "
		    "noborder\n");
	}
}

void
panel_add_failure(GString *s, const struct plotdata *pd,
    const struct plotdata_variant *v, bool text)
{
	g_autoptr(GString) at = NULL, what = NULL;

	if (isnan(v->first_failure_s))
		return;
	panel_add_number(s, "  set arrow from first ", v->first_failure_s,
	    ", graph 0");
	panel_add_number(s, " to first ", v->first_failure_s, ", graph 1 "
	    "nohead linewidth 1.5 dashtype 3 linecolor rgb '" PANEL_BLACK
	    "' front\n");
	if (!text)
		return;
	what = g_string_new("first failed connect ");
	number_add_double(what, round(v->first_failure_s * 100) / 100);
	g_string_append(what, " s");
	at = g_string_new("first ");
	number_add_double(at, v->first_failure_s);
	g_string_append(at, ", graph 0.55");
	panel_add_label(s, what->str, at->str, v->first_failure_s <
	    0.6 * pd->end_s ? "left offset 0.6,0 front boxed" :
	    "right offset -0.6,0 front boxed");
}

void
panel_add_reset(GString *s)
{

	g_string_append(s, "  unset label\n  unset arrow\n  unset object\n"
	    "  unset logscale\n  set ytics autofreq\n");
}

void
panel_add_name(GString *s, const struct plotdata_variant *v, bool shaded,
    double height, double top)
{
	g_autoptr(GString) at = NULL, text = NULL;

	text = g_string_new(v->name);
	g_string_append_printf(text, " (%s: %s)", v->stack, v->port_first ?
	    "port first" : "address first");
	if (v->frozen_s > 0) {
		g_string_append(text, ": console frozen for ");
		number_add_double(text, round(v->frozen_s * 10) / 10);
		g_string_append(text, shaded ? " s (shaded)" : " s");
	}
	at = g_string_new(NULL);
	panel_add_number(at, "screen ", (double)PANEL_LEFT / PANEL_WIDTH,
	    ", screen ");
	panel_add_number(at, "", 1 - (top + 12) / height, "");
	panel_add_label(s, text->str, at->str, "left font ',16'");
	/* The legend: one line between the name and the panel. */
	g_string_append(s, "  set key at graph 1, graph 1.03 right bottom "
	    "horizontal nobox samplen 2.5 width -5 font ',13'\n");
}

void
panel_add_footer(GString *s, const char *text, double height)
{
	g_autoptr(GString) at = NULL;

	at = g_string_new(NULL);
	panel_add_number(at, "screen 0.99, screen ", 12 / height, "");
	panel_add_label(s, text, at->str, "right font ',13' textcolor "
	    "rgb '#505050'");
}

void
panel_add_page(GString *s, const struct plotdata *pd, double height)
{
	g_autoptr(GString) at = NULL, foot = NULL;
	g_autofree char *title = NULL, *first = NULL;
	const char *comment, *cut;
	size_t len;

	comment = csvtable_comment(pd->timeline, "title");
	title = g_strdup(comment == NULL ? "" : comment);
	len = strlen(title);
	cut = NULL;
	if (len > 84) {
		for (cut = title + 84; cut > title && *cut != ' '; cut--)
			;
		if (cut == title)
			cut = NULL;
	}
	first = cut == NULL ? g_strdup(title) : g_strndup(title,
	    (gsize)(cut - title));
	at = g_string_new(NULL);
	panel_add_number(at, "screen 0.5, screen ", 1 - 20 / height, "");
	panel_add_label(s, first, at->str, "center font ',16'");
	if (cut != NULL) {
		g_string_truncate(at, 0);
		panel_add_number(at, "screen 0.5, screen ", 1 - 44 / height,
		    "");
		panel_add_label(s, cut + 1, at->str, "center font ',16'");
	}
	foot = g_string_new(csvtable_first(pd->timeline));
	comment = csvtable_comment(pd->timeline, "seed");
	g_string_append_printf(foot, ", seed %s", comment == NULL ? "?" :
	    comment);
	comment = csvtable_comment(pd->timeline, "digest");
	g_string_append_printf(foot, ", scenario digest %.12s", comment ==
	    NULL ? "?" : comment);
	comment = csvtable_comment(pd->timeline, "replications");
	if (comment != NULL && strcmp(comment, "1") != 0)
		g_string_append_printf(foot, ", replication 1 of %s", comment);
	if (pd->incomplete)
		g_string_append(foot, ", INCOMPLETE");
	panel_add_footer(s, foot->str, height);
}
