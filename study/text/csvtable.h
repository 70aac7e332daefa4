/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A CSV file of ours, read back: comment lines, column names, rows of text.
 * Lines are read as lines.h says.
 */

#ifndef STUDY_TEXT_CSVTABLE_H
#define	STUDY_TEXT_CSVTABLE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#define	CSVTABLE_ERROR	g_quark_from_static_string("pcbsim-csv")

struct csvtable;

/* Errors: file, line and what is wrong with it. */
struct csvtable *csvtable_read(const char *path, GError **);
void	csvtable_free(struct csvtable *);

size_t	csvtable_rows(const struct csvtable *);

/* Name of a column, counted from 0; NULL beyond the last. */
const char *csvtable_name(const struct csvtable *, int column);

/* Index of a column, -1 if there is none. */
int	csvtable_find(const struct csvtable *, const char *name);

/* As csvtable_find(), but with an error that names what there is. */
int	csvtable_need(const struct csvtable *, const char *name, GError **);

/* Borrowed; "" for an empty field. */
const char *csvtable_text(const struct csvtable *, size_t row, int column);

/* False if the field is empty or no number. */
bool	csvtable_number(const struct csvtable *, size_t row, int column,
	    double *value);

/* The number in a column, by its name; 0 if there is none. */
double	csvtable_value(const struct csvtable *, size_t row, const char *name);

/* The value of a line "# KEY: VALUE"; NULL if there is none. */
const char *csvtable_comment(const struct csvtable *, const char *key);

/* The first line without its "# "; "" if that is no comment. */
const char *csvtable_first(const struct csvtable *);

#endif /* !STUDY_TEXT_CSVTABLE_H */
