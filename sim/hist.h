/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Log-linear histogram of non-negative 64-bit integers (times in ps): 128
 * sub-buckets an octave, so a quantile is exact below 256 and within 0.8 %
 * above.  All state is integers: merging is exact, associative and
 * commutative, and the result does not depend on the order.
 */

#ifndef SIM_HIST_H
#define	SIM_HIST_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/kassert.h"

#define	HIST_LINEAR	256u		/* values with a bucket each */
#define	HIST_SUB_BITS	7
#define	HIST_SUB	(1u << HIST_SUB_BITS)
#define	HIST_NBUCKETS	(HIST_LINEAR + (63 - 8) * HIST_SUB)

/* Read and written by the functions below only; here to be inlined. */
struct hist {
	uint64_t	count;
	int64_t		min, max;		/* INT64_MAX and 0 if empty */
	uint64_t	sum_hi, sum_lo;		/* of all values, 128 bits */
	uint64_t	bucket[HIST_NBUCKETS];	/* in use: min's to max's */
};

struct hist *hist_new(void);
void	hist_free(struct hist *);

/*
 * The bucket of a value: of v >= 256 = 2^8, its octave and the 7 bits below
 * the leading one.
 */
static inline unsigned
hist_bucket(uint64_t v)
{
	int e;

	if (v < HIST_LINEAR)
		return ((unsigned)v);
	e = 63 - __builtin_clzll(v);
	return (HIST_LINEAR + (unsigned)(e - 8) * HIST_SUB +
	    (unsigned)(v >> (e - HIST_SUB_BITS) & (HIST_SUB - 1)));
}

/* The highest value in a bucket. */
int64_t	hist_upper(unsigned bucket);

/*
 * By how much a quantile that is told as `value' may be too high: the width of
 * its bucket; 0 where each value has one.
 */
int64_t	hist_resolution(int64_t value);

/* Make room for a value that is below the least or above the greatest. */
void	hist_widen(struct hist *, int64_t value);

/* Count a value >= 0. */
static inline void
hist_add(struct hist *h, int64_t value)
{
	uint64_t v;

	KASSERT(value >= 0, ("negative value %jd", (intmax_t)value));
	v = (uint64_t)value;
	if (value < h->min || value > h->max)
		hist_widen(h, value);
	h->count++;
	h->sum_lo += v;
	h->sum_hi += h->sum_lo < v;
	h->bucket[hist_bucket(v)]++;
}

void	hist_merge(struct hist *to, const struct hist *from);

uint64_t hist_count(const struct hist *);
int64_t	hist_min(const struct hist *);		/* exact; 0 if empty */
int64_t	hist_max(const struct hist *);		/* exact; 0 if empty */
double	hist_mean(const struct hist *);		/* exact sum / count; 0 */

/*
 * The value at rank ceil(count * num / den), 1-based: the highest value
 * equivalent to its bucket, but never above the exact maximum.  0 if empty.
 * E.g. hist_quantile(h, 999, 1000) is p99.9.
 */
int64_t	hist_quantile(const struct hist *, uint64_t num, uint64_t den);

/*
 * Walk the filled buckets upwards.  Start with *idx = 0; returns false at the
 * end.  `upper' is the highest value equivalent to the bucket.
 */
bool	hist_next(const struct hist *, unsigned *idx, int64_t *upper,
	    uint64_t *count);

#endif /* !SIM_HIST_H */
