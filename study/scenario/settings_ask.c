/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Asking what a scenario's files say of a key; see settings.h.
 *
 * A scenario that is loaded asks some hundred times, and a sweep loads one a
 * run: so no memory is taken for a name.
 */

#include <string.h>

#include "models/stacks/stack.h"
#include "study/scenario/settings.h"

#define	SETTINGS_MAXPATH	160	/* bytes of GROUP.KEY */

/* "A.B" into a buffer; false: it is longer than any good name. */
static bool
name_join(char *buf, size_t size, const char *a, char between, const char *b)
{
	size_t la, lb;

	la = strlen(a);
	lb = strlen(b);
	if (la + lb + 2 > size)
		return (false);
	memcpy(buf, a, la);
	buf[la] = between;
	memcpy(buf + la + 1, b, lb + 1);
	return (true);
}

const struct keyfile_entry *
settings_own(const struct settings *st, const char *variant,
    const char *group, const struct param *p)
{
	char own[SETTINGS_MAXPATH], path[SETTINGS_MAXPATH];

	if (variant == NULL ||
	    !name_join(own, sizeof(own), "variant", ':', variant))
		return (NULL);
	if (strcmp(own, group) == 0)
		return (keyfile_get(st->keyfile, group, p->key));
	if (!name_join(path, sizeof(path), group, '.', p->key))
		return (NULL);
	return (keyfile_get(st->keyfile, own, path));
}

const struct keyfile_entry *
settings_entry(const struct settings *st, const char *variant,
    const char *group, const struct param *p)
{
	const struct keyfile_entry *e;

	e = settings_own(st, variant, group, p);
	return (e != NULL ? e : keyfile_get(st->keyfile, group, p->key));
}

const struct stack *
settings_stack(struct settings *st, const char *variant)
{
	g_autofree char *group = g_strconcat("variant:", variant, NULL);
	const struct value *v;

	v = settings_value(st, variant, group, param_find(group, "stack"));
	return (v == NULL ? NULL : v->ref);
}

/* A kernel's own default goes over that of the table. */
static const char *
default_text(struct settings *st, const char *variant, const struct param *p)
{
	const struct stack *stack;
	const char *def;

	if (variant == NULL || strcmp(p->group, "kernel") != 0)
		return (p->def);
	stack = settings_stack(st, variant);
	def = stack == NULL ? NULL : stack_default(stack, p->key);
	return (def != NULL ? def : p->def);
}

const struct value *
settings_default(struct settings *st, const struct param *p)
{

	return (p->def == NULL ? NULL : defaults_get(st->defaults, p, p->def));
}

const struct value *
settings_value(struct settings *st, const char *variant, const char *group,
    const struct param *p)
{
	const struct keyfile_entry *e;
	const char *text;

	e = settings_entry(st, variant, group, p);
	if (e != NULL)
		return (g_hash_table_lookup(st->values, e));
	text = default_text(st, variant, p);
	return (text == NULL ? NULL : defaults_get(st->defaults, p, text));
}
