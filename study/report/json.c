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
#include "study/text/json.h"

/* What a result does not say, it says as "": here, as null. */
static void
member_text(struct json *j, const char *key, const char *text)
{

	json_member_text(j, key, text != NULL && *text != '\0' ? text : NULL);
}

/* A number of a CSV's field, as it stands there; null if it is none. */
static void
member_field(struct json *j, const struct csvtable *t, size_t row,
    const char *column)
{
	double v;

	json_member_double(j, column, csvtable_number(t, row,
	    csvtable_find(t, column), &v) ? v : NAN);
}

static void
member_word(struct json *j, const struct csvtable *t, size_t row,
    const char *column)
{

	member_text(j, column, csvtable_text(t, row, csvtable_find(t,
	    column)));
}

/* ---- a variant --------------------------------------------------------- */

static void
add_metric(const struct dossier *d, unsigned v, const char *name,
    const struct metric *m, struct json *j)
{
	g_autoptr(GArray) values = NULL;
	double half, mean;
	unsigned i;

	json_key(j, name);
	json_object(j);
	member_text(j, "unit", m->unit);
	json_member_double(j, "mean", dossier_mean(d, v, name, &mean) ? mean :
	    NAN);
	json_member_double(j, "half_width_95", dossier_half(d, v, name,
	    &half) ? half : NAN);
	json_key(j, "values");
	json_list(j);
	values = dossier_values(d, v, name);
	for (i = 0; i < values->len; i++)
		json_double(j, g_array_index(values, double, i));
	json_end(j);
	json_end(j);
}

static void
add_stalls(const struct dossier *d, unsigned v, struct json *j)
{
	g_autoptr(GArray) rows = NULL;
	const struct csvtable *t;
	unsigned all, i;
	size_t row;

	t = d->pd->stalls;
	rows = report_stalls(d, v, &all);
	json_member_count(j, "stalls", all);
	json_key(j, "longest_stalls");
	json_list(j);
	for (i = 0; i < rows->len; i++) {
		row = g_array_index(rows, size_t, i);
		json_object(j);
		member_field(j, t, row, "replication");
		member_field(j, t, row, "start_s");
		member_field(j, t, row, "length_us");
		member_word(j, t, row, "lock");
		member_word(j, t, row, "holder");
		member_word(j, t, row, "doing");
		member_field(j, t, row, "iterations");
		member_field(j, t, row, "visits");
		member_field(j, t, row, "waiters");
		json_end(j);
	}
	json_end(j);
}

static void
add_variant(const struct dossier *d, unsigned v, struct json *j)
{
	const struct plotdata_variant *pv;
	const struct metric *m;
	const char *name;
	int column;

	pv = &d->pd->variants[v];
	json_object(j);
	member_text(j, "name", pv->name);
	member_text(j, "stack", pv->stack);
	member_text(j, "chooses", pv->port_first ? "port-first" : "tuple");
	member_text(j, "verdict", dossier_verdict(d, v));
	json_key(j, "metrics");
	json_object(j);
	for (column = 0; (name = csvtable_name(d->pd->summary, column)) !=
	    NULL; column++) {
		m = metric_of_column(name);
		if (m != NULL && m->kind != METRIC_TEXT &&
		    m->kind != METRIC_VERDICT)
			add_metric(d, v, name, m, j);
	}
	json_end(j);
	add_stalls(d, v, j);
	json_end(j);
}

/* ---- the whole --------------------------------------------------------- */

static void
add_scenario(const struct dossier *d, struct json *j)
{

	json_key(j, "scenario");
	json_object(j);
	member_text(j, "name", dossier_origin(d, "scenario"));
	member_text(j, "title", dossier_origin(d, "title"));
	member_text(j, "question", d->ini->preface.question);
	member_text(j, "expected", d->ini->preface.expected);
	member_text(j, "wrong", d->ini->preface.wrong);
	member_text(j, "digest", dossier_origin(d, "digest"));
	/* A seed has 64 bits, a number of JavaScript's 53. */
	member_text(j, "seed", dossier_origin(d, "seed"));
	json_member_count(j, "replications", d->replications);
	json_end(j);
}

static void
add_claims(const struct dossier *d, struct json *j)
{
	const struct dossier_claim *c;
	unsigned i;

	json_key(j, "claims");
	json_list(j);
	for (i = 0; i < d->claims->len; i++) {
		c = &g_array_index(d->claims, struct dossier_claim, i);
		json_object(j);
		member_text(j, "name", c->name);
		member_text(j, "expression", c->text);
		member_text(j, "outcome", c->outcome);
		member_text(j, "why", c->why);
		json_end(j);
	}
	json_end(j);
}

char *
report_json(const struct dossier *d)
{
	struct json j;
	GString *s;
	unsigned v;

	s = g_string_new(NULL);
	json_init(&j, s, JSON_LINES);
	json_object(&j);
	member_text(&j, "format", "pcbsim-report");
	json_member_count(&j, "format_version", REPORT_JSON_VERSION);
	member_text(&j, "program", csvtable_first(d->pd->summary));
	json_key(&j, "complete");
	json_bool(&j, !d->pd->incomplete);
	member_text(&j, "command", d->command);
	add_scenario(d, &j);
	json_key(&j, "variants");
	json_list(&j);
	for (v = 0; v < d->pd->nvariants; v++)
		add_variant(d, v, &j);
	json_end(&j);
	add_claims(d, &j);
	json_end(&j);
	json_fini(&j);
	g_string_append_c(s, '\n');
	return (g_string_free(s, FALSE));
}
