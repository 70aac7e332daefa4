/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A line on the terminal that says how far the runs are and when they will be
 * done.  On stderr, and only if that is a terminal.
 */

#ifndef STUDY_RUN_PROGRESS_H
#define	STUDY_RUN_PROGRESS_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

struct progress {
	FILE		*out;		/* NULL: say nothing */
	const char	*what;		/* borrowed */
	gint64		began;		/* monotonic, us */
	int		width;		/* of the line that stands there */
};

/* `quiet' or no terminal: nothing is ever written. */
void	progress_init(struct progress *, FILE *, const char *what,
	    bool quiet);

/* `progress' is a struct progress; share is 0..1. */
void	progress_tick(void *progress, double share);

/* "2 h 5 min", "41 s", "0.4 s", "12 ms", for people; free with g_free(). */
char	*progress_time(double s);

/* Take the line away. */
void	progress_fini(struct progress *);

#endif /* !STUDY_RUN_PROGRESS_H */
