/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A line on the terminal; see progress.h.  No colours and no cursor movement
 * but the carriage return, so that there is nothing for NO_COLOR to forbid.
 */

#include <unistd.h>

#include "study/run/progress.h"

void
progress_init(struct progress *p, FILE *out, const char *what, bool quiet)
{

	p->out = quiet || !isatty(fileno(out)) ? NULL : out;
	p->what = what;
	p->began = g_get_monotonic_time();
	p->width = 0;
}

/* Time that is left if it goes on like this, "2 min 5 s". */
static void
progress_add_eta(GString *s, double elapsed, double share)
{
	double left;

	/* The first few ticks tell more about starting up than the rest. */
	if (share < 0.01)
		return;
	left = elapsed / share - elapsed;
	if (left >= 60)
		g_string_append_printf(s, ", %d min %d s left",
		    (int)left / 60, (int)left % 60);
	else
		g_string_append_printf(s, ", %d s left", (int)left);
}

void
progress_tick(void *progress, double share)
{
	g_autoptr(GString) s = NULL;
	struct progress *p;

	p = progress;
	if (p->out == NULL)
		return;
	s = g_string_new(NULL);
	g_string_append_printf(s, "%s: %d %%", p->what, (int)(share * 100));
	progress_add_eta(s, (double)(g_get_monotonic_time() - p->began) / 1e6,
	    share);
	fprintf(p->out, "\r%-*s", p->width, s->str);
	fflush(p->out);
	p->width = (int)s->len;
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
