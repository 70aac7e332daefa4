/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Files that may be compressed: *.gz is read through gzip(1).
 */

#ifndef STUDY_TEXT_GUNZIP_H
#define	STUDY_TEXT_GUNZIP_H

#include <stdio.h>

#include <glib.h>

/*
 * pid		[out] of gzip, 0 where the file is not compressed
 *
 * Errors: a directory, no such file, no gzip.
 */
FILE	*gunzip_open(const char *path, GPid *pid, GError **);

/*
 * gzip has written all it had, or is not wanted any more.  Its exit code shows
 * a damaged file: returns what is wrong, NULL if nothing is.
 */
const char *gunzip_reap(GPid *pid);

#endif /* !STUDY_TEXT_GUNZIP_H */
