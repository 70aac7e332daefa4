/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SipHash-2-4; see siphash.h.
 */

#include "models/net/siphash.h"

struct state {
	uint64_t	a, b, c, d;
};

static uint64_t
rotl(uint64_t x, unsigned n)
{

	return (x << n | x >> (64 - n));
}

static void
rounds(struct state *s, unsigned n)
{

	while (n-- > 0) {
		s->a += s->b;
		s->b = rotl(s->b, 13) ^ s->a;
		s->a = rotl(s->a, 32);
		s->c += s->d;
		s->d = rotl(s->d, 16) ^ s->c;
		s->a += s->d;
		s->d = rotl(s->d, 21) ^ s->a;
		s->c += s->b;
		s->b = rotl(s->b, 17) ^ s->c;
		s->c = rotl(s->c, 32);
	}
}

static void
absorb(struct state *s, uint64_t m)
{

	s->d ^= m;
	rounds(s, 2);
	s->a ^= m;
}

/* Eight bytes, the first the lowest: one load where the CPU has them so. */
static uint64_t
eight(const uint8_t *p)
{

	return ((uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	    (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	    (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
	    (uint64_t)p[7] << 56);
}

static struct state
begun(const struct siphash_key *key)
{

	return ((struct state){
		.a = key->k0 ^ UINT64_C(0x736f6d6570736575),
		.b = key->k1 ^ UINT64_C(0x646f72616e646f6d),
		.c = key->k0 ^ UINT64_C(0x6c7967656e657261),
		.d = key->k1 ^ UINT64_C(0x7465646279746573)
	});
}

/* last: what is left of n bytes, less than eight. */
static uint64_t
ended(struct state *s, uint64_t last, size_t n)
{

	absorb(s, last | (uint64_t)n << 56);
	s->c ^= 0xff;
	rounds(s, 4);
	return (s->a ^ s->b ^ s->c ^ s->d);
}

uint64_t
siphash24(const struct siphash_key *key, const uint8_t *bytes, size_t n)
{
	struct state s;
	uint64_t last;
	size_t i;

	s = begun(key);
	for (i = 0; i + 8 <= n; i += 8)
		absorb(&s, eight(bytes + i));
	for (last = 0; i < n; i++)
		last |= (uint64_t)bytes[i] << 8 * (i % 8);
	return (ended(&s, last, n));
}

uint64_t
siphash24_words(const struct siphash_key *key, const uint32_t *word,
    unsigned n)
{
	struct state s;
	unsigned i;

	s = begun(key);
	for (i = 0; i + 2 <= n; i += 2)
		absorb(&s, word[i] | (uint64_t)word[i + 1] << 32);
	return (ended(&s, i < n ? word[i] : 0, (size_t)n * 4));
}
