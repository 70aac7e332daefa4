/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The hash of 4-tuples keeps what is put, gives it once, and forgets nothing
 * else, whatever is taken out meanwhile.
 */

#include <glib.h>

#include "models/machine/conn.h"
#include "models/machine/tuples.h"

#define	KEYS	3000

static struct tuple
key_of(unsigned i)
{

	/* Many of one peer, so that they stand close together. */
	return ((struct tuple){ .laddr = 1, .faddr = i % 3, .lport = 443,
	    .fport = (uint16_t)(i / 3) });
}

static void
test_against_an_array(void)
{
	uint32_t *there;
	struct tuples ts = { .slot = NULL };
	struct tuple key;
	unsigned i, k, n;

	there = g_new(uint32_t, KEYS);
	for (i = 0; i < KEYS; i++)
		there[i] = CONN_NONE;
	key = key_of(1);
	g_assert_cmpuint(tuples_take(&ts, &key), ==, CONN_NONE);
	for (i = n = 0; i < 200000; i++) {
		k = (unsigned)g_test_rand_int_range(0, KEYS);
		key = key_of(k);
		if (g_test_rand_bit()) {
			n += there[k] == CONN_NONE;
			there[k] = i;
			tuples_put(&ts, &key, i);
		} else {
			n -= there[k] != CONN_NONE;
			g_assert_cmpuint(tuples_take(&ts, &key), ==,
			    there[k]);
			there[k] = CONN_NONE;
		}
		g_assert_cmpuint(ts.n, ==, n);
	}
	for (k = 0; k < KEYS; k++) {
		key = key_of(k);
		g_assert_cmpuint(tuples_take(&ts, &key), ==, there[k]);
	}
	g_assert_cmpuint(ts.n, ==, 0);
	tuples_fini(&ts);
	g_free(there);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tuples/against_an_array", test_against_an_array);
	return (g_test_run());
}
