/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Files that come into a directory where others stand: pictures and samples of
 * a result, pictures of a sweep.
 *
 * Theory:	they are made in `.NAME.partial-PID' beside it, under its lease,
 *		and moved in one by one when all are there.  Only a file that
 *		its manifest.sha256 lists, unchanged, is replaced; meanwhile
 *		that has the old digest and the new one, so that a crash
 *		between two moves leaves nothing that is not known.
 */

#ifndef STUDY_RUN_AMEND_H
#define	STUDY_RUN_AMEND_H

#include <stdbool.h>

#include <glib.h>

struct amend;

/*
 * Errors:	another run is at the directory, or it cannot be written beside
 *		it.
 */
struct amend *amend_new(const char *dir, GError **);

/* Without amend_commit() nothing has changed. */
void	amend_free(struct amend *);

/*
 * What the user should know, of one that was ended before; NULL: nothing.
 * Told once; g_free().
 */
char	*amend_remark(struct amend *);

/* What the list says the result is without, "pictures", it no longer is. */
void	amend_mended(struct amend *, const char *what);

/* Where to make the files; borrowed. */
const char *amend_partial(const struct amend *);

/*
 * This file is going to be made.
 *
 * Errors:	one that is not ours has its name.
 */
bool	amend_expect(struct amend *, const char *name, GError **);

/* Make it. */
bool	amend_text(struct amend *, const char *name, const char *text,
	    GError **);

/* Move in those that were made. */
bool	amend_commit(struct amend *, GError **);

#endif /* !STUDY_RUN_AMEND_H */
