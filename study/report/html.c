/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * report.html; see html.h.
 */

#include <string.h>

#include "models/stacks/stack.h"
#include "study/report/appendix.h"
#include "study/report/charts.h"
#include "study/report/holders_table.h"
#include "study/report/html.h"
#include "study/report/lead.h"
#include "study/report/map.h"
#include "study/report/moved.h"
#include "study/report/simulated.h"
#include "study/report/spent.h"
#include "study/report/stalls.h"
#include "study/report/stat_table.h"
#include "study/report/webpage.h"
#include "study/report/why.h"
#include "study/scenario/stack_name.h"
#include "study/stat/stat.h"
#include "study/text/markup.h"

/* ---- claim and verdict ------------------------------------------------- */

static void
html_term(GString *out, const char *term, const char *text)
{

	if (text == NULL || *text == '\0')
		return;
	markup_element(out, "dt", "", term);
	markup_element(out, "dd", "", text);
	g_string_append_c(out, '\n');
}

/* Text with a verdict's colour; the word itself says it, too. */
static void
html_judged(GString *out, const char *element, const char *text, bool good)
{

	markup_element(out, element, good ? "class=\"good\"" :
	    "class=\"bad\"", text);
}

/* "screen for 7.85 s, ssh for 71.2 s": who was late beyond a deadline. */
static char *
html_frozen(const struct dossier *d, unsigned v)
{
	const struct plotdata_observer *o;
	GString *s;
	double mean;
	unsigned i;

	s = g_string_new(NULL);
	for (i = 0; i < d->pd->nobservers; i++) {
		g_autofree char *figure = NULL, *frozen = NULL;
		g_auto(GStrv) words = NULL;

		o = &d->pd->observers[i];
		if (!dossier_mean(d, v, o->frozen, &mean) || !(mean > 0))
			continue;
		/* No line ends between a number and its unit. */
		figure = dossier_figure(d, v, o->frozen);
		words = g_strsplit(figure, " ", -1);
		frozen = g_strjoinv("\xc2\xa0", words);
		g_string_append_printf(s, "%s%s for %s", s->len > 0 ? ", " :
		    "", o->name, frozen);
	}
	return (g_string_free(s, FALSE));
}

/* The figures of a variant in a sentence or two. */
static void
html_finding(const struct dossier *d, unsigned v, GString *out)
{
	static const struct {
		const char	*before, *metric, *after;
	} parts[] = {
		{ ": ", "wanted", " wanted = " },
		{ "", "served", " served + " },
		{ "", "failed", " failed + " },
		{ "", "waiting", " still waiting. Of " },
		{ "", "attempts", " attempts " },
		{ "", "errors", " failed. " },
		{ "First failure for want of a port: ", "first_exhaustion_s",
		    ". " },
		{ "Longest hold of the hash lock ", "hold_max_us", ", " },
		{ "longest stall ", "stall_max_us", ". " }
	};
	const struct plotdata_variant *pv;
	g_autofree char *frozen = NULL;
	const char *verdict;
	size_t i;

	pv = &d->pd->variants[v];
	verdict = dossier_verdict(d, v);
	markup_of_variant(out, "li", pv->name);
	markup_element(out, "strong", "", pv->name);
	g_string_append(out, " (");
	markup_text(out, pv->stack);
	g_string_append(out, ") <strong>");
	html_judged(out, "span", verdict, strcmp(verdict, "ok") == 0);
	g_string_append(out, "</strong>");
	if (!dossier_ran(d, v)) {
		g_string_append(out, "</li>\n");
		return;
	}
	for (i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *text = NULL;

		text = dossier_figure(d, v, parts[i].metric);
		g_string_append(out, parts[i].before);
		markup_text(out, text);
		g_string_append(out, parts[i].after);
	}
	frozen = html_frozen(d, v);
	g_string_append(out, *frozen == '\0' ?
	    "Nobody was late beyond a deadline" :
	    "Late beyond their deadlines: ");
	markup_text(out, frozen);
	g_string_append(out, ".</li>\n");
}

