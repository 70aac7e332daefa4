/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A row of a run as a line, "ID CHECK ROW": rows.h says what it is for.
 */

#ifndef STUDY_SWEEP_ROWS_LINE_H
#define	STUDY_SWEEP_ROWS_LINE_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#define	ROWS_IDLEN	16	/* hex digits: 64 bits */
#define	ROWS_BEFORE	26	/* the row begins: behind id and check */
#define	ROWS_MAXLINE	(1 << 20)	/* bytes */

enum rows_state {
	ROWS_NONE,
	ROWS_DAMAGED,		/* its line is there, but not as written */
	ROWS_THERE
};

/* The id that a text begins with; false: none. */
bool	rows_line_id(const char *text, uint64_t *id);

/*
 * A line without its end: the state of the run that it is of.  ROWS_NONE: it
 * names none.
 */
enum rows_state rows_line_read(const char *line, size_t len, uint64_t *id);

/* With its end; free with g_free(). */
char	*rows_line_text(const char *id, const char *row);

/* The line at a byte, without its end; NULL and errno, 0: it has none. */
char	*rows_line_at(int fd, off_t offset, size_t *len);

#endif /* !STUDY_SWEEP_ROWS_LINE_H */
