/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Reading a sweep file; see file.h.
 */

#include <string.h>

#include "study/scenario/load.h"
#include "study/scenario/settings.h"
#include "study/sweep/file.h"
#include "study/text/file_name.h"
#include "study/text/keyfile.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

#define	SWEEP_FILE_MAXAXES	64

static void
file_problem(struct problems *problems, const struct keyfile_entry *e,
    const char *what)
{

	problems_add(problems, "%s: [%s] %s = %s: %s", e->where, e->group,
	    e->key, e->value, what);
}

static const struct sweep_axis *
file_axis(const struct sweep *sw, const char *path)
{
	const struct sweep_axis *ax;
	guint i;

	for (i = 0; i < sw->axes->len; i++) {
		ax = sw->axes->pdata[i];
		if (strcmp(ax->path, path) == 0)
			return (ax);
	}
	return (NULL);
}

/* "X is not swept; did you mean Y?", for zip and labels. */
static void
file_no_axis(const struct sweep *sw, struct problems *problems,
    const struct keyfile_entry *e, const char *path)
{
	const char *names[SWEEP_FILE_MAXAXES];
	g_autofree char *hint = NULL, *what = NULL;
	guint i;

	for (i = 0; i < sw->axes->len; i++)
		names[i] = ((struct sweep_axis *)sw->axes->pdata[i])->path;
	hint = nearest_hint(path, names, sw->axes->len);
	what = g_strdup_printf("%s is no parameter that is swept%s", path,
	    hint);
	file_problem(problems, e, what);
}

/* ---- options ----------------------------------------------------------- */

static void
file_replications(struct sweep *sw, const struct keyfile_entry *e,
    struct problems *problems)
{
	g_autoptr(GError) error = NULL;
	uint64_t n;

	if (!unit_count(e->value, &n, &error))
		file_problem(problems, e, error->message);
	else if (n < 1 || n > 10000)
		file_problem(problems, e, "is out of range; allowed: 1 to "
		    "10000");
	else
		sw->replications = (unsigned)n;
}

static void
file_scenario(struct sweep *sw, const struct keyfile_entry *e,
    struct problems *problems)
{
	const struct override once = { "scenario.replications", "1",
	    e->where };
	g_autoptr(GError) error = NULL;
	struct scenario *sc;

	sw->scenario = file_name_find(e->dir, e->value, &error);
	if (sw->scenario == NULL) {
		file_problem(problems, e, error->message);
		problems_because(problems, error);
		return;
	}
	/* How often it runs must not be part of what a run is. */
	sw->base = scenario_load(sw->scenario, &once, 1, NULL, &error);
	if (sw->base == NULL) {
		problems_add(problems, "%s", error->message);
		problems_because(problems, error);
		return;
	}
	sc = scenario_load(sw->scenario, NULL, 0, NULL, &error);
	if (sc == NULL) {
		problems_add(problems, "%s", error->message);
		problems_because(problems, error);
		return;
	}
	sw->replications = sc->replications;
	scenario_free(sc);
}

static void
file_options(struct sweep *sw, const struct keyfile *kf,
    struct problems *problems)
{
	static const char *const names[] = { "format", "scenario",
	    "replications", "constraint", "zip" };
	const struct keyfile_entry *e;
	guint i, k;

	e = keyfile_get(kf, "sweep", "scenario");
	if (e == NULL)
		problems_add(problems, "%s: [sweep]: the key scenario is "
		    "missing", sw->path);
	else
		file_scenario(sw, e, problems);
	e = keyfile_get(kf, "sweep", "replications");
	if (e != NULL)
		file_replications(sw, e, problems);
	e = keyfile_get(kf, "sweep", "format");
	if (e != NULL && strcmp(e->value, "1") != 0)
		file_problem(problems, e, "is a format that this build does "
		    "not know; allowed: 1");
	for (i = 0; i < kf->entries->len; i++) {
		g_autofree char *hint = NULL, *what = NULL;

		e = kf->entries->pdata[i];
		if (strcmp(e->group, "sweep") != 0 ||
		    strchr(e->key, '.') != NULL)
			continue;
		for (k = 0; k < G_N_ELEMENTS(names); k++)
			if (strcmp(names[k], e->key) == 0)
				break;
		if (k < G_N_ELEMENTS(names))
			continue;
		hint = nearest_hint(e->key, names, G_N_ELEMENTS(names));
		what = g_strdup_printf("'%s' is unknown; allowed: scenario, "
		    "replications, constraint, zip, format, and paths of "
		    "parameters such as host.cpus%s", e->key, hint);
		file_problem(problems, e, what);
	}
}

/* ---- axes -------------------------------------------------------------- */

