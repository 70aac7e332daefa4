/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * set and sysctl: the range, and the knobs of a kernel (models/net/net.h).
 *
 * Theory:	one file of operations is asked of many kernels, so a knob that
 *		another family has is read like the own ones, and then nothing
 *		is done.
 */

#include <string.h>

#include <glib.h>

#include "models/net/family.h"
#include "models/registry.h"
#include "models/stacks/stack.h"
#include "study/script/core.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"

static bool
set_range(struct script *s)
{
	uint16_t first, last;

	if (s->nfields != 4) {
		problem_set(s->error, "set: range needs two fields: "
		    "first,last");
		return (false);
	}
	if (!script_range_port(s, 2, "first", &first) ||
	    !script_range_port(s, 3, "last", &last))
		return (false);
	net_set_range(s->net, first, last);
	return (true);
}

static const struct net_knob *
knob_of(const struct net_knob *k, const char *name)
{

	for (; k->name != NULL; k++)
		if (strcmp(k->name, name) == 0)
			return (k);
	return (NULL);
}

/* That knob of another family; NULL if none has it. */
static const struct net_knob *
foreign_knob(const char *name)
{
	const struct stack *const *t;
	const struct net_knob *k;

	for (t = registry_stacks; *t != NULL; t++) {
		k = knob_of((*t)->family->knobs, name);
		if (k != NULL)
			return (k);
	}
	return (NULL);
}

/* Say which names there are. */
static void
no_knob(struct script *s)
{
	g_autoptr(GPtrArray) names = NULL;
	g_autofree char *all = NULL, *hint = NULL, *list = NULL;
	const struct net_knob *k;

	names = g_ptr_array_new();
	for (k = net_knobs(s->net); k->name != NULL; k++)
		g_ptr_array_add(names, (gpointer)k->name);
	g_ptr_array_add(names, (gpointer)"range");
	hint = nearest_hint(s->field[1], (const char *const *)names->pdata,
	    names->len);
	g_ptr_array_add(names, NULL);
	all = g_strjoinv(", ", (char **)names->pdata);
	list = g_strdup_printf("one of %s%s", all, hint);
	script_bad_field(s, "name", s->field[1], list);
}

/* Field i as a value of the knob. */
static bool
knob_value(struct script *s, const struct net_knob *k, unsigned i,
    uint64_t *value)
{
	g_autofree char *all = NULL, *list = NULL;
	uint16_t port;
	bool on;

	if (k->words != NULL) {
		if (net_knob_word(k, s->field[i], value))
			return (true);
		all = g_strjoinv(", ", (char **)(guintptr)k->words);
		list = g_strdup_printf("one of %s", all);
		return (script_bad_field(s, k->name, s->field[i], list));
	}
	if (k->max == 1) {
		if (!script_flag(s, i, k->name, &on))
			return (false);
		*value = on;
		return (true);
	}
	if (k->max == UINT16_MAX) {
		if (!script_port(s, i, k->name, &port))
			return (false);
		*value = port;
		return (true);
	}
	return (script_uint(s, i, k->name, k->max, value));
}

/* Read the value; `mine': it is a knob of this kernel, so set it, too. */
static bool
set_knob(struct script *s, const struct net_knob *k, bool mine)
{
	uint64_t at, value;

	if (s->nfields != (k->set_at != NULL ? 4 : 3)) {
		problem_set(s->error, "%s: %s takes %s", s->field[0], k->name,
		    k->set_at != NULL ? "a number and a value" : "a value");
		return (false);
	}
	if (k->early && s->ids->len > 0) {
		problem_set(s->error, "%s: %s: allowed before the first "
		    "socket only", s->field[0], k->name);
		return (false);
	}
	if (k->set_text != NULL) {
		if (!mine)
			return (true);
		g_strdelimit(s->field[2], ";", ',');
		return (k->set_text(s->net, s->field[2]) ||
		    script_bad_field(s, k->name, s->field[2], "as the kernel "
		    "would take it"));
	}
	if (k->set_at == NULL) {
		if (!knob_value(s, k, 2, &value))
			return (false);
		if (mine)
			k->set(s->net, value);
		return (true);
	}
	if (!script_uint(s, 2, k->name, k->max_at, &at) ||
	    !knob_value(s, k, 3, &value))
		return (false);
	if (mine)
		k->set_at(s->net, at, value);
	return (true);
}

bool
script_sysctl(struct script *s)
{
	const struct net_knob *k;

	k = knob_of(net_knobs(s->net), s->field[1]);
	if (k != NULL)
		return (set_knob(s, k, true));
	k = foreign_knob(s->field[1]);
	if (k != NULL)
		return (set_knob(s, k, false));
	no_knob(s);
	return (false);
}

bool
script_set(struct script *s)
{

	return (strcmp(s->field[1], "range") == 0 ? set_range(s) :
	    script_sysctl(s));
}
