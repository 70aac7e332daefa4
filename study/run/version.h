/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which program this is.  The version is docs/VERSION; the commit is that of
 * the sources as they were built, with "-dirty" behind it if a file that the
 * program is made of differed from it; the digest is of those files as they
 * were, with or without git.  tests/tools/version.sh finds all of it.
 */

#ifndef STUDY_RUN_VERSION_H
#define	STUDY_RUN_VERSION_H

#include <stdbool.h>

/* "1.2.3" */
extern const char version_number[];
/* "0123456789ab", or "unknown" */
extern const char version_commit[];
extern const bool version_dirty;
/* SHA-256, its first 12 hex digits */
extern const char version_sources[];

/* "1.2.3 (0123456789ab-dirty, sources 0123456789ab)": what all outputs say. */
const char *version_text(void);

#endif /* !STUDY_RUN_VERSION_H */
