/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The pictures of report.html; see charts.h.
 */

#include <math.h>
#include <string.h>

#include "sim/time.h"
#include "study/plot/data.h"
#include "study/plot/finding.h"
#include "study/plot/panel.h"
#include "study/report/charts.h"
#include "study/report/svgchart.h"
#include "study/text/markup.h"
#include "study/text/number.h"

/* Columns of plotdata_timeline(). */
enum {
	CHART_TIME,
	CHART_BUSY,
	CHART_FREE_ANY,
	CHART_FREE_TUPLES,
	CHART_FAILED,
	CHART_STALL,
	CHART_HELD,
	CHART_LAG,
	CHART_CONNECTED,
	CHART_TIMEWAIT,
	CHART_OVER,
	CHART_COLUMNS
};

/* A block of numbers: columns[n] of double. */
struct chart_block {
	GArray		*columns[CHART_COLUMNS];
};

static void
chart_block_free(struct chart_block *b)
{
	unsigned i;

	for (i = 0; i < CHART_COLUMNS; i++)
		g_array_free(b->columns[i], TRUE);
	g_free(b);
}

/* The lines of a data file of plotdata's: a block ends at an empty line. */
static GPtrArray *
chart_blocks(const char *text)
{
	g_auto(GStrv) lines = NULL;
	struct chart_block *b;
	GPtrArray *all;
	double v;
	char *at;
	unsigned i, j;

	all = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)chart_block_free);
	lines = g_strsplit(text, "\n", -1);
	b = NULL;
	for (i = 0; lines[i] != NULL; i++) {
		if (*lines[i] == '\0' || *lines[i] == '#') {
			if (*lines[i] == '\0')
				b = NULL;
			if (*lines[i] == '\0' || b != NULL)
				continue;
			b = g_new(struct chart_block, 1);
			for (j = 0; j < CHART_COLUMNS; j++)
				b->columns[j] = g_array_new(FALSE, FALSE,
				    sizeof(double));
			g_ptr_array_add(all, b);
			continue;
		}
		for (at = lines[i], j = 0; j < CHART_COLUMNS && b != NULL &&
		    *at != '\0'; j++) {
			v = g_ascii_strtod(at, &at);
			g_array_append_val(b->columns[j], v);
		}
	}
	return (all);
}

static void
chart_add(struct svgchart *c, const struct chart_block *b, unsigned column,
    struct svgchart_series *s)
{

	s->x = (const double *)(const void *)b->columns[0]->data;
	s->y = (const double *)(const void *)b->columns[column]->data;
	s->n = b->columns[column]->len;
	svgchart_series(c, s);
}

/* A curve's name with a piece of it. */
static void
chart_key(GString *out, unsigned colour, bool dashed, const char *variant,
    const char *name)
{

	g_string_append(out, "<span");
	if (variant != NULL) {
		g_string_append(out, " data-variant=\"");
		markup_text(out, variant);
		g_string_append_c(out, '"');
	}
	g_string_append_printf(out, "><svg viewBox=\"0 0 28 10\" aria-hidden="
	    "\"true\"><path class=\"line c%u%s\" d=\"M0 5L28 5\"/></svg>",
	    colour % 6, dashed ? " dashed" : "");
	markup_text(out, name);
	g_string_append(out, "</span>\n");
}

/* ---- panels over time -------------------------------------------------- */

static char *
chart_duration(double seconds)
{
	GString *s;

	s = g_string_new(NULL);
	number_add_time(s, seconds, SIM_S);
	return (g_string_free(s, FALSE));
}

/* What both panels of a variant show besides their curves. */
static void
chart_add_events(struct svgchart *c, const struct plotdata_variant *v,
    bool text)
{
	g_autofree char *at = NULL, *words = NULL;
	const struct plotdata_span *span;
	unsigned i;

	for (i = 0; i < v->frozen->len; i++) {
		g_autofree char *from = NULL, *label = NULL, *to = NULL;

		span = &g_array_index(v->frozen, struct plotdata_span, i);
		from = chart_duration(span->from);
		to = chart_duration(span->to);
		label = g_strdup_printf("somebody frozen, %s to %s", from, to);
		svgchart_band(c, span->from, span->to, label);
	}
	if (isnan(v->first_failure_s))
		return;
	at = chart_duration(v->first_failure_s);
	words = g_strdup_printf("first failure, %s", at);
	svgchart_mark_x(c, v->first_failure_s, text ? words : "");
}

