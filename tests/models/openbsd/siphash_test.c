/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SipHash-2-4 against the vectors of its authors: key 00 01 ... 0f, messages of
 * 0 to n - 1 bytes 00 01 02 ...
 */

#include <glib.h>

#include "models/openbsd/siphash.h"

static const uint64_t key[2] = { UINT64_C(0x0706050403020100),
    UINT64_C(0x0f0e0d0c0b0a0908) };

static void
test_vectors(void)
{
	static const struct {
		size_t		len;
		uint64_t	hash;
	} vectors[] = {
		{ 0, UINT64_C(0x726fdb47dd0e0e31) },
		{ 1, UINT64_C(0x74f839c593dc67fd) },
		{ 2, UINT64_C(0x0d6c8009d9a94f5a) },
		{ 7, UINT64_C(0xab0200f58b01d137) },
		{ 8, UINT64_C(0x93f5f5799a932462) },
		{ 15, UINT64_C(0xa129ca6149be45e5) },
		{ 16, UINT64_C(0x3f2acc7f57c29bdb) },
		{ 63, UINT64_C(0x958a324ceb064572) }
	};
	uint8_t bytes[64];
	unsigned i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	for (i = 0; i < G_N_ELEMENTS(vectors); i++)
		g_assert_cmphex(siphash24(key, bytes, vectors[i].len), ==,
		    vectors[i].hash);
}

static void
test_key_matters(void)
{
	const uint64_t other[2] = { key[0], key[1] ^ 1 };
	const uint8_t bytes[6] = { 0 };

	g_assert_cmphex(siphash24(key, bytes, 6), !=,
	    siphash24(other, bytes, 6));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/siphash/vectors", test_vectors);
	g_test_add_func("/siphash/key_matters", test_key_matters);
	return (g_test_run());
}
