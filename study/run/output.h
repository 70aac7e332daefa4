/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A directory of results that is there as a whole or not at all.
 *
 * Theory:	everything is written into `.NAME.partial-PID' beside NAME;
 *		each file is flushed, synced and checked as it is closed.
 *		output_commit() moves an old result to `.NAME.old-PID',
 *		the new one into its place, and deletes the old one.  A crash
 *		between the two moves is mended by the next output_new(), which
 *		also clears away what dead processes left behind.
 *
 * Only a directory that this program made, or an empty one, is replaced: a
 * mistyped --out must not cost anybody a home directory.
 */

#ifndef STUDY_RUN_OUTPUT_H
#define	STUDY_RUN_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

#define	OUTPUT_ERROR	g_quark_from_static_string("pcbsim-output")

struct output;

/*
 * Begin a result that is to stand at `dir'; makes missing parents.
 *
 * Errors:	`dir' is not to be replaced, or cannot be written: the message
 *		names the file and the cause.
 */
struct output *output_new(const char *dir, GError **);

/* Without output_commit() this removes all that was written. */
void	output_free(struct output *);

/* Where to write meanwhile; borrowed. */
const char *output_partial(const struct output *);
/* Where it is going to stand; borrowed, absolute. */
const char *output_dir(const struct output *);

/*
 * Make a file (of a subdirectory, if `name' has a slash).  output_close()
 * closes it, and tells of anything that went wrong since output_open().
 */
FILE	*output_open(struct output *, const char *name, GError **);
bool	output_close(struct output *, FILE *, GError **);

/* The same for a text that is at hand. */
bool	output_text(struct output *, const char *name, const char *text,
	    GError **);

/* Does a result stand at `dir', and is it whole (not marked INCOMPLETE)? */
bool	output_stands(const char *dir);

/* Stand at another place than output_new() was told. */
bool	output_divert(struct output *, const char *dir, GError **);

bool	output_commit(struct output *, GError **);

#endif /* !STUDY_RUN_OUTPUT_H */
