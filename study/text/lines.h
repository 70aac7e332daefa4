/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lines of a text that somebody else wrote, with their numbers; compressed or
 * not, see input.h.  All that reads a user's text line by line reads it here.
 *
 * Memory:	192 KiB: a line has LINES_MAX bytes, so that a file of a few
 *		hundred KiB that is one line of a gigabyte takes none.
 */

#ifndef STUDY_TEXT_LINES_H
#define	STUDY_TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#define	LINES_MAX	65536	/* bytes of a line, with its end */
#define	LINES_WORD	8	/* bytes past a line's end may be read */
#define	LINES_KEPT	(256u << 20)

struct lines;

/* "-" is standard input.  Errors: of input_open(). */
struct lines *lines_open(const char *path, GError **);
/* The same where "-" is a name as any other. */
struct lines *lines_open_file(const char *path, GError **);
/*
 * The same for those who may ask for the file again: a FIFO is read once and
 * kept (piped.h), which may have LINES_KEPT bytes then.
 */
struct lines *lines_open_again(const char *path, GError **);
/*
 * The same of PIPED_NAME: standard input.
 *
 * max		bytes of it
 */
struct lines *lines_open_piped(const char *path, gsize max, GError **);
/* The lines of a text, borrowed until the end; `path' is for messages. */
struct lines *lines_open_text(const char *path, const char *text);
/* The same of `len' bytes, which may be compressed. */
struct lines *lines_open_bytes(const char *path, const void *bytes,
	    size_t len);
void	lines_close(struct lines *);

/*
 * From now on, append to `kept' every byte that is read, decompressed, a mark
 * and line ends as they stand there; NULL: no more.  Before the first line.
 */
void	lines_keep(struct lines *, GByteArray *kept);

/*
 * The next line without its LF or CR LF, the caller's to change until the next
 * call; NULL at the end.  False: "FILE:LINE: ..." too long, a NUL byte, or an
 * error of input_read().
 */
bool	lines_next(struct lines *, char **text, GError **);

/*
 * The same with its end, as it stands there, NUL bytes and all; a last line
 * without an end gets LF.  Not terminated.
 *
 * len		[out] > 0, or 0 at the end
 */
bool	lines_next_raw(struct lines *, char **text, size_t *len, GError **);

/* Of the present line, from 1. */
uint64_t lines_number(const struct lines *);

/* For messages; borrowed. */
const char *lines_path(const struct lines *);

#endif /* !STUDY_TEXT_LINES_H */
