/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A CSV file of ours, read back: comment lines, column names, rows of text.
 *
 * Theory:	it may have come by mail, and hold anything.  What no file of
 *		ours can hold is an error here, with its line, so that nobody
 *		above meets it: bytes that are no UTF-8 and control characters
 *		(so no field tells a terminal what to do), a line of more than
 *		4 MiB, a quote that does not end on its line, a row of another
 *		number of fields, a column twice.  A column that is not there is
 *		empty in every row.
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

/* The same of what may be a pipe. */
struct csvtable *csvtable_read_stream(const char *path, GError **);

/* The same from memory; `path' is for messages. */
struct csvtable *csvtable_parse(const char *path, const char *text,
	    size_t len, GError **);
void	csvtable_free(struct csvtable *);

size_t	csvtable_rows(const struct csvtable *);

/* Name of a column, counted from 0; NULL beyond the last. */
const char *csvtable_name(const struct csvtable *, int column);

/* Index of a column, -1 if there is none. */
int	csvtable_find(const struct csvtable *, const char *name);

/* As csvtable_find(), but with an error that names what there is. */
int	csvtable_need(const struct csvtable *, const char *name, GError **);

/*
 * Are all these columns there?  Names, a comma between.  The error names the
 * first that is not.
 */
bool	csvtable_has(const struct csvtable *, const char *names, GError **);

/*
 * Chain the rows that have the same text in column `key', in their order, of
 * those with `is' in column `only'; once, and after that each costs no more
 * than itself to come to, however many others there are.
 */
void	csvtable_chain(struct csvtable *, const char *key, const char *only,
	    const char *is);

/* The first row of that chain, the next of a row; csvtable_rows(): none. */
size_t	csvtable_first_of(const struct csvtable *, const char *key);
size_t	csvtable_next_of(const struct csvtable *, size_t row);

/* Line of the file that a row stands on, from 1. */
unsigned csvtable_line(const struct csvtable *, size_t row);

/* Borrowed; "" for an empty field, and of column -1. */
const char *csvtable_text(const struct csvtable *, size_t row, int column);

/* The same by the column's name. */
const char *csvtable_field(const struct csvtable *, size_t row,
	    const char *name);

/*
 * Of each column that is one of figures, every field is empty, or a number that
 * is not below 0; else *error names the line.
 */
bool	csvtable_figures(const struct csvtable *, bool (*is)(const char *name),
	    GError **);

/* False if the field is empty or no finite number. */
bool	csvtable_number(const struct csvtable *, size_t row, int column,
	    double *value);

/* The number in a column, by its name; 0 if there is none. */
double	csvtable_value(const struct csvtable *, size_t row, const char *name);

/* The value of a line "# KEY: VALUE"; NULL if there is none. */
const char *csvtable_comment(const struct csvtable *, const char *key);

/* The first line without its "# "; "" if that is no comment. */
const char *csvtable_first(const struct csvtable *);

#endif /* !STUDY_TEXT_CSVTABLE_H */
