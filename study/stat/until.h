/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * When to stop adding replications: once the 95 % interval of a metric's mean
 * is narrow enough for every variant.
 *
 * Limits:	to look at the spread and then decide to stop favours samples
 *		whose spread is small by chance, so such an interval holds the
 *		truth a little less often than it says.  Replications that are
 *		fixed beforehand do not have this.
 */

#ifndef STUDY_STAT_UNTIL_H
#define	STUDY_STAT_UNTIL_H

#include <stdbool.h>

#include <glib.h>

#include "study/run/experiment.h"
#include "study/stat/stat.h"

#define	STAT_UNTIL_MAX		100	/* replications, at most */
/* Unless one is named: what callers feel, and less erratic than a maximum. */
#define	STAT_UNTIL_METRIC	"connect_p99_us"

struct stat_until {
	double		share;		/* half width over mean, 0..1 */
	char		*metric;
};

/*
 * "ci:5%", "ci:2.5%,stall_max_us"; .metric is freed by stat_until_fini().
 *
 * Errors:	what is allowed.
 */
bool	stat_until_parse(const char *, struct stat_until *, GError **);
void	stat_until_fini(struct stat_until *);

/* Does the scenario know the metric? */
bool	stat_until_check(const struct stat_until *, const struct scenario *,
	    GError **);

/*
 * How many replications to have next, given those there are.
 *
 * text		[out] why, or why no more; free with g_free()
 *
 * Returns:	more than there are, at most STAT_UNTIL_MAX; 0: stop.
 */
unsigned stat_until_next(const struct stat_until *, const struct experiment *,
	    char **text);

#endif /* !STUDY_STAT_UNTIL_H */
