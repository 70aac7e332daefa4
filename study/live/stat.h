/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * One side's figures, from the outcomes of its operations: the same arithmetic
 * for the simulator and for the real threads.
 *
 * Theory:	between asking for the lock and getting it, an operation waits
 *		for the lock while somebody holds it in its way, and after the
 *		last of them until it notices.  The rest, in which the lock was
 *		free but it was not its turn, it is held back for the sake of
 *		the order.
 *
 *		Times count from the first search on: what fills the tables
 *		before is counted, not timed.
 */

#ifndef STUDY_LIVE_STAT_H
#define	STUDY_LIVE_STAT_H

#include <stdint.h>

#include "sim/hist.h"
#include "study/live/op.h"

struct live_stat {
	uint64_t	connects;	/* bind + connect, decided */
	uint64_t	failures;	/* of them */
	uint64_t	searches;	/* at least one candidate tried */
	uint64_t	iters;
	uint64_t	visits;
	uint64_t	contested;	/* had to wait */
	struct hist	*hold;		/* exclusive, with a search, ps */
	struct hist	*worked;	/* the same, time on a CPU */
	struct hist	*brief;		/* exclusive, without a search */
	struct hist	*wait;		/* of those who had to */
	struct hist	*back;		/* held back, of all */
	simtime		busy;		/* held exclusively */
	uint64_t	decided;	/* connects, timed */
	simtime		span;		/* timed: from the first search until
					   the duration, or later */
};

/*
 * out		out[ops->n]
 * clock	ps to take off each hold: what it took to time it
 */
struct live_stat *live_stat_new(const struct live_ops *,
	    const struct live_outcome *out, simtime clock);
/* Of nothing yet. */
struct live_stat *live_stat_new_empty(void);
void	live_stat_free(struct live_stat *);

/*
 * The first operation that was not decided the same way, or took another
 * number of candidates or visits; ops->n: none.
 */
size_t	live_stat_differs(const struct live_ops *,
	    const struct live_outcome *real);

#endif /* !STUDY_LIVE_STAT_H */
