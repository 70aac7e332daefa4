/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Stacks by the names that a user types; see stack_name.h.
 */

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "models/registry.h"
#include "study/scenario/stack_name.h"
#include "study/scenario/stack_proposed.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

char *
stack_name_all(void)
{
	const struct stack *const *s;
	GString *all;

	all = g_string_new(NULL);
	for (s = registry_stacks; *s != NULL; s++)
		g_string_append_printf(all, "%s%s", all->len > 0 ? ", " : "",
		    (*s)->name);
	return (g_string_free(all, FALSE));
}

/* ---- what was perhaps meant -------------------------------------------- */

struct nearest_stacks {
	const char	*typed;
	unsigned	edits;		/* of those below */
	const char	*name;		/* the first of them */
	GPtrArray	*stacks;	/* that have such names */
};

static void
nearest_consider(struct nearest_stacks *n, const struct stack *stack,
    const char *name)
{
	unsigned edits;

	edits = nearest_edits(n->typed, name);
	if (edits == NEAREST_FAR || edits > n->edits)
		return;
	if (edits < n->edits) {
		g_ptr_array_set_size(n->stacks, 0);
		n->edits = edits;
		n->name = name;
	}
	if (!g_ptr_array_find(n->stacks, stack, NULL))
		g_ptr_array_add(n->stacks, (gpointer)(uintptr_t)stack);
}

/* "macos-15": a system by a name that stands in one stack's title only. */
static const struct stack *
nearest_titled(const char *typed)
{
	const struct stack *const *s, *found;
	g_autofree char *name = NULL, *title = NULL;
	size_t length;

	length = strcspn(typed, "-0123456789");
	name = g_ascii_strdown(typed, (gssize)length);
	if (length < 4)
		return (NULL);
	for (s = registry_stacks, found = NULL; *s != NULL; s++) {
		g_free(title);
		title = g_ascii_strdown((*s)->title, -1);
		if (strstr(title, name) == NULL)
			continue;
		if (found != NULL)
			return (NULL);
		found = *s;
	}
	return (found);
}

char *
stack_name_hint(const char *typed)
{
	g_autoptr(GPtrArray) stacks = g_ptr_array_new();
	struct nearest_stacks n = { .typed = typed, .edits = UINT_MAX,
	    .stacks = stacks };
	const struct stack_release *r;
	const struct stack *const *s;
	const struct stack *stack;
	GString *hint;
	guint i;

	for (s = registry_stacks; *s != NULL; s++) {
		nearest_consider(&n, *s, (*s)->name);
		for (r = (*s)->releases; r != NULL && r->name != NULL; r++)
			nearest_consider(&n, *s, r->name);
	}
	if (stacks->len == 1)
		return (g_strdup_printf("; did you mean '%s'?", n.name));
	stack = stacks->len == 0 ? nearest_titled(typed) : NULL;
	if (stack != NULL)
		return (g_strdup_printf("; did you mean '%s'?", stack->name));
	hint = g_string_new(NULL);
	/* Cut short: each of what it may be, and for which releases. */
	if (n.edits == 0 && stacks->len <= 3)
		for (i = 0; i < stacks->len; i++) {
			g_autofree char *releases = NULL;

			stack = stacks->pdata[i];
			releases = stack_name_releases(stack);
			g_string_append_printf(hint, "%s '%s' (%s)", i == 0 ?
			    "; which of" : ",", stack->name, releases);
		}
	if (hint->len > 0)
		g_string_append_c(hint, '?');
	return (g_string_free(hint, FALSE));
}

const struct stack *
stack_name_find(const char *typed)
{

	return (stack_name_parse(typed, NULL));
}

/* Before the first plus; g_free(). */
static char *
without_proposals(const char *typed)
{

	return (g_strndup(typed, strcspn(typed, (const char[]){ STACK_PLUS,
	    '\0' })));
}

const struct stack *
stack_name_parse(const char *typed, GError **error)
{
	g_autofree char *all = NULL, *hint = NULL, *quoted = NULL;
	g_autofree char *base = without_proposals(typed);
	const struct stack *stack;

	stack = stack_find(base);
	if (stack != NULL && typed[strlen(base)] == STACK_PLUS)
		return (stack_proposed(stack, typed + strlen(base) + 1,
		    error));
	typed = base;
	if (stack == NULL) {
		all = stack_name_all();
		hint = stack_name_hint(typed);
		quoted = problem_quote(typed);
		problem_set(error, "%s is no stack; allowed: %s, and the "
		    "releases of `pcbsim list releases'%s", quoted, all, hint);
	}
	return (stack);
}

/* ---- what stands for what ---------------------------------------------- */

/* "12.2" of "freebsd-12.2"; NULL of "freebsd-12", which is short for more. */
static const char *
release_number(const struct stack_release *r)
{
	const char *number;

	number = strrchr(r->name, '-');
	number = number == NULL ? r->name : number + 1;
	return (strchr(number, '.') == NULL ? NULL : number);
}

/* Of one major number. */
static bool
release_related(const char *a, const char *b)
{
	size_t n;

	n = strcspn(a, ".");
	return (strcspn(b, ".") == n && strncmp(a, b, n) == 0);
}

char *
stack_name_releases(const struct stack *stack)
{
	const struct stack_release *r;
	const char *first, *last, *number;
	GString *out;

	out = g_string_new(NULL);
	first = last = NULL;
	for (r = stack->releases; r != NULL; r++) {
		number = r->name == NULL ? NULL : release_number(r);
		if (r->name != NULL && number == NULL)
			continue;
		if (number != NULL && first != NULL &&
		    release_related(first, number)) {
			last = number;
			continue;
		}
		if (first != NULL)
			g_string_append_printf(out, "%s%s%s%s", out->len > 0 ?
			    ", " : "", first, last != first ? "-" : "",
			    last != first ? last : "");
		first = last = number;
		if (r->name == NULL)
			break;
	}
	if (out->len == 0)
		g_string_append_c(out, '-');
	return (g_string_free(out, FALSE));
}

char *
stack_name_resolved(const struct stack *stack, const char *typed)
{
	g_autofree char *base = NULL;

	/* A variant that no file named has no other name. */
	if (typed == NULL || strcmp(stack->name, typed) == 0)
		return (NULL);
	if (stack->proposal == NULL)
		return (g_strdup_printf("%s: %s stands for it (%s)", typed,
		    stack->name, stack_known_name(stack_known_of(stack,
		    typed))));
	base = without_proposals(typed);
	return (g_str_has_prefix(stack->name, base) &&
	    stack->name[strlen(base)] == STACK_PLUS ? NULL :
	    g_strdup_printf("%s: %s stands for it", typed, stack->name));
}
