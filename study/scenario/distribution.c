/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Distributions and rate profiles as text; see distribution.h.
 *
 * A shape (sigma, alpha) is a whole number of millionths, so that its text is
 * exact in both directions.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/kassert.h"
#include "study/scenario/distribution.h"
#include "study/text/csvin.h"
#include "study/text/file_name.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

#define	DISTRIBUTION_ALLOWED						\
	"constant(x), uniform(a, b), exponential(mean), "		\
	"lognormal(median, sigma), pareto(min, alpha), empirical(FILE)"

enum shape {
	SHAPE_NONE,		/* one duration */
	SHAPE_BOUND,		/* a second duration */
	SHAPE_NUMBER,		/* a plain number */
	SHAPE_FILE
};

struct distribution_kind {
	const char	*name;
	enum shape	shape;
	uint64_t	min_ppm, max_ppm;	/* of SHAPE_NUMBER */
	const char	*form, *doc;
};

/* By enum dist_kind. */
static const struct distribution_kind kinds[] = {
	[DIST_CONSTANT] = { "constant", SHAPE_NONE, 0, 0, "constant(x)",
	    "always x, a duration" },
	[DIST_UNIFORM] = { "uniform", SHAPE_BOUND, 0, 0, "uniform(a, b)",
	    "each duration from a to b as likely as any other" },
	[DIST_EXPONENTIAL] = { "exponential", SHAPE_NONE, 0, 0,
	    "exponential(mean)", "what does not depend on how long it has "
	    "gone on; half are below 0.69 of the mean" },
	[DIST_LOGNORMAL] = { "lognormal", SHAPE_NUMBER, 0, 10000000,
	    "lognormal(median, sigma)", "the logarithm is normal with this "
	    "standard deviation, 0 to 10: many short ones, few long; the mean "
	    "is the median times exp(sigma^2 / 2)" },
	[DIST_PARETO] = { "pareto", SHAPE_NUMBER, 100000, 100000000,
	    "pareto(min, alpha)", "the share above x is (min / x)^alpha, "
	    "alpha 0.1 to 100: the smaller it is the longer the longest; up "
	    "to 1 there is no mean" },
	[DIST_EMPIRICAL] = { "empirical", SHAPE_FILE, 0, 0,
	    "empirical(FILE)", "as likely as in column duration_s of a CSV "
	    "file, a recording say; between two neighbours, linear" }
};

bool
distribution_known(unsigned i, const char **name, const char **form,
    const char **doc)
{

	if (i >= G_N_ELEMENTS(kinds))
		return (false);
	*name = kinds[i].name;
	*form = kinds[i].form;
	*doc = kinds[i].doc;
	return (true);
}

void
distribution_fini(struct distribution *ds)
{

	/* The table is const to the models; here it was made. */
	g_free((void *)(uintptr_t)ds->dist.table);
	g_free(ds->file);
	memset(ds, 0, sizeof(*ds));
}

/* ---- empirical --------------------------------------------------------- */

static int
simtime_compare(const void *a, const void *b)
{
	simtime x, y;

	x = *(const simtime *)a;
	y = *(const simtime *)b;
	return ((x > y) - (x < y));
}

static bool
sample_read(struct csvin *in, const struct csvin_column *column,
    GArray *sample, GError **error)
{
	enum csvin_status status;
	const char *text, *what;
	uint64_t s;
	simtime ps;
	size_t len;

	while ((status = csvin_next(in, error)) == CSVIN_ROW) {
		text = csvin_field(in, column->idx, &len);
		/* Open at the end: its duration is not known. */
		if (len == 0)
			continue;
		what = unit_seconds(text, len, &s, &ps);
		if (what == NULL && s >= (uint64_t)(DIST_MAX / SIM_S))
			what = "is more than 26 days";
		if (what != NULL) {
			csvin_bad(in, column, what, error);
			return (false);
		}
		ps += (simtime)s * SIM_S;
		g_array_append_val(sample, ps);
	}
	return (status == CSVIN_END);
}

static bool
distribution_empirical(const char *name, const char *dir,
    struct distribution *ds, GError **error)
{
	struct csvin_column column = { "duration_s", true, -1 };
	struct csvin *in;
	GArray *sample;
	gsize n;
	bool ok;

	ds->file = file_name_find(dir, name, error);
	if (ds->file == NULL)
		return (false);
	in = csvin_new(ds->file, &column, 1, error);
	if (in == NULL)
		return (false);
	sample = g_array_new(FALSE, FALSE, sizeof(simtime));
	ok = sample_read(in, &column, sample, error);
	csvin_free(in);
	if (ok && sample->len == 0) {
		problem_set(error, "%s: has no durations", ds->file);
		ok = false;
	}
	g_array_sort(sample, simtime_compare);
	ds->dist.table = g_array_steal(sample, &n);
	ds->dist.ntable = n;
	g_array_unref(sample);
	return (ok);
}

/* ---- text to distribution ---------------------------------------------- */

static bool
argument_duration(const char *text, simtime *ps, GError **error)
{

	if (!unit_duration(text, ps, error))
		return (false);
	if (*ps <= DIST_MAX)
		return (true);
	problem_set(error, "a drawn duration is at most 26 days");
	return (false);
}

static bool
distribution_arguments(const struct distribution_kind *kind, char **args,
    struct dist *d, GError **error)
{
	uint64_t ppm;

