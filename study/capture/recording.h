/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What is given to import as a capture and is a recording already: nothing has
 * to be made of it, but its addresses can be changed.
 *
 * Theory:	all that is no address stays, to the byte: order of columns,
 *		digits, line ends, comments.  In comments and in columns that
 *		nobody knows, too, whatever reads as the IPv4 address of a host
 *		is changed; names and IPv6 addresses stand there as they were.
 */

#ifndef STUDY_CAPTURE_RECORDING_H
#define	STUDY_CAPTURE_RECORDING_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

#include "study/capture/anonymise.h"
#include "study/capture/capture.h"
#include "study/scenario/replay.h"
#include "study/text/lines.h"

/* What capture_read() finds then; no line of it is a capture's. */
extern const struct capture_format capture_format_recording;

/* Does a line name the columns of a recording? */
bool	recording_is(const char *line);

#define	RECORDING_MAX	(UINT32_C(1) << 31)	/* bytes */

/*
 * Read to the end what lines_keep() keeps there.
 *
 * Errors:	those of lines_next_raw(), and more than RECORDING_MAX.
 */
bool	recording_read(struct lines *, const GByteArray *kept, GError **);

/*
 * What load = replay makes of it, or says of it.
 *
 * skip		leave out bad rows, count them and remember where they were
 */
struct replay *recording_check(const struct capture *, bool skip, GError **);

/* Has it comments or columns that recordings do not have? */
bool	recording_has_more(const struct capture *);

/* Write it without the rows that were left out, with other addresses. */
void	recording_write(const struct capture *, const struct replay *,
	    struct anonymise *, FILE *);

#endif /* !STUDY_CAPTURE_RECORDING_H */
