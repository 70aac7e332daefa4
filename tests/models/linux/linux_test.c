/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * What follows from the rules of Linux' port choice, beside the recordings of
 * tests/study/script/linux_test.c: increments, the secret's ten seconds, marks,
 * the step width, calls in pieces.
 */

#include <errno.h>
#include <string.h>

#include <glib.h>

#include "models/linux/variant.h"
#include "models/net/family.h"
#include "models/net/net.h"
#include "sim/rng.h"

#define	DEST	0x017100cbu		/* 203.0.113.1 */

struct rig {
	struct net	*net;
	struct rng	rng;
};

static uint32_t
rig_draw(void *rng)
{

	return (rng_u32(rng));
}

static void
rig_init(struct rig *r, const struct linux_variant *v, uint16_t first,
    uint16_t last, uint64_t seed)
{
	struct net_conf c = { .family = &net_family_linux, .variant = v,
	    .search = NET_SEARCH_BOTH, .first = first, .last = last,
	    .hashsize = 1024, .hash_seed = seed, .draw = rig_draw,
	    .draw_arg = &r->rng };
	uint32_t i;

	rng_init(&r->rng, seed, 0, "linux");
	r->net = net_new(&c);
	for (i = 1; i <= 5; i++)
		net_laddr_add(r->net, 0x0000000au | i << 24);
}

static void
rig_fini(struct rig *r)
{

	net_check(r->net);
	net_free(r->net);
}

static uint32_t
laddr(unsigned i)
{

	return (0x0000000au | i << 24);
}

/* connect() of a new socket; its port, or 0 and nothing open. */
static uint16_t
plain(struct rig *r, uint16_t fport, uint32_t *pcb)
{
	struct net_op op;
	uint32_t p;

	p = net_socket(r->net, 0, 0);
	net_connect(r->net, p, DEST, fport, &op);
	if (op.error != 0) {
		g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
		net_close(r->net, p, NULL);
		return (0);
	}
	if (pcb != NULL)
		*pcb = p;
	return (net_pcb_lport(r->net, p));
}

/* bind() and connect(); the pcb, or NET_NOPCB. */
static uint32_t
bound(struct rig *r, unsigned addr, unsigned opts)
{
	struct net_op op;
	uint32_t p;

	p = net_socket(r->net, opts, 0);
	net_bind(r->net, p, laddr(addr), 0, &op);
	if (op.error == 0)
		net_connect(r->net, p, DEST, 80, &op);
	if (op.error == 0)
		return (p);
	net_close(r->net, p, NULL);
	return (NET_NOPCB);
}

/* While ports are plenty the next is 2, 4 .. or 16 further, each as likely. */
static void
test_increments(void)
{
	unsigned count[9] = { 0 };
	struct rig r;
	unsigned before, d, i, port, total;

	total = 0;
	for (i = 0; i < 40; i++) {
		rig_init(&r, &linux_6_18, 32768, 60999, i);
		before = plain(&r, 80, NULL);
		for (d = 0; d < 200; d++) {
			port = plain(&r, 80, NULL);
			g_assert_cmpuint(port % 2, ==, 0);
			before = (port + 28232 - before) % 28232;
			/* Beyond 16 it has gone round and met the first. */
			if (before <= 16) {
				count[before / 2]++;
				total++;
			}
			before = port;
		}
		rig_fini(&r);
	}
	g_assert_cmpuint(total, >, 7900);
	/* 8,000 / 8, 5 standard deviations of 30. */
	for (i = 1; i <= 8; i++) {
		g_assert_cmpuint(count[i], >, 850);
		g_assert_cmpuint(count[i], <, 1150);
	}
}

/* The hash of the destination is another every ten seconds. */
static void
test_ten_seconds(void)
{
	unsigned a, b, far, i;
	struct rig r;

	for (far = i = 0; i < 32; i++) {
		rig_init(&r, &linux_6_18, 32768, 60999, i);
		net_wait(r.net, 9000);
		a = plain(&r, 80, NULL);
		net_wait(r.net, 999);
		b = plain(&r, 80, NULL);
		g_assert_cmpuint((b + 28232 - a) % 28232, <=, 16);
		net_wait(r.net, 1);
		a = plain(&r, 80, NULL);
		far += (a + 28232 - b) % 28232 > 16;
		rig_fini(&r);
	}
	g_assert_cmpuint(far, >=, 30);
}

