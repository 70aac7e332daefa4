/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sums over ranges; see blocks.h.
 */

#include "models/ports/sums.h"

static uint64_t
some(const void *numbers, unsigned lo, unsigned end)
{
	const struct port_sums *s = numbers;
	uint64_t sum;

	sum = 0;
	for (; lo < end; lo++)
		sum += s->v[lo];
	return (sum);
}

uint64_t
port_sums_range(const struct port_sums *s, unsigned lo, unsigned hi)
{
	uint64_t sum;

	if (lo == s->lo && hi + 1 - lo == s->n)
		return (s->kept);
	if (hi + 1 - lo >= 32)
		return (port_blocks_range(&s->blocks, lo, hi, some, s));
	sum = 0;
	for (; lo <= hi; lo++)
		sum += port_sums_get(s, lo);
	return (sum);
}

uint64_t
port_sums_keep(struct port_sums *s, unsigned lo, unsigned hi)
{

	if (lo != s->lo || hi - lo + 1 != s->n) {
		s->kept = port_sums_range(s, lo, hi);
		s->lo = lo;
		s->n = hi - lo + 1;
	}
	return (s->kept);
}
