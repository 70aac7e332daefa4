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

#define	PANEL_COLUMN	4	/* panels of a page of one column */

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

/* Two columns for more than four panels, three for more than sixteen, .. */
static unsigned
panel_columns(const struct plotdata *pd)
{
	unsigned n;

	for (n = 1; PANEL_COLUMN * n * n < pd->nvariants; n++)
		continue;
	return (n);
}

struct panel_page
panel_page(const struct plotdata *pd)
{
	unsigned columns, rows;

	columns = panel_columns(pd);
	rows = (pd->nvariants + columns - 1) / columns;
	return ((struct panel_page){ PANEL_WIDTH * columns,
	    PANEL_TOP + PANEL_EACH * rows + PANEL_BOTTOM });
}

struct panel_place
panel_place(const struct plotdata *pd, unsigned variant)
{
	unsigned columns;

	columns = panel_columns(pd);
	return ((struct panel_place){ .page = panel_page(pd),
	    .left = PANEL_WIDTH * (double)(variant % columns),
	    .top = PANEL_TOP + PANEL_EACH * (double)(variant / columns) });
}

bool
panel_is_foot(const struct plotdata *pd, unsigned variant)
{

	return (variant + panel_columns(pd) >= pd->nvariants);
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
panel_add_box(GString *s, const struct panel_place *place, double below,
    double high)
{
	const struct panel_page *page = &place->page;
	const double top = place->top + below;
	const double x[2] = { (place->left + PANEL_LEFT) / page->width,
	    (place->left + PANEL_WIDTH - PANEL_RIGHT) / page->width };
	const double y[2] = { 1 - (top + high) / page->height,
	    1 - top / page->height };

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
	    "  unset logscale\n  set ytics nomirror autofreq\n");
}

/* The greatest font, 16 at most, in which so many letters fit. */
static unsigned
panel_font(size_t letters, double width)
{
	unsigned font;

	for (font = 16; font > 9 && PANEL_LETTER(font) * (double)letters >
	    width; font--)
		continue;
	return (font);
}

static void
panel_add_line(GString *s, const char *text, const char *side, double x,
    double y, unsigned font, const char *colour)
{
	g_autoptr(GString) at = NULL;
	g_autofree char *how = NULL;

	at = g_string_new(NULL);
	panel_add_number(at, "screen ", x, ", screen ");
	panel_add_number(at, "", y, "");
	how = g_strdup_printf("%s font ',%u' textcolor rgb '%s'", side, font,
	    colour);
	panel_add_label(s, text, at->str, how);
}

void
panel_add_interval(GString *s, const char *before, double seconds)
{

	g_string_append(s, before);
	number_add_time(s, seconds, SIM_S);
}

/* What it is, and who was frozen. */
static void
panel_add_what(GString *text, const struct plotdata *pd,
    const struct plotdata_variant *v, finding_fn find, bool shaded)
{
	bool frozen;
	unsigned i;

	g_string_append_printf(text, "%s, %s", v->stack, v->port_first ?
	    "port first" : "address first");
	for (i = 0, frozen = false; i < pd->nobservers; i++)
		frozen |= v->frozen_s_of[i] > 0;
	if (!frozen || find == finding_frozen)
		return;
	g_string_append(text, "; ");
	(void)finding_frozen(pd, v, text);
	if (shaded)
		g_string_append(text, " (shaded)");
}

void
panel_add_name(GString *s, const struct plotdata *pd,
    const struct plotdata_variant *v, finding_fn find, bool shaded,
    const struct panel_place *place)
{
	const double height = place->page.height;
	const double left = (place->left + PANEL_LEFT) / place->page.width;
	const double wide = PANEL_WIDTH - PANEL_LEFT - 30;
	g_autoptr(GString) text = NULL, what = NULL;

	text = g_string_new(v->name);
	g_string_append(text, ": ");
	(void)find(pd, v, text);
	panel_add_line(s, text->str, "left", left,
	    1 - (place->top + 12) / height, panel_font((size_t)g_utf8_strlen(
	    text->str, -1), wide), PANEL_BLACK);
	what = g_string_new(NULL);
	panel_add_what(what, pd, v, find, shaded);
	panel_add_line(s, what->str, "left", left,
	    1 - (place->top + 36) / height, MIN(panel_font(
	    (size_t)g_utf8_strlen(what->str, -1), wide), 13), "#505050");
	/* The legend: one line between the name and the panel. */
	g_string_append(s, "  set key at graph 1, graph 1.03 right bottom "
	    "horizontal nobox samplen 2.5 width 0 font ',13'\n");
}

void
panel_add_footer(GString *s, const char *text, const struct panel_page *page)
{

	panel_add_line(s, text, "right", 0.99, 12 / page->height,
	    MIN(panel_font(strlen(text), page->width - 120), 13), "#505050");
}

/* Where it comes from. */
static void
panel_add_origin(GString *s, const struct plotdata *pd,
    const struct panel_page *page)
{
	g_autoptr(GString) foot = NULL;
	const char *comment;

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
	panel_add_footer(s, foot->str, page);
}

