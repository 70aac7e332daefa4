/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which files of a directory are the program's: manifest.sha256 in it, in the
 * layout of sha256sum(1), so that `sha256sum -c manifest.sha256' finds what was
 * changed since.
 *
 * Theory:	a file is ours if it is listed and has the digest that is listed
 *		there; a directory, if a listed file is in it, or if it is
 *		plots/ or samples/ with nothing in it.  All else is
 *		somebody's: nothing here changes or removes it.  So a note
 *		beside the figures, a picture in plots/ and a report that was
 *		edited are all seen, and a list with another's names in it does
 *		no harm beyond the directory: names that lead out are refused,
 *		symbolic links are not followed.
 *
 *		Its comment lines are the program's, too, or somebody's, and
 *		then the list is left alone: who wrote a note there wants to
 *		find it again.  Known as the program's are the words below, and
 *		whatever another version says instead, which proves it by a
 *		line of its own behind those words:
 *
 *			# words: SHA-256 of all comment lines above it but the
 *			first and those of "# without: ", each with its LF
 *
 *		Words of that kind stay as they are when the list is written
 *		again: one may say that the result is not whole.
 */

#ifndef STUDY_RUN_MANIFEST_H
#define	STUDY_RUN_MANIFEST_H

#include <stdbool.h>

#include <glib.h>

#define	MANIFEST_NAME	"manifest.sha256"

#define	MANIFEST_ERROR	g_quark_from_static_string("pcbsim-manifest")

struct manifest;

/* That of `dir', with nothing in it yet. */
struct manifest *manifest_new(const char *dir);
void	manifest_free(struct manifest *);

/*
 * That which is in `dir'.
 *
 * Returns:	NULL without an error: there is none.
 * Errors:	"FILE:LINE: ...", or it cannot be read.
 */
struct manifest *manifest_read(const char *dir, GError **);

/* Files are read by so many threads from now on; by one, at first. */
void	manifest_threads(struct manifest *, unsigned threads);

/*
 * List files as they are now on the disk, once they have really got there.
 *
 * names	below the directory: "plots/lock-stalls.gp"
 * Errors:	of the first that has one.
 */
bool	manifest_add(struct manifest *, const GPtrArray *names, GError **);

/*
 * A file is ours with the digest of the one at `path', too, which is about to
 * be moved there: then it is ours whether or not that has happened.
 */
bool	manifest_allow(struct manifest *, const char *name, const char *path,
	    GError **);

/*
 * Comment lines that the next manifest_write() puts before the files, each
 * "# without: WHAT: WHY"; those of a list that was read stay.
 */
void	manifest_remark(struct manifest *, const char *lines);

/* The result is no longer without WHAT. */
void	manifest_mended(struct manifest *, const char *what);

/*
 * Replace manifest.sha256 as a whole.
 *
 * by		the directory that it is written in: one of ours, so that
 *		nothing else in that of the manifest is written to; NULL: that
 *		is ours itself
 */
bool	manifest_write(const struct manifest *, const char *by, GError **);

/*
 * The first that is not ours in the directory, or below `at' where its files
 * have been moved meanwhile (NULL: they have not).
 *
 * Returns:	"plots/mine.png is none of its files", "report.txt was changed
 *		since"; NULL: all is ours.  Free with g_free().
 */
char	*manifest_stranger(const struct manifest *, const char *at);

/* May this file be written: is it not there, or ours? */
bool	manifest_may_write(const struct manifest *, const char *name,
	    GError **);

/*
 * Remove what is ours below `at' (as above), and `at' if that was all.
 *
 * Returns:	whether it was.
 */
bool	manifest_remove(const struct manifest *, const char *at);

#endif /* !STUDY_RUN_MANIFEST_H */
