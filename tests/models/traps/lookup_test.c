/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Traps for a modeller of pcb lookups: how many nodes a search visits, and
 * whose.  Each test asserts the right count, and that it is not the one of who
 * fell into the trap.  docs/TRAPS.md lists them all.
 */

#include <errno.h>

#include <glib.h>

#include "tests/models/freebsd/net_rig.h"
#include "tests/models/stacks/each.h"

#define	NPORTS	100

static const char *const one_table[] = { "freebsd-11", "freebsd-12.0",
    "freebsd-12.2", NULL };
static const char *const split[] = { "freebsd-14", "freebsd-15",
    "freebsd-16", NULL };
static const char *const port_first[] = { "freebsd-11", "freebsd-12.0",
    NULL };
static const char *const address_first[] = { "freebsd-12.2", "freebsd-14",
    "freebsd-15", NULL };
/* Those whose next candidate net_rig_next() can choose. */
static const char *const counted[] = { "freebsd-11", "freebsd-12.0",
    "freebsd-12.2", "freebsd-14", "freebsd-15", NULL };
static const char *const all[] = { "freebsd-11", "freebsd-12.0",
    "freebsd-12.2", "freebsd-14", "freebsd-15", "freebsd-16",
    NULL };

/*
 * The walk of a port's list goes on after a match, as none of the connected
 * pcbs is the best possible one: a failing search visits every pcb in the
 * range, five a port here, not one a port.
 */
static void
test_failing_scan_visits_all(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	unsigned i;

	net_rig_init(&r, stack, NPORTS, 5);
	for (i = 0; i < 5; i++)
		net_rig_hold_all(&r, net_rig_laddr(i), net_rig_faddr(0));
	net_rig_unbound(&r, net_rig_faddr(1), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, NPORTS);
	g_assert_cmpuint(op.search.portlist, ==, 5 * NPORTS);
	g_assert_cmpuint(op.search.portlist, !=, NPORTS);
	net_rig_fini(&r);
}

/* The same of bind(*, 0), in every release. */
static void
test_failing_bind_visits_all(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	unsigned i;

	net_rig_init(&r, stack, NPORTS, 5);
	for (i = 0; i < 5; i++)
		net_rig_hold_all(&r, net_rig_laddr(i), net_rig_faddr(0));
	net_rig_bind(&r, NET_ANY, &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.search.portlist, ==, 5 * op.iters);
	g_assert_cmpuint(op.iters, >=, NPORTS - 1);
	net_rig_fini(&r);
}

