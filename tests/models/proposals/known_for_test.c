/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What each proposal is known for: what it opens, evens out or bounds.
 */

#include <errno.h>

#include <glib.h>

#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/rng.h"
#include "study/scenario/stack_name.h"
#include "tests/models/proposals/proposal_rig.h"

struct rig {
	struct net	*net;
	struct rng	rng;
	GArray		*pcbs;		/* that are open */
};

static void
rig_init(struct rig *r, const char *name, unsigned ports, unsigned nladdrs)
{
	struct net_conf c = { .search = NET_SEARCH_BOTH, .first = 20000,
	    .last = (uint16_t)(19999 + ports), .hashsize = 4096,
	    .porthashsize = 4096, .draw = rig_draw,
	    .draw_arg = &r->rng };
	const struct stack *stack = stack_name_find(name);
	unsigned i;

	g_assert_nonnull(stack);
	rng_init(&r->rng, 1, 0, "proposals");
	r->net = stack_net(stack, &c);
	for (i = 0; i < nladdrs; i++)
		net_laddr_add(r->net, rig_laddr(i));
	r->pcbs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
}

static void
rig_fini(struct rig *r)
{

	net_check(r->net);
	net_free(r->net);
	g_array_free(r->pcbs, TRUE);
}

/* How many connect()s to one destination succeed. */
static unsigned
fill(struct rig *r)
{
	struct net_op op;
	unsigned n;
	uint32_t pcb;

	for (n = 0;; n++) {
		pcb = net_socket(r->net, 0, 1001);
		net_connect(r->net, pcb, rig_faddr(0), 80, &op);
		if (op.error != 0)
			break;
		g_array_append_val(r->pcbs, pcb);
	}
	net_close(r->net, pcb, NULL);
	return (n);
}

/* The whole of 50 addresses, evenly. */
static void
test_spread(void)
{
	static const char *const stacks[] = { "freebsd-12.0+spread",
	    "freebsd-12.2+spread", "freebsd-14+spread",
	    "linux-6.18+spread", "linux-6.1+spread" };
	unsigned busy[50], i, s;
	uint32_t all[50];
	struct rig r;

	for (i = 0; i < 50; i++)
		all[i] = rig_laddr(i);
	for (s = 0; s < G_N_ELEMENTS(stacks); s++) {
		rig_init(&r, stacks[s], 40, 50);
		g_assert_cmpuint(fill(&r), ==, 50 * 40);
		net_ports_by_laddr(r.net, all, 50, busy);
		for (i = 0; i < 50; i++)
			g_assert_cmpuint(busy[i], ==, 40);
		rig_fini(&r);
	}
	rig_init(&r, "freebsd-14", 40, 50);
	g_assert_cmpuint(fill(&r), ==, 40);
	rig_fini(&r);
}

/* A destination whose route names a source keeps it. */
static void
test_spread_routed(void)
{
	struct rig r;

	rig_init(&r, "freebsd-14+spread", 40, 50);
	net_route_set(r.net, rig_faddr(0), rig_laddr(7));
	g_assert_cmpuint(fill(&r), ==, 40);
	g_assert_cmpuint(net_pcb_laddr(r.net, g_array_index(r.pcbs,
	    uint32_t, 11)), ==, rig_laddr(7));
	rig_fini(&r);
}

/* N ports of an address serve N connections to each of two, not to both. */
static void
test_noport(void)
{
	static const struct {
		const char	*stack;
		unsigned	opened;
	} cases[] = { { "freebsd-12.0", 30 }, { "freebsd-14", 30 },
	    { "freebsd-12.0+noport", 60 }, { "freebsd-14+noport", 60 },
	    { "freebsd-16+noport", 58 } };
	unsigned i, k, n;
	struct net_op op;
	struct rig r;
	uint32_t pcb;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		rig_init(&r, cases[i].stack, 30, 2);
		for (k = n = 0; k < 80; k++) {
			pcb = net_socket(r.net, NET_NOPORT, 1001);
			net_bind(r.net, pcb, rig_laddr(1), 0, &op);
			if (op.error == 0)
				net_connect(r.net, pcb, rig_faddr(k % 2), 80,
				    &op);
			n += op.error == 0;
		}
		g_assert_cmpuint(n, >=, cases[i].opened);
		g_assert_cmpuint(n, <=, (cases[i].opened + 29) / 30 * 30);
		rig_fini(&r);
	}
}

