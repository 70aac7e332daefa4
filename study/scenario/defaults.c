/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Defaults that were parsed; see defaults.h.
 */

#include <glib.h>

#include "sim/kassert.h"
#include "study/scenario/defaults.h"

struct defaults {
	const struct defaults *base;
	GHashTable	*known;		/* of struct defaults_item */
};

struct defaults_item {
	const struct param *param;
	const char	*text;
	struct value	*value;
};

static guint
item_hash(const void *arg)
{
	const struct defaults_item *it;

	it = arg;
	return (g_direct_hash(it->param) * 31 + g_direct_hash(it->text));
}

static gboolean
item_equal(const void *a, const void *b)
{
	const struct defaults_item *x, *y;

	x = a;
	y = b;
	return (x->param == y->param && x->text == y->text);
}

static void
item_free(void *arg)
{
	struct defaults_item *it;

	it = arg;
	value_free(it->value);
	g_free(it);
}

struct defaults *
defaults_new(const struct defaults *base)
{
	struct defaults *d;

	d = g_new(struct defaults, 1);
	d->base = base;
	d->known = g_hash_table_new_full(item_hash, item_equal, NULL,
	    item_free);
	return (d);
}

void
defaults_free(struct defaults *d)
{

	g_hash_table_unref(d->known);
	g_free(d);
}

const struct value *
defaults_get(struct defaults *d, const struct param *p, const char *text)
{
	const struct defaults_item asked = { .param = p, .text = text };
	const struct defaults *at;
	struct defaults_item *it;

	for (at = d; at != NULL; at = at->base) {
		it = g_hash_table_lookup(at->known, &asked);
		if (it != NULL)
			return (it->value);
	}
	it = g_new(struct defaults_item, 1);
	*it = asked;
	it->value = value_new(p, text, ".", NULL);
	KASSERT(it->value != NULL, ("default of %s.%s", p->group, p->key));
	g_hash_table_add(d->known, it);
	return (it->value);
}
