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

simtime
recording_round(const struct recording *rec, const struct recording *beside)
{
	simtime last;
	uint64_t n;

	last = rec->last;
	n = rec->n;
	if (beside != NULL) {
		n += beside->n;
		last = beside->last > last ? beside->last : last;
	}
	return (n == 0 ? 0 : last + last / (simtime)n);
}

void
recording_fill(struct recording_cursor *cur, uint64_t idx)
{
	uint64_t left;

	KASSERT(idx < cur->rec->n, ("record %ju of %ju", (uintmax_t)idx,
	    (uintmax_t)cur->rec->n));
	left = cur->rec->n - idx;
	cur->from = idx;
	cur->n = left < RECORDING_BLOCK ? (unsigned)left : RECORDING_BLOCK;
	cur->rec->copy(cur->rec->arg, idx, cur->block, cur->n);
}

simtime
recording_due(struct recording_cursor *cur, uint64_t n, simtime round,
    uint64_t speed_ppm)
{
	uint64_t rounds;

	/* The first is no division. */
	rounds = n < cur->rec->n ? 0 : n / cur->rec->n;
	return ((simtime)(((double)rounds * (double)round +
	    (double)recording_at(cur, n - rounds * cur->rec->n)->time) * 1e6 /
	    (double)speed_ppm));
}

simtime
recording_lifetime(const struct replay_conn *rc, uint64_t speed_ppm)
{

	if (rc->duration == SIM_NEVER)
		return (SIM_NEVER);
	return ((simtime)((double)rc->duration * 1e6 / (double)speed_ppm));
}
