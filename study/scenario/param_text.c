/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What the value of a key may be, for people; see param.h.
 */

#include <string.h>

#include "study/scenario/param.h"
#include "study/text/unit.h"

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
	} else if (p->type == PARAM_ADDRS) {
		g_string_append_printf(out, "%s, at most %ju", range_words(p),
		    (uintmax_t)p->max);
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
