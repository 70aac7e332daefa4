/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A chart as inline SVG; see svgchart.h.
 */

#include <math.h>

#include "study/report/svgchart.h"
#include "study/text/markup.h"
#include "study/text/number.h"

/* Room for the letters of a mark, before it is written on the other side. */
#define	SVGCHART_LETTER	6.6
#define	SVGCHART_TICKS	64		/* on an axis */
#define	SVGCHART_MOST	1e15		/* what a scale shows */

/* ---- scales ------------------------------------------------------------ */

static double
svgchart_share(const struct svgchart_scale *scale, double v)
{

	v = CLAMP(v, scale->from, scale->to);
	if (scale->log)
		return (log(v / scale->from) / log(scale->to / scale->from));
	return ((v - scale->from) / (scale->to - scale->from));
}

static double
svgchart_x(const struct svgchart *c, double v)
{

	return (SVGCHART_LEFT + svgchart_share(&c->x, v) *
	    (SVGCHART_WIDTH - SVGCHART_LEFT - SVGCHART_RIGHT));
}

static double
svgchart_y(const struct svgchart *c, double v)
{

	return (SVGCHART_TOP + (1 - svgchart_share(&c->y, v)) * c->height);
}

/* A number beside a tick. */
static void
svgchart_add_value(GString *s, enum svgchart_unit unit, double v)
{

	switch (unit) {
	case SVGCHART_COUNT:
		if (fabs(v - round(v)) > 1e-9)
			number_add_double(s, v);
		else
			number_add_amount(s, v);
		break;
	case SVGCHART_SECONDS:
		number_add_time(s, v, SIM_S);
		break;
	case SVGCHART_MS:
		number_add_time(s, v, SIM_MS);
		break;
	case SVGCHART_US:
		number_add_time(s, v, SIM_US);
		break;
	case SVGCHART_SHARE:
		number_add_double(s, v * 100);
		g_string_append(s, " %");
		break;
	}
}

/* A step of 1, 2 or 5 that makes at most `most' of them. */
static double
svgchart_step(const struct svgchart_scale *scale, double most)
{
	double step;

	step = pow(10, floor(log10((scale->to - scale->from) / most)));
	if ((scale->to - scale->from) / step <= most)
		return (step);
	if ((scale->to - scale->from) / step / 2 <= most)
		return (step * 2);
	return ((scale->to - scale->from) / step / 5 <= most ? step * 5 :
	    step * 10);
}

/* The tick after v; log: the next power of ten. */
static double
svgchart_next(const struct svgchart_scale *scale, double v, double step)
{

	return (scale->log ? v * step : v + step);
}

/* ---- axes -------------------------------------------------------------- */

static void
svgchart_line(struct svgchart *c, const char *class, const double at[4])
{
	static const char *const names[] = { "x1", "y1", "x2", "y2" };
	unsigned i;

	g_string_append_printf(c->out, "<line class=\"%s\"", class);
	for (i = 0; i < 4; i++) {
		g_string_append_printf(c->out, " %s=\"", names[i]);
		markup_number(c->out, at[i], 1);
		g_string_append_c(c->out, '"');
	}
	g_string_append(c->out, "/>");
}

static void
svgchart_words(GString *out, const char *class, double x, double y,
    const char *text)
{

	g_string_append_printf(out, "<text class=\"%s\" x=\"", class);
	markup_number(out, x, 1);
	g_string_append(out, "\" y=\"");
	markup_number(out, y, 1);
	g_string_append(out, "\">");
	markup_text(out, text);
	g_string_append(out, "</text>");
}

/* Log: every decade, or every so many if there are too many. */
static double
svgchart_ticks(const struct svgchart_scale *scale, double most)
{
	double decades;

	if (!scale->log)
		return (svgchart_step(scale, most));
	decades = log10(scale->to / scale->from);
	return (pow(10, fmax(1, ceil(decades / most))));
}

