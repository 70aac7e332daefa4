/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The canonical form of a scenario; see effective.h, and scenario_effective()
 * in scenario.h.
 *
 * What stands for something else stays as it is (host.laddrs = auto, laddrs =
 * all), since a variant may change what it stands for; what no variant can
 * change is resolved (scenario.interval, .name).
 */

#include <string.h>

#include "models/machine/load.h"
#include "models/stacks/stack.h"
#include "study/scenario/effective.h"
#include "study/scenario/replay.h"
#include "study/scenario/settings.h"
#include "study/scenario/stack_name.h"
#include "study/scenario/load_keys.h"
#include "study/scenario/wire_sysctl.h"
#include "study/text/expr.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

/* Called for each line; `value' NULL: of [expect], or resolved. */
typedef void (*line_fn)(void *arg, const char *group, const char *key,
    const char *text, const struct value *value);

static void
effective_scenario(const struct scenario *sc, line_fn line, void *arg)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const struct param *p;
	const struct value *v;

	for (p = param_table; p->group != NULL; p++) {
		if (strcmp(p->group, "scenario") != 0)
			continue;
		v = settings_value(sc->settings, NULL, p->group, p);
		if (strcmp(p->key, "name") == 0)
			line(arg, p->group, p->key, sc->name, NULL);
		else if (strcmp(p->key, "title") == 0)
			line(arg, p->group, p->key, sc->title, NULL);
		else if (strcmp(p->key, "interval") == 0) {
			unit_add_duration(text, sc->variants[0].conf.interval);
			line(arg, p->group, p->key, text->str, NULL);
		} else if (!(p->flags & PARAM_INCLUDES) &&
		    (!(p->flags & PARAM_UNSAID) ||
		    strcmp(v->text, p->def) != 0))
			line(arg, p->group, p->key, v->text, v);
	}
}

/*
 * A sysctl that no kernel here has: a file of another machine's named it, or
 * the variant that has it was left out.
 */
static bool
effective_unread(const struct scenario *sc, const struct param *p)
{
	unsigned i;

	if (strcmp(p->group, "kernel") != 0)
		return (false);
	for (i = 0; i < sc->nvariants; i++)
		if (wire_sysctl_has(sc->settings, sc->variants[i].name, p))
			return (false);
	return (true);
}

static void
effective_group(const struct scenario *sc, const char *group, line_fn line,
    void *arg)
{
	const struct param *p;
	const struct value *v;
	const struct load *load;

	load = NULL;
	p = param_find(group, "load");
	if (p != NULL)
		load = settings_value(sc->settings, NULL, group, p)->ref;
	for (p = param_table; p->group != NULL; p++) {
		if (!param_in(p, group) ||
		    p->flags & PARAM_INCLUDES ||
		    (load != NULL && !load_takes(load, p)))
			continue;
		if (effective_unread(sc, p)) {
			if (p->def != NULL)
				line(arg, group, p->key, p->def, NULL);
			continue;
		}
		v = settings_value(sc->settings, NULL, group, p);
		/* A replay that binds as recorded has no word for it. */
		if (v != NULL && !(load != NULL && load_replays(load) &&
		    strcmp(p->key, "bind") == 0 && v->number == BIND_NONE))
			line(arg, group, p->key, v->text, v);
	}
}

/* What a kernel's own defaults are, where nobody said otherwise. */
static void
effective_defaults(const struct scenario *sc, const char *name,
    const char *group, line_fn line, void *arg)
{
	const struct stack_sysctl *s;
	const struct stack *stack;
	const struct param *p;
	const struct value *v;

	stack = settings_stack(sc->settings, name);
	if (stack == NULL)
		return;
	for (s = stack->sysctls; s != NULL && s->key != NULL; s++) {
		g_autofree char *key = g_strconcat("kernel.", s->key, NULL);

		p = param_find("kernel", s->key);
		if (settings_entry(sc->settings, name, "kernel", p) != NULL)
			continue;
		v = settings_value(sc->settings, name, "kernel", p);
		line(arg, group, key, v->text, v);
	}
}

static void
effective_variant(const struct scenario *sc, const char *name, line_fn line,
    void *arg)
{
	g_autofree char *group = g_strconcat("variant:", name, NULL);
	const struct keyfile_entry *e;
	const struct value *v;
	GPtrArray *entries;
	guint i;

	entries = sc->settings->keyfile->entries;
	for (i = 0; i < entries->len; i++) {
		g_autofree char *own = NULL;
		const struct param *p;

		e = entries->pdata[i];
		if (strcmp(e->group, group) != 0)
			continue;
		p = settings_param(e, &own);
		v = settings_value(sc->settings, name, own, p);
		line(arg, group, e->key, v->text, v);
	}
	effective_defaults(sc, name, group, line, arg);
}

/* An expr_lookup_fn: is the variant among those that run? */
static bool
effective_has(const char *variant, const char *metric, double *value,
    void *arg, GError **error)
{
	const struct scenario *sc;
	unsigned i;

	(void)metric;
	sc = arg;
	*value = 0;
	for (i = 0; i < sc->nvariants; i++)
		if (strcmp(sc->variants[i].name, variant) == 0)
			return (true);
	problem_set(error, "no variant %s", variant);
	return (false);
}