/* Its name, and what the chart finds of it. */
static void
chart_open_figure(const struct plotdata *pd, const struct plotdata_variant *v,
    finding_fn find, GString *out)
{
	g_autoptr(GString) found = NULL;

	found = g_string_new(NULL);
	(void)find(pd, v, found);
	markup_of_variant(out, "figure", v->name);
	g_string_append(out, "\n<h3>");
	markup_text(out, v->name);
	g_string_append(out, ": ");
	markup_text(out, found->str);
	g_string_append(out, " <span class=\"dim\">(");
	markup_text(out, v->stack);
	g_string_append_printf(out, ", %s)</span></h3>\n", v->port_first ?
	    "port first, then address" : "address and port together");
}

static void
chart_close_figure(struct svgchart *c)
{

	svgchart_close(c);
	if (c->thinned)
		g_string_append(c->out, "<figcaption class=\"dim\">More "
		    "intervals than the picture has points: of each point the "
		    "least and the most are drawn. All are in timeline.csv."
		    "</figcaption>\n");
	g_string_append(c->out, "</figure>\n");
}

static void
chart_time_axis(const struct plotdata *pd, struct svgchart *c)
{

	c->x = (struct svgchart_scale){ "simulated time", SVGCHART_SECONDS,
	    false, 0, pd->end_s > 0 ? pd->end_s : 1 };
}

/* A line of a chart of ports, with what it is called. */
static void
chart_ports_line(struct svgchart *c, const struct chart_block *b,
    unsigned column, const char *name, unsigned colour, bool dashed)
{
	struct svgchart_series s = { .name = name, .colour = colour,
	    .dashed = dashed };

	if (b->columns[column]->len > 0)
		chart_add(c, b, column, &s);
}

static const char chart_unbound[] = "free for an unbound connect";
static const char chart_tuple[] =
    "free for an unbound connect to the fullest destination";
static const char chart_bound[] =
    "free for a bound connect, on the fullest address";

static void
chart_ports(const struct plotdata *pd, const struct plotdata_variant *v,
    const struct chart_block *b, const struct chart_block *fullest,
    GString *out)
{
	g_autofree char *label = NULL;
	const char *unbound;
	struct svgchart c;
	bool bound;

	c.out = out;
	c.height = 170;
	c.y = (struct svgchart_scale){ "ports", SVGCHART_COUNT, false, 0,
	    pd->ports > 0 ? panel_round_up(pd->ports) : 1 };
	chart_time_axis(pd, &c);
	chart_open_figure(pd, v, finding_ports, out);
	bound = v->bound != NULL && v->address_rows > 0;
	unbound = v->unbound == NULL ? NULL : v->port_first ? chart_unbound :
	    chart_tuple;
	g_string_append(out, "<p class=\"key\">");
	if (unbound != NULL)
		chart_key(out, 0, false, NULL, unbound);
	if (bound)
		chart_key(out, 2, false, NULL, chart_bound);
	chart_key(out, 1, true, NULL, "in use on some address");
	g_string_append(out, "</p>\n");
	label = g_strdup_printf("Ports over time, %s", v->name);
	svgchart_open(&c, label);
	chart_add_events(&c, v, true);
	chart_ports_line(&c, b, CHART_BUSY, "in use on some address", 1,
	    true);
	if (unbound != NULL)
		chart_ports_line(&c, b, v->port_first ? CHART_FREE_ANY :
		    CHART_FREE_TUPLES, unbound, 0, false);
	if (bound)
		chart_ports_line(&c, fullest, 1, chart_bound, 2, false);
	chart_close_figure(&c);
}

/* What the dot is; NULL: there is none. */
static char *
chart_longest(const struct plotdata_variant *v)
{
	g_autofree char *at = NULL, *length = NULL;

	if (!(v->stall_length_s > 0))
		return (NULL);
	length = chart_duration(v->stall_length_s);
	at = chart_duration(v->stall_start_s);
	return (g_strdup_printf("\342\227\217 the longest: %s from %s on, "
	    "lock %s, held by %s (%s)", length, at, v->stall_lock,
	    v->stall_holder, v->stall_doing));
}

static void
chart_stalls(const struct plotdata *pd, const struct plotdata_variant *v,
    const struct chart_block *b, const struct chart_block *unused,
    GString *out)
{
	g_autofree char *each = NULL, *label = NULL, *text = NULL;
	g_autofree char *key = NULL;
	struct svgchart_series s = { .colour = 0 };
	struct svgchart c;

	(void)unused;
	c.out = out;
	c.height = 170;
	c.y = (struct svgchart_scale){ "", SVGCHART_MS, true, 1e-4,
	    panel_decade(fmax(pd->stall_max_ms, 1)) };
	chart_time_axis(pd, &c);
	chart_open_figure(pd, v, finding_stalls, out);
	each = chart_duration(pd->interval_s);
	key = g_strdup_printf("longest stall of each %s", each);
	g_string_append(out, "<p class=\"key\">");
	chart_key(out, 0, false, NULL, key);
	text = chart_longest(v);
	if (text != NULL)
		markup_element(out, "span", "", text);
	g_string_append(out, "</p>\n");
	label = g_strdup_printf("Longest stall over time, %s", v->name);
	svgchart_open(&c, label);
	chart_add_events(&c, v, false);
	s.name = "longest stall";
	chart_add(&c, b, CHART_STALL, &s);
	if (text != NULL)
		svgchart_dot(&c, v->stall_start_s, v->stall_length_s * 1e3,
		    text);
	chart_close_figure(&c);
}

