/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Side by side; see stat_table.h.
 */

#include <math.h>
#include <string.h>

#include "study/report/brief.h"
#include "study/report/stat_table.h"
#include "study/text/grid.h"
#include "study/text/mail.h"
#include "study/text/number.h"

/* Variants that fit beside each other: bare figures, and with a spread. */
#define	STAT_TABLE_PLAIN	3
#define	STAT_TABLE_SPREAD	2

const struct stat_table_row stat_table_rows[] = {
	{ "connects tried", "attempts" },
	{ "failed", "errors" },
	{ "first failure for want of a port", "first_exhaustion_s" },
	{ "not decided at the end", "unfinished" },
	{ "connect latency, median", "connect_p50_us" },
	{ "connect latency, 99.9 %", "connect_p999_us" },
	{ "connect latency, longest", "connect_max_us" },
	{ "searches for a port", "searches" },
	{ "probes a search, mean", "probes_mean" },
	{ "probes a search, most", "probes_max" },
	{ "list nodes visited, most", "visits_max" },
	{ "hash lock: longest hold", "hold_max_us" },
	{ "hash lock: held, share of time", "hold_busy_frac" },
	{ "longest stall", "stall_max_us" },
	{ "stalls above the threshold", "stalls" },
	{ "longest wait for a lock", "wait_max_us" },
	{ "CPU time spent spinning", "spin_cpu_frac" },
	{ "first observer: lag, 99 %", "console_p99_ms" },
	{ "first observer: lag, longest", "console_max_ms" },
	{ "first observer: frozen, in all", "frozen_s" },
	{ "first observer: unfreezes in", "unfreeze_s" },
	{ "segments dropped", "segments_dropped" },
	{ "pcbs, most", "pcbs_max" },
	{ NULL, NULL }
};

/* ---- values ------------------------------------------------------------ */

/* Is there a spread to tell of? */
static bool
stat_table_has_spread(const struct experiment *e)
{

	return (e->sc->replications >= STAT_MIN && experiment_complete(e));
}

/*
 * The values of all replications, in their order; returns how many of them
 * there are.  NULL if the runs do not know the metric; free with g_free().
 */
static double *
stat_table_values(const struct experiment *e, unsigned v, const char *metric,
    unsigned *valued)
{
	g_autofree double *values = NULL;
	struct metric_run r;
	unsigned i;

	values = g_new(double, e->sc->replications);
	*valued = 0;
	for (i = 0; i < e->sc->replications; i++) {
		r = experiment_metric_run(e, v, i);
		if (r.res == NULL || !metric_lookup(&r, metric, &values[i]))
			return (NULL);
		if (isfinite(values[i]))
			++*valued;
	}
	return (g_steal_pointer(&values));
}

static const struct metric *
stat_table_metric(const struct experiment *e, const char *name)
{
	struct metric_owner owner;

	return (metric_find(&e->confs[0], name, &owner));
}

bool
stat_table_diff(const struct experiment *e, unsigned a, unsigned b,
    const char *metric, struct stat_diff *diff)
{
	g_autofree double *x = NULL, *y = NULL;
	const struct metric *m;
	unsigned nx, ny;

	if (!experiment_complete(e))
		return (false);
	x = stat_table_values(e, a, metric, &nx);
	y = stat_table_values(e, b, metric, &ny);
	if (x == NULL || y == NULL || nx < e->sc->replications || ny < nx)
		return (false);
	*diff = stat_paired(x, y, nx);
	m = stat_table_metric(e, metric);
	stat_blur(diff, MAX(metric_resolution(m, x, nx),
	    metric_resolution(m, y, nx)));
	return (true);
}

/* ---- cells ------------------------------------------------------------- */

/* To so many significant digits. */
static double
stat_table_round(double v, int digits)
{
	char buf[G_ASCII_DTOSTR_BUF_SIZE], format[16];

	g_snprintf(format, sizeof(format), "%%.%de", digits - 1);
	return (g_ascii_strtod(g_ascii_formatd(buf, sizeof(buf), format, v),
	    NULL));
}

/*
 * An amount >= 0 by which something differs.  brief_number() rounds to what
 * suits a figure; of a small difference it would leave nothing.
 */
static char *
stat_table_amount(const struct metric *m, double v, int digits)
{
	GString *s;

	v = stat_table_round(v, digits);
	if (m->kind == METRIC_TIME || v >= 1000 ||
	    (m->kind != METRIC_DOUBLE && v >= 10))
		return (brief_number(m, v));
	s = g_string_new(NULL);
	if (g_str_has_suffix(m->name, "_frac")) {
		number_add_double(s, v * 100);
		g_string_append(s, " %");
	} else {
		number_add_double(s, v);
	}
	return (g_string_free(s, FALSE));
}

