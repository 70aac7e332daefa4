/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scripts for gnuplot: one a picture.  Each draws an SVG and, where this
 * gnuplot can, a PNG; it reads timeline.dat or latency.dat beside it.
 */

#ifndef STUDY_FIGURE_H
#define	STUDY_FIGURE_H

#include <glib.h>

#include "study/plotdata.h"

struct figure {
	const char	*name;		/* "port-exhaustion" */
	const char	*what;		/* one line for the script's head */
	/* Append the script's body. */
	void		(*draw)(const struct plotdata *, GString *);
	/* Size in pixels. */
	unsigned	width;
	unsigned	(*height)(const struct plotdata *);
};

/* .name NULL ends. */
extern const struct figure figure_table[];

/*
 * The head of a script that draws NAME.svg and NAME.png of this size, and its
 * foot; what comes between is indented by two.
 */
void	figure_begin(GString *, const char *name, const char *what,
	    unsigned width, unsigned height);
void	figure_end(GString *);

/* The whole script.  Free with g_free(). */
char	*figure_script(const struct figure *, const struct plotdata *);

#endif /* !STUDY_FIGURE_H */
