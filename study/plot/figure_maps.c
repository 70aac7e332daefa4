/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scripts for gnuplot: the two pictures whose panels are maps, of connects by
 * time and latency and of ports by time and address; see figure.h.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/machine/run.h"
#include "study/plot/figure.h"
#include "study/plot/panel.h"
#include "study/text/number.h"

/* ---- connect-causes ---------------------------------------------------- */

/* What each cause is called, and its colour. */
static const struct {
	const char	*title;
	const char	*colour;
} maps_causes[NCAUSES] = {
	[CAUSE_WORK] = { "own work", "#b0b0b0" },
	[CAUSE_SEARCH] = { "own search", PANEL_BLUE },
	[CAUSE_LOCK] = { "lock wait", PANEL_RED },
	[CAUSE_CPU] = { "CPU wait", PANEL_GREEN },
	[CAUSE_THREAD] = { "thread wait", PANEL_BLACK }
};

bool
figure_has_causes(const struct plotdata *pd)
{

	return (pd->connects != NULL);
}

/* The least and the greatest latency, us, as powers of ten. */
static void
causes_range(const struct plotdata *pd, double *from, double *to)
{
	double v;
	size_t row;

	*from = HUGE_VAL;
	*to = 0;
	for (row = 0; row < csvtable_rows(pd->connects); row++) {
		v = plotdata_number(pd->connects, row, "latency_us");
		*from = fmin(*from, v);
		*to = fmax(*to, v);
	}
	*to = *to > 0 ? panel_decade(*to) : 10;
	*from = fmin(panel_decade(*from > *to ? *to : *from), *to) / 10;
}

static void
causes_high(const struct plotdata *pd, unsigned i, GString *s)
{
	g_autoptr(GString) title = NULL;
	double from, to;

	causes_range(pd, &from, &to);
	panel_add_time_axis(s, pd, false, false);
	panel_add_log_time(s, 'y', 1, from, to);
	g_string_append(s, "  set ylabel 'due to outcome, or end' offset 1,0 "
	    "font ',15'\n"
	    "  set key width 1\n");
	title = g_string_new(NULL);
	panel_add_interval(title, "in each ",
	    plotdata_connects_step(pd));
	panel_add_label(s, title->str, "graph 0, graph 1.06",
	    "left front font ',13'");
	g_string_append_printf(s, "  plot 'connects.dat' index %u using "
	    "1:3 title '99 of 100 within' with lines linewidth 2 linecolor "
	    "rgb '" PANEL_BLUE "', \\\n    '' index %u using 1:4 title "
	    "'longest' with points pointtype 7 pointsize 0.4 linecolor rgb '"
	    PANEL_RED "', \\\n    '' index %u using 1:2 title 'median' with "
	    "lines linewidth 3 linecolor rgb '" PANEL_BLACK "'\n", i, i, i);
}

/* Areas upon one another, what lies on top first. */
static void
causes_low(const struct plotdata *pd, unsigned i, GString *s)
{
	unsigned cause, n;

	panel_add_time_axis(s, pd, true, panel_is_foot(pd, i));
	g_string_append(s, "  set yrange [0:100]\n  set ytics 0,50\n"
	    "  set ylabel '% connects' offset 1,0 font ',12'\n"
	    "  set key at graph 1, graph 1.04 right bottom horizontal nobox "
	    "samplen 1 width -1 font ',13'\n");
	panel_add_label(s, "mostly:", "graph 0, graph 1.17",
	    "left front font ',13'");
	for (n = 0; n < NCAUSES; n++) {
		cause = plotdata_cause(NCAUSES - 1 - n);
		g_string_append_printf(s, "%s'%s' index %u using 1:%u title "
		    "'%s' with filledcurves x1 linecolor rgb '%s' fillstyle "
		    "solid 1", n == 0 ? "  plot " : ", \\\n    ", n == 0 ?
		    "connects.dat" : "", i, 4 + NCAUSES - n,
		    maps_causes[cause].title, maps_causes[cause].colour);
	}
	g_string_append_c(s, '\n');
}

void
figure_causes(const struct plotdata *pd, GString *s)
{
	static const struct figure_halves halves = { { "latency", "causes" },
	    finding_causes, { causes_high, causes_low }, false };

	figure_halves(pd, &halves, s);
}

/* ---- address-occupancy ------------------------------------------------- */

bool
figure_has_addresses(const struct plotdata *pd)
{

	const struct csvtable *t;
	size_t row;

	t = pd->addresses;
	if (t == NULL)
		return (false);
	/* An image of one look is none to gnuplot. */
	for (row = 1; row < csvtable_rows(t); row++)
		if (strcmp(csvtable_text(t, row, csvtable_find(t, "time_s")),
		    csvtable_text(t, 0, csvtable_find(t, "time_s"))) != 0)
			return (true);
	return (false);
}