static void
svgchart_axis_x(struct svgchart *c)
{
	double bottom, step, v, x;
	unsigned n;

	bottom = SVGCHART_TOP + c->height;
	step = svgchart_ticks(&c->x, 8);
	for (v = c->x.from, n = 0; v <= c->x.to * (1 + 1e-9) &&
	    n < SVGCHART_TICKS; v = svgchart_next(&c->x, v, step), n++) {
		g_autoptr(GString) text = NULL;

		text = g_string_new(NULL);
		x = svgchart_x(c, v);
		svgchart_line(c, "grid xg", (const double[]){ x, SVGCHART_TOP,
		    x, bottom });
		svgchart_add_value(text, c->x.unit, v);
		svgchart_words(c->out, "tick middle xt", x, bottom + 16,
		    text->str);
	}
	svgchart_words(c->out, "tick middle", (SVGCHART_LEFT + SVGCHART_WIDTH -
	    SVGCHART_RIGHT) / 2.0, bottom + 33, c->x.name);
}

static void
svgchart_axis_y(struct svgchart *c)
{
	double step, v, y;
	unsigned n;

	step = svgchart_ticks(&c->y, c->height / 32);
	for (v = c->y.from, n = 0; v <= c->y.to * (1 + 1e-9) &&
	    n < SVGCHART_TICKS; v = svgchart_next(&c->y, v, step), n++) {
		g_autoptr(GString) text = NULL;

		text = g_string_new(NULL);
		y = svgchart_y(c, v);
		svgchart_line(c, "grid", (const double[]){ SVGCHART_LEFT, y,
		    SVGCHART_WIDTH - SVGCHART_RIGHT, y });
		svgchart_add_value(text, c->y.unit, v);
		svgchart_words(c->out, "tick end", SVGCHART_LEFT - 6, y + 4,
		    text->str);
	}
}

/* What the script must know of a scale: kind, unit, values, pixels. */
static void
svgchart_add_scale(struct svgchart *c, const char *name,
    const struct svgchart_scale *scale)
{
	static const char *const units[] = { "count", "s", "ms", "us",
	    "share" };

	g_string_append_printf(c->out, " data-%s=\"%s %s ", name, scale->log ?
	    "log" : "lin", units[scale->unit]);
	number_add_double(c->out, scale->from);
	g_string_append_c(c->out, ' ');
	number_add_double(c->out, scale->to);
	g_string_append_c(c->out, '"');
}

/* A scale that somebody's file made empty, or endless, is one step long. */
static void
svgchart_mend(struct svgchart_scale *s)
{

	if (s->log && !(s->from > 0 && s->from <= SVGCHART_MOST))
		s->from = 1;
	if (!(fabs(s->from) <= SVGCHART_MOST))
		s->from = 0;
	if (!(s->to > s->from && s->to <= SVGCHART_MOST))
		s->to = s->log ? s->from * 10 : s->from + 1;
}

void
svgchart_open(struct svgchart *c, const char *label)
{

	svgchart_mend(&c->x);
	svgchart_mend(&c->y);
	g_string_append_printf(c->out, "<div class=\"scroll\"><svg class="
	    "\"chart\" tabindex=\"0\" role=\"img\" viewBox=\"0 0 %d %d\"",
	    SVGCHART_WIDTH, SVGCHART_TOP + (int)c->height + SVGCHART_FOOT);
	g_string_append_printf(c->out, " data-left=\"%d\" data-right=\"%d\" "
	    "data-top=\"%d\" data-bottom=\"%d\"", SVGCHART_LEFT,
	    SVGCHART_WIDTH - SVGCHART_RIGHT, SVGCHART_TOP, SVGCHART_TOP +
	    (int)c->height);
	svgchart_add_scale(c, "x", &c->x);
	svgchart_add_scale(c, "y", &c->y);
	g_string_append(c->out, " aria-label=\"");
	markup_text(c->out, label);
	g_string_append(c->out, "\">");
	svgchart_axis_x(c);
	svgchart_axis_y(c);
	c->thinned = false;
	c->words = g_string_new(NULL);
	g_string_append_printf(c->out, "<svg class=\"plot\" x=\"%d\" "
	    "y=\"%d\" width=\"%d\" height=\"%d\" viewBox=\"%d %d %d %d\" "
	    "preserveAspectRatio=\"none\">", SVGCHART_LEFT, SVGCHART_TOP,
	    SVGCHART_WIDTH - SVGCHART_LEFT - SVGCHART_RIGHT, (int)c->height,
	    SVGCHART_LEFT, SVGCHART_TOP, SVGCHART_WIDTH - SVGCHART_LEFT -
	    SVGCHART_RIGHT, (int)c->height);
}