static void
effective_expect(const struct scenario *sc, line_fn line, void *arg)
{
	const struct expectation *x;
	unsigned i;

	for (i = 0; i < sc->nexpectations; i++) {
		x = &sc->expectations[i];
		/* Of a variant that was left out nothing can be expected. */
		if (sc->nvariants == sc->settings->variants->len ||
		    expr_check(x->expr, effective_has,
		    (void *)(uintptr_t)sc, NULL))
			line(arg, "expect", x->name, x->text, NULL);
	}
}

/* Groups of one kind, in their order. */
static void
effective_named(const struct scenario *sc, const char *kind,
    const GPtrArray *names, line_fn line, void *arg)
{
	guint i;

	for (i = 0; i < names->len; i++) {
		g_autofree char *group = g_strconcat(kind, names->pdata[i],
		    NULL);

		effective_group(sc, group, line, arg);
	}
}

static void
effective_lines(const struct scenario *sc, line_fn line, void *arg)
{
	static const char *const groups[] = { "host", "kernel", "inbound",
	    "netstat" };
	unsigned i;

	effective_scenario(sc, line, arg);
	for (i = 0; i < G_N_ELEMENTS(groups); i++)
		effective_group(sc, groups[i], line, arg);
	effective_named(sc, "workload:", sc->settings->workloads, line, arg);
	effective_named(sc, "observer:", sc->settings->observers, line, arg);
	for (i = 0; i < sc->nvariants; i++)
		effective_variant(sc, sc->variants[i].name, line, arg);
	effective_expect(sc, line, arg);
}

/* ---- as a file --------------------------------------------------------- */

struct printer {
	GString		*out;
	const char	*group;		/* present one */
};

static void
printer_line(void *arg, const char *group, const char *key, const char *text,
    const struct value *value)
{
	g_autofree char *stands = NULL;
	struct printer *pr;

	pr = arg;
	if (pr->group == NULL || strcmp(pr->group, group) != 0) {
		g_string_append_printf(pr->out, "%s[%s]\n",
		    pr->out->len > 0 ? "\n" : "", group);
		/* The caller's text may not outlive the call. */
		pr->group = g_intern_string(group);
	}
	if (value != NULL && value->param->type == PARAM_STACK)
		stands = stack_name_resolved(value->ref, text);
	if (stands != NULL)
		g_string_append_printf(pr->out, "# %s\n", stands);
	g_string_append_printf(pr->out, "%s =%s%s\n", key, *text != '\0' ?
	    " " : "", text);
}

static void
printer_preface(struct printer *pr, const char *label, const char *text)
{

	if (text != NULL)
		g_string_append_printf(pr->out, "# %-10s %s\n", label, text);
}

char *
scenario_effective(const struct scenario *sc)
{
	struct printer pr = { g_string_new(NULL), NULL };

	printer_preface(&pr, "Question:", sc->question);
	printer_preface(&pr, "Expected:", sc->expected);
	printer_preface(&pr, "Wrong:", sc->wrong);
	effective_lines(sc, printer_line, &pr);
	return (g_string_free(pr.out, FALSE));
}

/* ---- as a digest ------------------------------------------------------- */

struct digest {
	const struct scenario *sc;
	GPtrArray	*lines;
};

/* What is in the recording of that name, read either way. */
static uint64_t
digest_replay(const struct scenario *sc, const char *path)
{
	uint64_t hash;
	unsigned i;

	hash = 0;
	for (i = 0; i < sc->nreplays; i++)
		if (strcmp(sc->replays[i]->path, path) == 0)
			hash = hash * 3 + sc->replays[i]->hash +
			    sc->replays[i]->out.rec.n;
	return (hash);
}

static void
digest_line(void *arg, const char *group, const char *key, const char *text,
    const struct value *value)
{
	struct digest *dg;
	uint64_t hash;

	dg = arg;
	hash = 0;
	if (value != NULL)
		hash = value->param->type == PARAM_FILE ?
		    digest_replay(dg->sc, text) : value->hash;
	if (hash != 0)
		g_ptr_array_add(dg->lines, g_strdup_printf(
		    "%s.%s = #%016" G_GINT64_MODIFIER "x", group, key, hash));
	else
		g_ptr_array_add(dg->lines, g_strdup_printf("%s.%s = %s",
		    group, key, text));
}

static int
line_compare(const void *a, const void *b)
{

	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

void
effective_digest(const struct scenario *sc, char *digest)
{
	struct digest dg = { sc, g_ptr_array_new_with_free_func(g_free) };
	GChecksum *sum;
	GPtrArray *names;
	guint i;

	effective_lines(sc, digest_line, &dg);
	/* Of two workloads due at the same instant the first goes first. */
	names = sc->settings->workloads;
	for (i = 0; i < names->len; i++)
		g_ptr_array_add(dg.lines, g_strdup_printf("order.%u = %s", i,
		    (char *)names->pdata[i]));
	/* The first observer is what console_* is about. */
	names = sc->settings->observers;
	for (i = 0; i < names->len; i++)
		g_ptr_array_add(dg.lines, g_strdup_printf("observer.%u = %s",
		    i, (char *)names->pdata[i]));
	g_ptr_array_sort(dg.lines, line_compare);
	sum = g_checksum_new(G_CHECKSUM_SHA256);
	for (i = 0; i < dg.lines->len; i++) {
		g_checksum_update(sum, dg.lines->pdata[i], -1);
		g_checksum_update(sum, (const guchar *)"\n", 1);
	}
	g_strlcpy(digest, g_checksum_get_string(sum), 65);
	g_checksum_free(sum);
	g_ptr_array_unref(dg.lines);
}
