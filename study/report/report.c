/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * report.txt; see report.h.
 */

#include <string.h>

#include "models/stacks/stack.h"
#include "study/plot/chart.h"
#include "study/plot/plot.h"
#include "study/report/appendix.h"
#include "study/report/brief.h"
#include "study/report/froze.h"
#include "study/report/holders.h"
#include "study/report/holders_table.h"
#include "study/report/lead.h"
#include "study/report/moved.h"
#include "study/report/report.h"
#include "study/report/simulated.h"
#include "study/report/spent.h"
#include "study/report/stat_table.h"
#include "study/report/why.h"
#include "study/report/worse.h"
#include "study/scenario/replay.h"
#include "study/scenario/settings.h"
#include "study/scenario/stack_name.h"
#include "study/text/grid.h"
#include "study/text/mail.h"
#include "study/text/number.h"

static const struct run_conf *
report_conf(const struct experiment *e, unsigned variant)
{

	return (&e->confs[variant * e->sc->replications]);
}

static const char *
report_choice(const struct experiment *e, unsigned variant)
{

	return (report_conf(e, variant)->stack->port_first ?
	    "port first, then address" : "address and port together");
}

/* ---- in one line ------------------------------------------------------- */

/* "9 ms -> 0": of each variant that ran, in their order. */
static void
report_each(const struct experiment *e, const char *metric, GString *s)
{
	unsigned n, v;

	for (v = n = 0; v < e->sc->nvariants; v++) {
		g_autofree char *text = NULL;

		text = brief_value(e, v, metric);
		if (strcmp(text, "-") == 0)
			continue;
		if (n++ > 0)
			g_string_append(s, e->sc->nvariants == 2 ? " -> " :
			    " / ");
		g_string_append(s, text);
	}
	if (n == 0)
		g_string_append_c(s, '-');
}

/* "9 ms (current)": of many variants the most. */
static void
report_most(const struct experiment *e, const char *metric, GString *s)
{
	g_autofree char *text = NULL;
	double most, value;
	unsigned v, worst;

	for (v = worst = 0, most = -1; v < e->sc->nvariants; v++)
		if (experiment_mean(e, v, metric, &value) && value > most) {
			most = value;
			worst = v;
		}
	text = brief_value(e, worst, metric);
	g_string_append_printf(s, "%s (%s)", text,
	    e->sc->variants[worst].name);
}

static void
report_in_short(const struct experiment *e, GString *out)
{
	g_autofree char *incomplete = NULL;
	g_autoptr(GString) s = NULL;

	/* Whatever is said then is of less than was asked for. */
	incomplete = experiment_incomplete(e);
	if (incomplete != NULL) {
		mail_paragraph(out, "INCOMPLETE: ", "            ",
		    incomplete);
		g_string_append_c(out, '\n');
	}
	s = g_string_new(NULL);
	brief_headline(e, s);
	g_string_append(s, ". Longest stall ");
	if (e->sc->nvariants <= LEAD_EACH)
		report_each(e, "stall_max_us", s);
	else
		report_most(e, "stall_max_us", s);
	mail_paragraph(out, "", "", s->str);
	g_string_append_c(out, '\n');
}

/* ---- what came out ----------------------------------------------------- */

static void
report_question(const struct experiment *e, GString *out)
{
	unsigned i;

	mail_paragraph(out, "", "", e->sc->title);
	if (e->sc->question != NULL) {
		g_string_append_c(out, '\n');
		mail_paragraph(out, "Question:  ", "           ",
		    e->sc->question);
	}
	if (e->sc->expected != NULL)
		mail_paragraph(out, "Expected:  ", "           ",
		    e->sc->expected);
	if (e->sc->wrong != NULL)
		mail_paragraph(out, "Wrong if:  ", "           ",
		    e->sc->wrong);
	for (i = 0; i < e->sc->nreplays; i++) {
		g_autofree char *skipped = NULL;

		skipped = replay_skipped_text(e->sc->replays[i]);
		if (skipped == NULL)
			continue;
		g_string_append_c(out, '\n');
		mail_paragraph(out, "SKIPPED:   ", "           ", skipped);
	}
}