/* ---- the lead ---------------------------------------------------------- */

static const char *
html_name(const void *d, unsigned v)
{

	return (((const struct dossier *)d)->pd->variants[v].name);
}

static const char *
html_observer(const void *d, unsigned i)
{
	const struct plotdata *pd;

	pd = ((const struct dossier *)d)->pd;
	return (i < pd->nobservers ? pd->observers[i].name : NULL);
}

static const char *
html_verdict(const void *d, unsigned v)
{

	return (dossier_verdict(d, v));
}

static char *
html_figure(const void *d, unsigned v, const char *metric)
{

	return (dossier_figure(d, v, metric));
}

static bool
html_lead_mean(const void *d, unsigned v, const char *metric, double *mean)
{

	return (dossier_mean(d, v, metric, mean));
}

/* Before all else: what became of all that was wanted, and who froze. */
static void
html_lead(const struct dossier *d, GString *out)
{
	const struct lead lead = { .arg = d, .nvariants = d->pd->nvariants,
	    .name = html_name, .verdict = html_verdict,
	    .observer = html_observer, .figure = html_figure,
	    .mean = html_lead_mean };
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	lead_add(&lead, s);
	g_string_append_c(s, '.');
	markup_element(out, "p", "id=\"finding\"", s->str);
	g_string_append_c(out, '\n');
}

/* Of many variants: a row each. */
static void
html_finding_row(const struct dossier *d, unsigned v, GString *out)
{
	static const char *const metrics[] = { "wanted", "served", "failed",
	    "waiting", "first_exhaustion_s", "stall_max_us" };
	const struct plotdata_variant *pv;
	g_autofree char *frozen = NULL;
	const char *verdict;
	size_t i;

	pv = &d->pd->variants[v];
	verdict = dossier_verdict(d, v);
	markup_of_variant(out, "tr", pv->name);
	markup_element(out, "th", "scope=\"row\"", pv->name);
	html_judged(out, "td", verdict, strcmp(verdict, "ok") == 0);
	for (i = 0; i < G_N_ELEMENTS(metrics); i++) {
		g_autofree char *text = NULL;

		text = dossier_figure(d, v, metrics[i]);
		markup_element(out, "td", "class=\"n\"", text);
	}
	frozen = html_frozen(d, v);
	markup_element(out, "td", "class=\"wide\"", !dossier_ran(d, v) ? "" :
	    *frozen == '\0' ? "nobody" : frozen);
	g_string_append(out, "</tr>\n");
}

static void
html_findings(const struct dossier *d, GString *out)
{
	static const char *const titles[] = { "Variant", "Verdict", "Wanted",
	    "Served", "Failed", "Waiting", "No port from", "Longest stall",
	    "Who froze" };
	unsigned v;

	g_string_append(out, "<h2>What came out</h2>\n");
	if (d->pd->nvariants > LEAD_EACH) {
		markup_table_open(out, "What came out", titles, "llrrrrrrl");
		for (v = 0; v < d->pd->nvariants; v++)
			html_finding_row(d, v, out);
		markup_table_close(out);
		return;
	}
	g_string_append(out, "<ul class=\"variants\">\n");
	for (v = 0; v < d->pd->nvariants; v++)
		html_finding(d, v, out);
	g_string_append(out, "</ul>\n");
}

static void
html_head(const struct dossier *d, GString *out)
{
	const char *incomplete;

	incomplete = csvtable_comment(d->pd->summary, "INCOMPLETE");
	if (incomplete != NULL) {
		g_string_append(out, "<p class=\"bad\"><strong>INCOMPLETE: "
		    "</strong>");
		markup_text(out, incomplete);
		g_string_append(out, "</p>\n");
	}
	html_lead(d, out);
	markup_element(out, "h1", "", dossier_origin(d, "title"));
	g_string_append(out, "\n<dl>\n");
	html_term(out, "Question", d->ini->preface.question);
	html_term(out, "Expected", d->ini->preface.expected);
	html_term(out, "It would be wrong if", d->ini->preface.wrong);
	g_string_append(out, "</dl>\n");
	html_findings(d, out);
	if (incomplete != NULL)
		g_string_append(out, "<p class=\"dim\">Figures are means of "
		    "what ran, cut short or not; a verdict is the worst.</p>"
		    "\n");
	else if (d->replications > 1)
		g_string_append_printf(out, "<p class=\"dim\">Figures are "
		    "means of %u replications; a verdict is the worst.</p>\n",
		    d->replications);
}

