/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which addresses are this machine's; see locals.h.
 */

#include <string.h>

#include "models/net/net.h"
#include "study/capture/locals.h"
#include "study/text/problem.h"

/* The first octet is the low byte of an address, the high one of a number. */
static uint32_t
locals_number(uint32_t addr)
{

	return (GUINT32_SWAP_LE_BE(addr));
}

static bool
locals_count(const char *text, uint64_t most, uint64_t *n)
{
	char *end;

	*n = g_ascii_strtoull(text, &end, 10);
	return (g_ascii_isdigit(*text) && *end == '\0' && *n <= most);
}

static bool
locals_item(const char *item, GArray *ranges, GError **error)
{
	g_autofree char *text = g_strdup(item), *quoted = NULL;
	struct locals_range r;
	uint64_t n;
	uint32_t addr;
	char *end, mark;

	end = text + strcspn(text, "/*");
	mark = *end;
	*end = '\0';
	quoted = problem_quote(item);
	if (strchr(text, ':') != NULL) {
		problem_set(error, "%s is an IPv6 address; only IPv4 is "
		    "modelled", quoted);
		return (false);
	}
	if (!net_addr_parse(g_strchomp(text), &addr) ||
	    (mark == '/' && !locals_count(end + 1, 32, &n)) ||
	    (mark == '*' && (!locals_count(g_strchug(end + 1), 1 << 16, &n) ||
	    n == 0))) {
		problem_set(error, "%s is no address; allowed: 192.0.2.10, "
		    "192.0.2.0/24, 192.0.2.10*5 and lists of them with ,",
		    quoted);
		return (false);
	}
	r.first = r.last = locals_number(addr);
	if (mark == '/') {
		r.first &= n == 0 ? 0 : UINT32_MAX << (32 - n);
		r.last = r.first | (n == 32 ? 0 : UINT32_MAX >> n);
	} else if (mark == '*')
		r.last = r.first + MIN((uint32_t)n - 1, UINT32_MAX - r.first);
	g_array_append_val(ranges, r);
	return (true);
}

bool
locals_parse(const char *text, GArray *ranges, GError **error)
{
	g_auto(GStrv) items = g_strsplit_set(text, ",;", -1);
	unsigned i;

	for (i = 0; items[i] != NULL; i++) {
		/* A list may end as it goes on. */
		if (*g_strstrip(items[i]) == '\0' && i > 0 &&
		    items[i + 1] == NULL)
			break;
		if (!locals_item(items[i], ranges, error))
			return (false);
	}
	if (i == 0)
		problem_set(error, "is empty; allowed: addresses such as "
		    "192.0.2.10, 192.0.2.0/24, 192.0.2.10*5");
	return (i > 0);
}

bool
locals_have(const GArray *ranges, uint32_t addr)
{
	const struct locals_range *r;
	uint32_t n;
	guint i;

	n = locals_number(addr);
	for (i = 0; i < ranges->len; i++) {
		r = &g_array_index(ranges, struct locals_range, i);
		if (n >= r->first && n <= r->last)
			return (true);
	}
	return (false);
}
