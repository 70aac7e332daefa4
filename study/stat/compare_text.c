/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A comparison as text; see compare_text.h.
 */

#include <math.h>
#include <string.h>

#include "study/run/version.h"
#include "study/stat/compare_text.h"
#include "study/stat/text.h"
#include "study/text/csvout.h"
#include "study/text/grid.h"
#include "study/text/mail.h"
#include "study/text/number.h"

#define	COMPARE_TEXT_NAME	14	/* characters of a variant's name */
#define	COMPARE_TEXT_UNPROVEN	12	/* rows of what nothing can prove */

/* ---- the table --------------------------------------------------------- */

static void
compare_text_cell(struct grid *g, double v, int digits)
{
	g_autoptr(GString) s = NULL;
	char buf[G_ASCII_DTOSTR_BUF_SIZE], format[16];

	s = g_string_new(NULL);
	g_snprintf(format, sizeof(format), "%%.%de", digits - 1);
	number_add_double(s, g_ascii_strtod(g_ascii_formatd(buf, sizeof(buf),
	    format, v), NULL));
	grid_add(g, s->str);
}

static void
compare_text_row(const struct compare_row *r, struct grid *g)
{

	grid_add(g, r->metric->name);
	compare_text_cell(g, r->a.mean, 6);
	compare_text_cell(g, r->b.mean, 6);
	compare_text_cell(g, r->diff.diff, 4);
	/* Less than rounding: the shift is the same in every replication. */
	if (r->diff.enough)
		compare_text_cell(g, r->diff.half <
		    fabs(r->diff.diff) * 1e-9 ? 0 : r->diff.half, 3);
	else
		grid_add(g, "?");
	if (r->a.mean != 0)
		compare_text_cell(g, r->diff.diff / r->a.mean * 100, 3);
	else
		grid_add(g, "-");
}

static unsigned
compare_text_count(const struct compare_pair *p, enum compare_outcome outcome)
{
	unsigned i, n;

	n = 0;
	for (i = 0; i < p->rows->len; i++)
		if (g_array_index(p->rows, struct compare_row, i).outcome ==
		    outcome)
			n++;
	return (n);
}

static void
compare_text_table(const struct compare_pair *p, enum compare_outcome outcome,
    const char *title, GString *out)
{
	static const char *const titles[] = { "difference", "+/-", "%" };
	g_autofree char *a = NULL, *b = NULL;
	const struct compare_row *r;
	struct grid *g;
	unsigned i, left, n;

	n = compare_text_count(p, outcome);
	if (n == 0)
		return;
	left = outcome == COMPARE_TOO_FEW ? MIN(n, COMPARE_TEXT_UNPROVEN) : n;
	n -= left;
	g = grid_new("lrrrrr", 2);
	grid_add(g, title);
	/* Of two results the names are equal; the heading says whose. */
	a = mail_cut(p->a.in == p->b.in ? p->a.variant : "first",
	    COMPARE_TEXT_NAME);
	b = mail_cut(p->a.in == p->b.in ? p->b.variant : "second",
	    COMPARE_TEXT_NAME);
	grid_add(g, a);
	grid_add(g, b);
	for (i = 0; i < G_N_ELEMENTS(titles); i++)
		grid_add(g, titles[i]);
	for (i = 0; left > 0; i++) {
		r = &g_array_index(p->rows, struct compare_row, i);
		if (r->outcome != outcome)
			continue;
		compare_text_row(r, g);
		left--;
	}
	g_string_append_c(out, '\n');
	grid_print(g, "", out);
	grid_free(g);
	if (n > 0)
		g_string_append_printf(out, "and %u that differ by less "
		    "(--format=csv has all)\n", n);
}