/* listen() needs a port, and takes it at the address that was bound. */
static void
test_noport_listens(void)
{
	struct net_op op;
	struct rig r;
	uint32_t pcb;

	rig_init(&r, "freebsd-14+noport", 30, 2);
	pcb = net_socket(r.net, NET_NOPORT, 1001);
	net_bind(r.net, pcb, rig_laddr(1), 0, &op);
	net_bind(r.net, pcb, rig_laddr(1), 0, &op);
	g_assert_cmpint(op.error, ==, EINVAL);
	net_listen(r.net, pcb, &op);
	g_assert_cmpint(op.error, ==, 0);
	g_assert_cmpuint(net_pcb_laddr(r.net, pcb), ==, rig_laddr(1));
	g_assert_cmpuint(net_pcb_lport(r.net, pcb), !=, 0);
	net_close(r.net, pcb, NULL);
	rig_fini(&r);
}

/* A search that meets a block of 900 taken ports of 1,000. */
static void
test_stride(void)
{
	uint64_t iters[2];
	struct net_op op;
	struct rig r;
	unsigned i, k;
	uint32_t pcb;

	for (k = 0; k < 2; k++) {
		rig_init(&r, k == 0 ? "freebsd-14" : "freebsd-14+stride",
		    1000, 1);
		for (i = 0; i < 900; i++) {
			pcb = net_socket(r.net, 0, 0);
			net_bind(r.net, pcb, rig_laddr(0),
			    (uint16_t)(20000 + i), &op);
			g_assert_cmpint(op.error, ==, 0);
		}
		for (i = iters[k] = 0; i < 1000; i++) {
			pcb = net_socket(r.net, 0, 1001);
			net_connect(r.net, pcb, rig_faddr(0), 80, &op);
			g_assert_cmpint(op.error, ==, 0);
			iters[k] += op.iters;
			net_close(r.net, pcb, NULL);
		}
		rig_fini(&r);
	}
	/*
	 * 0.9 * 450 = 406 in the mean.  10 where ports were independent; short
	 * strides, and those near a simple part of N, take more.
	 */
	g_assert_cmpuint(iters[0], >, 350 * 1000);
	g_assert_cmpuint(iters[1], >, 8 * 1000);
	g_assert_cmpuint(iters[1], <, 20 * 1000);
}

/* To a destination a port comes back after a lap, whoever else calls. */
static void
test_dest_counters(void)
{
	static const char *const stacks[] = { "freebsd-14+dest-counters",
	    "freebsd-16+dest-counters" };
	unsigned before, i, k, port, s;
	struct net_op op;
	struct rig r;
	uint32_t pcb;

	for (s = 0; s < G_N_ELEMENTS(stacks); s++) {
		rig_init(&r, stacks[s], 100, 1);
		for (before = i = 0; i < 250; i++) {
			for (k = 0; k < 3; k++) {
				pcb = net_socket(r.net, 0, 1001);
				net_connect(r.net, pcb, rig_faddr(1), 80, &op);
				net_close(r.net, pcb, NULL);
			}
			pcb = net_socket(r.net, 0, 1001);
			net_connect(r.net, pcb, rig_faddr(0), 80, &op);
			g_assert_cmpint(op.error, ==, 0);
			port = net_pcb_lport(r.net, pcb);
			if (i > 0)
				g_assert_cmpuint(port, ==, before == 20099 ?
				    20000 : before + 1);
			before = port;
			net_close(r.net, pcb, NULL);
		}
		rig_fini(&r);
	}
}

/* While there is room each CPU stays in its part. */
static void
test_cpu_slices(void)
{
	struct net_op op;
	struct rig r;
	unsigned i, port;
	uint32_t pcb;

	rig_init(&r, "freebsd-14+cpu-slices", 400, 1);
	net_set(r.net, "cpus", 4);
	for (i = 0; i < 400; i++) {
		net_cpu_set(r.net, i % 4);
		pcb = net_socket(r.net, 0, 1001);
		net_connect(r.net, pcb, rig_faddr(0), 80, &op);
		g_assert_cmpint(op.error, ==, 0);
		port = net_pcb_lport(r.net, pcb);
		g_assert_cmpuint((port - 20000) / 100, ==, i % 4);
		net_close(r.net, pcb, NULL);
	}
	g_assert_cmpuint(fill(&r), ==, 400);
	rig_fini(&r);
}

