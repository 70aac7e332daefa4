/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Lock plans of what was proposed, not of any kernel: as those of 12, 14, 15
 * and main, but bind(2) and connect(2) take the hash lock themselves, and drop
 * it (models/machine/pieces.h).  The source address is chosen before.
 *
 * Proposed:	models/proposals/drop-lock.c, models/proposals/unlocked.c.
 */

#include "models/locks/lock.h"
#include "models/plans/freebsd.h"

#define	PIECES_OPS							\
	.ops = {							\
		[OP_BIND] = {						\
			COMPUTE(SYSCALL), WLOCK(INP), ACT(PIECES),	\
			UNLOCK(INP), END				\
		},							\
		[OP_CONNECT] = {					\
			COMPUTE(SYSCALL), WLOCK(INP), COMPUTE(ROUTE),	\
			ACT(PIECES), IF(OK, 1), COMPUTE(TCP_OUTPUT),	\
			UNLOCK(INP), END				\
		}							\
	}

const struct lock_plan plan_freebsd_12_pieces = {
	.source = "proposed, on FreeBSD 12.1's",
	FREEBSD_12_LOCKS,
	.prio = &prio_freebsd_12,
	.like = &plan_freebsd_12,
	PIECES_OPS
};

const struct lock_plan plan_freebsd_12_2_pieces = {
	.source = "proposed, on FreeBSD 12.2's",
	FREEBSD_12_LOCKS,
	.prio = &prio_freebsd_12_2,
	.like = &plan_freebsd_12,
	PIECES_OPS
};

const struct lock_plan plan_freebsd_14_pieces = {
	.source = "proposed, on FreeBSD 14.3's",
	FREEBSD_14_LOCKS,
	.prio = &prio_freebsd_14,
	.like = &plan_freebsd_14,
	PIECES_OPS
};

const struct lock_plan plan_freebsd_15_pieces = {
	.source = "proposed, on FreeBSD 15's",
	FREEBSD_14_LOCKS,
	.prio = &prio_freebsd_15,
	.like = &plan_freebsd_15,
	PIECES_OPS
};

/* socket(2) waits for the hash lock here: it gains most. */
const struct lock_plan plan_freebsd_main_2026_04_pieces = {
	.source = "proposed, on main's after 2026-04-12",
	FREEBSD_14_LOCKS,
	.prio = &prio_freebsd_15,
	.like = &plan_freebsd_main_2026_04,
	PIECES_OPS
};
