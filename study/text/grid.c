/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A small table of text; see grid.h.
 */

#include <string.h>

#include "sim/kassert.h"
#include "study/text/grid.h"

struct grid {
	char		*columns;
	unsigned	ncolumns;
	unsigned	gap;
	GPtrArray	*cells;
};

struct grid *
grid_new(const char *columns, unsigned gap)
{
	struct grid *g;

	g = g_new0(struct grid, 1);
	g->columns = g_strdup(columns);
	g->ncolumns = (unsigned)strlen(columns);
	g->gap = gap;
	g->cells = g_ptr_array_new_with_free_func(g_free);
	return (g);
}

void
grid_free(struct grid *g)
{

	g_ptr_array_free(g->cells, TRUE);
	g_free(g->columns);
	g_free(g);
}

void
grid_add(struct grid *g, const char *text)
{

	g_ptr_array_add(g->cells, g_strdup(text));
}

/* Width of a column, in characters. */
static int
grid_width(const struct grid *g, unsigned column)
{
	glong width;
	unsigned i;

	width = 0;
	for (i = column; i < g->cells->len; i += g->ncolumns)
		width = MAX(width, g_utf8_strlen(g->cells->pdata[i], -1));
	return ((int)width);
}

void
grid_print(const struct grid *g, const char *indent, GString *out)
{
	g_autofree int *widths = NULL;
	const char *cell;
	unsigned column, i;
	int pad;

	KASSERT(g->cells->len % g->ncolumns == 0, ("%u cells in %u columns",
	    g->cells->len, g->ncolumns));
	widths = g_new(int, g->ncolumns);
	for (column = 0; column < g->ncolumns; column++)
		widths[column] = grid_width(g, column);
	for (i = 0; i < g->cells->len; i++) {
		column = i % g->ncolumns;
		cell = g->cells->pdata[i];
		if (column == 0)
			g_string_append(out, indent);
		pad = widths[column] - (int)g_utf8_strlen(cell, -1);
		if (g->columns[column] == 'r')
			g_string_append_printf(out, "%*s", pad, "");
		g_string_append(out, cell);
		if (column < g->ncolumns - 1) {
			if (g->columns[column] == 'l')
				g_string_append_printf(out, "%*s", pad, "");
			g_string_append_printf(out, "%*s", (int)g->gap, "");
			continue;
		}
		while (out->len > 0 && out->str[out->len - 1] == ' ')
			g_string_truncate(out, out->len - 1);
		g_string_append_c(out, '\n');
	}
}
