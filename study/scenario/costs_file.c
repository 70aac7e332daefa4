/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Tables of costs from files; see costs_file.h.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/scenario/costs_file.h"
#include "study/text/csvin.h"
#include "study/text/file_name.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

#define	COSTS_MAX_PS	(3600 * SIM_S)	/* of one operation */

enum costs_column {
	COLUMN_NAME,
	COLUMN_POPULATION,
	COLUMN_PAGES,
	COLUMN_MEDIAN,
	COLUMN_METHOD,
	NCOLUMNS
};

static bool
cost_find(const char *name, enum cost *cost)
{
	unsigned i;

	for (i = 0; i < NCOSTS; i++)
		if (strcmp(cost_name((enum cost)i), name) == 0) {
			*cost = (enum cost)i;
			return (true);
		}
	return (false);
}

/* Is it a row of the model's, or another way to measure the same? */
static bool
row_counts(const struct csvin *in, const struct csvin_column *columns,
    enum cost cost)
{
	const char *method;

	if (cost != COST_PCB_VISIT && cost != COST_CHAIN_VISIT)
		return (true);
	method = csvin_field(in, columns[COLUMN_METHOD].idx, NULL);
	return (strcmp(csvin_field(in, columns[COLUMN_PAGES].idx, NULL),
	    "4k") != 0 && strstr(method, "-major") == NULL);
}

/* Put a point where its population belongs; false if one is there. */
static bool
curve_insert(struct cost_curve *curve, uint64_t population, simtime ps)
{
	unsigned i, k;

	for (i = 0; i < curve->npoints && curve->population[i] < population;
	    i++)
		;
	if (i < curve->npoints && curve->population[i] == population)
		return (false);
	for (k = curve->npoints++; k > i; k--) {
		curve->population[k] = curve->population[k - 1];
		curve->ps[k] = curve->ps[k - 1];
	}
	curve->population[i] = population;
	curve->ps[i] = ps;
	return (true);
}

static bool
row_point(const struct csvin *in, const struct csvin_column *columns,
    struct cost_curve *curve, GError **error)
{
	const char *text, *what;
	uint64_t population, ns;
	simtime part;
	size_t len;

	text = csvin_field(in, columns[COLUMN_POPULATION].idx, NULL);
	if (!unit_count(text, &population, NULL)) {
		csvin_bad(in, &columns[COLUMN_POPULATION],
		    "is no whole number", error);
		return (false);
	}
	text = csvin_field(in, columns[COLUMN_MEDIAN].idx, &len);
	/* The part behind the point comes in 10^-12, here of a ns. */
	what = unit_seconds(text, len, &ns, &part);
	if (what == NULL && ns > (uint64_t)(COSTS_MAX_PS / SIM_NS))
		what = "is more than an hour";
	if (what == NULL && curve->npoints == COST_MAXPOINTS)
		what = "is one point too many of this cost";
	if (what == NULL && !curve_insert(curve, population, (simtime)ns *
	    SIM_NS + (part * SIM_NS + SIM_S / 2) / SIM_S))
		what = "is of a population that stands above already";
	if (what != NULL)
		csvin_bad(in, &columns[COLUMN_MEDIAN], what, error);
	return (what == NULL);
}

static bool
costs_rows(struct csvin *in, const struct csvin_column *columns,
    struct costs *costs, GError **error)
{
	enum csvin_status status;
	enum cost cost;

	while ((status = csvin_next(in, error)) == CSVIN_ROW) {
		if (!cost_find(csvin_field(in, columns[COLUMN_NAME].idx,
		    NULL), &cost) || !row_counts(in, columns, cost))
			continue;
		if (!row_point(in, columns, &costs->curve[cost], error))
			return (false);
	}
	return (status == CSVIN_END);
}

static bool
costs_complete(const struct costs *costs, const char *path, GError **error)
{
	g_autoptr(GString) missing = g_string_new(NULL);
	unsigned i;

	for (i = 0; i < COST_OPTIONAL; i++)
		if (costs->curve[i].npoints == 0)
			g_string_append_printf(missing, "%s%s",
			    missing->len > 0 ? ", " : "",
			    cost_name((enum cost)i));
	if (missing->len == 0)
		return (true);
	problem_set(error, "%s: missing costs: %s", path, missing->str);
	return (false);
}

static uint64_t
costs_hash(const struct costs *costs)
{
	const struct cost_curve *c;
	uint64_t hash;
	unsigned i, k;

	hash = UINT64_C(0xcbf29ce484222325);
	for (i = 0; i < NCOSTS; i++) {
		c = &costs->curve[i];
		/* A table that lacks them is the same as ever. */
		if (i >= COST_OPTIONAL && c->npoints == 0)
			continue;
		hash = (hash ^ c->npoints) * UINT64_C(0x100000001b3);
		for (k = 0; k < c->npoints; k++) {
			hash = (hash ^ c->population[k]) *
			    UINT64_C(0x100000001b3);
			hash = (hash ^ (uint64_t)c->ps[k]) *
			    UINT64_C(0x100000001b3);
		}
	}
	return (hash);
}

/* path		for messages; `text' NULL: also the file to read */
static struct costs *
costs_read(const char *path, const char *text, uint64_t *hash,
    GError **error)
{
	struct csvin_column columns[NCOLUMNS] = {
		[COLUMN_NAME] = { "name", true, -1 },
		[COLUMN_POPULATION] = { "population", true, -1 },
		[COLUMN_PAGES] = { "pages", true, -1 },
		[COLUMN_MEDIAN] = { "median_ns", true, -1 },
		[COLUMN_METHOD] = { "method", true, -1 }
	};
	struct costs *costs;
	struct csvin *in;
	bool ok;

	in = text == NULL ? csvin_new(path, columns, NCOLUMNS, error) :
	    csvin_new_text(path, text, columns, NCOLUMNS, error);
	if (in == NULL)
		return (NULL);
	costs = g_new0(struct costs, 1);
	ok = costs_rows(in, columns, costs, error) &&
	    costs_complete(costs, path, error);
	csvin_free(in);
	if (!ok) {
		g_free(costs);
		return (NULL);
	}
	*hash = costs_hash(costs);
	costs_fill(costs);
	return (costs);
}

struct costs *
costs_file_load(const char *name, const char *dir, char **path,
    uint64_t *hash, GError **error)
{
	g_autofree char *hint = NULL, *found = NULL, *quoted = NULL;
	const char *names[64];
	struct costs *costs;
	unsigned n;

	for (n = 0; n < 64 && costs_builtin[n].name != NULL; n++) {
		names[n] = costs_builtin[n].name;
		if (strcmp(names[n], name) == 0) {
			*path = g_strdup(name);
			return (costs_read(name, costs_builtin[n].text, hash,
			    error));
		}
	}
	if (strchr(name, '/') == NULL && !g_str_has_suffix(name, ".csv")) {
		hint = nearest_hint(name, names, n);
		quoted = problem_quote(name);
		problem_set(error, "%s is no built-in table of costs; allowed: "
		    "a name of `pcbsim list costs', or a file NAME.csv%s",
		    quoted, hint);
		return (NULL);
	}
	found = file_name_find(dir, name, error);
	if (found == NULL)
		return (NULL);
	costs = costs_read(found, NULL, hash, error);
	if (costs != NULL)
		*path = g_steal_pointer(&found);
	return (costs);
}
