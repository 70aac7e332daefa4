/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The rules of DragonFly, one by one: both searches at once.
 */

#include <errno.h>

#include "models/dragonfly/family.h"
#include "models/dragonfly/toeplitz.h"
#include "tests/models/freebsd/net_rig.h"

/* Source and destination count: another's ports are free. */
static void
test_no_defect(void)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init_full(&r, "dragonfly", 50, 3, 2);
	(void)net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(op.iters, ==, 1);
	net_rig_fini(&r);
}

/* The whole range, [first, last - 1] to begin with, and a draw each time. */
static void
test_connect_tries(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;
	unsigned i;

	net_rig_init(&r, "dragonfly", 10, 1);
	r.draw = 9;			/* mod 9: the first */
	pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, RIG_FIRST);
	r.draw = 8;
	pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, RIG_FIRST + 8);
	for (i = 2; i < 10; i++) {
		(void)net_rig_unbound(&r, net_rig_faddr(0), &op);
		g_assert_cmpint(op.error, ==, 0);
		g_assert_cmpuint(op.ndraws, ==, 1);
	}
	(void)net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, 10);
	/* With tries for the own CPU there are as many more. */
	net_set(r.net, "trycount", 4);
	(void)net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpuint(op.iters, ==, 14);
	net_rig_fini(&r);
}

/* The foreign end stays on a socket that failed. */
static void
test_failed_connect(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;

	net_rig_init_full(&r, "dragonfly", 4, 1, 0);
	pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(net_pcb_laddr(r.net, pcb), ==, NET_ANY);
	net_connect(r.net, pcb, net_rig_faddr(1), 443, &op);
	g_assert_cmpint(op.error, ==, EISCONN);
	net_timewait(r.net, pcb, &op);
	g_assert_cmpint(op.error, ==, ENOTCONN);
	net_rig_fini(&r);
}

/* bind(): class after class, CPU 0's first; later ones walk it in vain. */
static void
test_classes(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;
	unsigned i;

	net_rig_init(&r, "dragonfly", 12, 1);
	net_set(r.net, "cpus", 4);
	net_cpu_set(r.net, 3);		/* binds do not care */
	for (i = 0; i < 12; i++) {
		r.draw = i * 7;
		pcb = net_rig_bind(&r, net_rig_laddr(0), &op);
		g_assert_cmpint(op.error, ==, 0);
		g_assert_cmpuint(net_pcb_lport(r.net, pcb) % 4, ==, i / 3);
		g_assert_cmpuint(op.iters, >, i / 3 * 3);
		g_assert_cmpuint(op.iters, <=, i + 1);
	}
	(void)net_rig_bind(&r, net_rig_laddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, 12);
	net_rig_fini(&r);
}

/* A class of one port divides by zero, if a search comes to it. */
static void
test_divides_by_zero(void)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init(&r, "dragonfly", 5, 1);
	net_set(r.net, "cpus", 4);
	/* 10000 and 10004 are class 0, the others have a port each. */
	(void)net_rig_bind(&r, net_rig_laddr(0), &op);
	g_assert_cmpint(op.error, ==, 0);
	(void)net_rig_bind(&r, net_rig_laddr(0), &op);
	g_assert_cmpint(op.error, ==, 0);
	(void)net_rig_bind(&r, net_rig_laddr(0), &op);
	g_assert_cmpint(op.error, ==, NET_EDIVZERO);
	net_rig_fini(&r);
}

/* The first steps look at ports of the own CPU only, or at the last of them. */
static void
test_own_cpu(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;
	unsigned cpu, own;
	uint16_t lport;

	net_rig_init(&r, "dragonfly", 1000, 1);
	net_set(r.net, "cpus", 4);
	net_set(r.net, "trycount", 8);
	r.random = true;
	for (cpu = 0, own = 0; cpu < 40; cpu++) {
		net_cpu_set(r.net, cpu % 4);
		pcb = net_rig_unbound(&r, net_rig_faddr(cpu), &op);
		lport = net_pcb_lport(r.net, pcb);
		g_assert_cmpuint(op.iters, <=, 8);
		if (dragonfly_cpu(net_rig_faddr(cpu), 443, net_rig_laddr(0),
		    lport, 4) == cpu % 4)
			own++;
		else
			g_assert_cmpuint(op.iters, ==, 8);
	}
	g_assert_cmpuint(own, >, 30);
	net_rig_fini(&r);
}

/* A published vector does for the long key; here its halves repeat. */
static void
test_toeplitz(void)
{

	/* One bit in front gives the key, the next the key one bit on. */
	g_assert_cmphex(toeplitz_port(0x8000), ==, 0x6d5a6d5a);
	g_assert_cmphex(toeplitz_port(0x4000), ==, 0xdab4dab4);
	g_assert_cmphex(toeplitz_port(0x0080), ==, 0x5a6d5a6d);
	g_assert_cmphex(toeplitz_addr(0x00000080), ==, 0x6d5a6d5a);
	g_assert_cmphex(toeplitz_addr(0x00800000), ==, 0x6d5a6d5a);
	g_assert_cmphex(toeplitz_port(0xc000), ==, 0x6d5a6d5a ^ 0xdab4dab4);
}

/* What was accepted hangs on its listener, not on the port's list. */
static void
test_accepted(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t child, list[4];

	net_rig_init(&r, "dragonfly", 10, 1);
	(void)net_rig_listen(&r, RIG_FIRST + 1);
	net_accept(r.net, net_rig_laddr(0), RIG_FIRST + 1, net_rig_faddr(0),
	    5000, &child, &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(net_plist(r.net, RIG_FIRST + 1, list, 4), ==, 1);
	net_rig_fini(&r);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dragonfly/no_defect", test_no_defect);
	g_test_add_func("/dragonfly/connect_tries", test_connect_tries);
	g_test_add_func("/dragonfly/failed_connect", test_failed_connect);
	g_test_add_func("/dragonfly/classes", test_classes);
	g_test_add_func("/dragonfly/divides_by_zero", test_divides_by_zero);
	g_test_add_func("/dragonfly/own_cpu", test_own_cpu);
	g_test_add_func("/dragonfly/toeplitz", test_toeplitz);
	g_test_add_func("/dragonfly/accepted", test_accepted);
	return (g_test_run());
}
