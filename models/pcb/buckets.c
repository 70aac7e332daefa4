/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Bucket lengths with block sums.
 *
 * Theory:	the bucket of a port is its number XOR a constant.  XOR moves
 *		an aligned block of 2^n ports onto an aligned block of 2^n
 *		buckets, only in another order; and a sum does not care for
 *		the order.  Of a block that the range ends in, the ports before
 *		that end are added up, or the block less those behind it,
 *		whichever is less.  Where the table is smaller than the
 *		block, the block covers the whole table, each bucket equally
 *		often.
 */

#include <glib.h>

#include "models/pcb/buckets.h"
#include "sim/kassert.h"

void
pcb_buckets_init(struct pcb_buckets *b, uint32_t size)
{

	KASSERT(size > 0 && (size & (size - 1)) == 0,
	    ("%u buckets are no power of two", size));
	b->mask = size - 1;
	b->len = g_new(uint32_t, MAX(size, 64));
	b->s64 = g_new0(uint64_t, size / 64 + 1);
	b->s4096 = g_new0(uint64_t, size / 4096 + 1);
	b->total = 0;
}

void
pcb_buckets_fini(struct pcb_buckets *b)
{

	g_free(b->len);
	g_free(b->s64);
	g_free(b->s4096);
}

size_t
pcb_buckets_memory(const struct pcb_buckets *b)
{

	return (((size_t)b->mask + 1) * sizeof(*b->len) +
	    (b->mask / 64 + 1 + b->mask / 4096 + 1) * sizeof(*b->s64));
}

/* The sum over the block of 64 ports that begins at `port'. */
static uint64_t
block64(const struct pcb_buckets *b, uint32_t key, unsigned port)
{

	if (b->mask < 63)
		return (b->total * (64 / (b->mask + 1)));
	return (b->s64[((key ^ port) & b->mask) / 64]);
}

static uint64_t
block4096(const struct pcb_buckets *b, uint32_t key, unsigned port)
{

	if (b->mask < 4095)
		return (b->total * (4096 / (b->mask + 1)));
	return (b->s4096[((key ^ port) & b->mask) / 4096]);
}

/* Of the ports up to `end' from where their 4096 begin. */
static uint64_t
within(const struct pcb_buckets *b, uint32_t key, unsigned end)
{
	unsigned block, p;
	uint64_t sum;

	sum = 0;
	block = end & ~63u;
	if (end % 4096 < 2048) {
		for (p = end & ~4095u; p < block; p += 64)
			sum += block64(b, key, p);
	} else {
		sum = block4096(b, key, end & ~4095u);
		for (p = block; p % 4096 != 0; p += 64)
			sum -= block64(b, key, p);
	}
	if (end % 64 <= 32) {
		for (p = block; p < end; p++)
			sum += pcb_buckets_len(b, (key ^ p) & b->mask);
		return (sum);
	}
	sum += block64(b, key, block);
	for (p = end; p % 64 != 0; p++)
		sum -= pcb_buckets_len(b, (key ^ p) & b->mask);
	return (sum);
}

uint64_t
pcb_buckets_range(const struct pcb_buckets *b, uint32_t key, unsigned lo,
    unsigned hi)
{
	uint64_t sum;
	unsigned area, end;

	sum = 0;
	end = hi + 1;
	if (end - lo < 32) {
		for (; lo < end; lo++)
			sum += pcb_buckets_len(b, (key ^ lo) & b->mask);
		return (sum);
	}
	for (area = lo / 4096; area < end / 4096; area++)
		sum += block4096(b, key, area * 4096);
	if (end % 4096 != 0)
		sum += within(b, key, end);
	if (lo % 4096 != 0)
		sum -= within(b, key, lo);
	return (sum);
}
