/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Who uses a lock, and what for: a tally by operation and mode.
 *
 * Models:	what lockstat(1) and LOCK_PROFILING(9) count: an acquisition
 *		that had to wait is one event of spinning if some of its time
 *		was not asleep, and one of blocking if some was.
 * Left out:	how long shared holds last: one reader's is not told from
 *		another's.
 */

#ifndef MODELS_LOCKS_USE_H
#define	MODELS_LOCKS_USE_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/time.h"

/* Operations that are told apart (enum op has no more). */
#define	LOCK_USE_OPS	32
#define	LOCK_USES	(LOCK_USE_OPS * 2)

/* How often, and for how long; times in ps. */
struct lock_use_sum {
	uint64_t	count;
	simtime		total;
	simtime		max;
};

struct lock_use {
	uint64_t	acquisitions;
	struct lock_use_sum hold;	/* exclusive holds that ended */
	struct lock_use_sum wait;	/* contested acquisitions */
	struct lock_use_sum spin;	/* of those: on the CPU, or put off */
	struct lock_use_sum block;	/* of those: asleep */
};

/* Place of an operation in a table of LOCK_USES. */
static inline unsigned
lock_use_index(unsigned op, bool shared)
{

	return (op * 2 + shared);
}

static inline void
lock_use_add(struct lock_use_sum *s, simtime t)
{

	s->count++;
	s->total += t;
	s->max = t > s->max ? t : s->max;
}

#endif /* !MODELS_LOCKS_USE_H */