char *
stat_table_spread(const struct metric *m, double half)
{
	char *text;

	if (m->kind != METRIC_DOUBLE || half >= 10)
		return (stat_table_amount(m, half, 2));
	text = brief_number(m, half);
	if (strcmp(text, "0") != 0)
		return (text);
	g_free(text);
	return (g_strdup("<0.1"));
}

static char *
stat_table_cell(const struct experiment *e, unsigned v, const char *metric)
{
	g_autofree double *values = NULL;
	g_autofree char *half = NULL, *mean = NULL;
	const struct metric *m;
	struct stat_sample s;
	unsigned valued;
	double width;

	m = stat_table_metric(e, metric);
	if (!stat_table_has_spread(e) || m == NULL)
		return (brief_value(e, v, metric));
	values = stat_table_values(e, v, metric, &valued);
	if (values == NULL || valued == 0)
		return (brief_value(e, v, metric));
	if (valued < e->sc->replications)
		return (g_strdup_printf("in %u of %u", valued,
		    e->sc->replications));
	stat_sample_init(&s, values, valued);
	mean = brief_number(m, s.mean);
	if (!stat_half_width(&s, &width) || width == 0)
		return (g_steal_pointer(&mean));
	half = stat_table_spread(m, width);
	return (g_strdup_printf("%s +/- %s", mean, half));
}

/* ---- figures ----------------------------------------------------------- */

static void
stat_table_verdict(const struct experiment *e, unsigned v, struct grid *g)
{
	g_autofree char *verdict = NULL;

	/* "never-recovers" would take the room of a figure. */
	verdict = mail_cut(brief_verdict(e, v), 12);
	grid_add(g, brief_verdict(e, v)[0] == 'n' && strlen(verdict) == 12 ?
	    "no recovery" : verdict);
}

static char *
stat_table_part(const struct experiment *e, unsigned from, unsigned to)
{
	g_autofree char *columns = NULL;
	struct grid *g;
	GString *out;
	unsigned v;
	size_t i;

	columns = g_strnfill(1 + to - from, 'r');
	columns[0] = 'l';
	g = grid_new(columns, 2);
	grid_add(g, "");
	for (v = from; v < to; v++) {
		g_autofree char *name = NULL;

		name = mail_cut(e->sc->variants[v].name, 12);
		grid_add(g, name);
	}
	grid_add(g, "verdict");
	for (v = from; v < to; v++)
		stat_table_verdict(e, v, g);
	for (i = 0; stat_table_rows[i].title != NULL; i++) {
		grid_add(g, stat_table_rows[i].title);
		for (v = from; v < to; v++) {
			g_autofree char *cell = NULL;

			cell = stat_table_cell(e, v,
			    stat_table_rows[i].metric);
			grid_add(g, cell);
		}
	}
	out = g_string_new(NULL);
	grid_print(g, "", out);
	grid_free(g);
	return (g_string_free(out, FALSE));
}

static bool
stat_table_fits(const char *text)
{
	size_t width;

	for (; *text != '\0'; text += width + 1) {
		width = strcspn(text, "\n");
		if (width > MAIL_WIDTH)
			return (false);
	}
	return (true);
}

static void
stat_table_figures(const struct experiment *e, GString *out)
{
	unsigned beside, v;

	beside = stat_table_has_spread(e) ? STAT_TABLE_SPREAD :
	    STAT_TABLE_PLAIN;
	for (v = 0; v < e->sc->nvariants;) {
		g_autofree char *part = NULL;

		part = stat_table_part(e, v, MIN(v + beside,
		    e->sc->nvariants));
		if (beside > 1 && !stat_table_fits(part)) {
			beside--;
			continue;
		}
		g_string_append_printf(out, "%s%s", v > 0 ? "\n" : "", part);
		v += beside;
	}
}

/* ---- differences ------------------------------------------------------- */

/* Does no replication of either have a value? */
static bool
stat_table_is_void(const struct experiment *e, unsigned a, unsigned b,
    const char *metric)
{
	g_autofree double *x = NULL, *y = NULL;
	unsigned nx, ny;

	x = stat_table_values(e, a, metric, &nx);
	y = stat_table_values(e, b, metric, &ny);
	return (x != NULL && y != NULL && nx + ny == 0);
}

