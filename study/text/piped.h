/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What was piped into the program: all of standard input, read once and kept,
 * so that a scenario from there can be loaded again and again.
 */

#ifndef STUDY_TEXT_PIPED_H
#define	STUDY_TEXT_PIPED_H

#include <glib.h>

/* What stands for it among file names. */
#define	PIPED_NAME	"-"

/* Of a file the name, of PIPED_NAME what messages call it. */
const char *piped_title(const char *path);

/*
 * Any thread may ask; the first waits for the end of the input.
 *
 * max		bytes; more are not read
 * len		[out] bytes; max + 1 if there are more
 *
 * Returns:	borrowed, NUL behind it; NULL with the system's error.
 */
const char *piped_text(gsize max, gsize *len, GError **);

#endif /* !STUDY_TEXT_PIPED_H */
