/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A lock of the kernel's kind between real threads: exclusive, or shared by
 * readers who let a waiting writer go first.
 *
 * Theory:	mtx(9) and rwlock(9) spin while the owner runs, looking at the
 *		lock only between two back-off delays; a pthread lock would put
 *		the thread to sleep.  So this one spins, by the same rule and
 *		with the same numbers as models/locks/lock.h.
 * Models:	__mtx_lock_sleep(), __rw_wlock_hard(), lock_delay(), sys/kern,
 *		FreeBSD 12.1.
 * Left out:	lending of priority.  A program cannot see whether the owner is
 *		on a CPU, but who spins where the owner ran last knows that it
 *		is not, and sleeps for a moment between its looks; so does who
 *		has spun for long.
 */

#ifndef STUDY_LIVE_LOCK_H
#define	STUDY_LIVE_LOCK_H

#include <stdatomic.h>
#include <stdbool.h>

#define	LIVE_LINE	128		/* no neighbour shares a cache line */

/* Pauses between looks. */
struct live_backoff {
	unsigned	base, step, max;
	bool		linear;		/* by `step'; else it doubles */
};

struct live_lock {
	/* Readers, or all ones for a writer. */
	_Alignas(LIVE_LINE) atomic_uint holders;
	_Alignas(LIVE_LINE) atomic_uint writers_waiting;
	atomic_int	cpu;		/* the last owner's; -1: not known */
	_Alignas(LIVE_LINE) struct live_backoff backoff;
};

void	live_lock_init(struct live_lock *, const struct live_backoff *);
void	live_lock_acquire(struct live_lock *, bool shared);
void	live_lock_release(struct live_lock *, bool shared);

/* The processor's own word for spinning, `n' times. */
void	live_lock_pause(unsigned n);

#endif /* !STUDY_LIVE_LOCK_H */
