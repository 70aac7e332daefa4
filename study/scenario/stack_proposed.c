/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Stacks with proposals by name; see stack_proposed.h.
 */

#include <stdint.h>
#include <string.h>

#include "models/registry.h"
#include "models/stacks/compose.h"
#include "study/scenario/stack_proposed.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

struct composed {
	struct stack	stack;
	struct proposal	sum;
	GString		*name, *title, *source, *left_out;
};

static struct {
	GMutex		lock;
	GHashTable	*by_name;	/* of struct composed; NULL: none yet */
} composed;

static void
composed_free(void *arg)
{
	struct composed *c;

	c = arg;
	g_string_free(c->name, TRUE);
	g_string_free(c->title, TRUE);
	g_string_free(c->source, TRUE);
	g_string_free(c->left_out, TRUE);
	g_free(c);
}

/* The one that is there already, or this one from now on. */
static const struct stack *
composed_keep(struct composed *c)
{
	struct composed *there;

	g_mutex_lock(&composed.lock);
	if (composed.by_name == NULL)
		composed.by_name = g_hash_table_new_full(g_str_hash,
		    g_str_equal, NULL, composed_free);
	there = g_hash_table_lookup(composed.by_name, c->name->str);
	if (there == NULL)
		g_hash_table_insert(composed.by_name, c->name->str, c);
	g_mutex_unlock(&composed.lock);
	if (there != NULL)
		composed_free(c);
	return (there != NULL ? &there->stack : &c->stack);
}

char *
stack_proposed_all(void)
{
	const struct proposal *const *p;
	GString *all;

	all = g_string_new(NULL);
	for (p = registry_proposals; *p != NULL; p++)
		g_string_append_printf(all, "%s%s", all->len > 0 ? ", " : "",
		    (*p)->name);
	return (g_string_free(all, FALSE));
}

/* ---- what does not fit ------------------------------------------------- */

static void
unknown(const char *typed, GError **error)
{
	g_autofree char *all = stack_proposed_all();
	g_autofree char *hint = NULL, *quoted = problem_quote(typed);
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const struct proposal *const *p;

	for (p = registry_proposals; *p != NULL; p++)
		g_ptr_array_add(names, (gpointer)(uintptr_t)(*p)->name);
	hint = nearest_hint(typed, (const char *const *)names->pdata,
	    names->len);
	problem_set(error, "%s is no proposal; allowed: %s%s", quoted, all,
	    hint);
}

static void
unfit(const struct stack *base, const struct proposal *p, enum stack_fit why,
    GError **error)
{
	static const char *const whys[] = {
		[STACK_OTHER_FAMILY] = "it is not worked out for this "
		    "kernel's tables",
		[STACK_OTHER_LOCKS] = "it is not worked out for this "
		    "kernel's locks",
		[STACK_BOTH_LOCKS] = "another proposal changes the locks, too",
		[STACK_BOTH_ORDER] = "another proposal changes the order of "
		    "trying, too"
	};

	problem_set(error, "proposal '%s' does not go with %s: %s", p->name,
	    base->name, whys[why]);
}

/* ---- putting together -------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{

	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

static void
composed_add(struct composed *c, const struct proposal *p)
{

	g_string_append_printf(c->name, "%c%s", STACK_PLUS, p->name);
	g_string_append_printf(c->title, "; %s", p->title);
	g_string_append_printf(c->source, "; proposed, no kernel's: %s (%s)",
	    p->title, p->changes);
	if (p->left_out != NULL)
		g_string_append_printf(c->left_out, "%s%s",
		    c->left_out->len > 0 ? "; " : "", p->left_out);
}

static struct composed *
composed_new(const struct stack *base)
{
	struct composed *c;

	c = g_new0(struct composed, 1);
	c->stack = *base;
	c->name = g_string_new(base->name);
	c->title = g_string_new(base->title);
	c->source = g_string_new(base->source);
	c->left_out = g_string_new(base->left_out);
	return (c);
}

const struct stack *
stack_proposed(const struct stack *base, const char *proposals, GError **error)
{
	g_auto(GStrv) names = g_strsplit(proposals, "+", -1);
	const struct proposal *p;
	struct composed *c;
	enum stack_fit fit;
	guint i, n;

	n = g_strv_length(names);
	qsort(names, n, sizeof(*names), by_name);
	c = composed_new(base);
	for (i = 0; i < n; i++) {
		if (i > 0 && strcmp(names[i], names[i - 1]) == 0)
			continue;
		p = proposal_find(names[i]);
		if (p == NULL) {
			unknown(names[i], error);
			break;
		}
		fit = stack_compose(&c->stack, &c->sum, p);
		if (fit != STACK_FITS) {
			unfit(base, p, fit, error);
			break;
		}
		composed_add(c, p);
	}
	if (i < n || n == 0) {
		if (n == 0)
			unknown("", error);
		composed_free(c);
		return (NULL);
	}
	c->stack.name = c->sum.name = c->name->str;
	c->stack.title = c->title->str;
	c->stack.source = c->source->str;
	c->stack.left_out = c->left_out->str;
	return (composed_keep(c));
}
