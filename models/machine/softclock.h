/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The softclock thread of CPU 0, which runs every callout there is, one after
 * the other: console wake-ups, the TCP slow timer, ipport_tick().  One that
 * waits for a lock delays all that follow.  CPU 0 is where its callouts are
 * kept; the thread runs on any CPU, unless kern.pin_default_swi binds it.
 *
 * Models:	softclock(), start_softclock(), callout_process(),
 *		sys/kern/kern_timeout.c; ipport_tick(), sys/netinet/in_pcb.c,
 *		which arms itself again as its last statement; FreeBSD 12.1
 *		with net.inet.tcp.per_cpu_timers = 0, its default.
 * Left out:	retransmit and keepalive timers (no loss, no idle peer here),
 *		callouts of other subsystems.
 */

#ifndef MODELS_MACHINE_SOFTCLOCK_H
#define	MODELS_MACHINE_SOFTCLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "models/machine/fifo.h"
#include "sim/sim.h"

struct machine;

#define	SOFTCLOCK_NSLOTS	1
#define	SOFTCLOCK_MAXCALLOUTS	8

/*
 * What a callout does, called with softclock's thread `t' on its CPU.  False:
 * all is done.  True: the thread began an operation; called `again' when that
 * has been done, for what is left.
 */
typedef bool (*callout_fn)(void *arg, struct thread *t, uint32_t data,
    bool again);

struct softclock {
	struct machine	*machine;
	struct thread	thread;
	struct fifo	queue;		/* callout << 32 | data */
	uint64_t	now;		/* the one in hand */
	struct {
		callout_fn	fn;
		void		*arg;
	} callouts[SOFTCLOCK_MAXCALLOUTS];
	unsigned	ncallouts;
	unsigned	tick;		/* a callout: ipport_tick() */
	unsigned	slot_tick;
};

void	softclock_init(struct softclock *, struct machine *);
void	softclock_fini(struct softclock *);

/* A kind of callout; returns what to post. */
unsigned softclock_callout(struct softclock *, callout_fn, void *arg);

/* A callout is due. */
void	softclock_post(struct softclock *, unsigned callout, uint32_t data);

#endif /* !MODELS_MACHINE_SOFTCLOCK_H */
