/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A sweep; see sweep.h.
 */

#include <string.h>

#include "sim/kassert.h"
#include "study/scenario/effective.h"
#include "study/scenario/load.h"
#include "study/scenario/settings.h"
#include "study/sweep/sweep.h"
#include "study/text/expr.h"
#include "study/text/keyfile.h"
#include "study/text/problem.h"

/* ---- cells ------------------------------------------------------------- */

/* A point of the full product: the last dimension is the fastest. */
static unsigned
point_value(const struct sweep *sw, unsigned point, unsigned dim)
{
	unsigned d;

	for (d = sw->ndims - 1; d > dim; d--)
		point /= sw->dims[d];
	return (point % sw->dims[dim]);
}

unsigned
sweep_value(const struct sweep *sw, unsigned cell, const struct sweep_axis *ax)
{

	return (point_value(sw, g_array_index(sw->cells, unsigned, cell),
	    ax->dim));
}

struct cell_lookup {
	const struct sweep *sw;
	unsigned	point;
};

/* An expr_lookup_fn: the number of an axis at a point. */
static bool
cell_lookup(const char *group, const char *key, double *value, void *arg,
    GError **error)
{
	const struct cell_lookup *at;
	const struct sweep_axis *ax;
	g_autofree char *path = NULL;
	guint i;

	at = arg;
	path = g_strconcat(group, ".", key, NULL);
	for (i = 0; i < at->sw->axes->len; i++) {
		ax = at->sw->axes->pdata[i];
		if (strcmp(ax->path, path) != 0)
			continue;
		if (!sweep_axis_has_numbers(ax)) {
			problem_set(error, "the values of %s are no numbers",
			    path);
			return (false);
		}
		*value = sweep_axis_point(ax, point_value(at->sw, at->point,
		    ax->dim))->number;
		return (true);
	}
	kpanic("%s is no axis", path);
}

static bool
cells_count(struct sweep *sw, GError **error)
{
	uint64_t n;
	unsigned d;

	n = 1;
	for (d = 0; d < sw->ndims && n <= SWEEP_MAXCELLS * 10; d++)
		n *= sw->dims[d];
	if (n > SWEEP_MAXCELLS * 10) {
		problem_set(error, "%s: more than %d combinations", sw->path,
		    SWEEP_MAXCELLS * 10);
		return (false);
	}
	sw->npoints = (unsigned)n;
	return (true);
}

/* Keep the points for which the constraint holds. */
static bool
cells_choose(struct sweep *sw, const struct expr *constraint, GError **error)
{
	struct cell_lookup at = { sw, 0 };
	double value;

	for (at.point = 0; at.point < sw->npoints; at.point++) {
		value = 1;
		if (constraint != NULL && !expr_eval(constraint, cell_lookup,
		    &at, &value, error))
			return (false);
		if (value == value && value != 0)
			g_array_append_val(sw->cells, at.point);
	}
	if (sw->cells->len == 0)
		problem_set(error, "no combination is left");
	else if (sw->cells->len > SWEEP_MAXCELLS)
		problem_set(error, "%u combinations are left; at most %d",
		    sw->cells->len, SWEEP_MAXCELLS);
	else
		return (true);
	return (false);
}

static void
cells_make(struct sweep *sw, const struct keyfile_entry *e,
    struct problems *problems)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	struct expr *constraint;
	guint i;

	if (!cells_count(sw, &error)) {
		problems_add(problems, "%s", error->message);
		return;
	}
	constraint = NULL;
	if (e != NULL) {
		for (i = 0; i < sw->axes->len; i++)
			g_ptr_array_add(paths, ((struct sweep_axis *)
			    sw->axes->pdata[i])->path);
		/* Never NULL: there is nothing but parameters to name. */
		g_ptr_array_add(paths, NULL);
		constraint = expr_parse_paths(e->value,
		    (const char *const *)paths->pdata, sw->axes->len, &error);
		sw->constraint = g_strdup(e->value);
	}
	if (error == NULL)
		(void)cells_choose(sw, constraint, &error);
	if (error != NULL)
		problems_add(problems, "%s: [sweep]%s%s: %s",
		    e != NULL ? e->where : sw->path, e != NULL ?
		    " constraint = " : "", e != NULL ? e->value : "",
		    error->message);
	if (constraint != NULL)
		expr_free(constraint);
}

char *
sweep_cell_text(const struct sweep *sw, unsigned cell)
{
	const struct sweep_axis *ax;
	GString *s;
	guint i;

	s = g_string_new(NULL);
	for (i = 0; i < sw->axes->len; i++) {
		ax = sw->axes->pdata[i];
		g_string_append_printf(s, "%s%s = %s", i > 0 ? ", " : "",
		    ax->path, sweep_point_name(sweep_axis_point(ax,
		    sweep_value(sw, cell, ax))));
	}
	return (g_string_free(s, FALSE));
}

