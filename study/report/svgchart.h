/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A chart as inline SVG, drawn for a page with the style and the script of
 * study/report/webpage.h: colours come by class, hover values from attributes.
 * What lies inside the axes is an SVG of its own, so that the script can show
 * a part of it; charts whose x axes are of one kind are shown from the same
 * value to the same.
 *
 * A series with more points than the chart has pixels keeps the least and the
 * most of each pixel, in their order: no peak is lost.
 */

#ifndef STUDY_REPORT_SVGCHART_H
#define	STUDY_REPORT_SVGCHART_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* Of the drawing, in its own units. */
#define	SVGCHART_WIDTH	720
#define	SVGCHART_LEFT	70
#define	SVGCHART_RIGHT	24
#define	SVGCHART_TOP	14
#define	SVGCHART_FOOT	40

/* What numbers along an axis are. */
enum svgchart_unit {
	SVGCHART_COUNT,
	SVGCHART_SECONDS,
	SVGCHART_MS,
	SVGCHART_US,
	SVGCHART_SHARE
};

struct svgchart_scale {
	const char	*name;		/* "simulated time" */
	enum svgchart_unit unit;
	bool		log;
	double		from, to;	/* values; log: from > 0 */
};

struct svgchart {
	GString		*out;		/* borrowed */
	struct svgchart_scale x, y;
	double		height;		/* of the part inside the axes */
	bool		thinned;	/* some series lost points */
	GString		*words;		/* that stand above all; its own */
};

struct svgchart_series {
	const char	*name;
	const char	*variant;	/* that it is shown with; or NULL */
	unsigned	colour;		/* counted from 0 */
	bool		dashed;
	bool		unseen;		/* told on hover, not drawn */
	bool		area;		/* filled to the foot */
	const double	*x, *y;		/* x[n] ascending, y[n]; NaN: a gap */
	const double	*told;		/* told[n] on hover; NULL: y */
	size_t		n;
};

/*
 * Begin; .out, .x, .y and .height are set.
 *
 * label	what the picture shows, for those who do not see it
 */
void	svgchart_open(struct svgchart *, const char *label);
void	svgchart_close(struct svgchart *);

/* Shade [from, to] of the x axis; `label' shows on hover. */
void	svgchart_band(struct svgchart *, double from, double to,
	    const char *label);

/* A vertical line at x (text may be ""), a horizontal one at y, with words. */
void	svgchart_mark_x(struct svgchart *, double x, const char *text);
void	svgchart_mark_y(struct svgchart *, double y, const char *text);

/* Shades of a cell, the last one for what is full. */
#define	SVGCHART_SHADES	8

/* Fill [x[0], x[1]] x [y[0], y[1]] with a shade; `label' shows on hover. */
void	svgchart_cell(struct svgchart *, const double x[2], const double y[2],
	    unsigned shade, const char *label);

/* A dot; `text' shows on hover. */
void	svgchart_dot(struct svgchart *, double x, double y, const char *text);

void	svgchart_series(struct svgchart *, const struct svgchart_series *);

#endif /* !STUDY_REPORT_SVGCHART_H */
