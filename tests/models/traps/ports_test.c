/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Traps for a modeller of port choice: which release does what, how many
 * candidates a call tries and from where, when they are random, and what is
 * left when they run out.  Each test asserts the right figure, and that it is
 * not the one of who fell into the trap.  docs/TRAPS.md lists them all.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "tests/models/freebsd/net_rig.h"
#include "tests/models/stacks/each.h"

#define	NPORTS	100

static const char *const up_to_13[] = { "freebsd-11", "freebsd-12.0",
    "freebsd-12.2", NULL };
static const char *const port_first[] = { "freebsd-11", "freebsd-12.0",
    NULL };
static const char *const address_first[] = { "freebsd-12.2", "freebsd-14",
    "freebsd-15", "freebsd-16", NULL };
static const char *const tries_all[] = { "freebsd-11", "freebsd-12.0",
    "freebsd-12.2", "freebsd-14", "freebsd-15", NULL };
static const char *const tries_all_but_one[] = { "freebsd-16",
    "freebsd-16-lportcache", NULL };
static const char *const always_random[] = { "freebsd-14",
    "freebsd-15", "freebsd-16", NULL };
static const char *const all[] = { "freebsd-11", "freebsd-12.0",
    "freebsd-12.2", "freebsd-14", "freebsd-15", "freebsd-16",
    "freebsd-16-lportcache", NULL };

/*
 * The fix came with 12.2, not with 13.0: "FreeBSD 12" names two allocators.
 * Where every port is held once, towards another peer, 12.0 has none for an
 * unbound connect, and 12.2 takes the first it looks at.
 */
static void
test_fix_is_in_12_2(void)
{
	struct net_rig r;
	struct net_op op;

	g_assert_null(stack_find("freebsd-12"));
	net_rig_init_full(&r, "freebsd-12.0", NPORTS, 2, 1);
	net_rig_unbound(&r, net_rig_faddr(1), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	net_rig_fini(&r);

	net_rig_init_full(&r, "freebsd-12.2", NPORTS, 2, 1);
	net_rig_unbound(&r, net_rig_faddr(1), &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(op.iters, ==, 1);
	net_rig_fini(&r);
}

/*
 * Up to the stacks with one hash lock a failing search tries each of the N
 * ports once; only one free port suffices, wherever it is.
 */
static void
test_tries_all(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	uint32_t last;

	net_rig_init_full(&r, stack, NPORTS, 1, 0);
	r.draw = 37;
	net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, NPORTS);
	/* Free the very port before the first candidate, RIG_FIRST + 38. */
	net_plist(r.net, RIG_FIRST + 37, &last, 1);
	net_close(r.net, last, NULL);
	last = net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(op.iters, ==, NPORTS);
	g_assert_cmpuint(net_pcb_lport(r.net, last), ==, RIG_FIRST + 37);
	net_rig_fini(&r);
}

/* With bucket locks the loop ends after N - 1: one port is never seen. */
static void
test_tries_all_but_one(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	uint32_t last;

	net_rig_init_full(&r, stack, NPORTS, 1, 0);
	r.draw = 37;
	net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, NPORTS - 1);
	/* The one before the start, RIG_FIRST + 37, is free, and not found. */
	net_plist(r.net, RIG_FIRST + 36, &last, 1);
	net_close(r.net, last, NULL);
	net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, NPORTS - 1);
	g_assert_cmpuint(net_ports_free(r.net, NET_ANY), ==, 1);
	/* From any other start it is. */
	r.draw = 38;
	last = net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(net_pcb_lport(r.net, last), ==, RIG_FIRST + 36);
	net_rig_fini(&r);
}

/* The first candidate for the smallest and the largest value drawn. */
static void
first_candidates(const char *stack, uint16_t *lowest, uint16_t *highest)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init(&r, stack, NPORTS, 1);
	r.draw = 0;
	*lowest = net_pcb_lport(r.net, net_rig_unbound(&r, net_rig_faddr(0),
	    &op));
	g_assert_cmpuint(op.iters, ==, 1);
	/* The draw is taken modulo N - 1: N - 2 is the largest remainder. */
	r.draw = NPORTS - 2;
	*highest = net_pcb_lport(r.net, net_rig_unbound(&r, net_rig_faddr(0),
	    &op));
	g_assert_cmpuint(op.iters, ==, 1);
	r.draw = NPORTS - 1;
	net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpuint(op.iters, >, 1);
	net_rig_fini(&r);
}