/* "; 12 of 300 attempts failed, the first for want of a port at 1.2 s" */
static void
report_attempts(const struct experiment *e, unsigned v, GString *s)
{
	g_autofree char *attempts = NULL, *errors = NULL, *first = NULL;

	attempts = brief_value(e, v, "attempts");
	errors = brief_value(e, v, "errors");
	first = brief_value(e, v, "first_exhaustion_s");
	g_string_append_printf(s, "; %s of %s attempts failed",
	    strcmp(errors, "0") == 0 ? "none" : errors, attempts);
	if (g_str_has_prefix(first, "in "))
		g_string_append_printf(s, ", for want of a port %s "
		    "replications", first);
	else if (strcmp(first, "never") != 0 && strcmp(first, "-") != 0)
		g_string_append_printf(s, ", the first for want of a port at "
		    "%s", first);
}

/* One sentence or two on a variant, in absolute figures. */
static void
report_finding(const struct experiment *e, unsigned v, GString *out)
{
	g_autofree char *wanted = NULL, *failed = NULL, *waiting = NULL;
	g_autofree char *hold = NULL, *stall = NULL, *stands = NULL;
	g_autoptr(GString) s = NULL;

	wanted = brief_value(e, v, "wanted");
	failed = brief_value(e, v, "failed");
	waiting = brief_value(e, v, "waiting");
	hold = brief_value(e, v, "hold_max_us");
	stall = brief_value(e, v, "stall_max_us");
	s = g_string_new(NULL);
	stands = stack_name_resolved(report_conf(e, v)->stack,
	    e->sc->variants[v].release);
	g_string_append_printf(s, "%s (%s, %s): %s. ", e->sc->variants[v].name,
	    stands != NULL ? stands : report_conf(e, v)->stack->name,
	    report_choice(e, v), brief_verdict(e, v));
	if (!brief_ran(e, v)) {
		mail_paragraph(out, "* ", "  ", g_strchomp(s->str));
		return;
	}
	if (strcmp(failed, "0") == 0 && strcmp(waiting, "0") == 0)
		g_string_append_printf(s, "All of %s connections were served",
		    wanted);
	else
		g_string_append_printf(s, "Of %s connections %s failed and %s "
		    "still waited", wanted, failed, waiting);
	report_attempts(e, v, s);
	g_string_append_printf(s, ". Longest hold of the hash lock %s, longest "
	    "stall %s. ", hold, stall);
	froze_sentence(e, v, s);
	mail_paragraph(out, "* ", "  ", s->str);
}

/* ---- what was simulated ------------------------------------------------- */

/* The value as its key's canonical text; NULL: there is none. */
static const char *
report_said(const void *arg, const char *group, const char *key)
{
	const struct experiment *e;
	const struct value *v;
	const struct param *p;

	e = arg;
	p = param_find(group, key);
	v = p == NULL ? NULL : settings_value(e->sc->settings,
	    e->sc->variants[0].name, group, p);
	return (v == NULL ? NULL : v->text);
}

static void
report_moves(const struct moves *ms, GString *out)
{
	unsigned f, i;

	for (f = 0; f < MOVES_NFIGURES; f++) {
		g_autoptr(GPtrArray) lines = NULL;
		g_autoptr(GString) head = NULL;

		head = g_string_new(NULL);
		moved_head(ms, (enum moves_figure)f, head);
		mail_paragraph(out, "", "", head->str);
		lines = moved_most(ms, (enum moves_figure)f);
		for (i = 0; i < lines->len; i++)
			mail_paragraph(out, "* ", "  ", lines->pdata[i]);
	}
}

static void
report_simulated(const struct experiment *e, GString *out)
{
	g_autofree const char **names = NULL, **stacks = NULL;
	static void (*const tell[])(const struct simulated *, GString *) = {
		simulated_settings, simulated_variants, simulated_moves
	};
	struct simulated s;
	unsigned i, v;

	if (e->sc->settings == NULL)
		return;
	names = g_new(const char *, e->sc->nvariants);
	stacks = g_new(const char *, e->sc->nvariants);
	for (v = 0; v < e->sc->nvariants; v++) {
		names[v] = e->sc->variants[v].name;
		stacks[v] = report_conf(e, v)->stack->name;
	}
	s = (struct simulated){ .said = report_said, .arg = e,
	    .ini = e->sc->settings->keyfile, .variants = names,
	    .stacks = stacks, .nvariants = e->sc->nvariants,
	    .moves = e->moves };
	mail_heading(out, "What was simulated");
	for (i = 0; i < G_N_ELEMENTS(tell); i++) {
		g_autoptr(GString) text = NULL;

		text = g_string_new(NULL);
		tell[i](&s, text);
		mail_paragraph(out, "", "", text->str);
	}
	if (e->moves != NULL)
		report_moves(e->moves, out);
}

