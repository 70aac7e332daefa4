/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The rules of illumos, one by one: both searches at once.
 */

#include <errno.h>

#include "models/illumos/illumos.h"
#include "tests/models/freebsd/net_rig.h"

static void
set_epriv(struct net *n, unsigned port, bool on)
{
	const struct net_knob *k;

	for (k = net_knobs(n); k->set_at == NULL; k++)
		continue;
	k->set_at(n, port, on);
}

/* N to one destination over all sources; another destination is free. */
static void
test_destination_counts(void)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init_full(&r, "illumos", 20, 3, 2);
	(void)net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, 20);
	(void)net_rig_unbound(&r, net_rig_faddr(1), &op);
	g_assert_cmpint(op.error, ==, 0);
	net_rig_fini(&r);
}

/* The mirror image of 2019: unbound connects keep every bind() out. */
static void
test_unbound_blocks_binds(void)
{
	struct net_rig r;
	struct net_op op;
	unsigned i;

	net_rig_init(&r, "illumos", 20, 3);
	for (i = 0; i < 20; i++) {
		(void)net_rig_unbound(&r, net_rig_faddr(0), &op);
		g_assert_cmpint(op.error, ==, 0);
	}
	for (i = 0; i < 3; i++) {
		(void)net_rig_bind(&r, net_rig_laddr(i), &op);
		g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
		g_assert_cmpuint(op.iters, ==, 20);
	}
	/* With SO_REUSEADDR the connected ones do not matter. */
	net_bind(r.net, net_socket(r.net, NET_REUSEADDR, RIG_UID),
	    net_rig_laddr(1), 0, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_rig_fini(&r);
}

/* Two addresses never conflict; one bound socket costs everybody the port. */
static void
test_bound_addresses(void)
{
	struct net_rig r;
	struct net_op op;
	unsigned i;

	net_rig_init(&r, "illumos", 4, 3);
	for (i = 0; i < 12; i++) {
		(void)net_rig_bind(&r, net_rig_laddr(i / 4), &op);
		g_assert_cmpint(op.error, ==, 0);
	}
	(void)net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	net_rig_fini(&r);
}

/*
 * 16 bits, taken as they are within the range, else by a remainder that leaves
 * the last port out.
 */
static void
test_start(void)
{
	static const struct {
		uint32_t	draw;
		unsigned	lport;
	} rows[] = { { 10003, 10003 }, { 0xabcd0000 | 10009, 10009 },
	    { 0, 10000 }, { 8, 10008 }, { 9, 10000 }, { 65535, 10006 } };
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;
	unsigned i;

	net_rig_init(&r, "illumos", 10, 1);
	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		r.draw = rows[i].draw;
		pcb = net_rig_unbound(&r, net_rig_faddr(i), &op);
		g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==,
		    rows[i].lport);
		g_assert_cmpuint(net_lastport(r.net), ==, rows[i].lport + 1);
		net_close(r.net, pcb, NULL);
	}
	/* In order: the one after the last given. */
	net_set(r.net, "randomized", 0);
	pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, 10007);
	g_assert_cmpuint(op.ndraws, ==, 0);
	net_rig_fini(&r);
}

/* Stepped over, and no tries: some other port is looked at twice. */
static void
test_extra_privileged(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t conn;

	net_rig_init_full(&r, "illumos", 8, 1, 0);
	set_epriv(r.net, RIG_FIRST + 2, true);
	(void)net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, 8);
	g_assert_cmpuint(op.search.portlist, ==, 8);
	conn = net_socket(r.net, 0, RIG_UID);
	net_bind(r.net, conn, net_rig_laddr(0), RIG_FIRST + 2, &op);
	g_assert_cmpint(op.error, ==, EACCES);
	net_rig_fini(&r);
}

