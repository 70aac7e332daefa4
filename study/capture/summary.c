/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A packet in one line; see summary.h.
 */

#include <string.h>

#include <glib.h>

#include "study/capture/summary.h"

static bool
is_arrow(const char *word)
{

	return (strcmp(word, "->") == 0 || strcmp(word, "\xe2\x86\x92") == 0);
}

/* The first arrow from a word on, with a word on either side; or -1. */
static int
arrow_from(char *const *words, int from)
{
	int i;

	for (i = from; words[i] != NULL && words[i + 1] != NULL; i++)
		if (i > 0 && is_arrow(words[i]))
			return (i);
	return (-1);
}

/* Words with nothing between but blanks; free with g_strfreev(). */
static char **
words_of(const char *line)
{
	g_auto(GStrv) all = g_strsplit_set(line, " \t", -1);
	GPtrArray *words;
	unsigned i;

	words = g_ptr_array_new();
	for (i = 0; all[i] != NULL; i++)
		if (*all[i] != '\0')
			g_ptr_array_add(words, g_strdup(all[i]));
	g_ptr_array_add(words, NULL);
	return ((char **)g_ptr_array_free(words, FALSE));
}

bool
summary_is(const char *line)
{
	g_auto(GStrv) words = NULL;
	int arrow;

	if (strstr(line, "->") == NULL &&
	    strstr(line, "\xe2\x86\x92") == NULL)
		return (false);
	words = words_of(line);
	arrow = arrow_from(words, 0);
	/* A number and a time, then an address. */
	return (arrow >= 3 && arrow <= 5 && strspn(words[0], "0123456789") ==
	    strlen(words[0]) && strpbrk(words[arrow - 1], ".:") != NULL);
}

bool
summary_parse(struct summary *s, const char *line)
{
	const char *flags;
	int ends, ports;

	s->words = words_of(line);
	ends = arrow_from(s->words, 0);
	ports = ends < 0 ? -1 : arrow_from(s->words, ends + 2);
	flags = strstr(line, "[SYN");
	if (flags == NULL)
		flags = strstr(line, "[FIN");
	if (flags == NULL)
		flags = strstr(line, "[RST");
	if (ports < 0 || flags == NULL ||
	    strcmp(s->words[ends + 2], "TCP") != 0) {
		g_strfreev(s->words);
		return (false);
	}
	/* Not what stands behind them: a SYN's options have SACK_PERM. */
	s->flags = g_strndup(flags, strcspn(flags, "]"));
	s->addr[0] = s->words[ends - 1];
	s->addr[1] = s->words[ends + 1];
	s->port[0] = s->words[ports - 1];
	s->port[1] = s->words[ports + 1];
	s->time = ends == 3 ? g_strdup(s->words[1]) :
	    g_strjoin(" ", s->words[1], s->words[2], NULL);
	return (true);
}

void
summary_fini(struct summary *s)
{

	g_strfreev(s->words);
	g_free(s->time);
	g_free(s->flags);
}
