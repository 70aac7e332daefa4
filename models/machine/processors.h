/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What a scenario says of its CPUs: the cores below them, how those spin who
 * wait there, and when their clocks wake somebody.
 */

#ifndef MODELS_MACHINE_PROCESSORS_H
#define	MODELS_MACHINE_PROCESSORS_H

#include <stdbool.h>

#include "models/locks/backoff.h"
#include "sim/time.h"

struct run_conf;
struct sched;
struct thread;
struct turns;

/* Delays of spinners. */
void	processors_backoff(const struct run_conf *, enum backoff_rule,
	    struct lock_backoff *);

/*
 * How CPUs share what is below them, and what their scheduler may do.
 *
 * Models:	for the phases of periodic clocks lapic_et_start(),
 *		sys/x86/x86/local_apic.c, which heeds no first time, so that
 *		loadtimer(), sys/kern/kern_clocksource.c, aligns nothing;
 *		FreeBSD 12.1.
 */
void	processors_init(const struct run_conf *, struct sched *);

/*
 * When that thread wakes, who goes to sleep until then: with a periodic clock,
 * by the next interrupt of the CPU on which it ran, each having a phase of its
 * own.
 *
 * Models:	callout_process(), sys/kern/kern_timeout.c; handleevents(),
 *		sys/kern/kern_clocksource.c; FreeBSD 12.1.
 */
simtime	processors_wakes(const struct run_conf *, const struct turns *,
	    const struct thread *, simtime until);

/* The first clock interrupt of that CPU after `after'. */
simtime	processors_tick(const struct run_conf *, const struct turns *,
	    unsigned cpu, simtime after);

#endif /* !MODELS_MACHINE_PROCESSORS_H */
