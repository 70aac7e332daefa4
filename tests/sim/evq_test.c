/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Winner tree against a scan of all slots, at every number of slots up to 70
 * and at the largest, with times so close that most of them tie.
 */

#include <stdbool.h>

#include <glib.h>

#include "sim/evq.h"
#include "sim/rng.h"

struct flat {
	simtime		time;
	uint64_t	seq;
};

static unsigned
flat_first(const struct flat *f, unsigned n)
{
	unsigned best, i;

	for (best = 0, i = 1; i < n; i++)
		if (f[i].time < f[best].time || (f[i].time == f[best].time &&
		    f[i].seq < f[best].seq))
			best = i;
	return (best);
}

static void
check_first(const struct evq *q, const struct flat *f, unsigned n)
{
	unsigned want;

	want = flat_first(f, n);
	g_assert_cmpint(evq_first_time(q), ==, f[want].time);
	if (f[want].time != SIM_NEVER)
		g_assert_cmpuint(evq_first(q), ==, want);
}

static void
random_ops(unsigned n, unsigned ops)
{
	struct evq q;
	struct flat *f;
	struct rng r;
	uint64_t tag;
	unsigned i, slot;
	simtime was;

	evq_init(&q, n);
	rng_init(&r, (uint64_t)g_test_rand_int(), n, "evq");
	f = g_new(struct flat, n);
	for (i = 0; i < n; i++)
		f[i] = (struct flat){ SIM_NEVER, 0 };
	check_first(&q, f, n);
	for (i = 0; i < ops; i++) {
		slot = (unsigned)rng_below(&r, n);
		if (rng_below(&r, 3) == 0) {
			f[slot] = (struct flat){ SIM_NEVER, 0 };
			evq_clear(&q, slot);
		} else {
			was = f[slot].time;
			f[slot] = (struct flat){
			    (simtime)rng_below(&r, 4), rng_u32(&r) };
			tag = EVQ_TAG(f[slot].seq, slot);
			if (f[slot].time < was && rng_below(&r, 2) == 0)
				evq_insert(&q, slot, f[slot].time, tag);
			else
				evq_set(&q, slot, f[slot].time, tag);
			g_assert_cmpuint(evq_tag(&q, slot), ==, tag);
		}
		g_assert_cmpint(evq_time(&q, slot), ==, f[slot].time);
		check_first(&q, f, n);
	}
	g_free(f);
	evq_fini(&q);
}

static void
test_least_of_all_slots(void)
{
	unsigned n;

	for (n = 1; n <= 70; n++)
		random_ops(n, 2000);
	random_ops(1u << EVQ_SLOT_BITS, 300);
}

/* Slots set from the last to the first come out in that order. */
static void
test_ties_are_by_sequence(void)
{
	struct evq q;
	unsigned i;

	evq_init(&q, 64);
	for (i = 0; i < 64; i++)
		evq_set(&q, 63 - i, 7, EVQ_TAG((uint64_t)i, 63 - i));
	for (i = 0; i < 64; i++) {
		g_assert_cmpuint(evq_first(&q), ==, 63 - i);
		evq_clear(&q, evq_first(&q));
	}
	g_assert_cmpint(evq_first_time(&q), ==, SIM_NEVER);
	evq_fini(&q);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/evq/least_of_all_slots", test_least_of_all_slots);
	g_test_add_func("/evq/same_time_fifo", test_ties_are_by_sequence);
	return (g_test_run());
}
