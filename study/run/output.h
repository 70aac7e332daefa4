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
 *		output_commit() lists them in manifest.sha256 (manifest.h) and
 *		moves the new result into the place of the old one (place.h),
 *		of which it then removes what is listed there.  Meanwhile a
 *		lease (lease.h) keeps other runs out, and tells the next one
 *		what a crash left.
 *
 * Nothing of anybody else's is ever replaced or removed: a place is taken only
 * if all that is in it is ours, to the byte; names beside it are touched only
 * if our lease names them; and what cannot be put in place is put beside it.
 */

#ifndef STUDY_RUN_OUTPUT_H
#define	STUDY_RUN_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

/* The code is an errno: EBUSY, another run is at it. */
#define	OUTPUT_ERROR	g_quark_from_static_string("pcbsim-output")

struct output;

/*
 * Begin a result that is to stand at `dir'; makes missing parents.
 *
 * Errors:	`dir' is not to be replaced, cannot be written, or another run
 *		is at it: the message names the file and the cause.
 */
struct output *output_new(const char *dir, GError **);

/* Without output_commit() this removes all that was written. */
void	output_free(struct output *);

/* Where to write meanwhile; borrowed. */
const char *output_partial(const struct output *);
/* Where it is going to stand; borrowed, absolute. */
const char *output_dir(const struct output *);

/* Files are read back by so many threads; one, if this is not said. */
void	output_threads(struct output *, unsigned threads);

/*
 * Make a file (of a subdirectory, if `name' has a slash), beside others that
 * are open.  output_close() closes it, and tells of anything that went wrong
 * since output_open(): then the file is not there.
 */
FILE	*output_open(struct output *, const char *name, GError **);
bool	output_close(struct output *, FILE *, GError **);

/* The same for a text that is at hand. */
bool	output_text(struct output *, const char *name, const char *text,
	    GError **);

/* A file that somebody else makes in output_partial(): it is ours if it is. */
void	output_expect(struct output *, const char *name);

/*
 * What the result is without, and why: a comment in its manifest, for whoever
 * gets it later.
 */
void	output_lack(struct output *, const char *what, const char *why);

/* Does a result stand at `dir', and is it whole (not marked INCOMPLETE)? */
bool	output_stands(const char *dir);

/* Stand at another place than output_new() was told; on error, where it was. */
bool	output_divert(struct output *, const char *dir, GError **);

/*
 * Put it in its place.
 *
 * Errors:	it cannot be: then it is beside it, and the message says where.
 */
bool	output_commit(struct output *, GError **);

/*
 * Put it beside its place, which is not to be had for `why'.  Always an error,
 * which says that and where it is.
 */
bool	output_commit_beside(struct output *, const GError *why, GError **);

/*
 * What else is to be said: of an older result that was moved aside, of what a
 * crash left; lines.  NULL if nothing, or said before; free with g_free().
 */
char	*output_remark(struct output *);

/*
 * Where the result that is called `dir' is: `dir', but for one whose run was
 * ended between two moves.
 *
 * remark	[out] what is to be said of that, NULL: nothing; g_free()
 *
 * Returns:	free with g_free().
 */
char	*output_find(const char *dir, char **remark);

/*
 * What is to be said of a result whose figures are not those that its list
 * tells (manifest.h): the first such file; NULL: nothing, or it has no list.
 * Free with g_free().
 */
char	*output_doubt(const char *dir);

#endif /* !STUDY_RUN_OUTPUT_H */
