/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * A spinning lock; see lock.h.
 */

#include <limits.h>
#ifdef __linux__
#include <sched.h>
#endif
#include <time.h>

#include <glib.h>

#include "sim/kassert.h"
#include "study/live/lock.h"

#define	LIVE_WRITER	UINT_MAX
#define	LIVE_LONG	(1u << 20)	/* pauses; some ms */
#define	LIVE_NAP	100000L		/* ns */

static int
lock_cpu(void)
{
#ifdef __linux__
	return (sched_getcpu());
#else
	return (-1);
#endif
}

static void
lock_nap(void)
{
	const struct timespec ts = { 0, LIVE_NAP };

	(void)nanosleep(&ts, NULL);
}

void
live_lock_pause(unsigned n)
{

	while (n-- > 0) {
#if defined(__x86_64__) || defined(__i386__)
		__asm__ volatile("pause" ::: "memory");
#elif defined(__aarch64__)
		__asm__ volatile("yield" ::: "memory");
#else
		atomic_signal_fence(memory_order_seq_cst);
#endif
	}
}

void
live_lock_init(struct live_lock *l, const struct live_backoff *b)
{

	atomic_init(&l->holders, 0);
	atomic_init(&l->writers_waiting, 0);
	atomic_init(&l->cpu, -1);
	l->backoff = *b;
}

static bool
lock_try(struct live_lock *l, bool shared)
{
	unsigned had;

	had = atomic_load_explicit(&l->holders, memory_order_relaxed);
	if (!shared)
		return (had == 0 && atomic_compare_exchange_strong_explicit(
		    &l->holders, &had, LIVE_WRITER, memory_order_acquire,
		    memory_order_relaxed));
	if (had == LIVE_WRITER || atomic_load_explicit(&l->writers_waiting,
	    memory_order_relaxed) > 0)
		return (false);
	return (atomic_compare_exchange_strong_explicit(&l->holders, &had,
	    had + 1, memory_order_acquire, memory_order_relaxed));
}

void
live_lock_acquire(struct live_lock *l, bool shared)
{
	unsigned delay, spun;
	int cpu;

	if (lock_try(l, shared)) {
		atomic_store_explicit(&l->cpu, lock_cpu(),
		    memory_order_relaxed);
		return;
	}
	if (!shared)
		atomic_fetch_add(&l->writers_waiting, 1);
	delay = l->backoff.base;
	spun = 0;
	do {
		live_lock_pause(delay);
		spun += delay;
		cpu = atomic_load_explicit(&l->cpu, memory_order_relaxed);
		if (spun > LIVE_LONG || (cpu >= 0 && cpu == lock_cpu()))
			lock_nap();
		delay = l->backoff.linear ? delay + l->backoff.step :
		    2 * delay;
		delay = MIN(delay, l->backoff.max);
	} while (!lock_try(l, shared));
	atomic_store_explicit(&l->cpu, lock_cpu(), memory_order_relaxed);
	if (!shared)
		atomic_fetch_sub(&l->writers_waiting, 1);
}

void
live_lock_release(struct live_lock *l, bool shared)
{
	unsigned had;

	if (shared) {
		had = atomic_fetch_sub_explicit(&l->holders, 1,
		    memory_order_release);
		KASSERT(had > 0 && had != LIVE_WRITER, ("no reader"));
	} else {
		had = atomic_exchange_explicit(&l->holders, 0,
		    memory_order_release);
		KASSERT(had == LIVE_WRITER, ("no writer"));
	}
}
