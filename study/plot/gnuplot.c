/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * gnuplot(1) as a program; see gnuplot.h.
 */

#include <sys/wait.h>

#include <string.h>

#include "study/plot/child.h"
#include "study/plot/gnuplot.h"

#define	GNUPLOT_SECONDS		60
#define	GNUPLOT_MESSAGES	((size_t)1 << 20)	/* bytes */
#define	GNUPLOT_PICTURE		((guint64)1 << 28)	/* bytes */

static const gint *gnuplot_stop;
static gint gnuplot_given_up;

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

/* How long it may take, us. */
static gint64
gnuplot_time(void)
{
	const char *text;
	guint64 s;

	text = g_getenv("PCBSIM_PLOT_SECONDS");
	if (text == NULL || !g_ascii_string_to_unsigned(text, 10, 1, 86400,
	    &s, NULL))
		s = GNUPLOT_SECONDS;
	return ((gint64)s * G_USEC_PER_SEC);
}

void
gnuplot_stop_on(const gint *stop)
{

	gnuplot_stop = stop;
}

/* It did not end well: say so, and remember if it is no use to try again. */
static void
gnuplot_failed(const char *script, const GError *cause, GError **error)
{
	int code;

	code = GNUPLOT_ERROR_FAILED;
	if (g_error_matches(cause, CHILD_ERROR, CHILD_ERROR_STOPPED))
		code = GNUPLOT_ERROR_STOPPED;
	g_set_error(error, GNUPLOT_ERROR, code, "gnuplot, %s: %s", script,
	    cause->message);
	if (g_error_matches(cause, CHILD_ERROR, CHILD_ERROR_LIMIT))
		g_atomic_int_set(&gnuplot_given_up, 1);
}

/* What the program left with, in words; NULL: well. */
static char *
gnuplot_status(int status, const char *err)
{
	g_autofree char *complaint = NULL;

	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return (NULL);
	complaint = gnuplot_complaint(err);
	if (WIFSIGNALED(status))
		return (g_strdup_printf("ended by signal %d (%s)",
		    WTERMSIG(status), g_strsignal(WTERMSIG(status))));
	return (g_steal_pointer(&complaint));
}

static char **
gnuplot_environment(void)
{
	char **env;

	env = g_get_environ();
	env = g_environ_setenv(env, "LC_ALL", "C", TRUE);
	return (g_environ_unsetenv(env, "GNUTERM"));
}

bool
gnuplot_run(const char *dir, const char *script, char **output,
    GError **error)
{
	struct child_limits limits = { .output = GNUPLOT_MESSAGES,
	    .file = GNUPLOT_PICTURE, .stop = gnuplot_stop };
	g_autofree char *err = NULL, *out = NULL, *program = NULL, *why = NULL;
	g_autoptr(GError) cause = NULL;
	g_auto(GStrv) env = NULL;
	/* -d: the user's ~/.gnuplot must not change a picture. */
	const char *argv[] = { NULL, "-d", script, NULL };
	int status;

	if (g_atomic_int_get(&gnuplot_given_up) != 0) {
		g_set_error(error, GNUPLOT_ERROR, GNUPLOT_ERROR_FAILED,
		    "gnuplot, %s: not tried, it did not end before", script);
		return (false);
	}
	argv[0] = program = g_find_program_in_path("gnuplot");
	if (program == NULL) {
		g_set_error_literal(error, GNUPLOT_ERROR,
		    GNUPLOT_ERROR_MISSING, "gnuplot is not installed");
		return (false);
	}
	env = gnuplot_environment();
	limits.time_us = gnuplot_time();
	if (!child_run(dir, argv, env, &limits, &out, &err, &status,
	    &cause)) {
		gnuplot_failed(script, cause, error);
		return (false);
	}
	why = gnuplot_status(status, err);
	if (why != NULL) {
		g_set_error(error, GNUPLOT_ERROR, GNUPLOT_ERROR_FAILED,
		    "gnuplot, %s: %s", script, why);
		return (false);
	}
	if (output != NULL)
		*output = g_steal_pointer(&out);
	return (true);
}

void
gnuplot_add_text(GString *s, const char *text)
{
	/* What is safe in single quotes, in a block in braces. */
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;-_+*/%=<>()[]|&~^!?";
	const unsigned char *p;
	bool escaped;

	for (p = (const unsigned char *)text; *p != '\0'; p++)
		if (*p < 0x80 && strchr(plain, *p) == NULL)
			break;
	if (*p == '\0') {
		g_string_append_printf(s, "'%s'", text);
		return;
	}
	g_string_append_c(s, '"');
	escaped = false;
	for (p = (const unsigned char *)text; *p != '\0'; p++) {
		/* It would take a digit behind \NNN for one more of it. */
		escaped = *p >= ' ' && *p < 0x7f && (strchr(plain, *p) ==
		    NULL || (escaped && g_ascii_isdigit(*p)));
		if (escaped)
			g_string_append_printf(s, "\\%03o", *p);
		else
			g_string_append_c(s, *p < ' ' || *p == 0x7f ? ' ' :
			    (char)*p);
	}
	g_string_append_c(s, '"');
}