/* The parameter of a path, or NULL and what is wrong with it. */
static const struct param *
file_param(const struct sweep *sw, const char *path, GError **error)
{
	g_autofree char *group = NULL, *own = NULL;
	struct keyfile_entry e = { .group = NULL };
	const struct keyfile *kf;
	const struct param *p;
	const char *names[SWEEP_FILE_MAXAXES];
	guint i;

	kf = sw->base->settings->keyfile;
	e.key = strchr(path, '.') + 1;
	e.group = group = g_strndup(path, (gsize)(e.key - 1 - path));
	if (strchr(group, ':') != NULL && keyfile_group(kf, group) == NULL) {
		g_autofree char *hint = NULL;

		for (i = 0; i < kf->groups->len && i < SWEEP_FILE_MAXAXES; i++)
			names[i] = ((struct keyfile_group *)
			    kf->groups->pdata[i])->name;
		hint = nearest_hint(group, names, i);
		problem_set(error, "the scenario has no [%s]%s", group, hint);
		return (NULL);
	}
	p = settings_param(&e, &own);
	if (p == NULL && !param_group_known(own))
		problem_set(error, "'%s' is no group of parameters; a path is "
		    "GROUP.KEY, such as host.cpus or workload:NAME.rate", own);
	else if (p == NULL)
		param_unknown(own, own[0] != '\0' && strcmp(own, group) != 0 ?
		    strchr(e.key, '.') + 1 : e.key, error);
	else if (strcmp(p->group, "scenario") == 0 &&
	    (strcmp(p->key, "replications") == 0 || p->type == PARAM_NAME ||
	    p->type == PARAM_TEXT)) {
		problem_set(error, "is not to be swept%s", strcmp(p->key,
		    "replications") == 0 ? "; set replications = N" : "");
		p = NULL;
	}
	return (p);
}

static void
file_axes(struct sweep *sw, const struct keyfile *kf,
    struct problems *problems)
{
	const struct keyfile_entry *e;
	const struct param *p;
	struct sweep_axis *ax;
	guint i;

	for (i = 0; i < kf->entries->len; i++) {
		g_autoptr(GError) error = NULL;

		e = kf->entries->pdata[i];
		if (strcmp(e->group, "sweep") != 0 ||
		    strchr(e->key, '.') == NULL)
			continue;
		p = file_param(sw, e->key, &error);
		ax = p == NULL ? NULL : sweep_axis_new(e->key, p, e->value,
		    e->dir, &error);
		if (ax == NULL) {
			file_problem(problems, e, error->message);
			problems_because(problems, error);
			continue;
		}
		if (sw->axes->len == SWEEP_FILE_MAXAXES) {
			file_problem(problems, e, "one parameter too many; at "
			    "most 64 are swept");
			sweep_axis_free(ax);
			return;
		}
		ax->where = g_strdup(e->where);
		ax->dim = sw->axes->len;
		g_ptr_array_add(sw->axes, ax);
	}
}

static void
file_labels(struct sweep *sw, const struct keyfile *kf,
    struct problems *problems)
{
	const struct keyfile_entry *e;
	const struct sweep_axis *ax;
	guint i;

	for (i = 0; i < kf->entries->len; i++) {
		g_autoptr(GError) error = NULL;

		e = kf->entries->pdata[i];
		if (strcmp(e->group, "labels") != 0)
			continue;
		ax = file_axis(sw, e->key);
		if (ax == NULL)
			file_no_axis(sw, problems, e, e->key);
		else if (!sweep_axis_label(sw->axes->pdata[ax->dim], e->value,
		    &error))
			file_problem(problems, e, error->message);
	}
}

/* ---- lockstep ---------------------------------------------------------- */

/* Axes named in one list take the dimension of the first of them. */
static void
file_zip_list(struct sweep *sw, const struct keyfile_entry *e,
    const char *list, struct problems *problems)
{
	g_auto(GStrv) paths = g_strsplit(list, ",", -1);
	const struct sweep_axis *ax, *first;
	unsigned dim, i;
	guint k;

	first = NULL;
	for (i = 0; paths[i] != NULL; i++) {
		ax = file_axis(sw, g_strstrip(paths[i]));
		if (ax == NULL) {
			file_no_axis(sw, problems, e, paths[i]);
			continue;
		}
		if (first == NULL)
			first = ax;
		if (first->points->len != ax->points->len) {
			g_autofree char *what = g_strdup_printf("%s has %u "
			    "values, but %s has %u", first->path,
			    first->points->len, ax->path, ax->points->len);

			file_problem(problems, e, what);
			continue;
		}
		dim = ax->dim;
		for (k = 0; k < sw->axes->len; k++)
			if (((struct sweep_axis *)sw->axes->pdata[k])->dim ==
			    dim)
				((struct sweep_axis *)sw->axes->pdata[k])->dim =
				    first->dim;
	}
}

/* Number the dimensions in the order in which the file names them. */
static void
file_dims(struct sweep *sw)
{
	struct sweep_axis *ax;
	unsigned map[SWEEP_FILE_MAXAXES];
	guint i, k;

	sw->dims = g_new0(unsigned, sw->axes->len + 1);
	for (i = 0; i < sw->axes->len; i++) {
		ax = sw->axes->pdata[i];
		for (k = 0; k < sw->ndims; k++)
			if (map[k] == ax->dim)
				break;
		if (k == sw->ndims) {
			map[sw->ndims] = ax->dim;
			sw->dims[sw->ndims++] = ax->points->len;
		}
		ax->dim = k;
	}
}

