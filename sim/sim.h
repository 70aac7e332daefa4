/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The run loop's clock and event set.
 *
 * An event is a slot that is due, or a timer of a timer queue or ring that is
 * due.  A slot is a thing that has at most one future event: a CPU's next
 * step, a generator's next arrival.  Setting a slot again overwrites it:
 * cancellation costs no more than scheduling, and leaves no tombstone.  The
 * many timers (connection lifetimes, TIME_WAIT) wait in queues whose head owns
 * one slot each.
 *
 * Order is (time, sequence): of two events due at the same time the one that
 * was scheduled first comes first, whatever structure it waits in.  Nothing
 * else breaks a tie; no address ever does.
 *
 * Typical loop:
 *
 *	while (sim_next(s, until, &ev))
 *		switch (ev.slot) { ... }
 */

#ifndef SIM_SIM_H
#define	SIM_SIM_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/time.h"

struct sim;

struct sim_event {
	simtime		time;		/* ps; equals sim_now() */
	unsigned	slot;		/* the slot, or the slot of the queue */
	uint64_t	payload;	/* of a timer; 0 for a plain slot */
};

/*
 * nslots	number of slots, 1..65536
 * seed		only for panic messages
 *
 * Returns:	a clock at 0 with no event; free with sim_free().
 */
struct sim *sim_new(unsigned nslots, uint64_t seed);
void	sim_free(struct sim *);

simtime	sim_now(const struct sim *);
uint64_t sim_events(const struct sim *);	/* events delivered so far */

/* Make `slot' due at `when' (>= now); replaces what it was due for. */
void	sim_at(struct sim *, unsigned slot, simtime when);

/* Make `slot' idle.  Harmless if it is. */
void	sim_cancel(struct sim *, unsigned slot);

/* When `slot' is due; SIM_NEVER if it is idle. */
simtime	sim_due(const struct sim *, unsigned slot);

/*
 * Attach a timer queue to `slot', which must not be used with sim_at() then:
 * any number of timers, each with a payload of the caller's, in any order.
 */
void	sim_timers(struct sim *, unsigned slot);

/*
 * Attach a ring to `slot': the same, for timers that are added in the order
 * of their times (a constant delay).  O(1); a time before the last one added
 * is a programmer's error.
 */
void	sim_ring(struct sim *, unsigned slot);

/* Add a timer to the queue or ring at `slot'; `when' >= now. */
void	sim_timer_add(struct sim *, unsigned slot, simtime when,
	    uint64_t payload);

/* Timers waiting at `slot'. */
uint64_t sim_timer_count(const struct sim *, unsigned slot);

/*
 * Advance the clock to the next event due at or before `until' and deliver
 * it: the slot goes idle (or its queue moves to its next timer).
 *
 * Returns:	false, with the clock at `until', if there is none.
 */
bool	sim_next(struct sim *, simtime until, struct sim_event *ev);

#endif /* !SIM_SIM_H */
