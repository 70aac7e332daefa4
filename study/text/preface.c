/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The comments that open a scenario: "# Question:", "# Expected:", "# Wrong:",
 * each with lines that go on after more than one blank.
 */

#include <string.h>

#include <glib.h>

#include "study/text/preface.h"

/* "Question:  why ..." -> its place, and the text behind the colon. */
static GString **
preface_label(GString *texts[3], const char *line, const char **text)
{
	static const char *const labels[] = {
		"Question:", "Expected:", "Wrong:"
	};
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(labels); i++)
		if (g_str_has_prefix(line, labels[i])) {
			*text = line + strlen(labels[i]);
			return (&texts[i]);
		}
	return (NULL);
}

static void
preface_append(GString *out, const char *text)
{

	while (*text == ' ' || *text == '\t')
		text++;
	if (*text == '\0')
		return;
	if (out->len > 0)
		g_string_append_c(out, ' ');
	g_string_append(out, text);
	while (g_ascii_isspace(out->str[out->len - 1]))
		g_string_truncate(out, out->len - 1);
}

static char *
preface_steal(GString *text)
{

	return (text == NULL ? NULL : g_string_free(text, FALSE));
}

void
preface_parse(char *const *lines, struct keyfile_preface *pre)
{
	GString *texts[3] = { NULL, NULL, NULL }, **now, **label;
	const char *text;
	unsigned i;

	now = NULL;
	for (i = 0; lines[i] != NULL && (lines[i][0] == '#' ||
	    lines[i][strspn(lines[i], " \t\r")] == '\0'); i++) {
		text = lines[i] + (lines[i][0] == '#');
		if (*text == ' ' && text[1] != ' ' && text[1] != '\t')
			text++;
		label = preface_label(texts, text, &text);
		if (label != NULL && *label == NULL) {
			now = label;
			*now = g_string_new(NULL);
		} else if (*text != ' ' && *text != '\t')
			now = NULL;
		if (now != NULL)
			preface_append(*now, text);
	}
	pre->question = preface_steal(texts[0]);
	pre->expected = preface_steal(texts[1]);
	pre->wrong = preface_steal(texts[2]);
}
