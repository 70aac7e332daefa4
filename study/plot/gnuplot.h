/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * gnuplot(1), run as a program on a script file, never through a shell, and
 * with limits: PCBSIM_PLOT_SECONDS of time (60), a mebibyte of messages, 256
 * MiB of a picture.  One that went beyond is not asked again.
 */

#ifndef STUDY_PLOT_GNUPLOT_H
#define	STUDY_PLOT_GNUPLOT_H

#include <stdbool.h>

#include <glib.h>

#define	GNUPLOT_ERROR	g_quark_from_static_string("pcbsim-gnuplot")
#define	GNUPLOT_ERROR_MISSING	1	/* there is no gnuplot */
#define	GNUPLOT_ERROR_FAILED	2	/* it did not do what it was told */
#define	GNUPLOT_ERROR_STOPPED	3	/* it was ended; gnuplot_stop_on() */

/*
 * From now on it is ended, and not begun, when this is not 0: the number of a
 * signal, which its handler puts there.
 */
void	gnuplot_stop_on(const gint *stop);

/*
 * Run `script' (a name in `dir') in `dir'.
 *
 * output	[out] what it wrote on stdout; NULL: not wanted
 */
bool	gnuplot_run(const char *dir, const char *script, char **output,
	    GError **);

/*
 * Append text as a string of gnuplot's in which it runs no command and
 * substitutes nothing: plain text in single quotes, any other in double quotes
 * with all that could mean something, to the block round it too, as \NNN.
 */
void	gnuplot_add_text(GString *, const char *text);

#endif /* !STUDY_PLOT_GNUPLOT_H */
