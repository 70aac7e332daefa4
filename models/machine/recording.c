/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recorded connections; see recording.h.
 */

#include <string.h>

#include "models/machine/recording.h"
#include "sim/kassert.h"

void
recording_copy_array(const void *arg, uint64_t from,
    struct replay_conn *conns, unsigned n)
{

	memcpy(conns, (const struct replay_conn *)arg + from,
	    n * sizeof(*conns));
}

const struct replay_conn *
recording_at(struct recording_cursor *cur, uint64_t idx)
{
	uint64_t left;

	KASSERT(idx < cur->rec->n, ("record %ju of %ju", (uintmax_t)idx,
	    (uintmax_t)cur->rec->n));
	/* Wraps, and is too much, for what is before the block. */
	if (idx - cur->from >= cur->n) {
		left = cur->rec->n - idx;
		cur->from = idx;
		cur->n = left < RECORDING_BLOCK ? (unsigned)left :
		    RECORDING_BLOCK;
		cur->rec->copy(cur->rec->arg, idx, cur->block, cur->n);
	}
	return (&cur->block[idx - cur->from]);
}
