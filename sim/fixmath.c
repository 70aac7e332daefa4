/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Range reduction to a short series; see fixmath.h.
 */

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sim/fixmath.h"
#include "sim/kassert.h"

/* ln 2 in two parts, the first with 21 trailing zero bits. */
#define	LN2_HI		0x1.62e42fee00000p-1
#define	LN2_LO		0x1.a39ef35793c76p-33
#define	LOG2_E		0x1.71547652b82fep+0

/* 1/3, 1/5 ... 1/23. */
static const double odd_inverse[] = { 1 / 3.0, 1 / 5.0, 1 / 7.0, 1 / 9.0,
	1 / 11.0, 1 / 13.0, 1 / 15.0, 1 / 17.0, 1 / 19.0, 1 / 21.0,
	1 / 23.0 };

/* 1/1! ... 1/14!. */
static const double factorial_inverse[] = { 1, 1 / 2.0, 1 / 6.0, 1 / 24.0,
	1 / 120.0, 1 / 720.0, 1 / 5040.0, 1 / 40320.0, 1 / 362880.0,
	1 / 3628800.0, 1 / 39916800.0, 1 / 479001600.0, 1 / 6227020800.0,
	1 / 87178291200.0 };

static double
fix_from_bits(uint64_t bits)
{
	double x;

	memcpy(&x, &bits, sizeof(x));
	return (x);
}

double
fix_log(double x)
{
	double f, s, sum, z;
	uint64_t bits;
	int e, i;

	KASSERT(x > 0 && x <= 0x1.fffffffffffffp+1023, ("log of %g", x));
	memcpy(&bits, &x, sizeof(bits));
	e = (int)(bits >> 52) - 1023;
	bits = (bits & 0xfffffffffffffull) | (uint64_t)1023 << 52;
	x = fix_from_bits(bits);
	if (x > 0x1.6a09e667f3bcdp+0) {	/* sqrt(2) */
		x = x / 2;
		e++;
	}
	/*
	 * log(1 + f) = f - s (f - 2 (z / 3 + z^2 / 5 + ...)), s = f / (2 + f),
	 * z = s^2 <= 0.0295: the terms end below 2^-56 with z^11.
	 */
	f = x - 1;
	s = f / (2 + f);
	z = s * s;
	sum = 0;
	for (i = 10; i >= 0; i--)
		sum = z * (odd_inverse[i] + sum);
	return (e * LN2_HI + (f - s * (f - 2 * sum) + e * LN2_LO));
}

double
fix_exp(double x)
{
	double k, r, sum;
	int n;

	if (x < -708)
		return (0);
	if (x > 709)
		return (HUGE_VAL);
	n = (int)(x * LOG2_E + (x < 0 ? -0.5 : 0.5));
	k = n;
	r = x - k * LN2_HI - k * LN2_LO;
	/* |r| <= 0.35: r^14 / 14! is below 2^-57. */
	sum = 0;
	for (n = 13; n >= 0; n--)
		sum = r * (factorial_inverse[n] + sum);
	return ((1 + sum) * fix_from_bits((uint64_t)((int)k + 1023) << 52));
}
