/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Rows of a CSV file that somebody else wrote, with the line of each.
 *
 * Theory:	RFC 4180 by libcsv, one line at a time: a field with a line
 *		break inside is an error, so that a line number is always
 *		true.  Blank lines and lines that begin with # are skipped,
 *		blanks round a field too; a byte-order mark and CR LF are
 *		fine; NUL bytes and lone CRs are not.  The first line left
 *		names the columns, in any order.  Lines are read as
 *		lines.h says: compressed or not, of 64 KiB at most.
 */

#ifndef STUDY_TEXT_CSVIN_H
#define	STUDY_TEXT_CSVIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

struct csvin;

struct csvin_column {
	const char	*name;
	bool		required;
	int		idx;		/* [out] in the row; -1: not there */
};

enum csvin_status {
	CSVIN_ROW,
	CSVIN_END,
	CSVIN_BAD,		/* this row is of no use; go on if you like */
	CSVIN_FAILED		/* the file cannot be read any further */
};

/*
 * Open a file and read its header.
 *
 * columns	columns[n], what the caller knows; others are ignored
 *
 * Errors:	"FILE:LINE: ..." or "FILE: ...": cannot be opened, a required
 *		column is missing, a column stands there twice.
 */
struct csvin *csvin_new(const char *path, struct csvin_column *columns,
	    unsigned n, GError **);
/* The same from memory; `path' is for messages. */
struct csvin *csvin_new_text(const char *path, const char *text,
	    struct csvin_column *columns, unsigned n, GError **);
/* The same of `len' bytes. */
struct csvin *csvin_new_bytes(const char *path, const void *bytes, size_t len,
	    struct csvin_column *columns, unsigned n, GError **);
void	csvin_free(struct csvin *);

/* The next row.  CSVIN_BAD and CSVIN_FAILED set an error "FILE:LINE: ...". */
enum csvin_status csvin_next(struct csvin *, GError **);

/*
 * A field of the present row, valid until the next csvin_next(); "" for a
 * column that is not there (idx -1).
 *
 * len		[out] bytes, or NULL
 */
const char *csvin_field(const struct csvin *, int idx, size_t *len);

/* Of the present row, from 1. */
uint64_t csvin_line(const struct csvin *);

/* Set "FILE:LINE: column NAME: 'VALUE' WHAT" for the present row. */
void	csvin_bad(const struct csvin *, const struct csvin_column *,
	    const char *what, GError **);

#endif /* !STUDY_TEXT_CSVIN_H */
