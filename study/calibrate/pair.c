/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Two threads that take turns; see pair.h.
 */

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "study/calibrate/pair.h"

#define	PAIR_LINE	128		/* no neighbour shares a cache line */
#define	PAIR_IDLE	(50 * SIM_US)	/* until the other CPU has halted */

/* ---- a cache line between two cores ------------------------------------ */

struct pair_ball {
	_Alignas(PAIR_LINE) atomic_uint turn;
	_Alignas(PAIR_LINE) unsigned rounds;
	int		cpu;		/* of the partner */
	atomic_bool	ready;		/* the partner runs, ... */
	bool		bound;		/* .. and where it should */
};

static gpointer
pair_return_ball(gpointer arg)
{
	struct pair_ball *b;
	unsigned i;

	b = arg;
	b->bound = calibrate_cpu_bind(b->cpu);
	atomic_store(&b->ready, true);
	for (i = 0; b->bound && i < b->rounds; i++) {
		while (atomic_load_explicit(&b->turn, memory_order_acquire) !=
		    2 * i + 1)
			;
		atomic_store_explicit(&b->turn, 2 * i + 2,
		    memory_order_release);
	}
	return (NULL);
}

static bool
pair_handoff(const struct calibrate_cpu *cpus, unsigned rounds,
    struct calibrate_runs *runs)
{
	struct pair_ball b;
	GThread *partner;
	simtime began;
	unsigned i;

	memset(&b, 0, sizeof(b));
	b.rounds = rounds;
	b.cpu = cpus->other;
	partner = g_thread_try_new("partner", pair_return_ball, &b, NULL);
	if (partner == NULL)
		return (false);
	while (!atomic_load(&b.ready))
		;
	began = calibrate_runs_clock();
	for (i = 0; b.bound && i < rounds; i++) {
		atomic_store_explicit(&b.turn, 2 * i + 1,
		    memory_order_release);
		while (atomic_load_explicit(&b.turn, memory_order_acquire) !=
		    2 * i + 2)
			;
	}
	if (b.bound)
		calibrate_runs_add(runs, calibrate_runs_clock() - began,
		    2 * (uint64_t)rounds);
	g_thread_join(partner);
	return (b.bound);
}

/* ---- a sleeper on another core ----------------------------------------- */

struct pair_bed {
	GMutex		lock;
	GCond		cond;
	unsigned	woken;		/* times so far */
	unsigned	rounds;
	simtime		ran;		/* when the sleeper last began to */
	atomic_uint	asleep;		/* times it went to sleep */
	int		cpu;
	bool		bound;
};

static gpointer
pair_sleep(gpointer arg)
{
	struct pair_bed *b;
	unsigned i;

	b = arg;
	g_mutex_lock(&b->lock);
	b->bound = calibrate_cpu_bind(b->cpu);
	for (i = 0; i < b->rounds; i++) {
		/* The lock is ours until the wait lets go of it. */
		atomic_store(&b->asleep, i + 1);
		while (b->woken == i)
			g_cond_wait(&b->cond, &b->lock);
		b->ran = calibrate_runs_clock();
	}
	g_mutex_unlock(&b->lock);
	return (NULL);
}

/* Busily, so that the caller's own CPU stays awake. */
static void
pair_spin(simtime ps)
{
	simtime began;

	began = calibrate_runs_clock();
	while (calibrate_runs_clock() - began < ps)
		;
}

static bool
pair_wake(const struct calibrate_cpu *cpus, unsigned rounds,
    struct calibrate_runs *runs)
{
	struct pair_bed b;
	GThread *partner;
	simtime began, sum;
	unsigned i;

	memset(&b, 0, sizeof(b));
	g_mutex_init(&b.lock);
	g_cond_init(&b.cond);
	b.rounds = rounds;
	b.cpu = cpus->other;
	partner = g_thread_try_new("sleeper", pair_sleep, &b, NULL);
	sum = began = 0;
	for (i = 0; partner != NULL && i < rounds; i++) {
		while (atomic_load(&b.asleep) != i + 1)
			;
		g_mutex_lock(&b.lock);
		/* What the last wake took is known now. */
		if (i > 0)
			sum += b.ran - began;
		g_mutex_unlock(&b.lock);
		pair_spin(PAIR_IDLE);
		g_mutex_lock(&b.lock);
		b.woken++;
		g_mutex_unlock(&b.lock);
		began = calibrate_runs_clock();
		g_cond_signal(&b.cond);
	}
	if (partner != NULL)
		g_thread_join(partner);
	sum += b.ran - began;
	if (b.bound)
		calibrate_runs_add(runs, MAX(sum, 0), rounds);
	g_cond_clear(&b.cond);
	g_mutex_clear(&b.lock);
	return (b.bound);
}

/* ---- two threads of one CPU -------------------------------------------- */

struct pair_pipe {
	int		there[2], back[2];
	unsigned	rounds;
};

static gpointer
pair_echo(gpointer arg)
{
	struct pair_pipe *p;
	unsigned i;
	char byte;

	p = arg;
	for (i = 0; i < p->rounds; i++)
		if (read(p->there[0], &byte, 1) != 1 ||
		    write(p->back[1], &byte, 1) != 1)
			break;
	/* Whoever still waits reads the end of the file. */
	(void)close(p->back[1]);
	return (NULL);
}

static bool
pair_switch(const struct calibrate_cpu *cpus, unsigned rounds,
    struct calibrate_runs *runs)
{
	struct pair_pipe p;
	GThread *partner;
	simtime began;
	unsigned i;
	char byte;

	(void)cpus;		/* the caller is bound, and the partner, too */
	if (pipe(p.there) != 0)
		return (false);
	if (pipe(p.back) != 0) {
		(void)close(p.there[0]);
		(void)close(p.there[1]);
		return (false);
	}
	p.rounds = rounds;
	partner = g_thread_try_new("echo", pair_echo, &p, NULL);
	byte = 0;
	began = calibrate_runs_clock();
	for (i = 0; partner != NULL && i < rounds; i++)
		if (write(p.there[1], &byte, 1) != 1 ||
		    read(p.back[0], &byte, 1) != 1)
			break;
	if (i == rounds)
		calibrate_runs_add(runs, calibrate_runs_clock() - began,
		    2 * (uint64_t)rounds);
	(void)close(p.there[1]);
	if (partner != NULL)
		g_thread_join(partner);
	else
		(void)close(p.back[1]);
	(void)close(p.there[0]);
	(void)close(p.back[0]);
	return (i == rounds);
}

const struct calibrate_pair calibrate_pairs[] = {
	{ "handoff", "micro: cache line between two cores, one way", true,
	    100000, pair_handoff },
	{ "wake", "micro: condition signalled to running on another, idle CPU",
	    true, 300, pair_wake },
	{ "switch", "micro: pipe, one way, same CPU", false, 2000,
	    pair_switch },
	{ .name = NULL }
};

const char *
calibrate_pair_missing(const struct calibrate_pair *p,
    const struct calibrate_cpu *cpus)
{

	if (cpus->first < 0)
		return ("threads cannot be bound to CPUs here");
	if (p->two_cpus && cpus->other < 0)
		return ("this process may use one core only");
	return (NULL);
}
