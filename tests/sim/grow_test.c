/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Tables that grow: never much too large, and not moved too often.
 */

#include <glib.h>

#include "sim/grow.h"

static void
test_room_and_moves(void)
{
	uint64_t moved;
	uint32_t before, size;

	g_assert_cmpuint(grow_size(0, 1), ==, 1);
	g_assert_cmpuint(grow_size(1, 1), ==, 2);
	moved = 0;
	for (size = before = 64; size < 100000000; ) {
		moved += size;
		before = size;
		size = grow_size(size, 64);
		g_assert_cmpuint(size, >, before);
		if (before >= GROW_DOUBLES)
			g_assert_cmpuint(size, <=, before + before / 8);
	}
	g_assert_cmpuint(moved, <=, UINT64_C(9) * before);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/grow/room_and_moves", test_room_and_moves);
	return (g_test_run());
}
