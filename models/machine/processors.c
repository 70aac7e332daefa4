/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Cores, spinners and clocks of a run; see processors.h.
 */

#include <glib.h>

#include "models/cpus/cpu.h"
#include "models/locks/backoff.h"
#include "models/machine/processors.h"
#include "models/machine/run.h"
#include "sim/rng.h"

/* One cpu_spinwait(). */
static simtime
processors_pause(const struct run_conf *conf)
{

	return (MAX(cost_at(conf->host.costs, COST_PAUSE, 0), 1));
}

void
processors_backoff(const struct run_conf *conf, enum backoff_rule rule,
    struct lock_backoff *b)
{

	backoff_auto(b, rule, conf->host.cpus);
	if (conf->kernel.delay_max != 0)
		b->max = conf->kernel.delay_max;
	b->pause = processors_pause(conf);
	b->handoff = cost_at(conf->host.costs, COST_HANDOFF, 0);
}

/*
 * Turns.  When in its period a CPU's clock interrupts is drawn: it began when
 * that CPU got round to it, at boot.
 */
static void
processors_turns(const struct run_conf *conf, struct turns *t)
{
	simtime period, *phase;
	struct rng rng;
	unsigned i;

	rng_init(&rng, conf->seed, conf->replication, "kernel/clocks");
	period = SIM_S / conf->kernel.hz;
	phase = g_new(simtime, conf->host.cpus);
	for (i = 0; i < conf->host.cpus; i++)
		phase[i] = (simtime)(rng_u64(&rng) % (uint64_t)period);
	turns_init(t, conf->host.cpus, period, phase,
	    cost_at(conf->host.costs, COST_TICK, 0), conf->host.turn,
	    processors_pause(conf));
	g_free(phase);
}

/* Cores below the CPUs, and what clock interrupts leave of them. */
static void
processors_share(const struct run_conf *conf, struct share *sh)
{
	unsigned cores, cpus;
	double ticks;

	cpus = conf->host.cpus;
	cores = conf->host.cores;
	if (cores == 0 || cores >= cpus)
		cores = cpus;
	ticks = (double)cost_at(conf->host.costs, COST_TICK, 0) /
	    (double)SIM_S * conf->kernel.hz * cpus / cores;
	share_init(sh, cores == cpus ? 0 : cores, MIN(ticks, 0.99),
	    conf->host.turn, processors_pause(conf));
}

void
processors_init(const struct run_conf *conf, struct sched *s)
{
	struct rng rng;

	if (conf->host.turns == HOST_TURNS_ICOUNT)
		processors_turns(conf, &s->turns);
	else
		processors_share(conf, &s->share);
	s->steals = conf->kernel.steal_idle;
	s->balances = conf->kernel.balance;
	rng_init(&rng, conf->seed, conf->replication, "kernel/sched");
	s->random = rng_u32(&rng);
}

/* The first interrupt of a CPU at `at' or later. */
static simtime
processors_tick_at(const struct run_conf *conf, const struct turns *turns,
    unsigned cpu, simtime at)
{
	simtime phase, tick;

	tick = SIM_S / conf->kernel.hz;
	phase = turns->n > 0 ? turns->cpu[cpu].clock % tick :
	    cpu * tick / conf->host.cpus;
	return ((at + tick - 1 - phase) / tick * tick + phase);
}

simtime
processors_wakes(const struct run_conf *conf, const struct turns *turns,
    const struct thread *t, simtime until)
{

	if (!conf->kernel.periodic)
		return (until);
	return (processors_tick_at(conf, turns, (unsigned)MAX(t->cpu, 0),
	    until));
}

simtime
processors_tick(const struct run_conf *conf, const struct turns *turns,
    unsigned cpu, simtime after)
{

	return (processors_tick_at(conf, turns, cpu, after + 1));
}