static void
report_findings(const struct experiment *e, GString *out)
{
	unsigned v;

	mail_heading(out, "What came out");
	for (v = 0; v < e->sc->nvariants; v++)
		report_finding(e, v, out);
	if (!experiment_complete(e))
		g_string_append(out, "\nFigures are means of what ran, cut "
		    "short or not; a verdict is the worst.\n");
	else if (e->sc->replications > 1)
		g_string_append_printf(out, "\nFigures are means of %u "
		    "replications; a verdict is the worst.\n",
		    e->sc->replications);
}

/* ---- who pays ---------------------------------------------------------- */

/* Of lock, holder, and what it does. */
static const unsigned report_widths[] = { 11, 9, 13 };

/* What the columns cut, once each. */
static void
report_holders_legend(const GArray *all, GString *out)
{
	g_autoptr(GHashTable) told = NULL;
	const struct holder *h;
	unsigned i, j;

	told = g_hash_table_new(g_str_hash, g_str_equal);
	for (i = 0; i < all->len && i < REPORT_HOLDERS; i++) {
		h = &g_array_index(all, struct holder, i);
		const char *names[] = { h->lock, h->holder, h->doing };

		for (j = 0; j < G_N_ELEMENTS(names); j++)
			if (g_hash_table_add(told, (void *)(uintptr_t)
			    names[j]))
				mail_legend(out, names[j], report_widths[j]);
	}
}

static void
report_holder_row(const struct holder *h, struct grid *g)
{
	const char *names[] = { h->lock, h->holder, h->doing };
	const uint64_t counts[] = { h->iterations, h->visits };
	GString *s;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *cut = NULL;

		cut = mail_cut(names[i], report_widths[i]);
		grid_add(g, cut);
	}
	s = g_string_new(NULL);
	g_string_printf(s, "%ju", (uintmax_t)h->count);
	grid_add(g, s->str);
	g_string_truncate(s, 0);
	number_add_duration(s, h->total);
	grid_add(g, s->str);
	g_string_truncate(s, 0);
	number_add_duration(s, h->longest);
	grid_add(g, s->str);
	for (i = 0; i < G_N_ELEMENTS(counts); i++) {
		g_string_printf(s, "%ju", (uintmax_t)counts[i]);
		grid_add(g, s->str);
	}
	g_string_free(s, TRUE);
}

static void
report_holders(const struct experiment *e, unsigned v, GString *out)
{
	static const char *const titles[] = { "lock", "holder", "doing",
	    "stalls", "total", "longest", "iters", "visits" };
	g_autoptr(GArray) all = NULL;
	struct grid *g;
	size_t i;

	all = holders_of(e, v);
	g_string_append_printf(out, "\n%s:", e->sc->variants[v].name);
	if (all->len == 0) {
		g_string_append_printf(out, " %s.\n", brief_ran(e, v) ?
		    "no stall above the threshold" : VERDICT_NOT_RUN);
		return;
	}
	g_string_append(out, "\n");
	g = grid_new("lllrrrrr", 1);
	for (i = 0; i < G_N_ELEMENTS(titles); i++)
		grid_add(g, titles[i]);
	for (i = 0; i < all->len && i < REPORT_HOLDERS; i++)
		report_holder_row(&g_array_index(all, struct holder, i), g);
	grid_print(g, "", out);
	grid_free(g);
	report_holders_legend(all, out);
	if (all->len > REPORT_HOLDERS)
		g_string_append_printf(out, "and %u more (stalls.csv)\n",
		    all->len - REPORT_HOLDERS);
}

