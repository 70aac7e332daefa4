/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The algorithms of RFC 6056 by what they are known for: who finds every free
 * port, how ports follow one another, and how many tries it takes.
 */

#include <errno.h>

#include <glib.h>

#include "models/net/net.h"
#include "models/stacks/stack.h"
#include "sim/rng.h"

#define	LADDR	0x0100000au	/* 10.0.0.1 */
#define	FADDR	0x017100cbu	/* 203.0.113.1 */

struct rig {
	struct net	*net;
	struct rng	rng;
};

static uint32_t
draw(void *rng)
{

	return (rng_u32(rng));
}

static void
rig_init(struct rig *r, const char *stack, uint16_t first, uint16_t last,
    uint64_t seed)
{
	struct net_conf c = { .search = NET_SEARCH_BOTH, .first = first,
	    .last = last, .hashsize = 1024, .porthashsize = 1024,
	    .draw = draw };

	rng_init(&r->rng, seed, 0, "rfc6056");
	c.draw_arg = &r->rng;
	r->net = stack_net(stack_find(stack), &c);
	net_laddr_add(r->net, LADDR);
}

static void
rig_fini(struct rig *r)
{

	net_check(r->net);
	net_free(r->net);
}

/* connect() of a new socket: its port, 0 if there was none. */
static unsigned
plain(struct rig *r, uint16_t fport, struct net_op *op)
{
	uint32_t pcb;

	pcb = net_socket(r->net, 0, 0);
	net_connect(r->net, pcb, FADDR, fport, op);
	if (op->error == 0)
		return (net_pcb_lport(r->net, pcb));
	g_assert_cmpint(op->error, ==, EADDRNOTAVAIL);
	net_close(r->net, pcb, NULL);
	return (0);
}

/* 1, 3 and 4 find every port; all fail after as many tries as there are. */
static void
test_all_found(void)
{
	static const char *const stacks[] = { "rfc6056-1", "rfc6056-3",
	    "rfc6056-4" };
	struct net_op op;
	struct rig r;
	unsigned i, n, seed;

	for (i = 0; i < G_N_ELEMENTS(stacks); i++)
		for (seed = 0; seed < 5; seed++) {
			rig_init(&r, stacks[i], 40000, 40099, seed);
			for (n = 0; plain(&r, 80, &op) != 0; n++)
				continue;
			g_assert_cmpuint(n, ==, 100);
			g_assert_cmpuint(op.iters, ==, 100);
			rig_fini(&r);
		}
}

/* 2 misses a share f of free ports with (1 - f)^N: here 0.99^100 = 0.366. */
static void
test_misses(void)
{
	static const char *const stacks[] = { "rfc6056-2", "rfc6056-5" };
	unsigned i, k, missed, seed;
	struct net_op op;
	struct rig r;
	uint32_t pcb;

	for (i = 0; i < G_N_ELEMENTS(stacks); i++) {
		missed = 0;
		for (seed = 0; seed < 400; seed++) {
			rig_init(&r, stacks[i], 40000, 40099, seed);
			for (k = 0; k < 100; k++) {
				pcb = net_socket(r.net, 0, 0);
				if (k != seed % 100)
					net_bind(r.net, pcb, NET_ANY,
					    (uint16_t)(40000 + k), &op);
			}
			missed += plain(&r, 80, &op) == 0;
			g_assert_cmpuint(op.iters, <=, 100);
			rig_fini(&r);
		}
		/* 400 * 0.366 = 146, 5 standard deviations of 9.6. */
		g_assert_cmpuint(missed, >, 98);
		g_assert_cmpuint(missed, <, 195);
	}
}

/* 3: one counter for all, so each destination's ports tell of the others. */
static void
test_shared_counter(void)
{
	unsigned a, b, i, seed;
	struct net_op op;
	struct rig r;

	for (seed = 0; seed < 20; seed++) {
		rig_init(&r, "rfc6056-3", 40000, 42047, seed);
		a = plain(&r, 80, &op);
		for (i = 0; i < 7; i++)
			(void)plain(&r, 81, &op);
		b = plain(&r, 80, &op);
		/* 2,048 divides 65,536: no jump. */
		g_assert_cmpuint((b + 2048 - a) % 2048, ==, 8);
		rig_fini(&r);
	}
}

/* 4: a destination in another slot does not show. */
static void
test_slots(void)
{
	unsigned a, alone, b, i, seed;
	struct net_op op;
	struct rig r;

	for (alone = seed = 0; seed < 200; seed++) {
		rig_init(&r, "rfc6056-4", 40000, 42047, seed);
		a = plain(&r, 80, &op);
		for (i = 0; i < 7; i++)
			(void)plain(&r, 81, &op);
		b = (plain(&r, 80, &op) + 2048 - a) % 2048;
		g_assert_true(b == 1 || b == 8);
		alone += b == 1;
		rig_fini(&r);
	}
	/* Nine in ten, 5 standard deviations of 4.2. */
	g_assert_cmpuint(alone, >, 158);
	g_assert_cmpuint(alone, <, 200);
}

/* 5: the next is 1 to 500 further, 250.5 in the mean. */
static void
test_steps(void)
{
	unsigned before, i, port, step;
	struct net_op op;
	struct rig r;
	double sum;

	rig_init(&r, "rfc6056-5", 16384, 49151, 1);
	before = plain(&r, 80, &op);
	for (sum = i = 0; i < 2000; i++) {
		port = plain(&r, (uint16_t)(81 + i), &op);
		step = (port + 32768 - before) % 32768;
		g_assert_cmpuint(step, >=, 1);
		g_assert_cmpuint(step, <=, 500);
		sum += step;
		before = port;
	}
	/* 144 / sqrt(2000) = 3.2, five times. */
	g_assert_cmpfloat(sum / 2000, >, 234);
	g_assert_cmpfloat(sum / 2000, <, 267);
	rig_fini(&r);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rfc6056/all_found", test_all_found);
	g_test_add_func("/rfc6056/misses", test_misses);
	g_test_add_func("/rfc6056/shared_counter", test_shared_counter);
	g_test_add_func("/rfc6056/slots", test_slots);
	g_test_add_func("/rfc6056/steps", test_steps);
	return (g_test_run());
}
