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
	/* As in a tag, so that none has to be shifted: EVQ_TAG(seq, 0). */
	uint64_t	seq_tag;	/* of the next event scheduled */
	uint64_t	ties_tag;	/* 0, or how to permute them */
	/*
	 * One plain slot waits beside the tree, where its leaf is idle: of
	 * those set since it was free the earliest, by which what is short
	 * (a lock held, a step of a thread) passes the tree by.
	 */
	unsigned	near;		/* SIM_NOSLOT: none */
	simtime		near_time;	/* SIM_NEVER: none */
	uint64_t	near_tag;	/* only if there is one */
	unsigned	last;		/* the slot just delivered */
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

/* The tag of the next event scheduled. */
static inline uint64_t
sim_tag(struct sim *s, unsigned slot)
{
	uint64_t tag;

	tag = (s->seq_tag ^ s->ties_tag) | slot;
	s->seq_tag += EVQ_TAG((uint64_t)1, 0);
	return (tag);
}

/* Nobody waits beside the tree. */
static inline void
sim_leave_near(struct sim *s)
{

	s->near = SIM_NOSLOT;
	s->near_time = SIM_NEVER;
}

/* For sim_at(): whatever is not idle, or not the earliest of the idle. */
void	sim_at_far(struct sim *, unsigned slot, simtime when, uint64_t tag);

/* Make `slot' due at `when' (>= now); replaces what it was due for. */
static inline void
sim_at(struct sim *s, unsigned slot, simtime when)
{
	simtime later_time;
	uint64_t later_tag, tag;
	unsigned later;

	KASSERT(when >= s->where.now && slot < s->nslots,
	    ("slot %u of %u at %jd", slot, s->nslots, (intmax_t)when));
	tag = sim_tag(s, slot);
	later = s->near;
	later_time = s->near_time;
	later_tag = s->near_tag;
	if (when >= later_time || slot == later ||
	    evq_tag(&s->evq, slot) != EVQ_IDLE_TAG) {
		sim_at_far(s, slot, when, tag);
		return;
	}
	s->near = slot;
	s->near_time = when;
	s->near_tag = tag;
	if (later != SIM_NOSLOT)
		evq_insert(&s->evq, later, later_time, later_tag);
}

/* Nothing is due up to `when': the clock goes there, past `n' events. */
static inline void
sim_went_on(struct sim *s, simtime when, unsigned n)
{

	KASSERT(when >= s->where.now && when <= s->until,
	    ("went on to %jd", (intmax_t)when));
	s->seq_tag += EVQ_TAG((uint64_t)n, 0);
	s->where.events += n;
	s->where.now = when;
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
	if (slot != s->last || when > s->until || when >= s->near_time ||
	    when >= evq_first_time(&s->evq) || slot == s->near ||
	    evq_tag(&s->evq, slot) != EVQ_IDLE_TAG)
		return (false);
	sim_went_on(s, when, 1);
	return (true);
}

/*
 * The last instant up to which, and at which, nothing is due; in the past:
 * something is due now.
 */
static inline simtime
sim_quiet_until(const struct sim *s)
{
	simtime next;

	next = s->near_time < evq_first_time(&s->evq) ? s->near_time :
	    evq_first_time(&s->evq);
	return (next > s->until ? s->until : next - 1);
}

/*
 * If nothing is due up to `when', the clock goes there now, and `n' events
 * count as scheduled and delivered meanwhile: for who knows what they would do.
 *
 * Returns:	false, and nothing is changed: schedule them.
 */
static inline bool
sim_pass(struct sim *s, simtime when, unsigned n)
{

	KASSERT(when >= s->where.now, ("to pass on to %jd", (intmax_t)when));
	if (when > s->until || when >= s->near_time ||
	    when >= evq_first_time(&s->evq))
		return (false);
	sim_went_on(s, when, n);
	return (true);
}

/* Make `slot' idle.  Harmless if it is. */
static inline void
sim_cancel(struct sim *s, unsigned slot)
{

	KASSERT(slot < s->nslots && s->queue[slot] == NULL,
	    ("slot %u of %u cancelled", slot, s->nslots));
	if (slot == s->near)
		sim_leave_near(s);
	else if (evq_tag(&s->evq, slot) != EVQ_IDLE_TAG)
		evq_clear(&s->evq, slot);
}

/* When `slot' is due; SIM_NEVER if it is idle. */
static inline simtime
sim_due(const struct sim *s, unsigned slot)
{

	return (slot == s->near ? s->near_time : evq_time(&s->evq, slot));
}

/*
 * Make `slot', which is due, due at `when' (>= now), as if that had been said
 * in the first place: it keeps its turn among events of one instant.
 */
static inline void
sim_move(struct sim *s, unsigned slot, simtime when)
{

	KASSERT(when >= s->where.now && sim_due(s, slot) != SIM_NEVER,
	    ("slot %u moves to %jd", slot, (intmax_t)when));
	if (slot == s->near)
		s->near_time = when;
	else
		evq_set(&s->evq, slot, when, evq_tag(&s->evq, slot));
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

/*
 * In place of a timer or slot that would be due after the last sim_next(): it
 * has its place in the order of what is scheduled, and costs nothing more.
 */
static inline void
sim_skip(struct sim *s)
{

	s->seq_tag += EVQ_TAG((uint64_t)1, 0);
}

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
 *
 * Called in one place of a user, its loop, and inlined there however large
 * that is: 16 instructions an event.
 */
__attribute__((__always_inline__)) static inline bool
sim_next(struct sim *s, simtime until, struct sim_event *ev)
{
	simtime due;
	unsigned slot;
	bool near;

	sim_running.where = &s->where;
	s->until = until;
	due = evq_first_time(&s->evq);
	near = s->near_time < due || __builtin_expect(s->near_time == due &&
	    s->near_tag < evq_first_tag(&s->evq), 0);
	due = near ? s->near_time : due;
	if (__builtin_expect(due > until || due == SIM_NEVER, 0)) {
		s->last = SIM_NOSLOT;
		s->where.now = s->where.now > until ? s->where.now : until;
		*ev = (struct sim_event){ .time = s->where.now };
		return (false);
	}
	s->where.now = due;
	s->where.events++;
	ev->time = due;
	ev->payload = 0;
	if (near) {
		slot = s->near;
		sim_leave_near(s);
	} else {
		slot = evq_first(&s->evq);
		if (s->queue[slot] == NULL)
			evq_clear(&s->evq, slot);
		else
			ev->payload = sim_timer_take(s, slot);
	}
	ev->slot = s->last = slot;
	return (true);
}

#endif /* !SIM_SIM_H */
