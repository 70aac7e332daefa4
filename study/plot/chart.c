/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Charts made of letters; see chart.h.
 */

#include <math.h>
#include <string.h>

#include "study/plot/chart.h"
#include "study/plot/gnuplot.h"
#include "study/text/mail.h"
#include "study/text/number.h"

/* A stall in ms; what is too short for the axis stands just above it. */
#define	CHART_STALL	"($6 > 0 ? ($6 > 0.00015 ? $6 : 0.00015) : 1e-9)"

static const char *const chart_letters[CHART_MAXVARIANTS] = { "o", "x", "+",
    "#" };

char *
chart_caption(const struct plotdata *pd, const char *what)
{
	g_autoptr(GString) text = NULL;
	GString *out;
	unsigned i;

	text = g_string_new(what);
	g_string_append_c(text, ':');
	for (i = 0; i < pd->nvariants && i < CHART_MAXVARIANTS; i++)
		g_string_append_printf(text, "%s %s %s", i > 0 ? "," : "",
		    chart_letters[i], pd->variants[i].name);
	out = g_string_new(NULL);
	mail_paragraph(out, "  ", "    ", text->str);
	return (g_string_free(out, FALSE));
}

static void
chart_begin(GString *s, const struct plotdata *pd)
{

	g_string_append(s, "set terminal dumb size 70,18 mono noenhanced\n"
	    "set border 3\nset tics nomirror scale 0.5\nunset key\n"
	    "set xlabel 'simulated time (s)'\nset xrange [0:");
	number_add_double(s, pd->end_s);
	g_string_append(s, "]\n");
}

static void
chart_plot(GString *s, const struct plotdata *pd, const char *data,
    const char *const *columns)
{
	unsigned i;

	for (i = 0; i < pd->nvariants && i < CHART_MAXVARIANTS;
	    i++) {
		g_string_append(s, i == 0 ? "plot " : ", ");
		gnuplot_add_text(s, data);
		g_string_append_printf(s, " index %u using 1:%s with points "
		    "pointtype '%s'", i, columns[i], chart_letters[i]);
	}
	g_string_append_c(s, '\n');
}

char *
chart_ports(const struct plotdata *pd, const char *data)
{
	const char *columns[CHART_MAXVARIANTS];
	GString *s;
	unsigned i;

	for (i = 0; i < pd->nvariants && i < CHART_MAXVARIANTS; i++)
		columns[i] = pd->variants[i].port_first ? "3" : "4";
	s = g_string_new(NULL);
	chart_begin(s, pd);
	g_string_append(s, "set yrange [0:*]\n");
	chart_plot(s, pd, data, columns);
	return (g_string_free(s, FALSE));
}

char *
chart_stalls(const struct plotdata *pd, const char *data)
{
	static const char *const columns[CHART_MAXVARIANTS] = { CHART_STALL,
	    CHART_STALL, CHART_STALL, CHART_STALL };
	GString *s;
	double top;

	for (top = 1; top < pd->stall_max_ms; top *= 10)
		;
	s = g_string_new(NULL);
	chart_begin(s, pd);
	g_string_append(s, "set logscale y\nset yrange [0.0001:");
	number_add_double(s, top);
	g_string_append(s, "]\nset ytics ('100 ns' 1e-4, '1 us' 0.001, "
	    "'10 us' 0.01, '100 us' 0.1, '1 ms' 1, '10 ms' 10, "
	    "'100 ms' 100, '1 s' 1000, "
	    "'10 s' 1e4, '100 s' 1e5)\n");
	chart_plot(s, pd, data, columns);
	return (g_string_free(s, FALSE));
}

char *
chart_clean(const char *text)
{
	g_auto(GStrv) lines = NULL;
	GString *s;
	char **line;
	size_t from;

	lines = g_strsplit_set(text, "\n\f", -1);
	s = g_string_new(NULL);
	for (line = lines; *line != NULL; line++) {
		g_strchomp(*line);
		/* No empty lines before the chart. */
		if (s->len > 0 || (*line)[0] != '\0')
			g_string_append_printf(s, "%s\n", *line);
	}
	/* Nor after it. */
	for (from = s->len; from > 1 && s->str[from - 1] == '\n' &&
	    s->str[from - 2] == '\n'; from--)
		;
	g_string_truncate(s, from);
	return (g_string_free(s, FALSE));
}
