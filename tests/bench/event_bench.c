/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Speed of the event sets, by the hold model: take the earliest event, add one
 * an exponential time later; as many times as events wait before it is timed.
 *
 * The yardstick is a 4-ary heap of (time, sequence), in C by hand, replaced at
 * the top: of all structures that are not ours the best.
 */

#include "sim/evq.h"
#include "sim/timerq.h"
#include "tests/bench/bench.h"

struct hold {
	unsigned	n;		/* events that wait */
	unsigned	ops;
	const simtime	*gap;		/* gap[NGAPS] */
	simtime		sum;		/* of the times taken: who is right? */
};

/* A steady stream of gaps, the same for all; not part of what is measured. */
#define	NGAPS	(1u << 16)

static simtime *
gaps_new(void)
{
	struct rng r;
	simtime *gap;
	unsigned i;

	gap = g_new(simtime, NGAPS);
	rng_init(&r, 1, 0, "hold");
	for (i = 0; i < NGAPS; i++)
		gap[i] = 1 + (simtime)(rng_exp1(&r) * 1e9);
	return (gap);
}

/* ns of one, since `start'. */
static double
each(const struct hold *h, double start)
{

	return ((bench_cpu() - start) * 1e9 / h->ops);
}

/* ---- ours -------------------------------------------------------------- */

static double
hold_winner(struct hold *h)
{
	struct evq q;
	double start;
	simtime now;
	unsigned i, slot;

	evq_init(&q, h->n);
	for (i = 0; i < h->n; i++)
		evq_set(&q, i, h->gap[i % NGAPS], EVQ_TAG((uint64_t)i, i));
	for (i = 0, start = 0; i < h->n + h->ops; i++) {
		if (i == h->n)
			start = bench_cpu();
		slot = evq_first(&q);
		now = evq_first_time(&q);
		h->sum += now;
		evq_set(&q, slot, now + h->gap[i % NGAPS],
		    EVQ_TAG((uint64_t)h->n + i, slot));
	}
	start = each(h, start);
	evq_fini(&q);
	return (start);
}

static double
hold_radix(struct hold *h)
{
	struct timerq *q;
	struct timer t;
	double start;
	unsigned i;

	q = g_new0(struct timerq, 1);
	for (i = 0; i < h->n; i++)
		timerq_push(q, (struct timer){ h->gap[i % NGAPS], i, i });
	for (i = 0, start = 0; i < h->n + h->ops; i++) {
		if (i == h->n)
			start = bench_cpu();
		t = timerq_pop(q);
		h->sum += t.time;
		t.time += h->gap[i % NGAPS];
		t.seq = h->n + i;
		timerq_push(q, t);
	}
	start = each(h, start);
	timerq_fini(q);
	g_free(q);
	return (start);
}

/* ---- the yardstick ----------------------------------------------------- */

struct event {
	simtime		time;
	uint64_t	seq;
};

static bool
before(const struct event *a, const struct event *b)
{

	return (a->time < b->time || (a->time == b->time && a->seq < b->seq));
}

/* Replace the earliest by `t'. */
static void
heap4_replace(struct event *heap, unsigned n, struct event t)
{
	unsigned best, end, i, kid;

	for (i = 0;; i = best) {
		kid = 4 * i + 1;
		if (kid >= n)
			break;
		end = MIN(kid + 4, n);
		for (best = kid++; kid < end; kid++)
			if (before(&heap[kid], &heap[best]))
				best = kid;
		if (!before(&heap[best], &t))
			break;
		heap[i] = heap[best];
	}
	heap[i] = t;
}

static void
heap4_push(struct event *heap, unsigned n, struct event t)
{
	unsigned i, up;

	for (i = n; i > 0; i = up) {
		up = (i - 1) / 4;
		if (!before(&t, &heap[up]))
			break;
		heap[i] = heap[up];
	}
	heap[i] = t;
}

static double
hold_heap4(struct hold *h)
{
	struct event *heap;
	double start;
	simtime now;
	unsigned i;

	heap = g_new(struct event, h->n);
	for (i = 0; i < h->n; i++)
		heap4_push(heap, i, (struct event){ h->gap[i % NGAPS], i });
	for (i = 0, start = 0; i < h->n + h->ops; i++) {
		if (i == h->n)
			start = bench_cpu();
		now = heap[0].time;
		h->sum += now;
		heap4_replace(heap, h->n, (struct event){ now +
		    h->gap[i % NGAPS], h->n + i });
	}
	start = each(h, start);
	g_free(heap);
	return (start);
}

/* ---- GLib's ------------------------------------------------------------ */

static int
event_compare(const void *a, const void *b, void *unused)
{

	(void)unused;
	return (before(a, b) ? -1 : before(b, a));
}

static double
hold_sequence(struct hold *h)
{
	g_autoptr(GSequence) seq = NULL;
	GSequenceIter *first;
	struct event *t;
	double start;
	unsigned i;

	seq = g_sequence_new(g_free);
	for (i = 0; i < h->n; i++) {
		t = g_new(struct event, 1);
		*t = (struct event){ h->gap[i % NGAPS], i };
		g_sequence_insert_sorted(seq, t, event_compare, NULL);
	}
	for (i = 0, start = 0; i < h->n + h->ops; i++) {
		if (i == h->n)
			start = bench_cpu();
		first = g_sequence_get_begin_iter(seq);
		t = g_sequence_get(first);
		h->sum += t->time;
		t->time += h->gap[i % NGAPS];
		t->seq = h->n + i;
		g_sequence_sort_changed(first, event_compare, NULL);
	}
	return (each(h, start));
}

