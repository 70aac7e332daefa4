/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where a sweep's runs are kept: a directory with a file of rows a process.
 *
 *	DIR/manifest		format, and which build and which scenario
 *	DIR/rows/1-4...csv	runs, a line each, of one process (rows.h)
 *	DIR/tmp/		what is being written: the manifest
 *
 * Theory:	a row is a function of its run's id, and is there as a whole or
 *		not at all; two processes that do the same run write the same
 *		row.  So any number of shards may share a directory, on any
 *		number of machines, without a lock; and resuming is leaving out
 *		what is there.
 *
 *		A run is safe ROWS_SAFE after its end at the latest, and one
 *		that took longer than that when it has ended: a machine that
 *		dies loses what ended in the last fifth of a second, and what
 *		was under way.  That is done again; nothing is ever half there.
 *		One fsync(2) is for many short runs: it takes longer than they.
 *
 *		A shard reads the rows of its own number, and those of other
 *		divisions: what all shards read together does not grow with
 *		their number.
 *
 * Format:	3.  Of 2, each run was a file, DIR/parts/3f/3f...csv, which is
 *		still read; of 1, all these were in DIR/parts itself.  Another
 *		format is refused, by force too: its runs would not be found.
 */

#ifndef STUDY_SWEEP_STORE_H
#define	STUDY_SWEEP_STORE_H

#include <stdbool.h>

#include <glib.h>

#include "study/sweep/rows.h"
#include "study/sweep/sweep.h"

/* Domain of failed input and output; what a user did is PROBLEM_DOMAIN. */
#define	SWEEP_STORE_ERROR	g_quark_from_static_string("pcbsim-sweep")

struct sweep_store {
	char		*dir;
	char		*build;		/* that made, or makes, the runs */
	char		*host;		/* ours, for names of temporaries */
	char		*columns;	/* of a row: those of summary.csv */
	struct rows	*rows;
	bool		parts;		/* there are some, of format 2 */
};

enum sweep_store_mode {
	SWEEP_STORE_READ,	/* must be there */
	SWEEP_STORE_WRITE	/* is made if it is not */
};

/*
 * Open the directory for the runs of a sweep: all, or those of a shard.
 *
 * shard	from 0, < nshards; of others only some runs are known to be
 *		there
 * force	never mind another build or another scenario: reading then
 *		looks for the runs of the build that the manifest names, and
 *		writing makes the manifest ours
 *
 * Errors:	made by another build or for another scenario, or nothing to
 *		read (PROBLEM_DOMAIN); somebody else's directory, and failed
 *		input and output (SWEEP_STORE_ERROR).
 */
struct sweep_store *sweep_store_new(const char *dir, const struct sweep *,
	    enum sweep_store_mode, bool force, unsigned shard,
	    unsigned nshards, GError **);
/* What was written and not made safe may be lost: sweep_store_sync(). */
void	sweep_store_free(struct sweep_store *);

/*
 * A directory that was named as a result, but holds the runs of a sweep, is
 * refused: with what to do instead (PROBLEM_DOMAIN).
 */
bool	sweep_store_no_result(const char *dir, GError **);

/*
 * Is a run there?  Damage since it was written, to the file of a part, is for
 * sweep_store_read() to tell.
 */
bool	sweep_store_has(const struct sweep_store *, const char *id);

/*
 * The row of a run.
 *
 * row		[out] without its line end, free with g_free(); NULL if there
 *		is none, or one that is of no use
 * Errors:	it is there but damaged, or cannot be read.
 */
bool	sweep_store_read(const struct sweep_store *, const char *id,
	    char **row, GError **);

/* Keep the row of a run; may be called by several threads. */
bool	sweep_store_write(const struct sweep_store *, const char *id,
	    const char *row, GError **);

/* Have all that was written on the disk. */
bool	sweep_store_sync(const struct sweep_store *, GError **);

#endif /* !STUDY_SWEEP_STORE_H */
