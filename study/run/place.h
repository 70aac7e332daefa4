/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The place of a result: a directory's name, what stands there, and how
 * another comes to stand there instead.
 *
 * Theory:	moves only, each of them whole: the old result and the new one
 *		change places in one step where the system can
 *		(renameat2(2) with RENAME_EXCHANGE), in two where it cannot, and
 *		the journal of the place (lease.h) tells what was meant if they
 *		end between them.  Nothing is copied and nothing moved onto
 *		what is there.
 */

#ifndef STUDY_RUN_PLACE_H
#define	STUDY_RUN_PLACE_H

#include <stdbool.h>

#include <glib.h>

#include "study/run/manifest.h"

#define	PLACE_ERROR	g_quark_from_static_string("pcbsim-output")

struct place {
	char		*parent;	/* absolute, no symbolic links */
	char		*name;
	char		*dir;		/* parent/name */
	unsigned	threads;	/* that read what is there */
	GPtrArray	*made;		/* char *: missing parents, made here */
};

/*
 * The place that `dir' means; makes missing parents.  A symbolic link means
 * what it leads to.
 *
 * Errors:	its parent cannot be made; the root.  Then nothing is left of
 *		those that could be.
 */
bool	place_init(struct place *, const char *dir, GError **);

/* Parents that were made and hold nothing now were made in vain: they go. */
void	place_fini(struct place *);

enum place_state {
	PLACE_FREE,		/* nothing there, or an empty directory */
	PLACE_OURS,		/* a result, to the last file */
	PLACE_UNLISTED		/* a result's names, but nothing lists them */
};

/*
 * What stands there, and may it be moved away?
 *
 * manifest	[out] of PLACE_OURS, free with manifest_free(); else NULL; may
 *		be NULL
 * Errors:	something is there that is not ours, the message names it; a
 *		link that leads nowhere, the current directory or one that
 *		holds it, a mount point, what is no directory.
 */
bool	place_state(const struct place *, enum place_state *,
	    struct manifest **manifest, GError **);

/* Move unless something is there; errno. */
bool	place_move(const char *from, const char *to);

/* Two directories change places; errno, EINVAL where that cannot be done. */
bool	place_exchange(const char *a, const char *b);

/*
 * Move `from' to DIR.SUFFIX, DIR.SUFFIX-2 and so on: the first that is free.
 *
 * Returns:	where it is now, free with g_free(); NULL and errno: where it
 *		was.
 */
char	*place_aside(const struct place *, const char *from,
	    const char *suffix);

/*
 * Clear away a directory of ours: all that its manifest lists, or without one
 * the files of our names.  True if nothing is left of it.
 */
bool	place_clear(const char *dir);

/* Entries of a directory really are where they are said to be. */
void	place_sync(const char *dir);

#endif /* !STUDY_RUN_PLACE_H */