struct scenario *
sweep_cell_load(const struct sweep *sw, unsigned cell, GError **error)
{
	g_autofree struct override *values = NULL;
	g_autoptr(GError) cause = NULL;
	g_autofree char *text = NULL;
	const struct sweep_axis *ax;
	struct scenario *sc;
	guint i;

	values = g_new0(struct override, sw->axes->len + 1);
	values[0] = (struct override){ "scenario.replications", "1",
	    sw->path };
	for (i = 0; i < sw->axes->len; i++) {
		ax = sw->axes->pdata[i];
		values[i + 1] = (struct override){ ax->path,
		    sweep_axis_point(ax, sweep_value(sw, cell, ax))->text,
		    ax->where };
	}
	sc = scenario_load_like(sw->base, values, sw->axes->len + 1, &cause);
	if (sc != NULL)
		return (sc);
	text = sweep_cell_text(sw, cell);
	problem_set(error, "%s\n%s: the cell with %s cannot be run",
	    cause->message, sw->path, text);
	problem_because(error, cause);
	return (NULL);
}

/* ---- digests ----------------------------------------------------------- */

/* Two hex digits a byte. */
static void
digest_pack(const char *hex, uint8_t *bytes)
{
	unsigned i;

	for (i = 0; i < 32; i++)
		bytes[i] = (uint8_t)(g_ascii_xdigit_value(hex[2 * i]) << 4 |
		    g_ascii_xdigit_value(hex[2 * i + 1]));
}

/* As if the variant were alone: another one beside it makes no difference. */
static void
digest_variant(const struct scenario *sc, unsigned variant, uint8_t *bytes)
{
	struct scenario alone;
	char hex[65];

	alone = *sc;
	alone.nvariants = 1;
	alone.variants = &sc->variants[variant];
	effective_digest(&alone, hex);
	digest_pack(hex, bytes);
}

/*
 * May a value of the axis name a file?  What is in it then decides, too, and
 * only a scenario that was loaded knows.
 */
static bool
axis_names_files(const struct sweep_axis *ax)
{

	switch (ax->param->type) {
	case PARAM_NAME:
	case PARAM_DIST:
	case PARAM_FILE:
	case PARAM_COSTS:
		return (true);
	default:
		return (false);
	}
}

static bool
sweep_names_files(const struct sweep *sw)
{
	guint i;

	for (i = 0; i < sw->axes->len; i++)
		if (axis_names_files(sw->axes->pdata[i]))
			return (true);
	return (false);
}

/* Does the axis change anything in the variant?  NULL: the line that wins. */
static bool
axis_matters(const struct sweep *sw, const struct sweep_axis *ax,
    unsigned variant, const struct keyfile_entry **own)
{
	g_autofree char *group = NULL;
	const char *name;

	*own = NULL;
	name = sw->base->variants[variant].name;
	group = g_strndup(ax->path, strcspn(ax->path, "."));
	/* The path of a variant names what is its own. */
	if (g_str_has_prefix(group, "variant:"))
		return (strcmp(group + strlen("variant:"), name) == 0);
	*own = settings_own(sw->base->settings, name, group, ax->param);
	return (*own == NULL);
}

/*
 * Of a cell: the base's digest and what its axes say, as canonical text.  Which
 * decides the run as surely as the whole cell's canonical scenario does, and a
 * hundred thousand cells need not be loaded for it.
 */
static void
digests_of_axes(struct sweep *sw)
{
	const struct keyfile_entry *own;
	const struct sweep_axis *ax;
	uint8_t base[32];
	unsigned cell, nvariants, v;
	gsize len;
	guint i;

	nvariants = sw->base->nvariants;
	for (v = 0; v < nvariants; v++) {
		g_autoptr(GPtrArray) all = g_ptr_array_new();

		digest_variant(sw->base, v, base);
		for (i = 0; i < sw->axes->len; i++)
			if (axis_matters(sw, sw->axes->pdata[i], v, &own))
				g_ptr_array_add(all, sw->axes->pdata[i]);
		for (cell = 0; cell < sw->cells->len; cell++) {
			g_autoptr(GChecksum) sum = NULL;

			sum = g_checksum_new(G_CHECKSUM_SHA256);
			g_checksum_update(sum, base, sizeof(base));
			for (i = 0; i < all->len; i++) {
				ax = all->pdata[i];
				g_checksum_update(sum, (const guchar *)
				    ax->path, -1);
				g_checksum_update(sum, (const guchar *)" = ",
				    3);
				g_checksum_update(sum, (const guchar *)
				    sweep_axis_point(ax, sweep_value(sw, cell,
				    ax))->text, -1);
				g_checksum_update(sum, (const guchar *)"\n",
				    1);
			}
			len = sizeof(base);
			g_checksum_get_digest(sum, sw->digests[cell *
			    nvariants + v], &len);
		}
	}
}

/* Of a cell that was loaded: of its canonical scenario. */
static void
digests_of_cell(struct sweep *sw, unsigned cell, const struct scenario *sc)
{
	unsigned nvariants, v;

	nvariants = sw->base->nvariants;
	KASSERT(sc->nvariants == nvariants, ("%u variants", sc->nvariants));
	for (v = 0; v < nvariants; v++)
		digest_variant(sc, v, sw->digests[cell * nvariants + v]);
}

