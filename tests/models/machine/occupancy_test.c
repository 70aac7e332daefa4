/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Ports in use by local address: what is counted, when, and in which rows.
 */

#include "models/machine/assembly.h"
#include "models/machine/occupancy.h"
#include "tests/models/machine/run_rig.h"

/* 1,000 unbound connects: all on the primary address, none on the other. */
static void
test_unbound_ports_are_the_primarys(void)
{
	struct run_result *res;
	struct run_rig r;
	size_t i;

	run_rig_init(&r, "freebsd-12.2");
	res = run_simulate(&r.conf);
	/* 60 intervals are no more than the looks that are to be had. */
	g_assert_cmpuint(res->noccupancies, ==, 2 * 60);
	for (i = 0; i < res->noccupancies; i++) {
		g_assert_cmpint(res->occupancies[i].time, ==,
		    (simtime)(i / 2 + 1) * 50 * SIM_MS);
		g_assert_cmpuint(res->occupancies[i].laddr, ==,
		    r.laddrs[i % 2]);
		g_assert_cmpuint(res->occupancies[i].laddrs, ==, 1);
		g_assert_cmpuint(res->occupancies[i].ports_busy, ==,
		    i % 2 == 0 ? RIG_NPORTS : 0);
	}
	run_result_free(res);
}

/* Bound ones go round: the same ports serve both addresses. */
static void
test_bound_ports_are_their_own(void)
{
	struct run_result *res;
	struct run_rig r;

	run_rig_init(&r, "freebsd-12.0");
	r.wl[FILL].bind = BIND_LADDR;
	r.wl[FILL].size = 600;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->occupancies[0].ports_busy, ==, 300);
	g_assert_cmpuint(res->occupancies[1].ports_busy, ==, 300);
	g_assert_cmpuint(res->rows[0].ports_busy, <=, 600);
	g_assert_cmpuint(res->rows[0].ports_busy, >=, 300);
	run_result_free(res);
}

/* Looks are spread over long timelines; the last one is at the end. */
static void
test_looks_are_bounded(void)
{
	struct run_result *res;
	struct run_rig r;
	size_t n;

	run_rig_init(&r, "freebsd-12.0");
	r.wl[FILL].size = 10;
	r.conf.interval = SIM_MS;
	r.conf.duration = 999 * SIM_MS;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->nrows, ==, 999);
	n = res->noccupancies / 2;
	g_assert_cmpuint(n, ==, 111);
	g_assert_cmpint(res->occupancies[0].time, ==, 9 * SIM_MS);
	g_assert_cmpint(res->occupancies[2 * n - 1].time, ==,
	    r.conf.duration);
	run_result_free(res);
}

/* 1,000 addresses: 250 rows of four, which hold every port between them. */
static void
test_many_addresses_share_rows(void)
{
	uint32_t laddrs[1000];
	struct run_result *res;
	struct run_rig r;
	uint64_t busy;
	size_t i;

	run_rig_init(&r, "freebsd-12.0");
	for (i = 0; i < G_N_ELEMENTS(laddrs); i++)
		laddrs[i] = net_addr_add(r.laddrs[0], (uint32_t)i);
	r.conf.host.nladdrs = r.wl[FILL].nladdrs = G_N_ELEMENTS(laddrs);
	r.conf.host.laddrs = r.wl[FILL].laddrs = laddrs;
	r.wl[FILL].bind = BIND_LADDR;
	r.conf.duration = r.conf.interval;
	res = run_simulate(&r.conf);
	g_assert_cmpuint(res->noccupancies, ==, 250);
	for (i = 0, busy = 0; i < res->noccupancies; i++) {
		g_assert_cmpuint(res->occupancies[i].laddr, ==,
		    laddrs[4 * i]);
		g_assert_cmpuint(res->occupancies[i].laddrs, ==, 4);
		busy += res->occupancies[i].ports_busy;
	}
	g_assert_cmpuint(busy, ==, RIG_NPORTS);
	run_result_free(res);
}

/* Index and walk count the same. */
static void
test_walk_is_index(void)
{
	struct run_result *a, *b;
	struct run_rig r;
	size_t i;

	run_rig_init(&r, "freebsd-14");
	r.wl[FILL].bind = BIND_LADDR;
	a = run_simulate(&r.conf);
	r.conf.search = NET_SEARCH_WALK;
	b = run_simulate(&r.conf);
	g_assert_cmpuint(a->noccupancies, ==, b->noccupancies);
	for (i = 0; i < a->noccupancies; i++)
		g_assert_cmpuint(a->occupancies[i].ports_busy, ==,
		    b->occupancies[i].ports_busy);
	run_result_free(a);
	run_result_free(b);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/occupancy/unbound_ports_are_the_primarys",
	    test_unbound_ports_are_the_primarys);
	g_test_add_func("/occupancy/bound_ports_are_their_own",
	    test_bound_ports_are_their_own);
	g_test_add_func("/occupancy/looks_are_bounded",
	    test_looks_are_bounded);
	g_test_add_func("/occupancy/many_addresses_share_rows",
	    test_many_addresses_share_rows);
	g_test_add_func("/occupancy/walk_is_index", test_walk_is_index);
	return (g_test_run());
}
