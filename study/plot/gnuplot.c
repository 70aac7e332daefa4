/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * gnuplot(1) as a program; see gnuplot.h.
 */

#include <stdint.h>
#include <string.h>

#include "study/plot/gnuplot.h"

/* Of all that was complained of, the line that names an error. */
static char *
gnuplot_complaint(const char *text)
{
	g_auto(GStrv) lines = NULL;
	const char *found;
	char **line;

	lines = g_strsplit(text, "\n", -1);
	found = "no message";
	for (line = lines; *line != NULL; line++)
		if (g_strstrip(*line)[0] != '\0' &&
		    strstr(*line, "warning:") == NULL)
			found = *line;
	return (g_strdup(found));
}

bool
gnuplot_run(const char *dir, const char *script, char **output,
    GError **error)
{
	g_autofree char *program = NULL, *complaint = NULL, *err = NULL;
	g_autofree char *out = NULL;
	g_auto(GStrv) env = NULL;
	const char *argv[4];
	int status;

	program = g_find_program_in_path("gnuplot");
	if (program == NULL) {
		g_set_error_literal(error, GNUPLOT_ERROR,
		    GNUPLOT_ERROR_MISSING, "gnuplot is not installed");
		return (false);
	}
	argv[0] = program;
	/* The user's ~/.gnuplot must not change a picture. */
	argv[1] = "-d";
	argv[2] = script;
	argv[3] = NULL;
	env = g_get_environ();
	env = g_environ_setenv(env, "LC_ALL", "C", TRUE);
	env = g_environ_unsetenv(env, "GNUTERM");
	if (!g_spawn_sync(dir, (char **)(uintptr_t)argv, env, G_SPAWN_DEFAULT,
	    NULL, NULL, &out, &err, &status, error))
		return (false);
	if (!g_spawn_check_wait_status(status, NULL)) {
		complaint = gnuplot_complaint(err);
		g_set_error(error, GNUPLOT_ERROR, GNUPLOT_ERROR_FAILED,
		    "gnuplot, %s: %s", script, complaint);
		return (false);
	}
	if (output != NULL)
		*output = g_steal_pointer(&out);
	return (true);
}

void
gnuplot_add_text(GString *s, const char *text)
{
	const char *p;

	g_string_append_c(s, '\'');
	for (p = text; *p != '\0'; p++) {
		if (*p == '\'')
			g_string_append_c(s, '\'');
		g_string_append_c(s, *p == '\n' || *p == '\r' ? ' ' : *p);
	}
	g_string_append_c(s, '\'');
}
