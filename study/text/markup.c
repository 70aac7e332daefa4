/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * HTML and SVG as text; see markup.h.
 */

#include <string.h>

#include "study/text/markup.h"

/* What stands for a character; NULL: itself. */
static const char *
markup_escape(gunichar c)
{

	switch (c) {
	case '&':
		return ("&amp;");
	case '<':
		return ("&lt;");
	case '>':
		return ("&gt;");
	case '"':
		return ("&quot;");
	case '\'':
		return ("&#39;");
	default:
		break;
	}
	if ((c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0))
		return ("\357\277\275");
	return (NULL);
}

void
markup_text(GString *s, const char *text)
{
	g_autofree char *valid = NULL;
	const char *at, *escape;

	valid = g_utf8_make_valid(text, -1);
	for (at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
		escape = markup_escape(g_utf8_get_char(at));
		if (escape != NULL)
			g_string_append(s, escape);
		else
			g_string_append_len(s, at, g_utf8_next_char(at) - at);
	}
}

void
markup_element(GString *s, const char *name, const char *attributes,
    const char *text)
{

	g_string_append_printf(s, "<%s%s%s>", name, *attributes == '\0' ? "" :
	    " ", attributes);
	markup_text(s, text);
	g_string_append_printf(s, "</%s>", name);
}

void
markup_of_variant(GString *s, const char *open, const char *variant)
{

	g_string_append_printf(s, "<%s data-variant=\"", open);
	markup_text(s, variant);
	g_string_append(s, "\">");
}

void
markup_table_open(GString *s, const char *label, const char *const *titles,
    const char *align)
{
	size_t i;

	g_string_append(s, "<div class=\"scroll\" tabindex=\"0\" "
	    "role=\"region\" aria-label=\"");
	markup_text(s, label);
	g_string_append(s, "\"><table>\n<thead><tr>");
	for (i = 0; align[i] != '\0'; i++)
		markup_element(s, "th", align[i] == 'r' ? "scope=\"col\" "
		    "class=\"n\"" : "scope=\"col\"", titles[i]);
	g_string_append(s, "</tr></thead>\n<tbody>\n");
}

void
markup_table_close(GString *s)
{

	g_string_append(s, "</tbody>\n</table></div>\n");
}

void
markup_number(GString *s, double v, int decimals)
{
	char buf[G_ASCII_DTOSTR_BUF_SIZE], format[8];
	size_t len;

	g_snprintf(format, sizeof(format), "%%.%df", decimals);
	g_ascii_formatd(buf, sizeof(buf), format, v);
	len = strlen(buf);
	if (strchr(buf, '.') != NULL) {
		while (buf[len - 1] == '0')
			len--;
		if (buf[len - 1] == '.')
			len--;
	}
	/* -0 is 0. */
	if (len == 2 && buf[0] == '-' && buf[1] == '0')
		g_string_append_c(s, '0');
	else
		g_string_append_len(s, buf, (gssize)len);
}
