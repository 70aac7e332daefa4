/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Timer queue and ring against a sorted list: an order is right if it is that
 * of a stable sort by time, however adding and taking are mixed.
 */

#include <glib.h>

#include "sim/ring.h"
#include "sim/rng.h"
#include "sim/timerq.h"

static int
compare_timers(gconstpointer a, gconstpointer b, gpointer unused)
{
	const struct timer *x, *y;

	(void)unused;
	x = a;
	y = b;
	if (x->time != y->time)
		return (x->time < y->time ? -1 : 1);
	return (x->seq < y->seq ? -1 : x->seq > y->seq);
}

static struct timer
timer_random(struct rng *r, simtime now, uint64_t seq, unsigned bits)
{

	/* Any magnitude up to `bits' bits, so that every digit is met. */
	return ((struct timer){ now + (simtime)(rng_u64(r) >>
	    (64 - 1 - rng_below(r, bits))), seq, ~seq });
}

static void
timer_check(struct timer got, const struct timer *want)
{

	g_assert_cmpint(got.time, ==, want->time);
	g_assert_cmpuint(got.seq, ==, want->seq);
	g_assert_cmpuint(got.payload, ==, ~want->seq);
}

/* Adding and taking in turn, times from equal to 45 bits apart. */
static void
mix(unsigned bits, unsigned ops)
{
	struct timerq q = { 0 };
	struct rng r;
	struct timer t;
	GSequence *list;
	GSequenceIter *first;
	simtime now;
	unsigned i, add;

	rng_init(&r, (uint64_t)g_test_rand_int(), bits, "mix");
	list = g_sequence_new(g_free);
	for (i = 0, now = 0, add = 1; i < ops; i++) {
		if (i % 500 == 0)
			add = (unsigned)rng_below(&r, 4);
		if (rng_below(&r, 4) < add || q.count == 0) {
			t = timer_random(&r, now, i, bits);
			timerq_push(&q, t);
			g_sequence_insert_sorted(list, g_memdup2(&t,
			    sizeof(t)), compare_timers, NULL);
		} else {
			first = g_sequence_get_begin_iter(list);
			t = *timerq_first(&q);
			timer_check(t, g_sequence_get(first));
			timer_check(timerq_pop(&q), &t);
			g_sequence_remove(first);
			now = t.time;
		}
		g_assert_cmpuint(q.count, ==,
		    (unsigned)g_sequence_get_length(list));
	}
	g_sequence_free(list);
	timerq_fini(&q);
}

static void
test_any_order(void)
{

	mix(1, 20000);		/* nearly all at one time */
	mix(5, 50000);
	mix(20, 100000);
	mix(45, 100000);
}

/* Blocks of it that were ever used. */
static uint64_t
pool_used(const struct timerq_pool *p)
{
	uint64_t bytes;

	bytes = sizeof(struct timerq_block) + sizeof(struct timer) *
	    (p->spare != NULL ? p->spare->size : TIMERQ_FEW);
	return (p->nblocks - (uint64_t)(p->end - p->fresh) / bytes);
}

/*
 * Large buckets empty and hand on their memory; nothing is lost, and no more is
 * held than what waits, a block a bucket, and the room of growth.
 */
static void
test_hold_many(void)
{
	struct timerq q = { 0 };
	struct rng r;
	struct timer before, t;
	uint64_t sum_in, sum_out;
	unsigned i;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "hold");
	sum_in = sum_out = 0;
	before = (struct timer){ 0, 0, 0 };
	for (i = 0; i < 600000; i++) {
		t = (struct timer){ before.time + (simtime)(rng_exp1(&r) *
		    1e9), i, rng_u64(&r) };
		sum_in += t.payload;
		timerq_push(&q, t);
		if (i < 50000)
			continue;
		t = timerq_pop(&q);
		g_assert_cmpint(compare_timers(&before, &t, NULL), <=, 0);
		sum_out += t.payload;
		before = t;
	}
	g_assert_cmpuint(q.count, ==, 50000);
	for (; q.count > 0; before = t) {
		t = timerq_pop(&q);
		g_assert_cmpint(compare_timers(&before, &t, NULL), <, 0);
		sum_out += t.payload;
	}
	g_assert_cmpuint(sum_in, ==, sum_out);
	g_assert_null(timerq_first(&q));
	g_assert_cmpuint(pool_used(&q.few), <=, TIMERQ_CROWD / TIMERQ_FEW +
	    TIMERQ_DIGITS * TIMERQ_VALUES);
	g_assert_cmpuint(pool_used(&q.many), <=, 50000 / TIMERQ_MANY +
	    TIMERQ_DIGITS * TIMERQ_VALUES);
	timerq_fini(&q);
}

/* The far ends of the clock: the highest digit, and a time beside another. */
static void
test_extremes(void)
{
	static const simtime times[] = { 0, 0, 1, 15, 16, SIM_S, SIM_NEVER / 2,
	    SIM_NEVER - 2, SIM_NEVER - 1, SIM_NEVER - 1 };
	struct timerq q = { 0 };
	unsigned i;

	for (i = G_N_ELEMENTS(times); i-- > 0;)
		timerq_push(&q, (struct timer){ times[i], 100 - i, i });
	for (i = 0; i < G_N_ELEMENTS(times); i++)
		g_assert_cmpint(timerq_pop(&q).time, ==, times[i]);
	g_assert_cmpuint(q.count, ==, 0);
	timerq_fini(&q);
}

static void
test_past_panics(void)
{
	struct timerq q = { 0 };

	if (g_test_subprocess()) {
		timerq_push(&q, (struct timer){ 10, 0, 0 });
		timerq_pop(&q);
		timerq_push(&q, (struct timer){ 9, 1, 0 });
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*panic:*timer at 9, after 10*");
}

/* A ring grows while it is wrapped, and keeps the order. */
static void
test_ring_is_fifo(void)
{
	struct ring ring = { 0 };
	struct rng r;
	struct timer t;
	uint64_t in, out;
	unsigned i;

	rng_init(&r, (uint64_t)g_test_rand_int(), 0, "ring");
	in = out = 0;
	for (i = 0; i < 100000; i++) {
		if (rng_below(&r, 100) < 52) {
			ring_put(&ring, (struct timer){ (simtime)(in / 3), in,
			    ~in });
			in++;
		} else if (ring_count(&ring) > 0) {
			g_assert_cmpuint(ring_first(&ring)->seq, ==, out);
			t = ring_take(&ring);
			timer_check(t, &(struct timer){ (simtime)(out / 3),
			    out, 0 });
			out++;
		} else
			g_assert_null(ring_first(&ring));
		g_assert_cmpuint(ring_count(&ring), ==, in - out);
	}
	g_assert_cmpuint(ring.size, >, 64);
	ring_fini(&ring);
}

static void
test_ring_out_of_order_panics(void)
{
	struct ring ring = { 0 };

	if (g_test_subprocess()) {
		ring_put(&ring, (struct timer){ 10, 0, 0 });
		ring_put(&ring, (struct timer){ 9, 1, 0 });
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*panic:*ring out of order at 9*");
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/timerq/any_order", test_any_order);
	g_test_add_func("/timerq/hold_many", test_hold_many);
	g_test_add_func("/timerq/extremes", test_extremes);
	g_test_add_func("/timerq/past_panics", test_past_panics);
	g_test_add_func("/ring/is_fifo", test_ring_is_fifo);
	g_test_add_func("/ring/out_of_order_panics",
	    test_ring_out_of_order_panics);
	return (g_test_run());
}
