/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The name that somebody probably meant.
 *
 * Theory:	least number of insertions, deletions, substitutions and swaps
 *		of neighbours, no part edited twice (optimal string alignment;
 *		Damerau 1964, Wagner and Fischer 1974).
 */

#ifndef STUDY_TEXT_NEAREST_H
#define	STUDY_TEXT_NEAREST_H

#include <limits.h>

#include <glib.h>

/* Edits between two texts, bytes; capital letters count as small ones. */
unsigned nearest_distance(const char *, const char *);

#define	NEAREST_FAR	UINT_MAX	/* too far to be meant */

/*
 * Edits from what was typed to a name that may be meant: at most a third of the
 * longer one's letters, and 0 if the name begins with it; else NEAREST_FAR.
 */
unsigned nearest_edits(const char *typed, const char *name);

/*
 * The nearest of names[n] if it is near enough to be meant: at most a third of
 * the longer one's letters differ, or it begins with what was typed.  The first
 * of equals; but what differs in capital letters only is nearer than any.
 *
 * Returns:	borrowed from `names'; NULL if none is near.
 */
const char *nearest_find(const char *typed, const char *const *names,
	    unsigned n);

/* "; did you mean X?", or "".  Free with g_free(). */
char	*nearest_hint(const char *typed, const char *const *names, unsigned n);

#endif /* !STUDY_TEXT_NEAREST_H */