static void
report_payers(const struct experiment *e, GString *out)
{
	g_autoptr(GString) text = NULL;
	unsigned v;

	mail_heading(out, "Which lock, and which function pays");
	text = g_string_new("Stalls longer than ");
	number_add_duration(text, report_conf(e, 0)->stall_threshold);
	g_string_append(text, ", by who held the lock meanwhile and what it "
	    "did; iterations and visits are the most of any one hold.");
	mail_paragraph(out, "", "", text->str);
	for (v = 0; v < e->sc->nvariants; v++)
		report_holders(e, v, out);
}

/* ---- what connects waited for ------------------------------------------ */

struct report_of {
	const struct experiment *e;
	unsigned	variant;
};

static bool
report_mean(const void *arg, const char *metric, double *mean)
{
	const struct report_of *of;

	of = arg;
	return (experiment_mean(of->e, of->variant, metric, mean));
}

static void
report_spent(const struct experiment *e, GString *out)
{
	struct report_of of = { .e = e };

	mail_heading(out, "What connects spent their time on");
	mail_paragraph(out, "", "", "Mean, from when a connect was due to its "
	    "outcome, or to the end of the run.");
	for (; of.variant < e->sc->nvariants; of.variant++) {
		g_autofree char *line = NULL, *text = NULL;

		text = spent_text(report_mean, &of);
		line = g_strdup_printf("%s: %s.",
		    e->sc->variants[of.variant].name, text);
		mail_paragraph(out, "* ", "  ", line);
	}
}

/* ---- charts ------------------------------------------------------------ */

static void
report_charts(const struct experiment *e, const char *ports,
    const char *stalls, GString *out)
{
	g_autofree char *text = NULL;

	mail_heading(out, "Over time");
	if (stalls == NULL) {
		text = g_strdup_printf("No charts: %s.", ports != NULL ?
		    ports : "gnuplot, which draws them, was not to be had");
		mail_paragraph(out, "", "", text);
		return;
	}
	if (e->sc->replications > 1)
		g_string_append(out, "The first replication.\n");
	if (e->sc->nvariants > CHART_MAXVARIANTS)
		g_string_append_printf(out, "The first %d of %u variants.\n",
		    CHART_MAXVARIANTS, e->sc->nvariants);
	g_string_append(out, "Where two letters meet the later is shown.\n\n");
	g_string_append(out, ports);
	g_string_append_c(out, '\n');
	g_string_append(out, stalls);
}

/* ---- the whole --------------------------------------------------------- */

char *
report_text(const struct experiment *e, const char *command,
    const char *ports_chart, const char *stalls_chart)
{
	g_autofree char *ascii = NULL;
	GString *out;
	unsigned v;

	out = g_string_new(NULL);
	report_in_short(e, out);
	report_question(e, out);
	report_findings(e, out);
	report_simulated(e, out);
	froze_table(e, out);
	g_string_append_c(out, '\n');
	for (v = 0; v < e->sc->nvariants; v++)
		why_paragraph(e, v, out);
	appendix_claims(e, out);
	worse_tell(e, out);
	g_string_append(out, "\n========================= Appendix "
	    "=============================\n");
	appendix_made_by(e, command, out);
	report_charts(e, ports_chart, stalls_chart, out);
	stat_table_add(e, out);
	report_payers(e, out);
	report_spent(e, out);
	appendix_switches(e, out);
	appendix_repeat(command, out);
	appendix_model(e, out);
	ascii = mail_ascii(out->str);
	g_string_free(out, TRUE);
	return (g_steal_pointer(&ascii));
}

/* Names that plot_charts() uses for a moment. */
static void
report_expect_charts(struct output *o)
{

	output_expect(o, "plots/charts.gp");
	output_expect(o, "plots/charts.dat");
}

bool
report_write(const struct experiment *e, const char *command,
    struct output *o, GError **lack, GError **error)
{
	g_autofree char *ports = NULL, *stalls = NULL, *text = NULL;
	g_autoptr(GError) cause = NULL;

	/* A report without charts is still a report. */
	report_expect_charts(o);
	if (!plot_charts(output_partial(o), &ports, &stalls, &cause) &&
	    !g_error_matches(cause, PLOT_ERROR, PLOT_ERROR_MISSING))
		ports = g_strdup(cause->message);
	if (cause != NULL)
		g_propagate_error(lack, g_steal_pointer(&cause));
	text = report_text(e, command, ports, stalls);
	return (output_text(o, "report.txt", text, error));
}
