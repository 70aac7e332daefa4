/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */


/*
 * Which setting moves the result, in words; see moved.h.
 */

#include <string.h>

#include "study/report/moved.h"
#include "study/text/number.h"

static const char *const moved_figures[MOVES_NFIGURES] = {
	[MOVES_UNSERVED] = "not served", [MOVES_LATE] = "longest lateness"
};

/* "12.3 %", "512 ms". */
static void
moved_add(enum moves_figure f, double v, GString *out)
{
	char buf[G_ASCII_DTOSTR_BUF_SIZE];

	if (f == MOVES_LATE) {
		number_add_time(out, v, SIM_MS);
		return;
	}
	number_add_double(out, g_ascii_strtod(g_ascii_formatd(buf, sizeof(buf),
	    "%.2e", v * 100), NULL));
	g_string_append(out, " %");
}

static unsigned
moved_failed(const struct moves *ms)
{
	const struct move *m;
	unsigned i, n;

	for (i = n = 0; i < ms->tried->len; i++) {
		m = ms->tried->pdata[i];
		n += m->ran ? 0 : 1;
	}
	return (n);
}

void
moved_how(const struct moves *ms, GString *out)
{
	unsigned failed;

	g_string_append_printf(out, "Which of these moves the result most: of "
	    "%s, %u settings were changed one at a time, to half and double "
	    "(of who closes, to the other side), in %u runs of one replication "
	    "with the same random numbers (moves.csv). ", ms->variant,
	    moves_settings(ms), ms->tried->len);
	failed = moved_failed(ms);
	if (failed > 0)
		g_string_append_printf(out, "%u of them could not be run. ",
		    failed);
	if (ms->untried > 0)
		g_string_append_printf(out, "%u neighbours more were left "
		    "out. ", ms->untried);
	if (ms->replications > 1)
		g_string_append_printf(out, "What leaves the range of the "
		    "%u replications by less than half its width may be "
		    "chance, and is not told. ", ms->replications);
	else
		g_string_append(out, "What chance alone moves is not known of "
		    "one replication. ");
	g_string_append(out, "Not served is what failed or still waited, of "
	    "all that was wanted. Settings that act only together are not "
	    "seen.");
}

/* ---- a figure ---------------------------------------------------------- */

void
moved_head(const struct moves *ms, enum moves_figure f, GString *s)
{
	g_autoptr(GPtrArray) most = moves_rank(ms, f);
	const struct move *is;
	double hi, lo;

	is = ms->is->len > 0 ? ms->is->pdata[0] : NULL;
	moves_chance(ms, f, &lo, &hi);
	g_string_append_printf(s, "%s: %s ", ms->variant, moved_figures[f]);
	moved_add(f, is == NULL ? 0 : is->figure[f], s);
	if (lo < hi) {
		g_string_append(s, " (");
		moved_add(f, lo, s);
		g_string_append(s, " to ");
		moved_add(f, hi, s);
		g_string_append_printf(s, " in %u replications)", ms->is->len);
	}
	if (most->len == 0)
		g_string_append_printf(s, "; none of %u settings moves it.",
		    moves_settings(ms));
	else
		g_string_append_printf(s, "; %u of %u settings move%s it%s",
		    most->len, moves_settings(ms), most->len == 1 ? "s" : "",
		    most->len > 1 ? ", most:" : ":");
}

/* "workload:nginx.rate 2k/s: 41.2 % at 4k/s, 0 % at 1k/s" */
static char *
moved_line(const struct moves *ms, const struct move *most,
    enum moves_figure f)
{
	const struct move *m;
	GString *s;
	unsigned i;

	s = g_string_new(NULL);
	g_string_append_printf(s, "%s %s: ", most->setting, most->from);
	moved_add(f, most->figure[f], s);
	g_string_append_printf(s, " at %s", most->to);
	for (i = 0; i < ms->tried->len; i++) {
		m = ms->tried->pdata[i];
		if (m == most || strcmp(m->setting, most->setting) != 0)
			continue;
		g_string_append(s, ", ");
		if (m->ran)
			moved_add(f, m->figure[f], s);
		else
			g_string_append(s, "not run");
		g_string_append_printf(s, " at %s", m->to);
	}
	return (g_string_free(s, FALSE));
}

GPtrArray *
moved_most(const struct moves *ms, enum moves_figure f)
{
	g_autoptr(GPtrArray) most = moves_rank(ms, f);
	GPtrArray *lines;
	unsigned i;

	lines = g_ptr_array_new_with_free_func(g_free);
	for (i = 0; i < most->len && i < MOVED_EACH; i++)
		g_ptr_array_add(lines, moved_line(ms, most->pdata[i], f));
	return (lines);
}
