/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Claims; see claim.h.
 */

#include "sim/kassert.h"
#include "study/run/claim.h"
#include "study/text/expr.h"

bool
claim_check_names(const struct scenario *sc, bool partial, GError **error)
{
	g_autoptr(GString) all = NULL;
	const struct expectation *x;
	unsigned i;

	all = g_string_new(NULL);
	for (i = 0; i < sc->nexpectations; i++) {
		g_autoptr(GError) cause = NULL;

		x = &sc->expectations[i];
		if (expr_check(x->expr, metric_check, (void *)(uintptr_t)sc,
		    &cause))
			continue;
		if (partial && g_error_matches(cause, METRIC_ERROR,
		    METRIC_ERROR_VARIANT))
			continue;
		g_string_append_printf(all, "%s%s: [expect] %s = %s: %s",
		    all->len > 0 ? "\n" : "", x->where, x->name, x->text,
		    cause->message);
	}
	if (all->len == 0)
		return (true);
	g_set_error_literal(error, METRIC_ERROR, METRIC_ERROR_NAME, all->str);
	return (false);
}

enum claim_outcome
claim_judge(const struct experiment *e, unsigned idx, char **text)
{
	g_autoptr(GError) cause = NULL;
	const struct expectation *x;
	double value;

	KASSERT(idx < e->sc->nexpectations, ("claim %u", idx));
	x = &e->sc->expectations[idx];
	/* Half a run proves nothing either way. */
	if (!experiment_complete(e)) {
		*text = g_strdup_printf("%s (the runs are incomplete)",
		    x->text);
		return (CLAIM_SKIPPED);
	}
	if (!expr_eval(x->expr, experiment_lookup, (void *)(uintptr_t)e,
	    &value, &cause)) {
		*text = g_strdup_printf("%s (%s)", x->text, cause->message);
		return (CLAIM_SKIPPED);
	}
	/* NaN is not true of anything. */
	if (value == value && value != 0) {
		*text = g_strdup(x->text);
		return (CLAIM_HOLDS);
	}
	*text = expr_explain(x->expr, experiment_lookup,
	    (void *)(uintptr_t)e);
	return (CLAIM_FAILS);
}

const char *
claim_outcome_name(enum claim_outcome outcome)
{

	switch (outcome) {
	case CLAIM_HOLDS:
		return ("ok");
	case CLAIM_FAILS:
		return ("FAIL");
	case CLAIM_SKIPPED:
		return ("skip");
	}
	kpanic("claim outcome %d", outcome);
}
