/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lists and ranges of ports; see ports.h.
 */

#include <string.h>

#include "study/scenario/ports.h"
#include "study/text/problem.h"

static bool
port_parse(const char *text, uint16_t *port)
{
	guint64 value;

	if (!g_ascii_string_to_unsigned(text, 10, 1, 65535, &value, NULL))
		return (false);
	*port = (uint16_t)value;
	return (true);
}

bool
ports_parse_range(const char *text, uint16_t *first, uint16_t *last,
    GError **error)
{
	g_auto(GStrv) ends = g_strsplit(text, "-", 2);
	g_autofree char *quoted = NULL;
	unsigned i;

	for (i = 0; ends[i] != NULL; i++)
		g_strstrip(ends[i]);
	if (i > 0 && port_parse(ends[0], first) &&
	    port_parse(ends[i - 1], last) && *first <= *last)
		return (true);
	quoted = problem_quote(text);
	problem_set(error, "%s is no port; allowed: 1 to 65535, or a range "
	    "such as 8000-8099", quoted);
	return (false);
}

bool
ports_parse(const char *text, GArray *ports, GError **error)
{
	g_auto(GStrv) items = g_strsplit(text, ";", -1);
	g_autofree bool *there = g_new0(bool, 65536);
	uint16_t first, last;
	unsigned i, p;

	for (i = 0; items[i] != NULL; i++) {
		if (!ports_parse_range(g_strstrip(items[i]), &first, &last,
		    error))
			return (false);
		for (p = first; p <= last; p++) {
			const uint16_t port = (uint16_t)p;

			if (there[p]) {
				problem_set(error, "port %u stands there "
				    "twice", p);
				return (false);
			}
			there[p] = true;
			g_array_append_val(ports, port);
		}
	}
	if (ports->len > 0)
		return (true);
	problem_set(error, "is empty; allowed: a port, or a list with ;");
	return (false);
}

void
ports_add(GString *out, const uint16_t *ports, unsigned n)
{
	unsigned end, i;

	for (i = 0; i < n; i = end + 1) {
		for (end = i; end + 1 < n && ports[end + 1] == ports[end] + 1;
		    end++)
			continue;
		g_string_append_printf(out, "%s%u", i > 0 ? ";" : "",
		    ports[i]);
		if (end > i)
			g_string_append_printf(out, "-%u", ports[end]);
	}
}

static const char *const portrange_words[] = {
	[PORTRANGE_DEFAULT] = "default",
	[PORTRANGE_HIGH] = "high",
	[PORTRANGE_LOW] = "low"
};

bool
portrange_parse(const char *text, struct portrange *pr, GError **error)
{
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(portrange_words); i++)
		if (strcmp(text, portrange_words[i]) == 0) {
			pr->kind = (enum portrange_kind)i;
			return (true);
		}
	pr->kind = PORTRANGE_OWN;
	if (ports_parse_range(text, &pr->first, &pr->last, NULL))
		return (true);
	problem_set(error, "is no range; allowed: default, high, low, or a "
	    "range such as 10000-10999");
	return (false);
}

void
portrange_add(GString *out, const struct portrange *pr)
{

	if (pr->kind == PORTRANGE_OWN)
		g_string_append_printf(out, "%u-%u", pr->first, pr->last);
	else
		g_string_append(out, portrange_words[pr->kind]);
}