/* The tree of GLib 2.68 and later, which can name its first node. */
static double
hold_tree(struct hold *h)
{
#if GLIB_CHECK_VERSION(2, 68, 0)
	g_autoptr(GTree) tree = NULL;
	struct event *t;
	double start;
	unsigned i;

	/* The tree must not free one that goes in again. */
	tree = g_tree_new_full(event_compare, NULL, NULL, NULL);
	for (i = 0; i < h->n; i++) {
		t = g_new(struct event, 1);
		*t = (struct event){ h->gap[i % NGAPS], i };
		g_tree_insert(tree, t, t);
	}
	for (i = 0, start = 0; i < h->n + h->ops; i++) {
		if (i == h->n)
			start = bench_cpu();
		t = g_tree_node_key(g_tree_node_first(tree));
		g_tree_remove(tree, t);
		h->sum += t->time;
		t->time += h->gap[i % NGAPS];
		t->seq = h->n + i;
		g_tree_insert(tree, t, t);
	}
	start = each(h, start);
	while (g_tree_nnodes(tree) > 0) {
		t = g_tree_node_key(g_tree_node_first(tree));
		g_tree_remove(tree, t);
		g_free(t);
	}
	return (start);
#else
	(void)h;
	return (NAN);
#endif
}

/* ---- rows -------------------------------------------------------------- */

/* What an engine of another kind does is recorded for these only. */
struct size {
	unsigned	n;
	double		winner, radix;	/* targets, ns; 0: none */
	double		cimba;		/* recorded, ns; its release build */
	unsigned	ops, rounds;
};

static const struct size sizes[] = {
	{ 16, 10, 0, 68, 1000000, 7 },
	{ 256, 13, 0, 109.4, 1000000, 7 },
	{ 1000, 16, 0, 121, 1000000, 7 },
	{ 100000, 0, 70, 319, 1000000, 5 },
	{ 1000000, 0, 70, 995, 1000000, 5 },
	{ 10000000, 0, 70, 0, 2000000, 3 },
};

typedef double (*hold_fn)(struct hold *);

/* One that must take the same times as the yardstick. */
static double
hold_checked(hold_fn fn, const struct hold *like, simtime sum,
    const char *name)
{
	struct hold h;
	double value;

	h = *like;
	h.sum = 0;
	value = fn(&h);
	if (!isnan(value) && h.sum != sum) {
		fprintf(stderr, "hold: %s took other times\n", name);
		exit(1);
	}
	return (value);
}

/* slow: measured once only. */
static void
bench_one(const struct size *s, const simtime *gap, const char *name,
    hold_fn fn, double target, bool slow)
{
	struct bench_row row = { .unit = "ns", .sense = BENCH_MOST,
	    .target = target, .yard = "a 4-ary heap by hand",
	    .yard_unit = "ns" };
	struct hold h = { .n = s->n, .ops = s->ops, .gap = gap };
	double value, yard;
	unsigned i;

	if (target != 0) {
		row.rival = "Cimba";
		row.recorded = s->cimba;
	}
	for (i = 0; i < (slow ? 1 : s->rounds); i++) {
		h.sum = 0;
		yard = hold_heap4(&h);
		value = hold_checked(fn, &h, h.sum, name);
		if (isnan(value))
			return;
		bench_add(&row, value, yard, target == 0 ? NAN :
		    bench_rival("hold %u %u", s->n, s->ops));
	}
	bench_tell(&row, "hold %u: %s", s->n, name);
}

static void
bench_size(const struct size *s)
{
	simtime *gap;

	gap = gaps_new();
	if (s->n < 1u << EVQ_SLOT_BITS)
		bench_one(s, gap, "winner tree", hold_winner, s->winner,
		    false);
	bench_one(s, gap, "radix heap", hold_radix, s->radix, false);
	if (s->n <= 100000) {
		bench_one(s, gap, "GLib's GTree", hold_tree, 0, true);
		bench_one(s, gap, "GLib's GSequence", hold_sequence, 0, true);
	}
	g_free(gap);
}

/*
 * event_bench [N]: one size, or all; list, of these.  event_bench alone
 * STRUCTURE N OPS, for tests/bench/instructions_test.sh: nothing else.
 */
int
main(int argc, char **argv)
{
	struct hold h = { 0 };
	unsigned i;

	if (argc == 5 && strcmp(argv[1], "alone") == 0) {
		h.gap = gaps_new();
		h.n = (unsigned)strtoul(argv[3], NULL, 10);
		h.ops = (unsigned)strtoul(argv[4], NULL, 10);
		(void)(strcmp(argv[2], "winner") == 0 ? hold_winner :
		    hold_radix)(&h);
		return (0);
	}
	for (i = 0; i < G_N_ELEMENTS(sizes); i++)
		if (argc == 2 && strcmp(argv[1], "list") == 0)
			printf("%u\n", sizes[i].n);
		else if (argc < 2 || strtoul(argv[1], NULL, 10) == sizes[i].n)
			bench_size(&sizes[i]);
	return (0);
}
