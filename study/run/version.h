/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which program this is.  The version is docs/VERSION; the commit is that of
 * the sources as they were built, with "-dirty" behind it if a tracked file of
 * the program differed from it.
 */

#ifndef STUDY_RUN_VERSION_H
#define	STUDY_RUN_VERSION_H

#include <stdbool.h>

/* "1.2.3" */
extern const char version_number[];
/* "0123456789ab", or "unknown" */
extern const char version_commit[];
extern const bool version_dirty;

/* "1.2.3 (0123456789ab-dirty)": what every output says. */
const char *version_text(void);

#endif /* !STUDY_RUN_VERSION_H */
