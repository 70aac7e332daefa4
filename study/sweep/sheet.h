/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where the panels of a sweep's variants lie on a page: beside one another as
 * far as there is room, or a page of many is too high to be compared.
 */

#ifndef STUDY_SWEEP_SHEET_H
#define	STUDY_SWEEP_SHEET_H

#include <stdbool.h>

#include <glib.h>

#include "study/sweep/table.h"

/* Pixels. */
#define	SHEET_WIDTH	1000
#define	SHEET_FOOT	60		/* names of the axes, footer */

struct sheet {
	guint		columns, rows;	/* of panels */
	double		left;		/* room for values beside a panel */
	double		wide, high;	/* of a panel */
	double		ticks;		/* room for values below it */
	bool		slant;		/* .. which are wider than cells */
	unsigned	font;		/* of names above the panels */
};

struct sheet sheet_of(const struct sweep_table *);

/* Height of the page. */
double	sheet_page(const struct sheet *);

/* The upper left corner of a panel, from that of the page. */
void	sheet_at(const struct sheet *, guint variant, double *left,
	    double *top);

/* The same for gnuplot, on a page so high. */
void	sheet_add_box(const struct sheet *, guint variant, GString *,
	    double height);

/* What stands above a panel: the variant, its stack if there is room. */
void	sheet_name(const struct sweep_table *, const struct sheet *,
	    guint variant, GString *);

#endif /* !STUDY_SWEEP_SHEET_H */
