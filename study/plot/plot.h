/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The pictures of a result, drawn from its CSV files.
 */

#ifndef STUDY_PLOT_PLOT_H
#define	STUDY_PLOT_PLOT_H

#include <stdbool.h>

#include <glib.h>

#define	PLOT_ERROR	g_quark_from_static_string("pcbsim-plot")
#define	PLOT_ERROR_MISSING	1	/* there is no gnuplot */
#define	PLOT_ERROR_FAILED	2
#define	PLOT_ERROR_DATA		3	/* `dir' holds no result */

/*
 * Write plots/ below `dir': for each picture NAME.gp, NAME.svg and, where
 * gnuplot can, NAME.png, with their data beside them.
 *
 * Without gnuplot scripts and data are written all the same, and the error is
 * PLOT_ERROR_MISSING.
 */
bool	plot_draw(const char *dir, GError **);

/*
 * Names of all files that plot_draw() may make, "plots/lock-stalls.svg".  Free
 * with g_strfreev().
 */
char	**plot_names(void);

/*
 * plot_draw() of a result that stands: pictures come in whole, and none that
 * is not ours is replaced; the remark is that of study/run/amend.h, as are
 * errors, too.
 */
bool	plot_again(const char *dir, char **remark, GError **);

/*
 * Write NAME.gp with this text below `dir', run it and see that its pictures
 * are whole.  Errors as those of plot_draw().
 */
bool	plot_draw_script(const char *dir, const char *name,
	    const char *script, GError **);

/*
 * Charts for a mail, 70 x 18 characters, of what plot_draw() wrote below `dir',
 * or would have: no form feed, no trailing blanks.  Free with g_free(); both
 * are NULL on error.  For a moment there are files plots/charts.* in `dir'.
 * Errors as those of plot_draw().
 */
bool	plot_charts(const char *dir, char **ports, char **stalls, GError **);

#endif /* !STUDY_PLOT_PLOT_H */
