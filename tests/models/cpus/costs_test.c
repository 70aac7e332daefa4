/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Costs between and beyond their points.
 */

#include <string.h>

#include <glib.h>

#include "models/cpus/costs.h"

static struct costs costs = {
	.curve[COST_MUTEX] = { 1, { 0 }, { 6700 } },
	.curve[COST_PCB_VISIT] = { 3, { 100, 200, 1203 },
	    { 1000, 2000, 1001 } }
};

static void
test_constant(void)
{

	g_assert_cmpint(cost_at(&costs, COST_MUTEX, 0), ==, 6700);
	g_assert_cmpint(cost_at(&costs, COST_MUTEX, UINT64_MAX), ==, 6700);
}

static void
test_curve(void)
{

	g_assert_cmpint(cost_at(&costs, COST_PCB_VISIT, 0), ==, 1000);
	g_assert_cmpint(cost_at(&costs, COST_PCB_VISIT, 100), ==, 1000);
	g_assert_cmpint(cost_at(&costs, COST_PCB_VISIT, 101), ==, 1010);
	g_assert_cmpint(cost_at(&costs, COST_PCB_VISIT, 200), ==, 2000);
	/* Down 999 over 1003: to nearest, not towards zero. */
	g_assert_cmpint(cost_at(&costs, COST_PCB_VISIT, 201), ==, 1999);
	g_assert_cmpint(cost_at(&costs, COST_PCB_VISIT, 1202), ==, 1002);
	g_assert_cmpint(cost_at(&costs, COST_PCB_VISIT, 1203), ==, 1001);
	g_assert_cmpint(cost_at(&costs, COST_PCB_VISIT, UINT64_MAX), ==,
	    1001);
}

static void
test_names(void)
{
	unsigned i, k;

	for (i = 0; i < NCOSTS; i++)
		for (k = 0; k < i; k++)
			g_assert_cmpstr(cost_name((enum cost)i), !=,
			    cost_name((enum cost)k));
	g_assert_cmpstr(cost_name(COST_PCB_VISIT), ==, "pcb_visit");
	g_assert_cmpstr(cost_name(COST_SWITCH), ==, "switch");
}

/* A cost that stands in for another is known by its points alone. */
static void
test_default(void)
{
	struct costs c;

	memset(&c, 0xff, sizeof(c));
	c.curve[COST_SEARCH].npoints = c.curve[COST_BIND_SEARCH].npoints = 1;
	c.curve[COST_BIND_SEARCH].population[1] = 0;
	c.curve[COST_BIND_SEARCH].ps[1] = 0;
	g_assert_true(cost_is_default(&c, COST_BIND_SEARCH));
	c.curve[COST_BIND_SEARCH].ps[0] = 1;
	g_assert_false(cost_is_default(&c, COST_BIND_SEARCH));
	c.curve[COST_BIND_SEARCH] = c.curve[COST_SEARCH];
	c.curve[COST_BIND_SEARCH].npoints = 2;
	g_assert_false(cost_is_default(&c, COST_BIND_SEARCH));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/costs/one_point_is_constant", test_constant);
	g_test_add_func("/costs/linear_between_constant_outside",
	    test_curve);
	g_test_add_func("/costs/names", test_names);
	g_test_add_func("/costs/default_by_points", test_default);
	return (g_test_run());
}
