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

const char *
param_unit(const struct param *p)
{

	switch (p->type) {
	case PARAM_DURATION:
	case PARAM_DIST:
		return ("ns us ms s min h");
	case PARAM_RATE:
	case PARAM_PROFILE:
		return ("/s /min /h, with k M G");
	case PARAM_COUNT:
		return ("none, or k M G Ki Mi Gi");
	case PARAM_FACTOR:
		return ("none, or %");
	default:
		return ("none");
	}
}

void
param_add_number(const struct param *p, GString *out, uint64_t value)
{

	switch (p->type) {
	case PARAM_DURATION:
		unit_add_duration(out, (simtime)value);
		break;
	case PARAM_RATE:
	case PARAM_PROFILE:
		unit_add_rate(out, value);
		break;
	case PARAM_FACTOR:
		unit_add_factor(out, value);
		break;
	default:
		unit_add_count(out, value);
		break;
	}
}

static const char *
range_words(const struct param *p)
{

	switch (p->type) {
	case PARAM_TEXT:
		return ("text");
	case PARAM_NAME:
		return ("letters, digits, - _ . +; no . or - in front");
	case PARAM_BOOL:
		return ("0 or 1");
	case PARAM_DIST:
		return ("constant(x), uniform(a, b), exponential(mean), "
		    "lognormal(median, sigma), pareto(min, alpha), "
		    "empirical(FILE)");
	case PARAM_ADDRS:
		return ("addresses such as 198.51.100.1*50, lists with ;");
	case PARAM_PORTS:
		return ("ports such as 443 or 8000-8099, lists with ;");
	case PARAM_PORTRANGE:
		return ("default, high, low, or a range such as 10000-10999");
	case PARAM_FILE:
		return ("a file");
	case PARAM_COSTS:
		return ("a built-in table of costs, or a file NAME.csv");
	case PARAM_STACK:
		return ("a stack");
	case PARAM_LOAD:
		return ("a load");
	default:
		return ("any");
	}
}

char *
param_range(const struct param *p)
{
	GString *out;

	out = g_string_new(NULL);
	if (p->choices != NULL) {
		g_string_append(out, p->choices);
		g_string_replace(out, ";", p->type == PARAM_FLAGS ? "; " :
		    ", ", 0);
	} else if (p->max == 0) {
		g_string_append(out, range_words(p));
	} else if (p->min == p->max) {
		param_add_number(p, out, p->min);
	} else {
		param_add_number(p, out, p->min);
		g_string_append(out, " to ");
		param_add_number(p, out, p->max);
		if (p->flags & PARAM_POWER_OF_2)
			g_string_append(out, ", a power of two or 0");
	}
	if (p->word != NULL)
		g_string_append_printf(out, ", or %s", p->word);
	return (g_string_free(out, FALSE));
}
