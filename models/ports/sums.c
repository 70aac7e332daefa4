/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sums over ranges by blocks of 64 and of 4096.
 *
 * Theory:	a tree of partial sums would need some 16 additions to read
 *		and as many to change; two levels of blocks need at most 140
 *		to read, which are sequential and cheap, and two to change,
 *		and changes are far more frequent than long searches.  What a
 *		range has of a block is added up from the nearer end of that:
 *		the ports before it, or the block less those behind.
 */

#include "models/ports/sums.h"

/* Up to `end' from where its 4096 begin. */
static uint64_t
within(const struct port_sums *s, unsigned end)
{
	unsigned block, first, p;
	uint64_t sum;

	sum = 0;
	block = end / 64;
	first = end / 4096 * 64;
	if (block - first <= 32) {
		for (p = first; p < block; p++)
			sum += s->s64[p];
	} else {
		sum = s->s4096[end / 4096];
		for (p = block; p < first + 64; p++)
			sum -= s->s64[p];
	}
	if (end % 64 == 0 || s->s64[block] == 0)
		return (sum);
	if (end % 64 <= 32) {
		for (p = block * 64; p < end; p++)
			sum += s->v[p];
		return (sum);
	}
	sum += s->s64[block];
	for (p = end; p < block * 64 + 64; p++)
		sum -= s->v[p];
	return (sum);
}

uint64_t
port_sums_range(const struct port_sums *s, unsigned lo, unsigned hi)
{
	uint64_t sum;
	unsigned area, end;

	sum = 0;
	end = hi + 1;
	if (lo == s->lo && end - lo == s->n)
		return (s->kept);
	if (end - lo < 32) {
		for (; lo < end; lo++)
			sum += port_sums_get(s, lo);
		return (sum);
	}
	for (area = lo / 4096; area < end / 4096; area++)
		sum += s->s4096[area];
	if (end % 4096 != 0)
		sum += within(s, end);
	if (lo % 4096 != 0)
		sum -= within(s, lo);
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
