/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Clock, slots, queues and the run loop; see sim.h.
 */

#include <limits.h>

#include <glib.h>

#include "sim/evq.h"
#include "sim/kassert.h"
#include "sim/running.h"
#include "sim/sim.h"
#include "sim/timerq.h"

#define	NOT_OPEN	UINT_MAX

enum slot_kind {
	SLOT_PLAIN,
	SLOT_TIMERS,
	SLOT_RING
};

/* A ring of timers that come in order. */
struct ring {
	struct timer	*timer;		/* timer[size], a power of two */
	uint64_t	size, head, tail;
};

struct sim_slot {
	enum slot_kind	kind;
	struct timerq	timers;
	struct ring	ring;
};

struct sim {
	simtime		now;
	uint64_t	seq;
	uint64_t	events;
	uint64_t	seed;
	unsigned	nslots;
	/*
	 * The plain slot just delivered.  The tree still holds its old key,
	 * which nothing can beat, until it is set again or the next event is
	 * wanted: most slots are set again at once, and save one update.
	 */
	unsigned	open;		/* NOT_OPEN: none */
	struct evq	evq;
	struct sim_slot	*slot;		/* slot[nslots] */
};

struct sim *
sim_new(unsigned nslots, uint64_t seed)
{
	struct sim *s;

	KASSERT(nslots >= 1 && nslots <= 65536, ("%u slots", nslots));
	s = g_new0(struct sim, 1);
	s->nslots = nslots;
	s->seed = seed;
	s->open = NOT_OPEN;
	evq_init(&s->evq, nslots);
	s->slot = g_new0(struct sim_slot, nslots);
	return (s);
}

void
sim_free(struct sim *s)
{
	unsigned i;

	if (sim_running.sim == s)
		sim_running.sim = NULL;
	for (i = 0; i < s->nslots; i++) {
		timerq_fini(&s->slot[i].timers);
		g_free(s->slot[i].ring.timer);
	}
	g_free(s->slot);
	evq_fini(&s->evq);
	g_free(s);
}

simtime
sim_now(const struct sim *s)
{

	return (s->now);
}

uint64_t
sim_events(const struct sim *s)
{

	return (s->events);
}

uint64_t
sim_seed(const struct sim *s)
{

	return (s->seed);
}

void
sim_at(struct sim *s, unsigned slot, simtime when)
{

	KASSERT(when >= s->now && slot < s->nslots &&
	    s->slot[slot].kind == SLOT_PLAIN,
	    ("slot %u of kind %d at %jd", slot, s->slot[slot].kind,
	    (intmax_t)when));
	if (slot == s->open)
		s->open = NOT_OPEN;
	evq_set(&s->evq, slot, when, s->seq++);
}

void
sim_cancel(struct sim *s, unsigned slot)
{

	if (slot != s->open && evq_time(&s->evq, slot) != SIM_NEVER)
		evq_clear(&s->evq, slot);
}

simtime
sim_due(const struct sim *s, unsigned slot)
{

	return (slot == s->open ? SIM_NEVER : evq_time(&s->evq, slot));
}

void
sim_timers(struct sim *s, unsigned slot)
{

	s->slot[slot].kind = SLOT_TIMERS;
}

void
sim_ring(struct sim *s, unsigned slot)
{

	s->slot[slot].kind = SLOT_RING;
}

/* ---- rings ------------------------------------------------------------- */

static void
ring_put(struct ring *r, struct timer t)
{
	struct timer *grown;
	uint64_t i, size;

	if (r->tail - r->head == r->size) {
		size = MAX(2 * r->size, 64);
		grown = g_new(struct timer, size);
		for (i = r->head; i != r->tail; i++)
			grown[i & (size - 1)] = r->timer[i & (r->size - 1)];
		g_free(r->timer);
		r->timer = grown;
		r->size = size;
	}
	KASSERT(r->head == r->tail ||
	    r->timer[(r->tail - 1) & (r->size - 1)].time <= t.time,
	    ("ring out of order at %jd", (intmax_t)t.time));
	r->timer[r->tail++ & (r->size - 1)] = t;
}

/* ---- timers ------------------------------------------------------------ */

/* The head of the queue at `slot', or NULL. */
static const struct timer *
sim_head(const struct sim_slot *sl)
{

	if (sl->kind == SLOT_TIMERS)
		return (sl->timers.count > 0 ? &sl->timers.head : NULL);
	return (sl->ring.head != sl->ring.tail ?
	    &sl->ring.timer[sl->ring.head & (sl->ring.size - 1)] : NULL);
}

static void
sim_show_head(struct sim *s, unsigned slot)
{
	const struct timer *head;

	head = sim_head(&s->slot[slot]);
	if (head == NULL)
		evq_clear(&s->evq, slot);
	else if (head->seq != evq_seq(&s->evq, slot))
		evq_set(&s->evq, slot, head->time, head->seq);
}

void
sim_timer_add(struct sim *s, unsigned slot, simtime when, uint64_t payload)
{
	struct timer t;

	KASSERT(when >= s->now && s->slot[slot].kind != SLOT_PLAIN,
	    ("timer at %jd in slot %u", (intmax_t)when, slot));
	t = (struct timer){ when, s->seq++, payload };
	if (s->slot[slot].kind == SLOT_TIMERS)
		timerq_push(&s->slot[slot].timers, t);
	else
		ring_put(&s->slot[slot].ring, t);
	sim_show_head(s, slot);
}

uint64_t
sim_timer_count(const struct sim *s, unsigned slot)
{
	const struct sim_slot *sl;

	sl = &s->slot[slot];
	return (sl->kind == SLOT_TIMERS ? sl->timers.count :
	    sl->ring.tail - sl->ring.head);
}

/* ---- the run loop ------------------------------------------------------ */

bool
sim_next(struct sim *s, simtime until, struct sim_event *ev)
{
	struct sim_slot *sl;
	simtime due;
	unsigned slot;

	sim_running.sim = s;
	if (s->open != NOT_OPEN) {
		evq_clear(&s->evq, s->open);
		s->open = NOT_OPEN;
	}
	due = evq_first_time(&s->evq);
	if (due > until || due == SIM_NEVER) {
		s->now = MAX(s->now, until);
		return (false);
	}
	slot = evq_first(&s->evq);
	s->now = due;
	s->events++;
	*ev = (struct sim_event){ .time = s->now, .slot = slot };
	sl = &s->slot[slot];
	if (__builtin_expect(sl->kind == SLOT_PLAIN, 1)) {
		s->open = slot;
		return (true);
	}
	if (sl->kind == SLOT_TIMERS)
		ev->payload = timerq_pop(&sl->timers).payload;
	else
		ev->payload = sl->ring.timer[sl->ring.head++ &
		    (sl->ring.size - 1)].payload;
	sim_show_head(s, slot);
	return (true);
}