/* What run.ini says of it for the first variant; see simulated.h. */
static const char *
html_said(const void *arg, const char *group, const char *key)
{
	g_autofree char *of = NULL, *path = NULL;
	const struct keyfile_entry *e;
	const struct dossier *d;

	d = arg;
	of = g_strconcat("variant:", d->pd->variants[0].name, NULL);
	path = g_strconcat(group, ".", key, NULL);
	e = keyfile_get(d->ini, of, path);
	if (e == NULL)
		e = keyfile_get(d->ini, group, key);
	return (e == NULL ? NULL : e->value);
}

static void
html_moves(const struct moves *ms, GString *out)
{
	unsigned f, i;

	for (f = 0; f < MOVES_NFIGURES; f++) {
		g_autoptr(GPtrArray) lines = NULL;
		g_autoptr(GString) head = NULL;

		head = g_string_new(NULL);
		moved_head(ms, (enum moves_figure)f, head);
		markup_element(out, "p", "", head->str);
		lines = moved_most(ms, (enum moves_figure)f);
		if (lines->len == 0)
			continue;
		g_string_append(out, "\n<ol>\n");
		for (i = 0; i < lines->len; i++)
			markup_element(out, "li", "", lines->pdata[i]);
		g_string_append(out, "</ol>\n");
	}
}

static void
html_simulated(const struct dossier *d, GString *out)
{
	static void (*const tell[])(const struct simulated *, GString *) = {
		simulated_settings, simulated_variants, simulated_moves
	};
	g_autofree const char **names = NULL, **stacks = NULL;
	struct simulated s;
	unsigned i, v;

	if (d->pd->nvariants == 0)
		return;
	names = g_new(const char *, d->pd->nvariants);
	stacks = g_new(const char *, d->pd->nvariants);
	for (v = 0; v < d->pd->nvariants; v++) {
		names[v] = d->pd->variants[v].name;
		stacks[v] = d->pd->variants[v].stack;
	}
	s = (struct simulated){ .said = html_said, .arg = d, .ini = d->ini,
	    .variants = names, .stacks = stacks,
	    .nvariants = d->pd->nvariants, .moves = d->moves };
	g_string_append(out, "<h2>What was simulated</h2>\n");
	for (i = 0; i < G_N_ELEMENTS(tell); i++) {
		g_autoptr(GString) text = NULL;

		text = g_string_new(NULL);
		tell[i](&s, text);
		markup_element(out, "p", "", text->str);
		g_string_append_c(out, '\n');
	}
	if (d->moves != NULL)
		html_moves(d->moves, out);
}

static void
html_claims(const struct dossier *d, GString *out)
{
	static const char *const titles[] = { "Outcome", "Claim", "Means" };
	const struct dossier_claim *c;
	unsigned i;

	if (d->claims->len == 0)
		return;
	g_string_append(out, "<h2>What was expected of it</h2>\n");
	markup_table_open(out, "Claims", titles, "lll");
	for (i = 0; i < d->claims->len; i++) {
		c = &g_array_index(d->claims, struct dossier_claim, i);
		g_string_append(out, "<tr>");
		html_judged(out, "td", c->outcome, strcmp(c->outcome, "ok") ==
		    0);
		markup_element(out, "th", "scope=\"row\"", c->name);
		g_string_append(out, "<td>");
		markup_element(out, "code", "", c->text);
		if (c->why != NULL && strcmp(c->why, c->text) != 0) {
			g_string_append(out, "<br>");
			markup_text(out, c->why);
		}
		g_string_append(out, "</td></tr>\n");
	}
	markup_table_close(out);
}

