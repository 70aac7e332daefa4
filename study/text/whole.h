/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Files as wholes: written to the last byte and on the disk, or as they were;
 * read to the last byte, and no more of them than is sensible.
 */

#ifndef STUDY_TEXT_WHOLE_H
#define	STUDY_TEXT_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#define	WHOLE_ERROR	g_quark_from_static_string("pcbsim-file")

/* What is added to a name while its file is being written. */
#define	WHOLE_SUFFIX	".pcbsim-new"

/*
 * Write all to a descriptor, through interruptions and short writes.
 *
 * Returns:	0, or an errno.
 */
int	whole_fill(int fd, const char *text, size_t len);

/*
 * Fill a new file that is open at `tmp', sync and close it, and move it to
 * `path'; on failure it is removed.
 *
 * Returns:	0, or an errno.
 */
int	whole_settle(int fd, const char *tmp, const char *path,
	    const char *text, size_t len);

/*
 * Put a text at `path': it is written beside, synced and moved there.
 *
 * Errors:	"cannot write PATH: CAUSE", the code is the errno.
 */
bool	whole_write(const char *path, const char *text, size_t len,
	    GError **);

/* The same, written at `tmp', of the same file system, where it is known. */
bool	whole_write_by(const char *tmp, const char *path, const char *text,
	    size_t len, GError **);

/*
 * Read a regular file; nothing is waited for, a symbolic link is followed.
 *
 * max		bytes; a longer one is an error
 * len		[out] bytes; NULL: not wanted, and a NUL byte is an error
 *
 * Returns:	the bytes with a NUL behind, free with g_free(); NULL on error
 * Errors:	"cannot read PATH: CAUSE", the code is the errno.
 */
char	*whole_read(const char *path, size_t max, size_t *len, GError **);

/* As whole_read(), of what may also be a pipe, which is waited for. */
char	*whole_read_stream(const char *path, size_t max, size_t *len,
	    GError **);

/*
 * As whole_read(), of a text that is shown to somebody: an error, too, if a
 * line of it has bytes that it may not have (problem_bytes()),
 * "PATH:LINE: ...".
 */
char	*whole_read_plain(const char *path, size_t max, GError **);

/*
 * Why there is no directory at `path': "there is no such directory", "is a
 * FIFO, no directory", the system's word.
 *
 * Returns:	NULL: there is one.  Free with g_free().
 */
char	*whole_no_dir(const char *path);

/*
 * The names in a directory but "." and "..", in order; of char *.
 *
 * Errors:	as above.
 */
GPtrArray *whole_names(const char *dir, GError **);

#endif /* !STUDY_TEXT_WHOLE_H */
