/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where a sweep's runs are kept: a directory of one small file a run.
 *
 *	DIR/manifest		format, and which build and which scenario
 *	DIR/parts/3f/3f...csv	a run, whole: two comment lines, the names of
 *				the columns, one row; its id names it and, by
 *				the first two digits, one of 256 directories
 *	DIR/tmp/		what is being written
 *
 * Theory:	a part is a function of its id, and comes into its place by
 *		rename(2) after fsync(2): it is there as a whole or not at all,
 *		and two processes that do the same run write the same bytes.
 *		So any number of shards may share a directory, on any number of
 *		machines, without a lock; and resuming is leaving out what is
 *		there.
 *
 *		Nothing lists DIR/parts: a shard asks for its own runs by name,
 *		one stat(2) each, so that what all shards ask together does not
 *		grow with their number; and what may be stale is looked for
 *		in DIR/tmp, which is small.  A million runs are 4,000 names a
 *		directory (docs/SCALE.md).
 *
 * Format:	2.  Of 1, all parts were in DIR/parts itself.  Another format is
 *		refused, by force too: its runs would not be found.
 */

#ifndef STUDY_SWEEP_STORE_H
#define	STUDY_SWEEP_STORE_H

#include <stdbool.h>

#include <glib.h>

#include "study/sweep/sweep.h"

/* Domain of failed input and output; what a user did is PROBLEM_DOMAIN. */
#define	SWEEP_STORE_ERROR	g_quark_from_static_string("pcbsim-sweep")

struct sweep_store {
	char		*dir;
	char		*build;		/* that made, or makes, the runs */
	char		*host;		/* ours, for names of temporaries */
	char		*columns;	/* of a part: those of summary.csv */
};

enum sweep_store_mode {
	SWEEP_STORE_READ,	/* must be there */
	SWEEP_STORE_WRITE	/* is made if it is not */
};

/*
 * Open the directory for the runs of a sweep.
 *
 * force	never mind another build or another scenario: reading then
 *		looks for the runs of the build that the manifest names, and
 *		writing makes the manifest ours
 *
 * Errors:	made by another build or for another scenario, or nothing to
 *		read (PROBLEM_DOMAIN); somebody else's directory, and failed
 *		input and output (SWEEP_STORE_ERROR).
 */
struct sweep_store *sweep_store_new(const char *dir, const struct sweep *,
	    enum sweep_store_mode, bool force, GError **);
void	sweep_store_free(struct sweep_store *);

/*
 * A directory that was named as a result, but holds the runs of a sweep, is
 * refused: with what to do instead (PROBLEM_DOMAIN).
 */
bool	sweep_store_no_result(const char *dir, GError **);

/*
 * Is the part of a run there, and long enough to hold a row?  Costs one stat();
 * damage inside is for sweep_store_read() to tell.
 */
bool	sweep_store_has(const struct sweep_store *, const char *id);

/*
 * The row of a run.
 *
 * row		[out] without its line end, free with g_free(); NULL if there
 *		is no part, or one that is of no use
 * Errors:	a part that is there but damaged, or cannot be read.
 */
bool	sweep_store_read(const struct sweep_store *, const char *id,
	    char **row, GError **);

/* Keep the row of a run; may be called by several threads. */
bool	sweep_store_write(const struct sweep_store *, const char *id,
	    const char *row, GError **);

#endif /* !STUDY_SWEEP_STORE_H */
