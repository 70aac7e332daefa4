/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Keys of a scenario: finding and telling of them; see param.h.
 */

#include <string.h>

#include "study/scenario/param.h"
#include "study/text/nearest.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

/* The length of the part of a group that names its kind. */
static size_t
group_kind(const char *group)
{

	return (strcspn(group, ":"));
}

bool
param_in(const struct param *p, const char *group)
{
	size_t len;

	len = group_kind(group);
	return (strlen(p->group) == len &&
	    strncmp(p->group, group, len) == 0 &&
	    (group[len] == ':') == param_group_named(p->group));
}

bool
param_group_named(const char *group)
{

	return (strcmp(group, "workload") == 0 ||
	    strcmp(group, "observer") == 0 || strcmp(group, "variant") == 0);
}

bool
param_group_known(const char *group)
{
	const struct param *p;

	for (p = param_table; p->group != NULL; p++)
		if (param_in(p, group))
			return (true);
	return (false);
}

const struct param *
param_find(const char *group, const char *key)
{
	const struct param *p;

	for (p = param_table; p->group != NULL; p++)
		/* Few keys are alike, many groups: a sweep asks often. */
		if (*p->key == *key && strcmp(p->key, key) == 0 &&
		    param_in(p, group))
			return (p);
	return (NULL);
}

void
param_unknown(const char *group, const char *key, GError **error)
{
	const char *names[PARAM_MAXKEYS];
	const struct param *p;
	unsigned n;
	char *hint, *quoted;

	n = 0;
	for (p = param_table; p->group != NULL; p++)
		if (param_in(p, group))
			names[n++] = p->key;
		else if (strcmp(group, "kernel") == 0 && p->mirrors != NULL)
			names[n++] = p->mirrors;
	hint = nearest_hint(key, names, n);
	quoted = problem_quote(key);
	problem_set(error, "there is no key %s%s", quoted, *hint != '\0' ?
	    hint : "; see `pcbsim list params'");
	g_free(quoted);
	g_free(hint);
}
