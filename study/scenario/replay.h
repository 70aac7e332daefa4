/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recorded connections: a CSV with time_s, laddr, faddr, fport, duration_s, and
 * perhaps lport, bound, state, closer, dir; see csvin.h for what a CSV may look
 * like.
 *
 * Theory:	times never go back; the first is 0 whatever the clock said.
 *		An empty laddr is a program that did not bind, an empty
 *		duration_s a connection still open at the end.  t_close_s may
 *		stand for duration_s.  Numbers are plain decimals.
 *
 *		closer says how the connection ended: local, remote (who closed
 *		first), reset, refused (never established), open; empty where
 *		it is not known, and the workload says it.  dir says who opened
 *		it: out, a program here (the default), or in, somebody else: of
 *		those, laddr and lport are what they connected to, and fport
 *		may be empty.
 * Limits:	50 days between the first and the last connection, and for a
 *		duration; digits beyond the picosecond are rounded.
 */

#ifndef STUDY_SCENARIO_REPLAY_H
#define	STUDY_SCENARIO_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "study/scenario/replay_store.h"

/*
 * A local address, which a recorded program bound or somebody came to, and
 * where first.
 */
struct replay_laddr {
	uint32_t	addr;
	uint64_t	line;
};

struct replay {
	char		*path;
	struct replay_store out;	/* what programs here opened */
	struct replay_store in;		/* what others opened */
	struct replay_laddr *laddrs;	/* laddrs[nladdrs], by line */
	unsigned	nladdrs;
	unsigned	nbound;		/* of those: bound */
	uint64_t	skipped;	/* bad rows left out */
	GArray		*skipped_lines;	/* uint64_t, upwards: where they were */
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
/* The same of a text of `len' bytes; `path' is for messages. */
struct replay *replay_load_bytes(const char *path, const void *text, size_t len,
	    bool skip, GError **);
/*
 * What of the file is not replayed, "FILE: 3 bad rows skipped; the first: ...",
 * for a result; NULL if all of it is.  Free with g_free().
 */
char	*replay_skipped_text(const struct replay *);
/* "FILE: 2 inbound connections, from outside"; NULL if there is none. */
char	*replay_inbound_text(const struct replay *);
void	replay_free(struct replay *);

#endif /* !STUDY_SCENARIO_REPLAY_H */