static void
compare_text_tables(const struct compare_pair *p, GString *out)
{
	static const struct {
		enum compare_outcome outcome;
		const char	*title;
	} tables[] = {
		{ COMPARE_WORSE, "WORSE" }, { COMPARE_BETTER, "BETTER" },
		{ COMPARE_DIFFERENT, "DIFFERENT" },
		{ COMPARE_TOO_FEW, "NOT PROVEN" }
	};
	size_t before;
	unsigned i;

	before = out->len;
	for (i = 0; i < G_N_ELEMENTS(tables); i++)
		compare_text_table(p, tables[i].outcome, tables[i].title, out);
	if (out->len == before || p->a.in != p->b.in)
		return;
	mail_legend(out, p->a.variant, COMPARE_TEXT_NAME);
	mail_legend(out, p->b.variant, COMPARE_TEXT_NAME);
}

/* ---- what needs no figures --------------------------------------------- */

static void
compare_text_names(const struct compare_pair *p, enum compare_outcome outcome,
    const char *title, GString *out)
{
	g_autoptr(GString) names = NULL;
	const struct compare_row *r;
	unsigned i;

	names = g_string_new(title);
	for (i = 0; i < p->rows->len; i++) {
		r = &g_array_index(p->rows, struct compare_row, i);
		if (r->outcome == outcome)
			g_string_append_printf(names, " %s", r->metric->name);
	}
	if (compare_text_count(p, outcome) == 0)
		return;
	g_string_append_c(out, '\n');
	mail_paragraph(out, "", "  ", names->str);
}

static void
compare_text_no_value(const struct compare_pair *p,
    const struct compare_row *r, GString *out)
{
	g_autofree char *text = NULL;

	text = g_strdup_printf("%s: no value in %u of %u replications of %s, "
	    "in %u of %u of %s", r->metric->name, r->none_a,
	    p->a.rows->len, p->a.label, r->none_b, p->b.rows->len,
	    p->b.label);
	mail_paragraph(out, "", "  ", text);
}

static void
compare_text_no_values(const struct compare_pair *p, GString *out)
{
	const struct compare_row *r;
	unsigned i;

	if (compare_text_count(p, COMPARE_NO_VALUE) == 0)
		return;
	g_string_append_c(out, '\n');
	for (i = 0; i < p->rows->len; i++) {
		r = &g_array_index(p->rows, struct compare_row, i);
		if (r->outcome == COMPARE_NO_VALUE)
			compare_text_no_value(p, r, out);
	}
}

/* "served 240,000 for 73,000; ": what most would ask first. */
static void
compare_text_served(const struct compare_pair *p, GString *out)
{
	const struct compare_row *r;
	unsigned i;

	for (i = 0; i < p->rows->len; i++) {
		r = &g_array_index(p->rows, struct compare_row, i);
		if (strcmp(r->metric->name, "served") != 0 ||
		    r->outcome == COMPARE_NO_VALUE)
			continue;
		g_string_append(out, "served ");
		number_add_amount(out, r->b.mean);
		g_string_append(out, " for ");
		number_add_amount(out, r->a.mean);
		g_string_append(out, "; ");
	}
}

/* In one sentence: how much of it is better, and how much is worse. */
static void
compare_text_finding(const struct compare_pair *p, GString *out)
{
	static const struct {
		enum compare_outcome outcome;
		const char	*what;
	} parts[] = {
		{ COMPARE_BETTER, "better" }, { COMPARE_WORSE, "worse" },
		{ COMPARE_DIFFERENT, "different" },
		{ COMPARE_NOT_PROVEN, "not proven" },
		{ COMPARE_TOO_FEW, "differ, which N < "
		    G_STRINGIFY(STAT_MIN) " cannot prove" }
	};
	g_autoptr(GString) s = NULL;
	unsigned i, n, told;

	s = g_string_new(NULL);
	g_string_printf(s, "%s against %s: ", p->b.label, p->a.label);
	compare_text_served(p, s);
	for (i = told = 0; i < G_N_ELEMENTS(parts); i++) {
		n = compare_text_count(p, parts[i].outcome);
		if (n == 0)
			continue;
		g_string_append_printf(s, "%s%u %s%s", told > 0 ? ", " : "",
		    n, told > 0 ? "" : n == 1 ? "metric " : "metrics ",
		    parts[i].what);
		told++;
	}
	if (told == 0)
		g_string_append(s, "nothing differs");
	mail_paragraph(out, "", "", s->str);
}

