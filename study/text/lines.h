/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines of a text that is no CSV, with their numbers.
 */

#ifndef STUDY_TEXT_LINES_H
#define	STUDY_TEXT_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

struct lines;

/* "-" is standard input; *.gz is read through gzip(1). */
struct lines *lines_open(const char *path, GError **);
void	lines_close(struct lines *);

/*
 * The next line without its LF or CR LF, the caller's to change until the next
 * call; NULL at the end.  False: "FILE:LINE: ..." cannot be read any further.
 */
bool	lines_next(struct lines *, char **text, GError **);

/* Of the present line, from 1. */
uint64_t lines_number(const struct lines *);

#endif /* !STUDY_TEXT_LINES_H */
