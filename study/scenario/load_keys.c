/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Keys and the load that looks at them; see load_keys.h.
 */

#include <string.h>

#include "models/machine/load.h"
#include "models/registry.h"
#include "study/scenario/load_keys.h"

static bool
list_has(const char *list, const char *key)
{
	g_auto(GStrv) items = g_strsplit(list, ";", -1);

	return (g_strv_contains((const char *const *)items, key));
}

bool
load_replays(const struct load *load)
{

	return (list_has(load->needs, "file"));
}

bool
load_needs(const struct load *load, const struct param *p)
{

	return (list_has(load->needs, p->key));
}

bool
load_takes(const struct load *load, const struct param *p)
{

	if (p->flags & PARAM_BY_LOAD)
		return (list_has(load->needs, p->key) ||
		    list_has(load->takes, p->key));
	/* A recording says what it binds to. */
	return (strcmp(p->key, "laddrs") != 0 || !load_replays(load));
}

static char *
loads_that_take(const struct param *p)
{
	GString *out;
	unsigned i;

	out = g_string_new(NULL);
	for (i = 0; registry_loads[i] != NULL; i++)
		if (load_takes(registry_loads[i], p))
			g_string_append_printf(out, "%s%s", out->len > 0 ?
			    ", " : "", registry_loads[i]->name);
	return (g_string_free(out, FALSE));
}

/* A key that stands there although the load does not look at it. */
static void
load_check_key(struct settings *st, const struct keyfile_entry *e,
    const struct load *load, const struct param *p)
{
	g_autofree char *loads = NULL;

	if (!load_takes(load, p)) {
		loads = loads_that_take(p);
		settings_problem(st, e, "load = %s does not look at it; loads "
		    "that do: %s", load->name, loads);
	} else if (load_replays(load) && strcmp(p->key, "bind") == 0 &&
	    strcmp(e->value, "laddr+port") != 0)
		settings_problem(st, e, "a replay binds as recorded; allowed: "
		    "laddr+port, which binds to the recorded port, too");
}

static const struct load *
load_of(struct settings *st, const char *variant, const char *group)
{
	const struct value *v;

	v = settings_value(st, variant, group, param_find(group, "load"));
	return (v == NULL ? NULL : v->ref);
}

/* Keys in the file itself, or in the variant, that its load ignores. */
void
load_keys_check(struct settings *st, const char *variant, const char *group)
{
	const struct keyfile_entry *e;
	const struct load *load;
	const struct param *p;

	load = load_of(st, variant, group);
	if (load == NULL)
		return;
	for (p = param_table; p->group != NULL; p++) {
		if (!param_in(p, group))
			continue;
		e = variant != NULL ? settings_own(st, variant, group, p) :
		    settings_entry(st, NULL, group, p);
		if (e != NULL)
			load_check_key(st, e, load, p);
	}
}
