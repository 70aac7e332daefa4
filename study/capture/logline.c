/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines of a log; see logline.h.
 */

#include <string.h>

#include "study/capture/logline.h"

/*
 * The end of a word that begins here: of its quotes, its brackets, or the blank
 * behind it.  A quote within quotes is escaped.
 */
static const char *
word_end(const char *p)
{
	char end;

	end = *p == '"' ? '"' : *p == '[' ? ']' : '\0';
	if (end == '\0')
		return (p + strcspn(p, " \t"));
	for (p++; *p != '\0' && *p != end; p++)
		if (*p == '\\' && p[1] != '\0')
			p++;
	return (*p == '\0' ? p : p + 1);
}

static bool
word_goes_on(const char *end, const char *next)
{

	return (end[-1] == ',' || (next[0] == ':' && (next[1] == ' ' ||
	    next[1] == '\0')));
}

/* A word that begins here, with what belongs to it. */
static const char *
list_end(const char *p)
{
	const char *end, *next;

	end = word_end(p);
	if (*p == '"' || *p == '[')
		return (end);
	for (;;) {
		next = end + strspn(end, " \t");
		if (*next == '\0' || !word_goes_on(end, next))
			return (end);
		/* The colon, and the word behind it. */
		if (*next == ':')
			next += 1 + strspn(next + 1, " \t");
		if (*next == '\0')
			return (end);
		end = word_end(next);
	}
}

GPtrArray *
logline_words(const char *line)
{
	GPtrArray *words;
	const char *end;
	bool wrapped;

	words = g_ptr_array_new_with_free_func(g_free);
	for (line += strspn(line, " \t"); *line != '\0';
	    line = end + strspn(end, " \t")) {
		end = list_end(line);
		wrapped = (*line == '"' || *line == '[') && end > line + 1;
		g_ptr_array_add(words, g_strndup(line + wrapped,
		    (gsize)(end - line) - 2 * wrapped));
	}
	return (words);
}

static bool
is_name_char(char c)
{

	return (g_ascii_isalnum(c) || c == '_' || c == '$' || c == '@' ||
	    c == '-' || c == '.');
}

/* Behind the name and its = or :, if one of them stands here. */
static const char *
name_at(const char *p, const char *const *names)
{
	size_t len;

	for (; *names != NULL; names++) {
		len = strlen(*names);
		if (strncmp(p, *names, len) == 0 && (p[len] == '=' ||
		    p[len] == ':'))
			return (p + len + 1 + strspn(p + len + 1, " "));
	}
	return (NULL);
}

char *
logline_value(const char *line, const char *const *names)
{
	const char *end, *p, *value;
	bool wrapped;

	for (p = line; *p != '\0'; p++) {
		if (*p == '"') {
			p = word_end(p) - 1;
			continue;
		}
		if (p > line && is_name_char(p[-1]))
			continue;
		value = name_at(p, names);
		if (value == NULL)
			continue;
		end = list_end(value);
		wrapped = *value == '"' && end > value + 1;
		return (g_strndup(value + wrapped, (gsize)(end - value) -
		    2 * wrapped));
	}
	return (NULL);
}

GStrv
logline_list(const char *value)
{
	g_autofree char *plain = NULL;
	GString *s;
	GStrv list;
	unsigned i;

	s = g_string_new(value);
	g_string_replace(s, " : ", ",", 0);
	plain = g_string_free(s, FALSE);
	list = g_strsplit(plain, ",", -1);
	for (i = 0; list[i] != NULL; i++)
		g_strstrip(list[i]);
	return (list);
}
