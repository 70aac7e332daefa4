/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Rows of runs, a line each, in files that only grow: one a process.
 *
 *	DIR/I-N.LIST.HOST.PID.RANDOM.csv
 *
 * in which three lines tell whose they are, and each more is
 *
 *	ID CHECK ROW
 *
 * the id of a run, the CRC-32 of "ID ROW" in hex digits, and the row.
 *
 * Theory:	a file has one writer, so nobody locks.  A line is there when
 *		its check and its line end are: what a process or a machine
 *		that died left of its last one is no row, and is done again;
 *		nothing is recovered.  So is a line that is damaged.  A row is
 *		handed to the system at once, and is on the disk within
 *		ROWS_SAFE: one fsync(2) is for all rows since the last.
 *
 *		I-N are shard and shards, LIST a digest of the list of runs
 *		whose every N-th the shard has: who has another shard of the
 *		same list and number need not read the file.
 */

#ifndef STUDY_SWEEP_ROWS_H
#define	STUDY_SWEEP_ROWS_H

#include <stdbool.h>

#include <glib.h>

#include "study/sweep/rows_line.h"

/* Domain of failed input and output, the code is the errno. */
#define	ROWS_ERROR	g_quark_from_static_string("pcbsim-rows")

/* A row is safe after so long, or with the next tick of who calls, us. */
#define	ROWS_SAFE	200000

/* Whose rows. */
struct rows_share {
	unsigned	shard, nshards;	/* from 0 */
	char		list[16];	/* hex digits, no two lists have the
					   same; "": nobody's is left out */
};

struct rows;

/*
 * Those below a directory, which need not be there.
 *
 * head		the lines before the first row; files that begin otherwise are
 *		of another build and left alone
 * who		stands in the name of a new file: host and process
 *
 * Errors:	a file cannot be read.
 */
struct rows *rows_new(const char *dir, const char *head,
	    const struct rows_share *, const char *who, GError **);
/* What is not safe yet may be lost: rows_sync() first. */
void	rows_free(struct rows *);

enum rows_state rows_state(struct rows *, const char *id);

/*
 * row		[out] without its line end, free with g_free(); NULL: none
 * Errors:	it is damaged, or cannot be read.
 */
bool	rows_read(struct rows *, const char *id, char **row, GError **);

/*
 * Add a row; may be called by several threads.  Nothing of it is left on an
 * error, and nothing can be added any more.
 */
bool	rows_add(struct rows *, const char *id, const char *row, GError **);

/*
 * Have all rows so far on the disk.
 *
 * Errors:	they are not, and those since the last time are taken back.
 */
bool	rows_sync(struct rows *, GError **);

/*
 * Lines of which nobody knows the run, in files of this head: how many, and
 * the first of them ("FILE, byte N"; NULL if there are none).
 */
unsigned rows_strange(const struct rows *, const char **first);

#endif /* !STUDY_SWEEP_ROWS_H */