/* ---- the numbers ------------------------------------------------------- */

static void
html_cell(const struct dossier *d, unsigned v, const char *metric,
    GString *out)
{
	g_autofree char *figure = NULL, *spread = NULL;
	double half;

	markup_of_variant(out, "td class=\"n\"", d->pd->variants[v].name);
	figure = dossier_figure(d, v, metric);
	markup_text(out, figure);
	if (dossier_half(d, v, metric, &half) && half > 0) {
		spread = stat_table_spread(metric_of_column(metric), half);
		g_string_append(out, " <span class=\"dim\">\302\261 ");
		markup_text(out, spread);
		g_string_append(out, "</span>");
	}
	g_string_append(out, "</td>");
}

static void
html_numbers(const struct dossier *d, GString *out)
{
	const struct stat_table_row *row;
	unsigned v;

	g_string_append(out, "<h2>Side by side</h2>\n<div class=\"scroll\" "
	    "tabindex=\"0\" role=\"region\" aria-label=\"Side by side\">"
	    "<table>\n<caption>");
	if (d->replications >= STAT_MIN)
		g_string_append_printf(out, "Means of %u replications, with "
		    "half the width of their 95 %% intervals.",
		    d->replications);
	else
		g_string_append_printf(out, "Too few replications (%u) to "
		    "tell of chance: --replications=10 does.",
		    d->replications);
	g_string_append(out, "</caption>\n<thead><tr><th scope=\"col\">Metric"
	    "</th>");
	for (v = 0; v < d->pd->nvariants; v++) {
		markup_of_variant(out, "th scope=\"col\" class=\"n\"",
		    d->pd->variants[v].name);
		markup_text(out, d->pd->variants[v].name);
		g_string_append(out, "</th>");
	}
	g_string_append(out, "</tr></thead>\n<tbody>\n");
	for (row = stat_table_rows; row->title != NULL; row++) {
		g_string_append(out, "<tr>");
		markup_element(out, "th", "scope=\"row\"", row->title);
		for (v = 0; v < d->pd->nvariants; v++)
			html_cell(d, v, row->metric, out);
		g_string_append(out, "</tr>\n");
	}
	g_string_append(out, "</tbody>\n</table></div>\n");
}

/* ---- what connects waited for ------------------------------------------ */

struct html_of {
	const struct dossier *d;
	unsigned	variant;
};

static bool
html_mean(const void *arg, const char *metric, double *mean)
{
	const struct html_of *of;

	of = arg;
	return (dossier_mean(of->d, of->variant, metric, mean));
}

static void
html_spent(const struct dossier *d, GString *out)
{
	struct html_of of = { .d = d };
	const char *name;

	g_string_append(out, "<p class=\"dim\">Mean, from when a connect was "
	    "due to its outcome, or to the end of the run:</p>\n"
	    "<ul class=\"variants\">\n");
	for (; of.variant < d->pd->nvariants; of.variant++) {
		g_autofree char *text = NULL;

		name = d->pd->variants[of.variant].name;
		text = spent_text(html_mean, &of);
		markup_of_variant(out, "li", name);
		markup_element(out, "strong", "", name);
		g_string_append(out, ": ");
		markup_text(out, text);
		g_string_append(out, ".</li>\n");
	}
	g_string_append(out, "</ul>\n");
}

/* ---- how to repeat it, what it rests on -------------------------------- */

static void
html_repeat(const struct dossier *d, GString *out)
{

	g_string_append(out, "<h2>How to repeat it</h2>\n<pre><code>");
	markup_text(out, d->command);
	g_string_append(out, "</code></pre>\n<dl>\n");
	html_term(out, "Version", csvtable_first(d->pd->summary));
	html_term(out, "Scenario", dossier_origin(d, "scenario"));
	html_term(out, "Digest", dossier_origin(d, "digest"));
	html_term(out, "Seed", dossier_origin(d, "seed"));
	html_term(out, "Replications", dossier_origin(d, "replications"));
	g_string_append(out, "</dl>\n");
	markup_element(out, "p", "", appendix_repeat_text);
	g_string_append_c(out, '\n');
}

