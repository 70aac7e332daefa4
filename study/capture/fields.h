/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The fields of one line with separators and, perhaps, quotes.
 */

#ifndef STUDY_CAPTURE_FIELDS_H
#define	STUDY_CAPTURE_FIELDS_H

#include <glib.h>

struct fields;

struct fields *fields_new(void);
void	fields_free(struct fields *);

/* Take a line apart; returns how many fields it has. */
guint	fields_split(struct fields *, const char *line, char separator);

/* Borrowed until the next line; i < what fields_split() returned. */
const char *fields_at(const struct fields *, guint i);

#endif /* !STUDY_CAPTURE_FIELDS_H */
