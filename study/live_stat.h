/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * One side's figures, from the outcomes of its operations: the same arithmetic
 * for the simulator and for the real threads.
 *
 * Theory:	an operation has asked for the lock in effect when it and all
 *		before it in the order have asked; from then on it waits for
 *		the lock, before it was held back for the sake of the order.
 *		It had to wait if at that moment somebody held the lock in its
 *		way.
 */

#ifndef STUDY_LIVE_STAT_H
#define	STUDY_LIVE_STAT_H

#include <stdint.h>

#include "sim/hist.h"
#include "study/live_op.h"

struct live_stat {
	uint64_t	connects;	/* bind + connect, decided */
	uint64_t	failures;
	uint64_t	searches;	/* at least one candidate tried */
	uint64_t	iters;
	uint64_t	visits;
	uint64_t	operations;
	uint64_t	contested;	/* had to wait */
	struct hist	*hold;		/* exclusive, ps */
	struct hist	*wait;		/* of those who had to, ps */
	struct hist	*late;		/* held back, ps */
	simtime		busy;		/* held exclusively */
	simtime		end;		/* the duration, or later */
};

/*
 * out		out[ops->n]
 * clock	ps to take off each hold: what it took to time it
 */
struct live_stat *live_stat_new(const struct live_ops *,
	    const struct live_outcome *out, simtime clock);
void	live_stat_free(struct live_stat *);

/*
 * The first operation that was not decided the same way, or took another
 * number of candidates or visits; ops->n: none.
 */
size_t	live_stat_differs(const struct live_ops *,
	    const struct live_outcome *real);

#endif /* !STUDY_LIVE_STAT_H */
