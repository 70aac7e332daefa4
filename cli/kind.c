/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Kinds of things that have names; see kind.h.
 */

#include <string.h>

#include "cli/kind.h"
#include "models/cpus/costs.h"
#include "models/locks/lock.h"
#include "models/machine/chain.h"
#include "models/machine/load.h"
#include "models/net/family.h"
#include "models/net/proposal.h"
#include "models/plans/plan.h"
#include "models/ports/allocator.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/run/column.h"
#include "study/run/metric.h"
#include "study/run/verdict.h"
#include "study/scenario/costs_file.h"
#include "study/scenario/distribution.h"
#include "study/scenario/param.h"
#include "study/scenario/stack_name.h"
#include "study/text/number.h"

#define	KIND_WORKLOAD	"WORKLOAD_"
#define	KIND_OBSERVER	"OBSERVER_"

/* ---- items ------------------------------------------------------------- */

/* Add a field, unless there is nothing to say. */
static void
item_add(struct kind_item *it, const char *key, const char *text)
{

	if (text == NULL || *text == '\0')
		return;
	g_assert(it->nfields < KIND_MAXFIELDS);
	it->field[it->nfields].key = key;
	it->field[it->nfields].number = false;
	it->field[it->nfields++].text = text;
}

static void
item_add_number(struct kind_item *it, const char *key, const char *text)
{

	item_add(it, key, text);
	it->field[it->nfields - 1].number = true;
}

static void
stack_item(const struct stack *s, kind_fn fn, void *arg)
{
	struct kind_item it = { .name = s->name, .title = s->title };
	g_autofree char *recorded = NULL, *releases = NULL;
	const char *allocator;

	recorded = g_strdup_printf("%u", s->recorded_ops);
	releases = stack_name_releases(s);
	allocator = s->family->allocator == NULL ? NULL :
	    s->family->allocator(s->variant);
	if (s->proposal != NULL && s->proposal->allocator != NULL)
		allocator = s->proposal->allocator->name;
	item_add(&it, "releases", releases);
	item_add(&it, "known", stack_known_name(s->known));
	item_add(&it, "chooses", s->port_first ?
	    "port first, then address" : "address and port together");
	item_add(&it, "allocator", allocator);
	item_add(&it, "TIME_WAIT", s->timewait == TIMEWAIT_CAPPED ?
	    "capped, scanned every 500 ms" :
	    "no cap, a timer for each connection");
	item_add_number(&it, "recorded", recorded);
	item_add(&it, "source", s->source);
	item_add(&it, "left out", s->left_out);
	fn(&it, arg);
}

static void
each_stack(kind_fn fn, void *arg)
{
	const struct stack *const *s;

	for (s = registry_stacks; *s != NULL; s++)
		stack_item(*s, fn, arg);
}

bool
kind_composed(const char *name, kind_fn fn, void *arg)
{
	const struct stack *s;

	s = stack_name_find(name);
	if (s == NULL || s->proposal == NULL)
		return (false);
	stack_item(s, fn, arg);
	return (true);
}

static void
each_proposal(kind_fn fn, void *arg)
{
	const struct proposal *const *p;

	for (p = registry_proposals; *p != NULL; p++) {
		struct kind_item it = { .name = (*p)->name,
		    .title = (*p)->title };

		item_add(&it, "known", stack_known_name(STACK_PROPOSED));
		item_add(&it, "stacks", (*p)->on == PROPOSAL_ON_FREEBSD ?
		    "freebsd-*" : (*p)->on == PROPOSAL_ON_LINUX ? "linux-*" :
		    "freebsd-*, linux-*");
		item_add(&it, "allocator", (*p)->allocator == NULL ? NULL :
		    (*p)->allocator->name);
		item_add(&it, "changes", (*p)->changes);
		item_add(&it, "left out", (*p)->left_out);
		fn(&it, arg);
	}
}

static void
each_release(kind_fn fn, void *arg)
{
	const struct stack_release *r;
	const struct stack *const *s;

	for (s = registry_stacks; *s != NULL; s++)
		for (r = (*s)->releases; r != NULL && r->name != NULL; r++) {
			struct kind_item it = { .name = r->name,
			    .title = (*s)->title };

			item_add(&it, "stack", (*s)->name);
			item_add(&it, "known", stack_known_name(r->known));
			fn(&it, arg);
		}
}

static void
each_allocator(kind_fn fn, void *arg)
{
	const struct allocator *const *a;

	for (a = registry_allocators; *a != NULL; a++) {
		struct kind_item it = { .name = (*a)->name,
		    .title = (*a)->title };

		item_add(&it, "source", (*a)->source);
		item_add(&it, "left out", (*a)->left_out);
		fn(&it, arg);
	}
}

static void
each_lock(kind_fn fn, void *arg)
{
	const struct lock_class *const *l;

	for (l = registry_lock_classes; *l != NULL; l++) {
		struct kind_item it = { .name = (*l)->name,
		    .title = (*l)->title };

		item_add(&it, "source", (*l)->source);
		fn(&it, arg);
	}
}