static void
compare_text_heading(const struct compare_pair *p, GString *out)
{

	compare_text_finding(p, out);
	if (p->paired)
		g_string_append_printf(out, "N = %u pairs (%s)\n",
		    p->a.rows->len, p->why);
	else
		g_string_append_printf(out, "N = %u and %u (%s)\n",
		    p->a.rows->len, p->b.rows->len, p->why);
}

/* What the intervals are worth. */
static void
compare_text_worth(const struct compare_pair *p, GString *out)
{
	g_autoptr(GString) s = NULL;
	char buf[G_ASCII_DTOSTR_BUF_SIZE];

	s = g_string_new(NULL);
	if (MIN(p->a.rows->len, p->b.rows->len) < STAT_MIN) {
		g_string_printf(s, "N < %d: this proves nothing; --replications"
		    "=10 of pcbsim run gives intervals.", STAT_MIN);
	} else {
		g_string_printf(s, "+/- is half the width of the %d %% interval"
		    " of the difference, %s. By chance alone about %s of the "
		    "metrics would seem to differ. A quantile is known to a "
		    "bucket of its histogram, 0.8 %%; that is in +/-, too.",
		    (int)(STAT_CONFIDENCE * 100 + 0.5), p->paired ?
		    "paired, Student's t" : "Welch's t", g_ascii_formatd(buf,
		    sizeof(buf), "%.1f", p->expected_false));
	}
	g_string_append_c(out, '\n');
	mail_paragraph(out, "", "", s->str);
}

static void
compare_text_remarks(const struct compare *c, GString *out)
{
	unsigned i;

	if (c->remarks->len > 0)
		g_string_append_c(out, '\n');
	for (i = 0; i < c->remarks->len; i++)
		mail_paragraph(out, "note: ", "      ",
		    c->remarks->pdata[i]);
}

void
compare_text(const struct compare *c, GString *out)
{
	const struct compare_pair *p;
	unsigned i;

	for (i = 0; i < c->pairs->len; i++) {
		p = c->pairs->pdata[i];
		if (i > 0)
			g_string_append(out, "\n\n");
		compare_text_heading(p, out);
		compare_text_tables(p, out);
		compare_text_no_values(p, out);
		compare_text_names(p, COMPARE_NOT_PROVEN,
		    "No difference proven:", out);
		compare_text_names(p, COMPARE_EQUAL,
		    "Equal in every replication, to a millionth:", out);
		compare_text_worth(p, out);
	}
	compare_text_remarks(c, out);
}

/* ---- in ministat's layout ---------------------------------------------- */

static void
compare_text_sample(const struct compare_pair *p, const struct compare_row *r,
    GString *out)
{
	static const char *const goals[] = { [METRIC_NEUTRAL] = "",
	    [METRIC_LOWER] = "less is better",
	    [METRIC_HIGHER] = "more is better" };
	const char *goal, *unit;

	goal = goals[r->metric->better];
	unit = r->metric->unit;
	g_string_append(out, r->metric->name);
	if (*goal != '\0' || *unit != '\0')
		g_string_append_printf(out, " (%s%s%s)", unit,
		    *unit != '\0' && *goal != '\0' ? ", " : "", goal);
	g_string_append_c(out, '\n');
	if (r->none_a + r->none_b > 0) {
		compare_text_no_value(p, r, out);
		return;
	}
	stat_text_samples(out, p->a.label, &r->a, p->b.label, &r->b);
	if (r->outcome == COMPARE_EQUAL) {
		g_string_append(out, "Equal in every replication, to a "
		    "millionth\n");
		return;
	}
	stat_text_diff(out, &r->pooled, r->a.mean);
	if (r->diff.enough)
		stat_text_diff(out, &r->diff, r->a.mean);
}

