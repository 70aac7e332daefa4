/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Mapped addresses: as many leading bits in common as before, from 8 on; no two
 * the same; a host's address always; the same with the same key.
 */

#include <glib.h>

#include "study/capture/anonymise.h"
#include "study/scenario/addrs.h"

static uint32_t
random_host(void)
{
	uint32_t addr;

	do {
		addr = (uint32_t)g_test_rand_int();
	} while (!addrs_is_host(addr));
	return (addr);
}

/* Leading bits in common; the first octet is the low byte. */
static unsigned
common(uint32_t a, uint32_t b)
{
	uint32_t diff;
	unsigned n;

	diff = GUINT32_SWAP_LE_BE(a ^ b);
	for (n = 0; n < 32 && (diff >> (31 - n) & 1) == 0; n++)
		continue;
	return (n);
}

static void
test_prefixes_are_kept(void)
{
	struct anonymise *an;
	uint32_t a, b, x, y;
	unsigned i, n;

	an = anonymise_new("key", 3);
	for (i = 0; i < 20000; i++) {
		a = random_host();
		/* A second one that shares n bits with it. */
		n = (unsigned)g_test_rand_int_range(8, 32);
		b = a ^ GUINT32_SWAP_LE_BE(1u << (31 - n) |
		    ((uint32_t)g_test_rand_int() & ((1u << (31 - n)) - 1)));
		g_assert_cmpuint(common(a, b), ==, n);
		x = anonymise_addr(an, a);
		y = anonymise_addr(an, b);
		g_assert_cmpuint(common(x, y), ==, n);
		g_assert_true(addrs_is_host(x) && addrs_is_host(y));
	}
	anonymise_free(an);
}

/* The first octets are permuted: none is lost, 127 stays. */
static void
test_first_octets(void)
{
	struct anonymise *an;
	gboolean seen[256] = { FALSE };
	unsigned i, octet, moved;

	an = anonymise_new("key", 3);
	for (i = 1, moved = 0; i <= 223; i++) {
		octet = anonymise_addr(an, i | 1u << 24) & 0xff;
		g_assert_cmpuint(octet, >=, 1);
		g_assert_cmpuint(octet, <=, 223);
		g_assert_false(seen[octet]);
		seen[octet] = TRUE;
		moved += octet != i;
	}
	g_assert_cmpuint(moved, >, 200);
	g_assert_cmpuint(anonymise_addr(an, 127 | 1u << 24) & 0xff, ==, 127);
	anonymise_free(an);
}

static void
test_keys(void)
{
	struct anonymise *a, *b, *c;
	uint32_t addr;
	unsigned i, same;

	a = anonymise_new("key", 3);
	b = anonymise_new("key", 3);
	c = anonymise_new("kez", 3);
	for (i = 0, same = 0; i < 1000; i++) {
		addr = random_host();
		g_assert_cmpuint(anonymise_addr(a, addr), ==,
		    anonymise_addr(b, addr));
		same += anonymise_addr(a, addr) == anonymise_addr(c, addr);
	}
	g_assert_cmpuint(same, <, 5);
	anonymise_free(a);
	anonymise_free(b);
	anonymise_free(c);
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/anonymise/prefixes_are_kept",
	    test_prefixes_are_kept);
	g_test_add_func("/anonymise/first_octets", test_first_octets);
	g_test_add_func("/anonymise/keys", test_keys);
	return (g_test_run());
}
