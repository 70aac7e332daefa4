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

struct sim_queue {
	enum sim_queue_kind kind;
	union {
		struct timerq	timers;
		struct ring	ring;
	};
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
		else
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
	s->queue[slot] = g_new0(struct sim_queue, 1);
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

/* Let the slot stand for the head of its queue. */
static void
sim_show_head(struct sim *s, unsigned slot)
{
	const struct sim_queue *q;
	const struct timer *head;

	q = s->queue[slot];
	head = q->kind == SIM_QUEUE_TIMERS ? timerq_first(&q->timers) :
	    ring_first(&q->ring);
	if (head == NULL)
		evq_set(&s->evq, slot, SIM_NEVER, EVQ_EMPTY_TAG);
	else if (head->seq != evq_tag(&s->evq, slot))
		evq_set(&s->evq, slot, head->time, head->seq);
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
	if (q->kind == SIM_QUEUE_TIMERS)
		timerq_push(&q->timers, t);
	else
		ring_put(&q->ring, t);
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
	return (q->kind == SIM_QUEUE_TIMERS ? q->timers.count :
	    ring_count(&q->ring));
}

uint64_t
sim_timer_take(struct sim *s, unsigned slot)
{
	struct sim_queue *q;
	struct timer t;

	q = s->queue[slot];
	t = q->kind == SIM_QUEUE_TIMERS ? timerq_pop(&q->timers) :
	    ring_take(&q->ring);
	sim_show_head(s, slot);
	return (t.payload);
}