static void
test_cap(void)
{
	struct net_op op;
	struct rig r;
	uint32_t pcb;
	unsigned n;

	rig_init(&r, "freebsd-14+cap", 3000, 1);
	n = fill(&r);
	g_assert_cmpuint(n, >, 1024);
	g_assert_cmpuint(n, <, 3000);
	do {
		pcb = net_socket(r.net, 0, 1001);
		net_connect(r.net, pcb, rig_faddr(0), 80, &op);
		g_assert_cmpuint(op.iters, <=, 1024);
	} while (op.error == 0);
	g_assert_cmpuint(op.iters, ==, 1024);
	rig_fini(&r);
}

/* 20 addresses full on 100 ports: what a search that fails visits. */
static uint64_t
visits_full(const char *stack, uint32_t from, struct net_op *op)
{
	struct rig r;
	uint32_t pcb;
	unsigned i, port;

	rig_init(&r, stack, 100, 20);
	for (i = 0; i < 20; i++)
		for (port = 20000; port < 20100; port++) {
			pcb = net_socket(r.net, 0, 1001);
			net_bind(r.net, pcb, rig_laddr(i), (uint16_t)port, op);
			net_connect(r.net, pcb, rig_faddr(0), 80, op);
			g_assert_cmpint(op->error, ==, 0);
		}
	pcb = net_socket(r.net, 0, 1001);
	if (from != NET_ANY)
		net_bind(r.net, pcb, from, 0, op);
	else
		net_connect(r.net, pcb, rig_faddr(0), 80, op);
	g_assert_cmpint(op->error, ==, EADDRNOTAVAIL);
	g_assert_cmpuint(op->iters, ==, 100);
	net_close(r.net, pcb, NULL);
	rig_fini(&r);
	return (op->search.portlist + op->search.connhash);
}

static void
test_first_match(void)
{
	struct net_op op;

	g_assert_cmpuint(visits_full("freebsd-12.0", NET_ANY, &op), ==, 2000);
	g_assert_cmpuint(visits_full("freebsd-12.0+first-match", NET_ANY,
	    &op), ==, 100);
	/* The newest of them is the last address'. */
	g_assert_cmpuint(visits_full("freebsd-14", rig_laddr(15), &op), ==,
	    2000);
	g_assert_cmpuint(visits_full("freebsd-14+first-match", rig_laddr(15),
	    &op), ==, 500);
}

static void
test_laddr_hash(void)
{
	struct net_op op;

	/* To the first address' pcb, which is the last of its bucket. */
	g_assert_cmpuint(visits_full("freebsd-14", NET_ANY, &op), ==, 2000);
	/* 2,000 pcbs in 4,096 buckets: the own, and some that share it. */
	g_assert_cmpuint(visits_full("freebsd-14+laddr-hash", NET_ANY, &op),
	    <=, 200);
	g_assert_cmpuint(visits_full("freebsd-14+laddr-hash", rig_laddr(15),
	    &op), <=, 300);
	/* Who asks for any address walks what it walked. */
	g_assert_cmpuint(visits_full("freebsd-12.0+laddr-hash", NET_ANY,
	    &op), ==, 2000);
}

/* Once it has failed it fails at once, until a port is free that it wants. */
static void
test_full_cache(void)
{
	static const char *const stacks[] = { "freebsd-12.0+full-cache",
	    "freebsd-14+full-cache", "freebsd-16+full-cache" };
	struct net_op op;
	struct rig r;
	uint32_t pcb;
	unsigned i, k;

	for (i = 0; i < G_N_ELEMENTS(stacks); i++) {
		rig_init(&r, stacks[i], 300, 2);
		g_assert_cmpuint(fill(&r), ==, 300);
		for (k = 0; k < 3; k++) {
			pcb = net_socket(r.net, 0, 1001);
			net_connect(r.net, pcb, rig_faddr(0), 80, &op);
			g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
			g_assert_cmpuint(op.iters, ==, 1);
			g_assert_cmpuint(op.total.portlist +
			    op.total.connhash, ==, 0);
			net_close(r.net, pcb, NULL);
		}
		net_close(r.net, g_array_index(r.pcbs, uint32_t, 7), NULL);
		pcb = net_socket(r.net, 0, 1001);
		net_connect(r.net, pcb, rig_faddr(0), 80, &op);
		g_assert_cmpint(op.error, ==, 0);
		rig_fini(&r);
	}
}

