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

struct hist;

struct hist *hist_new(void);
void	hist_free(struct hist *);

void	hist_add(struct hist *, int64_t value);		/* value >= 0 */
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