/* ---- locks of kernels --------------------------------------------------- */

/* One that the stack before has, too, is told with all that have it. */
static void
kernel_lock_item(const struct lock_kind *k, GHashTable *told, kind_fn fn,
    void *arg)
{
	struct kind_item it = { .name = k->name, .title = k->title };
	g_autoptr(GString) all = NULL;
	const struct stack *const *s;

	if (k->class == NULL || k->title == NULL ||
	    !g_hash_table_add(told, (void *)(uintptr_t)k->name))
		return;
	all = g_string_new(NULL);
	for (s = registry_stacks; *s != NULL; s++)
		if ((*s)->plan != NULL && plan_has_lock((*s)->plan, k->name))
			g_string_append_printf(all, "%s%s", all->len > 0 ?
			    ", " : "", (*s)->name);
	item_add(&it, "stacks", all->str);
	fn(&it, arg);
}

static void
each_kernel_lock(kind_fn fn, void *arg)
{
	g_autoptr(GHashTable) told = NULL;
	const struct stack *const *s;
	unsigned i;

	told = g_hash_table_new(g_str_hash, g_str_equal);
	for (s = registry_stacks; *s != NULL; s++) {
		if ((*s)->plan == NULL)
			continue;
		for (i = 0; i < PLAN_MAXLOCKS; i++)
			kernel_lock_item(&(*s)->plan->locks[i], told, fn, arg);
		for (i = 0; i < NET_MAXBUCKETS; i++)
			kernel_lock_item(&(*s)->plan->buckets[i], told, fn,
			    arg);
	}
}

/* "size, lifetime", from a list with semicolons; free with g_free(). */
static char *
item_keys(const char *keys)
{
	g_auto(GStrv) names = g_strsplit(keys, ";", -1);

	return (g_strjoinv(", ", names));
}

static void
each_load(kind_fn fn, void *arg)
{
	const struct load *const *l;

	for (l = registry_loads; *l != NULL; l++) {
		struct kind_item it = { .name = (*l)->name,
		    .title = (*l)->title };
		g_autofree char *needs = item_keys((*l)->needs);
		g_autofree char *takes = item_keys((*l)->takes);

		item_add(&it, "needs", needs);
		item_add(&it, "takes", takes);
		fn(&it, arg);
	}
}

/* "irq1, giant, clock", as NAME_waited calls them; free with g_free(). */
static char *
item_stages(const struct chain *c)
{
	GString *out;
	unsigned i;

	out = g_string_new(NULL);
	for (i = 0; i < c->nstages; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "",
		    c->stages[i].name);
	return (g_string_free(out, FALSE));
}

static void
each_observer(kind_fn fn, void *arg)
{
	const struct chain *c;
	unsigned i;

	for (i = 0; i < OBSERVER_NKINDS; i++) {
		c = &chain_table[i];
		struct kind_item it = { .name = c->name, .title = c->title };
		g_autofree char *stages = item_stages(c);

		item_add(&it, "needs", c->needs);
		item_add(&it, "stages", stages);
		item_add(&it, "source", c->source);
		item_add(&it, "left out", c->left_out);
		fn(&it, arg);
	}
}

/* A figure, or figures by population; free with g_free(). */
static char *
item_curve(const struct cost_curve *c)
{
	GString *out;
	unsigned i;

	out = g_string_new(NULL);
	for (i = 0; i < c->npoints; i++) {
		g_string_append(out, i > 0 ? ", " : "");
		number_add_ps(out, c->ps[i], SIM_NS);
		if (c->npoints > 1) {
			g_string_append(out, " at ");
			number_add_count(out, c->population[i]);
		}
	}
	return (g_string_free(out, FALSE));
}

static void
each_costs(kind_fn fn, void *arg)
{
	const struct costs_builtin *b;
	unsigned i;

	for (b = costs_builtin; b->name != NULL; b++) {
		struct kind_item it = { .name = b->name };
		g_autoptr(GPtrArray) texts = NULL;
		g_autofree struct costs *costs = NULL;
		g_autofree char *path = NULL;
		uint64_t hash;

		texts = g_ptr_array_new_with_free_func(g_free);
		costs = costs_file_load(b->name, ".", &path, &hash, NULL);
		g_assert(costs != NULL);
		it.title = g_str_has_prefix(b->name, "instructions-") ?
		    "instructions, as ns, of a booted kernel's calls" :
		    "ns; where it matters by the number of pcbs";
		for (i = 0; i < NCOSTS; i++) {
			if (cost_is_default(costs, (enum cost)i))
				continue;
			g_ptr_array_add(texts, item_curve(&costs->curve[i]));
			item_add(&it, cost_name((enum cost)i),
			    texts->pdata[texts->len - 1]);
		}
		fn(&it, arg);
	}
}