void
svgchart_close(struct svgchart *c)
{

	g_string_append_printf(c->out, "</svg>%s</svg></div>\n",
	    c->words->str);
	g_string_free(c->words, TRUE);
}

/* ---- what is drawn ----------------------------------------------------- */

void
svgchart_band(struct svgchart *c, double from, double to, const char *label)
{
	double left;

	left = svgchart_x(c, from);
	g_string_append(c->out, "<rect class=\"band\" x=\"");
	markup_number(c->out, left, 1);
	g_string_append_printf(c->out, "\" y=\"%d\" width=\"", SVGCHART_TOP);
	/* Short is not nothing. */
	markup_number(c->out, fmax(svgchart_x(c, to) - left, 0.7), 1);
	g_string_append(c->out, "\" height=\"");
	markup_number(c->out, c->height, 1);
	g_string_append(c->out, "\">");
	markup_element(c->out, "title", "", label);
	g_string_append(c->out, "</rect>");
}

void
svgchart_cell(struct svgchart *c, const double x[2], const double y[2],
    unsigned shade, const char *label)
{

	g_string_append_printf(c->out, "<rect class=\"m%u\" x=\"", shade);
	markup_number(c->out, svgchart_x(c, x[0]), 1);
	g_string_append(c->out, "\" y=\"");
	markup_number(c->out, svgchart_y(c, y[1]), 1);
	g_string_append(c->out, "\" width=\"");
	markup_number(c->out, svgchart_x(c, x[1]) - svgchart_x(c, x[0]), 1);
	g_string_append(c->out, "\" height=\"");
	markup_number(c->out, svgchart_y(c, y[0]) - svgchart_y(c, y[1]), 1);
	g_string_append(c->out, "\">");
	markup_element(c->out, "title", "", label);
	g_string_append(c->out, "</rect>");
}

/* Words beside a point, on the side where there is room. */
static void
svgchart_beside(struct svgchart *c, double x, double y, const char *text)
{
	double wide;

	wide = (double)g_utf8_strlen(text, -1) * SVGCHART_LETTER;
	if (x + wide + 8 > SVGCHART_WIDTH)
		svgchart_words(c->words, "mark end", x - 5, y, text);
	else
		svgchart_words(c->words, "mark", x + 5, y, text);
}

void
svgchart_mark_x(struct svgchart *c, double v, const char *text)
{
	double x;

	x = svgchart_x(c, v);
	svgchart_line(c, "mark", (const double[]){ x, SVGCHART_TOP, x,
	    SVGCHART_TOP + c->height });
	/* Half-way up: curves of what is full or empty leave room there. */
	if (*text != '\0')
		svgchart_beside(c, x, SVGCHART_TOP + c->height / 2, text);
}

void
svgchart_mark_y(struct svgchart *c, double v, const char *text)
{
	double y;

	y = svgchart_y(c, v);
	svgchart_line(c, "mark", (const double[]){ SVGCHART_LEFT, y,
	    SVGCHART_WIDTH - SVGCHART_RIGHT, y });
	svgchart_words(c->words, "mark y", SVGCHART_LEFT + 5, y - 4, text);
}

void
svgchart_dot(struct svgchart *c, double x, double y, const char *text)
{

	x = svgchart_x(c, x);
	y = svgchart_y(c, y);
	/* A line of no length with round ends stays round when stretched. */
	g_string_append(c->out, "<path class=\"dot\" d=\"M");
	markup_number(c->out, x, 1);
	g_string_append_c(c->out, ' ');
	markup_number(c->out, y, 1);
	g_string_append(c->out, "h0\">");
	markup_element(c->out, "title", "", text);
	g_string_append(c->out, "</path>");
}

