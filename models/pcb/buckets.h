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

struct pcb_buckets {
	uint32_t	mask;
	uint32_t	*len;		/* len[mask + 1] */
	uint64_t	*s64;		/* of aligned blocks of 64 buckets */
	uint64_t	*s4096;
	uint64_t	total;
};

/* size: a power of two. */
void	pcb_buckets_init(struct pcb_buckets *, uint32_t size);
void	pcb_buckets_fini(struct pcb_buckets *);
size_t	pcb_buckets_memory(const struct pcb_buckets *);

static inline void
pcb_buckets_add(struct pcb_buckets *b, uint32_t bucket, int d)
{

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