static void
digests_make(struct sweep *sw, struct problems *problems)
{
	g_autoptr(GError) error = NULL;
	struct scenario *sc;
	unsigned cell, step;
	bool files;

	files = sweep_names_files(sw);
	sw->digests = g_malloc0_n((gsize)sw->cells->len *
	    sw->base->nvariants, 32);
	/* Each is tried, or of very many some, and the last, too. */
	step = files ? 1 : 1 + (sw->cells->len - 1) / SWEEP_TRYCELLS;
	for (cell = 0; cell < sw->cells->len; cell = cell + step <
	    sw->cells->len || cell == sw->cells->len - 1 ? cell + step :
	    sw->cells->len - 1) {
		sc = sweep_cell_load(sw, cell, &error);
		if (sc == NULL) {
			problems_add(problems, "%s", error->message);
			problems_because(problems, error);
			return;
		}
		if (files)
			digests_of_cell(sw, cell, sc);
		scenario_free(sc);
	}
	if (!files)
		digests_of_axes(sw);
}

/* ---- runs -------------------------------------------------------------- */

void
sweep_run_at(const struct sweep *sw, uint64_t idx, struct sweep_run *run)
{

	KASSERT(idx < sw->nruns, ("run %ju of %ju", (uintmax_t)idx,
	    (uintmax_t)sw->nruns));
	run->idx = idx;
	run->cell = (unsigned)(idx % sw->cells->len);
	idx /= sw->cells->len;
	run->variant = (unsigned)(idx % sw->base->nvariants);
	run->replication = (unsigned)(idx / sw->base->nvariants);
}

void
sweep_run_id(const struct sweep *sw, const struct sweep_run *run,
    const char *build, char *id)
{
	g_autofree char *text = NULL;
	GChecksum *sum;

	sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(sum, sw->digests[run->cell * sw->base->nvariants +
	    run->variant], 32);
	text = g_strdup_printf("\nvariant %s\nreplication %u\nbuild %s\n",
	    sw->base->variants[run->variant].name, run->replication, build);
	g_checksum_update(sum, (const guchar *)text, -1);
	g_strlcpy(id, g_checksum_get_string(sum), SWEEP_IDLEN + 1);
	g_checksum_free(sum);
}

static void
runs_count(struct sweep *sw, struct problems *problems)
{

	sw->nruns = (uint64_t)sw->cells->len * sw->base->nvariants *
	    sw->replications;
	if (sw->nruns > SWEEP_MAXRUNS)
		problems_add(problems, "%s: %u cells x %u variants x %u "
		    "replications are more than %d runs", sw->path,
		    sw->cells->len, sw->base->nvariants, sw->replications,
		    SWEEP_MAXRUNS);
}

/* ---- the sweep --------------------------------------------------------- */

GPtrArray *
sweep_warnings(const struct sweep *sw)
{
	const struct keyfile_entry *e;
	const struct sweep_axis *ax;
	GPtrArray *lines;
	unsigned v;
	guint i;

	lines = g_ptr_array_new_with_free_func(g_free);
	for (i = 0; i < sw->axes->len; i++)
		for (v = 0; v < sw->base->nvariants; v++) {
			ax = sw->axes->pdata[i];
			(void)axis_matters(sw, ax, v, &e);
			if (e != NULL)
				g_ptr_array_add(lines, g_strdup_printf("%s: "
				    "%s changes nothing in variant %s, which "
				    "sets it itself (%s)", ax->where, ax->path,
				    sw->base->variants[v].name, e->where));
		}
	return (lines);
}

static char *
sweep_name(const char *path)
{
	char *dot, *name;

	name = g_path_get_basename(path);
	dot = strrchr(name, '.');
	if (dot != NULL && dot != name)
		*dot = '\0';
	return (name);
}

static void
sweep_axis_destroy(void *ax)
{

	sweep_axis_free(ax);
}

struct sweep *
sweep_new(const char *path)
{
	struct sweep *sw;

	sw = g_new0(struct sweep, 1);
	sw->path = g_strdup(path);
	sw->name = sweep_name(path);
	sw->replications = 1;
	sw->axes = g_ptr_array_new_with_free_func(sweep_axis_destroy);
	sw->cells = g_array_new(FALSE, FALSE, sizeof(unsigned));
	return (sw);
}

void
sweep_fill(struct sweep *sw, const struct keyfile_entry *constraint,
    struct problems *problems)
{

	/* Each step trusts that those before it went well. */
	cells_make(sw, constraint, problems);
	if (problems->lines->len == 0)
		runs_count(sw, problems);
	if (problems->lines->len == 0)
		digests_make(sw, problems);
}

void
sweep_free(struct sweep *sw)
{

	if (sw == NULL)
		return;
	g_free(sw->digests);
	g_array_unref(sw->cells);
	g_ptr_array_unref(sw->axes);
	g_free(sw->constraint);
	g_free(sw->dims);
	if (sw->base != NULL)
		scenario_free(sw->base);
	g_free(sw->scenario);
	g_free(sw->name);
	g_free(sw->path);
	g_free(sw);
}
