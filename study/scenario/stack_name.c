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
	GPtrArray	*names;		/* of stacks and releases */
	GPtrArray	*stacks;	/* that have such names */
	bool		same;		/* but for capital letters */
};

static void
nearest_consider(struct nearest_stacks *n, const struct stack *stack,
    const char *name)
{
	unsigned edits;

	if (n->same)
		return;
	edits = nearest_edits(n->typed, name);
	n->same = g_ascii_strcasecmp(n->typed, name) == 0;
	if (edits == NEAREST_FAR || edits > n->edits)
		return;
	if (edits < n->edits || n->same) {
		g_ptr_array_set_size(n->stacks, 0);
		g_ptr_array_set_size(n->names, 0);
		n->edits = edits;
	}
	g_ptr_array_add(n->names, (gpointer)(uintptr_t)name);
	if (!g_ptr_array_find(n->stacks, stack, NULL))
		g_ptr_array_add(n->stacks, (gpointer)(uintptr_t)stack);
}

/* The numbers of "freebsd-12.2", and where they begin; false: it has none. */
static bool
nearest_numbers(const char *name, size_t *at, guint64 number[2])
{
	char *end;

	*at = strcspn(name, "0123456789");
	if (name[*at] == '\0')
		return (false);
	number[0] = g_ascii_strtoull(name + *at, &end, 10);
	number[1] = *end == '.' ? g_ascii_strtoull(end + 1, &end, 10) : 0;
	return (*end == '\0');
}

/* How far two numbers of one system are apart; UINT64_MAX: of none. */
static guint64
nearest_apart(const char *a, const char *b)
{
	guint64 x[2], y[2];
	size_t at, bt;

	if (!nearest_numbers(a, &at, x) || !nearest_numbers(b, &bt, y) ||
	    at != bt || g_ascii_strncasecmp(a, b, at) != 0 ||
	    x[0] > UINT32_MAX || x[1] > UINT32_MAX)
		return (UINT64_MAX);
	return ((MAX(x[0], y[0]) - MIN(x[0], y[0])) << 32 |
	    (MAX(x[1], y[1]) - MIN(x[1], y[1])));
}

/*
 * Of the names of several stacks the one with the next number; NULL: none has,
 * or two have.
 */
static const char *
nearest_numbered(const struct nearest_stacks *n)
{
	const char *name;
	guint64 apart, least;
	guint i;

	name = NULL;
	for (i = 0, least = UINT64_MAX; i < n->names->len; i++) {
		apart = nearest_apart(n->typed, n->names->pdata[i]);
		if (apart < least)
			name = n->names->pdata[i];
		else if (apart == least)
			name = NULL;
		least = MIN(least, apart);
	}
	return (name);
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

/* Cut short: each of what it may be, and for which releases; or "". */
static char *
nearest_cut(const struct nearest_stacks *n)
{
	const struct stack *stack;
	GString *hint;
	guint i;

	hint = g_string_new(NULL);
	for (i = 0; n->stacks->len <= 3 && i < n->stacks->len; i++) {
		g_autofree char *releases = NULL;

		stack = n->stacks->pdata[i];
		g_string_append_printf(hint, "%s '%s'", i == 0 ?
		    "; which of" : ",", stack->name);
		if (stack->releases == NULL)
			continue;
		releases = stack_name_releases(stack);
		if (strcmp(releases, "-") != 0)
			g_string_append_printf(hint, " (%s)", releases);
	}
	if (hint->len > 0)
		g_string_append_c(hint, '?');
	return (g_string_free(hint, FALSE));
}

/* What to say of the names that are nearest; "": nothing. */
static char *
nearest_told(const struct nearest_stacks *n)
{
	const struct stack *titled;
	const char *name;

	name = nearest_numbered(n);
	/* The numbers of one stack say the same; the first may be its name. */
	if (name == NULL && n->stacks->len == 1)
		name = n->names->pdata[0];
	if (name != NULL && (n->edits > 0 || n->stacks->len == 1))
		return (g_strdup_printf("; did you mean '%s'?", name));
	titled = n->stacks->len == 0 ? nearest_titled(n->typed) : NULL;
	if (titled != NULL)
		return (g_strdup_printf("; did you mean '%s'?", titled->name));
	return (n->edits == 0 ? nearest_cut(n) : g_strdup(""));
}

char *
stack_name_hint(const char *typed)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autoptr(GPtrArray) stacks = g_ptr_array_new();
	struct nearest_stacks n = { .typed = typed, .edits = UINT_MAX,
	    .names = names, .stacks = stacks };
	const struct stack_release *r;
	const struct stack *const *s;

	for (s = registry_stacks; *s != NULL; s++) {
		nearest_consider(&n, *s, (*s)->name);
		for (r = (*s)->releases; r != NULL && r->name != NULL; r++)
			nearest_consider(&n, *s, r->name);
	}
	return (nearest_told(&n));
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
