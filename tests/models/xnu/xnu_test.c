/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The rules of XNU, one by one: both searches at once.
 */

#include <errno.h>

#include "tests/models/freebsd/net_rig.h"

/* The set value of a restricted port, as `set,reserved' gives it. */
static void
restrict_port(struct net *n, unsigned port, bool on)
{
	const struct net_knob *k;

	for (k = net_knobs(n); k->set_at == NULL; k++)
		continue;
	k->set_at(n, port, on);
}

/* One address has used every port once: nobody connects unbound any more. */
static void
test_defect_of_2019(void)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init_full(&r, "xnu", 50, 3, 2);
	(void)net_rig_unbound(&r, net_rig_faddr(1), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, 50);
	g_assert_cmpuint(op.search.portlist, ==, 50);
	/* Another address binds as if nothing were. */
	(void)net_rig_bind(&r, net_rig_laddr(1), &op);
	g_assert_cmpint(op.error, ==, 0);
	net_rig_fini(&r);
}

/* One after the other, and where first > last downwards. */
static void
test_direction(void)
{
	struct net_rig r;
	struct net_op op;
	unsigned i;
	uint32_t pcb;

	net_rig_init(&r, "xnu", 5, 1);
	for (i = 0; i < 5; i++) {
		pcb = net_rig_unbound(&r, net_rig_faddr(i), &op);
		g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, RIG_FIRST +
		    i);
		g_assert_cmpuint(op.ndraws, ==, 0);
		net_close(r.net, pcb, NULL);
	}
	net_set_range(r.net, RIG_FIRST + 4, RIG_FIRST);
	for (i = 0; i < 7; i++) {
		pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
		/* From 10004, where the rover was, one further each. */
		g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, RIG_FIRST +
		    (8 - i) % 5);
		net_close(r.net, pcb, NULL);
	}
	net_rig_fini(&r);
}

/* The low 16 bits of a draw; the end that a search begins at never first. */
static void
test_random(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;

	net_rig_init(&r, "xnu", 10, 1);
	net_set(r.net, "randomized", 1);
	r.draw = 0xffff0000 | 65535;	/* 65535 mod 9 = 6, stepped to 7 */
	pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, RIG_FIRST + 7);
	g_assert_cmpuint(op.ndraws, ==, 1);
	for (r.draw = 0; r.draw < 30; r.draw++) {
		pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
		g_assert_cmpuint(net_pcb_lport(r.net, pcb), !=, RIG_FIRST);
		net_close(r.net, pcb, NULL);
	}
	/* Downwards: from the other end, by as much. */
	net_set_range(r.net, RIG_FIRST + 9, RIG_FIRST);
	r.draw = 3;
	pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, RIG_FIRST + 5);
	net_rig_fini(&r);
}

/* A restricted port is a try that looks at nothing. */
static void
test_restricted(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;

	net_rig_init_full(&r, "xnu", 8, 2, 0);
	restrict_port(r.net, RIG_FIRST + 3, true);
	restrict_port(r.net, RIG_FIRST, true);
	(void)net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, 8);
	g_assert_cmpuint(op.search.portlist, ==, 6);
	g_assert_cmpuint(net_ports_free(r.net, net_rig_laddr(1)), ==, 6);
	pcb = net_socket(r.net, 0, RIG_UID);
	net_bind(r.net, pcb, net_rig_laddr(1), RIG_FIRST + 3, &op);
	g_assert_cmpint(op.error, ==, EADDRINUSE);
	restrict_port(r.net, RIG_FIRST + 3, false);
	net_bind(r.net, pcb, net_rig_laddr(1), RIG_FIRST + 3, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_rig_fini(&r);
}

/* SO_REUSEADDR and SO_REUSEPORT do not help to an automatic port. */
static void
test_options_are_ignored(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;

	net_rig_init_full(&r, "xnu", 6, 1, 0);
	pcb = net_socket(r.net, NET_REUSEADDR | NET_REUSEPORT, RIG_UID);
	net_bind(r.net, pcb, net_rig_laddr(0), 0, &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, 6);
	net_rig_fini(&r);
}

/* A connect() that fails after its bind leaves (*, port) behind. */
static void
test_failed_connect_stays_bound(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;

	net_rig_init(&r, "xnu", 6, 1);
	pcb = net_socket(r.net, 0, RIG_UID);
	net_connect(r.net, pcb, net_rig_faddr(0), 0, &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, RIG_FIRST);
	g_assert_cmpuint(net_pcb_laddr(r.net, pcb), ==, NET_ANY);
	g_assert_cmpuint(net_ports_busy(r.net), ==, 1);
	net_rig_fini(&r);
}

/* Below 1024: root for an address, anybody for *. */
static void
test_reserved(void)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init(&r, "xnu", 6, 1);
	net_bind(r.net, net_socket(r.net, 0, RIG_UID), net_rig_laddr(0), 80,
	    &op);
	g_assert_cmpint(op.error, ==, EACCES);
	net_bind(r.net, net_socket(r.net, 0, 0), net_rig_laddr(0), 80, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_bind(r.net, net_socket(r.net, 0, RIG_UID), NET_ANY, 81, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_rig_fini(&r);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/xnu/defect_of_2019", test_defect_of_2019);
	g_test_add_func("/xnu/direction", test_direction);
	g_test_add_func("/xnu/random", test_random);
	g_test_add_func("/xnu/restricted", test_restricted);
	g_test_add_func("/xnu/options_are_ignored", test_options_are_ignored);
	g_test_add_func("/xnu/failed_connect_stays_bound",
	    test_failed_connect_stays_bound);
	g_test_add_func("/xnu/reserved", test_reserved);
	return (g_test_run());
}