/*
 * All ports shared by connect() are bound by another address; the connects stay
 * and the binds go.  6.18: open again; 6.1: not before the ports are empty.
 */
static void
hides(const struct linux_variant *v, bool recovers)
{
	uint32_t bind[20], pcb[20];
	struct rig r;
	unsigned i;

	rig_init(&r, v, 40000, 40019, 7);
	for (i = 0; i < 20; i++)
		g_assert_cmpuint(plain(&r, 80, &pcb[i]), !=, 0);
	for (i = 0; i < 20; i++)
		bind[i] = bound(&r, 2, 0);
	g_assert_cmpuint(bind[19], !=, NET_NOPCB);
	g_assert_cmpuint(bound(&r, 2, 0), ==, NET_NOPCB);
	g_assert_cmpuint(plain(&r, 81, NULL), ==, 0);
	g_assert_cmpuint(net_tuples_free(r.net, laddr(1), DEST, 81), ==, 0);
	for (i = 0; i < 20; i++)
		net_close(r.net, bind[i], NULL);
	g_assert_cmpint(plain(&r, 81, NULL) != 0, ==, recovers);
	for (i = 0; i < 20; i++)
		net_close(r.net, pcb[i], NULL);
	g_assert_cmpuint(plain(&r, 82, NULL), !=, 0);
	rig_fini(&r);
}

static void
test_hides_6_18(void)
{

	hides(&linux_6_18, true);
}

static void
test_hides_6_1(void)
{

	hides(&linux_6_1, false);
}

/* ip_local_port_step_width: every port once, the first parity first. */
static void
test_step_width(void)
{
	bool seen[101] = { false };
	unsigned i, near, port, before, w;
	struct rig r;

	for (near = 0, w = 1; w <= 40; w++) {
		rig_init(&r, &linux_7_1, 40000, 40099, w);
		net_set(r.net, "ip_local_port_step_width", w);
		memset(seen, 0, sizeof(seen));
		before = 0;
		for (i = 0; i < 100; i++) {
			port = plain(&r, 80, NULL) - 40000u;
			g_assert_cmpuint(port, <, 100);
			g_assert_cmpint(port % 2 != 0, ==, i >= 50);
			g_assert_false(seen[port]);
			seen[port] = true;
			near += i > 0 && port == before + 2;
			before = port;
		}
		g_assert_cmpuint(plain(&r, 80, NULL), ==, 0);
		rig_fini(&r);
	}
	/* Without it the neighbour comes next in most of the second half. */
	g_assert_cmpuint(near, <, 1000);
}

/* A TIME_WAIT gives way when its time has come, in whole seconds in 6.1. */
static void
test_timewait(void)
{
	static const struct linux_variant *const v[] = { &linux_6_1,
	    &linux_6_18 };
	struct net_op op;
	uint32_t p, pcb;
	struct rig r;
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(v); i++) {
		rig_init(&r, v[i], 40000, 40000, i);
		net_set(r.net, "tcp_tw_reuse", 1);
		net_wait(r.net, 600);
		g_assert_cmpuint(plain(&r, 80, &pcb), ==, 40000);
		net_timewait(r.net, pcb, &op);
		g_assert_cmpint(op.error, ==, 0);
		g_assert_cmpuint(plain(&r, 80, NULL), ==, 0);
		net_wait(r.net, 500);
		/* 1.1 s after the start, 0.5 s after its end. */
		p = net_socket(r.net, 0, 0);
		net_connect(r.net, p, DEST, 80, &op);
		g_assert_cmpint(op.error, ==, i == 0 ? 0 : EADDRNOTAVAIL);
		if (i == 1) {
			g_assert_cmpuint(op.recycled, ==, 0);
			net_wait(r.net, 501);
			net_connect(r.net, p, DEST, 80, &op);
			g_assert_cmpint(op.error, ==, 0);
		}
		g_assert_cmpuint(op.recycled, ==, pcb + 1);
		g_assert_cmpuint(net_npcbs(r.net), ==, 1);
		rig_fini(&r);
	}
}

