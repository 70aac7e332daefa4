/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Sums of a number a port over aligned blocks of 64 and of 4,096 ports, and
 * with them over any range; whoever has the numbers keeps them.
 *
 * Theory:	a tree of partial sums would need some 16 additions to read
 *		and as many to change; two levels of blocks need at most 140
 *		to read, which are sequential and cheap, and two to change,
 *		and changes are far more frequent than long searches.  What a
 *		range has of a block is added up from the nearer end of that:
 *		the ports before it, or the block less those behind.
 */

#ifndef MODELS_PORTS_BLOCKS_H
#define	MODELS_PORTS_BLOCKS_H

#include <stdint.h>

struct port_blocks {
	uint64_t	s64[1024];
	uint64_t	s4096[16];
};

/* The sum of the numbers of [lo, end), all of one block of 64. */
typedef uint64_t port_blocks_some(const void *numbers, unsigned lo,
	    unsigned end);

static inline void
port_blocks_add(struct port_blocks *b, unsigned port, int64_t d)
{

	b->s64[port / 64] += (uint64_t)d;
	b->s4096[port / 4096] += (uint64_t)d;
}

/* Up to `end' from where its 4096 begin. */
static inline uint64_t
port_blocks_within(const struct port_blocks *b, unsigned end,
    port_blocks_some *some, const void *numbers)
{
	unsigned block, first, p;
	uint64_t sum;

	sum = 0;
	block = end / 64;
	first = end / 4096 * 64;
	if (block - first <= 32) {
		for (p = first; p < block; p++)
			sum += b->s64[p];
	} else {
		sum = b->s4096[end / 4096];
		for (p = block; p < first + 64; p++)
			sum -= b->s64[p];
	}
	if (end % 64 == 0 || b->s64[block] == 0)
		return (sum);
	if (end % 64 <= 32)
		return (sum + some(numbers, block * 64, end));
	return (sum + b->s64[block] - some(numbers, end, block * 64 + 64));
}

/* Sum over [lo, hi]. */
static inline uint64_t
port_blocks_range(const struct port_blocks *b, unsigned lo, unsigned hi,
    port_blocks_some *some, const void *numbers)
{
	const unsigned end = hi + 1;
	unsigned area;
	uint64_t sum;

	sum = 0;
	for (area = lo / 4096; area < end / 4096; area++)
		sum += b->s4096[area];
	if (end % 4096 != 0)
		sum += port_blocks_within(b, end, some, numbers);
	if (lo % 4096 != 0)
		sum -= port_blocks_within(b, lo, some, numbers);
	return (sum);
}

#endif /* !MODELS_PORTS_BLOCKS_H */
