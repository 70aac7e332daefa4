/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The cache of taken ports is a set of (destination, port): random additions
 * and removals against a plain table of bits, with many destinations, so that
 * they collide, come and go.
 */

#include <string.h>

#include <glib.h>

#include "models/ports/cache.h"

#define	NDESTS	40
#define	NPORTS	6

static struct port_cache_dest
dest(unsigned i)
{

	return ((struct port_cache_dest){ .laddr = 0x0a + (i % 3 << 24),
	    .faddr = 0xcb + (i << 24), .fport = (uint16_t)(80 + i % 2) });
}

static void
check_all(const struct port_cache *pc, bool has[NDESTS][NPORTS])
{
	const struct port_set *set;
	struct port_cache_dest d;
	unsigned count, i, p;

	for (i = 0; i < NDESTS; i++) {
		d = dest(i);
		set = port_cache_find(pc, &d);
		for (p = 0, count = 0; p < NPORTS; p++) {
			count += has[i][p];
			g_assert_cmpint(set != NULL && port_set_has(set,
			    1000 + p), ==, has[i][p]);
		}
		/* A set with nothing in it is not kept. */
		g_assert_cmpint(set != NULL, ==, count > 0);
	}
}

static void
test_is_a_set(void)
{
	bool has[NDESTS][NPORTS];
	struct port_cache_dest d;
	struct port_cache *pc;
	unsigned i, n, p;

	memset(has, 0, sizeof(has));
	pc = port_cache_new();
	for (n = 0; n < 60000; n++) {
		i = (unsigned)g_test_rand_int_range(0, NDESTS);
		p = (unsigned)g_test_rand_int_range(0, NPORTS);
		d = dest(i);
		has[i][p] = g_test_rand_int_range(0, 3) == 0;
		if (has[i][p])
			port_cache_add(pc, &d, (uint16_t)(1000 + p));
		else
			port_cache_forget(pc, &d, (uint16_t)(1000 + p));
		if (n % 50 == 0)
			check_all(pc, has);
	}
	check_all(pc, has);
	port_cache_free(pc);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/port_cache/is_a_set", test_is_a_set);
	return (g_test_run());
}