/* ---- observers --------------------------------------------------------- */

static char *
chart_observer(const struct plotdata *pd, const struct plotdata_variant *v,
    unsigned o)
{
	g_autofree char *frozen = NULL;

	if (!(v->frozen_s_of[o] > 0))
		return (g_strdup(pd->observers[o].name));
	frozen = chart_duration(v->frozen_s_of[o]);
	return (g_strdup_printf("%s, frozen for %s", pd->observers[o].name,
	    frozen));
}

static void
chart_lags(const struct plotdata *pd, const struct plotdata_variant *v,
    const struct chart_block *unused, const struct chart_block *b,
    GString *out)
{
	g_autofree char *label = NULL;
	struct svgchart c;
	unsigned o;

	(void)unused;
	c.out = out;
	c.height = 170;
	c.y = (struct svgchart_scale){ "", SVGCHART_MS, true, 1e-2,
	    panel_decade(fmax(pd->lag_max_ms, 1e3)) };
	chart_time_axis(pd, &c);
	chart_open_figure(pd, v, finding_frozen, out);
	g_string_append(out, "<p class=\"key\">");
	for (o = 0; o < pd->nobservers; o++) {
		g_autofree char *key = chart_observer(pd, v, o);

		chart_key(out, o, o >= 4, NULL, key);
	}
	g_string_append(out, "</p>\n");
	label = g_strdup_printf("How late each observer is, %s", v->name);
	svgchart_open(&c, label);
	chart_add_events(&c, v, false);
	for (o = 0; o < pd->nobservers; o++) {
		struct svgchart_series s = { .name = pd->observers[o].name,
		    .colour = o, .dashed = o >= 4 };

		if (o + 1 < CHART_COLUMNS)
			chart_add(&c, b, o + 1, &s);
		if (o == 0 || pd->observers[o].deadline_ms !=
		    pd->observers[0].deadline_ms)
			svgchart_mark_y(&c, pd->observers[o].deadline_ms,
			    "deadline");
	}
	chart_close_figure(&c);
}

/* ---- states of pcbs ---------------------------------------------------- */

static void
chart_pcbs(const struct plotdata *pd, const struct plotdata_variant *v,
    const struct chart_block *b, const struct chart_block *unused,
    GString *out)
{
	static const struct {
		unsigned	column, colour;
		const char	*name;
	} states[] = { { CHART_OVER, 0, "TIME_WAIT over, not freed" },
	    { CHART_TIMEWAIT, 4, "TIME_WAIT" },
	    { CHART_CONNECTED, 1, "connected, or on the way" } };
	g_autofree double *sum = NULL;
	g_autofree char *label = NULL;
	struct svgchart c;
	unsigned i, k;
	double most;
	size_t n;

	(void)unused;
	for (i = 0, most = 1; i < pd->nvariants; i++)
		most = fmax(most, pd->variants[i].pcbs_max);
	c.out = out;
	c.height = 150;
	c.y = (struct svgchart_scale){ "pcbs", SVGCHART_COUNT, false, 0,
	    panel_round_up(most) };
	chart_time_axis(pd, &c);
	chart_open_figure(pd, v, finding_pcbs, out);
	g_string_append(out, "<p class=\"key\">");
	for (i = 0; i < G_N_ELEMENTS(states); i++)
		chart_key(out, states[i].colour, false, NULL, states[i].name);
	g_string_append(out, "</p>\n");
	label = g_strdup_printf("pcbs by state over time, %s", v->name);
	svgchart_open(&c, label);
	n = b->columns[CHART_TIME]->len;
	sum = g_new(double, n + 1);
	/* Each lies on those that come after it. */
	for (i = 0; i < G_N_ELEMENTS(states); i++) {
		const GArray *own = b->columns[states[i].column];
		struct svgchart_series s = { .name = states[i].name,
		    .colour = states[i].colour, .area = true, .n = n,
		    .x = (const double *)(const void *)
		    b->columns[CHART_TIME]->data, .y = sum,
		    .told = (const double *)(const void *)own->data };
		size_t row;

		for (row = 0; row < n; row++)
			for (sum[row] = 0, k = i; k < G_N_ELEMENTS(states);
			    k++)
				sum[row] += g_array_index(
				    b->columns[states[k].column], double, row);
		svgchart_series(&c, &s);
	}
	chart_close_figure(&c);
}

