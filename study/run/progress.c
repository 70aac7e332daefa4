/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A line on the terminal; see progress.h.  No colours and no cursor movement
 * but the carriage return, so that there is nothing for NO_COLOR to forbid.
 */

#include <string.h>
#include <unistd.h>

#include "study/run/progress.h"
#include "study/text/problem.h"

void
progress_init(struct progress *p, FILE *out, const char *what, bool quiet)
{

	p->out = quiet || !isatty(fileno(out)) ? NULL : out;
	p->what = what;
	p->began = g_get_monotonic_time();
	p->width = 0;
}

char *
progress_time(double s)
{

	if (s >= 3600)
		return (g_strdup_printf("%ld h %ld min", (long)s / 3600,
		    (long)s / 60 % 60));
	if (s >= 60)
		return (g_strdup_printf("%d min %d s", (int)s / 60,
		    (int)s % 60));
	if (s < 0.1)
		return (g_strdup_printf("%.0f ms", s * 1000));
	return (g_strdup_printf(s < 10 && s != (int)s ? "%.1f s" : "%.0f s",
	    s));
}

/* Time that is left if it goes on like this. */
static void
progress_add_eta(GString *s, double elapsed, double share)
{
	g_autofree char *left = NULL;

	/* The first few ticks tell more about starting up than the rest. */
	if (share < 0.01)
		return;
	/* Whole seconds: the tenths only flicker. */
	left = progress_time(MAX((int)(elapsed / share - elapsed), 1));
	g_string_append_printf(s, ", %s left", left);
}

void
progress_tick(void *progress, double share)
{
	g_autofree char *plain = NULL;
	g_autoptr(GString) s = NULL;
	struct progress *p;

	p = progress;
	if (p->out == NULL)
		return;
	s = g_string_new(NULL);
	g_string_append_printf(s, "%s: %d %%", p->what, (int)(share * 100));
	progress_add_eta(s, (double)(g_get_monotonic_time() - p->began) / 1e6,
	    share);
	/* The name may be a file's, and a file may be called anything. */
	plain = problem_plain(s->str);
	fprintf(p->out, "\r%-*s", p->width, plain);
	fflush(p->out);
	p->width = (int)strlen(plain);
}

void
progress_fini(struct progress *p)
{

	if (p->out == NULL || p->width == 0)
		return;
	fprintf(p->out, "\r%*s\r", p->width, "");
	fflush(p->out);
	p->width = 0;
}
