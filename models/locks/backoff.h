/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * How long a spinner waits between two looks at its lock, and so how late it
 * notices that the lock is free.
 *
 * Theory:	each look is followed by a delay, longer each time up to a
 *		longest.  What an acquisition has reached stays with it: who
 *		sleeps on the lock, or is put off its CPU, goes on from there.
 *
 *		12.x and later: the delay doubles, from 2 pauses (12.x) or 1
 *		(14 and later) on, and has no chance in it.  The looks that
 *		follow from a known one (the first attempt, the last look) are
 *		exact, until a longest delay has passed; from then on the
 *		clock, the devices and the other CPUs' messages have
 *		interrupted the spinner, each for some microseconds of 100 to
 *		1,000 that a delay has, and nobody knows its phase: what is left
 *		of the delay is uniform.
 *
 *		11.x: the delay grows by a step, and each is cpu_ticks() modulo
 *		that many pauses, `min' at least: random, half as long in the
 *		mean.  A moment falls into one of them by its length, which is
 *		how what is left is drawn.
 *
 * Models:	lock_delay(), lock_delay_default_init(), sys/kern/subr_lock.c,
 *		FreeBSD 12.1 and 14.0 (main of 2024 is as 14.0; 15 and 16 were
 *		not read); lock_delay(), the same, and mtx_delay_sysinit(),
 *		kern_mutex.c, FreeBSD 11.0; rw_lock_delay_init(),
 *		kern_rwlock.c, FreeBSD 12.1, and locks_delay_init(),
 *		subr_lock.c, 14.0, for the bounded spin; lda, initialised once,
 *		before the loop of __mtx_lock_sleep(), __rw_wlock_hard(),
 *		__rw_rlock_hard().
 * Left out:	the interrupts themselves, of which each would be an event;
 *		restrict_starvation (0 by default).
 */

#ifndef MODELS_LOCKS_BACKOFF_H
#define	MODELS_LOCKS_BACKOFF_H

#include <stdbool.h>

#include "sim/time.h"

struct rng;

/* Whose delays. */
enum backoff_rule {
	BACKOFF_12,		/* 12.x, and whose are not known */
	BACKOFF_11,
	BACKOFF_14		/* 14 and later */
};

struct lock_backoff {
	bool		linear;		/* 11.x; else it doubles */
	unsigned	base;		/* pauses: the first (11.x), or half of
					   it; 0: that is 1 */
	unsigned	step;		/* linear: added each time */
	unsigned	min;		/* linear: no delay is shorter */
	unsigned	max;		/* the longest */
	simtime		pause;		/* one cpu_spinwait(), ps */
	simtime		handoff;	/* the cache line, ps */
	unsigned	bound;		/* bounded spin: pauses in all */
};

/* Delays for so many CPUs, and the bound, in pauses; pause, handoff stay. */
void	backoff_auto(struct lock_backoff *, enum backoff_rule, unsigned ncpus);

/* The state of an acquisition that has not spun: its delay, pauses. */
unsigned backoff_start(const struct lock_backoff *);

/* Its delay after it has spun for `spun' ps from a delay of `delay'. */
unsigned backoff_reached(const struct lock_backoff *, unsigned delay,
	    simtime spun);

/*
 * When it next looks, at or after `now', if it last looked (or began) at
 * `since' with a delay of `delay'.
 */
simtime	backoff_next_look(const struct lock_backoff *, unsigned delay,
	    simtime since, simtime now, struct rng *);

/* It was put off its CPU in the middle of a delay: what is left of it, ps. */
simtime	backoff_left(const struct lock_backoff *, unsigned delay,
	    struct rng *);

#endif /* !MODELS_LOCKS_BACKOFF_H */
