/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Loops of one operation; see micro.h.
 */

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include <glib.h>

#include "study/calibrate/micro.h"

static void
micro_syscall(uint64_t rounds)
{
	volatile pid_t pid;

	while (rounds-- > 0)
		pid = getppid();
	(void)pid;
}

static void
micro_mutex(uint64_t rounds)
{
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

	while (rounds-- > 0) {
		(void)pthread_mutex_lock(&lock);
		(void)pthread_mutex_unlock(&lock);
	}
	(void)pthread_mutex_destroy(&lock);
}

static void
micro_rw_read(uint64_t rounds)
{
	pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

	while (rounds-- > 0) {
		(void)pthread_rwlock_rdlock(&lock);
		(void)pthread_rwlock_unlock(&lock);
	}
	(void)pthread_rwlock_destroy(&lock);
}

static void
micro_rw_write(uint64_t rounds)
{
	pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

	while (rounds-- > 0) {
		(void)pthread_rwlock_wrlock(&lock);
		(void)pthread_rwlock_unlock(&lock);
	}
	(void)pthread_rwlock_destroy(&lock);
}

static void
micro_atomic(uint64_t rounds)
{
	atomic_ulong word;

	atomic_init(&word, 0);
	while (rounds-- > 0)
		atomic_fetch_add(&word, 1);
}

#if defined(__x86_64__) || defined(__i386__)
#define	MICRO_PAUSE	"pause"
#elif defined(__aarch64__)
#define	MICRO_PAUSE	"yield"
#endif

#ifdef MICRO_PAUSE
static void
micro_pause(uint64_t rounds)
{

	while (rounds-- > 0)
		__asm__ volatile(MICRO_PAUSE ::: "memory");
}
#endif

const struct calibrate_micro calibrate_micros[] = {
	{ "syscall", "micro: getppid", micro_syscall },
	{ "mutex", "micro: pthread mutex, acquire and release", micro_mutex },
	{ "rw_read", "micro: pthread rwlock, acquire and release",
	    micro_rw_read },
	{ "rw_write", "micro: pthread rwlock, acquire and release",
	    micro_rw_write },
	{ "atomic_rmw", "micro: atomic add of one CPU alone", micro_atomic },
#ifdef MICRO_PAUSE
	{ "pause", "micro: the " MICRO_PAUSE " instruction", micro_pause },
#endif
	{ .name = NULL }
};

/* Sleeps until the lock is free. */
static gpointer
micro_company(gpointer lock)
{

	g_mutex_lock(lock);
	g_mutex_unlock(lock);
	return (NULL);
}

bool
calibrate_micro_run(const struct calibrate_micro *m, simtime least,
    struct calibrate_runs *runs)
{
	GMutex lock;
	GThread *company;
	simtime began, elapsed;
	uint64_t rounds;

	/* Where there is one thread only, a C library may leave out atomics. */
	g_mutex_init(&lock);
	g_mutex_lock(&lock);
	company = g_thread_try_new("company", micro_company, &lock, NULL);
	for (rounds = 1000; company != NULL; rounds *= 2) {
		began = calibrate_runs_clock();
		m->loop(rounds);
		elapsed = calibrate_runs_clock() - began;
		if (elapsed >= least) {
			calibrate_runs_add(runs, elapsed, rounds);
			break;
		}
	}
	g_mutex_unlock(&lock);
	if (company != NULL)
		g_thread_join(company);
	g_mutex_clear(&lock);
	return (company != NULL);
}
