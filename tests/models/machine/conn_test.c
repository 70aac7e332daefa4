/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The table of connections, and which of their lives need a timer.
 */

#include <glib.h>

#include "models/machine/machine.h"
#include "tests/models/machine/run_rig.h"

struct ended {
	unsigned	n;
	uint64_t	conn;
	simtime		at;
};

static void
ended(void *arg, const struct sim_event *ev)
{
	struct ended *e;

	e = arg;
	e->n++;
	e->conn = ev->payload;
	e->at = ev->time;
}

/* One that ends with the run is seen; a picosecond later, nobody is there. */
static void
test_lives_in_the_run(void)
{
	struct ended e = { 0 };
	struct machine *m;
	struct run_result *res;
	struct run_rig r;
	unsigned slot;

	run_rig_init(&r, "freebsd-12.0");
	r.conf.nworkloads = r.conf.nobservers = 0;
	res = g_new0(struct run_result, 1);
	m = machine_new(&r.conf, res, 64);
	slot = machine_slot(m, ended, &e);
	sim_timers(m->sim, slot);
	machine_conn_lives(m, 7, r.conf.duration, slot);
	machine_conn_lives(m, 8, r.conf.duration + 1, slot);
	machine_conn_lives(m, 9, SIM_NEVER, slot);
	g_assert_cmpuint(sim_timer_count(m->sim, slot), ==, 1);
	machine_run(m);
	g_assert_cmpuint(e.n, ==, 1);
	g_assert_cmpuint(e.conn, ==, 7);
	g_assert_cmpint(e.at, ==, r.conf.duration);
	machine_free(m);
	run_result_free(res);
}

/* When they were first due is kept from the first that asks on. */
static void
test_wanted(void)
{
	struct conn_table ct;
	uint32_t i;

	conn_table_init(&ct);
	for (i = 0; i < 100; i++)
		g_assert_cmpuint(conn_alloc(&ct), ==, i);
	g_assert_null(ct.wanted);
	for (; i < 5000; i++) {
		g_assert_cmpuint(conn_alloc(&ct), ==, i);
		if (i % 3 == 0)
			conn_want(&ct, i, 1000 + i);
	}
	for (i = 102; i < 5000; i += 3)
		g_assert_cmpint(conn_wanted(&ct, i), ==, 1000 + i);
	conn_release(&ct, 300);
	g_assert_cmpuint(conn_alloc(&ct), ==, 300);
	conn_table_fini(&ct);
}

/* A place that somebody else has, or nobody, is not the one that was meant. */
static void
test_is_over(void)
{
	struct conn_table ct;
	uint32_t a, b, serial;

	conn_table_init(&ct);
	a = conn_alloc(&ct);
	serial = conn_get(&ct, a)->serial;
	g_assert_false(conn_is_over(&ct, a, serial));
	conn_release(&ct, a);
	g_assert_true(conn_is_over(&ct, a, serial));
	/* Free, and the chain's end has every bit of a serial. */
	g_assert_true(conn_is_over(&ct, a, conn_get(&ct, a)->serial));
	b = conn_alloc(&ct);
	g_assert_cmpuint(a, ==, b);
	g_assert_true(conn_is_over(&ct, a, serial));
	serial = conn_get(&ct, b)->serial;
	g_assert_false(conn_is_over(&ct, b, serial & CONN_SERIALS));
	conn_table_fini(&ct);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/conn/lives_in_the_run", test_lives_in_the_run);
	g_test_add_func("/conn/wanted", test_wanted);
	g_test_add_func("/conn/is_over", test_is_over);
	return (g_test_run());
}
