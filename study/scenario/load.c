/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Loading a scenario; see load.h.
 */

#include <string.h>

#include "models/net/family.h"
#include "models/stacks/stack.h"
#include "study/scenario/effective.h"
#include "study/scenario/estimate.h"
#include "study/scenario/load.h"
#include "study/scenario/replay.h"
#include "study/scenario/wiring.h"
#include "study/text/expr.h"
#include "study/text/nearest.h"
#include "study/text/piped.h"
#include "study/text/problem.h"

static void
scenario_head(struct scenario *sc)
{
	struct param_head head = { NULL, NULL, 1 };
	const struct param *p;
	const struct value *v;
	char *dot;

	for (p = param_table; p->group != NULL; p++)
		if (p->target == PARAM_IN_HEAD) {
			v = settings_value(sc->settings, NULL, p->group, p);
			if (v != NULL)
				value_store(v, &head);
		}
	if (head.name != NULL && *head.name != '\0')
		sc->name = g_strdup(head.name);
	else if (strcmp(sc->path, PIPED_NAME) == 0)
		sc->name = g_strdup("stdin");
	else {
		sc->name = g_path_get_basename(sc->path);
		dot = strrchr(sc->name, '.');
		if (dot != NULL && dot != sc->name)
			*dot = '\0';
		g_strcanon(sc->name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS
		    "-_+", '-');
		if (*sc->name == '-')
			*sc->name = '_';
	}
	sc->title = g_strdup(head.title != NULL && *head.title != '\0' ?
	    head.title : sc->name);
	sc->replications = head.replications;
}

static void
scenario_preface(struct scenario *sc)
{
	const struct keyfile_preface *pre;

	pre = &sc->settings->keyfile->preface;
	sc->question = g_strdup(pre->question);
	sc->expected = g_strdup(pre->expected);
	sc->wrong = g_strdup(pre->wrong);
}

/* What the variant calls its stack; NULL: nothing, a problem already. */
static const char *
scenario_release(struct scenario *sc, const char *variant)
{
	g_autofree char *group = g_strconcat("variant:", variant, NULL);
	const struct value *v;

	v = settings_value(sc->settings, variant, group, param_find(group,
	    "stack"));
	return (v == NULL ? NULL : v->text);
}

static void
scenario_wire(struct scenario *sc)
{
	struct wiring all;
	unsigned i;

	all.settings = sc->settings;
	all.pool = sc->pool;
	all.replays = g_ptr_array_new();
	all.replay_keys = g_ptr_array_new_with_free_func(g_free);
	wiring_check(&all);
	sc->nvariants = sc->settings->variants->len;
	sc->variants = g_new0(struct variant, sc->nvariants);
	for (i = 0; i < sc->nvariants; i++) {
		sc->variants[i].name = sc->settings->variants->pdata[i];
		sc->variants[i].release = scenario_release(sc,
		    sc->variants[i].name);
		wiring_variant(&all, sc->variants[i].name,
		    &sc->variants[i].conf);
	}
	g_ptr_array_unref(all.replay_keys);
	sc->nreplays = all.replays->len;
	sc->replays = (struct replay **)g_ptr_array_free(all.replays, FALSE);
	if (sc->nvariants > 0)
		sc->seed = sc->variants[0].conf.seed;
}

/*
 * A limit on sockets that would be met, by a kernel that has none: told once,
 * for what comes out is not what was asked for.
 */
static void
scenario_limits(struct scenario *sc)
{
	g_autoptr(GString) names = NULL;
	const struct keyfile_entry *e, *where;
	const struct param *p;
	const struct variant *v;
	struct estimate est;
	unsigned i;

	names = g_string_new(NULL);
	p = param_find("host", "maxsockets");
	for (i = 0, where = NULL; i < sc->nvariants; i++) {
		v = &sc->variants[i];
		e = settings_entry(sc->settings, v->name, "host", p);
		if (e == NULL || v->conf.stack->family->limits_sockets)
			continue;
		estimate_run(&v->conf, &est);
		if (est.held <= (double)v->conf.host.maxsockets)
			continue;
		where = where == NULL ? e : where;
		g_string_append_printf(names, "%s%s", names->len > 0 ? ", " :
		    "", v->release);
	}
	if (where != NULL)
		g_ptr_array_add(sc->settings->pasted.notes, g_strdup_printf(
		    "%s: [host] maxsockets: is no limit to %s; that of FreeBSD "
		    "alone is modelled", where->where, names->str));
}

