/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A result as JSON; see json.h.
 */

#include <math.h>

#include "study/report/json.h"
#include "study/report/stalls.h"
#include "study/run/trace_lanes.h"

/* A comma before all but the first of a list or an object. */
static void
json_next(GString *s)
{

	if (s->str[s->len - 1] != '{' && s->str[s->len - 1] != '[')
		g_string_append_c(s, ',');
}

static void
json_key(GString *s, const char *key)
{

	json_next(s);
	g_string_append_c(s, '\n');
	trace_lanes_string(s, key);
	g_string_append_c(s, ':');
}

static void
json_text(GString *s, const char *key, const char *text)
{
	g_autofree char *valid = NULL;

	json_key(s, key);
	valid = text == NULL ? NULL : g_utf8_make_valid(text, -1);
	if (valid == NULL || *valid == '\0')
		g_string_append(s, "null");
	else
		trace_lanes_string(s, valid);
}

static void
json_number(GString *s, double v)
{
	char buf[G_ASCII_DTOSTR_BUF_SIZE];

	/* All digits: whoever reads this may calculate with it. */
	g_string_append(s, isfinite(v) ? g_ascii_dtostr(buf, sizeof(buf), v) :
	    "null");
}

static void
json_member(GString *s, const char *key, double v)
{

	json_key(s, key);
	json_number(s, v);
}

/* A number of a CSV's field, as it stands there; null if it is none. */
static void
json_field(GString *s, const char *key, const struct csvtable *t, size_t row,
    const char *column)
{
	double v;

	json_member(s, key, csvtable_number(t, row, csvtable_find(t, column),
	    &v) ? v : NAN);
}

/* ---- a variant --------------------------------------------------------- */

static void
json_metric(const struct dossier *d, unsigned v, const char *name,
    const struct metric *m, GString *s)
{
	g_autoptr(GArray) values = NULL;
	double half, mean;
	unsigned i;

	json_key(s, name);
	g_string_append_c(s, '{');
	json_text(s, "unit", m->unit);
	json_member(s, "mean", dossier_mean(d, v, name, &mean) ? mean : NAN);
	json_member(s, "half_width_95", dossier_half(d, v, name, &half) ?
	    half : NAN);
	json_key(s, "values");
	g_string_append_c(s, '[');
	values = dossier_values(d, v, name);
	for (i = 0; i < values->len; i++) {
		json_next(s);
		json_number(s, g_array_index(values, double, i));
	}
	g_string_append(s, "]}");
}

static void
json_stalls(const struct dossier *d, unsigned v, GString *s)
{
	g_autoptr(GArray) rows = NULL;
	const struct csvtable *t;
	unsigned all, i;
	size_t row;

	t = d->pd->stalls;
	rows = report_stalls(d, v, &all);
	json_member(s, "stalls", all);
	json_key(s, "longest_stalls");
	g_string_append_c(s, '[');
	for (i = 0; i < rows->len; i++) {
		row = g_array_index(rows, size_t, i);
		json_next(s);
		g_string_append_c(s, '{');
		json_field(s, "replication", t, row, "replication");
		json_field(s, "start_s", t, row, "start_s");
		json_field(s, "length_us", t, row, "length_us");
		json_text(s, "lock", csvtable_text(t, row,
		    csvtable_find(t, "lock")));
		json_text(s, "holder", csvtable_text(t, row,
		    csvtable_find(t, "holder")));
		json_text(s, "doing", csvtable_text(t, row,
		    csvtable_find(t, "doing")));
		json_field(s, "iterations", t, row, "iterations");
		json_field(s, "visits", t, row, "visits");
		json_field(s, "waiters", t, row, "waiters");
		g_string_append_c(s, '}');
	}
	g_string_append_c(s, ']');
}

static void
json_variant(const struct dossier *d, unsigned v, GString *s)
{
	const struct plotdata_variant *pv;
	const struct metric *m;
	const char *name;
	int column;

	pv = &d->pd->variants[v];
	json_next(s);
	g_string_append_c(s, '{');
	json_text(s, "name", pv->name);
	json_text(s, "stack", pv->stack);
	json_text(s, "chooses", pv->port_first ? "port-first" : "tuple");
	json_text(s, "verdict", dossier_verdict(d, v));
	json_key(s, "metrics");
	g_string_append_c(s, '{');
	for (column = 0; (name = csvtable_name(d->pd->summary, column)) !=
	    NULL; column++) {
		m = dossier_metric(name);
		if (m != NULL && m->kind != METRIC_TEXT &&
		    m->kind != METRIC_VERDICT)
			json_metric(d, v, name, m, s);
	}
	g_string_append_c(s, '}');
	json_stalls(d, v, s);
	g_string_append_c(s, '}');
}

/* ---- the whole --------------------------------------------------------- */

static void
json_scenario(const struct dossier *d, GString *s)
{

	json_key(s, "scenario");
	g_string_append_c(s, '{');
	json_text(s, "name", dossier_origin(d, "scenario"));
	json_text(s, "title", dossier_origin(d, "title"));
	json_text(s, "question", d->ini->preface.question);
	json_text(s, "expected", d->ini->preface.expected);
	json_text(s, "wrong", d->ini->preface.wrong);
	json_text(s, "digest", dossier_origin(d, "digest"));
	/* A seed has 64 bits, a number of JavaScript's 53. */
	json_text(s, "seed", dossier_origin(d, "seed"));
	json_member(s, "replications", d->replications);
	g_string_append_c(s, '}');
}

static void
json_claims(const struct dossier *d, GString *s)
{
	const struct dossier_claim *c;
	unsigned i;

	json_key(s, "claims");
	g_string_append_c(s, '[');
	for (i = 0; i < d->claims->len; i++) {
		c = &g_array_index(d->claims, struct dossier_claim, i);
		json_next(s);
		g_string_append_c(s, '{');
		json_text(s, "name", c->name);
		json_text(s, "expression", c->text);
		json_text(s, "outcome", c->outcome);
		json_text(s, "why", c->why);
		g_string_append_c(s, '}');
	}
	g_string_append_c(s, ']');
}

char *
report_json(const struct dossier *d)
{
	const char *program;
	GString *s;
	unsigned v;

	s = g_string_new("{");
	json_text(s, "format", "pcbsim-report");
	json_member(s, "format_version", REPORT_JSON_VERSION);
	program = csvtable_first(d->pd->summary);
	json_text(s, "program", program);
	json_key(s, "complete");
	g_string_append(s, d->pd->incomplete ? "false" : "true");
	json_text(s, "command", d->command);
	json_scenario(d, s);
	json_key(s, "variants");
	g_string_append_c(s, '[');
	for (v = 0; v < d->pd->nvariants; v++)
		json_variant(d, v, s);
	g_string_append_c(s, ']');
	json_claims(d, s);
	g_string_append(s, "}\n");
	return (g_string_free(s, FALSE));
}