static void
stat_table_diff_row(const struct experiment *e, const char *title,
    const struct metric *m, const struct stat_diff *d, struct grid *g)
{
	g_autofree char *cell = NULL, *diff = NULL, *half = NULL;
	char buf[G_ASCII_DTOSTR_BUF_SIZE];
	double base;

	diff = stat_table_amount(m, fabs(d->diff), 3);
	half = stat_table_amount(m, d->half, 2);
	cell = g_strdup_printf("%c%s +/- %s", d->diff < 0 ? '-' : '+', diff,
	    half);
	grid_add(g, title);
	grid_add(g, cell);
	if (!experiment_mean(e, 0, m->name, &base) || base == 0) {
		grid_add(g, "-");
		return;
	}
	g_free(cell);
	cell = g_strdup_printf("%s %%", g_ascii_formatd(buf, sizeof(buf),
	    fabs(d->diff / base) < 0.1 ? "%+.2f" : "%+.0f",
	    d->diff / base * 100));
	grid_add(g, cell);
}

static void
stat_table_join(GString *names, const char *name)
{

	g_string_append_printf(names, "%s%s", names->len > 0 ? "; " : "",
	    name);
}

/*
 * Sort the rows into what differs and what is not proven to; returns how many
 * differ.
 */
static unsigned
stat_table_diffs_of(const struct experiment *e, unsigned v, struct grid *g,
    GString *unproven, GString *absent)
{
	const char *metric, *title;
	struct stat_diff d;
	unsigned n;
	size_t i;

	n = 0;
	for (i = 0; stat_table_rows[i].title != NULL; i++) {
		title = stat_table_rows[i].title;
		metric = stat_table_rows[i].metric;
		if (stat_table_is_void(e, 0, v, metric))
			continue;
		if (!stat_table_diff(e, 0, v, metric, &d)) {
			stat_table_join(absent, title);
		} else if (d.proven) {
			stat_table_diff_row(e, title, stat_table_metric(e,
			    metric), &d, g);
			n++;
		} else if (d.diff != 0 || d.half > d.resolution) {
			stat_table_join(unproven, title);
		}
	}
	return (n);
}

static void
stat_table_names(const char *what, const GString *names, GString *out)
{
	g_autofree char *text = NULL;

	if (names->len == 0)
		return;
	text = g_strconcat(what, names->str, ".", NULL);
	mail_paragraph(out, "", "  ", text);
}

static void
stat_table_same(const struct experiment *e, unsigned v, GString *out)
{
	g_autofree char *text = NULL;

	text = g_strdup_printf("%s against %s: no difference is proven.",
	    e->sc->variants[v].name, e->sc->variants[0].name);
	mail_paragraph(out, "", "  ", text);
}

static void
stat_table_diffs(const struct experiment *e, unsigned v, GString *out)
{
	g_autoptr(GString) absent = NULL, unproven = NULL;
	g_autofree char *a = NULL, *b = NULL, *heading = NULL;
	struct grid *g;

	a = mail_cut(e->sc->variants[0].name, 14);
	b = mail_cut(e->sc->variants[v].name, 14);
	heading = g_strdup_printf("%s less %s", b, a);
	absent = g_string_new(NULL);
	unproven = g_string_new(NULL);
	g = grid_new("lrr", 2);
	grid_add(g, heading);
	grid_add(g, "difference");
	grid_add(g, "");
	g_string_append_c(out, '\n');
	if (stat_table_diffs_of(e, v, g, unproven, absent) > 0)
		grid_print(g, "", out);
	else
		stat_table_same(e, v, out);
	grid_free(g);
	stat_table_names("No difference proven: ", unproven, out);
	stat_table_names("Not in every replication: ", absent, out);
}

void
stat_table_add(const struct experiment *e, GString *out)
{
	g_autofree char *text = NULL;
	unsigned v;

	mail_heading(out, "Side by side");
	stat_table_figures(e, out);
	for (v = 0; v < e->sc->nvariants; v++)
		mail_legend(out, e->sc->variants[v].name, 12);
	if (!stat_table_has_spread(e)) {
		if (e->sc->replications > 1)
			g_string_append_printf(out, "\nNo spread is told: it "
			    "takes %d whole replications.\n", STAT_MIN);
		return;
	}
	for (v = 1; v < e->sc->nvariants; v++)
		stat_table_diffs(e, v, out);
	text = g_strdup_printf("Means of %u replications +/- half the width of "
	    "their 95 %% interval (Student's t). Differences are paired, "
	    "replication by replication; what is not listed is equal in all.",
	    e->sc->replications);
	g_string_append_c(out, '\n');
	mail_paragraph(out, "", "", text);
}
