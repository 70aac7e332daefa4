/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The softclock thread of CPU 0, which runs every callout there is, one after
 * the other: console wake-ups, the TCP slow timer, ipport_tick().  One that
 * waits for a lock delays all that follow.
 *
 * Models:	softclock(), callout_process(), sys/kern/kern_timeout.c;
 *		tcp_slowtimo(), ipport_tick(); FreeBSD 12.1 with
 *		net.inet.tcp.per_cpu_timers = 0, its default.
 * Left out:	retransmit and keepalive timers (no loss, no idle peer here),
 *		callouts of other subsystems.
 */

#ifndef MODELS_MACHINE_SOFTCLOCK_H
#define	MODELS_MACHINE_SOFTCLOCK_H

#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/machine/fifo.h"
#include "sim/sim.h"

struct machine;

enum callout {
	CALLOUT_CONSOLE,	/* wake the terminal */
	CALLOUT_SLOWTIMO,	/* scan TIME_WAIT, every 500 ms */
	CALLOUT_TICK,		/* ipport_tick(), every second */
	CALLOUT_TIMEWAIT,	/* one connection's 2 MSL are over */
	CALLOUT_NETSTAT		/* somebody runs netstat */
};

struct softclock {
	struct thread	thread;
	struct fifo	queue;		/* callout << 32 | connection */
	unsigned	slot_slowtimo;
	unsigned	slot_tick;
};

void	softclock_init(struct machine *);
void	softclock_fini(struct machine *);

/* A callout is due. */
void	softclock_post(struct machine *, enum callout, uint32_t conn);

#endif /* !MODELS_MACHINE_SOFTCLOCK_H */
