/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Setting up, and the queues behind slots; see sim.h.
 */

#include <glib.h>

#include "sim/kassert.h"
#include "sim/ring.h"
#include "sim/running.h"
#include "sim/rng.h"
#include "sim/sim.h"
#include "sim/timerq.h"

enum sim_queue_kind {
	SIM_QUEUE_TIMERS,
	SIM_QUEUE_RING
};

/*
 * Timers that come in the order of their times, as lives do that are equally
 * long, wait in the ring; those of any order are in `timers' if they do not.
 */
#define	SIM_RING_MOST	(UINT64_C(1) << 16)	/* of a queue in any order */

struct sim_queue {
	enum sim_queue_kind kind;
	simtime		last;		/* put into the ring */
	struct ring	ring;
	struct timerq	timers;		/* SIM_QUEUE_TIMERS only */
};

struct sim *
sim_new(unsigned nslots, uint64_t seed)
{
	struct sim *s;

	KASSERT(nslots >= 1 && nslots <= SIM_MAXSLOTS, ("%u slots", nslots));
	s = g_new0(struct sim, 1);
	s->nslots = nslots;
	s->where.seed = seed;
	s->last = SIM_NOSLOT;
	sim_leave_near(s);
	evq_init(&s->evq, nslots);
	s->queue = g_new0(struct sim_queue *, nslots);
	return (s);
}

void
sim_free(struct sim *s)
{
	struct sim_queue *q;
	unsigned i;

	if (sim_running.where == &s->where)
		sim_running.where = NULL;
	for (i = 0; i < s->nslots; i++) {
		q = s->queue[i];
		if (q == NULL)
			continue;
		if (q->kind == SIM_QUEUE_TIMERS)
			timerq_fini(&q->timers);
		ring_fini(&q->ring);
		g_free(q);
	}
	g_free(s->queue);
	evq_fini(&s->evq);
	g_free(s);
}

void
sim_at_far(struct sim *s, unsigned slot, simtime when, uint64_t tag)
{

	KASSERT(s->queue[slot] == NULL, ("slot %u has a queue", slot));
	if (slot == s->near) {
		s->near_time = when;
		s->near_tag = tag;
	} else if (evq_tag(&s->evq, slot) == EVQ_IDLE_TAG)
		evq_insert(&s->evq, slot, when, tag);
	else
		evq_set(&s->evq, slot, when, tag);
}

static void
sim_attach(struct sim *s, unsigned slot, enum sim_queue_kind kind)
{

	KASSERT(slot < s->nslots && s->queue[slot] == NULL &&
	    sim_due(s, slot) == SIM_NEVER, ("a queue at slot %u", slot));
	evq_set(&s->evq, slot, SIM_NEVER, EVQ_EMPTY_TAG);
	s->queue[slot] = g_malloc0(kind == SIM_QUEUE_TIMERS ?
	    sizeof(struct sim_queue) : offsetof(struct sim_queue, timers));
	s->queue[slot]->kind = kind;
}

void
sim_timers(struct sim *s, unsigned slot)
{

	sim_attach(s, slot, SIM_QUEUE_TIMERS);
}

void
sim_ring(struct sim *s, unsigned slot)
{

	sim_attach(s, slot, SIM_QUEUE_RING);
}

/*
 * Which of two sequence numbers is less depends on the highest bit in which
 * they differ; turning a random choice of bits round keeps all distinct.
 */
void
sim_shuffle_ties(struct sim *s, uint64_t shuffle)
{
	struct rng r;

	KASSERT(s->seq_tag == 0, ("shuffled after tag %ju",
	    (uintmax_t)s->seq_tag));
	if (shuffle == 0)
		return;
	rng_init(&r, shuffle, 0, "ties");
	s->ties_tag = EVQ_TAG(rng_u64(&r) & (EVQ_MAXSEQ >> 1), 0);
}

/* The first timer, or NULL; timers of one instant are as they were added. */
static const struct timer *
sim_queue_first(const struct sim *s, const struct sim_queue *q)
{
	const struct timer *any, *in_order;

	in_order = ring_first(&q->ring);
	if (q->kind == SIM_QUEUE_RING || q->timers.count == 0)
		return (in_order);
	any = timerq_first(&q->timers);
	if (in_order == NULL || any->time < in_order->time ||
	    (any->time == in_order->time && (any->seq ^ s->ties_tag) <
	    (in_order->seq ^ s->ties_tag)))
		return (any);
	return (in_order);
}

/* Let the slot stand for the head of its queue. */
static inline void
sim_show_head(struct sim *s, unsigned slot)
{
	const struct timer *head;

	head = sim_queue_first(s, s->queue[slot]);
	if (head == NULL)
		evq_set(&s->evq, slot, SIM_NEVER, EVQ_EMPTY_TAG);
	else if (head->seq != evq_tag(&s->evq, slot))
		evq_set(&s->evq, slot, head->time, head->seq);
}

/* Is it, of one in any order, in order? */
static inline bool
sim_timer_in_order(const struct sim_queue *q, simtime when)
{
	uint64_t n;

	n = ring_count(&q->ring);
	return (n == 0 || (when >= q->last && n < SIM_RING_MOST));
}

void
sim_timer_add(struct sim *s, unsigned slot, simtime when, uint64_t payload)
{
	struct sim_queue *q;
	struct timer t;

	KASSERT(when >= s->where.now && slot < s->nslots &&
	    s->queue[slot] != NULL,
	    ("timer at %jd in slot %u", (intmax_t)when, slot));
	q = s->queue[slot];
	t = (struct timer){ when, sim_tag(s, slot), payload };
	if (q->kind == SIM_QUEUE_RING || sim_timer_in_order(q, when)) {
		q->last = when;
		ring_put(&q->ring, t);
	} else
		timerq_push(&q->timers, t);
	/* Of equal times the first stays the head. */
	if (when < evq_time(&s->evq, slot))
		evq_insert(&s->evq, slot, when, t.seq);
}

uint64_t
sim_timer_count(const struct sim *s, unsigned slot)
{
	const struct sim_queue *q;

	KASSERT(slot < s->nslots && s->queue[slot] != NULL,
	    ("timers of slot %u", slot));
	q = s->queue[slot];
	return (ring_count(&q->ring) + (q->kind == SIM_QUEUE_TIMERS ?
	    q->timers.count : 0));
}

uint64_t
sim_timer_take(struct sim *s, unsigned slot)
{
	const struct timer *t;
	struct sim_queue *q;
	uint64_t payload;

	q = s->queue[slot];
	t = sim_queue_first(s, q);
	payload = t->payload;
	if (t == ring_first(&q->ring))
		ring_take(&q->ring);
	else
		timerq_pop(&q->timers);
	sim_show_head(s, slot);
	return (payload);
}
