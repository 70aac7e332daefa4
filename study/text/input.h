/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bytes that somebody else wrote: of a file, of standard input or of a text in
 * memory, decompressed where they are compressed.
 *
 * Theory:	two magic bytes say that an input is compressed by gzip(1), not
 *		its name; so a pipe may be compressed, too.  Members follow one
 *		another, as of `cat a.gz b.gz', and zeros may fill up the end.
 *		zlib's inflate is called member by member rather than through
 *		its gz streams: these take bytes behind a member that are none
 *		for the end of the file, and so lose what follows in silence.
 * Memory:	128 KiB, whatever comes out of how little.
 */

#ifndef STUDY_TEXT_INPUT_H
#define	STUDY_TEXT_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

struct input;

/* Errors: "FILE: ...": a directory, no such file, x.gz that is no gzip file. */
struct input *input_open(const char *path, GError **);
/* Standard input stays open. */
struct input *input_open_stdin(GError **);
/* `text' is borrowed until the input is closed, `path' is for messages. */
struct input *input_open_text(const char *path, const char *text);
/* The same of `len' bytes, which may be compressed. */
struct input *input_open_bytes(const char *path, const void *bytes, size_t len);
/* Whether bytes begin as what gzip(1) makes does. */
bool	input_compressed(const void *bytes, size_t len);
void	input_close(struct input *);

/* For messages; borrowed. */
const char *input_path(const struct input *);

/*
 * The next bytes, as many as are there without waiting for more.
 *
 * buf		[out] buf[size], size > 0
 * got		[out] how many; 0 only at the end
 *
 * Errors:	what is wrong, without a file's name: the caller knows the
 *		line.  Of compressed data it says at which byte of the file,
 *		after which byte of the text: cut off, a wrong checksum,
 *		damaged, something else behind them.  PROBLEM_READ: the
 *		system's.
 */
bool	input_read(struct input *, char *buf, size_t size, size_t *got,
	    GError **);

#endif /* !STUDY_TEXT_INPUT_H */
