/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bisection finds the one value at which a predicate turns, says where it does
 * not, notices one that turns thrice, and tries no more values than it must.
 */

#include <string.h>

#include <glib.h>

#include "study/sweep/limit.h"

/* True from `turn' + the replication on, but for [gap, gap_end). */
struct step {
	uint64_t	turn, gap, gap_end;
	unsigned	stop_after;	/* looks; 0: never stops */
	unsigned	looks;
};

static bool
step_holds(void *arg, unsigned replication, struct limit_point *p,
    GError **error)
{
	struct step *s;

	(void)error;
	s = arg;
	s->looks++;
	if (s->stop_after > 0 && s->looks > s->stop_after)
		return (false);
	p->holds = p->value >= s->turn + replication &&
	    !(p->value >= s->gap && p->value < s->gap_end);
	return (true);
}

static void
test_exact_bracket(void)
{
	struct limit_range range = { 1, 1000000, 0 };
	struct limit_replication r;
	struct step s = { .turn = 2 };
	unsigned rep;

	for (s.turn = 2; s.turn < 1000000; s.turn = s.turn * 7 / 3 + 1)
		for (rep = 0; rep < 3; rep++) {
			s.looks = 0;
			limit_bisect(&range, rep, step_holds, &s, &r, NULL);
			g_assert_cmpint(r.outcome, ==, LIMIT_FOUND);
			g_assert_cmpuint(r.hi, ==, s.turn + rep);
			g_assert_cmpuint(r.lo, ==, r.hi - 1);
			g_assert_true(r.monotone);
			g_assert_cmpuint(s.looks, ==, r.points->len);
			/* log2 of a million, the ends, and two looks more. */
			g_assert_cmpuint(s.looks, <, 30);
			g_array_free(r.points, TRUE);
		}
}

static void
test_tolerance(void)
{
	struct limit_range range = { 1, 1000000, 0.05 };
	struct limit_replication r;
	struct step s = { .turn = 5000 };

	limit_bisect(&range, 0, step_holds, &s, &r, NULL);
	g_assert_cmpuint(r.lo, <, 5000);
	g_assert_cmpuint(r.hi, >=, 5000);
	g_assert_cmpuint(r.hi - r.lo, <=, r.hi / 20);
	g_assert_cmpuint(s.looks, <, 14);
	g_array_free(r.points, TRUE);
}

static void
test_ends(void)
{
	struct limit_range range = { 10, 20, 0 };
	struct limit_replication r;
	struct step s = { .turn = 10 };

	limit_bisect(&range, 0, step_holds, &s, &r, NULL);
	g_assert_cmpint(r.outcome, ==, LIMIT_ALREADY);
	g_array_free(r.points, TRUE);
	s.turn = 21;
	limit_bisect(&range, 0, step_holds, &s, &r, NULL);
	g_assert_cmpint(r.outcome, ==, LIMIT_NEVER);
	g_array_free(r.points, TRUE);
	s.turn = 20;
	limit_bisect(&range, 0, step_holds, &s, &r, NULL);
	g_assert_cmpint(r.outcome, ==, LIMIT_FOUND);
	g_assert_cmpuint(r.hi, ==, 20);
	g_array_free(r.points, TRUE);
}

/* A predicate that is false again above: seen by the look there. */
static void
test_turns_thrice(void)
{
	struct limit_range range = { 1, 1000, 0.01 };
	struct limit_replication r;
	struct step s = { .turn = 100, .gap = 200, .gap_end = 900 };

	limit_bisect(&range, 0, step_holds, &s, &r, NULL);
	g_assert_cmpint(r.outcome, ==, LIMIT_FOUND);
	g_assert_false(r.monotone);
	g_array_free(r.points, TRUE);
}

static void
test_stopped(void)
{
	struct limit_range range = { 1, 1000, 0.01 };
	struct limit_replication r;
	struct step s = { .turn = 100, .stop_after = 4 };

	limit_bisect(&range, 0, step_holds, &s, &r, NULL);
	g_assert_cmpint(r.outcome, ==, LIMIT_STOPPED);
	g_assert_cmpuint(r.points->len, ==, 4);
	g_array_free(r.points, TRUE);
}