/* A full destination: three bitmaps' lines, a candidate a word; and 8 KiB. */
static void
test_bitmap(void)
{
	struct net_op op;
	struct rig r;
	uint32_t pcb;
	size_t none;

	rig_init(&r, "freebsd-14+full-cache", 100, 1);
	g_assert_cmpuint(net_allocator_bytes(r.net) / 1024, ==, 25);
	rig_fini(&r);
	rig_init(&r, "freebsd-14+bitmap", 100, 50);
	g_assert_cmpuint(net_allocator_bytes(r.net) / 1024, ==, 816);
	rig_fini(&r);
	rig_init(&r, "freebsd-14+bitmap", 20000, 2);
	none = net_allocator_bytes(r.net);
	g_assert_cmpuint(fill(&r), ==, 20000);
	g_assert_cmpuint(net_allocator_bytes(r.net) - none, ==, 8192 + 40);
	pcb = net_socket(r.net, 0, 1001);
	net_connect(r.net, pcb, rig_faddr(0), 80, &op);
	g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
	/* 20000 to 39999: lines 39 to 78, words 312 to 624, some twice. */
	g_assert_cmpuint(op.search.connhash, >=, 3 * 39);
	g_assert_cmpuint(op.search.connhash, <=, 3 * 41);
	g_assert_cmpuint(op.iters, >=, 313);
	g_assert_cmpuint(op.iters, <=, 315);
	rig_fini(&r);
}

/*
 * Fill, let a random half go, fill again, ten times: a port that is free is
 * found, where the branch's merges hide some.
 */
static unsigned
missed(const char *stack)
{
	unsigned i, k, lost, round;
	struct rig r;

	rig_init(&r, stack, 400, 1);
	for (lost = round = 0; round < 10; round++) {
		(void)fill(&r);
		/* Those that failed may have been unlucky by one port. */
		lost += 400 - r.pcbs->len;
		for (i = 0; i < 200 && r.pcbs->len > 0; i++) {
			k = (unsigned)rng_below(&r.rng, r.pcbs->len);
			net_close(r.net, g_array_index(r.pcbs, uint32_t, k),
			    NULL);
			g_array_remove_index_fast(r.pcbs, k);
		}
	}
	rig_fini(&r);
	return (lost);
}

static void
test_mended_cache(void)
{

	g_assert_cmpuint(missed("freebsd-16-lportcache"), >, 100);
	/* 16 tries one candidate less than there are. */
	g_assert_cmpuint(missed("freebsd-16-lportcache+mended-cache"), <=,
	    10);
	g_assert_cmpuint(missed("freebsd-14+mended-cache"), ==, 0);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/proposals/spread/evenly", test_spread);
	g_test_add_func("/proposals/spread/routed", test_spread_routed);
	g_test_add_func("/proposals/noport/capacity", test_noport);
	g_test_add_func("/proposals/noport/listen", test_noport_listens);
	g_test_add_func("/proposals/stride/candidates", test_stride);
	g_test_add_func("/proposals/dest_counters/lap", test_dest_counters);
	g_test_add_func("/proposals/cpu_slices/parts", test_cpu_slices);
	g_test_add_func("/proposals/cap/gives_up", test_cap);
	g_test_add_func("/proposals/first_match/visits", test_first_match);
	g_test_add_func("/proposals/full_cache/fails_at_once",
	    test_full_cache);
	g_test_add_func("/proposals/bitmap/words", test_bitmap);
	g_test_add_func("/proposals/mended_cache/hides_nothing",
	    test_mended_cache);
	g_test_add_func("/proposals/laddr_hash/visits", test_laddr_hash);
	return (g_test_run());
}