static void
html_model(const struct dossier *d, GString *out)
{
	const struct keyfile_entry *typed;
	const struct stack *stack;
	unsigned v;

	g_string_append(out, "<h2>This is a model</h2>\n");
	markup_element(out, "p", "", appendix_model_text);
	markup_element(out, "p", "", appendix_checks_text);
	g_string_append(out, "\n<ul>\n");
	for (v = 0; v < d->pd->nvariants; v++) {
		g_autofree char *group = NULL, *text = NULL;

		stack = stack_name_find(d->pd->variants[v].stack);
		if (stack == NULL)
			continue;
		group = g_strconcat("variant:", d->pd->variants[v].name, NULL);
		typed = keyfile_get(d->ini, group, "stack");
		text = appendix_stack(stack, typed != NULL ? typed->value :
		    stack->name);
		markup_element(out, "li", "", text);
		g_string_append_c(out, '\n');
	}
	g_string_append(out, "</ul>\n");
}

/* ---- the whole --------------------------------------------------------- */

/* Boxes that hide a variant; the script shows them. */
static void
html_choice(const struct dossier *d, GString *out)
{
	unsigned v;

	g_string_append(out, "<fieldset id=\"choice\" hidden><legend>Show"
	    "</legend>\n");
	for (v = 0; v < d->pd->nvariants; v++) {
		g_string_append(out, "<label><input type=\"checkbox\" checked "
		    "data-toggle=\"");
		markup_text(out, d->pd->variants[v].name);
		g_string_append(out, "\"> ");
		markup_text(out, d->pd->variants[v].name);
		g_string_append(out, "</label>\n");
	}
	g_string_append(out, "<button type=\"button\" id=\"whole\" hidden "
	    "aria-label=\"Charts: show all of the time\">Charts: show all"
	    "</button></fieldset>\n");
}

char *
report_html(const struct dossier *d)
{
	g_autofree char *title = NULL;
	GString *out;

	out = g_string_new(NULL);
	title = g_strconcat(dossier_origin(d, "scenario"), " - pcbsim", NULL);
	webpage_open(out, title);
	html_head(d, out);
	html_simulated(d, out);
	html_choice(d, out);
	html_numbers(d, out);
	g_string_append(out, "<h2>Ports over time</h2>\n<p class=\"dim\">"
	    "Shaded: somebody was frozen. Point at a picture, or go to it "
	    "with Tab and move with the arrow keys, to read its values; drag, "
	    "or press + and -, to see a part of it, double click or 0 for the "
	    "whole. Of several replications the first is drawn.</p>\n");
	report_charts_ports(d, out);
	report_map_html(d, out);
	g_string_append(out, "<h2>Stalls over time</h2>\n");
	report_charts_stalls(d, out);
	g_string_append(out, "<h2>How late each observer was</h2>\n");
	report_charts_lags(d, out);
	why_html(d, out);
	g_string_append(out, "<h2>pcbs by their state</h2>\n");
	report_charts_pcbs(d, out);
	g_string_append(out, "<h2>How long connect() takes</h2>\n");
	report_charts_latency(d, out);
	html_spent(d, out);
	report_holders_html(d, out);
	report_stalls_html(d, out);
	html_claims(d, out);
	html_repeat(d, out);
	html_model(d, out);
	webpage_close(out);
	return (g_string_free(out, FALSE));
}

bool
report_html_write(struct output *o, GError **error)
{
	g_autofree char *text = NULL;
	struct dossier *d;

	d = dossier_read(output_partial(o), error);
	if (d == NULL)
		return (false);
	text = report_html(d);
	dossier_free(d);
	return (output_text(o, "report.html", text, error));
}