static void
file_zip(struct sweep *sw, const struct keyfile *kf,
    struct problems *problems)
{
	g_auto(GStrv) lists = NULL;
	const struct keyfile_entry *e;
	unsigned i;

	e = keyfile_get(kf, "sweep", "zip");
	if (e != NULL) {
		lists = g_strsplit(e->value, ";", -1);
		for (i = 0; lists[i] != NULL; i++)
			file_zip_list(sw, e, lists[i], problems);
	}
	file_dims(sw);
}

/* ---- nothing twice ----------------------------------------------------- */

/* Are two values of a dimension the same, in each axis of it? */
static bool
file_same(const struct sweep *sw, unsigned dim, unsigned a, unsigned b)
{
	const struct sweep_axis *ax;
	guint i;

	for (i = 0; i < sw->axes->len; i++) {
		ax = sw->axes->pdata[i];
		if (ax->dim == dim && strcmp(sweep_axis_point(ax, a)->text,
		    sweep_axis_point(ax, b)->text) != 0)
			return (false);
	}
	return (true);
}

/* A value that is as one before it; false: there is none. */
static bool
file_twice(const struct sweep *sw, unsigned dim, unsigned *twice)
{
	unsigned a, b;

	for (a = 1; a < sw->dims[dim]; a++)
		for (b = 0; b < a; b++)
			if (file_same(sw, dim, a, b)) {
				*twice = a;
				return (true);
			}
	return (false);
}

/* Axes in lockstep may repeat values, but not all of them at once. */
static void
file_once(const struct sweep *sw, const struct keyfile *kf,
    struct problems *problems)
{
	const struct sweep_axis *ax;
	unsigned dims, twice;
	guint i;

	for (i = 0, dims = 0; i < sw->axes->len; i++) {
		g_autofree char *what = NULL;

		ax = sw->axes->pdata[i];
		/* Dimensions are numbered as their first axes come. */
		if (ax->dim < dims)
			continue;
		dims = ax->dim + 1;
		if (!file_twice(sw, ax->dim, &twice))
			continue;
		what = g_strdup_printf("the value %s stands there twice",
		    sweep_axis_point(ax, twice)->text);
		file_problem(problems, keyfile_get(kf, "sweep", ax->path),
		    what);
	}
}

/* ---- the file ---------------------------------------------------------- */

static void
file_groups(const struct keyfile *kf, const struct sweep *sw,
    struct problems *problems)
{
	static const char *const names[] = { "sweep", "labels" };
	const struct keyfile_group *g;
	guint i;

	for (i = 0; i < kf->groups->len; i++) {
		g_autofree char *hint = NULL;

		g = kf->groups->pdata[i];
		if (strcmp(g->name, "sweep") == 0 ||
		    strcmp(g->name, "labels") == 0)
			continue;
		hint = nearest_hint(g->name, names, G_N_ELEMENTS(names));
		problems_add(problems, "%s: [%s]: there is no such group in a "
		    "sweep file; allowed: sweep, labels%s", g->where, g->name,
		    hint);
	}
	if (keyfile_group(kf, "sweep") == NULL && problems->lines->len == 0)
		problems_add(problems, "%s: there is no [sweep]", sw->path);
}

/*
 * Fill in scenario, base, replications, axes and dims.  Returns the entry of
 * the constraint, NULL if there is none.
 */
static const struct keyfile_entry *
sweep_file_read(struct sweep *sw, const struct keyfile *kf,
    struct problems *problems)
{

	file_groups(kf, sw, problems);
	if (keyfile_group(kf, "sweep") == NULL)
		return (NULL);
	file_options(sw, kf, problems);
	/* Paths mean something only in a scenario. */
	if (sw->base == NULL)
		return (NULL);
	file_axes(sw, kf, problems);
	file_labels(sw, kf, problems);
	file_zip(sw, kf, problems);
	file_once(sw, kf, problems);
	return (keyfile_get(kf, "sweep", "constraint"));
}

struct sweep *
sweep_load(const char *path, GError **error)
{
	const struct keyfile_entry *constraint;
	struct problems problems;
	struct keyfile *kf;
	struct sweep *sw;
	bool ok;

	problems_init(&problems);
	sw = sweep_new(path);
	kf = keyfile_new(path, NULL, NULL, &problems);
	constraint = NULL;
	if (kf->groups->len > 0 || problems.lines->len == 0)
		constraint = sweep_file_read(sw, kf, &problems);
	if (problems.lines->len == 0)
		sweep_fill(sw, constraint, &problems);
	keyfile_free(kf);
	ok = problems_none(&problems, error);
	problems_fini(&problems);
	if (ok)
		return (sw);
	sweep_free(sw);
	return (NULL);
}
