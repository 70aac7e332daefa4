/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What was piped into the program: all of standard input, or of a FIFO, read
 * once and kept, so that a scenario from there, or what it names, can be loaded
 * again and again.
 */

#ifndef STUDY_TEXT_PIPED_H
#define	STUDY_TEXT_PIPED_H

#include <stdbool.h>

#include <glib.h>

/* What stands for standard input among file names. */
#define	PIPED_NAME	"-"

/* Of a file the name, of PIPED_NAME what messages call it. */
const char *piped_title(const char *path);

/* Would it be gone after a first reading?  Of a FIFO, or a socket. */
bool	piped_is(const char *path);

/*
 * Any thread may ask; the first waits for the end of the input.
 *
 * path		PIPED_NAME is standard input
 * max		bytes; more are not read
 * len		[out] bytes; max + 1 if there are more
 *
 * Returns:	borrowed, NUL behind it; NULL with the system's error.
 */
const char *piped_text(const char *path, gsize max, gsize *len, GError **);

#endif /* !STUDY_TEXT_PIPED_H */
