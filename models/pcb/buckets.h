/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * The lengths of a connection hash's buckets, with sums of them over the
 * buckets that a range of local ports falls into.
 */

#ifndef MODELS_PCB_BUCKETS_H
#define	MODELS_PCB_BUCKETS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct pcb_buckets {
	uint32_t	mask;
	/*
	 * len[mask + 1], read by pcb_buckets_len(): those of a block whose sum
	 * is 0 may never have been written.
	 */
	uint32_t	*len;
	uint64_t	*s64;		/* of aligned blocks of 64 buckets */
	uint64_t	*s4096;
	uint64_t	total;
};

/* size: a power of two. */
void	pcb_buckets_init(struct pcb_buckets *, uint32_t size);
void	pcb_buckets_fini(struct pcb_buckets *);
size_t	pcb_buckets_memory(const struct pcb_buckets *);

static inline uint32_t
pcb_buckets_len(const struct pcb_buckets *b, uint32_t bucket)
{

	return (b->s64[bucket / 64] == 0 ? 0 : b->len[bucket]);
}

static inline void
pcb_buckets_add(struct pcb_buckets *b, uint32_t bucket, int d)
{

	if (b->s64[bucket / 64] == 0)
		memset(&b->len[bucket / 64 * 64], 0, 64 *
		    sizeof(b->len[0]));
	b->len[bucket] += (uint32_t)d;
	b->s64[bucket / 64] += (uint64_t)(int64_t)d;
	b->s4096[bucket / 4096] += (uint64_t)(int64_t)d;
	b->total += (uint64_t)(int64_t)d;
}

/*
 * Sum of the lengths of the buckets (key ^ port) & mask for every port of
 * [lo, hi]; a bucket counts once for each port that falls into it.
 */
uint64_t pcb_buckets_range(const struct pcb_buckets *, uint32_t key,
	    unsigned lo, unsigned hi);

#endif /* !MODELS_PCB_BUCKETS_H */