/* So many as are tried, give or take what depends on where it turns. */
static void
test_steps(void)
{
	static const struct limit_range ranges[] = {
		{ 1, 1000000, 0 }, { 1, 1000000, 0.05 }, { 10, 20, 0 },
		{ 0, 1000, 0.01 }, { 1, 2, 0 }, { 1000000, 1000000000, 0.01 }
	};
	struct limit_replication r;
	struct step s = { .turn = 0 };
	unsigned i, steps;

	for (i = 0; i < G_N_ELEMENTS(ranges); i++) {
		s.turn = limit_middle(ranges[i].from, ranges[i].to);
		limit_bisect(&ranges[i], 0, step_holds, &s, &r, NULL);
		steps = limit_steps(&ranges[i]);
		g_assert_cmpuint(steps, >=, 2);
		g_assert_cmpint((int)steps - (int)r.points->len, >=, -3);
		g_assert_cmpint((int)steps - (int)r.points->len, <=, 3);
		g_array_free(r.points, TRUE);
	}
}

/* An answer of brackets lo[n], hi[n]. */
static void
make_answer(struct limit_answer *a, const uint64_t *lo, const uint64_t *hi,
    unsigned n)
{
	unsigned i;

	*a = (struct limit_answer){ .n = n };
	a->replication = g_new0(struct limit_replication, n);
	for (i = 0; i < n; i++)
		a->replication[i] = (struct limit_replication){
		    .outcome = LIMIT_FOUND, .lo = lo[i], .hi = hi[i],
		    .monotone = true };
}

/* However alike the replications are, no answer is sharper than the bracket. */
static void
test_interval(void)
{
	static const uint64_t same_lo[] = { 900000, 900000, 900000 },
	    same_hi[] = { 1000000, 1000000, 1000000 },
	    lo[] = { 100, 200, 300 }, hi[] = { 110, 220, 330 },
	    counts_lo[] = { 100, 101, 99 }, counts_hi[] = { 101, 102, 100 };
	const struct param *count, *rate;
	struct limit_interval iv;
	struct limit_answer a;

	rate = param_find("workload:w", "rate");
	count = param_find("workload:w", "size");
	make_answer(&a, same_lo, same_hi, 3);
	limit_interval(rate, &a, &iv);
	g_assert_cmpuint(iv.n, ==, 3);
	g_assert_true(iv.enough);
	g_assert_cmpfloat(iv.mean, ==, 950000);
	g_assert_cmpfloat(iv.bracket, ==, 50000);
	g_assert_cmpfloat(iv.half, ==, 50000);
	g_assert_cmpfloat(iv.min, ==, 900000);
	g_assert_cmpfloat(iv.max, ==, 1000000);
	/* One of them was not found: it is no sample. */
	a.replication[1].outcome = LIMIT_NEVER;
	limit_interval(rate, &a, &iv);
	g_assert_cmpuint(iv.n, ==, 2);
	g_assert_false(iv.enough);
	g_free(a.replication);

	/* Middles 105, 210, 315: t(2) is 4.303, their deviation 105. */
	make_answer(&a, lo, hi, 3);
	limit_interval(rate, &a, &iv);
	g_assert_cmpfloat_with_epsilon(iv.half, 10 + 4.3027 * 105 /
	    1.7320508, 0.01);
	g_free(a.replication);

	/* Nothing lies between two counts. */
	make_answer(&a, counts_lo, counts_hi, 3);
	limit_interval(count, &a, &iv);
	g_assert_cmpfloat(iv.mean, ==, 101);
	g_assert_cmpfloat(iv.bracket, ==, 0);
	g_assert_cmpfloat(iv.min, ==, 100);
	g_free(a.replication);
}

/* After `looks' of them (0: all), and the middle if it was tried before. */
static void
bounds_after(unsigned looks, const struct limit_point *middle,
    struct limit_bounds *b)
{
	struct limit_range range = { 1, 1000, 0.01 };
	struct limit_replication r;
	struct step s = { .turn = 100, .stop_after = looks };

	limit_bisect(&range, 0, step_holds, &s, &r, NULL);
	if (middle != NULL)
		g_array_append_vals(r.points, middle, 1);
	limit_bounds(&r, b);
	g_array_free(r.points, TRUE);
}

