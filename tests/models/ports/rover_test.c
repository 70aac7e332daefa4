/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The rover: where searches start, and when random starts stop.
 */

#include <glib.h>

#include "models/ports/rover.h"

static uint32_t value;

static uint32_t
draw(void *arg)
{

	++*(unsigned *)arg;
	return (value);
}

static struct allocator_conf
conf_with(unsigned *draws)
{

	return ((struct allocator_conf){ .randomized = true,
	    .randomcps = 10, .randomtime = 45, .draw = draw,
	    .draw_arg = draws });
}

/* Begin a search; the start of its only run. */
static uint16_t
start(struct port_rover *r, const struct allocator_conf *conf,
    uint16_t first, uint16_t last)
{
	struct port_run run;

	g_assert_cmpint(port_rover_begin(r, conf, first, last), ==,
	    ALLOCATOR_OK);
	g_assert_true(port_rover_propose(r, first, last, &run));
	g_assert_cmpuint(run.step, ==, 1);
	g_assert_cmpuint(run.count, ==, last - first + 1u);
	return (run.start);
}

static void
test_sequential(void)
{
	struct allocator_conf conf;
	struct port_rover r = { 0 };
	struct port_run run;
	unsigned draws;

	draws = 0;
	conf = conf_with(&draws);
	conf.randomized = false;
	g_assert_cmpuint(start(&r, &conf, 100, 200), ==, 100);
	g_assert_false(port_rover_propose(&r, 100, 200, &run));
	port_rover_tried(&r, 150, true);
	g_assert_cmpuint(start(&r, &conf, 100, 200), ==, 151);
	port_rover_tried(&r, 200, true);
	g_assert_cmpuint(start(&r, &conf, 100, 200), ==, 100);
	/* 16 bits: behind 65535 comes 0, which is outside. */
	port_rover_set_lastport(&r, 65535);
	g_assert_cmpuint(start(&r, &conf, 60000, 65535), ==, 60000);
	g_assert_cmpuint(draws, ==, 0);
}

static void
test_random_never_first(void)
{
	struct allocator_conf conf;
	struct port_rover r = { 0 };
	unsigned draws, seen;

	draws = seen = 0;
	conf = conf_with(&draws);
	for (value = 0; value < 1000; value++) {
		g_assert_cmpuint(start(&r, &conf, 100, 104), !=, 100);
		seen |= 1u << (r.lastport + 1 - 100);
	}
	g_assert_cmpuint(draws, ==, 1000);
	g_assert_cmphex(seen, ==, 0x1e);
	/* One port: nothing to draw. */
	g_assert_cmpuint(start(&r, &conf, 100, 100), ==, 100);
	g_assert_cmpuint(draws, ==, 1000);
}

static void
test_stoprandom(void)
{
	struct allocator_conf conf;
	struct port_rover r = { 0 };
	unsigned draws, i;

	draws = 0;
	conf = conf_with(&draws);
	for (i = 0; i < 10; i++)
		(void)start(&r, &conf, 100, 200);
	port_rover_tick(&r, &conf);
	g_assert_cmpuint(port_rover_stoprandom(&r), ==, 0);
	for (i = 0; i < 11; i++)
		(void)start(&r, &conf, 100, 200);
	port_rover_tick(&r, &conf);
	g_assert_cmpuint(port_rover_stoprandom(&r), ==, 45);
	g_assert_cmpuint(draws, ==, 21);
	(void)start(&r, &conf, 100, 200);
	g_assert_cmpuint(draws, ==, 21);
	for (i = 0; i < 45; i++)
		port_rover_tick(&r, &conf);
	g_assert_cmpuint(port_rover_stoprandom(&r), ==, 0);
	(void)start(&r, &conf, 100, 200);
	g_assert_cmpuint(draws, ==, 22);
}

static void
test_division_by_zero(void)
{
	struct allocator_conf conf;
	struct port_rover r = { .lastport = 7 };
	unsigned draws;

	draws = 0;
	conf = conf_with(&draws);
	g_assert_cmpint(port_rover_begin_random(&r, &conf, 100, 100), ==,
	    ALLOCATOR_DIVIDES_BY_ZERO);
	g_assert_cmpuint(r.lastport, ==, 7);
	conf.randomized = false;
	g_assert_cmpint(port_rover_begin_random(&r, &conf, 100, 100), ==,
	    ALLOCATOR_OK);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/port_rover/sequential", test_sequential);
	g_test_add_func("/port_rover/random_start_is_never_first",
	    test_random_never_first);
	g_test_add_func("/port_rover/stops_and_resumes", test_stoprandom);
	g_test_add_func("/port_rover/one_port_divides_by_zero",
	    test_division_by_zero);
	return (g_test_run());
}
