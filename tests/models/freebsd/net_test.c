/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sockets: how fast a range fills (a law with a formula), table sizes, hash
 * functions, addresses as text, and the rules of single calls.
 */

#include <errno.h>
#include <math.h>

#include <glib.h>

#include "models/freebsd/freebsd.h"
#include "models/net/net.h"
#include "models/pcb/layout.h"
#include "models/registry.h"
#include "models/stacks/stack.h"

#define	FIRST	10000
#define	LAST	65535
#define	NPORTS	(LAST - FIRST + 1)
#define	NADDRS	50

static uint32_t
draw(void *arg)
{

	(void)arg;
	return ((uint32_t)g_test_rand_int());
}

static uint32_t
addr(const char *text)
{
	uint32_t a;

	g_assert_true(net_addr_parse(text, &a));
	return (a);
}

static struct net *
proxy(const char *stack, enum net_search search, bool randomized)
{
	struct net_conf conf = { .search = search, .first = FIRST,
	    .last = LAST,
	    .hashsize = 524288, .porthashsize = 65536, .draw = draw };
	struct net *n;
	unsigned i;

	n = stack_net(stack_find(stack), &conf);
	net_set(n, "randomized", randomized);
	for (i = 0; i < NADDRS; i++)
		net_laddr_add(n, net_addr_add(addr("198.51.100.1"), i));
	return (n);
}

/* bind() to the i-th address in turn, then connect(). */
static uint64_t
connect_bound(struct net *n, unsigned i)
{
	struct net_op op;
	uint32_t pcb;
	uint64_t iters;

	pcb = net_socket(n, 0, 1001);
	net_bind(n, pcb, net_addr_add(addr("198.51.100.1"), i % NADDRS), 0,
	    &op);
	g_assert_cmpint(op.error, ==, 0);
	iters = op.iters;
	net_connect(n, pcb, addr("203.0.113.10"), 443, &op);
	g_assert_cmpint(op.error, ==, 0);
	return (iters);
}

static int
connect_unbound(struct net *n, uint64_t *iters)
{
	struct net_op op;
	uint32_t pcb;

	pcb = net_socket(n, 0, 1001);
	net_connect(n, pcb, addr("192.0.2.80"), 80, &op);
	*iters = op.iters;
	net_close(n, pcb, NULL);
	return (op.error);
}

/*
 * One rover for all addresses: each bound connect takes the next port, so
 * after exactly one connection a port nobody unbound gets one any more.
 */
static void
test_sequential_exhaustion(gconstpointer data)
{
	struct net *n;
	uint64_t iters;
	unsigned i;

	n = proxy(data, NET_SEARCH_INDEX, false);
	for (i = 0; i < NPORTS; i++) {
		g_assert_cmpuint(net_ports_free(n, NET_ANY), ==, NPORTS - i);
		g_assert_cmpuint(connect_bound(n, i), ==, 1);
	}
	g_assert_cmpuint(net_ports_free(n, NET_ANY), ==, 0);
	g_assert_cmpuint(net_ports_busy(n), ==, NPORTS);
	g_assert_cmpint(connect_unbound(n, &iters), ==, EADDRNOTAVAIL);
	g_assert_cmpuint(iters, ==, NPORTS);
	/* Bound ones go on: 49 of 50 of their ports are free. */
	(void)connect_bound(n, i);
	net_check(n);
	net_free(n);
}

/*
 * Random starts: after C connections over A addresses a port is free of all of
 * them with probability (1 - C / AN)^A, so N times that are; within six
 * standard deviations of independent ports (they are fewer: the ports of one
 * address exclude each other).
 */
static void
test_random_exhaustion(void)
{
	static const unsigned at[] = { 55000, 100000, 250000 };
	struct net *n;
	double mean, p, sigma;
	unsigned c, i;

	n = proxy("freebsd-12.0", NET_SEARCH_INDEX, true);
	c = 0;
	for (i = 0; i < G_N_ELEMENTS(at); i++) {
		for (; c < at[i]; c++)
			(void)connect_bound(n, c);
		p = pow(1 - (double)c / NADDRS / NPORTS, NADDRS);
		mean = NPORTS * p;
		sigma = sqrt(NPORTS * p * (1 - p));
		g_test_message("%u connections: %u free, expected %.0f +- "
		    "%.0f", c, net_ports_free(n, NET_ANY), mean, sigma);
		g_assert_cmpfloat(fabs(net_ports_free(n, NET_ANY) - mean), <,
		    6 * sigma);
	}
	net_free(n);
}

