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

#include "sim/evq.h"
#include "sim/kassert.h"
#include "sim/running.h"
#include "sim/time.h"

#define	SIM_MAXSLOTS	(1u << EVQ_SLOT_BITS)
#define	SIM_NOSLOT	UINT32_MAX

struct sim_queue;

/* Read and written by the functions below only; here to be inlined. */
struct sim {
	struct sim_where where;
	simtime		until;		/* of the last sim_next() */
	uint64_t	seq;		/* of the next event scheduled */
	uint64_t	ties;		/* 0, or how to permute them */
	/*
	 * The plain slot just delivered.  The tree still holds its old key,
	 * which nothing can beat, until it is set again or the next event is
	 * wanted: most slots are set again at once, and save one update.
	 */
	unsigned	open;		/* SIM_NOSLOT: none */
	unsigned	nslots;
	struct evq	evq;
	struct sim_queue **queue;	/* queue[nslots]; NULL: a plain slot */
};

struct sim_event {
	simtime		time;		/* ps; equals sim_now() */
	unsigned	slot;		/* the slot, or the slot of the queue */
	uint64_t	payload;	/* of a timer; 0 for a plain slot */
};

/*
 * nslots	number of slots, 1..SIM_MAXSLOTS
 * seed		only for panic messages
 *
 * Returns:	a clock at 0 with no event; free with sim_free().
 */
struct sim *sim_new(unsigned nslots, uint64_t seed);
void	sim_free(struct sim *);

/*
 * For tests, before the first event: events of one instant come in another
 * order, the same for the same `shuffle' (timers of one queue keep theirs).  No
 * conclusion may depend on it.  0: as scheduled.
 */
void	sim_shuffle_ties(struct sim *, uint64_t shuffle);

static inline simtime
sim_now(const struct sim *s)
{

	return (s->where.now);
}

/* Events delivered so far. */
static inline uint64_t
sim_events(const struct sim *s)
{

	return (s->where.events);
}

/* Make `slot' due at `when' (>= now); replaces what it was due for. */
static inline void
sim_at(struct sim *s, unsigned slot, simtime when)
{

	KASSERT(when >= s->where.now && slot < s->nslots &&
	    s->queue[slot] == NULL,
	    ("slot %u of %u at %jd", slot, s->nslots, (intmax_t)when));
	s->open = slot == s->open ? SIM_NOSLOT : s->open;
	evq_set(&s->evq, slot, when, s->seq++ ^ s->ties);
}

/*
 * For the slot just delivered, which is to be due again at `when': if that
 * would be the very next event, the clock goes there now, and it counts as
 * delivered.  What follows is the same as with sim_at(), at less cost.
 *
 * Returns:	false, and nothing is changed: use sim_at().
 */
static inline bool
sim_run_on(struct sim *s, unsigned slot, simtime when)
{

	KASSERT(when >= s->where.now, ("slot %u runs on to %jd", slot,
	    (intmax_t)when));
	if (slot != s->open || when > s->until ||
	    when >= evq_others_time(&s->evq, slot))
		return (false);
	s->seq++;
	s->where.events++;
	s->where.now = when;
	return (true);
}

/*
 * If nothing is due up to `when', the clock goes there now, and `n' events
 * count as scheduled and delivered meanwhile: for who knows what they would do.
 * The slot just delivered has been set again before.
 *
 * Returns:	false, and nothing is changed: schedule them.
 */
static inline bool
sim_pass(struct sim *s, simtime when, unsigned n)
{

	KASSERT(when >= s->where.now, ("to pass on to %jd", (intmax_t)when));
	if (when > s->until || when >= evq_first_time(&s->evq))
		return (false);
	s->seq += n;
	s->where.events += n;
	s->where.now = when;
	return (true);
}

/* Make `slot' idle.  Harmless if it is. */
static inline void
sim_cancel(struct sim *s, unsigned slot)
{

	KASSERT(slot < s->nslots && s->queue[slot] == NULL,
	    ("slot %u of %u cancelled", slot, s->nslots));
	if (slot != s->open && evq_time(&s->evq, slot) != SIM_NEVER)
		evq_clear(&s->evq, slot);
}

/* When `slot' is due; SIM_NEVER if it is idle. */
static inline simtime
sim_due(const struct sim *s, unsigned slot)
{

	return (slot == s->open ? SIM_NEVER : evq_time(&s->evq, slot));
}

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

/* For sim_next(): take the first timer at `slot'; returns its payload. */
uint64_t sim_timer_take(struct sim *, unsigned slot);

/*
 * Advance the clock to the next event due at or before `until' and deliver
 * it: the slot goes idle (or its queue moves to its next timer).
 *
 * Returns:	false, with the clock at `until' and slot and payload 0, if
 *		there is none.
 */
static inline bool
sim_next(struct sim *s, simtime until, struct sim_event *ev)
{
	simtime due;
	unsigned slot;

	sim_running.where = &s->where;
	s->until = until;
	if (s->open != SIM_NOSLOT) {
		evq_clear(&s->evq, s->open);
		s->open = SIM_NOSLOT;
	}
	due = evq_first_time(&s->evq);
	if (__builtin_expect(due > until || due == SIM_NEVER, 0)) {
		s->where.now = s->where.now > until ? s->where.now : until;
		*ev = (struct sim_event){ .time = s->where.now };
		return (false);
	}
	slot = evq_first(&s->evq);
	s->where.now = due;
	s->where.events++;
	ev->time = due;
	ev->slot = slot;
	ev->payload = 0;
	if (s->queue[slot] != NULL)
		ev->payload = sim_timer_take(s, slot);
	else
		s->open = slot;
	return (true);
}

#endif /* !SIM_SIM_H */
