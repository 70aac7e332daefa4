/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What looks like a capture and is none: the output of another option or of a
 * related program.  Known so that the way to one can be told.
 */

#ifndef STUDY_CAPTURE_KIN_H
#define	STUDY_CAPTURE_KIN_H

#include <glib.h>

/* What it is and what to run in its place; NULL: not known. */
const char *kin_of(const GPtrArray *lines);

#endif /* !STUDY_CAPTURE_KIN_H */
