/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Panels on a page; see sheet.h.
 */

#include <math.h>
#include <string.h>

#include "study/plot/panel.h"
#include "study/sweep/sheet.h"
#include "study/sweep/words.h"

#define	SHEET_MARGIN	12
#define	SHEET_GAP	12		/* between panels side by side */
#define	SHEET_HEAD	106		/* title and key */
#define	SHEET_NAME	40		/* a variant's name */
#define	SHEET_TICKS	32		/* values below a panel */
#define	SHEET_LEFT	150		/* of lines: the axis and its unit */
#define	SHEET_RIGHT	40
#define	SHEET_LINES	380		/* height of a panel of lines */
#define	SHEET_CELL	34		/* height of a cell */
#define	SHEET_CELL_LEAST 52		/* width of one */
#define	SHEET_CELL_MOST	170

/* Of a digit of a tick, whose font plot.c names. */
#define	SHEET_DIGIT	9.4
/* Of a variant's name, at most and if its stack is with it. */
#define	SHEET_NAME_FONT	14
#define	SHEET_STACK_FONT 11

static double
sheet_longest(const GPtrArray *values)
{
	size_t most;
	guint i;

	for (i = 0, most = 0; i < values->len; i++)
		most = MAX(most, strlen(values->pdata[i]));
	return (SHEET_DIGIT * (double)most);
}

/* Many panels of cells: as many beside one another as are wide enough. */
static void
sheet_divide(const struct sweep_table *t, double need, struct sheet *sh)
{
	const double n = t->values[0]->len;
	const double room = SHEET_WIDTH - 2 * SHEET_MARGIN;
	const guint panels = t->variants->len;
	double each;

	/* A swept value is never cut. */
	sh->left = MIN(sheet_longest(t->values[1]) + 16, SHEET_WIDTH / 2);
	each = sh->left + SHEET_GAP + n * MAX(need, SHEET_CELL_LEAST);
	sh->columns = (guint)CLAMP(room / each, 1, panels);
	/* As many in each row, or nearly. */
	sh->rows = (panels + sh->columns - 1) / sh->columns;
	sh->columns = (panels + sh->rows - 1) / sh->rows;
	sh->wide = MIN(room / sh->columns - sh->left - SHEET_GAP,
	    SHEET_CELL_MOST * n);
	sh->high = SHEET_CELL * (double)t->values[1]->len;
}

struct sheet
sheet_of(const struct sweep_table *t)
{
	struct sheet sh = { .columns = 1, .rows = 1, .left = SHEET_LEFT,
	    .wide = SHEET_WIDTH - SHEET_LEFT - SHEET_RIGHT,
	    .high = SHEET_LINES, .ticks = SHEET_TICKS,
	    .font = SHEET_NAME_FONT };
	double font, need;
	guint v;

	need = sheet_longest(t->values[0]) + SHEET_DIGIT / 2;
	if (t->naxes == 2)
		sheet_divide(t, need, &sh);
	sh.slant = need > sh.wide / t->values[0]->len;
	if (sh.slant)
		sh.ticks += 0.5 * sheet_longest(t->values[0]);
	for (v = 0, font = SHEET_NAME_FONT; v < t->variants->len; v++) {
		g_autoptr(GString) name = g_string_new(NULL);

		sheet_name(t, &sh, v, name);
		font = fmin(font, sh.wide / PANEL_LETTER((double)name->len));
	}
	sh.font = (unsigned)fmax(font, 8);
	return (sh);
}

double
sheet_page(const struct sheet *sh)
{

	return (SHEET_HEAD + sh->rows * (SHEET_NAME + sh->high + sh->ticks) +
	    SHEET_FOOT);
}

void
sheet_at(const struct sheet *sh, guint variant, double *left, double *top)
{

	*left = sh->left;
	if (sh->columns > 1)
		*left += SHEET_MARGIN + variant % sh->columns *
		    (sh->left + SHEET_GAP + sh->wide);
	*top = SHEET_HEAD + SHEET_NAME + variant / sh->columns *
	    (SHEET_NAME + sh->high + sh->ticks);
}

void
sheet_add_box(const struct sheet *sh, guint variant, GString *s,
    double height)
{
	double left, top, x[2], y[2];

	sheet_at(sh, variant, &left, &top);
	x[0] = left / SHEET_WIDTH;
	x[1] = (left + sh->wide) / SHEET_WIDTH;
	y[0] = 1 - (top + sh->high) / height;
	y[1] = 1 - top / height;
	panel_add_margins(s, x, y);
}

void
sheet_name(const struct sweep_table *t, const struct sheet *sh, guint variant,
    GString *s)
{

	words_variant(t, variant, s);
	if (PANEL_LETTER(SHEET_STACK_FONT) * (double)s->len > sh->wide)
		g_string_assign(s, t->variants->pdata[variant]);
}
