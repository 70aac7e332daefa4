/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Estimates of entropy; see entropy.h.
 */

#include "models/measures/entropy.h"
#include "sim/fixmath.h"

#define	LN2	0.693147180559945309417

double
entropy_log2(double x)
{

	return (fix_log(x) / LN2);
}

struct seen {
	double		total;		/* samples */
	unsigned	values;		/* that were seen */
	unsigned	once;
};

static struct seen
entropy_seen(const uint32_t *count, unsigned n)
{
	struct seen s = { 0 };
	unsigned i;

	for (i = 0; i < n; i++) {
		s.total += count[i];
		s.values += count[i] > 0;
		s.once += count[i] == 1;
	}
	return (s);
}

double
entropy_plugin(const uint32_t *count, unsigned n)
{
	struct seen s;
	double h, p;
	unsigned i;

	s = entropy_seen(count, n);
	for (i = 0, h = 0; i < n; i++)
		if (count[i] > 0) {
			p = count[i] / s.total;
			h -= p * entropy_log2(p);
		}
	return (h);
}

double
entropy_miller_madow(const uint32_t *count, unsigned n)
{
	struct seen s;

	s = entropy_seen(count, n);
	if (s.values == 0)
		return (0);
	return (entropy_plugin(count, n) + (s.values - 1) /
	    (2 * s.total * LN2));
}

/* (1 - p)^n, p < 1; log(1 - p) by its series where 1 - p would lose digits. */
static double
unseen(double p, double n)
{
	double log;

	log = p < 1e-5 ? -p * (1 + p * (0.5 + p / 3)) : fix_log(1 - p);
	return (fix_exp(n * log));
}

double
entropy_chao_shen(const uint32_t *count, unsigned n)
{
	struct seen s;
	double cover, h, p;
	unsigned i;

	s = entropy_seen(count, n);
	if (s.values < 2)
		return (0);
	/* All seen once: one of them is taken to be seen again. */
	cover = 1 - (s.once == s.total ? s.once - 1 : s.once) / s.total;
	for (i = 0, h = 0; i < n; i++)
		if (count[i] > 0) {
			p = cover * count[i] / s.total;
			h -= p * entropy_log2(p) / (1 - unseen(p, s.total));
		}
	return (h);
}