/*
 * The points that are drawn: all, or the least and the most of each pixel.
 *
 * Returns:	array of indices; free with g_array_unref().
 */
static GArray *
svgchart_pick(struct svgchart *c, const struct svgchart_series *s)
{
	GArray *picked;
	size_t first, i, least, most, pair[2];

	picked = g_array_new(FALSE, FALSE, sizeof(size_t));
	if (s->n <= SVGCHART_WIDTH) {
		for (i = 0; i < s->n; i++)
			g_array_append_val(picked, i);
		return (picked);
	}
	c->thinned = true;
	for (first = 0; first < s->n; first = i) {
		least = most = first;
		for (i = first; i < s->n && floor(svgchart_x(c, s->x[i])) ==
		    floor(svgchart_x(c, s->x[first])); i++) {
			if (!(s->y[i] >= s->y[least]))
				least = i;
			if (s->y[i] > s->y[most])
				most = i;
		}
		pair[0] = MIN(least, most);
		pair[1] = MAX(least, most);
		g_array_append_vals(picked, pair, least == most ? 1 : 2);
	}
	return (picked);
}

/* Down to the foot and back to where it began. */
static void
svgchart_close_area(struct svgchart *c, double from, double to)
{

	g_string_append_c(c->out, 'L');
	markup_number(c->out, to, 1);
	g_string_append_printf(c->out, " %dL", SVGCHART_TOP + (int)c->height);
	markup_number(c->out, from, 1);
	g_string_append_printf(c->out, " %dZ", SVGCHART_TOP + (int)c->height);
}

/* A value that was 0 stands at the foot of a logarithmic axis. */
static void
svgchart_path(struct svgchart *c, const struct svgchart_series *s,
    const GArray *picked)
{
	double from, x;
	size_t at;
	unsigned i;
	bool gap;

	gap = true;
	from = x = 0;
	for (i = 0; i < picked->len; i++) {
		at = g_array_index(picked, size_t, i);
		if (isnan(s->y[at])) {
			if (s->area && !gap)
				svgchart_close_area(c, from, x);
			gap = true;
			continue;
		}
		x = svgchart_x(c, s->x[at]);
		if (gap)
			from = x;
		g_string_append_c(c->out, gap ? 'M' : 'L');
		markup_number(c->out, x, 1);
		g_string_append_c(c->out, ' ');
		markup_number(c->out, svgchart_y(c, s->y[at]), 1);
		gap = false;
	}
	if (s->area && !gap)
		svgchart_close_area(c, from, x);
}

static void
svgchart_values(struct svgchart *c, const double *v, const GArray *picked)
{
	double value;
	unsigned i;

	for (i = 0; i < picked->len; i++) {
		value = v[g_array_index(picked, size_t, i)];
		if (i > 0)
			g_string_append_c(c->out, ' ');
		if (isnan(value))
			g_string_append_c(c->out, '-');
		else
			number_add_double(c->out, value);
	}
}

void
svgchart_series(struct svgchart *c, const struct svgchart_series *s)
{
	g_autoptr(GArray) picked = NULL;

	picked = svgchart_pick(c, s);
	g_string_append_printf(c->out, "<path class=\"line %c%u%s%s\" "
	    "data-name=\"", s->area ? 'f' : 'c', s->colour % 6,
	    s->dashed ? " dashed" : "",
	    s->unseen ? " unseen" : "");
	markup_text(c->out, s->name);
	if (s->variant != NULL) {
		g_string_append(c->out, "\" data-variant=\"");
		markup_text(c->out, s->variant);
	}
	g_string_append(c->out, "\" data-xs=\"");
	svgchart_values(c, s->x, picked);
	g_string_append(c->out, "\" data-ys=\"");
	svgchart_values(c, s->told != NULL ? s->told : s->y, picked);
	g_string_append(c->out, "\" d=\"");
	if (!s->unseen)
		svgchart_path(c, s, picked);
	g_string_append(c->out, "\"/>");
}
