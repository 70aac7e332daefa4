/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The reader/writer lock.
 *
 * Theory:	held by a writer, it is a mutex to everybody.  Held by
 *		readers, a writer spins a bounded while (one writer at a
 *		time), then sleeps; from then on new readers wait too, unless
 *		they hold some read lock already.  A release that finds both
 *		kinds asleep wakes every writer and no reader.
 * Models:	__rw_wlock_hard(), __rw_rlock_hard(), __rw_wunlock_hard(),
 *		sys/kern/kern_rwlock.c, FreeBSD 11.0, 12.1, 14.0 (alike).
 * Left out:	recursion, upgrade and downgrade.
 */

#include "models/locks/lock.h"

static enum lock_try
rwlock_attempt(const struct lock *lk, const struct thread *t, bool shared)
{
	bool writers_wait;

	if (lk->owner != NULL)
		return (thread_on_cpu(lk->owner) ? LOCK_SPIN : LOCK_SLEEP);
	if (!shared) {
		if (lk->readers == 0)
			return (LOCK_GRANTED);
		if (lk->write_spinner == NULL || lk->write_spinner == t)
			return (LOCK_SPIN_BOUNDED);
		return (LOCK_SLEEP);
	}
	writers_wait = lk->nsleepers_excl > 0 || lk->write_spinner != NULL;
	if (!writers_wait || t->nshared > 0)
		return (LOCK_GRANTED);
	return (LOCK_SPIN_BOUNDED);
}

static void
rwlock_wakes(const struct lock *lk, bool *exclusive, bool *shared)
{

	*exclusive = lk->nsleepers_excl > 0;
	*shared = !*exclusive;
}

const struct lock_class lock_class_rwlock = {
	.name = "rwlock",
	.title = "rwlock(9): writers first, bounded spin behind readers",
	.source = "sys/kern/kern_rwlock.c, __rw_wlock_hard(), FreeBSD 12.1",
	.shared_cost = COST_RW_READ,
	.exclusive_cost = COST_RW_WRITE,
	.attempt = rwlock_attempt,
	.wakes = rwlock_wakes
};
