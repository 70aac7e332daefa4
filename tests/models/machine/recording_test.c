/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Recordings: a cursor shows every record as it is, in whatever order.
 */

#include <glib.h>

#include "models/machine/recording.h"

#define	N	(3 * RECORDING_BLOCK + 17)

struct source {
	unsigned	calls;
	uint64_t	end;
};

/* A recording.copy: a record's time is its number. */
static void
source_copy(const void *arg, uint64_t from, struct replay_conn *conns,
    unsigned n)
{
	struct source *src;
	unsigned i;

	src = (struct source *)(uintptr_t)arg;
	g_assert_cmpuint(from + n, <=, src->end);
	g_assert_cmpuint(n, >, 0);
	src->calls++;
	for (i = 0; i < n; i++)
		conns[i] = (struct replay_conn){ .time = (simtime)(from + i) };
}

static void
cursor_forwards_reads_a_block_once(void)
{
	struct source src = { 0, N };
	struct recording rec = { .n = N, .copy = source_copy, .arg = &src };
	struct recording_cursor cur = { .rec = &rec };
	unsigned i;

	for (i = 0; i < N; i++) {
		g_assert_cmpint(recording_at(&cur, i)->time, ==, i);
		g_assert_cmpint(recording_at(&cur, i)->time, ==, i);
	}
	g_assert_cmpuint(src.calls, ==, 4);
	/* Again from the start, as repetitions do. */
	g_assert_cmpint(recording_at(&cur, 0)->time, ==, 0);
	g_assert_cmpuint(src.calls, ==, 5);
}

static void
cursor_any_order(void)
{
	struct source src = { 0, N };
	struct recording rec = { .n = N, .copy = source_copy, .arg = &src };
	struct recording_cursor cur = { .rec = &rec };
	unsigned i, idx;

	for (i = 0; i < 20000; i++) {
		idx = (unsigned)g_test_rand_int_range(0, N);
		g_assert_cmpint(recording_at(&cur, idx)->time, ==, idx);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/recording/forwards_reads_a_block_once",
	    cursor_forwards_reads_a_block_once);
	g_test_add_func("/recording/any_order", cursor_any_order);
	return (g_test_run());
}
