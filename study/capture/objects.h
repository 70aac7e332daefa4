/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * JSON objects out of lines: one a line, several in one, one over many, with or
 * without an array around.
 *
 * Theory:	braces outside of strings are counted; what is between the
 *		first and its partner goes to libjansson.
 */

#ifndef STUDY_CAPTURE_OBJECTS_H
#define	STUDY_CAPTURE_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "study/capture/capture.h"

#define	OBJECTS_MAXTEXT	256	/* bytes of a field */

struct objects;

/*
 * one		called for each object, which is borrowed for the call; returns
 *		false after capture_bad()
 */
struct objects *objects_new(bool (*one)(struct capture *, void *arg,
	    const json_t *), void *arg);
void	objects_free(struct objects *);

/* The next line; false: capture_bad() was said. */
bool	objects_line(struct objects *, struct capture *, const char *text);

/* Has one begun that goes on in the next line? */
bool	objects_inside(const struct objects *);

/* Nothing follows: is the last object whole? */
void	objects_end(struct objects *, struct capture *);

/*
 * A field as text, by its name: "id.orig_h" is that, or orig_h of the object
 * id.  A number is as it was written up to microseconds, true is T.
 *
 * Returns:	buf[size], or NULL if it is not there, null, or no text of that
 *		size.
 */
const char *object_field(const json_t *, const char *name, char *buf,
	    size_t size);

#endif /* !STUDY_CAPTURE_OBJECTS_H */