/* What is told of one that was stopped: what was tried, and nothing else. */
static void
test_bounds(void)
{
	struct limit_point above = { .value = 150, .holds = true };
	struct limit_point below = { .value = 31 };
	struct limit_bounds b;

	bounds_after(1, NULL, &b);
	g_assert_true(b.has_lo && !b.has_hi);
	g_assert_cmpuint(b.lo, ==, 1);
	/* The upper end was not tried, although two values were. */
	bounds_after(1, &below, &b);
	g_assert_true(b.has_lo && !b.has_hi);
	g_assert_cmpuint(b.lo, ==, 31);
	bounds_after(1, &above, &b);
	g_assert_true(b.has_lo && b.has_hi);
	g_assert_cmpuint(b.lo, ==, 1);
	g_assert_cmpuint(b.hi, ==, 150);
	bounds_after(2, NULL, &b);
	g_assert_cmpuint(b.hi, ==, 1000);
	bounds_after(4, NULL, &b);
	g_assert_true(b.has_lo && b.has_hi);
	g_assert_cmpuint(b.lo, <, 100);
	g_assert_cmpuint(b.hi, >=, 100);
	g_assert_cmpuint(b.hi - b.lo, <, 999);
}

/* One that was found, also by looks outside; one that turns nowhere. */
static void
test_bounds_of_whole(void)
{
	struct limit_range range = { 1, 1000, 0.01 };
	struct limit_replication r;
	struct step s = { .turn = 100, .gap = 200, .gap_end = 900 };
	struct limit_bounds b;

	limit_bisect(&range, 0, step_holds, &s, &r, NULL);
	limit_bounds(&r, &b);
	g_assert_true(b.has_lo && b.has_hi);
	g_assert_cmpuint(b.lo, ==, r.lo);
	g_assert_cmpuint(b.hi, ==, r.hi);
	g_array_free(r.points, TRUE);
	for (s.turn = 1; s.turn <= 1001; s.turn += 1000) {
		limit_bisect(&range, 0, step_holds, &s, &r, NULL);
		/* As of the middle. */
		g_array_append_vals(r.points, &(struct limit_point){
		    .value = 31, .holds = s.turn == 1 }, 1);
		limit_bounds(&r, &b);
		g_assert_false(b.has_lo || b.has_hi);
		g_array_free(r.points, TRUE);
	}
}

static void
test_ranges(void)
{
	static const struct {
		const char *key, *text;
		uint64_t from, to;
	} good[] = {
		{ "rate", "1/s..10k/s", 1000000, UINT64_C(10000000000) },
		{ "size", "1..2M", 1, 2000000 },
		{ "rtt", "1ms..2s", SIM_MS, 2 * SIM_S }
	}, bad[] = {
		{ "rate", "1..10k/s", 0, 0 }, { "rate", "10/s", 0, 0 },
		{ "rate", "10/s..1/s", 0, 0 }, { "rtt", "1/s..2/s", 0, 0 },
		{ "bind", "none..laddr", 0, 0 }
	};
	const struct param *p;
	struct limit_range r;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(good); i++) {
		g_autofree char *both = NULL, *text = NULL;

		p = param_find("workload:w", good[i].key);
		g_assert_true(limit_range_parse(good[i].text, p, &r, NULL));
		g_assert_cmpuint(r.from, ==, good[i].from);
		g_assert_cmpuint(r.to, ==, good[i].to);
		/* What --set is given reads back as the same. */
		text = limit_text(p, r.to);
		both = g_strdup_printf("%s..%s", p->type == PARAM_PROFILE ?
		    "0/s" : "0", text);
		g_assert_true(limit_range_parse(both, p, &r, NULL));
		g_assert_cmpuint(r.to, ==, good[i].to);
	}
	for (i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		p = param_find("workload:w", bad[i].key);
		g_assert_false(limit_range_parse(bad[i].text, p, &r, &error));
		g_assert_nonnull(error);
	}
}

static void
test_middles(void)
{

	g_assert_cmpuint(limit_middle(10, 20), ==, 15);
	g_assert_cmpuint(limit_middle(0, 1000), ==, 500);
	g_assert_cmpuint(limit_middle(1, 10000), ==, 100);
	g_assert_cmpuint(limit_middle(UINT64_C(1) << 40, UINT64_C(1) << 60),
	    ==, UINT64_C(1) << 50);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/limit/exact_bracket", test_exact_bracket);
	g_test_add_func("/limit/tolerance", test_tolerance);
	g_test_add_func("/limit/ends", test_ends);
	g_test_add_func("/limit/turns_thrice", test_turns_thrice);
	g_test_add_func("/limit/stopped", test_stopped);
	g_test_add_func("/limit/steps", test_steps);
	g_test_add_func("/limit/interval", test_interval);
	g_test_add_func("/limit/bounds", test_bounds);
	g_test_add_func("/limit/bounds_of_whole", test_bounds_of_whole);
	g_test_add_func("/limit/ranges", test_ranges);
	g_test_add_func("/limit/middles", test_middles);
	return (g_test_run());
}
