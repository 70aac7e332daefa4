/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Fields of a script line: what they may be, and what to say where they are
 * not.
 */

#include <string.h>

#include "study/script/core.h"
#include "study/text/problem.h"

/* Set the error of this line; always false. */
bool
script_bad_field(struct script *s, const char *what, const char *text,
    const char *allowed)
{
	g_autofree char *quoted = problem_quote(text);

	problem_set(s->error, "%s: %s %s: %s", s->field[0], what, quoted,
	    allowed);
	return (false);
}

bool
script_parse_uint(const char *text, uint64_t max, uint64_t *value)
{
	uint64_t v;
	unsigned d;

	if (*text == '\0')
		return (false);
	for (v = 0; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return (false);
		d = (unsigned)(*text - '0');
		if (d > max || v > (max - d) / 10)
			return (false);
		v = 10 * v + d;
	}
	*value = v;
	return (true);
}

bool
script_uint(struct script *s, unsigned i, const char *what, uint64_t max,
    uint64_t *value)
{
	g_autofree char *allowed = NULL;

	if (script_parse_uint(s->field[i], max, value))
		return (true);
	allowed = g_strdup_printf("a number from 0 to %ju", (uintmax_t)max);
	return (script_bad_field(s, what, s->field[i], allowed));
}

bool
script_port(struct script *s, unsigned i, const char *what, uint16_t *port)
{
	uint64_t v;

	if (!script_uint(s, i, what, 65535, &v))
		return (false);
	*port = (uint16_t)v;
	return (true);
}

bool
script_flag(struct script *s, unsigned i, const char *what, bool *flag)
{
	uint64_t v;

	if (!script_parse_uint(s->field[i], 1, &v))
		return (script_bad_field(s, what, s->field[i], "0 or 1"));
	*flag = v != 0;
	return (true);
}

bool
script_range_port(struct script *s, unsigned i, const char *what,
    uint16_t *port)
{

	if (!script_port(s, i, what, port))
		return (false);
	if (*port > 0)
		return (true);
	return (script_bad_field(s, what, s->field[i],
	    "a port from 1 to 65535"));
}

bool
script_addr(struct script *s, unsigned i, const char *what, bool any_too,
    uint32_t *addr)
{

	if (any_too && strcmp(s->field[i], "*") == 0) {
		*addr = NET_ANY;
		return (true);
	}
	if (net_addr_parse(s->field[i], addr))
		return (true);
	return (script_bad_field(s, what, s->field[i], any_too ?
	    "an IPv4 address like 192.0.2.1, or *" :
	    "an IPv4 address like 192.0.2.1"));
}

/* A field that must be one of the local addresses. */
bool
script_laddr(struct script *s, unsigned i, const char *what, uint32_t *addr)
{

	if (!script_addr(s, i, what, false, addr))
		return (false);
	if (net_laddr_has(s->net, *addr))
		return (true);
	return (script_bad_field(s, what, s->field[i],
	    "an address that an addr line has named before"));
}

bool
script_id(struct script *s, uint32_t *id)
{
	uint64_t v;

	if (!script_uint(s, 1, "socket ID", UINT32_MAX - 1, &v))
		return (false);
	*id = (uint32_t)v;
	return (true);
}
