/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Times as programs print them, since 1970.
 *
 * Theory:	1591367999.430166	seconds; with more than 11 digits before
 *					the point milli-, micro- or nanoseconds
 *		1591367999,430166	the same where a comma is the point
 *		2020-06-05T14:39:59.43Z	ISO 8601, with a blank for the T, / for
 *					the -, and any offset or none
 *		05/Jun/2020:14:39:59 +0000	of a web server's log
 *		Fri Jun  5 14:39:59 UTC 2020	of date(1), and the parts in any
 *					order, with AM or PM, in English
 *
 *		Only distances count, so a time without an offset, or with the
 *		name of a zone, is taken as UTC.
 * Limits:	none before 1970; a clock that is put forward or back between
 *		two times without an offset is seen as that.
 */

#ifndef STUDY_CAPTURE_WHEN_H
#define	STUDY_CAPTURE_WHEN_H

#include <stdint.h>

/*
 * s, ps	[out] whole seconds, and picoseconds beyond
 *
 * Returns:	NULL, or what is wrong (a literal).
 */
const char *when_parse(const char *text, uint64_t *s, int64_t *ps);

/* A time of day, HH:MM:SS.FRACTION. */
const char *when_of_day(const char *text, uint64_t *s, int64_t *ps);

#endif /* !STUDY_CAPTURE_WHEN_H */
