/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Is it JSON?  Reads what study/text/json.c could write, and more; but no
 * other escapes than those.
 */

#ifndef TESTS_STUDY_IS_JSON_H
#define	TESTS_STUDY_IS_JSON_H

#include <stdbool.h>
#include <string.h>

#include <glib.h>

static const char *is_json_value(const char *p);

static const char *
is_json_space(const char *p)
{

	return (p == NULL ? NULL : p + strspn(p, " \t\r\n"));
}

static const char *
is_json_text(const char *p)
{

	if (*p++ != '"')
		return (NULL);
	for (; *p != '"'; p++) {
		if ((unsigned char)*p < ' ')
			return (NULL);
		if (*p == '\\' && (*++p == '\0' ||
		    strchr("\"\\u", *p) == NULL))
			return (NULL);
	}
	return (p + 1);
}

/* Members between `open' and `close', with names or without. */
static const char *
is_json_members(const char *p, char close, bool named)
{

	p = is_json_space(p + 1);
	if (*p == close)
		return (p + 1);
	for (;;) {
		if (named) {
			p = is_json_space(is_json_text(p));
			if (p == NULL || *p++ != ':')
				return (NULL);
		}
		p = is_json_space(is_json_value(is_json_space(p)));
		if (p == NULL)
			return (NULL);
		if (*p == close)
			return (p + 1);
		if (*p++ != ',')
			return (NULL);
		p = is_json_space(p);
	}
}

/* Behind the value at p; NULL where there is none. */
static const char *
is_json_value(const char *p)
{
	static const char *const words[] = { "true", "false", "null" };
	unsigned i;
	char *end;

	if (p == NULL)
		return (NULL);
	switch (*p) {
	case '{':
		return (is_json_members(p, '}', true));
	case '[':
		return (is_json_members(p, ']', false));
	case '"':
		return (is_json_text(p));
	case 't':
	case 'f':
	case 'n':
		for (i = 0; i < G_N_ELEMENTS(words); i++)
			if (g_str_has_prefix(p, words[i]))
				return (p + strlen(words[i]));
		return (NULL);
	default:
		if (!g_ascii_isdigit(p[*p == '-']))
			return (NULL);
		(void)g_ascii_strtod(p, &end);
		return (end == p ? NULL : end);
	}
}

/* One value, and nothing behind it. */
static bool
is_json(const char *text)
{
	const char *end;

	end = is_json_space(is_json_value(is_json_space(text)));
	return (end != NULL && *end == '\0');
}

#endif /* !TESTS_STUDY_IS_JSON_H */
