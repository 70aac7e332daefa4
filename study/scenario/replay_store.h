/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Where recorded connections are kept: up to REPLAY_INCORE in memory, more in a
 * temporary file (32 bytes each, in TMPDIR) that is gone with the process, so a
 * recording may be of any length.
 */

#ifndef STUDY_SCENARIO_REPLAY_STORE_H
#define	STUDY_SCENARIO_REPLAY_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "models/machine/run.h"

#define	REPLAY_INCORE	262144	/* connections: 8 MiB */

struct replay_store {
	struct recording rec;	/* complete after replay_store_end() */
	struct replay_conn *conns;	/* conns[rec.n]; NULL: in `fd' */
	uint64_t	hash;		/* of all connections */
	uint8_t		places[256];	/* in rec.dests, by a hash; or 0 */
	const char	*path;		/* of the recording; borrowed */
	int		fd;		/* of a file without a name, or -1 */
	struct replay_conn *buf;	/* buf[nbuf], not yet in the file */
	size_t		nbuf, size;	/* size: of buf */
};

void	replay_store_init(struct replay_store *, const char *path);
void	replay_store_fini(struct replay_store *);

/*
 * Add the next connection, then, after the last one, make rec readable.  rec
 * points into the store, which must stay where it is.
 *
 * Errors:	the temporary file cannot be written.
 */
bool	replay_store_add(struct replay_store *, const struct replay_conn *,
	    GError **);
bool	replay_store_end(struct replay_store *, GError **);

#endif /* !STUDY_SCENARIO_REPLAY_STORE_H */
