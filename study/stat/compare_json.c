/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A comparison as JSON; see compare_json.h.
 */

#include <math.h>

#include "study/run/document.h"
#include "study/stat/compare_json.h"

/* A number, or null where there is none. */
static void
member_known(struct json *j, const char *key, double v, bool known)
{

	json_member_double(j, key, known ? v : NAN);
}

static void
add_side(struct json *j, const char *key, const struct stat_sample *s,
    unsigned n, bool valued)
{

	json_key(j, key);
	json_object(j);
	json_member_count(j, "n", n);
	member_known(j, "mean", s->mean, valued);
	member_known(j, "sd", s->sd, valued && n > 1);
	json_end(j);
}

static void
add_row(struct json *j, const struct compare_pair *p,
    const struct compare_row *r)
{
	static const char *const goals[] = { [METRIC_NEUTRAL] = NULL,
	    [METRIC_LOWER] = "less", [METRIC_HIGHER] = "more" };
	bool enough, valued;

	valued = r->none_a + r->none_b == 0;
	enough = valued && r->diff.enough;
	json_object(j);
	json_member_text(j, "metric", r->metric->name);
	json_member_text(j, "unit", *r->metric->unit != '\0' ?
	    r->metric->unit : NULL);
	json_member_text(j, "better", goals[r->metric->better]);
	json_member_text(j, "outcome", compare_outcome_name(r->outcome));
	json_member_double(j, "effect", r->effect);
	add_side(j, "baseline", &r->a, p->a.rows->len, valued);
	add_side(j, "variant", &r->b, p->b.rows->len, valued);
	member_known(j, "difference", r->diff.diff, valued);
	member_known(j, "half_width_95", r->diff.half, enough);
	member_known(j, "degrees_of_freedom", r->diff.df, enough);
	member_known(j, "resolution", r->diff.resolution, valued);
	json_end(j);
}

static void
add_pair(struct json *j, const struct compare_pair *p)
{
	unsigned i;

	json_object(j);
	json_member_text(j, "baseline", p->a.label);
	json_member_text(j, "variant", p->b.label);
	json_member_text(j, "test", p->paired ? "paired" : "welch");
	json_member_text(j, "why", p->why);
	json_member_double(j, "expected_false", p->expected_false);
	json_key(j, "metrics");
	json_list(j);
	for (i = 0; i < p->rows->len; i++)
		add_row(j, p, &g_array_index(p->rows, struct compare_row, i));
	json_end(j);
	json_end(j);
}

void
compare_json(const struct compare *c, GString *out)
{
	struct json j;
	unsigned i;

	document_begin(&j, out, "compare", 1);
	json_key(&j, "notes");
	json_list(&j);
	for (i = 0; i < c->remarks->len; i++)
		json_text(&j, c->remarks->pdata[i]);
	json_end(&j);
	json_key(&j, "pairs");
	json_list(&j);
	for (i = 0; i < c->pairs->len; i++)
		add_pair(&j, c->pairs->pdata[i]);
	json_end(&j);
	document_end(&j);
}