static void
scenario_expect(struct scenario *sc)
{
	const struct keyfile_entry *e;
	struct expectation *x;
	struct settings *st;
	guint i;

	st = sc->settings;
	sc->expectations = g_new0(struct expectation,
	    st->keyfile->entries->len);
	for (i = 0; i < st->keyfile->entries->len; i++) {
		g_autoptr(GError) error = NULL;

		e = st->keyfile->entries->pdata[i];
		if (strcmp(e->group, "expect") != 0 || *e->value == '\0')
			continue;
		x = &sc->expectations[sc->nexpectations];
		x->name = e->key;
		x->text = e->value;
		x->where = e->where;
		x->expr = expr_parse(e->value, &error);
		if (x->expr == NULL)
			settings_problem(st, e, "%s", error->message);
		else
			sc->nexpectations++;
	}
}

/* Keep one variant; the others were checked all the same. */
static void
scenario_only(struct scenario *sc, const char *variant)
{
	g_autofree char *hint = NULL;
	GPtrArray *names;
	unsigned i;

	for (i = 0; i < sc->nvariants; i++)
		if (strcmp(sc->variants[i].name, variant) == 0) {
			sc->variants[0] = sc->variants[i];
			sc->nvariants = 1;
			return;
		}
	names = sc->settings->variants;
	hint = nearest_hint(variant, (const char *const *)names->pdata,
	    names->len);
	problems_add(sc->settings->problems, "%s: there is no variant %s%s",
	    piped_title(sc->path), variant, hint);
}

/* From where a scenario comes. */
struct scenario_source {
	const char	*path;
	const char	*text;		/* instead of the file; or NULL */
	const struct settings *base;	/* see settings_new() */
};

/* All but the digest. */
static struct scenario *
scenario_read(const struct scenario_source *from,
    const struct override *overrides, unsigned noverrides,
    const char *variant, GError **error)
{
	struct problems problems;
	struct scenario *sc;
	bool ok;

	problems_init(&problems);
	sc = g_new0(struct scenario, 1);
	sc->path = g_strdup(from->path);
	sc->pool = g_ptr_array_new_with_free_func(g_free);
	sc->settings = settings_new(from->path, from->text, overrides,
	    noverrides, from->base, &problems);
	sc->notes = sc->settings->pasted.notes;
	scenario_expect(sc);
	/* Wiring trusts that each value is good. */
	if (problems.lines->len == 0) {
		scenario_head(sc);
		scenario_preface(sc);
		scenario_wire(sc);
		if (problems.lines->len == 0 && from->base == NULL)
			scenario_limits(sc);
		if (variant != NULL)
			scenario_only(sc, variant);
	}
	ok = problems_none(&problems, error);
	sc->settings->problems = NULL;
	problems_fini(&problems);
	if (!ok) {
		scenario_free(sc);
		return (NULL);
	}
	return (sc);
}

struct scenario *
scenario_load(const char *path, const struct override *overrides,
    unsigned noverrides, const char *variant, GError **error)
{
	const struct scenario_source from = { .path = path };
	struct scenario *sc;

	sc = scenario_read(&from, overrides, noverrides, variant, error);
	if (sc != NULL)
		effective_digest(sc, sc->digest);
	return (sc);
}

struct scenario *
scenario_load_text(const char *name, const char *text, GError **error)
{
	const struct scenario_source from = { .path = name, .text = text };
	struct scenario *sc;

	sc = scenario_read(&from, NULL, 0, NULL, error);
	if (sc != NULL)
		effective_digest(sc, sc->digest);
	return (sc);
}

struct scenario *
scenario_load_like(const struct scenario *base,
    const struct override *overrides, unsigned noverrides, GError **error)
{
	const struct scenario_source from = { .path = base->path,
	    .base = base->settings };

	return (scenario_read(&from, overrides, noverrides, NULL, error));
}

void
scenario_replicate(struct scenario *sc, unsigned replications,
    const char *where)
{
	g_autofree char *text = NULL;

	text = g_strdup_printf("%u", replications);
	settings_replace(sc->settings, "scenario", "replications", text,
	    where);
	sc->replications = replications;
	effective_digest(sc, sc->digest);
}