/* After the fix an unbound connect has its own view of the same ports. */
static void
test_fixed_connects(gconstpointer data)
{
	struct net *n;
	uint64_t iters;
	unsigned i;

	n = proxy(data, NET_SEARCH_INDEX, false);
	for (i = 0; i < NPORTS; i++)
		(void)connect_bound(n, i);
	g_assert_cmpint(connect_unbound(n, &iters), ==, 0);
	g_assert_cmpuint(iters, ==, 1);
	net_free(n);
}

static void
test_hashsize_auto(void)
{

	/* Strictly above maxsockets / 4, and 512 at least. */
	g_assert_cmpuint(net_hashsize_auto(0), ==, 512);
	g_assert_cmpuint(net_hashsize_auto(2047), ==, 512);
	g_assert_cmpuint(net_hashsize_auto(2048), ==, 1024);
	g_assert_cmpuint(net_hashsize_auto(260000), ==, 65536);
	g_assert_cmpuint(net_hashsize_auto(1 << 20), ==, 1 << 19);
	g_assert_cmpuint(net_hashsize_auto(1040000), ==, 262144);
	g_assert_cmpuint(net_hashsize_auto(4180000), ==, 1048576);
}

static void
test_hash(gconstpointer data)
{
	const struct freebsd_variant *s;
	guint8 *seen;
	uint32_t b, key, port;

	s = ((const struct stack *)data)->variant;
	key = pcb_layout_key(s->layout, 0x1234, 0, addr("203.0.113.10"), 443);
	seen = g_new0(guint8, 65536);
	for (port = 0; port < 65536; port++) {
		b = (key ^ port) & 0xffff;
		g_assert_cmpuint(seen[b]++, ==, 0);
	}
	g_free(seen);
	if (s->layout->split) {
		/* * hashes to the seed. */
		g_assert_cmphex(pcb_layout_wild_key(s->layout, 0x1234), ==,
		    0x1234);
		g_assert_cmphex(key, !=, pcb_layout_key(s->layout, 0x1235, 0,
		    addr("203.0.113.10"), 443));
		return;
	}
	/* 203.0.113.10 is 0x0a7100cb; 0x00cb ^ 0x0a71 ^ 443 below. */
	g_assert_cmphex(key & 0xffff, ==, 0x00cb ^ 0x0a71 ^ 443);
	g_assert_cmphex(key >> 16, ==, 0x0a71);
}

