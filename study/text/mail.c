/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Text for a mailing list; see mail.h.
 */

#include <string.h>

#include "study/text/mail.h"

char *
mail_ascii(const char *text)
{
	g_autofree char *valid = NULL;

	valid = g_utf8_make_valid(text, -1);
	return (g_str_to_ascii(valid, "C"));
}

char *
mail_cut(const char *text, unsigned width)
{
	char *s;

	s = mail_ascii(text);
	if (strlen(s) > width)
		s[width] = '\0';
	return (s);
}

void
mail_legend(GString *out, const char *text, unsigned width)
{
	g_autofree char *cut = NULL, *line = NULL, *whole = NULL;

	whole = mail_ascii(text);
	cut = mail_cut(text, width);
	if (strcmp(cut, whole) == 0)
		return;
	line = g_strdup_printf("%s: %s", cut, whole);
	mail_paragraph(out, "", "  ", line);
}

void
mail_heading(GString *out, const char *text)
{
	size_t i;

	g_string_append_printf(out, "%s%s\n", out->len > 0 ? "\n" : "", text);
	for (i = 0; i < strlen(text); i++)
		g_string_append_c(out, '-');
	g_string_append_c(out, '\n');
}

void
mail_paragraph(GString *out, const char *first, const char *rest,
    const char *text)
{
	g_autofree char *ascii = NULL;
	g_auto(GStrv) words = NULL;
	size_t used;
	char **word;

	ascii = mail_ascii(text);
	words = g_strsplit_set(ascii, " \t\r\n", -1);
	g_string_append(out, first);
	used = 0;
	for (word = words; *word != NULL; word++) {
		if ((*word)[0] == '\0')
			continue;
		if (used > 0 && strlen(rest) + used + 1 + strlen(*word) >
		    MAIL_WIDTH) {
			g_string_append_printf(out, "\n%s", rest);
			used = 0;
		}
		if (used > 0)
			g_string_append_c(out, ' ');
		g_string_append(out, *word);
		used += strlen(*word) + (used > 0);
	}
	/* An indent alone is no line. */
	while (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}
