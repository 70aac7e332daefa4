/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Pictures of a sweep, from what `pcbsim sweep merge' printed.
 *
 * Theory:	one swept parameter: a line a variant, means over replications
 *		with their 95 % intervals as a band.  Two: a map a variant, a
 *		cell for each combination, its mean written in it; and the
 *		phase diagram, a cell's verdict by colour and letter, the worst
 *		of its replications.
 */

#ifndef STUDY_SWEEP_PLOT_H
#define	STUDY_SWEEP_PLOT_H

#include <stdbool.h>

#include <glib.h>

#define	SWEEP_PLOT_ERROR	g_quark_from_static_string("pcbsim-sweep-plot")

/*
 * metrics	columns to draw; NULL or empty: those that tell most
 * remark	[out] of what was ended before (study/run/amend.h); g_free()
 * dir		where NAME.svg, .png, .gp go; made if need be
 *
 * Errors: no merged sweep, no such column, more than two swept parameters; and
 * those of plot_draw().
 */
bool	sweep_plot(const char *csv, const char *dir,
	    const char *const *metrics, char **remark, GError **);

#endif /* !STUDY_SWEEP_PLOT_H */