void
compare_text_samples(const struct compare *c, GString *out)
{
	const struct compare_pair *p;
	unsigned i, j;

	for (i = 0; i < c->pairs->len; i++) {
		p = c->pairs->pdata[i];
		if (i > 0)
			g_string_append(out, "\n\n");
		compare_text_heading(p, out);
		for (j = 0; j < p->rows->len; j++) {
			g_string_append_c(out, '\n');
			compare_text_sample(p, &g_array_index(p->rows,
			    struct compare_row, j), out);
		}
		compare_text_worth(p, out);
	}
	compare_text_remarks(c, out);
}

/* ---- for programs ------------------------------------------------------ */

static void
compare_text_csv_side(struct csvout *c, const struct compare_side *s,
    const struct stat_sample *sample, bool valued)
{

	csvout_count(c, s->rows->len);
	if (!valued) {
		csvout_empty(c);
		csvout_empty(c);
		return;
	}
	csvout_double(c, sample->mean);
	if (sample->n > 1)
		csvout_double(c, sample->sd);
	else
		csvout_empty(c);
}

static void
compare_text_csv_row(const struct compare_pair *p,
    const struct compare_row *r, struct csvout *c)
{
	static const char *const goals[] = { [METRIC_NEUTRAL] = "",
	    [METRIC_LOWER] = "less", [METRIC_HIGHER] = "more" };
	bool percent, valued;

	valued = r->none_a + r->none_b == 0;
	percent = valued && r->a.mean != 0;
	csvout_text(c, p->a.label);
	csvout_text(c, p->b.label);
	csvout_text(c, r->metric->name);
	csvout_text(c, goals[r->metric->better]);
	csvout_text(c, compare_outcome_name(r->outcome));
	csvout_text(c, p->paired ? "paired" : "welch");
	compare_text_csv_side(c, &p->a, &r->a, valued);
	compare_text_csv_side(c, &p->b, &r->b, valued);
	if (valued)
		csvout_double(c, r->diff.diff);
	else
		csvout_empty(c);
	if (valued && r->diff.enough) {
		csvout_double(c, r->diff.half);
		csvout_double(c, r->diff.df);
	} else {
		csvout_empty(c);
		csvout_empty(c);
	}
	if (percent)
		csvout_double(c, r->diff.diff / r->a.mean * 100);
	else
		csvout_empty(c);
	if (percent && r->diff.enough)
		csvout_double(c, r->diff.half / fabs(r->a.mean) * 100);
	else
		csvout_empty(c);
	if (valued)
		csvout_double(c, r->diff.resolution);
	else
		csvout_empty(c);
	csvout_end(c);
}

void
compare_text_csv(const struct compare *compared, FILE *f)
{
	const struct compare_pair *p;
	struct csvout c;
	unsigned i, j;

	fprintf(f, "# pcbsim %s\n", version_text());
	for (i = 0; i < compared->remarks->len; i++)
		fprintf(f, "# note: %s\n",
		    (const char *)compared->remarks->pdata[i]);
	fputs("baseline,variant,metric,better,outcome,test,n_baseline,"
	    "mean_baseline,sd_baseline,n_variant,mean_variant,sd_variant,"
	    "difference,half_width,df,difference_pct,half_width_pct,"
	    "resolution\n", f);
	csvout_init(&c, f);
	for (i = 0; i < compared->pairs->len; i++) {
		p = compared->pairs->pdata[i];
		for (j = 0; j < p->rows->len; j++)
			compare_text_csv_row(p, &g_array_index(p->rows,
			    struct compare_row, j), &c);
	}
	csvout_fini(&c);
}
