/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SipHash-2-4; see siphash.h.
 */

#include "models/openbsd/siphash.h"

struct state {
	uint64_t	a, b, c, d;
};

static uint64_t
rotate(uint64_t x, unsigned n)
{

	return (x << n | x >> (64 - n));
}

static void
rounds(struct state *s, unsigned n)
{

	for (; n > 0; n--) {
		s->a += s->b;
		s->c += s->d;
		s->b = rotate(s->b, 13) ^ s->a;
		s->d = rotate(s->d, 16) ^ s->c;
		s->a = rotate(s->a, 32) + s->d;
		s->c += s->b;
		s->d = rotate(s->d, 21) ^ s->a;
		s->b = rotate(s->b, 17) ^ s->c;
		s->c = rotate(s->c, 32);
	}
}

static void
word(struct state *s, uint64_t m)
{

	s->d ^= m;
	rounds(s, 2);
	s->a ^= m;
}

uint64_t
siphash24(const uint64_t key[2], const uint8_t *bytes, size_t len)
{
	struct state s = {
		.a = key[0] ^ UINT64_C(0x736f6d6570736575),
		.b = key[1] ^ UINT64_C(0x646f72616e646f6d),
		.c = key[0] ^ UINT64_C(0x6c7967656e657261),
		.d = key[1] ^ UINT64_C(0x7465646279746573)
	};
	uint64_t m;
	size_t i;

	m = 0;
	for (i = 0; i < len; i++) {
		m |= (uint64_t)bytes[i] << 8 * (i % 8);
		if (i % 8 == 7) {
			word(&s, m);
			m = 0;
		}
	}
	word(&s, m | (uint64_t)len << 56);
	s.c ^= 0xff;
	rounds(&s, 4);
	return (s.a ^ s.b ^ s.c ^ s.d);
}
