/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The spinlock of Linux, taken with bottom halves off.
 *
 * Theory:	held for some 100 ns, by a thread that nothing but a hard
 *		interrupt puts off its CPU: softirqs of that CPU begin when
 *		bottom halves are on again.  Who wants it meanwhile spins.
 * Models:	spin_lock_bh(), include/linux/spinlock.h;
 *		queued_spin_lock_slowpath(), kernel/locking/qspinlock.c, Linux
 *		6.18.
 * Left out:	the queue: spinners get it in the order in which they look.
 *		A softirq of the holder's own CPU does begin here, and then
 *		waits for the lock asleep until the holder has gone on: it is
 *		as late as in the kernel, by other means.
 */

#include "models/locks/lock.h"
#include "sim/kassert.h"

static enum lock_try
qspinlock_attempt(const struct lock *lk, const struct thread *t, bool shared)
{

	(void)t;
	KASSERT(!shared, ("spinlock %s wanted shared", lk->name));
	if (lk->owner == NULL)
		return (LOCK_GRANTED);
	return (thread_on_cpu(lk->owner) ? LOCK_SPIN : LOCK_SLEEP);
}

static void
qspinlock_wakes(const struct lock *lk, bool *exclusive, bool *shared)
{

	(void)lk;
	*exclusive = *shared = true;
}

const struct lock_class lock_class_qspinlock = {
	.name = "qspinlock",
	.title = "spin_lock_bh() of Linux: spins, bottom halves off",
	.source = "kernel/locking/qspinlock.c, "
	    "queued_spin_lock_slowpath(), Linux 6.18",
	.shared_cost = COST_MUTEX,
	.exclusive_cost = COST_MUTEX,
	.attempt = qspinlock_attempt,
	.wakes = qspinlock_wakes
};
