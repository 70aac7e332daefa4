/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The event set against a naive list: every order of slots, timers, rings,
 * overwriting and cancelling, with many ties.
 */

#include <glib.h>

#include "sim/rng.h"
#include "sim/sim.h"

/* The oracle: all events in one array, the least (time, seq) found by hand. */
struct naive {
	struct {
		simtime		time;
		uint64_t	seq;
		unsigned	slot;
		uint64_t	payload;
	} ev[20000];
	unsigned	n;
	uint64_t	seq;
};

static void
naive_add(struct naive *o, unsigned slot, simtime time, uint64_t payload)
{

	g_assert_cmpuint(o->n, <, G_N_ELEMENTS(o->ev));
	o->ev[o->n].time = time;
	o->ev[o->n].seq = o->seq++;
	o->ev[o->n].slot = slot;
	o->ev[o->n].payload = payload;
	o->n++;
}

static void
naive_drop_slot(struct naive *o, unsigned slot)
{
	unsigned i;

	for (i = 0; i < o->n; i++)
		if (o->ev[i].slot == slot) {
			o->ev[i] = o->ev[--o->n];
			return;
		}
}

static int
naive_least(const struct naive *o, simtime until)
{
	unsigned i;
	int best;

	for (i = 0, best = -1; i < o->n; i++)
		if (o->ev[i].time <= until && (best < 0 ||
		    o->ev[i].time < o->ev[best].time ||
		    (o->ev[i].time == o->ev[best].time &&
		    o->ev[i].seq < o->ev[best].seq)))
			best = (int)i;
	return (best);
}

#define	NPLAIN	13u
#define	TIMERS	13u
#define	RING	14u
#define	NSLOTS	15u
#define	DELAY	40

static void
random_op(struct sim *s, struct naive *o, struct rng *r)
{
	simtime when;
	unsigned slot;

	when = sim_now(s) + (simtime)rng_below(r, 50);
	slot = (unsigned)rng_below(r, NPLAIN);
	switch (rng_below(r, 5)) {
	case 0:
	case 1:
		sim_at(s, slot, when);
		naive_drop_slot(o, slot);
		naive_add(o, slot, when, 0);
		g_assert_cmpint(sim_due(s, slot), ==, when);
		break;
	case 2:
		sim_cancel(s, slot);
		naive_drop_slot(o, slot);
		g_assert_cmpint(sim_due(s, slot), ==, SIM_NEVER);
		break;
	case 3:
		sim_timer_add(s, TIMERS, when, o->seq);
		naive_add(o, TIMERS, when, o->seq);
		break;
	case 4:
		sim_timer_add(s, RING, sim_now(s) + DELAY, o->seq);
		naive_add(o, RING, sim_now(s) + DELAY, o->seq);
		break;
	}
}

static void
test_order_is_time_then_sequence(void)
{
	struct naive *o;
	struct sim *s;
	struct sim_event ev;
	struct rng r;
	simtime until;
	unsigned i;
	int want;
	bool got;

	o = g_new0(struct naive, 1);
	s = sim_new(NSLOTS, 1);
	sim_timers(s, TIMERS);
	sim_ring(s, RING);
	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "order");
	for (i = 0; i < 200000; i++) {
		if (o->n < 300 && rng_below(&r, 9) < 5) {
			random_op(s, o, &r);
			continue;
		}
		until = sim_now(s) + (simtime)rng_below(&r, 30);
		want = naive_least(o, until);
		got = sim_next(s, until, &ev);
		g_assert_cmpint(got, ==, want >= 0);
		if (!got) {
			g_assert_cmpint(sim_now(s), ==, until);
			continue;
		}
		g_assert_cmpint(ev.time, ==, o->ev[want].time);
		g_assert_cmpuint(ev.slot, ==, o->ev[want].slot);
		g_assert_cmpuint(ev.payload, ==, o->ev[want].payload);
		o->ev[want] = o->ev[--o->n];
	}
	sim_free(s);
	g_free(o);
}

/* One that nobody will see: those after it come as if it were there. */
static void
test_skip(void)
{
	struct sim_event ev, with;
	struct sim *s[2];
	unsigned i, k;

	for (k = 0; k < 2; k++) {
		s[k] = sim_new(8, 1);
		sim_shuffle_ties(s[k], 5);
		sim_timers(s[k], 7);
		for (i = 0; i < 6; i++) {
			if (k == 0)
				sim_skip(s[k]);
			else
				sim_timer_add(s[k], 7, 1000, i);
			sim_at(s[k], i, 5);
		}
	}
	for (i = 0; i < 6; i++) {
		g_assert_true(sim_next(s[0], 999, &ev));
		g_assert_true(sim_next(s[1], 999, &with));
		g_assert_cmpuint(ev.slot, ==, with.slot);
	}
	sim_free(s[0]);
	sim_free(s[1]);
}

static void
check_payload(struct sim *s, uint64_t want)
{
	struct sim_event ev;

	g_assert_true(sim_next(s, 1000, &ev));
	g_assert_cmpuint(ev.payload, ==, want);
}

/*
 * Timers of one queue and one instant come as they were added, however ties
 * are permuted: whether the queue took them for being in order or not, since
 * they are before its last, or since too many are.
 */
#define	CROWD		((UINT64_C(1) << 16) + 5)

