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
#include "study/plot/finding.h"
#include "study/plot/panel.h"

struct figure {
	const char	*name;		/* "port-exhaustion" */
	/* NULL: always; else whether the result has what it shows. */
	bool		(*has)(const struct plotdata *);
	const char	*what;		/* one line for the script's head */
	finding_fn	find;		/* what its title says */
	/* Append the script's body. */
	void		(*draw)(const struct plotdata *, GString *);
	struct panel_page (*page)(const struct plotdata *);
};

/*
 * A variant's panel: over time something above, something else below.  Each
 * part begins and ends by itself.
 */
struct figure_halves {
	const char	*what[2];	/* for the script's comments */
	finding_fn	find;
	void		(*draw[2])(const struct plotdata *, unsigned variant,
			    GString *);
	/* The first failure is told above, and marked below, too. */
	bool		failures;
};

void	figure_halves(const struct plotdata *, const struct figure_halves *,
	    GString *);

/* In figure_maps.c. */
bool	figure_has_causes(const struct plotdata *);
void	figure_causes(const struct plotdata *, GString *);
bool	figure_has_addresses(const struct plotdata *);
void	figure_addresses(const struct plotdata *, GString *);

/* In figure_times.c. */
bool	figure_has_observers(const struct plotdata *);
void	figure_lags(const struct plotdata *, GString *);
void	figure_pcbs(const struct plotdata *, GString *);

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
