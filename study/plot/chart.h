/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Charts made of letters, for a mail: scripts for gnuplot that write to
 * standard output.  Variants are told apart by letters; at most
 * CHART_MAXVARIANTS of them are drawn.
 */

#ifndef STUDY_PLOT_CHART_H
#define	STUDY_PLOT_CHART_H

#include <glib.h>

#include "study/plot/data.h"

#define	CHART_MAXVARIANTS	4

/*
 * Ports free for a connect() that is not bound, over time: by the rule that
 * each variant's stack follows.  `data' names timeline.dat.
 */
char	*chart_ports(const struct plotdata *, const char *data);

/* Longest stall of an interval over time, logarithmic. */
char	*chart_stalls(const struct plotdata *, const char *data);

/*
 * What is drawn, and whose each letter is.  gnuplot would leave out a title
 * that is too wide, so this stands above the chart as text.
 */
char	*chart_caption(const struct plotdata *, const char *what);

/* What the dumb terminal wrote, without form feeds and trailing blanks. */
char	*chart_clean(const char *text);

#endif /* !STUDY_PLOT_CHART_H */