/* Lines of a title. */
#define	PANEL_LINES	3

void
panel_add_note(GString *s, const char *text, double up,
    const struct panel_page *page)
{
	g_autofree char *first = NULL;
	const char *cut;
	size_t room;

	room = (size_t)((page->width - 40) / PANEL_LETTER(12));
	cut = NULL;
	if (strlen(text) > room)
		for (cut = text + room; cut > text && *cut != ' '; cut--)
			continue;
	first = cut == NULL ? g_strdup(text) : g_strndup(text,
	    (gsize)(cut - text));
	panel_add_line(s, first, "left", 0.02, up / page->height, 12,
	    PANEL_BLACK);
	if (cut != NULL)
		panel_add_line(s, cut + 1, "left", 0.02, (up - 20) /
		    page->height, MIN(panel_font(strlen(cut), page->width -
		    40), 12), PANEL_BLACK);
}

/* Is it the unit of the number before it, which stays on its line? */
static bool
panel_is_unit(char *const *words, unsigned i)
{
	const char *number;

	number = i > 0 ? words[i - 1] : "";
	return (*number != '\0' &&
	    g_ascii_isdigit(number[strlen(number) - 1]) &&
	    strcspn(words[i], ";,:") <= 2);
}

/*
 * Put words on lines of so many letters; what does not fit on the last runs
 * over.
 *
 * Returns:	lines used
 */
static unsigned
panel_wrap(char **words, size_t room, GString *line[PANEL_LINES])
{
	unsigned i, n;
	size_t need;

	for (n = 0; n < PANEL_LINES; n++)
		g_string_truncate(line[n], 0);
	for (i = 0, n = 0; words[i] != NULL; i++) {
		need = strlen(words[i]);
		if (words[i + 1] != NULL && panel_is_unit(words, i + 1))
			need += 1 + strlen(words[i + 1]);
		if (line[n]->len > 0 && n + 1 < PANEL_LINES &&
		    !panel_is_unit(words, i) && line[n]->len + 1 + need > room)
			n++;
		g_string_append_printf(line[n], "%s%s", line[n]->len > 0 ?
		    " " : "", words[i]);
	}
	return (n + 1);
}

/* Does each line but the last end where a variant does? */
static bool
panel_breaks_well(GString *line[PANEL_LINES], unsigned n)
{
	unsigned i;

	for (i = 0; i + 1 < n; i++)
		if (line[i]->len == 0 || line[i]->str[line[i]->len - 1] != ';')
			return (false);
	return (true);
}

/*
 * On as few lines as there need be, a variant on each if that goes, else none
 * much shorter than another.
 */
static unsigned
panel_wrap_even(const char *text, size_t room, GString *line[PANEL_LINES])
{
	g_auto(GStrv) words = NULL;
	unsigned n;
	size_t even, least;

	words = g_strsplit(text, " ", -1);
	n = panel_wrap(words, room, line);
	if (n == 1 || line[n - 1]->len > room)
		return (n);
	for (even = room, least = room; even >= strlen(text) / n; even--) {
		if (panel_wrap(words, even, line) != n ||
		    line[n - 1]->len > even)
			break;
		least = even;
		if (panel_breaks_well(line, n))
			return (n);
	}
	return (panel_wrap(words, least, line));
}

/* Wrapped at words, in a font in which it fits. */
void
panel_add_title(GString *s, const char *title, const char *below,
    const struct panel_page *page)
{
	GString *line[PANEL_LINES];
	unsigned font, i, used;
	size_t room;

	for (font = 16; font > 10; font--) {
		room = (size_t)((page->width - 20) / PANEL_LETTER(font));
		if (strlen(title) < room * PANEL_LINES - 30)
			break;
	}
	room = (size_t)((page->width - 20) / PANEL_LETTER(font));
	for (i = 0; i < PANEL_LINES; i++)
		line[i] = g_string_new(NULL);
	used = panel_wrap_even(title, room, line);
	for (i = 0; i < PANEL_LINES; i++) {
		if (line[i]->len > 0)
			panel_add_line(s, line[i]->str, "center", 0.5, 1 -
			    (18 + 27 * i) / page->height, font, PANEL_BLACK);
		g_string_free(line[i], TRUE);
	}
	if (below != NULL)
		panel_add_line(s, below, "center", 0.5, 1 - (16 + 27 * used) /
		    page->height, MIN(panel_font((size_t)g_utf8_strlen(below,
		    -1), page->width - 20), 13), "#505050");
}

void
panel_add_page(GString *s, const struct plotdata *pd, finding_fn find,
    const struct panel_page *page)
{
	g_autofree char *found = NULL;
	const char *title;

	found = finding_title(pd, find);
	title = csvtable_comment(pd->timeline, "title");
	panel_add_title(s, found, title, page);
	panel_add_origin(s, pd, page);
}
