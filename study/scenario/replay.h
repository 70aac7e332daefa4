/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recorded connections: a CSV with time_s, laddr, faddr, fport, duration_s, and
 * perhaps lport, bound, state; see csvin.h for what a CSV may look like.
 *
 * Theory:	times never go back; the first is 0 whatever the clock said.
 *		An empty laddr is a program that did not bind, an empty
 *		duration_s a connection still open at the end.  t_close_s may
 *		stand for duration_s.  Numbers are plain decimals.
 *		Up to REPLAY_INCORE connections are kept in memory, more in a
 *		temporary file (32 bytes each, in TMPDIR) that is gone with the
 *		process: so a recording may be of any length.
 * Limits:	50 days between the first and the last connection, and for a
 *		duration; digits beyond the picosecond are rounded.
 */

#ifndef STUDY_SCENARIO_REPLAY_H
#define	STUDY_SCENARIO_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "models/machine/run.h"

#define	REPLAY_INCORE	262144	/* connections: 8 MiB */

/* A local address that a recorded program bound, and where first. */
struct replay_laddr {
	uint32_t	addr;
	uint64_t	line;
};

struct replay {
	char		*path;
	struct recording rec;		/* to be read with recording_at() */
	struct replay_conn *conns;	/* conns[rec.n]; NULL: in `fd' */
	int		fd;		/* of a file without a name, or -1 */
	struct replay_laddr *laddrs;	/* laddrs[nladdrs], by line */
	unsigned	nladdrs;
	uint64_t	skipped;	/* bad rows left out */
	char		*first_skipped;	/* what was wrong with it, or NULL */
	uint64_t	hash;		/* of all connections */
};

/*
 * skip		leave out bad rows and count them, instead of failing
 *
 * Errors:	what is wrong with the file; of bad rows the first 20, a line
 *		each, and how many more there are; or that the temporary file
 *		cannot be written.
 */
struct replay *replay_load(const char *path, bool skip, GError **);
/*
 * "FILE: 3 bad rows skipped; the first: ..." for a result, or NULL if none was.
 * Free with g_free().
 */
char	*replay_skipped_text(const struct replay *);
void	replay_free(struct replay *);

#endif /* !STUDY_SCENARIO_REPLAY_H */