static void
test_timers_keep_their_order(void)
{
	static const simtime times[] = { 5, 9, 5, 5, 9, 7 };
	static const uint64_t want[] = { 0, 2, 3, 5, 1, 4 };
	struct sim *s;
	uint64_t i, shuffle;

	for (shuffle = 0; shuffle < 9; shuffle++) {
		s = sim_new(2, 1);
		sim_shuffle_ties(s, shuffle);
		sim_timers(s, 0);
		for (i = 0; i < G_N_ELEMENTS(times); i++)
			sim_timer_add(s, 0, times[i], i);
		for (i = 0; i < G_N_ELEMENTS(want); i++)
			check_payload(s, want[i]);
		for (i = 0; i < CROWD; i++)
			sim_timer_add(s, 0, 20, i);
		g_assert_cmpuint(sim_timer_count(s, 0), ==, CROWD);
		for (i = 0; i < 9; i++)
			check_payload(s, i);
		for (; i < 18; i++)
			sim_timer_add(s, 0, 20, CROWD + i - 9);
		for (i = 9; i < CROWD + 9; i++)
			check_payload(s, i);
		g_assert_cmpuint(sim_timer_count(s, 0), ==, 0);
		sim_free(s);
	}
}

/* Slot numbers do not break ties, whatever the tree's shape. */
static void
test_same_time_fifo(void)
{
	struct sim_event ev;
	struct sim *s;
	unsigned i, n;

	for (n = 1; n <= 33; n++) {
		s = sim_new(n, 1);
		for (i = 0; i < n; i++)
			sim_at(s, (i * 7 + 3) % n, 5);
		if (n % 7 != 0)
			for (i = 0; i < n; i++) {
				g_assert_true(sim_next(s, 5, &ev));
				g_assert_cmpuint(ev.slot, ==,
				    (i * 7 + 3) % n);
			}
		sim_free(s);
	}
}

static void
test_idle_never_ends(void)
{
	struct sim_event ev;
	struct sim *s;

	s = sim_new(3, 1);
	g_assert_false(sim_next(s, SIM_NEVER - 1, &ev));
	g_assert_cmpuint(sim_events(s), ==, 0);
	sim_free(s);
}

/* An event in the past is a programmer's error. */
#define	RUNNERS		5u
#define	RUN_TIMERS	RUNNERS		/* the slot of the timers */
#define	RUN_UNTIL	4000

/* FNV-1a over what happened. */
static void
tell(uint64_t *digest, uint64_t what)
{

	*digest = (*digest ^ what) * UINT64_C(0x100000001b3);
}

/*
 * Slots that go on and on, stop each other and set timers; `run_on' is asked
 * first, or never.  What is drawn depends on the order of events alone.
 */
static uint64_t
run_runners(uint64_t seed, bool run_on, uint64_t *events, unsigned *ran)
{
	struct sim_event ev;
	struct rng r;
	struct sim *s;
	uint64_t digest;
	simtime when;
	unsigned slot;

	rng_init(&r, seed, 0, "runners");
	s = sim_new(RUNNERS + 1, seed);
	sim_timers(s, RUN_TIMERS);
	for (slot = 0; slot < RUNNERS; slot++)
		sim_at(s, slot, (simtime)rng_below(&r, 10));
	digest = UINT64_C(0xcbf29ce484222325);
	*ran = 0;
	while (sim_next(s, RUN_UNTIL, &ev)) {
		for (;;) {
			tell(&digest, (uint64_t)sim_now(s));
			tell(&digest, ev.slot);
			if (ev.slot == RUN_TIMERS)
				break;
			if (rng_below(&r, 4) == 0)
				sim_timer_add(s, RUN_TIMERS, sim_now(s) +
				    (simtime)rng_below(&r, 9), 0);
			slot = (unsigned)rng_below(&r, RUNNERS);
			if (slot != ev.slot && rng_below(&r, 8) == 0)
				sim_at(s, slot, sim_now(s) +
				    (simtime)rng_below(&r, 30));
			when = sim_now(s) + (simtime)rng_below(&r, 12);
			if (run_on && sim_run_on(s, ev.slot, when)) {
				(*ran)++;
				continue;
			}
			sim_at(s, ev.slot, when);
			break;
		}
	}
	tell(&digest, (uint64_t)sim_now(s));
	*events = sim_events(s);
	sim_free(s);
	return (digest);
}

/* Going on at once is the same as being scheduled, ties and end included. */
static void
test_run_on_is_at(void)
{
	uint64_t events, scheduled, seed;
	unsigned ran;

	for (seed = 1; seed <= 200; seed++) {
		g_assert_cmpuint(run_runners(seed, false, &scheduled, &ran),
		    ==, run_runners(seed, true, &events, &ran));
		g_assert_cmpuint(events, ==, scheduled);
		g_assert_cmpuint(ran, >, 100);
	}
}

static void
test_past_panics(void)
{
	struct sim_event ev;
	struct sim *s;

	if (g_test_subprocess()) {
		s = sim_new(2, 77);
		sim_at(s, 0, 10);
		sim_next(s, 20, &ev);
		sim_at(s, 0, 9);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*panic:*at 10 ps, event 1, seed 77*");
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/order_is_time_then_sequence",
	    test_order_is_time_then_sequence);
	g_test_add_func("/sim/same_time_fifo", test_same_time_fifo);
	g_test_add_func("/sim/idle_never_ends", test_idle_never_ends);
	g_test_add_func("/sim/skip", test_skip);
	g_test_add_func("/sim/timers_keep_their_order",
	    test_timers_keep_their_order);
	g_test_add_func("/sim/run_on_is_at", test_run_on_is_at);
	g_test_add_func("/sim/past_panics", test_past_panics);
	return (g_test_run());
}