/*
 * A chart of each variant.
 *
 * more		makes what it is drawn of beside the timeline; may be NULL
 */
static void
chart_each(const struct dossier *d, char *(*more)(const struct plotdata *),
    void (*draw)(const struct plotdata *, const struct plotdata_variant *,
    const struct chart_block *, const struct chart_block *, GString *),
    GString *out)
{
	g_autoptr(GPtrArray) blocks = NULL, others = NULL;
	g_autofree char *other = NULL, *text = NULL;
	unsigned i;

	text = plotdata_timeline(d->pd);
	blocks = chart_blocks(text);
	other = more == NULL ? g_strdup("") : more(d->pd);
	others = chart_blocks(other);
	for (i = 0; i < d->pd->nvariants && i < blocks->len; i++)
		if (more == NULL || i < others->len)
			draw(d->pd, &d->pd->variants[i], blocks->pdata[i],
			    more == NULL ? NULL : others->pdata[i], out);
}

void
report_charts_ports(const struct dossier *d, GString *out)
{

	chart_each(d, plotdata_fullest, chart_ports, out);
}

void
report_charts_stalls(const struct dossier *d, GString *out)
{

	chart_each(d, NULL, chart_stalls, out);
}

void
report_charts_lags(const struct dossier *d, GString *out)
{

	chart_each(d, plotdata_lags, chart_lags, out);
}

void
report_charts_pcbs(const struct dossier *d, GString *out)
{

	chart_each(d, NULL, chart_pcbs, out);
}

/* ---- latency ----------------------------------------------------------- */

/* Decades around all values of the first column; the least share. */
static void
chart_latency_span(const GPtrArray *blocks, struct svgchart *c)
{
	const struct chart_block *b;
	unsigned i, j;
	double share, v;

	c->x.from = HUGE_VAL;
	c->x.to = 0;
	c->y.from = 1;
	for (i = 0; i < blocks->len; i++) {
		b = blocks->pdata[i];
		for (j = 0; j < b->columns[1]->len; j++) {
			v = fmax(g_array_index(b->columns[0], double, j),
			    1e-3);
			share = g_array_index(b->columns[1], double, j);
			c->x.from = fmin(c->x.from, v);
			c->x.to = fmax(c->x.to, v);
			if (share > 0)
				c->y.from = fmin(c->y.from, share);
		}
	}
	c->x.from = pow(10, floor(log10(fmin(c->x.from, c->x.to))));
	c->x.to = pow(10, ceil(log10(c->x.to)));
	if (c->x.to <= c->x.from)
		c->x.to = c->x.from * 10;
	c->y.from = fmin(pow(10, floor(log10(c->y.from))), 0.1);
}

void
report_charts_latency(const struct dossier *d, GString *out)
{
	g_autoptr(GPtrArray) blocks = NULL;
	const struct plotdata_curve *curve;
	struct svgchart_series s = { .colour = 0 };
	struct svgchart c = { .height = 260 };
	g_autofree char *text = NULL;
	unsigned i, n;

	text = plotdata_latency(d->pd);
	blocks = chart_blocks(text);
	n = MIN(blocks->len, d->pd->curves->len);
	if (n == 0)
		return;
	c.out = out;
	c.x = (struct svgchart_scale){ "connect() took at least so long",
	    SVGCHART_US, true, 1, 10 };
	c.y = (struct svgchart_scale){ "", SVGCHART_SHARE, true, 0.1, 1 };
	chart_latency_span(blocks, &c);
	g_string_append(out, "<figure>\n<p class=\"key\">");
	for (i = 0; i < n; i++) {
		g_autofree char *name = NULL;

		curve = &g_array_index(d->pd->curves, struct plotdata_curve,
		    i);
		s.variant = d->pd->variants[curve->variant].name;
		name = g_strdup_printf("%s, %s", s.variant, curve->what);
		chart_key(out, curve->variant, curve->workload > 1, s.variant,
		    name);
	}
	g_string_append(out, "</p>\n");
	svgchart_open(&c, "Share of connects that took at least so long");
	for (i = 0; i < n; i++) {
		g_autofree char *name = NULL;

		curve = &g_array_index(d->pd->curves, struct plotdata_curve,
		    i);
		s.variant = d->pd->variants[curve->variant].name;
		name = g_strdup_printf("%s, %s", s.variant, curve->what);
		s.name = name;
		s.colour = curve->variant;
		s.dashed = curve->workload > 1;
		chart_add(&c, blocks->pdata[i], 1, &s);
	}
	svgchart_close(&c);
	g_string_append(out, "</figure>\n");
}
