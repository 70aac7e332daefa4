/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */


/*
 * Which setting moves the result: each one changed by itself, to its
 * neighbours (neighbour.h), and run again.
 *
 * Theory:	one at a time, of the first variant, with the random numbers of
 *		its replication 0: so a run differs from the one that is there
 *		by the setting alone, though arrivals and waits fall otherwise
 *		after it.  To be said to move a figure a setting has to take it
 *		out of the range of the replications, which is chance, and by
 *		half that range's width; of a single replication nobody knows
 *		what chance does, and it is said.  Less than a hundredth of
 *		the figure, or than 1 ms of lateness, is never told.
 *
 *		Two figures are looked at: the share of what was wanted that
 *		was not served (failed, or still waiting), since with another
 *		rate another number is wanted; and the longest lateness of any
 *		observer.
 *
 * What it is not: settings that act only together are not seen, nor where
 * between two values it turns (pcbsim sweep, pcbsim limit).
 */

#ifndef STUDY_RUN_MOVES_H
#define	STUDY_RUN_MOVES_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

#include "study/run/experiment.h"

/* Runs are bounded: of so many neighbours, whatever the scenario holds. */
#define	MOVES_MAX	64

enum moves_figure {
	MOVES_UNSERVED,		/* failed + waiting, of wanted; 0..1 */
	MOVES_LATE,		/* ms */
	MOVES_NFIGURES
};

struct move {
	char		*setting;	/* NULL: as it is */
	char		*from, *to;
	bool		ran;		/* false: it could not be */
	char		*why;		/* .. and why */
	unsigned	replication;
	double		wanted, failed, waiting;
	char		*verdict;
	double		figure[MOVES_NFIGURES];
};

struct moves {
	char		*variant;
	unsigned	replications;	/* as it is */
	GPtrArray	*is;		/* of struct move: those */
	GPtrArray	*tried;		/* of struct move */
	unsigned	untried;	/* neighbours beyond MOVES_MAX */
};

struct moves_how {
	const struct experiment_how *how;
	/* Those that the scenario was loaded with. */
	const struct override *overrides;
	unsigned	noverrides;
	double		memory;		/* bytes, as footprint_fits() */
};

/*
 * Try all, of an experiment that is complete.
 *
 * Returns:	NULL if it was stopped; free with moves_free().
 */
struct moves *moves_try(const struct experiment *, const struct moves_how *);
void	moves_free(struct moves *);

/* moves.csv, provenance lines included; and read back. */
void	moves_write(const struct experiment *, const struct moves *, FILE *);
/* NULL and no error: there is none in `dir'. */
struct moves *moves_read(const char *dir, GError **);

/*
 * The settings that move a figure, by how much they do; those that move it
 * equally in the order in which they were tried.
 *
 * Returns:	of struct move *, for each setting its neighbour that moves it
 *		more; borrowed, free the array with g_ptr_array_unref().
 */
GPtrArray *moves_rank(const struct moves *, enum moves_figure);

/* The least and the greatest of the replications as it is. */
void	moves_chance(const struct moves *, enum moves_figure, double *lo,
	    double *hi);

/* How many settings were tried. */
unsigned moves_settings(const struct moves *);

#endif /* !STUDY_RUN_MOVES_H */
