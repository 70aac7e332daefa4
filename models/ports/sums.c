/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sums over ranges by blocks of 64 and of 4096.
 *
 * Theory:	a tree of partial sums would need some 16 additions to read
 *		and as many to change; two levels of blocks need at most 270
 *		to read, which are sequential and cheap, and two to change,
 *		which happens far more often than a long search.
 */

#include "models/ports/sums.h"

uint64_t
port_sums_range(const struct port_sums *s, unsigned lo, unsigned hi)
{
	uint64_t sum;
	unsigned end;

	sum = 0;
	end = hi + 1;
	for (; lo < end && lo % 64 != 0; lo++)
		sum += port_sums_get(s, lo);
	for (; lo + 64 <= end && lo % 4096 != 0; lo += 64)
		sum += s->s64[lo / 64];
	for (; lo + 4096 <= end; lo += 4096)
		sum += s->s4096[lo / 4096];
	for (; lo + 64 <= end; lo += 64)
		sum += s->s64[lo / 64];
	for (; lo < end; lo++)
		sum += port_sums_get(s, lo);
	return (sum);
}
