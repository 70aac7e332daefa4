/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The lock that spins and never sleeps.
 *
 * Theory:	taken if free, whoever asks first; a contender burns its CPU
 *		until then, whatever the owner does.  Neither who holds it nor
 *		who spins for it is put off its CPU, so nobody waits for an
 *		owner that does not run.
 * Models:	mtx_enter(), mtx_leave(), sys/kern/kern_lock.c, OpenBSD 7.7.
 * Left out:	tickets, the queue of waiters that some ports have; interrupts
 *		above the mutex' own level.
 */

#include "models/locks/lock.h"
#include "sim/kassert.h"

static enum lock_try
spin_attempt(const struct lock *lk, const struct thread *t, bool shared)
{

	(void)t;
	KASSERT(!shared, ("spin lock %s wanted shared", lk->name));
	return (lk->owner == NULL ? LOCK_GRANTED : LOCK_SPIN);
}

/* Nobody sleeps. */
static void
spin_wakes(const struct lock *lk, bool *exclusive, bool *shared)
{

	(void)lk;
	*exclusive = *shared = false;
}

const struct lock_class lock_class_spin = {
	.name = "spin",
	.title = "mutex(9) of OpenBSD: spins without limit, is not preempted",
	.source = "sys/kern/kern_lock.c, mtx_enter(), OpenBSD 7.7",
	.shared_cost = COST_MUTEX,
	.exclusive_cost = COST_MUTEX,
	.keeps_cpu = true,
	.attempt = spin_attempt,
	.wakes = spin_wakes
};
