/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * gnuplot(1), run as a program on a script file, never through a shell.
 */

#ifndef STUDY_PLOT_GNUPLOT_H
#define	STUDY_PLOT_GNUPLOT_H

#include <stdbool.h>

#include <glib.h>

#define	GNUPLOT_ERROR	g_quark_from_static_string("pcbsim-gnuplot")
#define	GNUPLOT_ERROR_MISSING	1	/* there is no gnuplot */
#define	GNUPLOT_ERROR_FAILED	2	/* it did not do what it was told */

/*
 * Run `script' (a name in `dir') in `dir'.
 *
 * output	[out] what it wrote on stdout; NULL: not wanted
 */
bool	gnuplot_run(const char *dir, const char *script, char **output,
	    GError **);

/*
 * Append text as a string of gnuplot's: in single quotes, inside which it
 * runs no command and substitutes nothing.
 */
void	gnuplot_add_text(GString *, const char *text);

#endif /* !STUDY_PLOT_GNUPLOT_H */
