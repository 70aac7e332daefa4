/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The terminal: a user's thread that wants to do a little work at every
 * period, and is late.
 *
 * Theory:	tick k is due at k x period, whether or not those before it
 *		were served, so that one long freeze counts as all the ticks
 *		that it swallowed.  Each needs softclock to wake the thread,
 *		a CPU, and `work' of it.  Lag is the time from when the tick
 *		was due to when it was served, less `work'.
 *
 *		Frozen is the union of [due, served] over the ticks that were
 *		later than `deadline'.  Freezes less than CONSOLE_RESPITE
 *		deadlines apart are one to whoever sits there: the time to
 *		unfreeze is the length of the longest such chain, gaps
 *		included.
 */

#ifndef MODELS_MACHINE_CONSOLE_H
#define	MODELS_MACHINE_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "models/cpus/sched.h"
#include "sim/sim.h"

struct machine;
struct softclock;

#define	CONSOLE_NSLOTS	1

/*
 * Nobody derived this number: 5 s at the usual deadline, about what it takes to
 * log in.  frozen_s does not depend on it.
 */
#define	CONSOLE_RESPITE	10

struct console {
	struct machine	*machine;
	struct softclock *softclock;
	unsigned	callout;	/* wakes the thread */
	struct thread	thread;
	unsigned	slot;		/* next tick is due */
	uint64_t	due;		/* ticks so far */
	uint64_t	woken;		/* of them, by softclock */
	uint64_t	served;
	simtime		frozen_from;	/* present or last freeze */
	simtime		frozen_to;
};

/* Carries out ACT_CONSOLE. */
void	console_init(struct console *, struct machine *, struct softclock *);
/* How long the oldest tick that was not served has waited; 0 if none. */
simtime	console_waiting(const struct console *);
/* The warm-up is over: freezes count from now on. */
void	console_forget(struct console *);
/* The run is over: count what was never served as far as it got. */
void	console_end(struct console *);

#endif /* !MODELS_MACHINE_CONSOLE_H */
