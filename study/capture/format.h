/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * All formats of captures, and reading a file of one of them.
 *
 * Theory:	by the first line that looks like one format and no other, the
 *		format is recognised; lines that might be anything (a time, a
 *		remark) are passed over.
 */

#ifndef STUDY_CAPTURE_FORMAT_H
#define	STUDY_CAPTURE_FORMAT_H

#include <stdbool.h>

#include <glib.h>

#include "study/capture/reader.h"

/* Ends with NULL. */
extern const struct capture_format *const capture_formats[];

/* NULL if there is none of that name. */
const struct capture_format *capture_format_find(const char *name);

/*
 * Read a file; "-" is standard input, *.gz is uncompressed.
 *
 * format	NULL: recognise it
 *
 * Returns:	the format that was read, NULL with an error;
 *		capture_format_recording (recording.h) if it is a recording
 *		already, and no connection was read.
 */
const struct capture_format *capture_read(struct capture *,
	    const struct capture_format *format, const char *path, GError **);

#endif /* !STUDY_CAPTURE_FORMAT_H */