/* The rover is stepped before the try: a random start is never `first'. */
static void
test_start_above_first(gconstpointer stack)
{
	uint16_t highest, lowest;

	first_candidates(stack, &lowest, &highest);
	g_assert_cmpuint(lowest, ==, RIG_FIRST + 1);
	g_assert_cmpuint(highest, ==, RIG_FIRST + NPORTS - 1);
}

/* On 16 the value drawn is the candidate: a start is never `last'. */
static void
test_start_below_last(gconstpointer stack)
{
	uint16_t highest, lowest;

	first_candidates(stack, &lowest, &highest);
	g_assert_cmpuint(lowest, ==, RIG_FIRST);
	g_assert_cmpuint(highest, ==, RIG_FIRST + NPORTS - 2);
}

/* `n' calls within a second, and its tick. */
static void
one_second(struct net_rig *r, unsigned n)
{
	struct net_op op;
	unsigned i;

	for (i = 0; i < n; i++) {
		net_close(r->net, net_rig_bind(r, net_rig_laddr(0), &op),
		    NULL);
		g_assert_cmpuint(op.iters, >, 0);
	}
	net_tick(r->net);
}

/* How many random values a search draws now. */
static unsigned
draws(struct net_rig *r)
{
	struct net_op op;

	net_close(r->net, net_rig_bind(r, net_rig_laddr(0), &op), NULL);
	return (op.ndraws);
}

/*
 * Up to 13.1 eleven searches in one second, failed ones too, turn random
 * starts off, until 45 seconds with fewer have gone by: a busy machine is
 * sequential all day.  UDP, not modelled here, would count as well.
 */
static void
test_busy_is_sequential(gconstpointer stack)
{
	struct net_rig r;
	unsigned i;

	net_rig_init(&r, stack, NPORTS, 1);
	one_second(&r, 10);
	g_assert_cmpuint(net_stoprandom(r.net), ==, 0);
	one_second(&r, 11);
	g_assert_cmpuint(net_stoprandom(r.net), ==, 45);
	g_assert_cmpuint(draws(&r), ==, 0);
	for (i = 44; i > 0; i--) {
		one_second(&r, 9);
		g_assert_cmpuint(net_stoprandom(r.net), ==, i);
		g_assert_cmpuint(draws(&r), ==, 0);
	}
	net_tick(r.net);
	g_assert_cmpuint(net_stoprandom(r.net), ==, 0);
	g_assert_cmpuint(draws(&r), ==, 1);
	/* Failures count: eleven calls on a full range. */
	net_rig_hold_all(&r, net_rig_laddr(0), net_rig_faddr(0));
	one_second(&r, 11);
	g_assert_cmpuint(net_stoprandom(r.net), ==, 45);
	net_rig_fini(&r);
}

/* A call counts once, though it tries a thousand candidates. */
static void
test_a_call_counts_once(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init_full(&r, stack, NPORTS, 1, 0);
	net_tick(r.net);
	net_rig_bind(&r, net_rig_laddr(0), &op);
	g_assert_cmpuint(op.iters, ==, NPORTS);
	net_tick(r.net);
	g_assert_cmpuint(net_stoprandom(r.net), ==, 0);
	net_rig_fini(&r);
}

/* From 14 on every search draws, however busy the machine is. */
static void
test_always_random(gconstpointer stack)
{
	struct net_rig r;

	net_rig_init(&r, stack, NPORTS, 1);
	one_second(&r, 1000);
	g_assert_cmpuint(net_stoprandom(r.net), ==, 0);
	g_assert_cmpuint(draws(&r), ==, 1);
	net_rig_fini(&r);
}