/* In pieces as at once: the same ports, counts and state of the secret. */
static void
pieces(const struct linux_variant *v, bool binds, unsigned stretch)
{
	struct net_op a, b;
	struct net_seek seek;
	enum net_seek_state next;
	struct rig r[2];
	uint32_t p, q;
	unsigned i, n;

	for (i = 0; i < 2; i++)
		rig_init(&r[i], v, 40000, 40060, 3);
	for (n = 0; n < 70; n++) {
		p = net_socket(r[0].net, 0, 0);
		q = net_socket(r[1].net, 0, 0);
		if (binds) {
			net_bind(r[0].net, p, laddr(2), 0, &a);
			next = net_seek_bind(r[1].net, &seek, q, laddr(2), 0,
			    &b);
		} else {
			net_connect(r[0].net, p, DEST, 80, &a);
			next = net_seek_connect(r[1].net, &seek, q, DEST, 80,
			    &b);
		}
		while (next != NET_SEEK_OVER)
			next = next == NET_SEEK_MORE ? net_seek_stretch(
			    r[1].net, &seek, stretch, &b) :
			    net_seek_take(r[1].net, &seek, &b);
		g_assert_cmpint(a.error, ==, b.error);
		g_assert_cmpuint(a.iters, ==, b.iters);
		g_assert_cmpuint(a.unlocked, ==, b.unlocked);
		g_assert_cmpint(memcmp(&a.total, &b.total, sizeof(a.total)),
		    ==, 0);
		g_assert_cmpuint(net_pcb_lport(r[0].net, p), ==,
		    net_pcb_lport(r[1].net, q));
		if (n % 7 == 0) {
			net_close(r[0].net, p, NULL);
			net_close(r[1].net, q, NULL);
		}
	}
	for (i = 0; i < 2; i++)
		rig_fini(&r[i]);
}

static void
test_pieces(void)
{
	static const unsigned stretches[] = { 0, 1, 7, 1000 };
	unsigned i;

	for (i = 0; i < G_N_ELEMENTS(stretches); i++) {
		pieces(&linux_6_1, false, stretches[i]);
		pieces(&linux_6_1, true, stretches[i]);
		pieces(&linux_6_18, false, stretches[i]);
		pieces(&linux_6_18, true, stretches[i]);
	}
}

/* 6.18 locks only what it takes; 6.1 all. */
static void
test_unlocked(void)
{
	struct net_op op;
	struct rig r;
	uint32_t p;
	unsigned i;

	for (i = 0; i < 2; i++) {
		rig_init(&r, i == 0 ? &linux_6_1 : &linux_6_18, 40000, 40099,
		    5);
		while (plain(&r, 80, NULL) != 0)
			continue;
		p = net_socket(r.net, 0, 0);
		net_connect(r.net, p, DEST, 80, &op);
		g_assert_cmpint(op.error, ==, EADDRNOTAVAIL);
		g_assert_cmpuint(op.iters, ==, 100);
		g_assert_cmpuint(op.unlocked, ==, i == 0 ? 0 : 100);
		g_assert_cmpuint(op.total.porthash, ==, 100);
		g_assert_cmpuint(op.total.connhash, >=, 100);
		rig_fini(&r);
	}
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/linux/increments", test_increments);
	g_test_add_func("/linux/ten_seconds", test_ten_seconds);
	g_test_add_func("/linux/hides/6.18", test_hides_6_18);
	g_test_add_func("/linux/hides/6.1", test_hides_6_1);
	g_test_add_func("/linux/step_width", test_step_width);
	g_test_add_func("/linux/timewait", test_timewait);
	g_test_add_func("/linux/pieces", test_pieces);
	g_test_add_func("/linux/unlocked", test_unlocked);
	return (g_test_run());
}
