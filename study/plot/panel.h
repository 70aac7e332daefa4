/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Pieces that all pictures are made of: where a panel lies on the page, its
 * axes, what is written on it.  Each appends lines of a gnuplot script.
 */

#ifndef STUDY_PLOT_PANEL_H
#define	STUDY_PLOT_PANEL_H

#include <stdbool.h>

#include <glib.h>

#include "study/plot/data.h"
#include "study/plot/finding.h"

/* Colours that the colour-blind tell apart, after Okabe and Ito. */
#define	PANEL_BLUE	"#0072b2"
#define	PANEL_RED	"#d55e00"
#define	PANEL_GREEN	"#009e73"
#define	PANEL_BLACK	"#000000"
#define	PANEL_GREY	"#c8c8c8"
#define	PANEL_GREY_LINE	"#8c8c8c"
#define	PANEL_ORANGE	"#e69f00"
#define	PANEL_SKY	"#56b4e9"

/*
 * Pixels; a variant's panel is a high part and a low one below it, and each
 * column of panels is so wide.
 */
#define	PANEL_WIDTH	1000
#define	PANEL_LEFT	124
#define	PANEL_RIGHT	34
#define	PANEL_TOP	114		/* titles */
#define	PANEL_HEAD	82		/* a variant's finding and legend */
#define	PANEL_HIGH	220
#define	PANEL_GAP	34		/* what the low part shows */
#define	PANEL_LOW	90
#define	PANEL_EACH	(PANEL_HEAD + PANEL_HIGH + PANEL_GAP + PANEL_LOW + 44)
#define	PANEL_BOTTOM	76		/* axis and footer */

/* .. of a letter, on average, of a font of so many points. */
#define	PANEL_LETTER(font)	(0.69 * (font))

/* "BEFORE1.5AFTER" */
void	panel_add_number(GString *, const char *before, double,
	    const char *after);

/*
 * `set label': `at' are coordinates with their systems, `how' is what else
 * gnuplot is to know.
 */
void	panel_add_label(GString *, const char *text, const char *at,
	    const char *how);

/* Pixels. */
struct panel_page {
	double		width, height;
};

/*
 * A page with a panel for each variant, row by row: up to four in one column,
 * up to sixteen in two, and so on, so that it is never much higher than wide.
 */
struct panel_page panel_page(const struct plotdata *);

/* Where a panel lies on its page; pixels, from the upper left corner. */
struct panel_place {
	struct panel_page page;
	double		left, top;
};

struct panel_place panel_place(const struct plotdata *, unsigned variant);
/* Is there none below it? */
bool	panel_is_foot(const struct plotdata *, unsigned variant);

/*
 * Begin a part of the panel of a variant: a comment in the script that says
 * which, and of the `part' before, unless it is the page's first, is forgotten
 * what panel_add_reset() says.
 *
 * part		0: the variant's first
 */
void	panel_begin(GString *, unsigned variant, unsigned part,
	    const char *what);

/* Where a box lies: so many pixels below where its panel begins, so high. */
void	panel_add_box(GString *, const struct panel_place *, double below,
	    double high);
/* The same in shares of the page, counted from its lower left corner. */
void	panel_add_margins(GString *, const double x[2], const double y[2]);

/*
 * A logarithmic axis of durations, 'x' or 'y', from `from' to `to', all in
 * units of `us' microseconds.
 */
void	panel_add_log_time(GString *, char axis, double us, double from,
	    double to);

/* Time along the foot, the same for all panels. */
void	panel_add_time_axis(GString *, const struct plotdata *, bool numbers,
	    bool name);

/* Shade what was frozen. */
void	panel_add_frozen(GString *, const struct plotdata_variant *);

/* A vertical line through the first failure, with or without its text. */
void	panel_add_failure(GString *, const struct plotdata *,
	    const struct plotdata_variant *, bool text);

/*
 * Above its panel: the variant's name with what was found, what it is, and
 * where the legend goes; whether what was frozen is shaded there.
 */
void	panel_add_name(GString *, const struct plotdata *,
	    const struct plotdata_variant *, finding_fn, bool shaded,
	    const struct panel_place *);

/*
 * What was found, in at most three lines, the scenario's title below; a footer
 * that says where it comes from.
 */
void	panel_add_page(GString *, const struct plotdata *, finding_fn,
	    const struct panel_page *);

/* "each 0.2 s": how long an interval is. */
void	panel_add_interval(GString *, const char *before, double seconds);

/*
 * What was found, in at most three lines at the top, and what it is of, grey,
 * below the last of them.
 */
void	panel_add_title(GString *, const char *, const char *below,
	    const struct panel_page *);
/* A remark of two lines, so many pixels above the foot. */
void	panel_add_note(GString *, const char *, double up,
	    const struct panel_page *);
/* The footer alone. */
void	panel_add_footer(GString *, const char *text,
	    const struct panel_page *);

/* Forget labels, arrows, shades and axes before the next panel. */
void	panel_add_reset(GString *);

/* The power of ten at or above v, at least 0.001. */
double	panel_decade(double v);

/* A round number above v, with a little room. */
double	panel_round_up(double v);

#endif /* !STUDY_PLOT_PANEL_H */
