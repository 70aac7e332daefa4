/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The order of a lap: each port once; another for each destination and lap.
 */

#include <glib.h>

#include "models/ports/shuffle.h"

static const struct siphash_key key = { 0x0123456789abcdef,
    0xfedcba9876543210 };

static void
test_each_once(void)
{
	static const unsigned ranges[] = { 1, 2, 3, 5, 1000, 4096, 28232,
	    55536, 65536 };
	const struct port_query q = { .laddr = 1, .faddr = 2, .fport = 80 };
	unsigned i, n, p;

	for (i = 0; i < G_N_ELEMENTS(ranges); i++) {
		g_autofree bool *had = g_new0(bool, ranges[i]);

		for (n = 0; n < ranges[i]; n++) {
			p = port_shuffle_place(&key, &q, 7, n, ranges[i]);
			g_assert_cmpuint(p, <, ranges[i]);
			g_assert_false(had[p]);
			had[p] = true;
		}
	}
}

/* How many of 4,096 places two orders share, and steps that repeat. */
static void
test_orders_are_unlike(void)
{
	const struct port_query a = { .laddr = 1, .faddr = 2, .fport = 80 };
	const struct port_query b = { .laddr = 1, .faddr = 3, .fport = 80 };
	unsigned lap, n, p, same, shared, step[4096] = { 0 };

	for (n = 0, same = shared = 0; n < 4096; n++) {
		p = port_shuffle_place(&key, &a, 0, n, 4096);
		same += p == port_shuffle_place(&key, &b, 0, n, 4096);
		shared += p == port_shuffle_place(&key, &a, 1, n, 4096);
		step[(port_shuffle_place(&key, &a, 0, (n + 1) % 4096, 4096) +
		    4096 - p) % 4096]++;
	}
	/* One by chance, Poisson. */
	g_assert_cmpuint(same, <, 9);
	g_assert_cmpuint(shared, <, 9);
	for (n = 0, lap = 0; n < 4096; n++)
		lap = MAX(lap, step[n]);
	g_assert_cmpuint(lap, <, 12);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shuffle/each_once", test_each_once);
	g_test_add_func("/shuffle/orders_are_unlike", test_orders_are_unlike);
	return (g_test_run());
}