/* Connections bound round-robin to `naddrs' addresses; ports nobody has. */
static unsigned
left_after(struct net_rig *r, unsigned nconns, unsigned naddrs)
{
	struct net_op op;
	uint32_t pcb;
	unsigned i;

	for (i = 0; i < nconns; i++) {
		pcb = net_rig_bind(r, net_rig_laddr(i % naddrs), &op);
		g_assert_cmpint(op.error, ==, 0);
		net_connect(r->net, pcb, net_rig_faddr(0), 443, &op);
		g_assert_cmpint(op.error, ==, 0);
	}
	return (net_ports_free(r->net, NET_ANY));
}

/*
 * One rover for all local addresses: in order, 50 addresses use up every port
 * with N connections in total, not with 50 N.
 */
static void
test_one_rover(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init(&r, stack, NPORTS, 50);
	net_set(r.net, "randomized", false);
	g_assert_cmpuint(left_after(&r, NPORTS - 1, 50), ==, 1);
	g_assert_cmpuint(left_after(&r, 1, 50), ==, 0);
	g_assert_cmpuint(net_npcbs(r.net), ==, NPORTS);
	net_rig_unbound(&r, net_rig_faddr(1), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	net_rig_fini(&r);
}

/*
 * With random starts the same N connections leave (1 - 1/50)^50 of the ports,
 * more than a third; ten times as many still leave some.
 */
static void
test_random_starts_leave_ports(void)
{
	struct net_rig r;
	unsigned left;

	net_rig_init(&r, "freebsd-12.0", 10000, 50);
	r.random = true;
	left = left_after(&r, 10000, 50);
	/* 10,000 x 0.3642 = 3,642; sigma at most 48. */
	g_assert_cmpuint(left, >, 3642 - 300);
	g_assert_cmpuint(left, <, 3642 + 300);
	g_assert_cmpuint(left_after(&r, 40000, 50), >, 0);
	net_rig_fini(&r);
}

/*
 * A random start that steps by one is linear probing: taken ports cluster, and
 * a search costs (1 + 1 / (1 - load)^2) / 2 tries, 50.5 at 90 %, not the 10 of
 * independent draws.
 */
static void
test_linear_probing(void)
{
	struct net_rig r;
	struct net_op op;
	double tries;
	unsigned i, round;

	tries = 0;
	for (round = 0; round < 20; round++) {
		net_rig_init(&r, "freebsd-14", 20000, 1);
		r.random = true;
		rng_init(&r.rng, round, 0, "fillings");
		for (i = 0; i < 18000; i++)
			net_rig_unbound(&r, net_rig_faddr(0), &op);
		for (i = 0; i < 2000; i++) {
			net_close(r.net, net_rig_unbound(&r,
			    net_rig_faddr(0), &op), NULL);
			tries += (double)op.iters / (20 * 2000);
		}
		net_rig_fini(&r);
	}
	g_test_message("%.1f tries", tries);
	/* Twenty fillings, each within a third of the mean. */
	g_assert_cmpfloat(tries, >, 50.5 * 0.8);
	g_assert_cmpfloat(tries, <, 50.5 * 1.2);
}

/* In order, and closed in the order of opening: one try, however full. */
static void
test_fifo_in_order_is_cheap(void)
{
	uint32_t fifo[9000];
	struct net_rig r;
	struct net_op op;
	uint64_t tries;
	unsigned i;

	net_rig_init(&r, "freebsd-12.0", 10000, 1);
	net_set(r.net, "randomized", false);
	for (i = 0, tries = 0; i < 50000; i++) {
		if (i >= G_N_ELEMENTS(fifo))
			net_close(r.net, fifo[i % 9000], NULL);
		fifo[i % 9000] = net_rig_unbound(&r, net_rig_faddr(0), &op);
		tries += op.iters;
	}
	g_assert_cmpuint(tries, ==, 50000);
	net_rig_fini(&r);
}

/*
 * The source address does not spread: every unbound connect goes out from the
 * route's one address, and fails when its N ports towards the peer are in use,
 * though 49 addresses have all of theirs.
 */
static void
test_source_never_spreads(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;
	unsigned i;

	net_rig_init(&r, stack, NPORTS, 50);
	for (i = 0; i < 50; i++) {
		pcb = net_rig_unbound(&r, net_rig_faddr(0), &op);
		g_assert_cmpint(op.error, ==, 0);
		g_assert_cmphex(net_pcb_laddr(r.net, pcb), ==,
		    net_rig_laddr(0));
		net_close(r.net, pcb, NULL);
	}
	net_rig_hold_all(&r, net_rig_laddr(0), net_rig_faddr(0));
	net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	for (i = 1; i < 50; i++)
		g_assert_cmpuint(net_tuples_free(r.net, net_rig_laddr(i),
		    net_rig_faddr(0), 443), ==, NPORTS);
	net_rig_fini(&r);
}

/*
 * One other address holds every port: only where the port is chosen first does
 * that make an unbound connect fail.
 */
static void
test_idle_addresses(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	bool fails;

	net_rig_init_full(&r, stack, NPORTS, 50, 7);
	net_rig_unbound(&r, net_rig_faddr(0), &op);
	fails = g_strv_contains(port_first, stack);
	g_assert_cmpint(op.error, ==, fails ? EADDRNOTAVAIL : 0);
	net_rig_fini(&r);
}

/*
 * EADDRNOTAVAIL says that the range is used up, EADDRINUSE that this very
 * connection exists.  (EAGAIN, for want of memory, is not modelled.)  The
 * failure comes after a whole search, every time: who tries again pays again.
 */
static void
test_errors_and_their_price(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;
	unsigned i, whole;

	net_rig_init_full(&r, stack, NPORTS, 2, 0);
	whole = NPORTS - g_strv_contains(tries_all_but_one, stack);
	pcb = net_socket(r.net, 0, RIG_UID);
	for (i = 0; i < 3; i++) {
		net_connect(r.net, pcb, net_rig_faddr(0), 443, &op);
		g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
		g_assert_cmpuint(op.iters, ==, whole);
	}
	/* The socket is as before: not bound, not in the tables. */
	g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, 0);
	g_assert_cmpuint(net_npcbs(r.net), ==, NPORTS);
	pcb = net_socket(r.net, NET_REUSEADDR, RIG_UID);
	net_bind(r.net, pcb, net_rig_laddr(0), RIG_FIRST + 5, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_connect(r.net, pcb, net_rig_faddr(0), 443, &op);
	g_assert_cmpint(op.error, ==, EADDRINUSE);
	g_assert_cmpuint(op.iters, ==, 0);
	net_rig_fini(&r);
}

/*
 * UDP has its own tables, lock and counters, and took the address first even
 * in 2019.  Nothing of it is modelled, and every stack says so; what a search
 * for a TCP port does to traffic that takes none of TCP's locks is in
 * stalls_test.c.
 */
static void
test_udp_is_left_out(void)
{
	const struct stack *const *s;

	for (s = registry_stacks; *s != NULL; s++)
		g_assert_nonnull(strstr((*s)->left_out, "UDP"));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/trap/01_fix_is_in_12.2", test_fix_is_in_12_2);
	stacks_each("/trap/06_tries_all", tries_all, test_tries_all);
	stacks_each("/trap/06_tries_all_but_one", tries_all_but_one,
	    test_tries_all_but_one);
	stacks_each("/trap/06_start_above_first", tries_all,
	    test_start_above_first);
	stacks_each("/trap/06_start_below_last", tries_all_but_one,
	    test_start_below_last);
	stacks_each("/trap/07_busy_is_sequential", up_to_13,
	    test_busy_is_sequential);
	stacks_each("/trap/07_a_call_counts_once", up_to_13,
	    test_a_call_counts_once);
	stacks_each("/trap/07_always_random", always_random,
	    test_always_random);
	stacks_each("/trap/08_one_rover", port_first, test_one_rover);
	g_test_add_func("/trap/08_random_starts_leave_ports",
	    test_random_starts_leave_ports);
	g_test_add_func("/trap/09_linear_probing", test_linear_probing);
	g_test_add_func("/trap/09_fifo_in_order_is_cheap",
	    test_fifo_in_order_is_cheap);
	stacks_each("/trap/13_source_never_spreads", address_first,
	    test_source_never_spreads);
	stacks_each("/trap/13_idle_addresses", all, test_idle_addresses);
	stacks_each("/trap/14_errors_and_their_price", all,
	    test_errors_and_their_price);
	g_test_add_func("/trap/19_udp_is_left_out", test_udp_is_left_out);
	return (g_test_run());
}
