/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Scripts for gnuplot: one a picture.  Each draws an SVG and, where this
 * gnuplot can, a PNG; it reads one of the .dat files beside it.
 */

#ifndef STUDY_PLOT_FIGURE_H
#define	STUDY_PLOT_FIGURE_H

#include <glib.h>

#include "study/plot/data.h"

struct figure {
	const char	*name;		/* "port-exhaustion" */
	/* NULL: always; else whether the result has what it shows. */
	bool		(*has)(const struct plotdata *);
	const char	*what;		/* one line for the script's head */
	/* Append the script's body. */
	void		(*draw)(const struct plotdata *, GString *);
	/* Size in pixels. */
	unsigned	width;
	unsigned	(*height)(const struct plotdata *);
};

/* In figure_maps.c. */
bool	figure_has_causes(const struct plotdata *);
void	figure_causes(const struct plotdata *, GString *);
bool	figure_has_addresses(const struct plotdata *);
void	figure_addresses(const struct plotdata *, GString *);

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

#endif /* !STUDY_PLOT_FIGURE_H */
