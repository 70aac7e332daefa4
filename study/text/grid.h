/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A small table of text, for a terminal or a mail: columns as wide as their
 * widest cell, blanks between them, no trailing blanks.
 */

#ifndef STUDY_TEXT_GRID_H
#define	STUDY_TEXT_GRID_H

#include <glib.h>

struct grid;

/*
 * columns	their number, and the side of each: 'l' left, 'r' right
 * gap		blanks between them
 */
struct grid *grid_new(const char *columns, unsigned gap);
void	grid_free(struct grid *);

/* The next cell; rows fill from the left.  The text is copied. */
void	grid_add(struct grid *, const char *text);

/* Append the table, each line behind `indent'. */
void	grid_print(const struct grid *, const char *indent, GString *);

#endif /* !STUDY_TEXT_GRID_H */
