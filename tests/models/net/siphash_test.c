/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SipHash-2-4 against its authors' vectors (key 00 01 .. 0f, input 00 01 ..).
 */

#include <glib.h>

#include "models/net/siphash.h"

static const struct siphash_key key = {
	.k0 = UINT64_C(0x0706050403020100),
	.k1 = UINT64_C(0x0f0e0d0c0b0a0908)
};

static void
test_vectors(void)
{
	static const struct {
		size_t		n;
		uint64_t	hash;
	} vectors[] = {
		{ 0, UINT64_C(0x726fdb47dd0e0e31) },
		{ 1, UINT64_C(0x74f839c593dc67fd) },
		{ 8, UINT64_C(0x93f5f5799a932462) },
		{ 15, UINT64_C(0xa129ca6149be45e5) }
	};
	uint8_t bytes[16];
	unsigned i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	for (i = 0; i < G_N_ELEMENTS(vectors); i++)
		g_assert_cmphex(siphash24(&key, bytes, vectors[i].n), ==,
		    vectors[i].hash);
}

/* Words are bytes, the lowest first. */
static void
test_words(void)
{
	static const uint32_t word[] = { 0x03020100, 0x07060504, 0x0b0a0908,
	    0x0f0e0d0c, 0x13121110 };
	uint8_t bytes[sizeof(word)];
	unsigned i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	for (i = 0; i <= G_N_ELEMENTS(word); i++)
		g_assert_cmphex(siphash24_words(&key, word, i), ==,
		    siphash24(&key, bytes, (size_t)i * 4));
	g_assert_cmphex(siphash24_words(&key, word, 2), ==,
	    UINT64_C(0x93f5f5799a932462));
}

int
main(int argc, char **argv)
{

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/siphash/vectors", test_vectors);
	g_test_add_func("/siphash/words", test_words);
	return (g_test_run());
}
