/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Directories that are made on the way to one, and taken away again if it was
 * in vain.
 */

#ifndef STUDY_TEXT_DIRS_H
#define	STUDY_TEXT_DIRS_H

#include <stdbool.h>

#include <glib.h>

/*
 * Make a directory, and those above it that are missing.
 *
 * made		[in/out] what was made here is added, the outer ones first: for
 *		dirs_unmake(); NULL: the caller will not take it away
 *
 * Returns:	false and errno: it cannot be made; then nothing is left of
 *		what was made here, and nothing was added.
 */
bool	dirs_make(const char *path, GPtrArray *made);

/*
 * Take away, the inner ones first, what was made and is still empty; forget
 * the rest.  Keeps errno.
 */
void	dirs_unmake(GPtrArray *made);

/* Where dirs_make() notes what it made: of char *. */
GPtrArray *dirs_new(void);

#endif /* !STUDY_TEXT_DIRS_H */