/* What ends the walk is a match that cannot be bettered, the first it meets. */
static void
test_perfect_match_ends_the_walk(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;

	/* The connected ones are older, so behind it on the list. */
	net_rig_init(&r, stack, 2, 3);
	net_rig_hold(&r, net_rig_laddr(0), RIG_FIRST, net_rig_faddr(0));
	net_rig_hold(&r, net_rig_laddr(1), RIG_FIRST, net_rig_faddr(0));
	pcb = net_socket(r.net, NET_REUSEADDR, RIG_UID);
	net_bind(r.net, pcb, NET_ANY, RIG_FIRST, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_rig_next(&r, RIG_FIRST);
	net_rig_bind(&r, NET_ANY, &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(op.iters, ==, 2);
	g_assert_cmpuint(op.search.portlist, ==, 1);
	net_rig_fini(&r);
}

/*
 * A search for one address touches the pcbs of the other 49 too, to find that
 * they are foreign: 49 visits for a port that is free, not none.
 */
static void
test_foreign_addresses_are_visited(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	unsigned i;

	net_rig_init(&r, stack, NPORTS, 50);
	for (i = 1; i < 50; i++)
		net_rig_hold_all(&r, net_rig_laddr(i), net_rig_faddr(0));
	net_rig_bind(&r, net_rig_laddr(0), &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(op.iters, ==, 1);
	g_assert_cmpuint(op.search.portlist, ==, 49);
	net_rig_fini(&r);
}

/* L addresses connected to one peer from the same port, the 0th first. */
static void
chain(struct net_rig *r, const char *stack, unsigned length)
{
	unsigned i;

	net_rig_init(r, stack, NPORTS, length + 1);
	for (i = 0; i < length; i++)
		net_rig_hold(r, net_rig_laddr(i), RIG_FIRST, net_rig_faddr(0));
}

/* A connect() of the port by name: the nodes its lookup visits. */
static uint64_t
connect_visits(struct net_rig *r, uint32_t laddr, int error)
{
	struct net_op op;
	uint32_t pcb;

	pcb = net_socket(r->net, NET_REUSEADDR, RIG_UID);
	net_bind(r->net, pcb, laddr, RIG_FIRST, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_connect(r->net, pcb, net_rig_faddr(0), 443, &op);
	g_assert_cmpint(op.error, ==, error);
	net_close(r->net, pcb, NULL);
	return (op.total.connhash);
}

/*
 * The local address is not in the hash of a connection: 20 addresses that go
 * to one peer from one port are one chain of 20, walked to its end for a tuple
 * that is free.  With bucket locks the wild bucket is walked, too, and there is
 * the caller itself.
 */
static void
test_chains_of_laddrs(gconstpointer stack)
{
	struct net_rig r;
	unsigned wild;

	wild = g_str_has_prefix(stack, "freebsd-16") ? 1 : 0;
	chain(&r, stack, 20);
	g_assert_cmpuint(connect_visits(&r, net_rig_laddr(20), 0), ==,
	    20 + wild);
	net_rig_fini(&r);
}

/* What is visited to find that the newest, and the oldest, tuple exists. */
static void
visits_of_matches(const char *stack, uint64_t newest, uint64_t oldest)
{
	struct net_rig r;

	chain(&r, stack, 20);
	g_assert_cmpuint(connect_visits(&r, net_rig_laddr(19), EADDRINUSE),
	    ==, newest);
	g_assert_cmpuint(connect_visits(&r, net_rig_laddr(0), EADDRINUSE),
	    ==, oldest);
	net_rig_fini(&r);
}

/* With one table a match does not end the walk, wherever it stands. */
static void
test_match_walks_on(gconstpointer stack)
{

	visits_of_matches(stack, 20, 20);
}

/* With two it does: the newest stands first, the oldest last. */
static void
test_match_ends_the_walk(gconstpointer stack)
{

	visits_of_matches(stack, 1, 20);
}

/*
 * The fix left bind-then-connect as it was: N ports for an address in all,
 * whatever the peer, where connect() alone has N for each peer.
 */
static void
test_bind_stays_blind(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init_full(&r, stack, NPORTS, 2, 0);
	net_rig_bind(&r, net_rig_laddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	net_rig_unbound(&r, net_rig_faddr(1), &op);
	g_assert_cmpint(op.error, ==, 0);
	net_rig_fini(&r);
}

/*
 * And its lists grew: unbound connects to 30 peers may share one port, and a
 * bind of another address walks past all of them.
 */
static void
test_lists_grew(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	unsigned i;

	net_rig_init(&r, stack, NPORTS, 2);
	for (i = 0; i < 30; i++) {
		net_rig_next(&r, RIG_FIRST);
		net_rig_unbound(&r, net_rig_faddr(i), &op);
		g_assert_cmpint(op.error, ==, 0);
		g_assert_cmpuint(op.iters, ==, 1);
	}
	net_rig_next(&r, RIG_FIRST);
	net_rig_bind(&r, net_rig_laddr(1), &op);
	g_assert_cmpuint(op.iters, ==, 1);
	g_assert_cmpuint(op.search.portlist, ==, 30);
	net_rig_fini(&r);
}

/*
 * The long search under one lock is still there, moved to the peer whose N
 * ports are used up.
 */
static void
test_exhausted_peer_is_searched_whole(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;

	net_rig_init_full(&r, stack, NPORTS, 2, 0);
	net_rig_unbound(&r, net_rig_faddr(0), &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op.iters, ==, NPORTS);
	g_assert_cmpuint(op.search.connhash, >=, NPORTS);
	net_rig_fini(&r);
}

/* A listener on RIG_FIRST with 500 accepted connections. */
static uint32_t
busy_listener(struct net_rig *r, const char *stack)
{
	struct net_op op;
	uint32_t child, listener;
	unsigned i;

	net_rig_init(r, stack, NPORTS, 2);
	listener = net_rig_listen(r, RIG_FIRST);
	for (i = 0; i < 500; i++) {
		net_accept(r->net, net_rig_laddr(0), RIG_FIRST,
		    net_rig_faddr(0), (uint16_t)(2000 + i), &child, &op);
		g_assert_cmpint(op.error, ==, 0);
	}
	return (listener);
}

/*
 * Accepted connections are on the list of the listener's port, and it is at
 * their tail: what would end the walk at once comes last.  A busy listener
 * inside the range is a mine for whoever searches past it.
 */
static void
test_listener_is_at_the_tail(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	uint32_t list[501], listener;

	listener = busy_listener(&r, stack);
	net_rig_next(&r, RIG_FIRST);
	net_rig_bind(&r, NET_ANY, &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(op.iters, ==, 2);
	g_assert_cmpuint(op.search.portlist, ==, 501);
	g_assert_cmpuint(net_plist(r.net, RIG_FIRST, list, 501), ==, 501);
	g_assert_cmpuint(list[500], ==, listener);
	net_rig_fini(&r);
}

/*
 * SO_REUSEADDR makes the choice of bind() blind to connected pcbs: it takes a
 * port that 500 connections use, and does not look at one of them.
 */
static void
test_reuse_is_blind(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;
	unsigned i;

	net_rig_init_full(&r, stack, NPORTS, 2, 0);
	for (i = 0; i < 3; i++) {
		pcb = net_socket(r.net, NET_REUSEADDR, RIG_UID);
		net_bind(r.net, pcb, net_rig_laddr(0), 0, &op);
		g_assert_cmpint(op.error, ==, 0);
		g_assert_cmpuint(op.iters, ==, i + 1);
		g_assert_cmpuint(op.search.portlist, ==, 0);
	}
	/* What it took is in use towards this peer. */
	net_connect(r.net, pcb, net_rig_faddr(0), 443, &op);
	g_assert_cmpint(op.error, ==, EADDRINUSE);
	net_rig_fini(&r);
}

/*
 * An unbound connect() with the option: where the port comes first, it is as
 * blind and fails with EADDRINUSE after one try; elsewhere the option does not
 * matter, and the search goes on to a port that is free.
 */
static void
test_reuse_of_connect(gconstpointer stack)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;

	net_rig_init(&r, stack, NPORTS, 1);
	net_rig_hold(&r, net_rig_laddr(0), RIG_FIRST, net_rig_faddr(0));
	net_rig_next(&r, RIG_FIRST);
	pcb = net_socket(r.net, NET_REUSEADDR, RIG_UID);
	net_connect(r.net, pcb, net_rig_faddr(0), 443, &op);
	if (g_strv_contains(port_first, stack)) {
		g_assert_cmpint(op.error, ==, EADDRINUSE);
		g_assert_cmpuint(op.iters, ==, 1);
		/* It stays bound to the port. */
		g_assert_cmpuint(net_pcb_lport(r.net, pcb), ==, RIG_FIRST);
	} else {
		g_assert_cmpint(op.error, ==, 0);
		g_assert_cmpuint(op.iters, ==, 2);
	}
	net_rig_fini(&r);
}

/* Nodes in the bucket of (faddr, lport) beside a pcb of (peer, RIG_FIRST). */
static uint64_t
collisions(const char *stack, const char *peer, const char *faddr,
    uint16_t lport)
{
	struct net_rig r;
	struct net_op op;
	uint32_t pcb;

	net_rig_init(&r, stack, 2000, 1);
	net_rig_hold(&r, net_rig_laddr(0), RIG_FIRST, net_rig_addr(peer));
	pcb = net_socket(r.net, NET_REUSEADDR, RIG_UID);
	net_bind(r.net, pcb, net_rig_laddr(0), lport, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_connect(r.net, pcb, net_rig_addr(faddr), 443, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_rig_fini(&r);
	return (op.total.connhash);
}

/*
 * The foreign address enters the hash as it lies in memory on a little-endian
 * CPU: of a.b.c.d the index has b ^ d above and a ^ c below.  Peers that differ
 * by 1 in d collide where the ports differ by 256; who swaps the bytes expects
 * that of ports that differ by 1.
 */
static void
test_hash_takes_raw_addresses(gconstpointer stack)
{

	g_assert_cmpuint(collisions(stack, "203.0.113.10", "203.0.113.11",
	    RIG_FIRST ^ 256), ==, 1);
	g_assert_cmpuint(collisions(stack, "203.0.113.10", "203.0.113.11",
	    RIG_FIRST ^ 1), ==, 0);
	g_assert_cmpuint(collisions(stack, "203.0.113.10", "203.0.112.10",
	    RIG_FIRST ^ 1), ==, 1);
	g_assert_cmpuint(collisions(stack, "203.0.113.10", "203.0.112.10",
	    RIG_FIRST ^ 256), ==, 0);
}

/*
 * Tables have the power of two strictly above maxsockets / 4: 2^18 of them
 * give 2^17 buckets, not 2^16.
 */
static void
test_tables_are_strictly_larger(void)
{

	g_assert_cmpuint(net_hashsize_auto((1 << 18) - 1), ==, 1 << 16);
	g_assert_cmpuint(net_hashsize_auto(1 << 18), ==, 1 << 17);
}

/*
 * However large the port hash is asked to be, it has a bucket for each port and
 * no more; a smaller one mixes ports.
 */
static void
test_port_hash_is_capped(void)
{
	static const struct {
		uint32_t	size;
		unsigned	ports;	/* in the bucket of RIG_FIRST */
	} cases[] = { { 1 << 20, 1 }, { 65536, 1 }, { 16, 7 } };
	struct net_rig r;
	struct net_conf conf;
	size_t memory;
	unsigned i;

	memory = 0;
	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		conf = (struct net_conf){ .search = NET_SEARCH_WALK,
		    .first = RIG_FIRST,
		    .last = RIG_FIRST + NPORTS - 1,
		    .hashsize = 65536, .porthashsize = cases[i].size,
		    .draw = net_rig_draw, .draw_arg = &r };
		r = (struct net_rig){ .net = stack_net(
		    stack_find("freebsd-12.0"), &conf),
		    .nports = NPORTS };
		net_set(r.net, "randomized", 0);
		net_laddr_add(r.net, net_rig_laddr(0));
		net_rig_hold_all(&r, net_rig_laddr(0), net_rig_faddr(0));
		g_assert_cmpuint(net_phash(r.net, RIG_FIRST, NULL, 0), ==,
		    cases[i].ports);
		if (i == 0)
			memory = net_memory(r.net);
		else if (i == 1)
			g_assert_cmpuint(net_memory(r.net), ==, memory);
		net_rig_fini(&r);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	stacks_each("/trap/04_failing_scan_visits_all", port_first,
	    test_failing_scan_visits_all);
	stacks_each("/trap/04_failing_bind_visits_all", all,
	    test_failing_bind_visits_all);
	stacks_each("/trap/04_perfect_match_ends_the_walk", one_table,
	    test_perfect_match_ends_the_walk);
	stacks_each("/trap/05_foreign_addresses_are_visited", all,
	    test_foreign_addresses_are_visited);
	stacks_each("/trap/10_chains_of_laddrs", all, test_chains_of_laddrs);
	stacks_each("/trap/10_match_walks_on", one_table,
	    test_match_walks_on);
	stacks_each("/trap/10_match_ends_the_walk", split,
	    test_match_ends_the_walk);
	stacks_each("/trap/11_bind_stays_blind", address_first,
	    test_bind_stays_blind);
	stacks_each("/trap/11_lists_grew", address_first, test_lists_grew);
	stacks_each("/trap/11_exhausted_peer_is_searched_whole",
	    address_first, test_exhausted_peer_is_searched_whole);
	stacks_each("/trap/16_listener_is_at_the_tail", counted,
	    test_listener_is_at_the_tail);
	stacks_each("/trap/16_reuse_is_blind", all, test_reuse_is_blind);
	stacks_each("/trap/16_reuse_of_connect", counted,
	    test_reuse_of_connect);
	stacks_each("/trap/20_hash_takes_raw_addresses", one_table,
	    test_hash_takes_raw_addresses);
	g_test_add_func("/trap/20_tables_are_strictly_larger",
	    test_tables_are_strictly_larger);
	g_test_add_func("/trap/20_port_hash_is_capped",
	    test_port_hash_is_capped);
	return (g_test_run());
}