static void
metric_item(const struct metric *m, const char *name, const char *of,
    kind_fn fn, void *arg)
{
	static const char *const goals[] = { [METRIC_NEUTRAL] = "",
	    [METRIC_LOWER] = "less", [METRIC_HIGHER] = "more" };
	struct kind_item it = { .name = name, .title = m->doc };

	item_add(&it, "of", of);
	item_add(&it, "unit", m->unit);
	item_add(&it, "better", goals[m->better]);
	fn(&it, arg);
}

static void
each_metric(kind_fn fn, void *arg)
{
	const struct metric *m;

	for (m = metric_table; m->name != NULL; m++)
		metric_item(m, m->name, "a run", fn, arg);
	for (m = metric_measures_table; m->name != NULL; m++)
		metric_item(m, m->name, "a run with scenario.measures", fn,
		    arg);
	for (m = metric_workload_table; m->name != NULL; m++) {
		g_autofree char *name = g_strconcat(KIND_WORKLOAD, m->name,
		    NULL);

		metric_item(m, name, "a workload of a run", fn, arg);
	}
	for (m = metric_observer_table; m->name != NULL; m++) {
		g_autofree char *name = g_strconcat(KIND_OBSERVER, m->name,
		    NULL);

		metric_item(m, name, "an observer of a run", fn, arg);
	}
}

static void
each_verdict(kind_fn fn, void *arg)
{
	int v;

	for (v = VERDICT_OK; v < NVERDICTS; v++) {
		struct kind_item it = { .name = verdict_name((enum verdict)v),
		    .title = verdict_doc((enum verdict)v) };
		g_autofree char *number = g_strdup_printf("%d", v);

		item_add_number(&it, "number", number);
		fn(&it, arg);
	}
}

static void
each_param(kind_fn fn, void *arg)
{
	const struct param *p;

	for (p = param_table; p->group != NULL; p++) {
		g_autofree char *path = g_strdup_printf("%s%s.%s", p->group,
		    param_group_named(p->group) ? ":NAME" : "", p->key);
		g_autofree char *range = param_range(p);
		struct kind_item it = { .name = path, .title = p->doc };

		item_add(&it, "default", p->def);
		item_add(&it, "required", p->flags & PARAM_REQUIRED ? "yes" :
		    NULL);
		item_add(&it, "allowed", range);
		item_add(&it, "unit", param_unit(p));
		item_add(&it, "kernel", p->mirrors);
		fn(&it, arg);
	}
}

static void
each_distribution(kind_fn fn, void *arg)
{
	struct kind_item it;
	const char *form;
	unsigned i;

	it = (struct kind_item){ .name = NULL };
	for (i = 0; distribution_known(i, &it.name, &form, &it.title); i++) {
		it.nfields = 0;
		item_add(&it, "form", form);
		fn(&it, arg);
	}
}

static void
each_column(kind_fn fn, void *arg)
{
	const struct column *c;

	for (c = column_table; c->name != NULL; c++) {
		struct kind_item it = { .name = c->name, .title = c->doc };

		item_add(&it, "file", c->file);
		item_add(&it, "unit", c->unit);
		fn(&it, arg);
	}
}

/* ---- kinds ------------------------------------------------------------- */

const struct kind kinds[] = {
	{ "stacks", "stack", each_stack },
	{ "releases", "release", each_release },
	{ "allocators", "allocator", each_allocator },
	{ "proposals", "proposal", each_proposal },
	{ "locks", "lock", each_lock },
	{ "kernel-locks", "lock of a kernel", each_kernel_lock },
	{ "loads", "load", each_load },
	{ "observers", "kind of observer", each_observer },
	{ "costs", "table of costs", each_costs },
	{ "metrics", "metric", each_metric },
	{ "columns", "column of a result", each_column },
	{ "verdicts", "verdict", each_verdict },
	{ "distributions", "distribution", each_distribution },
	{ "params", "parameter", each_param }
};
const unsigned nkinds = G_N_ELEMENTS(kinds);

const struct kind *
kind_find(const char *name)
{
	unsigned i;

	for (i = 0; i < nkinds; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return (&kinds[i]);
	return (NULL);
}

char *
kind_names(const char *between)
{
	GString *s;
	unsigned i;

	s = g_string_new(NULL);
	for (i = 0; i < nkinds; i++)
		g_string_append_printf(s, "%s%s", i > 0 ? between : "",
		    kinds[i].name);
	return (g_string_free(s, FALSE));
}

bool
kind_means(const struct kind_item *it, const char *named)
{
	const char *end, *owner;

	if (g_ascii_strcasecmp(it->name, named) == 0)
		return (true);
	owner = g_str_has_prefix(it->name, KIND_WORKLOAD) ? KIND_WORKLOAD :
	    KIND_OBSERVER;
	if (!g_str_has_prefix(it->name, owner))
		return (false);
	/* With its underscore, and something in front of that. */
	end = it->name + strlen(owner) - 1;
	return (g_str_has_suffix(named, end) && strlen(named) > strlen(end));
}
