/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A few figures of each variant; see brief.h.
 */

#include <math.h>
#include <string.h>

#include "study/report/brief.h"
#include "study/report/lead.h"
#include "study/text/grid.h"
#include "study/text/number.h"

/* A share as a percentage, a mean as it is. */
static void
brief_add_double(GString *s, const char *metric, double v)
{
	char buf[G_ASCII_DTOSTR_BUF_SIZE];

	if (!g_str_has_suffix(metric, "_frac")) {
		/* Beside a thousand, tenths say nothing. */
		if (v >= 1000)
			number_add_amount(s, v);
		else
			number_add_double(s, floor(v * 10 + 0.5) / 10);
		return;
	}
	/* A little is not nothing. */
	if (v > 0 && v < 0.0005)
		g_string_append(s, "<0.1 %");
	else
		g_string_append_printf(s, "%s %%", g_ascii_formatd(buf,
		    sizeof(buf), "%.1f", v * 100));
}

char *
brief_number(const struct metric *m, double v)
{
	GString *s;

	s = g_string_new(NULL);
	if (isinf(v))
		g_string_append(s, g_str_has_prefix(m->name, "first_") ?
		    "never" : "-");
	else if (m->kind == METRIC_TIME)
		number_add_time(s, v, m->unit_ps);
	else if (m->kind == METRIC_DOUBLE)
		brief_add_double(s, m->name, v);
	else
		number_add_amount(s, v);
	return (g_string_free(s, FALSE));
}

char *
brief_mean(const struct metric *m, const double *values, unsigned n)
{
	double sum;
	unsigned finite, i;

	for (i = finite = 0, sum = 0; i < n; i++) {
		finite += isfinite(values[i]) != 0;
		sum += values[i];
	}
	if (finite > 0 && finite < n)
		return (g_strdup_printf("in %u of %u", finite, n));
	return (brief_number(m, sum / n));
}

char *
brief_value(const struct experiment *e, unsigned variant, const char *metric)
{
	g_autofree double *values = NULL;
	const struct metric *m;
	struct metric_owner owner;
	struct metric_run r;
	unsigned i, n;

	m = metric_find(&e->confs[variant * e->sc->replications], metric,
	    &owner);
	values = g_new(double, e->sc->replications);
	for (i = n = 0; m != NULL && i < e->sc->replications; i++) {
		r = experiment_metric_run(e, variant, i);
		if (r.res == NULL)
			continue;
		if (!metric_lookup(&r, metric, &values[n++]))
			return (g_strdup("-"));
	}
	return (n == 0 ? g_strdup("-") : brief_mean(m, values, n));
}

const char *
brief_verdict(const struct experiment *e, unsigned variant)
{
	struct metric_run r;
	unsigned i;
	int worst;

	worst = -1;
	for (i = 0; i < e->sc->replications; i++) {
		r = experiment_metric_run(e, variant, i);
		if (r.res != NULL)
			worst = MAX(worst, (int)r.res->verdict);
	}
	return (worst < 0 ? VERDICT_NOT_RUN :
	    verdict_name((enum verdict)worst));
}

bool
brief_ran(const struct experiment *e, unsigned variant)
{

	return (strcmp(brief_verdict(e, variant), VERDICT_NOT_RUN) != 0);
}

static const char *
brief_name(const void *e, unsigned v)
{

	return (((const struct experiment *)e)->sc->variants[v].name);
}

static const char *
brief_observer(const void *e, unsigned i)
{
	const struct run_conf *conf;

	conf = &((const struct experiment *)e)->confs[0];
	return (i < conf->nobservers ? conf->observers[i].name : NULL);
}

static const char *
brief_lead_verdict(const void *e, unsigned v)
{

	return (brief_verdict(e, v));
}

static char *
brief_lead_value(const void *e, unsigned v, const char *metric)
{

	return (brief_value(e, v, metric));
}

static bool
brief_lead_mean(const void *e, unsigned v, const char *metric, double *mean)
{

	return (experiment_mean(e, v, metric, mean));
}

void
brief_headline(const struct experiment *e, GString *out)
{
	const struct lead lead = { .arg = e, .nvariants = e->sc->nvariants,
	    .name = brief_name, .verdict = brief_lead_verdict,
	    .observer = brief_observer, .figure = brief_lead_value,
	    .mean = brief_lead_mean };
	g_autoptr(GString) s = NULL;

	s = g_string_new(NULL);
	lead_add(&lead, s);
	g_string_append(out, s->str);
}

/* ---- the table --------------------------------------------------------- */

/*
 * Who was frozen for longest, of those that never were who was latest; NULL:
 * nobody was late, or looked on.
 */
static const char *
brief_worst(const struct experiment *e, unsigned v)
{
	double frozen, late, most[2] = { 0, 0 };
	const char *name, *worst;
	unsigned i;

	worst = NULL;
	for (i = 0; (name = brief_observer(e, i)) != NULL; i++) {
		g_autofree char *freezes = lead_metric(name, "frozen_s");
		g_autofree char *lags = lead_metric(name, "max_ms");

		if (!experiment_mean(e, v, freezes, &frozen) ||
		    !experiment_mean(e, v, lags, &late) ||
		    frozen < most[0] || (frozen == most[0] &&
		    late <= most[1]))
			continue;
		worst = name;
		most[0] = frozen;
		most[1] = late;
	}
	return (worst);
}

/* Where nobody is, whoever is first was on time. */
static void
brief_add_worst(const struct experiment *e, unsigned v, struct grid *g)
{
	static const char *const metrics[] = { "max_ms", "frozen_s" };
	const char *worst;
	unsigned i;

	worst = brief_worst(e, v);
	grid_add(g, worst != NULL ? worst : "-");
	if (worst == NULL)
		worst = brief_observer(e, 0);
	for (i = 0; i < G_N_ELEMENTS(metrics); i++) {
		g_autofree char *metric = NULL, *text = NULL;

		metric = worst == NULL ? NULL : lead_metric(worst, metrics[i]);
		text = metric == NULL ? g_strdup("-") : brief_value(e, v,
		    metric);
		grid_add(g, text);
	}
}

void
brief_table(const struct experiment *e, GString *out)
{
	static const struct {
		const char	*title;
		const char	*metric;
	} columns[] = {
		{ "wanted", "wanted" }, { "served", "served" },
		{ "failed", "failed" }, { "waiting", "waiting" },
		{ "first", "first_exhaustion_s" },
		{ "stall", "stall_max_us" }
	};
	struct grid *g;
	unsigned v;
	size_t i;

	g = grid_new("llrrrrrrlrr", 2);
	grid_add(g, "variant");
	grid_add(g, "verdict");
	for (i = 0; i < G_N_ELEMENTS(columns); i++)
		grid_add(g, columns[i].title);
	/* Of all that look on, as the headline and the verdict are. */
	grid_add(g, "worst off");
	grid_add(g, "late");
	grid_add(g, "frozen");
	for (v = 0; v < e->sc->nvariants; v++) {
		grid_add(g, e->sc->variants[v].name);
		grid_add(g, brief_verdict(e, v));
		for (i = 0; i < G_N_ELEMENTS(columns); i++) {
			g_autofree char *text = NULL;

			text = brief_value(e, v, columns[i].metric);
			grid_add(g, text);
		}
		brief_add_worst(e, v, g);
	}
	grid_print(g, "", out);
	grid_free(g);
}
