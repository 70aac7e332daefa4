/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lists of IPv4 addresses; see addrs.h.
 */

#include <string.h>

#include "models/net/net.h"
#include "study/scenario/addrs.h"
#include "study/text/problem.h"
#include "study/text/unit.h"

bool
addrs_is_host(uint32_t addr)
{
	unsigned first;

	first = addr & 0xff;		/* see models/net/net.h on the order */
	return (first >= 1 && first <= 223);
}

/* One item: ADDRESS or ADDRESS*N. */
static bool
addrs_item(char *item, unsigned max, GArray *list, GError **error)
{
	uint64_t i, n;
	uint32_t addr, each;
	char *star;

	n = 1;
	star = strchr(item, '*');
	if (star != NULL) {
		*star = '\0';
		if (!unit_count(g_strstrip(star + 1), &n, error)) {
			g_prefix_error(error, "the number after * ");
			return (false);
		}
		g_strchomp(item);
	}
	if (!net_addr_parse(item, &addr)) {
		g_autofree char *quoted = problem_quote(item);

		if (strchr(item, ':') != NULL)
			return (problem_set(error, "%s: IPv6 is out of scope; "
			    "allowed: IPv4 addresses such as 198.51.100.1",
			    quoted), false);
		problem_set(error, "%s is not an IPv4 address; allowed: four "
		    "numbers 0..255 such as 198.51.100.1, 198.51.100.1*50, "
		    "lists with ';'", quoted);
		return (false);
	}
	if (n < 1 || n > max - list->len) {
		problem_set(error, "a list has 1 to %u addresses", max);
		return (false);
	}
	for (i = 0; i < n; i++) {
		each = net_addr_add(addr, (uint32_t)i);
		if (!addrs_is_host(each)) {
			char buf[16];

			problem_set(error, "no host has the address %s; "
			    "allowed: 1.0.0.0 to 223.255.255.255",
			    net_addr_format(each, buf));
			return (false);
		}
		g_array_append_val(list, each);
	}
	return (true);
}

bool
addrs_parse(const char *text, unsigned max, GArray *list, GError **error)
{
	g_auto(GStrv) items = NULL;
	unsigned i;

	items = g_strsplit(text, ";", -1);
	for (i = 0; items[i] != NULL; i++) {
		g_strstrip(items[i]);
		/* A list may end in ;, as key files' lists do. */
		if (*items[i] == '\0' && i > 0 && items[i + 1] == NULL)
			break;
		if (!addrs_item(items[i], max, list, error))
			return (false);
	}
	if (list->len == 0) {
		problem_set(error, "is empty; allowed: addresses such as "
		    "198.51.100.1*50, lists with ;");
		return (false);
	}
	return (true);
}

void
addrs_add(GString *out, const uint32_t *addrs, unsigned n)
{
	unsigned i, run;
	char buf[16];

	for (i = 0; i < n; i += run) {
		for (run = 1; i + run < n && addrs[i + run] ==
		    net_addr_add(addrs[i], run); run++)
			;
		g_string_append_printf(out, "%s%s", i > 0 ? "; " : "",
		    net_addr_format(addrs[i], buf));
		if (run > 1)
			g_string_append_printf(out, "*%u", run);
	}
}