	if (!argument_duration(args[0], &d->a, error))
		return (false);
	if (kind->shape == SHAPE_BOUND) {
		if (!argument_duration(args[1], &d->b, error))
			return (false);
		if (d->a > d->b) {
			problem_set(error, "%s(a, b) needs a <= b",
			    kind->name);
			return (false);
		}
	}
	if (kind->shape == SHAPE_NUMBER) {
		if (!unit_factor(args[1], &ppm, error))
			return (false);
		if (ppm < kind->min_ppm || ppm > kind->max_ppm) {
			problem_set(error, "the second number of %s is %g to "
			    "%g", kind->name, (double)kind->min_ppm / 1e6,
			    (double)kind->max_ppm / 1e6);
			return (false);
		}
		d->shape = (double)ppm / 1e6;
	}
	return (true);
}

static bool
distribution_kind_find(const char *name, enum dist_kind *kind, GError **error)
{
	const char *names[G_N_ELEMENTS(kinds)];
	unsigned i;
	char *hint, *quoted;

	for (i = 0; i < G_N_ELEMENTS(kinds); i++) {
		names[i] = kinds[i].name;
		if (strcmp(name, names[i]) == 0) {
			*kind = (enum dist_kind)i;
			return (true);
		}
	}
	hint = nearest_hint(name, names, G_N_ELEMENTS(kinds));
	quoted = problem_quote(name);
	problem_set(error, "unknown distribution %s; allowed: "
	    DISTRIBUTION_ALLOWED "%s", quoted, hint);
	g_free(quoted);
	g_free(hint);
	return (false);
}

bool
distribution_parse(const char *text, const char *dir,
    struct distribution *ds, GError **error)
{
	g_auto(GStrv) args = NULL;
	g_autofree char *name = NULL, *inside = NULL;
	const struct distribution_kind *kind;
	const char *open;
	size_t len;
	unsigned i, want;

	memset(ds, 0, sizeof(*ds));
	open = strchr(text, '(');
	len = strlen(text);
	if (open == NULL || text[len - 1] != ')') {
		problem_set(error, "is no distribution; allowed: "
		    DISTRIBUTION_ALLOWED);
		return (false);
	}
	name = g_strchomp(g_strndup(text, (size_t)(open - text)));
	inside = g_strstrip(g_strndup(open + 1,
	    (size_t)(text + len - 1 - (open + 1))));
	if (!distribution_kind_find(name, &ds->dist.kind, error))
		return (false);
	kind = &kinds[ds->dist.kind];
	if (kind->shape == SHAPE_FILE)
		return (distribution_empirical(inside, dir, ds, error));
	args = g_strsplit(inside, ",", -1);
	want = kind->shape == SHAPE_NONE ? 1 : 2;
	if (g_strv_length(args) != want) {
		problem_set(error, "%s needs %u argument%s; allowed: "
		    DISTRIBUTION_ALLOWED, kind->name, want,
		    want == 1 ? "" : "s");
		return (false);
	}
	for (i = 0; i < want; i++)
		g_strstrip(args[i]);
	return (distribution_arguments(kind, args, &ds->dist, error));
}

void
distribution_add(GString *out, const struct distribution *ds)
{
	const struct distribution_kind *kind;

	kind = &kinds[ds->dist.kind];
	g_string_append_printf(out, "%s(", kind->name);
	if (kind->shape == SHAPE_FILE)
		g_string_append(out, ds->file);
	else
		unit_add_duration(out, ds->dist.a);
	if (kind->shape == SHAPE_BOUND) {
		g_string_append(out, ", ");
		unit_add_duration(out, ds->dist.b);
	}
	if (kind->shape == SHAPE_NUMBER) {
		g_string_append(out, ", ");
		unit_add_factor(out, (uint64_t)llround(ds->dist.shape * 1e6));
	}
	g_string_append_c(out, ')');
}

/* ---- profiles ---------------------------------------------------------- */

static bool
profile_step(char *item, GArray *steps, GError **error)
{
	struct rate_step step;
	char *colon;

	step.from = 0;
	colon = strchr(item, ':');
	if (colon != NULL)
		*colon = '\0';
	if ((colon != NULL) != (steps->len > 0)) {
		problem_set(error, "a profile is RATE; TIME: RATE; TIME: RATE, "
		    "such as 2k/s; 30s: 8k/s; 60s: 2k/s");
		return (false);
	}
	if (colon != NULL &&
	    !unit_duration(g_strstrip(item), &step.from, error))
		return (false);
	if (steps->len > 0 && step.from <=
	    g_array_index(steps, struct rate_step, steps->len - 1).from) {
		problem_set(error, "the times of a profile must go up");
		return (false);
	}
	if (!unit_rate(g_strstrip(colon != NULL ? colon + 1 : item),
	    &step.rate, error))
		return (false);
	g_array_append_val(steps, step);
	return (true);
}

bool
profile_parse(const char *text, GArray *steps, GError **error)
{
	g_auto(GStrv) items = NULL;
	unsigned i;

	items = g_strsplit(text, ";", -1);
	for (i = 0; items[i] != NULL; i++)
		if (!profile_step(g_strstrip(items[i]), steps, error))
			return (false);
	if (steps->len > 0)
		return (true);
	problem_set(error, "is empty; allowed: a rate such as 2k/s, or a "
	    "profile such as 2k/s; 30s: 8k/s");
	return (false);
}

void
profile_add(GString *out, const struct rate_step *steps, unsigned n)
{
	unsigned i;

	KASSERT(n > 0 && steps[0].from == 0, ("a profile of %u steps", n));
	for (i = 0; i < n; i++) {
		if (i > 0) {
			g_string_append(out, "; ");
			unit_add_duration(out, steps[i].from);
			g_string_append(out, ": ");
		}
		unit_add_rate(out, steps[i].rate);
	}
}
