/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Log-linear histogram; see hist.h.
 *
 * Values below 256 have a bucket each; above, an octave [2^e, 2^(e+1)) has 128.
 *
 * Buckets from that of `min' to that of `max' are in use, the others have never
 * been written: a run has some twenty histograms of 58 KB, and in a short one
 * most would be cleared, merged and read for a handful of values.
 */

#include <string.h>

#include <glib.h>

#include "sim/hist.h"
#include "sim/kassert.h"

struct hist *
hist_new(void)
{
	struct hist *h;

	h = g_new(struct hist, 1);
	h->count = h->sum_hi = h->sum_lo = 0;
	h->min = INT64_MAX;
	h->max = 0;
	return (h);
}

void
hist_free(struct hist *h)
{

	g_free(h);
}

/* Buckets from `first' on, before `end'. */
static void
hist_clear(struct hist *h, unsigned first, unsigned end)
{

	if (first < end)
		memset(&h->bucket[first], 0, (end - first) *
		    sizeof(h->bucket[0]));
}

void
hist_widen(struct hist *h, int64_t value)
{
	unsigned b;

	b = hist_bucket((uint64_t)value);
	if (h->count == 0) {
		hist_clear(h, b, b + 1);
		h->min = h->max = value;
	} else if (value < h->min) {
		hist_clear(h, b, hist_bucket((uint64_t)h->min));
		h->min = value;
	} else if (value > h->max) {
		hist_clear(h, hist_bucket((uint64_t)h->max) + 1, b + 1);
		h->max = value;
	}
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
	unsigned i, last;

	if (from->count == 0)
		return;
	hist_widen(to, from->min);
	to->count += from->count;
	hist_widen(to, from->max);
	to->sum_lo += from->sum_lo;
	to->sum_hi += from->sum_hi + (to->sum_lo < from->sum_lo);
	last = hist_bucket((uint64_t)from->max);
	for (i = hist_bucket((uint64_t)from->min); i <= last; i++)
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
	unsigned i, last;

	KASSERT(den > 0 && num <= den, ("quantile %ju / %ju",
	    (uintmax_t)num, (uintmax_t)den));
	if (h->count == 0)
		return (0);
	/* ceil(count x num / den) without overflow. */
	rank = h->count / den * num + (h->count % den * num + den - 1) / den;
	rank = MAX(rank, 1);
	last = hist_bucket((uint64_t)h->max);
	for (i = hist_bucket((uint64_t)h->min), seen = 0; i <= last; i++) {
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
	unsigned last;

	if (h->count == 0)
		return (false);
	*idx = MAX(*idx, hist_bucket((uint64_t)h->min));
	last = hist_bucket((uint64_t)h->max);
	for (; *idx <= last; ++*idx)
		if (h->bucket[*idx] != 0) {
			*upper = MIN(hist_upper(*idx), h->max);
			*count = h->bucket[(*idx)++];
			return (true);
		}
	return (false);
}
