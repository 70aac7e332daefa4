/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The sleep mutex.
 *
 * Theory:	taken if free, whoever asks first; a contender spins without
 *		any limit of time while the owner is on a CPU, and sleeps when
 *		it is not.  Release wakes all sleepers.
 * Models:	__mtx_lock_sleep(), __mtx_unlock_sleep(), sys/kern/
 *		kern_mutex.c, FreeBSD 12.1 and 14.0.
 * Left out:	debug.mtx.restrict_starvation (0 by default).
 */

#include "models/locks/lock.h"
#include "sim/kassert.h"

static enum lock_try
mutex_attempt(const struct lock *lk, const struct thread *t, bool shared)
{

	(void)t;
	KASSERT(!shared, ("mutex %s wanted shared", lk->name));
	if (lk->owner == NULL)
		return (LOCK_GRANTED);
	return (thread_on_cpu(lk->owner) ? LOCK_SPIN : LOCK_SLEEP);
}

static void
mutex_wakes(const struct lock *lk, bool *exclusive, bool *shared)
{

	(void)lk;
	*exclusive = *shared = true;
}

const struct lock_class lock_class_mutex = {
	.name = "mutex",
	.title = "mtx(9): unbounded adaptive spin, wake-all, no hand-off",
	.source = "sys/kern/kern_mutex.c, __mtx_lock_sleep(), FreeBSD 12.1",
	.shared_cost = COST_MUTEX,
	.exclusive_cost = COST_MUTEX,
	.attempt = mutex_attempt,
	.wakes = mutex_wakes
};
