/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What serializes the work of a CPU: a squeue of illumos, a netisr of
 * DragonFly.  It protects no table; who has it is served, and the others queue
 * up.
 *
 * Theory:	nobody spins; whoever waits sleeps, and a kernel thread that
 *		waits is the queue of packets behind it.  The next in line is
 *		woken when it is free.
 * Models:	squeue_synch_enter(), squeue_synch_exit(), squeue_drain(),
 *		usr/src/uts/common/inet/squeue.c, illumos-gate of 2020-12-24;
 *		lwkt_domsg() to a netisr, sys/net/netisr.c, DragonFly of
 *		2020-07-24.
 * Left out:	that somebody else drains what was queued: here everybody does
 *		his own when it is his turn, in the same order but for
 *		priorities.
 */

#include "models/locks/lock.h"
#include "sim/kassert.h"

static enum lock_try
serializer_attempt(const struct lock *lk, const struct thread *t,
    bool shared)
{

	(void)t;
	KASSERT(!shared, ("%s wanted shared", lk->name));
	return (lk->owner == NULL ? LOCK_GRANTED : LOCK_SLEEP);
}

static void
serializer_wakes(const struct lock *lk, bool *exclusive, bool *shared)
{

	(void)lk;
	*exclusive = true;
	*shared = false;
}

const struct lock_class lock_class_serializer = {
	.name = "serializer",
	.title = "a squeue or a netisr: who waits sleeps, nobody spins",
	.source = "squeue_synch_enter(), uts/common/inet/squeue.c, "
	    "illumos-gate of 2020-12-24; sys/net/netisr.c, DragonFly of "
	    "2020-07-24",
	.shared_cost = COST_MUTEX,
	.exclusive_cost = COST_MUTEX,
	.attempt = serializer_attempt,
	.wakes = serializer_wakes
};
