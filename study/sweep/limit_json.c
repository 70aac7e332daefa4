/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Limits as JSON; see limit.h.
 */

#include <math.h>

#include "study/run/document.h"
#include "study/sweep/limit.h"

static const char *const outcomes[] = {
	[LIMIT_FOUND] = "found",
	[LIMIT_ALREADY] = "already",
	[LIMIT_NEVER] = "never",
	[LIMIT_STOPPED] = "stopped",
	[LIMIT_FAILED] = "failed"
};

static void
member_value(const struct limit_conf *c, const char *key, double base,
    bool known, struct json *j)
{

	json_member_double(j, key, known ? limit_number(c->param, base) :
	    NAN);
}

static void
add_point(const struct limit_conf *c, const struct limit_point *p,
    struct json *j)
{
	g_autofree char *text = NULL;

	text = limit_text(c->param, p->value);
	json_object(j);
	member_value(c, "value", (double)p->value, true, j);
	json_member_text(j, "text", text);
	json_key(j, "holds");
	json_bool(j, p->holds);
	json_key(j, "undefined");
	json_bool(j, p->undefined);
	json_end(j);
}

static void
add_replication(const struct limit_conf *c,
    const struct limit_replication *r, struct json *j)
{
	struct limit_bounds b;
	unsigned i;

	limit_bounds(r, &b);
	json_object(j);
	json_member_text(j, "outcome", outcomes[r->outcome]);
	member_value(c, "lo", (double)b.lo, b.has_lo, j);
	member_value(c, "hi", (double)b.hi, b.has_hi, j);
	json_key(j, "monotone");
	json_bool(j, r->monotone);
	json_key(j, "tried");
	json_list(j);
	for (i = 0; i < r->points->len; i++)
		add_point(c, &g_array_index(r->points, struct limit_point, i),
		    j);
	json_end(j);
	json_end(j);
}

static void
add_answer(const struct limit_conf *c, const struct limit_answer *a,
    struct json *j)
{
	unsigned count[G_N_ELEMENTS(outcomes)] = { 0 };
	struct limit_interval iv;
	unsigned i;

	for (i = 0; i < a->n; i++)
		count[a->replication[i].outcome]++;
	limit_interval(c->param, a, &iv);
	json_object(j);
	json_member_text(j, "variant", a->variant);
	json_key(j, "outcomes");
	json_object(j);
	for (i = 0; i < G_N_ELEMENTS(outcomes); i++)
		json_member_count(j, outcomes[i], count[i]);
	json_end(j);
	member_value(c, "mean", iv.mean, iv.n > 0, j);
	member_value(c, "half_width_95", iv.half, iv.enough, j);
	member_value(c, "bracket", iv.bracket, iv.n > 0, j);
	member_value(c, "min", iv.min, iv.n > 0, j);
	member_value(c, "max", iv.max, iv.n > 0, j);
	json_key(j, "replications");
	json_list(j);
	for (i = 0; i < a->n; i++)
		add_replication(c, &a->replication[i], j);
	json_end(j);
	json_end(j);
}

void
limit_json(const struct limit_conf *c, const GPtrArray *answers, GString *out)
{
	const char *unit;
	struct json j;
	unsigned i;

	/* " s", as it stands behind a number. */
	unit = limit_unit(c->param);
	document_begin(&j, out, "limit", 1);
	json_member_text(&j, "scenario", c->scenario);
	json_member_text(&j, "vary", c->path);
	json_member_text(&j, "unit", *unit == ' ' ? unit + 1 : unit);
	member_value(c, "from", (double)c->range.from, true, &j);
	member_value(c, "to", (double)c->range.to, true, &j);
	json_member_double(&j, "tolerance", c->range.tolerance);
	json_member_text(&j, "until", c->until);
	json_key(&j, "complete");
	json_bool(&j, c->stop == NULL || g_atomic_int_get(c->stop) == 0);
	json_key(&j, "answers");
	json_list(&j);
	for (i = 0; i < answers->len; i++)
		add_answer(c, answers->pdata[i], &j);
	json_end(&j);
	document_end(&j);
}