static void
test_addresses(void)
{
	static const char *const good[] = { "0.0.0.0", "255.255.255.255",
	    "10.0.0.1", "198.51.100.250" };
	static const char *const bad[] = { "", "1", "1.2.3", "1.2.3.4.5",
	    "1.2.3.256", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1..3.4", "a",
	    "1.2.3.-4", "1.2.3.4294967297" };
	char buf[16];
	uint32_t a;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_cmpstr(net_addr_format(addr(good[i]), buf), ==,
		    good[i]);
	for (i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(net_addr_parse(bad[i], &a));
	g_assert_cmphex(addr("10.0.0.1"), ==, 0x0100000a);
	g_assert_cmphex(net_addr_add(addr("10.0.0.255"), 1), ==,
	    addr("10.0.1.0"));
}

/* Which calls fail, and how, whatever the stack. */
static void
test_errors(gconstpointer data)
{
	const struct stack *s;
	struct net *n;
	struct net_op op;
	uint32_t a, b, l;

	s = data;
	n = proxy(s->name, NET_SEARCH_BOTH, false);
	a = net_socket(n, 0, 1001);
	net_bind(n, a, addr("10.9.9.9"), 0, &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	net_bind(n, a, NET_ANY, 80, &op);
	g_assert_cmpint(op.error, ==, EACCES);
	net_bind(n, a, addr("198.51.100.2"), 20000, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_bind(n, a, addr("198.51.100.2"), 20001, &op);
	g_assert_cmpint(op.error, ==, EINVAL);
	net_connect(n, a, addr("203.0.113.10"), 443, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_connect(n, a, addr("203.0.113.10"), 443, &op);
	g_assert_cmpint(op.error, ==, EISCONN);
	net_listen(n, a, &op);
	g_assert_cmpint(op.error, ==, EINVAL);
	b = net_socket(n, 0, 1001);
	net_bind(n, b, NET_ANY, 20000, &op);
	g_assert_cmpint(op.error, ==, EADDRINUSE);
	l = net_socket(n, 0, 0);
	net_bind(n, l, NET_ANY, 80, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_listen(n, l, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_connect(n, l, addr("203.0.113.10"), 443, &op);
	g_assert_cmpint(op.error, ==, EOPNOTSUPP);
	net_accept(n, addr("198.51.100.1"), 80, addr("203.0.113.9"), 5000,
	    &b, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_accept(n, addr("198.51.100.1"), 80, addr("203.0.113.9"), 5000,
	    &b, &op);
	g_assert_cmpint(op.error, ==, EADDRINUSE);
	g_assert_cmpuint(b, ==, NET_NOPCB);
	g_assert_cmpuint(net_npcbs(n), ==, 3);
	net_check(n);
	net_free(n);
}

/*
 * A foreign uid binds explicitly to (A, port) of a listener on (*, port) that
 * has accepted connections on A: whether it is refused hangs on which of the
 * two the lookup meets first.
 */
static void
test_listener_and_accepted(gconstpointer data)
{
	const struct stack *s;
	struct net *n;
	struct net_op op;
	uint32_t child, l, pcb;

	s = data;
	n = proxy(s->name, NET_SEARCH_BOTH, false);
	l = net_socket(n, 0, 5);
	net_bind(n, l, NET_ANY, 20000, &op);
	net_listen(n, l, &op);
	/* The listener is the only match: refused for the uid. */
	pcb = net_socket(n, NET_REUSEADDR, 6);
	net_bind(n, pcb, addr("198.51.100.1"), 20000, &op);
	g_assert_cmpint(op.error, ==, EADDRINUSE);
	/* A newer, connected one comes first: shared. */
	net_accept(n, addr("198.51.100.1"), 20000, addr("203.0.113.9"), 5000,
	    &child, &op);
	net_bind(n, pcb, addr("198.51.100.1"), 20000, &op);
	g_assert_cmpint(op.error, ==, 0);
	net_check(n);
	net_free(n);
}

/* Counts of one address and port go past what a byte holds, and back. */
static void
test_many_accepted(gconstpointer data)
{
	const struct stack *s;
	struct net *n;
	struct net_op op;
	uint32_t child[1000];
	uint32_t l, pcb;
	unsigned i;

	s = data;
	n = proxy(s->name, NET_SEARCH_BOTH, false);
	l = net_socket(n, 0, 5);
	net_bind(n, l, NET_ANY, 10000, &op);
	net_listen(n, l, &op);
	for (i = 0; i < G_N_ELEMENTS(child); i++) {
		net_accept(n, addr("198.51.100.1"), 10000,
		    addr("203.0.113.9"), (uint16_t)(1024 + i), &child[i],
		    &op);
		g_assert_cmpint(op.error, ==, 0);
	}
	net_check(n);
	/* A search that passes the listener visits them all. */
	pcb = net_socket(n, 0, 1001);
	net_bind(n, pcb, addr("198.51.100.2"), 0, &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(net_pcb_lport(n, pcb), ==, 10001);
	g_assert_cmpuint(op.iters, ==, 2);
	g_assert_cmpuint(op.search.portlist, ==, 1001);
	for (i = 0; i < G_N_ELEMENTS(child); i++) {
		net_close(n, child[i * 7 % 1000], NULL);
		if (i % 100 == 0 || i > 990)
			net_check(n);
	}
	g_assert_cmpuint(net_ports_free(n, addr("198.51.100.1")), ==,
	    NPORTS - 1);
	net_free(n);
}

static void
add_each(const char *what, GTestDataFunc test)
{
	const struct stack *const *s;
	char *path;

	for (s = registry_stacks; *s != NULL; s++) {
		/* RFC 6056's algorithms draw where these tests count. */
		if ((*s)->family != &net_family_freebsd ||
		    g_str_has_prefix((*s)->name, "rfc6056-"))
			continue;
		path = g_strdup_printf("/net/%s/%s", what, (*s)->name);
		g_test_add_data_func(path, *s, test);
		g_free(path);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/net/law/sequential_exhausts_after_n/12.0",
	    "freebsd-12.0", test_sequential_exhaustion);
	g_test_add_data_func("/net/law/sequential_exhausts_after_n/11",
	    "freebsd-11", test_sequential_exhaustion);
	g_test_add_func("/net/law/random_leaves_ports", test_random_exhaustion);
	g_test_add_data_func("/net/fixed_connects/12.2", "freebsd-12.2",
	    test_fixed_connects);
	g_test_add_data_func("/net/fixed_connects/14", "freebsd-14",
	    test_fixed_connects);
	g_test_add_func("/net/hashsize_auto", test_hashsize_auto);
	g_test_add_func("/net/addresses", test_addresses);
	add_each("hash", test_hash);
	add_each("errors", test_errors);
	add_each("listener_and_accepted", test_listener_and_accepted);
	add_each("many_accepted", test_many_accepted);
	return (g_test_run());
}