/* A named port that is taken draws in vain; a failure leaves the conn idle. */
static void
test_failures(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t conn;

	net_rig_init(&r, "illumos", 8, 2);
	(void)net_rig_hold(&r, net_rig_laddr(0), RIG_FIRST, net_rig_faddr(0));
	conn = net_socket(r.net, 0, RIG_UID);
	net_bind(r.net, conn, net_rig_laddr(0), RIG_FIRST, &op);
	g_assert_cmpint(op.error, ==, EADDRINUSE);
	g_assert_cmpuint(op.ndraws, ==, 1);
	g_assert_cmpuint(op.iters, ==, 0);
	/* The same tuple: it stays bound, and may go elsewhere. */
	conn = net_socket(r.net, NET_REUSEADDR, RIG_UID);
	net_bind(r.net, conn, net_rig_laddr(0), RIG_FIRST, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_connect(r.net, conn, net_rig_faddr(0), 443, &op);
	g_assert_cmpint(op.error, ==, EADDRINUSE);
	net_connect(r.net, conn, net_rig_faddr(1), 443, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_rig_fini(&r);
}

/* Those bound to an address come before those bound to *. */
static void
test_order(void)
{
	struct net_rig r;
	struct net_op op;
	uint32_t any, list[4], one, two;

	net_rig_init(&r, "illumos", 8, 2);
	any = net_rig_unbound(&r, net_rig_faddr(0), &op);
	one = net_rig_hold(&r, net_rig_laddr(0), net_pcb_lport(r.net, any),
	    net_rig_faddr(1));
	two = net_rig_hold(&r, net_rig_laddr(1), net_pcb_lport(r.net, any),
	    net_rig_faddr(1));
	g_assert_cmpuint(net_plist(r.net, net_pcb_lport(r.net, any), list, 4),
	    ==, 3);
	g_assert_cmpuint(list[0], ==, two);
	g_assert_cmpuint(list[1], ==, one);
	g_assert_cmpuint(list[2], ==, any);
	net_rig_fini(&r);
}

/*
 * One call of a random kind for each of two kernels, whose pcbs have the same
 * numbers; *pcb is what there is, or NET_NOPCB.
 */
static void
same_call(struct net *const n[2], struct rng *r, uint32_t *pcb)
{
	struct net_op op[2] = { { 0 } };
	uint32_t faddr, made[2];
	uint16_t lport;
	unsigned k;
	bool binds;

	binds = rng_below(r, 2) == 0;
	lport = rng_below(r, 3) == 0 ? (uint16_t)(RIG_FIRST +
	    rng_below(r, 200)) : 0;
	faddr = net_rig_faddr((unsigned)rng_below(r, 3));
	for (k = 0; k < 2; k++) {
		made[k] = NET_NOPCB;
		if (*pcb != NET_NOPCB) {
			net_close(n[k], *pcb, &op[k]);
			continue;
		}
		made[k] = net_socket(n[k], 0, RIG_UID);
		if (binds)
			net_bind(n[k], made[k], net_rig_laddr(0), lport,
			    &op[k]);
		if (op[k].error == 0)
			net_connect(n[k], made[k], faddr, 443, &op[k]);
	}
	g_assert_cmpuint(made[0], ==, made[1]);
	g_assert_cmpint(op[0].error, ==, op[1].error);
	g_assert_cmpuint(op[0].iters, ==, op[1].iters);
	g_assert_cmpmem(&op[0].total, sizeof(op[0].total), &op[1].total,
	    sizeof(op[1].total));
	*pcb = made[0];
}

/*
 * Lists are the same whichever search made them: one that went by index, and
 * walks from now on, decides and visits as one that always walked.
 */
static void
test_lists_of_both(void)
{
	struct net_rig rig[2];
	struct net *n[2];
	struct rng r;
	uint32_t pcb[400];
	unsigned i, k;

	rng_init(&r, 1, 0, "calls");
	for (k = 0; k < 2; k++) {
		net_rig_init(&rig[k], "illumos", 200, 2);
		rig[k].random = true;
		rng_init(&rig[k].rng, 1, 0, "draws");
		n[k] = rig[k].net;
		illumos_of(n[k])->search = k == 0 ? NET_SEARCH_INDEX :
		    NET_SEARCH_WALK;
	}
	for (i = 0; i < 400; i++)
		pcb[i] = NET_NOPCB;
	for (i = 0; i < 20000; i++) {
		if (i == 10000)
			illumos_of(n[0])->search = NET_SEARCH_WALK;
		same_call(n, &r, &pcb[rng_below(&r, 400)]);
	}
	for (k = 0; k < 2; k++)
		net_rig_fini(&rig[k]);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/illumos/destination_counts",
	    test_destination_counts);
	g_test_add_func("/illumos/unbound_blocks_binds",
	    test_unbound_blocks_binds);
	g_test_add_func("/illumos/bound_addresses", test_bound_addresses);
	g_test_add_func("/illumos/start", test_start);
	g_test_add_func("/illumos/extra_privileged", test_extra_privileged);
	g_test_add_func("/illumos/failures", test_failures);
	g_test_add_func("/illumos/order", test_order);
	g_test_add_func("/illumos/lists_of_both", test_lists_of_both);
	return (g_test_run());
}
