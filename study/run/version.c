/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Which program this is; see version.h.
 *
 * version_made.h is written when the program is built, and only if it changes.
 */

#include "study/run/version.h"

#include "version_made.h"

#if VERSION_MADE_DIRTY
#define	VERSION_MARK	"-dirty"
#else
#define	VERSION_MARK	""
#endif

const char version_number[] = VERSION_MADE_NUMBER;
const char version_commit[] = VERSION_MADE_COMMIT;
const bool version_dirty = VERSION_MADE_DIRTY;
const char version_sources[] = VERSION_MADE_SOURCES;

const char *
version_text(void)
{

	return (VERSION_MADE_NUMBER " (" VERSION_MADE_COMMIT VERSION_MARK
	    ", sources " VERSION_MADE_SOURCES ")");
}
