/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The union of freezes, and the longest chain of them.
 */

#include <glib.h>

#include "models/machine/freeze.h"

static void
test_union(void)
{
	struct freeze f = { NULL, 0, 0 };

	freeze_add(&f, 10, 20);
	freeze_add(&f, 12, 25);
	g_assert_cmpint(freeze_total(&f), ==, 15);
	freeze_add(&f, 40, 50);
	g_assert_cmpint(freeze_total(&f), ==, 25);
	/* Due before all that, and served after it. */
	freeze_add(&f, 15, 60);
	g_assert_cmpint(freeze_total(&f), ==, 50);
	g_assert_cmpuint(f.n, ==, 1);
	/* That which touches is no gap. */
	freeze_add(&f, 60, 70);
	g_assert_cmpuint(f.n, ==, 1);
	freeze_forget(&f);
	g_assert_cmpint(freeze_total(&f), ==, 0);
	freeze_fini(&f);
}

static void
test_chain(void)
{
	struct freeze f = { NULL, 0, 0 };
	simtime t;

	g_assert_cmpint(freeze_longest(&f, 5), ==, 0);
	freeze_add(&f, 0, 10);
	freeze_add(&f, 15, 20);
	freeze_add(&f, 26, 40);
	g_assert_cmpint(freeze_longest(&f, 4), ==, 14);
	g_assert_cmpint(freeze_longest(&f, 5), ==, 20);
	g_assert_cmpint(freeze_longest(&f, 6), ==, 40);
	/* More than there was room for. */
	for (t = 100; t < 1100; t += 10)
		freeze_add(&f, t, t + 1);
	g_assert_cmpint(freeze_total(&f), ==, 29 + 100);
	freeze_fini(&f);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/freeze/union", test_union);
	g_test_add_func("/freeze/chain", test_chain);
	return (g_test_run());
}