/* A plot of block `index' of addresses.dat. */
static void
addresses_plot(const struct plotdata *pd, unsigned index, GString *s)
{
	double step;

	/* Looks are so far apart; the first one was at the first's end. */
	step = plotdata_number(pd->addresses, 0, "time_s");
	g_string_append_printf(s, "  plot 'addresses.dat' index %u using "
	    "(($1 + 0.5) * ", index);
	number_add_double(s, step);
	g_string_append(s, "):(($2 + 0.5) / 2):3 notitle with image\n");
}

/* Logarithmic: addresses that are nearly empty must be told apart, too. */
static void
addresses_palette(const struct panel_place *place, GString *s)
{
	const struct panel_page *page = &place->page;

	g_string_append(s, "  set palette defined (0 '#ffffff', 1 '#cfe1f2', "
	    "2 '#7fb5d8', 3 '#2a7ab9', 3.98 '#08306b', 4 '#000000')\n"
	    "  set logscale cb\n  set cbrange [0.01:100]\n"
	    "  set cbtics ('0.01 %%' 0.01, '0.1 %%' 0.1, '1 %%' 1, "
	    "'10 %%' 10, '100 %%' 100) offset 0,0.6 scale 0.3 font ',13'\n"
	    "  unset grid\n");
	panel_add_number(s, "  set colorbox horizontal user origin screen ",
	    (place->left + PANEL_WIDTH - PANEL_RIGHT - 320) / page->width,
	    ", screen ");
	panel_add_number(s, "", 1 - (place->top + 58) / page->height,
	    " size screen ");
	panel_add_number(s, "", 300 / page->width, ", screen ");
	panel_add_number(s, "", 9 / page->height, "\n");
}

static void
addresses_caption(const struct plotdata_variant *v, GString *s)
{
	g_autoptr(GString) text = NULL;

	text = g_string_new("ports in use on each address, at most ");
	number_add_double(text, round(v->address_most * 1e4) / 1e2);
	g_string_append(text, " %:");
	panel_add_label(s, text->str, "graph 0, graph 1.07", "left front");
}

static void
addresses_map(const struct plotdata *pd, unsigned i,
    const struct panel_place *place, GString *s)
{
	unsigned rows;

	rows = pd->variants[i].address_rows;
	panel_add_box(s, place, PANEL_HEAD, PANEL_HIGH);
	panel_add_time_axis(s, pd, false, false);
	g_string_append_printf(s, "  set yrange [%u:0]\n", rows);
	g_string_append(s, plotdata_number(pd->addresses, 0, "laddrs") > 1 ?
	    "  set ylabel 'groups of addresses' offset 0,0\n" :
	    "  set ylabel 'local address' offset 0,0\n");
	g_string_append(s, "  unset ytics\n  set ytics (");
	g_string_append_printf(s, "'1' 0.5, '%u' %u.5)\n", rows,
	    rows > 0 ? rows - 1 : 0);
	addresses_plot(pd, i, s);
}

static void
addresses_any(const struct plotdata *pd, unsigned i,
    const struct panel_place *place, GString *s)
{

	panel_add_box(s, place, PANEL_HEAD + PANEL_HIGH + PANEL_GAP,
	    PANEL_LOW / 2.0);
	panel_add_failure(s, pd, &pd->variants[i], false);
	panel_add_time_axis(s, pd, true, panel_is_foot(pd, i));
	g_string_append(s, "  unset colorbox\n  set logscale cb\n"
	    "  unset key\n"
	    "  set yrange [0:1]\n  unset ytics\n  set ytics ('any' 0.5)\n"
	    "  unset ylabel\n");
	panel_add_label(s, pd->variants[i].port_first ?
	    "ports that some address uses (black: all): what an unbound "
	    "connect looks at" : "ports that some address uses (black: "
	    "all): of no account here",
	    "graph 0, graph 1.26", "left front");
	addresses_plot(pd, pd->nvariants + i, s);
}

void
figure_addresses(const struct plotdata *pd, GString *s)
{
	struct panel_place place;
	unsigned i;

	for (i = 0; i < pd->nvariants; i++) {
		place = panel_place(pd, i);
		panel_begin(s, i, 0, "each address");
		panel_add_name(s, pd, &pd->variants[i], finding_addresses,
		    false, &place);
		addresses_palette(&place, s);
		addresses_caption(&pd->variants[i], s);
		panel_add_failure(s, pd, &pd->variants[i], true);
		addresses_map(pd, i, &place, s);
		panel_begin(s, i, 1, "any address");
		addresses_any(pd, i, &place, s);
	}
}
