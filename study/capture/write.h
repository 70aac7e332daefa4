/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The recording that a capture becomes: a CSV that study/scenario/replay.h
 * reads, with a head that says what it is.
 */

#ifndef STUDY_CAPTURE_WRITE_H
#define	STUDY_CAPTURE_WRITE_H

#include <stdio.h>

#include "study/capture/capture.h"

/*
 * "1 IPv6, 2 not TCP": what gave no connection, or NULL if there is nothing.
 * Free with g_free().
 */
char	*capture_left_text(const struct capture *);

/*
 * "5 connections, 3 out (1 bound), 2 in; closer local 4, open 1": a settled
 * capture.  Free with g_free().
 */
char	*capture_text(const struct capture *);

/* Times from 0.  `format' is its name. */
void	capture_write(const struct capture *, const char *format, FILE *);

#endif /* !STUDY_CAPTURE_WRITE_H */
