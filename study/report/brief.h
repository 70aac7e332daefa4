/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A few figures of each variant, rounded for people: means over replications,
 * three significant digits, units that suit.
 */

#ifndef STUDY_REPORT_BRIEF_H
#define	STUDY_REPORT_BRIEF_H

#include <stdbool.h>

#include <glib.h>

#include "study/run/experiment.h"

/*
 * A value of the metric, >= 0, in its unit; infinity is "never" or "-".  Free
 * with g_free().
 */
char	*brief_number(const struct metric *, double value);

/*
 * The mean of `n' values as brief_number(); where only some are finite, "in 5
 * of 6", for then there is none.  Free with g_free().
 */
char	*brief_mean(const struct metric *, const double *values, unsigned n);

/*
 * A metric of a variant: "1.62 s", "55,536", "12.3 %", "never" for a time
 * that did not come, "in 5 of 6" for one that came in some replications, "-"
 * for what was not measured.  Free with g_free().
 */
char	*brief_value(const struct experiment *, unsigned variant,
	    const char *metric);

/* Did any run of it begin? */
bool	brief_ran(const struct experiment *, unsigned variant);

/* The worst verdict of a variant's replications; "not run". */
const char *brief_verdict(const struct experiment *, unsigned variant);

/*
 * What became of all that was wanted (lead.h): "current: 4,600 wanted = 4,000
 * served + 500 failed + 100 waiting; proposed: ...".
 */
void	brief_headline(const struct experiment *, GString *);

/*
 * One line a variant: what `run' prints.  Of the observers it shows the one
 * that was frozen for longest, or else was latest, with its name.
 */
void	brief_table(const struct experiment *, GString *);

#endif /* !STUDY_REPORT_BRIEF_H */
