/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Log-linear histogram; see hist.h.
 *
 * Values below 256 have a bucket each; above, an octave [2^e, 2^(e+1)) has 128.
 */

#include <glib.h>

#include "sim/hist.h"
#include "sim/kassert.h"

struct hist *
hist_new(void)
{
	struct hist *h;

	h = g_new0(struct hist, 1);
	h->min = INT64_MAX;
	return (h);
}

void
hist_free(struct hist *h)
{

	g_free(h);
}

int64_t
hist_upper(unsigned bucket)
{
	uint64_t sub;
	unsigned e;

	if (bucket < HIST_LINEAR)
		return (bucket);
	e = (bucket - HIST_LINEAR) / HIST_SUB + 8;
	sub = (bucket - HIST_LINEAR) % HIST_SUB + HIST_SUB + 1;
	return ((int64_t)((sub << (e - HIST_SUB_BITS)) - 1));
}

int64_t
hist_resolution(int64_t value)
{
	unsigned bucket;

	KASSERT(value >= 0, ("negative value %jd", (intmax_t)value));
	bucket = hist_bucket((uint64_t)value);
	return (bucket < HIST_LINEAR ? 0 : hist_upper(bucket) -
	    hist_upper(bucket - 1));
}

void
hist_merge(struct hist *to, const struct hist *from)
{
	unsigned i;

	to->min = MIN(to->min, from->min);
	to->max = MAX(to->max, from->max);
	to->count += from->count;
	to->sum_lo += from->sum_lo;
	to->sum_hi += from->sum_hi + (to->sum_lo < from->sum_lo);
	for (i = 0; i < HIST_NBUCKETS; i++)
		to->bucket[i] += from->bucket[i];
}

uint64_t
hist_count(const struct hist *h)
{

	return (h->count);
}

int64_t
hist_min(const struct hist *h)
{

	return (h->count == 0 ? 0 : h->min);
}

int64_t
hist_max(const struct hist *h)
{

	return (h->max);
}

double
hist_mean(const struct hist *h)
{

	if (h->count == 0)
		return (0);
	return (((double)h->sum_hi * 0x1p64 + (double)h->sum_lo) /
	    (double)h->count);
}

int64_t
hist_quantile(const struct hist *h, uint64_t num, uint64_t den)
{
	uint64_t rank, seen;
	unsigned i;

	KASSERT(den > 0 && num <= den, ("quantile %ju / %ju",
	    (uintmax_t)num, (uintmax_t)den));
	if (h->count == 0)
		return (0);
	/* ceil(count x num / den) without overflow. */
	rank = h->count / den * num + (h->count % den * num + den - 1) / den;
	rank = MAX(rank, 1);
	for (i = 0, seen = 0; i < HIST_NBUCKETS; i++) {
		seen += h->bucket[i];
		if (seen >= rank)
			return (MIN(hist_upper(i), h->max));
	}
	return (h->max);
}

bool
hist_next(const struct hist *h, unsigned *idx, int64_t *upper,
    uint64_t *count)
{

	for (; *idx < HIST_NBUCKETS; ++*idx)
		if (h->bucket[*idx] != 0) {
			*upper = MIN(hist_upper(*idx), h->max);
			*count = h->bucket[(*idx)++];
			return (true);
		}
	return (false);
}
